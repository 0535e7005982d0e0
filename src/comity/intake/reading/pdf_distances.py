"""How near is near on a PDF page: in points, or as shares of the size of the letters."""

#: Points by which edges may miss each other and still meet.
TOUCHING = 0.5
#: Points within which words count as standing below one another, and how many make a column.
ALIGNED = 1.5
MIN_ALIGNED = 3
#: How many different words must begin one below another to make a column by that alone.
MIN_DIFFERENT = 5
#: Points of white that part nothing.
NEAR = 2.0
#: Points by which the white between rows is higher than that between the lines of a cell.
LEAST_WHITE = 0.8
#: Fewer rows than this tell nothing of the white between them.
MIN_ROWS = 3
#: The share of a table's rows that may leave their first column empty.
MOST_WITHOUT_FIRST = 0.2
#: From line to line: as in one cell, and as between rows, in shares of the smallest such step.
TIGHT_PITCH, WIDE_PITCH = 1.05, 1.45


def wide_gap(size: float) -> float:
    """White wider than this parts the words of two columns."""
    return 0.9 * size
