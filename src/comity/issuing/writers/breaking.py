"""Places in long words where a line of the PDF may end.

Ordinary words are left to be hyphenated. A run of letters that is wider than its column, such as an
address of a page, would be printed over the columns beside it. The places are no letters in the
PDF: it is searched and copied without them.
"""

import re
from functools import lru_cache

#: Marks a place; `paper.typ` puts in nothing that is seen.
PLACE = "\N{ZERO WIDTH SPACE}"
#: The width of the text of a page, and what a cell keeps free on both sides, in points.
PAGE, FREE = 751.0, 8.0
#: Words of letters up to this length are hyphenated, in columns that allow it.
LONGEST_ORDINARY = 30
_RUN = re.compile(r"[^\s\u200b\u2010\u2013\u2014/-]{5,}")
_ORDINARY = {
    "en": re.compile(rf"[(«„“‘]*[A-Za-z]{{1,{LONGEST_ORDINARY}}}[^\w]*"),
    "cyrillic": re.compile(rf"[(«„“]*[А-Яа-яЁёІіЎў']{{1,{LONGEST_ORDINARY}}}[^\w]*"),
}
#: Widths as parts of the size of the letters, a little more than those of Libertinus.
_WIDE, _CAPITAL, _OTHER = 0.85, 0.78, 0.54
_WIDE_LETTERS = frozenset("жмфшщъыюmw@%—…")


def breakable(text: str, width: float, language: str = "", *, size: float = 9.0) -> str:
    """The text with the places in its runs that are wider than `width` points.

    Words of `language`, if it is told, are hyphenated and have none.
    """
    ordinary = _ORDINARY["en" if language == "en" else "cyrillic"] if language else None

    def marked(found: re.Match[str]) -> str:
        run = found[0]
        if _width(run, size) <= width or (ordinary and ordinary.fullmatch(run)):
            return run
        return PLACE.join(run)

    return _RUN.sub(marked, text)


def inside(share: float) -> float:
    """What there is to write in, in points, in a column of so many hundredths of the page."""
    return PAGE * share / 100 - FREE


def _width(run: str, size: float) -> float:
    return size * sum(map(_letter, run))


@lru_cache(maxsize=2048)
def _letter(letter: str) -> float:
    if letter.lower() in _WIDE_LETTERS or ord(letter) > 0x2E80:
        return _WIDE if letter.islower() else 1.1
    return _CAPITAL if letter.isupper() else _OTHER
