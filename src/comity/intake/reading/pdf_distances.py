"""How near is near on a PDF page: in points, or as shares of the size of the letters."""

from comity.intake.reading.pdf_text import Line

#: Points by which edges may miss each other and still meet.
TOUCHING = 0.5
#: Points within which words count as standing below one another, and how many make a column.
ALIGNED = 1.5
MIN_ALIGNED = 3


def wide_gap(line: Line) -> float:
    """White wider than this parts the words of two columns."""
    return 0.9 * line.size
