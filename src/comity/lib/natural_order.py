"""Numbers of rows in the order of a reader: 2 before 10, 1.9 before 1.10."""

import re

_PIECES = re.compile(r"\d+|\D+")


def natural(number: str) -> list[tuple[bool, int, str]]:
    """A key to sort by: digits as the number that they make, before any other sign."""
    return [
        (False, int(piece), "") if piece.isdecimal() else (True, 0, piece.casefold())
        for piece in _PIECES.findall(number)
    ]
