"""The rows of tables without ruling lines, by the white between them or by their first column."""

import itertools
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from comity.intake.reading.grid import Cell, Table
from comity.intake.reading.pdf_distances import (
    ALIGNED,
    LEAST_STEP,
    LEAST_WHITE,
    MIN_ROWS,
    MOST_WITHOUT_FIRST,
    TIGHT_PITCH,
    TOUCHING,
    WIDE_PITCH,
    wide_gap,
)  # fmt: skip
from comity.intake.reading.pdf_text import Line, Word, cell_text, whole_words

LONGEST_NUMBER = 7


@dataclass(slots=True)
class Gutters:
    """The white strips between the columns of the table read last, and its outer edges."""

    strips: list[tuple[float, float]] = field(default_factory=list)
    left: float = 0.0
    right: float = 0.0
    bounds: list[float] = field(default_factory=list)
    """In each strip, what words of the one column and of the other do not pass."""
    white: float = 0.0
    """The height of white that parts rows, where white does."""

    def become(self, other: "Gutters") -> None:
        """Stand for another table's from now on."""
        self.strips, self.bounds, self.white = other.strips, other.bounds, other.white
        self.left, self.right = other.left, other.right

    def columns(self) -> list[tuple[float, float]]:
        """The left and right edge of each column."""
        starts = [self.left, *(right for _, right in self.strips)]
        ends = [*(left for left, _ in self.strips), self.right]
        return list(zip(starts, ends, strict=True))


@dataclass(slots=True)
class _Row:
    """The lines of each column; or those of a heading, which runs over several columns."""

    columns: list[list[Line]]
    heading: list[Line] = field(default_factory=list)

    def add(self, line: Line, columns: list[list[Word]]) -> None:
        for own, words in zip(self.columns, columns, strict=True):
            if words:
                own.append(Line(words, line.top, line.bottom, line.size, line.bold))


def parts(line: Line) -> int:
    """Into how many pieces wide gaps part the line."""
    return 1 + sum(
        after.x0 - before.x1 > wide_gap(line.size)
        for before, after in itertools.pairwise(line.words)
    )


def table_of(lines: list[Line], place: Gutters, known: Counter[str]) -> Table:
    """The table that the lines make, with columns between the gutters."""
    rows = _rows_by_white(lines, place) or _rows_by_first_column(lines, place)
    columns = place.columns()
    for own in itertools.chain.from_iterable(row.columns for row in rows):
        known.update(whole_words(own))
    cells = [
        [_heading(at, row.heading, place, known)]
        if row.heading
        else _cells(at, row.columns, columns, known)
        for at, row in enumerate(rows)
    ]
    return Table(cells, width=len(columns))


# ── rows ────────────────────────────────────────────────────────────────────────────────────


def _rows_by_white(lines: list[Line], place: Gutters) -> list[_Row]:
    """Rows parted where white runs across the whole table; none where it does not tell them.

    By the white that parted the page before, or else the narrowest that parts lines into rows of
    which nearly all begin in the first column.
    """
    if place.white:
        return _parted(lines, place, place.white)
    heights = sorted(whites(lines))
    for narrow, wide in [*itertools.pairwise(heights), (0.0, min(heights, default=0.0))]:
        if wide - narrow < LEAST_WHITE:
            continue
        rows = _parted(lines, place, (narrow + wide) / 2)
        if _is_table(rows):
            place.white = (narrow + wide) / 2
            return rows
    return []


def _parted(lines: list[Line], place: Gutters, white: float) -> list[_Row]:
    """The rows between which that much white stands; none where headings stand within rows."""
    rows = [_row_of(band, place) for band in _bands(lines, white)]
    found = [row for row in rows if row is not None]
    return found if len(found) == len(rows) else []


def whites(lines: list[Line]) -> Iterator[float]:
    """The heights of the white between lines, where nothing stands beside it."""
    bottom = lines[0].bottom
    for line in lines[1:]:
        if line.top > bottom:
            yield line.top - bottom
        bottom = max(bottom, line.bottom)


def _bands(lines: list[Line], white: float) -> list[list[Line]]:
    bands: list[list[Line]] = []
    bottom = 0.0
    for line in lines:
        if not bands or line.top - bottom > white:
            bands.append([])
        bands[-1].append(line)
        bottom = line.bottom if len(bands[-1]) == 1 else max(bottom, line.bottom)
    return bands


def _row_of(band: list[Line], place: Gutters) -> _Row | None:
    """The row that a band of lines makes; None where a heading stands among other lines."""
    if crosses(band[0], place.strips):
        return _Row([], band) if all(parts(line) == 1 for line in band) else None
    if any(crosses(line, place.strips, beside=True) for line in band[1:]):
        return None
    row = _Row([[] for _ in place.columns()])
    for line in band:
        row.add(line, _in_columns(line, place))
    return row


def _is_table(rows: list[_Row]) -> bool:
    """Whether rows begin in the first column, but for a few, and none has two numbers there."""
    if len(rows) < MIN_ROWS:
        return False
    own = [row.columns[0] for row in rows if not row.heading]
    speaking = [lines for lines in own if lines]
    numbered = [lines for lines in speaking if _is_number(lines[0])]
    twice = any(_is_number(line) for lines in numbered for line in lines[1:])
    return not twice and len(own) - len(speaking) <= max(1, MOST_WITHOUT_FIRST * len(own))


def _is_number(line: Line) -> bool:
    text = line.text
    return text[:1].isdigit() and len(text) <= LONGEST_NUMBER


def _rows_by_first_column(lines: list[Line], place: Gutters) -> list[_Row]:
    rows: list[_Row] = []
    steps = [after.top - before.top for before, after in itertools.pairwise(lines)]
    pitch = min((step for step in steps if step > LEAST_STEP * lines[0].size), default=0.0)
    previous: Line | None = None
    for line in lines:
        if crosses(line, place.strips):
            rows.append(_Row([], [line]))
            previous = None
            continue
        columns = _in_columns(line, place)
        if previous is None or _begins(columns, line, previous, pitch, len(rows) == 1):
            rows.append(_Row([[] for _ in columns]))
        rows[-1].add(line, columns)
        previous = line
    return rows


def _begins(
    columns: list[list[Word]], line: Line, previous: Line, pitch: float, first: bool
) -> bool:
    """Whether a line begins a new row: its first column speaks, or more white stands above it."""
    if columns[0]:
        tight = line.top - previous.top <= TIGHT_PITCH * pitch
        wraps = tight and first and not any(map(str.isdigit, columns[0][0].text))
        return not wraps
    return previous.bold != line.bold or line.top - previous.top > WIDE_PITCH * pitch


# ── columns ─────────────────────────────────────────────────────────────────────────────────


def crosses(line: Line, strips: list[tuple[float, float]], *, beside: bool = False) -> bool:
    """Whether a line runs over several columns, as headings of sections do.

    `beside` others of its row it is no heading, however little white is in it.
    """
    if parts(line) > 1:
        return False
    return not all(
        _keeps_clear(line, right if beside else left + ALIGNED, right)
        for left, right in strips
        if line.x0 < right - TOUCHING and line.x1 > right + TOUCHING
    )


def _keeps_clear(line: Line, last: float, right: float) -> bool:
    """Whether words end before the strip's `last` point, and the next begins a column."""
    following = next((word for word in line.words if word.x1 > right), None)
    return (
        following is not None
        and abs(following.x0 - right) <= ALIGNED
        and all(word.x1 <= last for word in line.words if word.x0 < right - TOUCHING)
    )


def _in_columns(line: Line, place: Gutters) -> list[list[Word]]:
    columns: list[list[Word]] = [[] for _ in range(len(place.bounds) + 1)]
    for word in line.words:
        middle = (word.x0 + word.x1) / 2
        columns[sum(bound < middle for bound in place.bounds)].append(word)
    return columns


# ── cells ───────────────────────────────────────────────────────────────────────────────────


def _heading(at: int, lines: list[Line], place: Gutters, known: Counter[str]) -> Cell:
    text = cell_text(lines, place.left, place.right, known)
    bold = all(line.bold for line in lines)
    return Cell(text, at, 0, 1, len(place.strips) + 1, bold)


def _cells(
    at: int, row: list[list[Line]], columns: list[tuple[float, float]], known: Counter[str]
) -> list[Cell]:
    return [
        Cell(
            cell_text(lines, left, right, known), at, column, bold=all(line.bold for line in lines)
        )
        for column, (lines, (left, right)) in enumerate(zip(row, columns, strict=True))
        if lines
    ]
