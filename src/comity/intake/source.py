"""Where in a document a measure came from: its cells with the headings over them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from comity.intake.doubts import roles_in_doubt


class Sources:
    """The tables of one document, to look up many measures in."""

    def __init__(self, tables: Sequence[Mapping[str, Any]]) -> None:
        self._columns = {table["index"]: table["columns"] for table in tables}
        self._texts = {
            (table["index"], row, column): text
            for table in tables
            for cells in table["rows"]
            for text, row, column, _down, _across in cells
        }
        self._headings = {table["index"]: _headings(table) for table in tables}

    def of(self, measure: Mapping[str, Any]) -> list[dict[str, Any]]:
        return [
            {
                "table": place["table"],
                "row": place["row"],
                "column": place["column"],
                "heading": self._headings[place["table"]].get(place["column"], ""),
                "role": self._columns[place["table"]].get(str(place["column"]), ""),
                "text": self._texts.get((place["table"], place["row"], place["column"]), ""),
            }
            for place in measure["source_cells"]
            if "table" in place
        ]


def _headings(table: Mapping[str, Any]) -> dict[int, str]:
    """What stands over each column, the headings of merged cells over each of theirs."""
    found: dict[int, list[str]] = {}
    for row in table["header_rows"]:
        for text, _row, column, _down, across in table["rows"][row]:
            for at in range(column, column + across):
                found.setdefault(at, []).append(" ".join(text.split()))
    return {at: " / ".join(filter(None, texts)) for at, texts in found.items()}


@dataclass(slots=True)
class SourceColumn:
    """One column of the source: its heading, the texts below it, and whether it is in doubt."""

    heading: str
    texts: list[str]
    in_doubt: bool


@dataclass(slots=True)
class SourcePiece:
    """The rows of a document that a measure came from, turned so that every cell can be read."""

    table: int = 0
    first: int = 0
    last: int = 0
    columns: list[SourceColumn] = field(default_factory=list)


def piece(cells: Iterable[Mapping[str, Any]], doubts: Iterable[Mapping[str, Any]]) -> SourcePiece:
    """What a page shows of the source of one row; the cells that its doubts are about marked."""
    cells, doubted = list(cells), roles_in_doubt(doubts)
    if not cells:
        return SourcePiece()
    rows = sorted({cell["row"] for cell in cells})
    texts = {(cell["row"], cell["column"]): cell["text"] for cell in cells}
    by_column = {cell["column"]: cell for cell in cells}
    return SourcePiece(
        table=cells[0]["table"] + 1,
        first=rows[0] + 1,
        last=rows[-1] + 1,
        columns=[
            SourceColumn(
                cell["heading"],
                [texts.get((row, column), "") for row in rows],
                any(cell["role"].startswith(role) for role in doubted),
            )
            for column, cell in sorted(by_column.items())
        ],
    )
