"""Numbers that a file states about itself, believed only as far as a programme could need them."""

#: The most columns of a table, and the most of anything else that is counted.
MOST_COLUMNS, MOST = 200, 1_000_000


def count(text: str | None, default: int = 1, *, least: int = 1, most: int = MOST) -> int:
    """The whole number that is written there, within bounds; `default` where there is none."""
    digits = (text or "").strip()
    if not (digits.isascii() and digits.isdigit()):
        return default
    return max(least, min(int(digits.lstrip("0")[:12] or "0"), most))
