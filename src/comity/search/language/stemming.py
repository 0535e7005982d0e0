"""The stems of a word in Belarusian, Russian or English, without being told which it is."""

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from threading import Lock

import snowballstemmer

from comity.search.language import belarusian, belarusian_forms, russian, russian_forms
from comity.search.language.folding import MEMORY, is_cyrillic

# letters, and letters together, that only one of the two languages writes
_BELARUSIAN_ONLY = re.compile("[іў']|ц[ья]|дз[еяью]|[чшжр]э|[чшж]ы")
_RUSSIAN_ONLY = re.compile("[ищъ]|[тдрчшж][еяью]|[бвпмф]ь")
_ENGLISH = snowballstemmer.stemmer("english")
# Snowball keeps the word it works on, so two threads may not ask it at the same time
_ONE_AT_A_TIME = Lock()


@lru_cache(maxsize=MEMORY)
def languages_of(word: str) -> tuple[str, ...]:
    """The languages a folded word may be in, by its letters; none for a word with a digit.

    >>> languages_of("выстава"), languages_of("сувязі"), languages_of("связи")
    (('be', 'ru'), ('be',), ('ru',))
    """
    if any(letter.isdigit() for letter in word):
        return ()
    if not is_cyrillic(word):
        return ("en",)
    belarusian_only = _BELARUSIAN_ONLY.search(word) is not None
    if belarusian_only is (_RUSSIAN_ONLY.search(word) is not None):
        return ("be", "ru")
    return ("be",) if belarusian_only else ("ru",)


@lru_cache(maxsize=MEMORY)
def stem(word: str, language: str) -> str:
    """The stem of a folded word read as a word of this language: be, ru or en."""
    return _STEMMERS[language](word)


def stems_of(word: str) -> tuple[str, ...]:
    """The stems a folded word may have, each once; a word with a digit is its own stem."""
    readings = [stem(word, language) for language in languages_of(word)]
    return tuple(dict.fromkeys(readings or [word.replace("'", "")]))


@lru_cache(maxsize=MEMORY)
def kindred_stems(word: str) -> tuple[tuple[str, str], ...]:
    """Stems, each with its language, that other forms of a folded word and its kin may have.

    For queries. A form that loses much, and leaves next to nothing, says nothing of the word.
    """
    found = (
        (stem, language)
        for language in languages_of(word)
        if language in _FORMS
        for stem in _stems_of_forms(word, language, _FORMS[language].other_forms)
    )
    return tuple(dict.fromkeys(found))


def inflected_stems(word: str, language: str) -> tuple[str, ...]:
    """Stems that other forms of a folded noun may have."""
    if language not in _FORMS:
        return ()
    return tuple(dict.fromkeys(_stems_of_forms(word, language, _FORMS[language].inflected)))


def _stems_of_forms(
    word: str, language: str, forms: Callable[[str], Iterator[str]]
) -> Iterator[str]:
    if len(word) >= _SHORTEST_WITH_KIN:
        own = stems_of(word)
        stems = (stem(form, language) for form in forms(word.replace("'", "")))
        yield from (one for one in stems if _tells(one, own))


def _tells(kin: str, own: tuple[str, ...]) -> bool:
    if kin in own or len(kin) < _SHORTEST_KIN:
        return False
    return len(kin) > _SHORTEST_KIN or any(stem[:-1] == kin for stem in own)


def _english(word: str) -> str:
    with _ONE_AT_A_TIME:
        return str(_ENGLISH.stemWord(word)).replace("'", "")


_SHORTEST_WITH_KIN = 4
_SHORTEST_KIN = 3
_FORMS = {"be": belarusian_forms, "ru": russian_forms}
_STEMMERS: dict[str, Callable[[str], str]] = {
    "be": belarusian.stem,
    "ru": russian.stem,
    "en": _english,
}
