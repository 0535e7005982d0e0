"""The tables of a document as the page of columns shows them: the headings and the first rows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

#: Rows shown below the headings.
ROWS = 5


@dataclass(frozen=True, slots=True)
class ShownCell:
    text: str
    rowspan: int
    colspan: int


@dataclass(frozen=True, slots=True)
class ShownColumn:
    """A column with what it was taken for, and what else may be said of it."""

    name: str
    number: int
    role: str
    choices: Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class ShownTable:
    number: int
    label: str
    is_of_measures: bool
    columns: list[ShownColumn]
    headings: list[list[ShownCell]]
    rows: list[list[ShownCell]]
    more: int


def shown_tables(
    tables: Sequence[Mapping[str, Any]], choices: Sequence[tuple[str, str]]
) -> list[ShownTable]:
    """Those read as measures first."""
    shown = [_shown(table, choices) for table in tables]
    return sorted(shown, key=lambda table: not table.is_of_measures)


def _shown(table: Mapping[str, Any], choices: Sequence[tuple[str, str]]) -> ShownTable:
    rows, heads = table["rows"], set(table["header_rows"])
    width = max((cell[2] + cell[4] for row in rows for cell in row), default=0)
    first = max(heads, default=-1) + 1
    body = range(first, min(first + ROWS, len(rows)))
    return ShownTable(
        number=table["index"] + 1,
        label=table["label"],
        is_of_measures=bool(table["columns"]),
        columns=[
            ShownColumn(
                f"t{table['index']}c{column}",
                column + 1,
                table["columns"].get(str(column), "other"),
                choices,
            )
            for column in range(width)
        ],
        headings=[_cells(rows[row], row, max(heads)) for row in sorted(heads)],
        rows=[_cells(rows[row], row, body[-1]) for row in body],
        more=max(len(rows) - first - ROWS, 0),
    )


def _cells(row: Sequence[Sequence[Any]], number: int, last: int) -> list[ShownCell]:
    """The cells of a row; a merged one does not reach below the last row shown."""
    return [
        ShownCell(text, min(down, last - number + 1), across)
        for text, _row, _column, down, across in row
    ]
