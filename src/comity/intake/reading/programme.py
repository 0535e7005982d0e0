"""A document put together: title, period, sections, measures, and what was not placed."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from comity.intake.reading.columns import (
    is_of_measures,
    layout_from_content,
    layout_from_header,
)
from comity.intake.reading.drafts import Context, Draft, finished
from comity.intake.reading.funding import COMPILED, ROUBLE
from comity.intake.reading.grid import Cell, Document, Paragraph, Table
from comity.intake.reading.header import find_header
from comity.intake.reading.layout import Layout, keeps_to, with_overrides
from comity.intake.reading.messages import ReadingWarning
from comity.intake.reading.model import (
    Column,
    MeasureRead,
    SourceTable,
    Unplaced,
)
from comity.intake.reading.paragraphs import ParagraphReader
from comity.intake.reading.records import read_records, stands_on_its_side
from comity.intake.reading.rows import TableReader
from comity.intake.reading.sections import Sections, read_heading
from comity.intake.reading.text import flat, fold
from comity.intake.reading.titles import find_period, find_title, language_of

Columns = Mapping[int, Mapping[int, Column]]
PREAMBLE_ROWS = 40
#: Letters looked at for the currency of a document, and for its language.
SAMPLE, TOLD_LANGUAGE = 60_000, 20_000
#: What the name of a rouble or its code begins with.
OF_ROUBLES = re.compile(r"[рР](?:[уУ][бБ]|\b)|[rR][oO]?[uU][bBrR]|[bB][yY][nNrR]|₽")


@dataclass(slots=True)
class Understood:
    """What was understood of one document."""

    title: str | None
    period: tuple[date, date] | None
    language: str
    measures: tuple[MeasureRead, ...]
    unplaced: tuple[Unplaced, ...]
    warnings: tuple[ReadingWarning, ...]
    tables: tuple[SourceTable, ...]


@dataclass(frozen=True, slots=True)
class _Plan:
    """How a table is to be read: its columns and first row, or as records that stand on end."""

    layout: Layout | None
    begin: int
    records: bool


@dataclass(slots=True)
class _Reader:
    document: Document
    overrides: Columns
    sections: Sections = field(default_factory=Sections)
    drafts: list[Draft] = field(default_factory=list)
    unplaced: list[Unplaced] = field(default_factory=list)
    tables: list[SourceTable] = field(default_factory=list)
    layout: Layout | None = None
    title: str | None = None
    lines: list[Paragraph] = field(default_factory=list)

    def read(self) -> Understood:
        sample = _sample(self.document)
        language = language_of("\n".join(sample)[:TOLD_LANGUAGE])
        blocks = self.document.blocks
        titled = self._read_title(blocks)
        period = find_period(self.title, [flat(line.text) for line in self.lines])
        self._read_blocks(blocks, titled)
        self.sections.close()
        self.unplaced += self.sections.unused
        context = Context(self.title, period, language, _currency(sample))
        measures = tuple(finished(draft, context) for draft in self.drafts)
        warnings = [*self.document.warnings, *_doubts(measures)]
        return Understood(
            self.title, period, language, measures, tuple(self.unplaced), tuple(warnings),
            tuple(self.tables),
        )  # fmt: skip

    # ── title ───────────────────────────────────────────────────────────────────────────────

    def _read_title(self, blocks: Sequence[Paragraph | Table]) -> set[int]:
        """The title; gives the ids of the paragraphs (or cells) that it took."""
        lines: list[Paragraph] = []
        owners: list[int] = []
        for block in blocks:
            if isinstance(block, Paragraph):
                lines.append(block)
                owners.append(id(block))
                continue
            header = find_header(block)
            for row in block.rows[: header[0] if header else _preamble_end(block)]:
                cells = [cell for cell in row if cell.text.strip()]
                if len(cells) != 1:
                    lines.append(Paragraph(""))
                    owners.append(0)
                    continue
                lines.append(_as_line(cells[0], block))
                owners.append(id(cells[0]))
            if header or _speaks_of_measures(block):
                break
        chosen = find_title(lines)
        self.lines = [line for line in lines if line.text.strip()]
        if chosen:
            self.title = " ".join(flat(lines[at].text) for at in chosen)
        return {owners[at] for at in chosen}

    # ── blocks ──────────────────────────────────────────────────────────────────────────────

    def _read_blocks(self, blocks: Sequence[Paragraph | Table], titled: set[int]) -> None:
        run: list[tuple[int, Paragraph]] = []
        place = index = 0
        for block in blocks:
            if isinstance(block, Paragraph):
                if id(block) not in titled:
                    run.append((place, block))
                place += 1
                continue
            override = self.overrides.get(index, {})
            layout, begin = self._layout(block, override)
            goes_on = layout is not None and not layout.header and self._goes_on(block)
            records = not override and not goes_on and stands_on_its_side(block)
            if layout is not None and (records or not is_of_measures(layout)):
                layout = None
            self._paragraphs(run, layout is not None or records)
            run = []
            self._table(block, index, _Plan(layout, begin, records), titled)
            index += 1
        self._paragraphs(run, False)

    def _paragraphs(self, run: list[tuple[int, Paragraph]], table_follows: bool) -> None:
        reader = ParagraphReader(self.sections, self.title)
        reader.read(run, table_follows)
        self.drafts += reader.drafts
        self.unplaced += reader.unplaced

    def _layout(self, table: Table, override: Mapping[int, Column]) -> tuple[Layout | None, int]:
        header = find_header(table)
        if header and self._goes_on_above(table, header[-1]):
            header = ()
        layout: Layout | None = None
        if header:
            layout = layout_from_header(table, header, self.title)
            if self.layout is not None:
                _inherit(layout, self.layout)
        elif self.layout is not None and self._goes_on(table):
            layout = replace(self.layout, header=())
        elif not stands_on_its_side(table):
            layout = layout_from_content(table, self.title)
        if override:
            layout = with_overrides(layout, dict(override), table, header)
        return layout, header[0] if header else _first_data_row(table, layout)

    def _goes_on_above(self, table: Table, row: int) -> bool:
        """Whether measures of the table before go on down to what looks like a header, or in it."""
        before = self.layout
        if before is None or table.width != before.width:
            return False
        return any(keeps_to(cells, before) for cells in table.rows[: row + 1])

    def _goes_on(self, table: Table) -> bool:
        """A table without a header of its own continues the one before."""
        before = self.layout
        if before is None or table.width != before.width or table.width < 3:
            return False
        return _keeps_to(table, before)

    def _table(self, table: Table, index: int, plan: _Plan, titled: set[int]) -> None:
        layout = plan.layout
        if plan.records:
            drafts, unplaced = read_records(table, index, self.title, self.sections)
            self.drafts += drafts
            self.unplaced += unplaced
            self.tables.append(_source_table(table, index, None, ()))
            return
        if layout is None:
            self._unplaced_table(table, index, titled)
            self.tables.append(_source_table(table, index, None, ()))
            return
        shown = dict(layout.columns)
        reader = TableReader(table, index, layout, self.sections)
        self._preamble(table, index, plan.begin, titled)
        reader.read(self.drafts[-1] if self.drafts else None, plan.begin)
        self.drafts += reader.drafts
        self.unplaced += reader.unplaced
        self.layout = layout
        self.tables.append(_source_table(table, index, shown, tuple(sorted(reader.header_rows))))

    def _preamble(self, table: Table, index: int, begin: int, titled: set[int]) -> None:
        """Rows above the header of a sheet: title lines, a section, or words aside."""
        above = [
            cell for row in table.rows[:begin] for cell in row
            if cell.text.strip() and id(cell) not in titled
        ]  # fmt: skip
        for cell in above:
            where = {"table": index, "row": cell.row, "column": cell.column}
            if self._is_section_above(cell, table, begin):
                self.sections.enter(read_heading(cell.text), where, flat(cell.text))
            else:
                self.unplaced.append(Unplaced(flat(cell.text), where))

    def _is_section_above(self, cell: Cell, table: Table, begin: int) -> bool:
        heading = read_heading(cell.text)
        alone = len([other for other in table.rows[cell.row] if other.text.strip()]) == 1
        if not alone or heading.key == "none" or heading.order == 12:
            return False
        return begin - cell.row <= 3

    def _unplaced_table(self, table: Table, index: int, titled: set[int]) -> None:
        for cell in table.cells():
            if cell.text.strip() and id(cell) not in titled:
                where = {"table": index, "row": cell.row, "column": cell.column}
                self.unplaced.append(Unplaced(flat(cell.text), where))


def _inherit(layout: Layout, before: Layout) -> None:
    """A repeated header whose sides are not told again keeps those told before."""
    if layout.signature() == before.signature():
        for at, column in before.columns.items():
            layout.columns.setdefault(at, column)


def _keeps_to(table: Table, before: Layout) -> bool:
    """Whether most rows have a number or a time where the columns of the table before have them."""
    several = [row for row in table.rows[:40] if sum(1 for cell in row if cell.text.strip()) > 1]
    return 2 * sum(keeps_to(row, before) for row in several) >= len(several)


def _preamble_end(table: Table) -> int:
    """How many rows at the top hold one cell each: all of them on a sheet that is a cover."""
    several = (at for at, row in enumerate(table.rows) if sum(1 for c in row if c.text.strip()) > 1)
    return min(next(several, len(table.rows)), PREAMBLE_ROWS)


def _first_data_row(table: Table, layout: Layout | None) -> int:
    """Without a header: the rows at the top that hold a single cell are not yet the table."""
    if layout is not None and not table.label:
        return 0
    for at, row in enumerate(table.rows[:10]):
        if len([cell for cell in row if cell.text.strip()]) > 1:
            return at
        if layout is not None and at and not any(cell.text.strip() for cell in row):
            continue
    return 0


def _as_line(cell: Cell, table: Table) -> Paragraph:
    return Paragraph(
        cell.text,
        bold=cell.bold,
        centred=cell.colspan >= table.width > 1,
        right=cell.colspan == 1 and cell.column > 0.6 * table.width and table.width > 3,
    )


def _speaks_of_measures(table: Table) -> bool:
    return stands_on_its_side(table) or layout_from_content(table) is not None


def _sample(document: Document) -> list[str]:
    """The first texts of the document."""
    pieces: list[str] = []
    size = 0
    for block in document.blocks:
        texts = (block.text,) if isinstance(block, Paragraph) else (c.text for c in block.cells())
        for text in texts:
            pieces.append(text)
            size += len(text)
            if size > SAMPLE:
                return pieces
    return pieces


def _currency(texts: Iterable[str]) -> str | None:
    """The currency of bare roubles: the only kind of rouble that the document names."""
    folded = fold("\n".join([text for text in texts if OF_ROUBLES.search(text)]))
    if not ROUBLE.search(folded):
        return None
    named = {code for code, pattern in COMPILED[:2] if pattern.search(folded)}
    return named.pop() if len(named) == 1 else None


def _doubts(measures: Sequence[MeasureRead]) -> list[ReadingWarning]:
    if not measures:
        return [ReadingWarning("no_measures")]
    counts = Counter((measure.section, measure.number) for measure in measures if measure.number)
    return [
        ReadingWarning("number_repeated", {"number": number})
        for (_, number), count in counts.items()
        if count > 1
    ]


def _source_table(
    table: Table, index: int, columns: Mapping[int, Column] | None, header: tuple[int, ...]
) -> SourceTable:
    label = table.label or table.caption
    return SourceTable(index, label, table.rows, header, dict(columns or {}))


def understand(document: Document, overrides: Columns) -> Understood:
    """Read a document's measures. `overrides`: table → column → what it holds, set by a person."""
    return _Reader(document, overrides).read()
