"""A stemmer for Belarusian.

Own rules, written after the classes that the school grammar of Belarusian teaches: three
declensions of the noun, the hard and the soft adjective, two conjugations, the reflexive verb, and
the alternations of consonants before endings. It takes off what inflection adds and does not try to
undo derivation. A stem is a name for all forms of a word and not itself a word: it may have lost
more than an ending (праблем-а → прабл), as long as every form lost the same.

1. *Known stems.* Words whose stem changes (горад – гарады, вобласць – абласцей, дзень – дні) and
   words whose stem looks like an ending (перавага, справа – спраў) stand in `belarusian_stems.txt`.
2. *The verb.* A reflexive loses -ся, -цца; the past tense is taken off where the word looks like a
   verb.
3. *The ending*: the longest that leaves enough of a word.
4. *What the ending left behind*: a vowel (тэхналогі-я → тэхналог), or letters that look like an
   ending. A form without an ending (праблем) lost them in step 3, so the others lose them too.
5. *Alternations* at the end of the stem: a doubled consonant (пагадненн-е), a vowel that comes and
   goes (рынак – рынку, спажывец – спажыўца), ў – в (ініцыятыў – ініцыятыва), дз – д and soft ц – т
   (універсітэце), hard ц – к (рэспубліцы), з – г (паслузе).
"""

import re
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from comity.search.language.folding import MEMORY, VOWELS
from comity.search.language.known_stems import find_known, known_stems

_KNOWN_STEMS = Path(__file__).with_name("belarusian_stems.txt")
_SOFT = frozenset("еіьюя")
_LONGEST_ENDING = 4

_NOUN = "амі ямі ымі імі ьмі ам ям ом ем ым ім ах ях ых іх аў яў оў еў ай яй ой ей эй"
_ADJECTIVE = "ага яга ога аму яму ому"
_VERB = (
    "аць яць іць ыць ець эць уць юць оць аюць яюць уюць аеш яеш уеш юеш еш эш іш ыш "
    "аем яем уем юем аеце яеце уеце юеце айце яйце уйце"
)
_VOWEL = "ая яя ое ае яе ую юю ыя ія аю яю ою уе юе а я о е э у ю ы і ь й"
_CLOSED_ENDINGS = frozenset(f"{_NOUN} {_ADJECTIVE} {_VERB}".split())
_OPEN_ENDINGS = frozenset(_VOWEL.split())
_ENDINGS = _CLOSED_ENDINGS | _OPEN_ENDINGS

_LEFT_BEHIND = re.compile("(?:[ая][гмвўх]|о[гмвў]|е[мвў]|[ыі][мх]|(?<=[ая]н)ін|[аеіоуыэюя])$")
_PAST = re.compile("(?:[аяіыу]л[аоі]|[іыу]ў|[іы]це)$")
_PAST_OF_OWN_LOOK = re.compile("(?:[аіы]ва|іча|[лн]я)л[аоі]$")
_VERB_PREFIX = re.compile(
    "(?:пад|за|вы|пра|на|раз|рас|пера|аб|ад|да|па|пры|ст|у|з|с(?=[кпт]))[^аеіоуыэюя]"
)
_NOUN_OF_VERB_LOOK = re.compile("[тсх][іы]ў$")
_COMING_AND_GOING = re.compile("(?<=[^аеіоуыэюяй])[ао](?=к$)")
_ONLY_WITHOUT_ENDING = re.compile("(?<=[^аеіоуыэюяй])е(?=ц$)")
_BEFORE_A_VOWEL = re.compile("(?<=[аеіоуыэюя])е(?=[кц]$)")
_SHORT_U = re.compile("ў(?=.?$)")
_DOUBLED = re.compile(r"([бвгджзйклмнпрстфхцчш])\1$")
_SOFTENED = {"д": "дз", "т": "ц", "к": "ц", "г": "з", "х": "с", "в": "ў"}


class _Cut(NamedTuple):
    stem: str
    ending: str


@lru_cache(maxsize=MEMORY)
def stem(word: str) -> str:
    """The stem that all forms of a Belarusian word share.

    `word` is folded (lower case, ё as е); an apostrophe is left out, an initial ў is у.
    """
    known = find_known(_with_initial_u(word), _known_stems(), _ENDINGS)
    if known is not None:
        return known
    cut = _without_ending(spelled(word))
    if cut.ending == "ія":
        return _alternated(cut, keeps_c=True)
    shorter = _LEFT_BEHIND.sub("", cut.stem)
    from_ya = cut.stem[len(shorter) :] in {"ы", "і"} or cut.ending == "ыя"
    if len(shorter) >= 3 and _has_vowel(shorter):
        cut = _Cut(shorter, cut.ending)
    return _alternated(cut, keeps_c=from_ya)


def spelled(word: str) -> str:
    """The word without its apostrophe, and with у where a vowel before it made it ў."""
    return _with_initial_u(word).replace("'", "")


def _with_initial_u(word: str) -> str:
    return f"у{word[1:]}" if word.startswith("ў") else word


def _has_vowel(stem: str) -> bool:
    return not VOWELS.isdisjoint(stem)


def _without_ending(word: str) -> _Cut:
    if word.endswith(("ся", "цца")) and len(word) > 5:
        bare = f"{word[:-3]}ць" if word.endswith("цца") else word[:-2]
        past = _PAST.search(bare)
    else:
        bare = word
        past = _PAST.search(bare) if _looks_like_past(bare) else None
    if past is not None and past.start() >= 3:
        return _Cut(bare[: past.start()], past.group())
    for length in range(_LONGEST_ENDING, 0, -1):
        stem, ending = bare[:-length], bare[-length:]
        least = 2 if ending in _OPEN_ENDINGS else 3
        if ending in _ENDINGS and len(stem) >= least and _has_vowel(stem):
            return _Cut(stem, ending)
    return _Cut(bare, "")


def _looks_like_past(word: str) -> bool:
    if _PAST_OF_OWN_LOOK.search(word):
        return True
    return _VERB_PREFIX.match(word) is not None and not _NOUN_OF_VERB_LOOK.search(word)


def _alternated(cut: _Cut, *, keeps_c: bool) -> str:
    stem = cut.stem
    if not cut.ending:
        stem = _with_vowel_gone(_ONLY_WITHOUT_ENDING, _BEFORE_A_VOWEL.sub("й", stem))
    stem = _hard(stem, cut.ending, keeps_c=keeps_c)
    return _SHORT_U.sub("в", _with_vowel_gone(_COMING_AND_GOING, stem))


def _with_vowel_gone(pattern: re.Pattern[str], stem: str) -> str:
    shorter = pattern.sub("", stem)
    return shorter if _has_vowel(shorter) else stem


def _hard(stem: str, ending: str, *, keeps_c: bool) -> str:
    """The stem with its last consonant as it is before a hard ending."""
    if stem.endswith("дз"):
        return stem[:-3] + "д" if stem.endswith("ддз") else stem[:-1]
    if _DOUBLED.search(stem):
        return stem[:-1]
    if stem.endswith("ц") and not keeps_c:
        return stem[:-1] + ("т" if ending[:1] in _SOFT else "к")
    if stem.endswith("з") and ending[:1] not in _SOFT - {"е"} and ending not in {"ей", "ем"}:
        return f"{stem[:-1]}г"
    return stem


@lru_cache(maxsize=1)
def _known_stems() -> dict[str, str]:
    return known_stems(_KNOWN_STEMS, softened=_SOFTENED)
