"""Rows of Word tables put on the grid: spans, cells merged down or to the left, widths."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from lxml import etree

from comity.intake.reading.counts import MOST_COLUMNS, count
from comity.intake.reading.docx_plain import PlainRow
from comity.intake.reading.docx_styles import VAL, W, child_of, value_of
from comity.intake.reading.grid import Cell

TRPR, TCPR = W + "trPr", W + "tcPr"


@dataclass(slots=True)
class Line:
    """A row of a table while its cells are put side by side, below those still open."""

    at: int
    open_cells: dict[int, Cell]
    column: int = 0
    cells: list[Cell] = field(default_factory=list)

    def goes_on(self, merge: str | None) -> bool:
        """Whether the next cell only goes on with the one above."""
        return merge == "continue" and self.column in self.open_cells

    def add_below(self, text: str, span: int) -> None:
        origin = self.open_cells[self.column]
        origin.rowspan = self.at - origin.row + 1
        if text.strip():
            origin.text = f"{origin.text}\n{text}"
        self.column += span

    def widen(self, span: int) -> None:
        self.cells[-1].colspan += span
        self.column += span

    def add(self, cell: Cell, merge: str | None) -> None:
        self.cells.append(cell)
        for covered in range(cell.column, cell.column + cell.colspan):
            self.open_cells.pop(covered, None)
        if merge == "restart":
            self.open_cells[cell.column] = cell
        self.column += cell.colspan


def merged_row(
    row: etree._Element, plain: PlainRow, texts: Iterable[str], line: Line
) -> list[Cell]:
    """A row whose texts are known and of whose cells some are merged."""
    line.column = columns_before(row)
    for place, text in enumerate(texts):
        span, merge, _ = spans(plain.merging.get(place))
        if line.goes_on(merge):
            line.add_below(text, span)
        else:
            line.add(Cell(text, line.at, line.column, 1, span), merge)
    return line.cells


def column_widths(table: etree._Element) -> list[float]:
    grid = child_of(table, W + "tblGrid")
    if grid is None:
        return []
    columns = grid.iterchildren(W + "gridCol")
    return [float(count(column.get(W + "w"), 0, least=0)) for column in columns]


def columns_before(row: etree._Element) -> int:
    before = value_of(child_of(row, TRPR), "gridBefore")
    return count(before, 0, least=0, most=MOST_COLUMNS)


def spans(properties: etree._Element | None) -> tuple[int, str | None, bool]:
    """Columns covered, vertical merge ("restart", "continue" or None), merged to the left."""
    if properties is None:
        return 1, None, False
    span = value_of(properties, "gridSpan")
    merge = child_of(properties, W + "vMerge")
    joined = child_of(properties, W + "hMerge")
    return (
        count(span, most=MOST_COLUMNS),
        None if merge is None else merge.get(VAL, "continue"),
        joined is not None and joined.get(VAL, "continue") == "continue",
    )
