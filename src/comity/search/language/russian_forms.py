"""Other forms of a Russian word, and the verbs and nouns made from each other.

Asked for while a query is read, never while a text is indexed: Snowball gives some forms of a word
another stem (систем → сист, система → систем; лицей → лиц, лицее → лице) and parts a verb from its
noun (сотрудничать – сотрудничество). Whoever typed one of them means all. The forms are made by
rules and not looked up, so some of them do not exist; nothing is found by those.
"""

import re
from collections.abc import Iterator

from comity.search.language.folding import VOWELS

_ENDINGS = (
    "ами", "ями", "иями", "ом", "ем", "ой", "ей", "ою", "ею", "ью", "ам", "ям", "ах", "ях", "ов",
    "ев", "а", "у", "е", "ы", "и", "о", "я", "ю", "ь", "й",
)  # fmt: skip
#: One form for each way in which an ending can mislead the stemmer.
_TRIED = ("", "а", "у", "ом", "ы", "е", "о", "ам", "ов")
_TRIED_OF_SOFT = ("ь", "и", "ью")
_SOFT = re.compile("(?:ь|и|ью|ей|ям|ями|ях)$")
_CONSONANTS = "бвгджзклмнпрстфхцчшщ"
_GONE = re.compile(f"(?<=[{_CONSONANTS}])[ое](?=[бвгклмнрц]$)")
_GONE_AFTER_VOWEL = re.compile("(?<=[аеиоуыэюя])е(?=[кцм]$)")
_TOGETHER = re.compile(f"([{_CONSONANTS}])[ьй]?([бвгклмнрц])$|([ьй])([кцмг])$")

_OF_A_VERB = re.compile(
    "(.+[аяеиу])(?:ть|л[аои]?|вши?й?|н[аоы]|нн[а-я]{2,3}|ни[еяюий]|нием|ния(?:м|ми|х)?|(?<=[жшщчл]е)н)$"
)
_PRESENT = re.compile("(.{2,})[ую](?:ю|ет|ешь|ем|ете|ют|я|й|йте|ющ[а-я]{2,3})$")
_PRESENT_OF_A = re.compile("(.{3,}[ая])(?:ю|ет|ешь|ем|ете|ют)$")
_ALTERNATING = (
    ("ст", "щ"), ("д", "жд"), ("д", "ж"), ("т", "ч"), ("т", "щ"), ("с", "ш"), ("з", "ж"),
    ("б", "бл"), ("п", "пл"), ("в", "вл"), ("м", "мл"), ("ф", "фл"),
)  # fmt: skip


def other_forms(word: str) -> Iterator[str]:
    """Forms that a folded word may also have, or its verb or noun, real ones among others."""
    tried = (*_TRIED, *_TRIED_OF_SOFT) if _SOFT.search(word) else _TRIED
    for base in dict.fromkeys(_bases(word)):
        if len(base) > 2 and not VOWELS.isdisjoint(base):
            yield from (base + ending for ending in tried)
    yield from _kin(word)


def _bases(word: str) -> Iterator[str]:
    """What is left of a noun without its ending, and the same with a vowel that comes and goes."""
    bare = word[-1] not in VOWELS
    for base in _without_endings(word):
        yield base
        if bare and word in {base, f"{base}ь"}:
            yield from (_GONE.sub("", base), _GONE.sub("ь", base), _GONE_AFTER_VOWEL.sub("й", base))
        elif found := _TOGETHER.search(base):
            first, second, sign, last = found.groups()
            start = base[: found.start()]
            yield from ((f"{start}{first}{vowel}{second}" for vowel in "ое") if first else ())
            yield from ([f"{start}е{last}"] if sign else [])


def _without_endings(word: str) -> Iterator[str]:
    ended = (ending for ending in _ENDINGS if word.endswith(ending))
    bases = [word[: -len(ending)] for ending in ended]
    if word[-1] not in VOWELS and word[-1] not in "ьй":
        bases.append(word)
    return iter(bases)


def _kin(word: str) -> Iterator[str]:
    word = re.sub("с[ья]$", "", word)
    if present := _PRESENT.match(word):
        yield from _of_theme(f"{present[1]}ова")
    elif found := _OF_A_VERB.match(word) or _PRESENT_OF_A.match(word):
        yield from _of_theme(found[1])
        if found[1].endswith("е"):
            yield from _of_noun_of_action(found[1][:-1])
    if found := re.match("(.{2,}[ао]в)(?:к(?:[аиеу]|ой|ам|ами|ах)|ок)$", word):
        yield from (f"{found[1]}{ending}" for ending in ("ить", "ил", "ать", "лять", "лен"))
    if found := re.match("(.{3,})аци(?:[яюией]|ей|ям|ями|ях)$", word):
        yield from (f"{found[1]}{ending}" for ending in ("овать", "ировать", "ует", "ирует"))
    if found := re.match("(.+нич)еств(?:[оауе]|ом)$", word):
        yield from (f"{found[1]}{ending}" for ending in ("ать", "ал", "ает"))
    if found := re.match("(.{3,}[иы])ти(?:[еяюий]|ем)$", word):
        yield from (f"{found[1]}{ending}" for ending in ("ть", "л", "вать", "вает"))


def _of_theme(theme: str) -> Iterator[str]:
    """Verb forms and nouns of action by what an infinitive has before its -ть."""
    yield from (f"{theme}{ending}" for ending in ("ть", "л", "ли"))
    start = theme[:-3]
    if theme[-1] in "ая":
        yield from (f"{theme}{ending}" for ending in ("ние", "но", "нный", "ет", "ют"))
        yield f"{theme[:-1]}ение"
        yield from _of_noun_of_action(theme[:-1])
    if theme.endswith(("ова", "ева")):
        yield from (f"{start}у{ending}" for ending in ("ет", "ют", "ем"))
        yield f"{start.removesuffix('ир')}ация"
    if theme.endswith("нича"):
        yield f"{theme[:-1]}ество"
    if theme.endswith("ва") and theme[-3:-2] in VOWELS:
        yield from (f"{theme[:-2]}тие", f"{theme[:-2]}ние")
        yield from _of_i(start) if theme[-3] in "иы" else ()
    if theme[-1] in "иы":
        yield from (f"{theme}{ending}" for ending in ("вать", "вает", "тие"))
    if theme.endswith("и"):
        yield from _of_i(theme[:-1])


def _of_i(start: str) -> Iterator[str]:
    """Verbs in -ить: подготовить – подготовка, подготовлен; строить – строительство."""
    yield from (f"{start}{ending}" for ending in ("ить", "ил", "ят", "ат", "ка", "ительство"))
    for one in _alternated(start):
        yield from (f"{one}{ending}" for ending in ("ение", "ен", "енный", "ять", "ать"))


def _of_noun_of_action(start: str) -> Iterator[str]:
    """Back from -ение, and from -ять: повышение, повышать – повысить; поставлять – поставка."""
    yield from (f"{start}{ending}" for ending in ("ить", "ил", "ят", "ать", "ает"))
    for plain, changed in _ALTERNATING:
        if start.endswith(changed):
            yield from (f"{start.removesuffix(changed)}{plain}{e}" for e in ("ить", "ил", "ка"))


def _alternated(start: str) -> Iterator[str]:
    yield start
    for plain, changed in _ALTERNATING:
        if start.endswith(plain):
            yield start.removesuffix(plain) + changed
