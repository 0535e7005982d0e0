"""What stands in the cells of the workbook: numbers that sort, texts that fit."""

import re
from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from comity.issuing.digest import Digest, Row

#: A cell of Excel holds so many letters, those beyond the first plane counted twice.
MOST_LETTERS = 32_767
_PLAIN = re.compile(r"[1-9]\d{0,8}", re.ASCII)


class Numbered(int):
    """The number of a measure, written as it is in the programme."""


Cell = str | int | date | Decimal | None


def sortable(rows: Iterable[Row]) -> dict[str, Cell]:
    """The numbers of the measures, as numbers where all of them are plain ones.

    Texts and numbers beside each other would be sorted apart: 1, 2, 3, 1.1.
    """
    told = {row.number for row in rows}
    if all(_PLAIN.fullmatch(number) for number in told if number):
        return {number: Numbered(number) if number else None for number in told}
    return {number: number for number in told}


def fitting(cell: Cell, digest: Digest) -> Cell:
    """A text too long for a cell is cut, and says where the whole of it is."""
    if not isinstance(cell, str) or _length(cell) <= MOST_LETTERS:
        return cell
    note = digest.words.get("cut", "")
    written = cell.encode("utf-16-le")[: 2 * (MOST_LETTERS - _length(note))]
    return written.decode("utf-16-le", "ignore") + note


def _length(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2
