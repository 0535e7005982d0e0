"""Tables without ruling lines: columns told by the white space that runs down between them."""

from collections import Counter
from collections.abc import Iterator
from statistics import median

from comity.intake.reading.grid import Cell, Table
from comity.intake.reading.pdf_text import Line, Word, cell_text

MIN_LINES = 4


def unruled(lines: list[Line], known: Counter[str]) -> Iterator[list[Line] | Table]:
    """The page in pieces from top to bottom: runs of plain lines, and tables set in columns."""
    first = next((at for at, line in enumerate(lines) if _parts(line) >= 3), None)
    if first is None:
        yield lines
        return
    last = max(at for at, line in enumerate(lines) if _parts(line) >= 2)
    last = _with_wrapped_tail(lines, last)
    region = lines[first : last + 1]
    gutters = _gutters(region)
    if len(region) < MIN_LINES or len(gutters) < 2:
        yield lines
        return
    yield lines[:first]
    yield _table(region, gutters, known)
    yield lines[last + 1 :]


def _gap(line: Line) -> float:
    return 0.9 * line.size


def _parts(line: Line) -> int:
    """Into how many pieces wide gaps part the line."""
    return 1 + sum(
        after.x0 - before.x1 > _gap(line)
        for before, after in zip(line.words, line.words[1:], strict=False)
    )


def _with_wrapped_tail(lines: list[Line], last: int) -> int:
    while last + 1 < len(lines):
        here, following = lines[last], lines[last + 1]
        if following.top - here.bottom > 0.6 * here.size or following.x0 <= lines[last].x0 + 1:
            break
        last += 1
    return last


def _gutters(lines: list[Line]) -> list[tuple[float, float]]:
    """The white strips between columns, from left to right."""
    parted = [line for line in lines if _parts(line) >= 3] or lines
    spans: list[list[float]] = []
    for line in parted:
        begin = line.words[0]
        end = begin.x1
        for word in line.words[1:]:
            if word.x0 - end > _gap(line):
                spans.append([begin.x0, end])
                begin = word
            end = word.x1
        spans.append([begin.x0, end])
    merged: list[list[float]] = []
    for x0, x1 in sorted(spans):
        if merged and x0 <= merged[-1][1] + 2:
            merged[-1][1] = max(merged[-1][1], x1)
        else:
            merged.append([x0, x1])
    return [
        (before[1], after[0]) for before, after in zip(merged, merged[1:], strict=False)
    ]


def _table(lines: list[Line], gutters: list[tuple[float, float]], known: Counter[str]) -> Table:
    bounds = [(left + right) / 2 for left, right in gutters]
    starts = [min(line.x0 for line in lines), *(right for _, right in gutters)]
    ends = [*(left for left, _ in gutters), max(line.x1 for line in lines)]
    rows: list[list[list[Line]]] = []
    spanning: dict[int, Line] = {}
    pitch = median(
        after.top - before.top for before, after in zip(lines, lines[1:], strict=False)
    )
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
                rows[-1][column].append(
                    Line(words, line.top, line.bottom, line.size, line.bold)
                )
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
    if _parts(line) > 1:
        return False
    return any(
        word.x0 < right - 0.5 and word.x1 > left + 0.5
        for left, right in gutters
        for word in [Word("", line.x0, line.x1)]
    )


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
    return line.top - previous.top > 1.45 * pitch


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
