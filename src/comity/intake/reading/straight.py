"""Columns whose borders were dragged by hand: edges a few millimetres apart are one edge."""

from collections.abc import Sequence
from itertools import accumulate

from comity.intake.reading.grid import Cell

#: Edges nearer than this are one, as a share of the table's width.
NEAR = 0.02


def straighten(rows: Sequence[Sequence[Cell]], widths: Sequence[float]) -> None:
    """Puts cells on common columns. `widths` are those of the grid's columns, from the left.

    No cell vanishes: the edges on its two sides stay two edges.
    """
    edges = [0.0, *accumulate(widths)]
    cells = [cell for row in rows for cell in row]
    used = sorted({edge for cell in cells for edge in (cell.column, cell.column + cell.colspan)})
    if len(used) < 3 or used[-1] >= len(edges) or min(widths, default=0) <= 0:
        return
    common = _common(used, edges, {(cell.column, cell.column + cell.colspan) for cell in cells})
    if len(set(common.values())) == edges.index(edges[-1]) + 1:
        return
    for cell in cells:
        left, right = common[cell.column], common[cell.column + cell.colspan]
        cell.column, cell.colspan = left, right - left


def _common(
    used: Sequence[int], edges: Sequence[float], spans: set[tuple[int, int]]
) -> dict[int, int]:
    """Each edge that a cell has → the edge, counted from the left, that it shares with others."""
    near = NEAR * edges[-1]
    common: dict[int, int] = {}
    group: list[int] = []
    number = 0
    for edge in used:
        apart = group and (
            edges[edge] - edges[group[0]] > near or any((left, edge) in spans for left in group)
        )
        if apart:
            number += 1
            group = []
        group.append(edge)
        common[edge] = number
    return common
