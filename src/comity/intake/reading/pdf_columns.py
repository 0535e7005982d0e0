"""Tables without ruling lines: columns told by the white space that runs down between them."""

import itertools
from collections import Counter
from collections.abc import Iterator

from comity.intake.reading.grid import Table
from comity.intake.reading.pdf_distances import (
    ALIGNED,
    CELL_WHITE,
    LEAST_WHITE,
    MIN_ALIGNED,
    MIN_DIFFERENT,
    MIN_LINES,
    MIN_PARTS,
    NEAR,
    SHIFTED,
    SPACE,
    TOUCHING,
    wide_gap,
)  # fmt: skip
from comity.intake.reading.pdf_rows import Gutters, crosses, parts, table_of, whites
from comity.intake.reading.pdf_text import Line, Word


def unruled(
    lines: list[Line], known: Counter[str], before: Gutters
) -> Iterator[list[Line] | Table]:
    """The page in pieces from top to bottom: runs of plain lines, and tables set in columns.

    `before` holds the columns of the page before, which a few lines may go on with; it is kept up.
    """
    first = next((at for at, line in enumerate(lines) if parts(line) >= MIN_PARTS), None)
    if first is None:
        rest_of_row = _rest_of_row(lines, before)
        if rest_of_row:
            yield table_of(lines[:rest_of_row], before, known)
        yield lines[rest_of_row:]
        return
    other = _other_table(lines, first)
    own_lines, rest = lines[:other], lines[other:]
    last = max(at for at, line in enumerate(own_lines) if parts(line) >= 2)
    last = _with_wrapped_tail(own_lines, first, last, before)
    if before.strips and all(line.x0 > before.left + line.size for line in lines[:first]):
        first = 0
    region = lines[first : last + 1]
    own = _place_of(region)
    if _goes_on(region, own, before):
        own = _widened(before, region)
    elif len(region) < MIN_LINES or len(own.strips) < 2:
        yield lines
        return
    before.become(own)
    first = _with_header_above(lines, first, last, before)
    yield lines[:first]
    yield table_of(lines[first : last + 1], before, known)
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
        titled = parts(lines[at]) == 1 and any(not line.bold for line in lines[first:at])
        fresh = below.bold and lines[first].bold and parts(below) >= MIN_PARTS
        if titled and fresh and not header & {word.text.lower() for word in below.words}:
            return at
    return len(lines)


def _rest_of_row(lines: list[Line], before: Gutters) -> int:
    """How many lines at the top of a page only end the last row of the page before."""
    if not before.strips or not lines:
        return 0
    begins = lines[0].x0
    aligned = any(abs(begins - right) <= ALIGNED for _, right in before.strips)
    if not aligned and not lines[0].text[:1].islower():
        return 0
    for at, line in enumerate(lines):
        apart = at > 0 and line.top - lines[at - 1].bottom > CELL_WHITE * line.size
        if apart or line.x0 <= before.left + line.size or not _keeps_to([line], before):
            return at
    return len(lines)


def _goes_on(region: list[Line], own: Gutters, before: Gutters) -> bool:
    """Whether the lines keep to the columns of the page before."""
    if not before.strips or abs(own.left - before.left) > SHIFTED * region[0].size:
        return False
    return _keeps_to([line for line in region if parts(line) >= MIN_PARTS], before)


def _keeps_to(lines: list[Line], place: Gutters) -> bool:
    return all(
        not word.x0 < bound < word.x1
        for line in lines
        for word in line.words
        for bound in place.bounds
    )


def _widened(before: Gutters, lines: list[Line]) -> Gutters:
    """The columns of the page before with what stands wider in them on this page."""
    words = [word for line in lines if parts(line) >= MIN_PARTS for word in line.words]
    strips = [
        (max([left, *(word.x1 for word in words if word.x0 < bound and word.x1 < right)]), right)
        for (left, right), bound in zip(before.strips, before.bounds, strict=True)
    ]
    right = max(before.right, *(line.x1 for line in lines))
    return Gutters(strips, before.left, right, before.bounds, before.white)


def _with_header_above(lines: list[Line], first: int, last: int, place: Gutters) -> int:
    """The first line with those of the header above it that speak in few of the columns."""
    region = lines[first : last + 1]
    first = _bold_header_above(lines, first, max(whites(region), default=0.0), place)
    closest = min(whites(region), default=0.0)
    while first > 0:
        here, above = lines[first], lines[first - 1]
        near = here.top - above.bottom <= closest + LEAST_WHITE
        if not near or above.bold != here.bold or crosses(above, place.strips):
            break
        first -= 1
    return first


def _bold_header_above(lines: list[Line], first: int, white: float, place: Gutters) -> int:
    """The first line of a bold header that only the heading of a section parts from the rows."""
    found, headings = first, 0
    for at in range(first - 1, -1, -1):
        line = lines[at]
        headings += crosses(line, place.strips)
        far = lines[at + 1].top - line.bottom > white + LEAST_WHITE
        if far or headings > 1 or not line.bold or lines[first].bold:
            break
        if parts(line) > 1:
            found = at
    return found


def _with_wrapped_tail(lines: list[Line], first: int, last: int, before: Gutters) -> int:
    """The last line with what is wrapped below it in the inner columns."""
    region = lines[first : last + 1]
    left = min(line.x0 for line in region)
    if before.strips and _keeps_to(region, before):
        left = min(left, before.left)
    while last + 1 < len(lines):
        here, following = lines[last], lines[last + 1]
        if following.top - here.bottom > CELL_WHITE * here.size or following.x0 <= left + ALIGNED:
            break
        last += 1
    return last


def _place_of(lines: list[Line]) -> Gutters:
    """Where the columns of these lines stand."""
    strips = _gutters(lines)
    begins = [x0 for line in lines for x0, _ in _pieces(line)]
    bounds = [
        right - ALIGNED
        if sum(abs(x - right) <= ALIGNED for x in begins) >= MIN_ALIGNED
        else (left + right) / 2
        for left, right in strips
    ]
    left, right = min(line.x0 for line in lines), max(line.x1 for line in lines)
    return Gutters(strips, left, right, bounds)


def _gutters(lines: list[Line]) -> list[tuple[float, float]]:
    """The white strips between columns, from left to right."""
    parted = [line for line in lines if parts(line) >= MIN_PARTS] or lines
    merged: list[list[float]] = []
    for x0, x1 in sorted(piece for line in parted for piece in _pieces(line)):
        if merged and x0 <= merged[-1][1] + NEAR:
            merged[-1][1] = max(merged[-1][1], x1)
        else:
            merged.append([x0, x1])
    columns = [part for span in merged for part in _split(span, parted, _starts(lines))]
    for x0, x1 in (piece for line in _beside_others(lines) for piece in _pieces(line)):
        met = [column for column in columns if x0 < column[1] and column[0] < x1]
        if len(met) == 1:
            met[0][:] = min(x0, met[0][0]), max(x1, met[0][1])
    return [(before[1], after[0]) for before, after in itertools.pairwise(columns)]


def _beside_others(lines: list[Line]) -> Iterator[Line]:
    """The lines that are no headings, for they reach down beside the one before or the next."""
    for before, line in itertools.pairwise(lines):
        if line.top < before.bottom:
            yield before
            yield line


def _pieces(line: Line) -> Iterator[tuple[float, float]]:
    """From where to where the pieces reach into which wide gaps part the line."""
    begin = line.words[0].x0
    for before, after in itertools.pairwise(line.words):
        if after.x0 - before.x1 > wide_gap(line.size):
            yield begin, before.x1
            begin = after.x0
    yield begin, line.x1


def _starts(lines: list[Line]) -> list[float]:
    """Where words stand below one another at the begin of a line's pieces, three times or more."""
    begins = sorted(
        word.x0
        for line in lines
        for before, word in zip([None, *line.words], line.words, strict=False)
        if before is None or word.x0 - before.x1 > wide_gap(line.size)
    )
    groups: list[list[float]] = []
    for x in begins:
        if groups and x - groups[-1][0] <= ALIGNED:
            groups[-1].append(x)
        else:
            groups.append([x])
    return [group[0] for group in groups if len(group) >= MIN_ALIGNED]


def _split(span: list[float], lines: list[Line], starts: list[float]) -> Iterator[list[float]]:
    """A stretch of columns parted where words align, or much white stands, and none runs across."""
    left, right = span
    inside = [
        [word for word in line.words if left <= word.x0 <= word.x1 <= right] for line in lines
    ]
    words = sorted(itertools.chain.from_iterable(inside), key=lambda word: word.x0)
    pairs = [pair for own in inside for pair in itertools.pairwise(own)]
    size = max(line.size for line in lines)
    for start in sorted({*starts, *_open_strips(words, pairs, size)}):
        if not left + ALIGNED < start < right:
            continue
        before = max((word.x1 for word in words if word.x0 < start - TOUCHING), default=left)
        if before < start - TOUCHING:
            yield [left, before]
            left = start
    yield [left, right]


def _open_strips(words: list[Word], pairs: list[tuple[Word, Word]], size: float) -> Iterator[float]:
    """Where strips end that no word runs across, and that are more than spaces one below another.

    Either they stand wide open in several lines, or different words begin right after them.
    """
    end = words[0].x1 if words else 0.0
    for word in words:
        if word.x0 - end > SPACE * size:
            beside = [pair for pair in pairs if pair[0].x1 <= end and word.x0 <= pair[1].x0]
            opened = sum(after.x0 - before.x1 > wide_gap(size) for before, after in beside)
            aligned = {after.text for _, after in beside if after.x0 - word.x0 <= ALIGNED}
            if opened >= MIN_ALIGNED or len(aligned) >= MIN_DIFFERENT:
                yield word.x0
        end = max(end, word.x1)
