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
    if len(word) < _SHORTEST_WITH_KIN:
        return ()
    found = (
        (stem(form, language), language)
        for language in languages_of(word)
        if language in _OTHER_FORMS
        for form in _OTHER_FORMS[language](word.replace("'", ""))
    )
    own = stems_of(word)
    return tuple(pair for pair in dict.fromkeys(found) if _tells(pair[0], own))


def _tells(kin: str, own: tuple[str, ...]) -> bool:
    if kin in own or len(kin) < _SHORTEST_KIN:
        return False
    return len(kin) > _SHORTEST_KIN or any(stem[:-1] == kin for stem in own)


def _english(word: str) -> str:
    with _ONE_AT_A_TIME:
        return str(_ENGLISH.stemWord(word)).replace("'", "")


_SHORTEST_WITH_KIN = 4
_SHORTEST_KIN = 3
_OTHER_FORMS: dict[str, Callable[[str], Iterator[str]]] = {
    "be": belarusian_forms.other_forms,
    "ru": russian_forms.other_forms,
}
_STEMMERS: dict[str, Callable[[str], str]] = {
    "be": belarusian.stem,
    "ru": russian.stem,
    "en": _english,
}
