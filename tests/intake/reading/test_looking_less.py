"""What lets the reader look less often holds: rules begin with words, plain letters are plain."""

import sys
import unicodedata

import pytest

from comity.intake.reading.moments import PATTERNS
from comity.intake.reading.recurrences import CONTINUOUS, RULES, UNSCHEDULED
from comity.intake.reading.text import CONTROL, INVISIBLE, PLAIN

AT_WORDS = r"\b(?=\w)(?:"
PATTERNS_AT_WORDS = [
    *(pattern for _, pattern in PATTERNS),
    *(pattern for _, _, pattern in RULES),
    *(whole.pattern.removeprefix(AT_WORDS)[:-1] for whole in (CONTINUOUS, UNSCHEDULED)),
]


def alternatives(pattern: str) -> list[str]:
    """A pattern parted at the bars that stand in no bracket."""
    parts, depth, at = [""], 0, 0
    while at < len(pattern):
        size = 2 if pattern[at] == "\\" else 1
        sign = pattern[at : at + size]
        depth += (sign in ("(", "[")) - (sign in (")", "]"))
        if sign == "|" and depth == 0:
            parts.append("")
        else:
            parts[-1] += sign
        at += size
    return parts


@pytest.mark.parametrize("pattern", PATTERNS_AT_WORDS)
def test_every_rule_of_time_begins_with_a_word(pattern: str) -> None:
    assert [part for part in alternatives(pattern) if not part.startswith(r"\b")] == []


def test_plain_letters_are_composed_visible_and_no_controls() -> None:
    wrong = [
        letter
        for letter in map(chr, range(sys.maxunicode + 1))
        if PLAIN.fullmatch(letter)
        and (
            not unicodedata.is_normalized("NFC", letter)
            or unicodedata.combining(letter)
            or ord(letter) in INVISIBLE
            or CONTROL.match(letter)
            or letter in "\r\v"
        )
    ]
    assert wrong == []
