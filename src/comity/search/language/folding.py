"""Words of a text: where they stand, and one spelling for all the ways the same word is written."""

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

MEMORY = 65_536
"""How many different words each memory keeps."""

VOWELS = frozenset("аеиіоуыэюя")
"""The vowels of both Cyrillic languages, folded."""

_MARKS = "\u0300-\u036f\u0483-\u0487\u00ad\u200b-\u200d\u2060"
_APOSTROPHES = "'’‘ʼʹ`´′＇"
_HYPHENS = "-‐‑"
_CORE = rf"[^\W_]+(?:[{_MARKS}]+[^\W_]*)*"
_SIMPLE = rf"{_CORE}(?:[{_APOSTROPHES}]{_CORE})*"
_SIMPLE_WORD = re.compile(_SIMPLE)
CHUNK = re.compile(rf"{_SIMPLE}(?:[{_HYPHENS}]{_SIMPLE})*")
"""One word, or several joined by hyphens."""

_TO_APOSTROPHE = str.maketrans(dict.fromkeys(_APOSTROPHES, "'"))
_CYRILLIC = re.compile("[\u0400-\u052f]")
# most words: the letters of the three alphabets of Belarusian, Russian and Ukrainian, nothing else
_PLAIN_CYRILLIC = re.compile("[А-Яа-яЁёІіЎўЇїЄєҐґ]+")
_CYRILLIC_SPELLING = str.maketrans("ёѐѝ", "ееи")
# letters that Unicode does not take apart into a base letter and a mark
_LATIN_SPELLING = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h"}
)
# a letter of the wrong alphabet that looks right: Word tables are full of them
_LOOKS_LATIN, _LOOKS_CYRILLIC = "aceopxyikmt", "асеорхуікмт"
_TO_CYRILLIC = str.maketrans(_LOOKS_LATIN, _LOOKS_CYRILLIC)
_TO_LATIN = str.maketrans(_LOOKS_CYRILLIC, _LOOKS_LATIN)


class Token(NamedTuple):
    """A folded word and the characters of the text it stands on: `text[start:end]`."""

    text: str
    start: int
    end: int


def is_cyrillic(word: str) -> bool:
    return _CYRILLIC.search(word) is not None


@lru_cache(maxsize=MEMORY)
def fold(word: str) -> str:
    """One spelling of a word: lower case, ё as е, no stress marks, Latin letters without marks.

    The apostrophe is kept as ' (it is a letter's sign in Belarusian); й, ў, і and ї stay letters.
    Letters typed in the wrong alphabet that look right (a Latin «c» in «cотрудничество») are put
    right.
    """
    if word.isascii() and "'" not in word:
        return "".join(filter(str.isalnum, word.lower()))
    if _PLAIN_CYRILLIC.fullmatch(word):
        return word.lower().translate(_CYRILLIC_SPELLING)
    folded = unicodedata.normalize("NFKC", word.translate(_TO_APOSTROPHE)).casefold()
    folded = folded.translate(_TO_APOSTROPHE)
    folded = unicodedata.normalize("NFC", "".join(map(_fold_letter, folded))).strip("'")
    return _one_alphabet(folded)


def _fold_letter(letter: str) -> str:
    if letter == "'":
        return letter
    if is_cyrillic(letter):
        return letter.translate(_CYRILLIC_SPELLING) if letter.isalnum() else ""
    bare = unicodedata.normalize("NFKD", letter).translate(_LATIN_SPELLING)
    return "".join(filter(str.isalnum, bare))


def _one_alphabet(word: str) -> str:
    latin = {letter for letter in word if "a" <= letter <= "z"}
    cyrillic = {letter for letter in word if is_cyrillic(letter)}
    if not latin or not cyrillic:
        return word
    if latin <= set(_LOOKS_LATIN):
        return word.translate(_TO_CYRILLIC)
    return word.translate(_TO_LATIN) if cyrillic <= set(_LOOKS_CYRILLIC) else word


def joined(chunk: str) -> str:
    """The parts of a hyphenated word written as one word."""
    return "".join(token.text.replace("'", "") for token in parts(chunk))


def parts(chunk: str) -> list[Token]:
    """The simple words inside a chunk, with their places in it."""
    found = (Token(fold(m.group()), m.start(), m.end()) for m in _SIMPLE_WORD.finditer(chunk))
    return [token for token in found if token.text]


def tokens(text: str) -> list[Token]:
    """The words of a text in their order, folded, with their places.

    A word with hyphens gives its parts and, unless it is made of numbers alone («2017-2020»), the
    whole as one word, after the parts and on the place of them all.
    """
    found: list[Token] = []
    for match in CHUNK.finditer(text):
        pieces = parts(match.group())
        offset = match.start()
        found.extend(Token(word, offset + start, offset + end) for word, start, end in pieces)
        if len(pieces) > 1 and not all(piece.text.isdigit() for piece in pieces):
            found.append(Token(joined(match.group()), offset, match.end()))
    return found
