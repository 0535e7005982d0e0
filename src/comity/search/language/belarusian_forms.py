"""Other forms of a Belarusian word, and the verbs and nouns made from each other.

As for Russian: asked for while a query is read, so that a form which the stemmer takes for another
word (чытала → чытал, чытаць → чыт) and a verb and its noun (развіваць – развіццё) are found by each
other. Some of the forms do not exist; nothing is found by those.
"""

import re
from collections.abc import Iterator

from comity.search.language.folding import VOWELS

_ENDINGS = (
    "амі", "ямі", "ам", "ям", "ом", "ем", "ай", "яй", "ой", "ей", "аю", "яю", "аў", "яў", "оў",
    "ах", "ях", "а", "у", "е", "э", "ы", "і", "о", "я", "ю", "ь", "й",
)  # fmt: skip
_TRIED = ("", "а", "у", "ом", "ам", "аў", "ы", "і")
_TRIED_AFTER_A_VOWEL = ("й", "я", "ю", "ем", "яў", "і")
_SOFTENED = {"д": "дз", "т": "ц", "г": "з", "х": "с"}
_OF_A_VERB = re.compile("(.+[аяыіеэ])(?:ць|ў|л[аоі]|ўшы|н[аоы]|нн[еяюі]|ннем|ння(?:м|мі|х|ў)|цца)$")
_PRESENT = re.compile("(.{2,})[ую](?:ю|е|еш|ем|еце|юць|ючы|й|йце|ецца|юцца)$")
_PRESENT_OF_A = re.compile("(.{3,}[ая])(?:ю|е|еш|ем|еце|юць|ецца|юцца)$")
_IMPERFECT = ("ваць", "вае")
_ALTERNATING = (
    ("дз", "дж"), ("ц", "ч"), ("с", "ш"), ("з", "ж"), ("б", "бл"), ("п", "пл"), ("в", "ўл"),
    ("м", "мл"), ("ф", "фл"),
)  # fmt: skip


def other_forms(word: str) -> Iterator[str]:
    """Forms that a folded word may also have, or its verb or noun, real ones among others."""
    for base in dict.fromkeys(_bases(word)):
        tried = _TRIED_AFTER_A_VOWEL if base[-1] in VOWELS else _TRIED
        yield from (base + ending for ending in tried)
        yield f"{base[:-1]}{_SOFTENED.get(base[-1], base[-1])}е"
    yield from _kin(word)


def _bases(word: str) -> Iterator[str]:
    ended = (ending for ending in _ENDINGS if word.endswith(ending))
    bases = [word[: -len(ending)] for ending in ended]
    if word[-1] not in VOWELS and word[-1] not in "ьй":
        bases.append(word)
    bases = [re.sub("ў$", "в", base) for base in bases]
    if word.endswith("е"):
        bases += [word[:-1].removesuffix(soft) + hard for hard, soft in _SOFTENED.items()
                  if word[:-1].endswith(soft)]  # fmt: skip
    return (base for base in bases if len(base) > 2 and not VOWELS.isdisjoint(base))


def _kin(word: str) -> Iterator[str]:
    word = word.removesuffix("ся")
    if present := _PRESENT.match(word):
        yield from _of_theme(f"{present[1]}ава")
    elif found := _OF_A_VERB.match(word) or _PRESENT_OF_A.match(word):
        yield from _of_theme(found[1])
        if found[1][-1] in "еэ":
            yield from _of_noun_of_action(found[1][:-1])
    if found := re.match("(.{3,})ацы(?:[яюіей]|яй|ям|ямі|ях)$", word):
        yield from (f"{found[1]}{ending}" for ending in ("аваць", "аваў", "уе"))
    if found := re.match("(.+ні)цтв(?:[аоуе]|ам)$", word):
        yield from (f"{found[1]}ча{ending}" for ending in ("ць", "ў", "е", "ла"))
    if found := re.match("(.{3,}[іы])цц(?:[еяюі]|ем)$", word):
        yield from (f"{found[1]}{ending}" for ending in ("ць", "ў", "ваць", "вае"))


def _of_theme(theme: str) -> Iterator[str]:
    """Verb forms and nouns of action by what an infinitive has before its -ць."""
    yield from (f"{theme}{ending}" for ending in ("ць", "ў", "ла", "лі"))
    start = theme[:-3]
    if theme[-1] in "ая":
        yield from (f"{theme}{ending}" for ending in ("нне", "ны", "е", "юць"))
        yield from (f"{theme[:-1]}{ending}" for ending in ("энне", "енне", "іць", "ыць"))
    if theme.endswith(("ава", "ява", "ова")):
        yield from (f"{start}уе", f"{start}уюць", f"{start}ацыя")
        yield f"{start.removesuffix('ір').removesuffix('ыр')}ацыя"
    if theme.endswith("ніча"):
        yield f"{theme[:-2]}цтва"
    if theme.endswith("ва") and theme[-3:-2] in VOWELS:
        yield from (f"{theme[:-2]}цце", f"{theme[:-2]}нне")
    elif theme.endswith("ва"):
        yield from _of_i(theme[:-2])
    if theme[-1] in "іы":
        yield from (f"{start}{ending}" for start in (theme, theme[:-1]) for ending in _IMPERFECT)
        yield from _of_i(theme[:-1])


def _of_i(start: str) -> Iterator[str]:
    """Verbs in -іць and -ыць: забяспечыць – забеспячэнне, падрыхтаваць – падрыхтоўка."""
    yield from (f"{start}{vowel}{ending}" for vowel in "іы" for ending in ("ць", "ў", "ла"))
    yield f"{start}ка"
    for one in _alternated(start):
        yield from (f"{one}{ending}" for ending in ("энне", "енне", "аны"))


def _of_noun_of_action(start: str) -> Iterator[str]:
    yield from (f"{start}{ending}" for ending in ("іць", "ыць", "аць", "ыў"))
    for plain, changed in _ALTERNATING:
        if start.endswith(changed):
            yield from (f"{start.removesuffix(changed)}{plain}{ending}" for ending in ("іць", "іў"))


def _alternated(start: str) -> Iterator[str]:
    yield start
    for plain, changed in _ALTERNATING:
        if start.endswith(plain):
            yield start.removesuffix(plain) + changed
