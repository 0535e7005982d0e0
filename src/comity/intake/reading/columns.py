"""Which column of a table holds what: by its heading, and where there is none by its content."""

import re
from collections.abc import Callable

from comity.intake.reading import bodies, deadlines, funding
from comity.intake.reading.grid import Table
from comity.intake.reading.header import last_header_row
from comity.intake.reading.headings import TITLE, role_of
from comity.intake.reading.layout import DUE_ROLES, FUNDING_ROLES, MARK, NUMBER_LIKE, Layout
from comity.intake.reading.model import Column, ColumnRole
from comity.intake.reading.moments import scan
from comity.intake.reading.places import side_of, side_with_title
from comity.intake.reading.text import flat, fold, is_blank

R = ColumnRole


def layout_from_header(table: Table, header: tuple[int, ...], title: str | None) -> Layout:
    """The columns as the header rows name them."""
    headings = {
        column: text for column in range(table.width) if (text := _heading(table, header, column))
    }
    columns = {
        column: Column(role, side_with_title(text, title) if role is R.RESPONSIBLE else None)
        for column, text in headings.items()
        if (role := role_of(text)) is not None
    }
    lines = tuple(
        tuple(fold(cell.text) for cell in table.rows[row] if cell.text.strip()) for row in header
    )
    layout = Layout(columns, headings, header, table.width, lines)
    _read_sides(layout, title)
    _settle(layout, table)
    return layout


def _heading(table: Table, header: tuple[int, ...], column: int) -> str:
    parts: list[str] = []
    for row in header:
        cell = table.filled()[row][column]
        text = flat(cell.text) if cell is not None else ""
        if not text and row == header[0] and len(header) > 1:
            text = _left_heading(table, header, column)
        if text and text not in parts:
            parts.append(text)
    return " ".join(parts)


def _left_heading(table: Table, header: tuple[int, ...], column: int) -> str:
    """An empty upper heading continues the one to its left, where a lower heading stands."""
    below = [table.filled()[row][column] for row in header[1:]]
    if not any(cell is not None and cell.text.strip() for cell in below):
        return ""
    for left in range(column - 1, -1, -1):
        cell = table.filled()[header[0]][left]
        if cell is not None and cell.text.strip():
            return flat(cell.text)
    return ""


def _read_sides(layout: Layout, title: str | None) -> None:
    """A heading that is only a place ("Norway") is a column of that side's bodies."""
    for column, text in layout.headings.items():
        if column in layout.columns or len(text) > 60:
            continue
        side = side_with_title(text, title)
        if side is not None:
            layout.columns[column] = Column(R.RESPONSIBLE, side)


def _settle(layout: Layout, table: Table) -> None:
    """One column per role where a measure has one; the less fitting ones become OTHER."""
    _one_of(layout, R.NUMBER)
    _settle_titles(layout)
    _settle_results(layout)
    _settle_years(layout, table)
    _settle_times(layout)
    if layout.first(R.TITLE) is None:
        _title_by_content(layout, table)
    _missing_by_content(layout, table)
    layout.columns = dict(sorted(layout.columns.items()))


def _one_of(layout: Layout, role: ColumnRole) -> None:
    for column in layout.of(role)[1:]:
        layout.columns[column] = Column(R.OTHER)


def _settle_titles(layout: Layout) -> None:
    titles = layout.of(R.TITLE)
    if not titles:
        sections = layout.of(R.SECTION)
        if sections:
            layout.columns[sections[-1]] = Column(R.TITLE)
        return
    best = max(titles, key=lambda at: (_title_strength(layout.headings[at]), -at))
    for column in titles:
        if column != best:
            layout.columns[column] = Column(R.OTHER)


def _title_strength(heading: str) -> int:
    folded = fold(heading)
    if re.search(r"мероприят|мерапрыемств|\bmeasure|activit|\baction", folded):
        return 3
    return 2 if re.search(r"наименован|найменн|содержан|назв|\bname|\btitle|\btask", folded) else 1


def _settle_results(layout: Layout) -> None:
    results = layout.of(R.EXPECTED_RESULT)
    if len(results) > 1:
        best = max(results, key=lambda at: (_result_strength(layout.headings[at]), -at))
        for column in results:
            if column != best:
                layout.columns[column] = Column(R.OTHER)


def _result_strength(heading: str) -> int:
    folded = fold(heading)
    if re.search(r"результат|вынік|result|outcome|output", folded):
        return 3
    return 2 if re.search(r"эффект|deliverable|impact", folded) else 1


def _settle_years(layout: Layout, table: Table) -> None:
    """Columns headed by years hold money, or ticks when something is due."""
    years = layout.of(R.FUNDING_YEAR)
    timed = [
        at for at, text in layout.headings.items()
        if at in years or ((at not in layout.columns or layout.columns[at].role in DUE_ROLES)
        and scan(deadlines.prepared(text)))
    ]  # fmt: skip
    marked = [at for at in timed if _only_marks(table, layout.header, at)]
    for column in marked:
        layout.columns[column] = Column(R.DUE)
    layout.marked = frozenset(marked)
    if len(layout.of(R.FUNDING_YEAR)) >= 1 and not layout.of(R.FUNDING_TOTAL):
        plain = layout.of(R.FUNDING)
        if len(plain) == 1 and len(layout.of(R.FUNDING_YEAR)) >= 2:
            layout.columns[plain[0]] = Column(R.FUNDING_TOTAL)


def _only_marks(table: Table, header: tuple[int, ...], column: int) -> bool:
    texts = [
        text for text in _texts(table, header, column) if not is_blank(text) or MARK.match(text)
    ]
    return bool(texts) and all(MARK.match(text) for text in texts)


def _settle_times(layout: Layout) -> None:
    """A start needs an end and the other way round; a lone one is the deadline."""
    starts, ends = layout.of(R.DUE_START), layout.of(R.DUE_END)
    if starts and not ends:
        layout.columns[starts[0]] = Column(R.DUE)
    if ends and not starts:
        layout.columns[ends[0]] = Column(R.DUE)


def _texts(table: Table, header: tuple[int, ...], column: int) -> list[str]:
    last = header[-1] if header else -1
    return [cell.text for cell in table.single_cells(column) if cell.row > last]


def _title_by_content(layout: Layout, table: Table) -> None:
    free = [
        at for at in range(table.width)
        if (at not in layout.columns or layout.columns[at].role in (R.OTHER, R.SECTION))
        and role_of(layout.headings.get(at, "")) is not R.OTHER
    ]  # fmt: skip
    best = max(free, key=lambda at: _mean_length(_texts(table, layout.header, at)), default=None)
    if best is not None and _mean_length(_texts(table, layout.header, best)) > 12:
        layout.columns[best] = Column(R.TITLE)
        return
    results = [
        at for at in layout.of(R.EXPECTED_RESULT) if TITLE.search(fold(layout.headings.get(at, "")))
        or re.search(r"deliverable", fold(layout.headings.get(at, "")))
    ]  # fmt: skip
    if results:
        layout.columns[results[0]] = Column(R.TITLE)


def _missing_by_content(layout: Layout, table: Table) -> None:
    """Columns under headings that are not known, by what stands in them and is still missing."""
    known = {
        R.DUE if column.role in DUE_ROLES else column.role for column in layout.columns.values()
    }
    if R.TITLE not in known:
        return
    for column in range(table.width):
        heading = layout.headings.get(column, "")
        if column in layout.columns or side_of(heading) is not None:
            continue
        texts = [text for text in _texts(table, layout.header, column) if not is_blank(text)]
        for role, reads in CONTENT:
            if role not in known and len(texts) > 1 and _share(texts, reads, 0.7) >= 0.7:
                layout.columns[column] = Column(role)
                known.add(role)
                break


def _mean_length(texts: list[str]) -> float:
    return sum(map(len, texts)) / len(texts) if texts else 0.0


def is_of_measures(layout: Layout) -> bool:
    """Whether a table with these columns lists measures."""
    if layout.first(R.TITLE) is None:
        return False
    if layout.of(R.DUE, R.DUE_START, R.RESPONSIBLE):
        return True
    money_or_result = layout.of(R.EXPECTED_RESULT, *FUNDING_ROLES)
    heading = fold(layout.headings.get(layout.first(R.TITLE) or 0, ""))
    named = _title_strength(heading) == 3
    return bool(named and (money_or_result or layout.first(R.NUMBER) is not None))


def _reads_as_due(text: str) -> bool:
    return deadlines.likeness(flat(text))


def _reads_as_number(text: str) -> bool:
    return NUMBER_LIKE.match(flat(text)) is not None


#: What a text reads as, the surest first.
CONTENT: tuple[tuple[ColumnRole, Callable[[str], bool]], ...] = (
    (R.NUMBER, _reads_as_number),
    (R.DUE, _reads_as_due),
    (R.RESPONSIBLE, bodies.likeness),
)


# ── without a header ────────────────────────────────────────────────────────────────────────


def layout_from_content(table: Table, document: str | None = None) -> Layout | None:
    """The columns as their content suggests, None if it does not read as measures.

    `document` is the document's title, which may tell the sides.
    """
    if table.width < 3 or len(table.rows) < 2:
        return None
    header = _header_by_content(table)
    if header:
        layout = layout_from_header(table, header, document)
        return layout if is_of_measures(layout) else None
    texts = {column: _texts(table, (), column) for column in range(table.width)}
    texts = {column: found for column, found in texts.items() if found}
    columns: dict[int, Column] = {}
    _take_best(columns, texts, R.NUMBER, _reads_as_number, 0.7)
    _take_best(columns, texts, R.DUE, _reads_as_due, 0.6)
    if R.DUE not in {column.role for column in columns.values()}:
        return None
    free = {column: found for column, found in texts.items() if column not in columns}
    if not free:
        return None
    _take_money_and_bodies(columns, free)
    free = {column: found for column, found in texts.items() if column not in columns}
    if not free:
        return None
    due = next(at for at, column in columns.items() if column.role is R.DUE)
    before = {column: found for column, found in free.items() if column < due} or free
    title = max(before, key=lambda at: _mean_length(free[at]))
    columns[title] = Column(R.TITLE)
    rest = sorted(column for column in free if column != title)
    if rest:
        columns[rest[-1]] = Column(R.EXPECTED_RESULT)
    for column in rest[:-1]:
        columns[column] = Column(R.OTHER)
    return Layout(dict(sorted(columns.items())), width=table.width)


def _header_by_content(table: Table) -> tuple[int, ...]:
    """The first row, where it has short words in every column and nothing that a measure has."""
    own = [cell for cell in table.rows[0] if not is_blank(cell.text)]
    first = [flat(cell.text) for cell in own]
    covered = sum(cell.colspan for cell in own)
    short = (
        len(first) >= 3 and covered >= table.width - 1 and all(len(text) <= 60 for text in first)
    )
    filled = any(
        NUMBER_LIKE.match(text) or _reads_as_due(text) or funding.likeness(text) for text in first
    )
    return tuple(range(last_header_row(table, 0, own) + 1)) if short and not filled else ()


def _share(texts: list[str], fits: Callable[[str], bool], least: float) -> float:
    """The share of the texts that fit; counting stops once it is known to be below `least`."""
    fitting = len(texts)
    for text in texts:
        if not fits(text):
            fitting -= 1
            if fitting / len(texts) < least:
                break
    return fitting / len(texts)


def _take_best(
    columns: dict[int, Column],
    texts: dict[int, list[str]],
    role: ColumnRole,
    fits: Callable[[str], bool],
    least: float,
) -> None:
    shares = {at: _share(found, fits, least) for at, found in texts.items() if at not in columns}
    best = max(shares, key=lambda at: (shares[at], -at), default=None)
    if best is not None and shares[best] >= least:
        columns[best] = Column(role)


def _take_money_and_bodies(columns: dict[int, Column], free: dict[int, list[str]]) -> None:
    body = {at: _share(found, bodies.likeness, 0.5) for at, found in free.items()}
    money = {
        at: _share([text for text in found if not is_blank(text)] or ["x"], funding.likeness, 0.5)
        for at, found in free.items()
    }
    longest = max(free, key=lambda at: _mean_length(free[at]))
    for at in free:
        if money[at] >= 0.5 and money[at] > body[at]:
            columns[at] = Column(R.FUNDING)
        elif body[at] >= 0.5 and (at != longest or len(free) == 1 or body[at] > 0.9):
            columns[at] = Column(R.RESPONSIBLE)
