"""The rows of tables without ruling lines, by the white between them or by their first column."""

import itertools
from collections import Counter
from dataclasses import dataclass, field

from comity.intake.reading.grid import Cell, Table
from comity.intake.reading.pdf_distances import TOUCHING, wide_gap
from comity.intake.reading.pdf_text import Line, Word, cell_text


@dataclass(slots=True)
class Gutters:
    """The white strips between the columns of the table read last, and its outer edges."""

    strips: list[tuple[float, float]] = field(default_factory=list)
    left: float = 0.0
    right: float = 0.0


def parts(line: Line) -> int:
    """Into how many pieces wide gaps part the line."""
    return 1 + sum(
        after.x0 - before.x1 > wide_gap(line) for before, after in itertools.pairwise(line.words)
    )


def table_of(lines: list[Line], place: Gutters, known: Counter[str]) -> Table:
    gutters = place.strips
    bounds = [(left + right) / 2 for left, right in gutters]
    starts = [place.left, *(right for _, right in gutters)]
    ends = [*(left for left, _ in gutters), place.right]
    rows: list[list[list[Line]]] = []
    spanning: dict[int, Line] = {}
    steps = [after.top - before.top for before, after in itertools.pairwise(lines)]
    pitch = min((step for step in steps if step > 0.8 * lines[0].size), default=0.0)
    previous: Line | None = None
    for line in lines:
        if _crosses(line, gutters):
            spanning[len(rows)] = line
            rows.append([])
            previous = None
            continue
        columns = _in_columns(line, bounds)
        if previous is None or _begins(columns, line, previous, pitch, rows):
            rows.append([[] for _ in starts])
        for column, words in enumerate(columns):
            if words:
                rows[-1][column].append(Line(words, line.top, line.bottom, line.size, line.bold))
        previous = line
    return Table(
        [
            [Cell(spanning[at].text, at, 0, 1, len(starts), spanning[at].bold)]
            if at in spanning
            else _cells(at, row, starts, ends, known)
            for at, row in enumerate(rows)
        ],
        width=len(starts),
    )


def _crosses(line: Line, gutters: list[tuple[float, float]]) -> bool:
    """Whether a line runs over several columns, as headings of sections do."""
    if parts(line) > 1:
        return False
    return any(line.x0 < right - 0.5 and line.x1 > right + 0.5 for _left, right in gutters)


def _in_columns(line: Line, bounds: list[float]) -> list[list[Word]]:
    columns: list[list[Word]] = [[] for _ in range(len(bounds) + 1)]
    for word in line.words:
        middle = (word.x0 + word.x1) / 2
        columns[sum(bound < middle for bound in bounds)].append(word)
    return columns


def _begins(
    columns: list[list[Word]],
    line: Line,
    previous: Line,
    pitch: float,
    rows: list[list[list[Line]]],
) -> bool:
    """Whether a line begins a new row: its first column speaks, or more white stands above it."""
    if columns[0]:
        tight = line.top - previous.top <= 1.05 * pitch
        wraps = tight and not any(map(str.isdigit, columns[0][0].text)) and len(rows) == 1
        return not wraps
    return previous.bold != line.bold or line.top - previous.top > 1.45 * pitch


def _cells(
    at: int,
    row: list[list[Line]],
    starts: list[float],
    ends: list[float],
    known: Counter[str],
) -> list[Cell]:
    return [
        Cell(
            cell_text(lines, starts[column], ends[column], known),
            at,
            column,
            bold=all(line.bold for line in lines),
        )
        for column, lines in enumerate(row)
        if lines
    ]
