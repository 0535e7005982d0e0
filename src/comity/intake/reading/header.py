"""Which rows of a table are its header."""

import re
from collections.abc import Iterable
from functools import lru_cache

from comity.intake.reading import bodies, deadlines, funding
from comity.intake.reading.grid import Cell, Table
from comity.intake.reading.headings import TOTAL, YEAR, role_of
from comity.intake.reading.layout import DUE_ROLES, FUNDING_ROLES
from comity.intake.reading.model import ColumnRole
from comity.intake.reading.moments import scan
from comity.intake.reading.places import side_of
from comity.intake.reading.text import flat, fold

R = ColumnRole
LOOK_FOR_HEADER = 30
STRONG = frozenset({R.NUMBER, R.TITLE, R.RESPONSIBLE, R.EXPECTED_RESULT, R.SECTION}) | DUE_ROLES


def row_cells(table: Table, row: int) -> list[Cell]:
    """The different cells seen in a row, merged ones from above included."""
    seen: list[Cell] = []
    for cell in table.filled()[row]:
        if cell is not None and cell.text.strip() and (not seen or seen[-1] is not cell):
            seen.append(cell)
    return seen


def heads_columns(cells: Iterable[Cell]) -> bool:
    """Whether the cells of a row read as headings of a table of measures."""
    texts = [flat(cell.text) for cell in cells]
    if len(texts) < 2 or any(len(text) > 160 for text in texts) or texts[0].strip("().").isdigit():
        return False
    headings = [text for text in texts if not _is_value(text)]
    known = [role for text in headings if (role := role_of(text)) is not None]
    if len(known) < 2 or len(known) < 0.5 * len(headings) or not STRONG & set(known):
        return False
    families = {
        R.FUNDING if role in FUNDING_ROLES else R.DUE if role in DUE_ROLES else role
        for role in known
        if role not in (R.OTHER, R.FUNDING_YEAR)
    }
    return len(families) >= 2 or (len(known) >= 3 and R.TITLE in families)


@lru_cache(maxsize=32768)
def _is_value(text: str) -> bool:
    """What stands in a row of data rather than in a heading: a time, or a sum of money."""
    if YEAR.fullmatch(text):
        return False
    money = text[:1].isdigit() and funding.likeness(text)
    return money or (bool(scan(deadlines.prepared(text))) and deadlines.likeness(text))


def find_header(table: Table, begin: int = 0, look: int = LOOK_FOR_HEADER) -> tuple[int, ...]:
    """The rows of the header, () if there is none."""
    for row in range(begin, min(len(table.rows), begin + look)):
        cells = row_cells(table, row)
        own = [cell for cell in table.rows[row] if cell.text.strip()]
        if len(own) < 2 or not heads_columns(cells):
            continue
        first = min(cell.row for cell in cells)
        return tuple(range(max(first, begin), last_header_row(table, row, own) + 1))
    return ()


def last_header_row(table: Table, row: int, own: list[Cell]) -> int:
    deepest = max(cell.last_row for cell in own)
    if deepest > row and any(cell.last_row < deepest for cell in own):
        return min(deepest, len(table.rows) - 1, row + 3)
    last = row
    while last + 1 < len(table.rows) and last < row + 2 and _is_subheader(table, row, last + 1):
        last += 1
    return last


def _is_subheader(table: Table, first: int, row: int) -> bool:
    """A row below the header that only parts some of its columns further."""
    own = [cell for cell in table.rows[row] if cell.text.strip()]
    header = table.filled()[first]
    if not own or is_column_numbers(own):
        return False
    title_columns = [
        at for at, cell in enumerate(header)
        if cell is not None and role_of(flat(cell.text)) in (R.NUMBER, R.TITLE)
    ]  # fmt: skip
    if any(cell.column in title_columns for cell in own):
        return False
    if len(own) >= len(table.rows[first]) and len(own) > 2:
        return False
    parted = all(_is_parted(header, cell.column) for cell in own)
    return parted and all(_is_subheading(flat(cell.text)) for cell in own)


def _is_parted(header: list[Cell | None], column: int) -> bool:
    """Whether the heading above a column covers several columns, or stands beside empty ones."""
    above = header[column]
    if above is None or not above.text.strip():
        return True
    beside = header[column + 1] if column + 1 < len(header) else above
    return above.colspan > 1 or beside is None or not beside.text.strip()


def _is_subheading(text: str) -> bool:
    if len(text) > 80:
        return False
    return (
        re.fullmatch(r"(?:19|20)\d\d(?:\s*(?:г\.?|год|year))?", fold(text)) is not None
        or (role_of(text) is not None and not scan(deadlines.prepared(text)))
        or (side_of(text) is not None and not bodies.HEAD_START.match(text))
        or TOTAL.match(fold(text)) is not None
        or (funding.currency_of(text) is not None and not re.search(r"\d", text))
    )


def is_column_numbers(cells: list[Cell]) -> bool:
    """A row that only counts the columns: 1 | 2 | 3 …"""
    if len(cells) < 3 or flat(cells[0].text).strip("().") not in ("1", "А", "A"):
        return False
    texts = [flat(cell.text).strip("().") for cell in cells]
    return texts in (
        [str(place) for place in range(1, len(texts) + 1)],
        ["А", *(str(place) for place in range(1, len(texts)))],
        ["A", *(str(place) for place in range(1, len(texts)))],
    )
