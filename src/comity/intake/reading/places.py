"""Which country a heading, a label or a bracket speaks of, in Belarusian, Russian and English."""

import re
from functools import lru_cache

from comity.intake.reading.place_names import (
    ABBREVIATIONS,
    BY_REGIONS,
    DEMONYMS,
    EXTRA_NAMES,
    GENERIC_SUBDIVISIONS,
    REGION_STEMS,
    RU_REGIONS,
)
from comity.intake.reading.text import flat, strip_marks

TOKEN = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
CYRILLIC = re.compile(r"[а-яё]", re.IGNORECASE)
ENDING = re.compile(
    r"(?:ского|скому|ский|ская|ской|ское|скую|ским|ском|ских|скими|скага|скаму|скі|ская|скай|скае|"
    r"скую|скім|скіх|цкого|цкий|цкая|цкой|цкое|цкую|цким|цком|цкага|цкі|цкая|цкай|цкую|цкім)\Z"
)
CASE_ENDING = re.compile(
    r"(?:ией|ами|ями|ого|его|ому|ему|ой|ей|ий|ый|ая|яя|ое|ее|ов|ам|ям|ах|ях|ай|яй|аў|ям|ым|им|"
    r"ом|ем|[аеиоуыэюяьйіў])\Z")  # fmt: skip


def stem(word: str) -> str:
    """A rough stem: a case ending off, twice for double endings."""
    word = word.lower().replace("ё", "е")
    if len(word) <= 3:
        return word
    cut = CASE_ENDING.sub("", word)
    return cut if len(cut) >= 3 else word


@lru_cache(maxsize=1)
def _countries() -> dict[tuple[str, ...], str]:
    """Stemmed names of countries in three languages → code."""
    from babel import Locale  # noqa: PLC0415  (read once, only when a side is looked for)

    names: dict[tuple[str, ...], str] = {}
    for language in ("ru", "be", "en"):
        for code, name in Locale(language).territories.items():
            if len(code) == 2 and code.isalpha() and code not in ("EU", "UN", "EZ", "ZZ", "QO"):
                for part in re.split(r"\s*[()]\s*", name):
                    key = tuple(stem(strip(token)) for token in TOKEN.findall(part))
                    if key and len(" ".join(key)) > 2:
                        names.setdefault(key, code)
    for name, code in EXTRA_NAMES.items():
        names[tuple(stem(strip(token)) for token in TOKEN.findall(name))] = code
    return names


def strip(word: str) -> str:
    """Small letters without accents, but й and ў stay themselves."""
    if CYRILLIC.search(word):
        return word.lower()
    return strip_marks(word).lower()


@lru_cache(maxsize=1)
def _longest_country() -> int:
    return max(map(len, _countries()))


@lru_cache(maxsize=1)
def _subdivisions() -> dict[str, str | None]:
    """Names of subdivisions (ISO 3166-2) → country; None where two countries share one."""
    import pycountry  # noqa: PLC0415  (thousands of names: only when nothing else told the side)

    found: dict[str, str | None] = {}
    for division in pycountry.subdivisions:
        for name in re.split(r"\s*[\[\](),/]\s*", division.name):
            key = " ".join(strip(token) for token in TOKEN.findall(name))
            if len(key) < 4 or key in GENERIC_SUBDIVISIONS:
                continue
            if key in found and found[key] != division.country_code:
                found[key] = None
            else:
                found[key] = division.country_code
    return found


def side_of_code(text: str) -> str | None:
    """The country of a two-letter ISO 3166-1 code in capitals, as brackets carry it."""
    code = text.strip()
    if len(code) != 2 or not code.isascii() or not code.isupper():
        return None
    return code if code in set(_countries().values()) else None


@lru_cache(maxsize=8192)
def sides_in(text: str) -> tuple[str, ...]:
    """The countries a short text names, each once, in order of mention."""
    tokens = TOKEN.findall(flat(text))
    found: list[str] = []
    place = 0
    while place < len(tokens):
        code, size = _at(tokens, place)
        if code is not None and code not in found:
            found.append(code)
        place += size
    if not found:
        found = _by_subdivision(tokens)
    return tuple(found)


def side_of(text: str) -> str | None:
    """The one country a heading or label names; None for none or for several."""
    found = sides_in(text)
    return found[0] if len(found) == 1 else None


def _at(tokens: list[str], place: int) -> tuple[str | None, int]:
    """The country named at a place of the tokens and how many tokens name it."""
    word = tokens[place]
    if word in ABBREVIATIONS:
        return ABBREVIATIONS[word], 1
    stems = [stem(strip(token)) for token in tokens[place : place + _longest_country()]]
    for size in range(len(stems), 0, -1):
        code = _countries().get(tuple(stems[:size]))
        if code is not None and word[:1].isupper():
            return code, size
    code = _adjective(word)
    return code, 1


@lru_cache(maxsize=8192)
def _adjective(word: str) -> str | None:
    low = strip(word)
    if low in DEMONYMS:
        return DEMONYMS[low]
    if not CYRILLIC.search(low):
        return RU_REGIONS.get(low) or BY_REGIONS.get(low) or REGION_STEMS.get(low)
    low = low.replace("ё", "е")
    for part in (low, *low.split("-")) if "-" in low else (low,):
        for base in _bases(part):
            for names in (DEMONYMS, RU_REGIONS, BY_REGIONS, REGION_STEMS):
                if base in names:
                    return names[base]
    return None


def _bases(word: str) -> list[str]:
    """The forms under which the lexicon may hold a Cyrillic word."""
    bases = [word]
    ending = ENDING.search(word)
    if ending is not None:
        root = word[: ending.start()]
        bases += [root + ending.group()[0] + "к", root + "ск", root]
    once = stem(word)
    return [*bases, once, stem(once), *([once + "ск", word + "ск"] if len(once) > 3 else ())]


def _by_subdivision(tokens: list[str]) -> list[str]:
    found: list[str] = []
    keys = [strip(token) for token in tokens]
    names = _subdivisions() if any(token[:1].isupper() for token in tokens) else {}
    for place, token in enumerate(tokens):
        if not token[:1].isupper():
            continue
        for size in range(min(4, len(keys) - place), 0, -1):
            code = names.get(" ".join(keys[place : place + size]))
            if code is not None:
                if code not in found:
                    found.append(code)
                break
    return found


IN_BRACKETS = re.compile(r"\(([^()]{2,60})\)")
BEFORE_BRACKET = re.compile(
    r"(?:\b(?:and|between|und|y|и|і|между|паміж|of)\b|[,;–])", re.IGNORECASE
)


@lru_cache(maxsize=64)
def sides_from_title(title: str, nearest: bool = False) -> dict[str, str]:
    """Words of region names that the title puts before a country in brackets → its code.

    `nearest` takes only the name that stands right before the bracket.
    """
    found: dict[str, str] = {}
    begin = 0
    for match in IN_BRACKETS.finditer(title):
        code = side_of(match.group(1))
        pieces = re.split(r"\bbetween\b|\bмежду\b|\bпаміж\b", title[begin : match.start()])
        begin = match.end()
        if code is None:
            continue
        clause = re.split(r"\b(?:Government|Правительств\w+|Урад\w*)\b", pieces[-1])[-1]
        clause = BEFORE_BRACKET.split(clause)[-1] if nearest else clause
        for token in TOKEN.findall(clause):
            if token[0].isupper() and len(token) > 3:
                found[stem(strip(token))] = code
    return found


def side_with_title(text: str, title: str | None) -> str | None:
    """The side of a heading; a region the lexicon does not know is looked up in the title."""
    code = side_of(text)
    known = sides_from_title(title, nearest=code is not None) if title else {}
    if code in known.values():
        return code
    codes = {known[key] for token in TOKEN.findall(text) if (key := stem(strip(token))) in known}
    return codes.pop() if len(codes) == 1 else code
