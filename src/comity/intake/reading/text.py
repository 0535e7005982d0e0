"""Small text work that all readers share: white space, broken words, folding."""

import re
import unicodedata
from functools import lru_cache

INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u200e\u200f\x00"))
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")
#: Letters and signs that stand for themselves: composed, visible, no controls.
PLAIN = re.compile(
    "[\t\n\x20-\x7e\xa0-\u02ff\u0400-\u0482\u048a-\u052f\u2010-\u2027\u2030-\u203e\u20ac\u20bd\u2116]*"
)
DASH_ONLY = re.compile(r"[\s\-–—‒―−_./*xхXХ]*\Z")
BROKEN = re.compile(r"(\w+)[-‐]\s*\n\s*(\w+)")
SOFT_BREAK = re.compile("\u00ad\\s*\n?\\s*(?=\\w)")
WORD = re.compile(r"\w+")
ADJECTIVE = re.compile(
    r"\w{3,}(?:ый|ий|ой|ая|яя|ое|ее|ые|ие|ого|его|ому|ему|ым|им|ом|ем|ую|юю|ых|их|ыми|ими|"
    r"ага|яга|аму|яму|ыя|ія|ае|яе|ай|яй)\Z"
)
NOTHING = frozenset(
    {"n/a", "na", "n.a.", "none", "nil", "нет", "няма", "н/д", "отсутствует", "не имеется"}
)
#: How a text that is in NOTHING may begin, before it is folded.
NOTHING_BEGINS = "nNнНоО\u00ad"
SOLID_SECOND = ("хозяйств", "гаспадар", "образоват")
ENGLISH_FIRST = frozenset(
    [
        "cross",
        "start",
        "mid",
        "long",
        "short",
        "well",
        "non",
        "co",
        "self",
        "high",
        "low",
        "full",
        "part",
        "multi",
        "inter",
        "water",
        "oil",
        "wood",
        "agri",
        "eco",
        "two",
        "three",
        "four",
        "one",
        "large",
        "small",
        "north",
        "south",
        "east",
        "west",
        "follow",
        "year",
    ]
)


def clean(text: str) -> str:
    """Text without invisible and control characters; line breaks stay."""
    if PLAIN.fullmatch(text) is not None:
        return text
    text = unicodedata.normalize("NFC", text).translate(INVISIBLE)
    return CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n").replace("\v", "\n"))


def _rejoin(match: re.Match[str]) -> str:
    first, second = match.group(1), match.group(2)
    keeps = (
        first[-1].isdigit()
        or second[0].isdigit()
        or (second[0].isupper() and not first.isupper())
        or first.lower() in ENGLISH_FIRST
        or (
            len(first) >= 5
            and first[-1] in "ое"
            and ADJECTIVE.match(second.lower()) is not None
            and not second.lower().startswith(SOLID_SECOND)
        )
    )
    return f"{first}-{second}" if keeps else first + second


@lru_cache(maxsize=65536)
def flat(text: str) -> str:
    """One line: white space collapsed, words broken at a line end rejoined, soft hyphens gone."""
    if "\u00ad" in text:
        text = SOFT_BREAK.sub("", text).replace("\u00ad", "")
    if "\n" in text and ("-" in text or "‐" in text):
        text = BROKEN.sub(_rejoin, text)
    return " ".join(text.split())


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """For comparison: one line, small letters, ё as е, straight apostrophes."""
    return flat(text).lower().replace("ё", "е").replace("’", "'").replace("ʼ", "'")


@lru_cache(maxsize=65536)
def is_blank(text: str) -> bool:
    """Nothing but white space and dashes: the cell says nothing."""
    if DASH_ONLY.match(text) is not None:
        return True
    return text.lstrip()[0] in NOTHING_BEGINS and fold(text) in NOTHING


def first_letter(text: str) -> str:
    """What a text begins with, small: enough to see that it cannot begin with one of some words."""
    return text.lstrip()[:1].lower()


def words(text: str) -> list[str]:
    """The words of a text in small letters."""
    return WORD.findall(text.replace("\u00ad", "").lower())


def strip_marks(text: str) -> str:
    """Letters without their accents, for names of places typed either way."""
    decomposed = unicodedata.normalize("NFD", text)
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def without_stop(text: str) -> str:
    """The text without its closing stop; the stop of "2018 г." stays."""
    text = text.strip(" ;")
    return text if re.search(r"\b(?:гг?|кв|г)\.\Z", text) else text.rstrip(" .;")
