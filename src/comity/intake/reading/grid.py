"""The plain form that every format is brought to: paragraphs and tables in document order."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from comity.intake.reading.messages import ReadingWarning


@dataclass(slots=True)
class Cell:
    """One cell. `text` keeps its line breaks; a merged cell stands once, at its upper left."""

    text: str
    row: int
    column: int
    rowspan: int = 1
    colspan: int = 1
    bold: bool = False
    day: date | None = None
    """The real date behind the text, when the format stores one and shows its day."""

    @property
    def last_row(self) -> int:
        return self.row + self.rowspan - 1


@dataclass(slots=True)
class Table:
    """A table; `rows[r]` holds the cells that begin in row r, from left to right."""

    rows: list[list[Cell]]
    label: str = ""
    width: int = 0
    caption: str = ""
    page_starts: set[int] = field(default_factory=set)
    """Rows that stand first on a new page, where one may go on from the page before."""
    _single: dict[int, list[Cell]] | None = field(default=None, repr=False)
    _filled: list[list[Cell | None]] | None = field(default=None, repr=False)

    def __post_init__(self) -> None:
        if not self.width:
            self.width = max(
                (cell.column + cell.colspan for row in self.rows for cell in row), default=0
            )

    def filled(self) -> list[list[Cell | None]]:
        """The full grid: at each place the cell that covers it, merged ones repeated."""
        if self._filled is None:
            width = self.width
            grid: list[list[Cell | None]] = [[None] * width for _ in self.rows]
            for line, row in zip(grid, self.rows, strict=True):
                for cell in row:
                    if cell.rowspan > 1 or cell.colspan > 1:
                        _cover(grid, cell)
                    elif cell.column < width and line[cell.column] is None:
                        line[cell.column] = cell
            self._filled = grid
        return self._filled

    def single_cells(self, column: int) -> list[Cell]:
        """The cells with text that stand in one column, from top to bottom.

        Not those that are alone in their row, as headings of sections are.
        """
        if self._single is None:
            self._single = {}
            for row in self.rows:
                speaking = [cell for cell in row if cell.text.strip()]
                for cell in speaking if len(speaking) > 1 else ():
                    if cell.colspan == 1:
                        self._single.setdefault(cell.column, []).append(cell)
        return self._single.get(column, [])

    def cells(self) -> Iterator[Cell]:
        for row in self.rows:
            yield from row


def _cover(grid: list[list[Cell | None]], cell: Cell) -> None:
    for line in grid[cell.row : cell.row + cell.rowspan]:
        for column in range(cell.column, min(cell.column + cell.colspan, len(line))):
            if line[column] is None:
                line[column] = cell


@dataclass(slots=True)
class Paragraph:
    """A paragraph outside tables. `number` is its automatic number, as the reader sees it."""

    text: str
    number: str = ""
    level: int | None = None
    """Heading level: 0 for a title, 1 … 9 for headings, None for body text."""
    depth: int = 0
    """Depth in its list, 0 for the outermost."""
    bold: bool = False
    centred: bool = False
    right: bool = False
    aside: bool = False
    """Not in the flow of the text: a note, a page header, a hidden run."""
    caption: bool = False
    bullet: bool = False


@dataclass(slots=True)
class Document:
    """What one file holds, in reading order."""

    blocks: list[Paragraph | Table] = field(default_factory=list)
    warnings: list[ReadingWarning] = field(default_factory=list)

    @property
    def tables(self) -> list[Table]:
        return [block for block in self.blocks if isinstance(block, Table)]
