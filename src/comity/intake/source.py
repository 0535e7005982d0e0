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
class SourceLine:
    """One row of the source table: a text for each heading, and which of them are in doubt."""

    number: int
    cells: list[tuple[str, bool]] = field(default_factory=list)


@dataclass(slots=True)
class SourcePiece:
    """The rows of a document that a measure came from, ready to be shown."""

    table: int | None = None
    headings: list[str] = field(default_factory=list)
    lines: list[SourceLine] = field(default_factory=list)

    @property
    def first(self) -> int:
        return self.lines[0].number

    @property
    def last(self) -> int:
        return self.lines[-1].number


def piece(cells: Iterable[Mapping[str, Any]], doubts: Iterable[Mapping[str, Any]]) -> SourcePiece:
    """What a page shows of the source of one row; the cells that its doubts are about marked."""
    cells, doubted = list(cells), roles_in_doubt(doubts)
    if not cells:
        return SourcePiece()
    columns = sorted({cell["column"] for cell in cells})
    headings = {cell["column"]: cell["heading"] for cell in cells}
    shown = SourcePiece(cells[0]["table"] + 1, [headings[column] for column in columns])
    for number in sorted({cell["row"] for cell in cells}):
        by_column = {cell["column"]: cell for cell in cells if cell["row"] == number}
        line = SourceLine(number + 1)
        for column in columns:
            cell = by_column.get(column, {"text": "", "role": ""})
            role = cell["role"].split(":")[0]
            line.cells.append((cell["text"], any(role.startswith(about) for about in doubted)))
        shown.lines.append(line)
    return shown
