"""Tables without ruling lines: columns told by the white space that runs down between them."""

import itertools
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from comity.intake.reading.grid import Cell, Table
from comity.intake.reading.pdf_text import Line, Word, cell_text

MIN_LINES = 4
#: Points within which words count as standing below one another, and how many make a column.
ALIGNED = 1.5
MIN_ALIGNED = 3


@dataclass(slots=True)
class Gutters:
    """The white strips between the columns of the table read last, and its outer edges."""

    strips: list[tuple[float, float]] = field(default_factory=list)
    left: float = 0.0
    right: float = 0.0


def unruled(
    lines: list[Line], known: Counter[str], before: Gutters
) -> Iterator[list[Line] | Table]:
    """The page in pieces from top to bottom: runs of plain lines, and tables set in columns.

    `before` holds the columns of the page before, which a few lines may go on with; it is kept up.
    """
    first = next((at for at, line in enumerate(lines) if _parts(line) >= 3), None)
    if first is None:
        yield lines
        return
    other = _other_table(lines, first)
    own_lines, rest = lines[:other], lines[other:]
    last = max(at for at, line in enumerate(own_lines) if _parts(line) >= 2)
    last = _with_wrapped_tail(own_lines, first, last)
    if before.strips and all(line.x0 > before.left + line.size for line in lines[:first]):
        first = 0
    region = lines[first : last + 1]
    own = Gutters(
        _gutters(region), min(line.x0 for line in region), max(line.x1 for line in region)
    )
    if _goes_on(region, own, before):
        own = Gutters(before.strips, before.left, max(before.right, own.right))
    elif len(region) < MIN_LINES or len(own.strips) < 2:
        yield lines
        return
    before.strips, before.left, before.right = own.strips, own.left, own.right
    yield lines[:first]
    yield _table(region, own, known)
    yield own_lines[last + 1 :]
    if rest:
        yield from unruled(rest, known, Gutters())


def _other_table(lines: list[Line], first: int) -> int:
    """Where a table of something else begins: a heading line with a bold header of its own below.

    The number of lines where there is none.
    """
    header = {word.text.lower() for word in lines[first].words}
    for at in range(first + 1, len(lines) - 1):
        below = lines[at + 1]
        titled = _parts(lines[at]) == 1 and any(not line.bold for line in lines[first:at])
        fresh = below.bold and lines[first].bold and _parts(below) >= 3
        if titled and fresh and not header & {word.text.lower() for word in below.words}:
            return at
    return len(lines)


def _goes_on(region: list[Line], own: Gutters, before: Gutters) -> bool:
    """Whether the lines keep to the columns of the page before."""
    if not before.strips or abs(own.left - before.left) > 4 * region[0].size:
        return False
    free = [line for line in region if _parts(line) >= 3]
    return all(
        not word.x0 < (left + right) / 2 < word.x1
        for line in free
        for word in line.words
        for left, right in before.strips
    )


def _gap(line: Line) -> float:
    return 0.9 * line.size


def _parts(line: Line) -> int:
    """Into how many pieces wide gaps part the line."""
    return 1 + sum(
        after.x0 - before.x1 > _gap(line)
        for before, after in zip(line.words, line.words[1:], strict=False)
    )


def _with_wrapped_tail(lines: list[Line], first: int, last: int) -> int:
    """The last line with what is wrapped below it in the inner columns."""
    left = min(line.x0 for line in lines[first : last + 1])
    while last + 1 < len(lines):
        here, following = lines[last], lines[last + 1]
        if following.top - here.bottom > here.size or following.x0 <= left + 1:
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
    parts = [part for span in merged for part in _split(span, parted, _starts(lines))]
    return [(before[1], after[0]) for before, after in itertools.pairwise(parts)]


def _starts(lines: list[Line]) -> list[float]:
    """Where words stand below one another at the begin of a line's pieces, three times or more."""
    begins = sorted(
        word.x0
        for line in lines
        for before, word in zip([None, *line.words], line.words, strict=False)
        if before is None or word.x0 - before.x1 > _gap(line)
    )
    groups: list[list[float]] = []
    for x in begins:
        if groups and x - groups[-1][0] <= ALIGNED:
            groups[-1].append(x)
        else:
            groups.append([x])
    return [group[0] for group in groups if len(group) >= MIN_ALIGNED]


def _split(span: list[float], lines: list[Line], starts: list[float]) -> Iterator[list[float]]:
    """A stretch of columns parted where words align and none runs across."""
    left, right = span
    words = [word for line in lines for word in line.words if left <= word.x0 and word.x1 <= right]
    for start in starts:
        if not left + ALIGNED < start < right:
            continue
        before = max((word.x1 for word in words if word.x0 < start - 0.5), default=left)
        if before < start - 0.5:
            yield [left, before]
            left = start
    yield [left, right]


def _table(lines: list[Line], place: Gutters, known: Counter[str]) -> Table:
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
    if _parts(line) > 1:
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
