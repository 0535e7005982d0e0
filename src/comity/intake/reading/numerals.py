"""Numbers as lists show them: Roman, letters of two alphabets; and Roman ones read back."""

import re
from collections.abc import Callable
from functools import lru_cache

ROMAN_STEPS = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"),
    (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip
LATIN = "abcdefghijklmnopqrstuvwxyz"
RUSSIAN = "абвгдежзиклмнопрстуфхцчшщэюя"
LOOK_ALIKE = str.maketrans("ІХСМУVІхсмі", "IXCMVVIXCMI")
ROMAN = re.compile(r"M{0,3}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})\Z")


def to_roman(number: int) -> str:
    """Roman numeral of a number from 1; other numbers come back in digits."""
    if not 0 < number < 4000:
        return str(number)
    out = ""
    for value, sign in ROMAN_STEPS:
        while number >= value:
            out += sign
            number -= value
    return out


@lru_cache(maxsize=1024)
def from_roman(text: str) -> int | None:
    """The value of a Roman numeral, also one typed with Cyrillic letters; None if it is none."""
    plain = text.translate(LOOK_ALIKE).upper()
    if not plain or not ROMAN.match(plain):
        return None
    values = {sign: value for value, sign in ROMAN_STEPS}
    total = 0
    for place, sign in enumerate(plain):
        value = values[sign]
        following = values[plain[place + 1]] if place + 1 < len(plain) else 0
        total += -value if value < following else value
    return total


def _letters(number: int, alphabet: str) -> str:
    if not 0 < number < 1000:
        return str(number)
    times, place = divmod(number - 1, len(alphabet))
    return alphabet[place] * (times + 1)


def numeral(number: int, style: str) -> str:
    """A list number in the style a Word or OpenDocument list names ("" for bullets)."""
    if style in ("bullet", "none", ""):
        return ""
    written = WRITTEN.get(style)
    return written(number) if written is not None else str(number)


WRITTEN: dict[str, Callable[[int], str]] = {
    "upperRoman": to_roman,
    "I": to_roman,
    "lowerRoman": lambda number: to_roman(number).lower(),
    "i": lambda number: to_roman(number).lower(),
    "upperLetter": lambda number: _letters(number, LATIN).upper(),
    "A": lambda number: _letters(number, LATIN).upper(),
    "lowerLetter": lambda number: _letters(number, LATIN),
    "a": lambda number: _letters(number, LATIN),
    "russianUpper": lambda number: _letters(number, RUSSIAN).upper(),
    "russianLower": lambda number: _letters(number, RUSSIAN),
    "decimalZero": lambda number: f"{number:02d}",
}
