"""Tables that stand on their side: headings in the first column, a measure in each of the others."""

import re

from comity.intake.reading.columns import FUNDING_ROLES, find_header
from comity.intake.reading.drafts import Draft
from comity.intake.reading.grid import Cell, Table
from comity.intake.reading.headings import role_of
from comity.intake.reading.labels import Labelled, put
from comity.intake.reading.model import Column, ColumnRole, Unplaced
from comity.intake.reading.places import side_with_title
from comity.intake.reading.text import flat, fold, is_blank

R = ColumnRole
FIELD_NAMES = re.compile(
    r"(?:показател[ьи]|паказчык\w*|параметр\w*|поле|indicators?|fields?|parameters?|criteri\w+|items?|характеристик\w*)\Z"
)


def stands_on_its_side(table: Table) -> bool:
    """Whether the first column names the fields and the rows are not measures themselves."""
    if not 2 <= table.width <= 40 or len(table.rows) < 3:
        return False
    heads = [cell for cell in table.cells() if cell.column == 0 and cell.text.strip()]
    roles = [role_of(flat(cell.text).rstrip(": ")) for cell in heads if len(flat(cell.text)) < 90]
    known = [role for role in roles if role not in (None, R.OTHER)]
    kinds = {R.FUNDING if role in FUNDING_ROLES else role for role in known}
    if len(kinds) < 3 or len(known) < 0.5 * len(heads) or not kinds & {R.DUE, R.RESPONSIBLE}:
        return False
    header = find_header(table, 0, 3)
    if table.width == 2 or not header:
        return True
    above = {role_of(flat(cell.text)) for cell in table.rows[header[0]]} - {None, R.OTHER}
    return len(above) < len(kinds)


def read_records(table: Table, index: int, title: str | None) -> tuple[list[Draft], list[Unplaced]]:
    """The measures of such a table, and the texts that found no place."""
    drafts: list[Draft] = []
    unplaced: list[Unplaced] = []
    current: dict[int, Draft] = {}
    for row in table.rows:
        cells = [cell for cell in row if cell.text.strip()]
        head = next((cell for cell in cells if cell.column == 0), None)
        values = [cell for cell in cells if cell is not head]
        role = role_of(flat(head.text).rstrip(": ")) if head is not None else None
        if head is not None and row is table.rows[0] and FIELD_NAMES.match(fold(head.text)):
            role = None
        if head is None or role in (None, R.OTHER) or not values:
            _heading_row(table, index, head, values, current, drafts, unplaced)
            continue
        assert role is not None  # noqa: S101
        side = side_with_title(head.text, title) if role is R.RESPONSIBLE else None
        for cell in values:
            draft = current.get(cell.column)
            if draft is None or _begins_anew(draft, role):
                draft = Draft()
                current[cell.column] = draft
                drafts.append(draft)
            put(draft, Labelled(Column(role, side), cell.text, flat(head.text)))
            draft.places.append(_place(index, cell))
    unplaced += _without_title(drafts)
    return [draft for draft in drafts if draft.is_measure()], unplaced


def _begins_anew(draft: Draft, role: ColumnRole) -> bool:
    if role is R.NUMBER:
        return bool(draft.number or draft.title)
    return role is R.TITLE and bool(draft.title)


def _heading_row(
    table: Table,
    index: int,
    head: Cell | None,
    values: list[Cell],
    current: dict[int, Draft],
    drafts: list[Draft],
    unplaced: list[Unplaced],
) -> None:
    """A row without a field's name: a measure's own heading over the table, or words aside."""
    if head is not None and head.colspan >= table.width and not values:
        draft = Draft(title=[head.text], places=[_place(index, head)])
        current.clear()
        current.update(dict.fromkeys(range(1, table.width), draft))
        drafts.append(draft)
        return
    texts = [cell for cell in (head, *values) if cell is not None]
    unplaced += [Unplaced(flat(cell.text), _place(index, cell)) for cell in texts]


def _without_title(drafts: list[Draft]) -> list[Unplaced]:
    """The words of columns that turned out to name no measure."""
    return [
        Unplaced(flat(text))
        for draft in drafts
        if not draft.is_measure()
        for text in (
            *draft.due, draft.start, draft.end, *draft.result, draft.number,
            *(text for text, _ in draft.responsible), *(money.text for money in draft.money),
        )
        if fold(text) and not is_blank(text)
    ]  # fmt: skip


def _place(index: int, cell: Cell) -> dict[str, int]:
    return {"table": index, "row": cell.row, "column": cell.column}
