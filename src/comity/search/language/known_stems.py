"""Stems that the rules of a stemmer would get wrong, from a text file.

A line of the file is the name of a stem, then the other shapes it takes; `#` begins a comment.
"""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from comity.search.language.folding import VOWELS

_LONGEST_ENDING = 4


def known_stems(path: Path, *, softened: Mapping[str, str]) -> dict[str, str]:
    """The names of the stems in a file by their shapes.

    `softened` tells what the last consonant becomes before some endings; that is one more shape.
    """
    lines = path.read_text(encoding="utf-8").splitlines()
    shapes = (line.split() for line in lines if line and not line.startswith("#"))
    return {
        form: name
        for name, *others in shapes
        for shape in (name, *others)
        for form in _with_softened(shape, softened)
    }


def find_known(word: str, stems: Mapping[str, str], endings: Iterable[str]) -> str | None:
    """The name of the longest known stem that leaves one of the endings of a word, or nothing.

    A stem that ends in a vowel is not a word without an ending.
    """
    for length in range(len(word), max(len(word) - _LONGEST_ENDING, 1) - 1, -1):
        stem, ending = word[:length], word[length:]
        if stem in stems and (ending in endings or (not ending and stem[-1] not in VOWELS)):
            return stems[stem]
    return None


def _with_softened(stem: str, softened: Mapping[str, str]) -> Iterator[str]:
    yield stem
    if stem[-1] in softened:
        yield stem[:-1] + softened[stem[-1]]
