"""The field's vocabulary: what Belarusian, Russian and English call the same thing.

`glossary.csv` has one concept a row: a number that never changes, and its words in each language,
separated by `|`. A word may be two words («ахова здароўя»), not counting «of» and the like.
"""

import csv
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from comity.search.language.folding import CHUNK, fold, joined
from comity.search.language.stemming import languages_of, stem

_GLOSSARY = Path(__file__).with_name("glossary.csv")
_STOPWORDS = Path(__file__).with_name("stopwords.txt")
_LANGUAGES = ("be", "ru", "en")


class Glossary(NamedTuple):
    """Concept terms by the keys of a word, and by the keys of two words that follow each other."""

    words: dict[str, tuple[str, ...]]
    phrases: dict[tuple[str, str], tuple[str, ...]]
    firsts: frozenset[str]


_CONCEPT = "xqc"


def term(number: int | str) -> str:
    """The index term of a concept: letters and digits only, so that every tokenizer keeps it."""
    return f"{_CONCEPT}{number}"


def is_concept(term: str) -> bool:
    return term.startswith(_CONCEPT)


def key(word: str, language: str) -> str:
    return key_of(stem(word, language), language)


def key_of(stem: str, language: str) -> str:
    return f"{language}:{stem}"


@lru_cache(maxsize=1)
def stopwords() -> frozenset[str]:
    """Folded words that are too common to search for."""
    lines = _STOPWORDS.read_text(encoding="utf-8").splitlines()
    return frozenset(
        fold(word) for line in lines if not line.startswith("#") for word in line.split()
    )


@lru_cache(maxsize=1)
def glossary() -> Glossary:
    """The glossary, by stems."""
    words: dict[str, list[str]] = {}
    phrases: dict[tuple[str, str], list[str]] = {}
    with _GLOSSARY.open(encoding="utf-8", newline="") as rows:
        for row in csv.DictReader(rows):
            concept = term(row["id"])
            for language in _LANGUAGES:
                for name in row[language].split("|"):
                    _put(name, language, concept, words, phrases)
    return Glossary(
        {found: tuple(dict.fromkeys(concepts)) for found, concepts in words.items()},
        {found: tuple(dict.fromkeys(concepts)) for found, concepts in phrases.items()},
        frozenset(first for first, _ in phrases),
    )


def keys_of(word: str) -> tuple[str, ...]:
    """The keys of a folded word in each language it may be in."""
    return tuple(key(word, language) for language in languages_of(word))


def _put(
    name: str,
    language: str,
    concept: str,
    words: dict[str, list[str]],
    phrases: dict[tuple[str, str], list[str]],
) -> None:
    chunks = (joined(match.group()) for match in CHUNK.finditer(name))
    match [key(word, language) for word in chunks if word not in stopwords()]:
        case [one]:
            words.setdefault(one, []).append(concept)
        case [first, second]:
            phrases.setdefault((first, second), []).append(concept)
        case _:
            message = f"glossary.csv: «{name}» ({concept}) is neither one word nor two."
            raise ValueError(message)
