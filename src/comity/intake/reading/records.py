"""Tables that stand on their side: headings in the first column, measures in the others."""

import re
from dataclasses import dataclass, field

from comity.intake.reading.drafts import Draft
from comity.intake.reading.grid import Cell, Table
from comity.intake.reading.header import find_header
from comity.intake.reading.headings import role_of
from comity.intake.reading.labels import Labelled, put
from comity.intake.reading.layout import FUNDING_ROLES, NUMBER_LIKE
from comity.intake.reading.model import Column, ColumnRole, Unplaced
from comity.intake.reading.places import side_with_title
from comity.intake.reading.sections import WORDED, Sections, read_heading
from comity.intake.reading.text import flat, fold

R = ColumnRole
FIELD_NAMES = re.compile(
    r"(?:показател[ьи]|паказчык\w*|параметр\w*|поле|indicators?|fields?|parameters?|"
    r"criteri\w+|items?|характеристик\w*)\Z"
)


def stands_on_its_side(table: Table) -> bool:
    """Whether the first column names the fields and the rows are not measures themselves."""
    if not 2 <= table.width <= 40 or len(table.rows) < 3:
        return False
    heads = [
        cell for row in table.rows[:80] for cell in row if cell.column == 0 and cell.text.strip()
    ]
    roles = [role_of(flat(cell.text).rstrip(": ")) for cell in heads if len(flat(cell.text)) < 90]
    known = [role for role in roles if role not in (None, R.OTHER)]
    kinds = {R.FUNDING if role in FUNDING_ROLES else role for role in known}
    both = table.width == 2 and kinds >= {R.DUE, R.RESPONSIBLE}
    few = len(kinds) < 3 and not both
    if few or len(known) < 0.5 * len(heads) or not kinds & {R.DUE, R.RESPONSIBLE}:
        return False
    header = find_header(table, 0, 3)
    if table.width == 2 or not header:
        return True
    above = {role_of(flat(cell.text)) for cell in table.rows[header[0]]} - {None, R.OTHER}
    heads_measures = R.TITLE in above and above & {R.DUE, R.RESPONSIBLE}
    return len(above) < min(3, len(kinds)) and not heads_measures


def read_records(
    table: Table, index: int, title: str | None, sections: Sections
) -> tuple[list[Draft], list[Unplaced]]:
    """The measures of such a table, and the texts that found no place."""
    reader = _Records(table, index, title, sections)
    for row in table.rows:
        reader.row([cell for cell in row if cell.text.strip()], row is table.rows[0])
    measures = [draft for draft in reader.drafts if draft.is_measure()]
    used = {(place["row"], place["column"]) for draft in measures for place in draft.places}
    return measures, _of_no_measure(table, index, used | reader.section_cells)


@dataclass(slots=True)
class _Records:
    """Reads such a table row by row; `current` holds the measure of each column."""

    table: Table
    index: int
    title: str | None
    sections: Sections
    drafts: list[Draft] = field(default_factory=list)
    current: dict[int, Draft] = field(default_factory=dict)
    section_cells: set[tuple[int, int]] = field(default_factory=set)

    def row(self, cells: list[Cell], first: bool) -> None:
        head = next((cell for cell in cells if cell.column == 0), None)
        values = [cell for cell in cells if cell is not head]
        role = role_of(flat(head.text).rstrip(": ")) if head is not None else None
        if head is not None and first and FIELD_NAMES.match(fold(head.text)):
            role = None
        if head is not None and role is None and self._numbers_a_title(head, values):
            self._begin(head, values[0])
            return
        if head is None or role is None or role is R.OTHER or not values:
            self._heading_row(head, values)
            return
        side = side_with_title(head.text, self.title) if role is R.RESPONSIBLE else None
        for cell in values:
            draft = self._draft(cell.column, role)
            put(draft, Labelled(Column(role, side), cell.text, flat(head.text)))
            draft.places.append(_place(self.index, cell))

    def _numbers_a_title(self, head: Cell, values: list[Cell]) -> bool:
        numbered = NUMBER_LIKE.match(flat(head.text)) is not None
        return numbered and len(values) == 1 and self.table.width == 2 and not self._names_titles()

    def _begin(self, number: Cell, title: Cell) -> None:
        draft = Draft(self.sections.text(), flat(number.text), [title.text])
        draft.places = [_place(self.index, number), _place(self.index, title)]
        self.current = {title.column: draft}
        self.drafts.append(draft)

    def _draft(self, column: int, role: ColumnRole) -> Draft:
        draft = self.current.get(column)
        if draft is None or _begins_anew(draft, role):
            draft = Draft(section=self.sections.text())
            self.current[column] = draft
            self.drafts.append(draft)
        return draft

    def _heading_row(self, head: Cell | None, values: list[Cell]) -> None:
        """A row without a field's name: a section, a measure's own heading, or words aside."""
        if head is None or head.colspan < self.table.width or values:
            return
        place, text = _place(self.index, head), flat(head.text)
        if self._names_titles() or WORDED.match(text):
            self.sections.enter(read_heading(text), place, text)
            self.section_cells.add((head.row, head.column))
            self.current = {}
        else:
            draft = Draft(self.sections.text(), title=[head.text], places=[place])
            self.current = dict.fromkeys(range(1, self.table.width), draft)
            self.drafts.append(draft)

    def _names_titles(self) -> bool:
        heads = (row[0] for row in self.table.rows if row and row[0].column == 0)
        return any(role_of(flat(head.text).rstrip(": ")) is R.TITLE for head in heads)


def _begins_anew(draft: Draft, role: ColumnRole) -> bool:
    if role is R.NUMBER:
        return bool(draft.number or draft.title)
    return role is R.TITLE and bool(draft.title)


def _of_no_measure(table: Table, index: int, used: set[tuple[int, int]]) -> list[Unplaced]:
    """The cells of rows from which no measure took anything."""
    rows = {row for row, _ in used}
    return [
        Unplaced(flat(cell.text), _place(index, cell))
        for cell in table.cells()
        if cell.text.strip()
        and (cell.row, cell.column) not in used
        and not (cell.column == 0 and cell.row in rows)
    ]


def _place(index: int, cell: Cell) -> dict[str, int]:
    return {"table": index, "row": cell.row, "column": cell.column}
