"""How near is near on a PDF page, and how much is enough to tell a table by."""

# ── points ──────────────────────────────────────────────────────────────────────────────────

#: By how much edges may miss each other and still meet.
TOUCHING = 0.5
#: Within this, words count as standing below one another.
ALIGNED = 1.5
#: White, or a rule's end, this near parts nothing.
NEAR = 2.0
#: Rules of a table within this are one.
SAME_RULE = 2.5
#: A table on the next page is the same one if its rules stand within this of where they stood.
SAME_TABLE = 6.0
#: By how much upright rules pass a table's edge where they bound a row of their own.
OPEN_ROW = 6.0
#: By how much the white between rows is higher than that between the lines of a cell.
LEAST_WHITE = 0.8
#: Letters of sizes within this are of one size.
SAME_SIZE = 0.6
#: A line that ends this near to the edge of its column is full.
FULL = 1.0

# ── shares of the size of the letters ───────────────────────────────────────────────────────

#: A gap that parts words, and what a line end takes for a space.
WORD_GAP, SPACE = 0.22, 0.25
#: A gap that parts columns; one that shows in a whole page that it is set in columns.
COLUMN_GAP, CLEAR_GAP = 0.9, 2.0
#: How far apart the middles of letters on one line are.
SAME_LINE = 0.45
#: The white within a paragraph, and between the lines of a wrapped cell.
PARAGRAPH_WHITE, CELL_WHITE = 0.7, 1.0
#: The room that a line leaves for certain where it was ended on purpose.
ROOM_LEFT = 0.35
#: The smallest step from line to line.
LEAST_STEP = 0.8
#: By how much a table may stand further to the left or right than on the page before.
SHIFTED = 4.0

# ── shares of other things ──────────────────────────────────────────────────────────────────

#: From line to line: as in one cell, and as between rows, in shares of the smallest such step.
TIGHT_PITCH, WIDE_PITCH = 1.05, 1.45
#: Of a cell's width: the most that is padding, and a line so short that the next begins anew.
MOST_PADDING, SHORT_LINE = 0.25, 0.6
#: Of a page's height: its upper and lower edge, where numbers and running titles stand.
PAGE_EDGE = 0.07
#: Of a page's width: how equal the margins of a centred line are, how wide, and where the right
#: half begins.
EQUAL_MARGINS, LEAST_MARGIN, RIGHT_HALF = 0.04, 0.08, 0.5
#: Of a table's rows: how many may leave their first column empty.
MOST_WITHOUT_FIRST = 0.2

# ── counts ──────────────────────────────────────────────────────────────────────────────────

#: How many words one below another make a column; how many different ones by that alone.
MIN_ALIGNED, MIN_DIFFERENT = 3, 5
#: Into how many pieces a line of a table is parted, and how many lines make a table.
MIN_PARTS, MIN_LINES = 3, 4
#: How many clearly parted lines show that a page is set in columns.
MIN_CLEAR = 6
#: Fewer rows than this tell nothing of the white between them.
MIN_ROWS = 3
#: A cell with more full lines than this is justified.
FULL_LINES = 2


def wide_gap(size: float) -> float:
    """White wider than this parts the words of two columns."""
    return COLUMN_GAP * size
