"""What each row of a table of measures is: a header, a section, a total, a measure, its end."""

import itertools
import re
from collections.abc import Iterator
from functools import cached_property

from comity.intake.reading.columns import layout_from_header
from comity.intake.reading.drafts import Draft, clean_number
from comity.intake.reading.grid import Cell, Table
from comity.intake.reading.header import find_header, heads_columns, is_column_numbers, row_cells
from comity.intake.reading.headings import role_of
from comity.intake.reading.layout import DUE_ROLES, NUMBER_LIKE, Layout
from comity.intake.reading.model import ColumnRole
from comity.intake.reading.sections import WORDED
from comity.intake.reading.text import first_letter, flat, fold, is_blank

R = ColumnRole
TOTAL_ROW = re.compile(
    r"(?:итого|всего|усяго|усё|разам|total|sub-?total|grand total|sum total|в том числе|у "
    r"тым ліку|из них|of which|including)\b",
)
#: The first letters of those, before a text is folded.
TOTAL_BEGINS = frozenset("ивурtsgoi\u00ad")
NOTE_ROW = re.compile(
    r"(?:примечани|заўваг|приме?ч\.|заув|notes?\s*[:.]|notes?\s+\d|\*|сокращени|источник:|"
    r"source:|¹|<\*>|подпис|"
    r"список сокращений|legend)"
)
ROMAN_NUMBER = re.compile(r"[IVXІХ]+[.)]?\Z")
SINGLE_NUMBER = re.compile(r"(?:\d{1,2}|[IVXІХ]{1,4}|[A-ZА-Я])[.)]?\Z")


class RowKinds:
    """Tells what the rows of one table are, by its layout and what stands around them."""

    def __init__(self, table: Table, layout: Layout) -> None:
        self.table = table
        self.layout = layout
        self.header_rows: set[int] = set(layout.header)
        self._header_begins = {texts[0] for texts in layout.lines if texts}
        self._learn_columns()
        self._new_page = False
        rows = enumerate(reversed(table.rows), start=1)
        blank = (at for at, cells in rows if any(cell.text.strip() for cell in cells))
        self._last_row = len(table.rows) - next(blank, len(table.rows) + 1)
        self._bold_rows_of: dict[int | None, bool] = {}

    def _learn_columns(self) -> None:
        """Where the layout has what; asked of every row."""
        self._number, self._title = self.layout.first(R.NUMBER), self.layout.first(R.TITLE)
        self._dues, self._sections = self.layout.of(*DUE_ROLES), self.layout.of(R.SECTION)
        begins = {*self._header_begins, *map(fold, self.layout.headings.values())}
        self._header_letters = {text[:1] for text in begins} | {"ё", "\u00ad"}

    def _is_header(self, row: int, own: list[Cell]) -> bool:
        if is_column_numbers(own) or self._is_repeated_header(own):
            self.header_rows.add(row)
            return True
        return self._is_new_header(row, own)

    def _is_repeated_header(self, own: list[Cell]) -> bool:
        headings = self.layout.headings
        if not headings or len(own) < 2:
            return False
        if first_letter(own[0].text) not in self._header_letters:
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
        if words is None or len(words.text) > 120:
            return False
        if first_letter(words.text) not in TOTAL_BEGINS or not TOTAL_ROW.match(fold(words.text)):
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
        speaking: list[Cell] = []
        for cell in own:
            if not is_blank(cell.text):
                speaking.append(cell)
                if len(speaking) > 2:
                    return False
        if len(speaking) == 1:
            return self._single_is_section(row, speaking[0])
        return len(speaking) == 2 and self._pair_is_section(row, speaking)

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

    def _is_number(self, cell: Cell) -> bool:
        column = self.layout.columns.get(cell.column)
        return (
            column is not None
            and column.role is R.NUMBER
            and bool(NUMBER_LIKE.match(flat(cell.text)))
        )
