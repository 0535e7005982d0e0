"""CSV: the delimiter told from the content, quoted line breaks kept."""

import csv
from collections.abc import Iterator
from io import StringIO

from comity.intake.reading.decoding import Decoded
from comity.intake.reading.grid import Cell, Document, Table
from comity.intake.reading.messages import Refused
from comity.intake.reading.text import clean

MAX_ROWS = 20_000
MAX_COLUMNS = 1000
DELIMITERS = ";\t,|"


def read_csv(decoded: Decoded) -> Document:
    """The document of a CSV text: one table. Plain text without a delimiter is refused."""
    text = decoded.text
    first, _, rest = text.partition("\n")
    delimiter = None
    if first.strip().lower().startswith("sep=") and len(first.strip()) == 5:
        delimiter, text = first.strip()[4], rest
    delimiter = delimiter or best_delimiter(text)
    if delimiter is None:
        raise Refused("plain_text")
    rows: list[list[Cell]] = []
    for values in _records(text, delimiter):
        if len(rows) >= MAX_ROWS:
            raise Refused("too_many_rows", limit=MAX_ROWS)
        if len(values) > MAX_COLUMNS:
            raise Refused("too_many_columns", limit=MAX_COLUMNS)
        row = len(rows)
        rows.append(
            [Cell(clean(value), row, column) for column, value in enumerate(values) if value]
        )
    return Document([Table(rows)], list(decoded.warnings))


def _records(text: str, delimiter: str) -> Iterator[list[str]]:
    csv.field_size_limit(max(csv.field_size_limit(), len(text) + 1))
    return csv.reader(StringIO(text, newline=""), delimiter=delimiter)


def best_delimiter(text: str) -> str | None:
    """The delimiter that parts most rows into the same number (two or more) of fields."""
    sample = text[:200_000]
    if sample.count("\n") < 2:
        sample = text[:2_000_000]
    scores: list[tuple[float, int, str]] = []
    for order, delimiter in enumerate(DELIMITERS):
        widths = [len(row) for row in _records(sample, delimiter) if any(map(str.strip, row))]
        parted = [width for width in widths if width > 1]
        if len(parted) < 2:
            continue
        common = max(set(parted), key=lambda width: (parted.count(width), width))
        share = parted.count(common) / len(widths)
        scores.append((share + min(common, 6) / 20, -order, delimiter))
    return max(scores)[2] if scores else None
