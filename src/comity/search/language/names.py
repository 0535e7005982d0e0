"""Names typed with errors: another alphabet, another country's spelling, a wrong letter or two.

Names are compared by a skeleton: Latin letters in which the Belarusian, Russian and English
spelling of a name come out alike or nearly so. Own rules: letters about which the spellings
disagree are one letter.
Гродна, Гродно, Grodno, Hrodna → gradna; Віцебск, Витебск, Vitebsk → vitabsk.
"""

import re
from collections.abc import Iterable
from functools import lru_cache

from rapidfuzz.distance import OSA

from comity.search.language.folding import CHUNK, MEMORY, fold, is_cyrillic, parts
from comity.search.language.queries import Group, Query

_LATIN_KEYS = "qwertyuiop[]asdfghjkl;'zxcvbnm,.`"
_KEYBOARDS = ("йцукенгшщзхъфывапролджэячсмитьбюё", "йцукенгшўзх'фывапролджэячсмітьбюё")
_TO_CYRILLIC = tuple(str.maketrans(_LATIN_KEYS, keys) for keys in _KEYBOARDS)
_TO_LATIN = tuple(str.maketrans(keys, _LATIN_KEYS) for keys in _KEYBOARDS)

_LATIN_OF = str.maketrans(
    {
        **dict(zip("абвгґдезиійїклмнопрстуўфхыэє", "abvggdeziiiiklmnoprstuvfgiee", strict=True)),
        **{"ж": "zh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "sh", "ю": "iu", "я": "ia"},
        **dict.fromkeys("ьъ'", ""),
    }
)
# two or more letters for one sound, and letters that stand for the same one; the longest first
_SOUNDS = {
    "shch": "s", "sch": "s", "zh": "z", "ch": "c", "sh": "s", "kh": "g", "gh": "g", "ts": "t",
    "tz": "t", "dz": "d", "ph": "f", "ck": "k", "th": "t", "x": "ks", "w": "v", "q": "k", "c": "k",
    "h": "g", "y": "i", "j": "i",
}  # fmt: skip
_SOUND = re.compile("|".join(_SOUNDS))
_SOFT_VOWEL = re.compile("i+(?=[aeou])")
_REPEATED = re.compile(r"(.)\1+")
_OPEN_VOWELS = str.maketrans("eo", "aa")
_BORDER = "0"

_LEAST_SCORE = 60.0
_BEGINNING_COUNTS = 0.95
_REST_COUNTS = 0.1
_TOO_SHORT_FOR_ERRORS = 2
_LEAST_LETTERS = 1


@lru_cache(maxsize=MEMORY)
def _skeleton(word: str) -> str:
    latin = _SOUND.sub(lambda match: _SOUNDS[match.group()], word.translate(_LATIN_OF))
    return _REPEATED.sub(r"\1", _SOFT_VOWEL.sub("", latin).translate(_OPEN_VOWELS))


@lru_cache(maxsize=MEMORY)
def _key(name: str) -> str:
    text = name.replace("ŭ", "v").replace("Ŭ", "V")
    return " ".join(filter(None, map(_skeleton, words_in(text))))


def unmistakable(word: str) -> bool:
    """Long enough for a slip of the pen to be told from another word."""
    return len(word) > _TOO_SHORT_FOR_ERRORS + 1 and not any(map(str.isdigit, word))


def words_in(name: str) -> list[str]:
    """The words of a name, folded."""
    return [part.text for match in CHUNK.finditer(name) for part in parts(match.group())]


def retyped(text: str) -> list[str]:
    """The text as it reads if the keyboard was set to the other alphabet: «ghbdtn» → «привет».

    Latin letters are read as Russian and as Belarusian keys, Cyrillic ones as English keys.
    """
    lower = text.lower()
    has_latin = any("a" <= letter <= "z" for letter in lower)
    if is_cyrillic(lower):
        tables = () if has_latin else _TO_LATIN
    else:
        tables = _TO_CYRILLIC if has_latin else ()
    readings = dict.fromkeys(lower.translate(table) for table in tables)
    return [reading for reading in readings if has_latin or not is_cyrillic(reading)]


def name_keys(name: str) -> list[str]:
    """The skeletons of a name: as it is written, then as if typed on the other keyboard.

    >>> name_keys("Гродна")[0], name_keys("Hrodna")[0]
    ('gradna', 'gradna')
    """
    return list(dict.fromkeys(filter(None, map(_key, [name, *retyped(name)]))))


def trigrams(name: str) -> list[str]:
    """Three letters at a time of a name's skeleton, each once; 0 is the border of a word."""
    return _trigrams(_key(name))


def name_trigrams(name: str) -> str:
    """What to store of a name in an index that finds it despite errors: its trigrams."""
    return " ".join(trigrams(name))


def candidates_query(query: str) -> Query:
    """Names that share a trigram with what was typed on either keyboard.

    Nothing where no word is long enough to tell one name from another.

    Ask an index of `name_trigrams`, best rank first, and sort the first few hundred by `similar`.
    An FTS5 table needs its default `detail=full`: without it the rank of every row is 0.
    """
    keys = [key for key in name_keys(query) if len(max(key.split(), key=len)) > _LEAST_LETTERS]
    found = (trigram for key in keys for trigram in _trigrams(key))
    terms = tuple(dict.fromkeys(found))
    return Query((Group(terms),) if terms else ())


def name_score(query: str, name: str) -> float:
    """How well a name meets what was typed: 100 the same name, 0 nothing alike.

    Each word typed is compared with the word of the name that is nearest, or with its beginning,
    by skeletons and by letters as they are; words of the name that nothing was typed for count a
    little.
    """
    words = _key(name).split()
    skeletons = (_score(key.split(), words) for key in name_keys(query))
    return max((*skeletons, _score(words_in(query), words_in(name))), default=0.0)


def nearest_word(typed: str, names: Iterable[str], *, least: float = _LEAST_SCORE) -> str:
    """The word of the names that is most like one typed word; one in its alphabet, if there is one.

    Empty if none is alike.
    """
    words = dict.fromkeys(word for name in names for word in words_in(name))
    letters, alphabet = fold(typed), is_cyrillic(typed)
    scored = [
        (alphabet is is_cyrillic(word), score, OSA.normalized_similarity(letters, word), word)
        for word in words
        if (score := name_score(typed, word)) >= least
    ]
    return max(scored)[-1] if scored else ""


def similar(
    names: Iterable[str], query: str, limit: int = 10, *, least: float = _LEAST_SCORE
) -> list[tuple[str, float]]:
    """The names most like what was typed with their scores, best first, at most `limit`."""
    scored = ((name, name_score(query, name)) for name in dict.fromkeys(names))
    enough = [(name, score) for name, score in scored if score >= least]
    return sorted(enough, key=lambda found: (-found[1], found[0]))[:limit]


def _trigrams(key: str) -> list[str]:
    bordered = (f"{_BORDER}{word}{_BORDER}" for word in key.split())
    return list(
        dict.fromkeys(word[i : i + 3] for word in bordered for i in range(max(1, len(word) - 2)))
    )


def _score(typed: list[str], words: list[str]) -> float:
    if not words or not typed:
        return 0.0
    met = {}
    total = 0.0
    for one in typed:
        likeness, nearest = max((_likeness(one, word), word) for word in words)
        total += likeness * len(one)
        met[nearest] = likeness
    length = sum(map(len, words))
    rest = sum(len(word) for word in words if word not in met) / length
    share = total / sum(map(len, typed))
    return round(100 * share * (1 - _REST_COUNTS * rest), 1)


def _likeness(typed: str, word: str) -> float:
    if len(typed) <= _TOO_SHORT_FOR_ERRORS:
        return float(word.startswith(typed)) * (1.0 if typed == word else _BEGINNING_COUNTS)
    whole: float = OSA.normalized_similarity(typed, word)
    if len(word) <= len(typed):
        return whole
    return max(whole, _BEGINNING_COUNTS * OSA.normalized_similarity(typed, word[: len(typed)]))
