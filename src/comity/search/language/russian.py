"""Russian stems by Snowball, and what it leaves apart put together by own rules.

Snowball takes -л, -н, -ом, -ем, -им, -ен and -ит for endings of verbs, adjectives and participles
where they belong to a noun: канал → кана, but каналу → канал. Such nouns of the field stand in
`russian_stems.txt`. A vowel that comes and goes (рынок – рынка, выставок – выставка,
конец – конца) is left out.
"""

import re
from functools import lru_cache
from pathlib import Path
from threading import Lock

import snowballstemmer

from comity.search.language.folding import VOWELS
from comity.search.language.known_stems import find_known, known_stems

_KNOWN_STEMS = Path(__file__).with_name("russian_stems.txt")
_NOUN = "а у е ы и о я ю ь й ом ем ой ей ою ею ам ям ами ями ах ях ов ев ью"
_ENDINGS = frozenset(_NOUN.split())
_COMING_AND_GOING = re.compile("(?<=[^аеиоуыэюяй])(?:о(?=к$)|е(?=ц$))")
_SNOWBALL = snowballstemmer.stemmer("russian")
# Snowball keeps the word it works on, so two threads may not ask it at the same time
_ONE_AT_A_TIME = Lock()


def stem(word: str) -> str:
    """The stem that the forms of a Russian word share. `word` is folded (lower case, ё as е)."""
    word = word.replace("'", "")
    known = find_known(word, _known_stems(), _ENDINGS)
    if known is not None:
        return known
    if word.endswith("пись"):  # запись, подпись: no reflexive verb
        return word[:-1]
    with _ONE_AT_A_TIME:
        found = str(_SNOWBALL.stemWord(word))
    shorter = _COMING_AND_GOING.sub("", found)
    return found if VOWELS.isdisjoint(shorter) else shorter


@lru_cache(maxsize=1)
def _known_stems() -> dict[str, str]:
    return known_stems(_KNOWN_STEMS, softened={})
