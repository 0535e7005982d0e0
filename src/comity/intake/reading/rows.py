"""The rows of a table of measures: measures, sections, repeated headers, totals, continuations."""

import itertools
import re
from collections.abc import Iterator, Mapping
from functools import cached_property

from comity.intake.reading.columns import (
    DUE_ROLES,
    FUNDING_ROLES,
    MARK,
    NUMBER_LIKE,
    Layout,
    find_header,
    heads_columns,
    is_column_numbers,
    layout_from_header,
    row_cells,
)
from comity.intake.reading.drafts import Draft, clean_number
from comity.intake.reading.funding import Money
from comity.intake.reading.grid import Cell, Table
from comity.intake.reading.headings import role_of
from comity.intake.reading.model import ColumnRole, Unplaced
from comity.intake.reading.sections import WORDED, Sections, read_heading
from comity.intake.reading.text import flat, fold, is_blank

R = ColumnRole
# looked up once, for they are asked of every cell
NUMBER, TITLE, DUE, DUE_START, DUE_END = R.NUMBER, R.TITLE, R.DUE, R.DUE_START, R.DUE_END
RESPONSIBLE, EXPECTED_RESULT, SECTION, OTHER = (
    R.RESPONSIBLE, R.EXPECTED_RESULT, R.SECTION, R.OTHER,
)  # fmt: skip
TOTAL_ROW = re.compile(
    r"(?:итого|всего|усяго|усё|разам|total|sub-?total|grand total|sum total|в том числе|у "
    r"тым ліку|из них|of which|including)\b",
)
NOTE_ROW = re.compile(
    r"(?:примечани|заўваг|приме?ч\.|заув|notes?\s*[:.]|notes?\s+\d|\*|сокращени|источник:|"
    r"source:|¹|<\*>|подпис|"
    r"список сокращений|legend)"
)
ROMAN_NUMBER = re.compile(r"[IVXІХ]+[.)]?\Z")
GENERIC_WORD = re.compile(r"(?:[A-Z]?[a-z]{3,}|[а-яёіў]{3,})\Z")
SINGLE_NUMBER = re.compile(r"(?:\d{1,2}|[IVXІХ]{1,4}|[A-ZА-Я])[.)]?\Z")


class TableReader:
    """Reads one table row by row into drafts, sections and texts that are not placed."""

    def __init__(self, table: Table, index: int, layout: Layout, sections: Sections) -> None:
        self.table = table
        self.index = index
        self.layout = layout
        self.sections = sections
        self.drafts: list[Draft] = []
        self.unplaced: list[Unplaced] = []
        self.taken: set[int] = set()
        self.header_rows: set[int] = set(layout.header)
        self._learn_columns()
        self._new_page = False
        self._in_other_table = False
        rows = enumerate(reversed(table.rows), start=1)
        blank = (at for at, cells in rows if any(cell.text.strip() for cell in cells))
        self._last_row = len(table.rows) - next(blank, len(table.rows) + 1)
        self._header_begins = {texts[0] for texts in layout.lines if texts}
        self._bold_rows_of: dict[int | None, bool] = {}
        self._carried: dict[int, str] = {}
        self._section_cells: set[int] = set()

    def _learn_columns(self) -> None:
        """Where the layout has what; asked of every row."""
        self._number, self._title = self.layout.first(R.NUMBER), self.layout.first(R.TITLE)
        self._dues, self._sections = self.layout.of(*DUE_ROLES), self.layout.of(R.SECTION)

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
        self._leave_out(
            [
                cell
                for cells in self.table.rows[begin:]
                for cell in cells
                if id(cell) not in self.taken
                and cell.row not in self.header_rows
                and not self._is_number(cell)
            ]
        )

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

    def _is_header(self, row: int, own: list[Cell]) -> bool:
        if is_column_numbers(own) or self._is_repeated_header(own):
            self.header_rows.add(row)
            return True
        return self._is_new_header(row, own)

    # ── what a row is ───────────────────────────────────────────────────────────────────────

    def _is_repeated_header(self, own: list[Cell]) -> bool:
        headings = self.layout.headings
        if not headings or len(own) < 2:
            return False
        first = fold(own[0].text)
        if first == fold(headings.get(own[0].column, "")) and all(
            fold(cell.text) == fold(headings.get(cell.column, "")) for cell in own
        ):
            return True
        return first in self._header_begins and (
            tuple(fold(cell.text) for cell in own) in self.layout.lines
        )

    def _is_new_header(self, row: int, own: list[Cell]) -> bool:
        if len(own) < 3 or self._is_number(own[0]) or any(len(cell.text) >= 60 for cell in own):
            return False
        if not heads_columns(row_cells(self.table, row)):
            return False
        header = find_header(self.table, row, 1)
        if not header:
            return False
        fresh = layout_from_header(self.table, header, None)
        title = fresh.first(R.TITLE)
        if (
            title is None
            or len(fresh.columns) < 3
            or role_of(fresh.headings.get(title, "")) is not R.TITLE
        ):
            return False
        number = fresh.first(R.NUMBER)
        if number is None and not all(cell.bold for cell in own):
            return False
        sides = {at: column for at, column in self.layout.columns.items() if column.side}
        self.layout.columns = fresh.columns
        for at, column in sides.items():
            if at in fresh.columns and fresh.columns[at].role is column.role:
                self.layout.columns[at] = column
        self.layout.headings = fresh.headings
        self._learn_columns()
        self.header_rows.update(header)
        return True

    def _begins_other_table(self, row: int, own: list[Cell]) -> bool:
        """A header of something else, below an empty row: contacts, dates of meetings."""
        above = self.table.rows[row - 1] if row else []
        if len(own) < 2 or any(cell.text.strip() for cell in above):
            return False
        roles = [role_of(flat(cell.text)) for cell in own if len(cell.text) < 40]
        return len(roles) == len(own) and roles.count(R.OTHER) >= 2 and R.TITLE not in roles

    def _is_total(self, own: list[Cell]) -> bool:
        words = next((cell for cell in own if any(map(str.isalpha, cell.text))), None)
        if words is None or len(words.text) > 120 or TOTAL_ROW.match(fold(words.text)) is None:
            return False
        filled = {
            self.layout.columns[cell.column].role
            for cell in own
            if cell.column in self.layout.columns and not is_blank(cell.text) and cell is not words
        }
        return not filled & (DUE_ROLES | {R.RESPONSIBLE})

    def _is_note(self, own: list[Cell], row: int) -> bool:
        if len(own) != 1:
            return False
        if NOTE_ROW.match(fold(own[0].text)):
            return True
        cell = own[0]
        return (
            row >= self._last_row and len(flat(cell.text)) > 60 and cell.text.rstrip().endswith(".")
        )

    def _is_section(self, row: int, own: list[Cell]) -> bool:
        speaking = list(itertools.islice((cell for cell in own if not is_blank(cell.text)), 3))
        if len(speaking) == 1:
            return self._single_is_section(row, speaking[0])
        if len(speaking) == 2:
            return self._pair_is_section(row, speaking)
        return False

    def _single_is_section(self, row: int, cell: Cell) -> bool:
        text = flat(cell.text)
        if (cell.rowspan > 1 and cell.colspan == 1) or (self._covered(row) and cell.colspan < 2):
            return False
        if WORDED.match(text) or cell.colspan >= max(2, self.table.width - 3):
            return True
        if self._is_number(cell) or text[:1].islower():
            return False
        number = self._number
        if cell.colspan >= 2 or cell.bold or cell.column in (0, number):
            return True
        in_title = cell.column == self._title and number is not None
        return in_title and self._next_has_number(row)

    def _rows_below(self, row: int) -> Iterator[list[Cell]]:
        return (self.table.rows[at] for at in range(row + 1, len(self.table.rows)))

    def _next_has_number(self, row: int) -> bool:
        number = self._number
        for cells in self._rows_below(row):
            texts = [cell for cell in cells if not is_blank(cell.text)]
            if texts:
                return len(texts) > 1 and any(cell.column == number for cell in texts)
        return False

    def _covered(self, row: int) -> bool:
        """Whether merged cells from above reach into the row in columns of a measure."""
        return any(
            cell is not None and cell.row < row and cell.text.strip()
            and self.layout.columns.get(cell.column) is not None
            and self.layout.columns[cell.column].role is not R.SECTION
            for cell in self.table.filled()[row]
        )  # fmt: skip

    def _pair_is_section(self, row: int, pair: list[Cell]) -> bool:
        number, title = pair
        mark = flat(number.text)
        if len(mark) > 12 and not WORDED.match(mark + " "):
            return False
        if self._covered(row) or not re.search(r"[^\W\d_]{3}", title.text):
            return False
        is_title = title.column in (
            self._title, self.layout.first(R.SECTION), number.column + number.colspan
        )  # fmt: skip
        if not is_title or (not SINGLE_NUMBER.match(mark) and not WORDED.match(mark + " ")):
            return False
        if title.colspan >= 3 or title.colspan >= self.table.width - title.column > 1:
            return True
        if WORDED.match(mark + " ") or (ROMAN_NUMBER.match(mark) and len(mark.strip(".")) >= 1):
            return True
        return (
            self._child_follows(row, mark)
            or row in self._counted_apart
            or (number.bold and title.bold and not self._bold_rows())
        )

    @cached_property
    def _counted_apart(self) -> frozenset[int]:
        """Rows of a number and a title alone, if they count from 1 apart from the other rows."""
        number, pairs, others = self.layout.first(R.NUMBER), {}, []
        for row in range(len(self.table.rows)):
            own = [cell for cell in self.table.rows[row] if not is_blank(cell.text)]
            mark = flat(own[0].text).rstrip(".)") if own and own[0].column == number else ""
            if not mark.isdecimal() or len(own) < 2:
                continue
            if len(own) == 2:
                pairs[row] = int(mark)
            else:
                others.append(int(mark))
        apart = list(pairs.values()) == list(range(1, len(pairs) + 1)) and all(
            after in (before + 1, 1) for before, after in itertools.pairwise(others)
        )
        return frozenset(pairs) if apart and others[:1] == [1] else frozenset()

    def _child_follows(self, row: int, mark: str) -> bool:
        number = self._number
        for cells in self._rows_below(row):
            following = [cell for cell in cells if cell.text.strip()]
            if following:
                first = clean_number(following[0].text) or ""
                return (
                    following[0].column == number
                    and first.startswith(mark.rstrip(".)") + ".")
                    and (re.search(r"\.\d", first) is not None)
                )
        return False

    def _bold_rows(self) -> bool:
        title = self._title
        if title not in self._bold_rows_of:
            cells = [
                cell for cell in self.table.cells() if cell.column == title and cell.colspan == 1
            ]
            self._bold_rows_of[title] = sum(cell.bold for cell in cells) > 0.6 * len(cells)
        return self._bold_rows_of[title]

    def _continues(self, row: int, own: list[Cell], last: Draft) -> bool:
        """A row that only adds to the measure above: its number and title are empty or merged."""
        number, title = self._number, self._title
        filled = self.table.filled()[row]
        title_cell = filled[title] if title is not None else None
        number_cell = filled[number] if number is not None else None
        fresh_number = (
            number_cell is not None and number_cell.row == row and bool(number_cell.text.strip())
        )
        if fresh_number:
            return False
        fresh_title = (
            title_cell is not None and title_cell.row == row and bool(title_cell.text.strip())
        )
        if not fresh_title:
            return any(cell.column in self.layout.columns for cell in own)
        merged_number = (
            number_cell is not None and number_cell.row < row and number_cell.text.strip()
        )
        if merged_number:
            return False
        assert title_cell is not None
        begins_small = title_cell.text.strip()[:1].islower()
        small = self._new_page or not title_cell.text.strip()[:1].isupper()
        due = [filled[at] for at in self._dues]
        has_due = any(cell is not None and cell.row == row and cell.text.strip() for cell in due)
        cut_by_page = self._new_page and begins_small
        return number is not None and bool(last.number) and small and (not has_due or cut_by_page)

    # ── what a row gives ────────────────────────────────────────────────────────────────────

    def _place(self, cell: Cell) -> dict[str, int]:
        return {"table": self.index, "row": cell.row, "column": cell.column}

    def _leave_out(self, cells: list[Cell]) -> None:
        for cell in cells:
            if cell.text.strip() and id(cell) not in self.taken:
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
        self._leave_out([cell for cell in own if id(cell) not in self.taken])
        return draft

    def _is_number(self, cell: Cell) -> bool:
        column = self.layout.columns.get(cell.column)
        return (
            column is not None
            and column.role is NUMBER
            and bool(NUMBER_LIKE.match(flat(cell.text)))
        )

    def _by_column(self, row: int) -> Mapping[int, Cell]:
        """The cell that speaks in each column with a role; one that spans several only once."""
        found: dict[int, Cell] = {}
        seen: set[int] = set()
        filled = self.table.filled()[row]
        for column in self.layout.columns:
            cell = filled[column] if column < len(filled) else None
            if cell is not None and id(cell) not in seen:
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
        self._leave_out([cell for cell in own if id(cell) not in self.taken])

    def _take(self, draft: Draft, column: int, cell: Cell) -> None:
        text = cell.text
        if not text.strip():
            return
        role = self.layout.columns[column].role
        if role is NUMBER and (draft.number or not _reads_as_number(flat(text))):
            return
        if role is NUMBER:
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
        draft.places.append(self._place(cell))

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
        texts = [self.sections.text()]
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
