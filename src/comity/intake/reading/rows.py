"""The rows of a table of measures, read into measures, sections and texts without a place."""

import re
from collections.abc import Mapping

from comity.intake.reading.drafts import Draft
from comity.intake.reading.funding import Money
from comity.intake.reading.grid import Cell, Table
from comity.intake.reading.layout import FUNDING_ROLES, MARK, NUMBER_LIKE, Layout
from comity.intake.reading.model import ColumnRole, Unplaced
from comity.intake.reading.row_kinds import RowKinds
from comity.intake.reading.sections import WORDED, Sections, read_heading
from comity.intake.reading.text import flat, is_blank

R = ColumnRole
# looked up once, for they are asked of every cell
NUMBER, TITLE, DUE, DUE_START, DUE_END = R.NUMBER, R.TITLE, R.DUE, R.DUE_START, R.DUE_END
RESPONSIBLE, EXPECTED_RESULT, SECTION, OTHER = (
    R.RESPONSIBLE, R.EXPECTED_RESULT, R.SECTION, R.OTHER,
)  # fmt: skip
GENERIC_WORD = re.compile(r"(?:[A-Z]?[a-z]{3,}|[а-яёіў]{3,})\Z")


class TableReader(RowKinds):
    """Reads one table row by row into drafts, sections and texts that are not placed."""

    def __init__(self, table: Table, index: int, layout: Layout, sections: Sections) -> None:
        super().__init__(table, layout)
        self.index = index
        self.sections = sections
        self.drafts: list[Draft] = []
        self.unplaced: list[Unplaced] = []
        self.taken: set[int] = set()
        self._in_other_table = False
        self._carried: dict[int, str] = {}

    def read(self, previous: Draft | None, begin: int = 0) -> None:
        """Read the rows from `begin`; `previous` is the last measure of the table before."""
        last = previous
        for row in range(begin, len(self.table.rows)):
            if row in self.header_rows:
                continue
            self._new_page = self._new_page or row in self.table.page_starts
            draft = self._row(row, last)
            if row not in self.header_rows:
                self._new_page = False
            if draft is not None:
                self.drafts.append(draft)
                last = draft

    def _row(self, row: int, last: Draft | None) -> Draft | None:
        own = [cell for cell in self.table.rows[row] if cell.text.strip()]
        if not own:
            return None
        if self._is_header(row, own):
            self._in_other_table = False
            return None
        self._in_other_table = self._in_other_table or self._begins_other_table(row, own)
        if self._in_other_table or self._is_total(own) or self._is_note(own, row):
            self._leave_out(own)
        elif self._is_section(row, own):
            self._enter_section(own)
        elif last is not None and self._continues(row, own, last):
            self._append(row, own, last)
        else:
            return self._measure(row, own)
        return None

    # ── what a row gives ────────────────────────────────────────────────────────────────────

    def _place(self, cell: Cell) -> dict[str, int]:
        return {"table": self.index, "row": cell.row, "column": cell.column}

    def _leave_out(self, cells: list[Cell]) -> None:
        for cell in cells:
            if id(cell) not in self.taken and cell.text.strip():
                self.taken.add(id(cell))
                self.unplaced.append(Unplaced(flat(cell.text), self._place(cell)))

    def _enter_section(self, own: list[Cell]) -> None:
        speaking = [cell for cell in own if not is_blank(cell.text)]
        text = flat(speaking[-1].text)
        mark = flat(speaking[0].text) if len(speaking) == 2 else ""
        if mark:
            whole = (
                f"{mark.rstrip('.)')}. {text}" if not WORDED.match(mark + " ") else f"{mark} {text}"
            )
            heading = read_heading(whole)
        else:
            whole = text
            heading = read_heading(text)
        self.sections.enter(heading, self._place(speaking[-1]), whole)
        for cell in own:
            self.taken.add(id(cell))

    def _measure(self, row: int, own: list[Cell]) -> Draft | None:
        draft = Draft()
        title = self._title
        cells = self._by_column(row)
        if title is None or title not in cells or is_blank(cells[title].text):
            self._leave_out([cell for cell in own if not self._is_number(cell)])
            return None
        for column, cell in cells.items():
            self._take(draft, column, cell)
        draft.section = self._section(row)
        self._leave_out(own)
        return draft

    def _by_column(self, row: int) -> Mapping[int, Cell]:
        """The cell that speaks in each column with a role; one that spans several only once."""
        found: dict[int, Cell] = {}
        seen: set[int] = set()
        filled = self.table.filled()[row]
        for column in self.layout.columns:
            cell = filled[column] if column < len(filled) else None
            if cell is None:
                continue
            if cell.colspan > 1:
                if id(cell) in seen:
                    continue
                seen.add(id(cell))
            found[column] = cell
        return found

    def _append(self, row: int, own: list[Cell], last: Draft) -> None:
        before = len(last.responsible)
        for column, cell in self._by_column(row).items():
            if cell.row == row and cell.text.strip():
                self._take(last, column, cell)
        if self._new_page:
            _rejoin_bodies(last, before)
        self._leave_out(own)

    def _take(self, draft: Draft, column: int, cell: Cell) -> None:
        text = cell.text
        if not text.strip():
            return
        role = self.layout.columns[column].role
        if role is NUMBER:
            if draft.number or not _reads_as_number(flat(text)):
                return
            draft.number = text
        elif role is TITLE:
            draft.title.append(text)
        elif role is DUE:
            draft.due.append(self._due_text(column, text))
        elif role is DUE_START:
            draft.start = f"{draft.start} {text}".strip()
        elif role is DUE_END:
            draft.end = f"{draft.end} {text}".strip()
        elif role is RESPONSIBLE:
            draft.responsible.append((text, self._side(column, cell)))
        elif role is EXPECTED_RESULT:
            draft.result.append(text)
        elif role is SECTION or role is OTHER:
            return
        else:
            draft.money.append(self._money(column, role, text))
        self.taken.add(id(cell))
        draft.places.append({"table": self.index, "row": cell.row, "column": cell.column})

    def _due_text(self, column: int, text: str) -> str:
        if column in self.layout.marked and MARK.match(text):
            return self.layout.headings.get(column, "")
        return text

    def _side(self, column: int, cell: Cell) -> str | None:
        """The side of the column; none where one cell stands for columns of several sides."""
        if cell.colspan == 1:
            return self.layout.columns[column].side
        covered = range(cell.column, cell.column + cell.colspan)
        sides = {
            found.side
            for at, found in self.layout.columns.items()
            if at in covered and found.role is R.RESPONSIBLE
        }
        return self.layout.columns[column].side if len(sides) <= 1 else None

    def _money(self, column: int, role: ColumnRole, text: str) -> Money:
        assert role in FUNDING_ROLES
        return Money(
            text,
            self.layout.headings.get(column, ""),
            total=role is R.FUNDING_TOTAL,
            yearly=role is R.FUNDING_YEAR,
            source=role is R.FUNDING_SOURCE,
            place=column,
        )

    def _section(self, row: int) -> str | None:
        """The section rows above and the columns that carry a section."""
        above = self.sections.text()
        if not self._sections:
            return above
        texts = [above]
        for column in self._sections:
            cell = self.table.filled()[row][column]
            if cell is not None and cell.text.strip():
                self.taken.add(id(cell))
                if not is_blank(cell.text):
                    self._carried[column] = read_heading(cell.text).text
            elif cell is not None and cell.row < row:
                continue
            texts.append(self._carried.get(column))
        return " / ".join(dict.fromkeys(text for text in texts if text)) or None


def _reads_as_number(text: str) -> bool:
    if NUMBER_LIKE.match(text):
        return True
    return len(text) <= 12 and " " not in text and any(map(str.isdigit, text))


def _rejoin_bodies(draft: Draft, before: int) -> None:
    """Bodies cut by a page end go on in the cell of the same side."""
    rest = draft.responsible[before:]
    del draft.responsible[before:]
    for text, side in rest:
        at = next(
            (at for at, entry in reversed(list(enumerate(draft.responsible))) if entry[1] == side),
            None,
        )
        if at is None:
            draft.responsible.append((text, side))
        else:
            joint = " " if GENERIC_WORD.match(text.strip()) else "\n"
            draft.responsible[at] = (f"{draft.responsible[at][0]}{joint}{text}", side)
