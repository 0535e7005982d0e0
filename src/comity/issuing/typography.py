"""Texts as a typesetter of their language sets them: quotation marks, dashes, spaces that hold."""

import re
from functools import lru_cache

HELD = "\N{NO-BREAK SPACE}"
_SPACE = r"[ \u00a0\u202f]+"
_CYRILLIC, _LATIN = re.compile("[А-Яа-яЁёІіЎў]"), re.compile("[A-Za-z]")
_OPENING = re.compile(r'(?:(?<=^)|(?<=[\s(\[«„“—–-]))["“„”](?=\S)')
_MONTHS = (
    "января|февраля|марта|апреля|мая|июня|июля|августа|сентября|октября|ноября|декабря|"
    "студзеня|лютага|сакавіка|красавіка|траўня|чэрвеня|ліпеня|жніўня|верасня|кастрычніка|"
    "лістапада|снежня|January|February|March|April|May|June|July|August|September|October|"
    "November|December"
)
_UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]+")
#: A dash between words does not begin a line.
_DASH = re.compile(r"[ \u00a0]+([-–—]) +")
_HELD_TOGETHER = [
    # 30 сентября 2026 г.
    (re.compile(rf"(\d{{1,2}}){_SPACE}({_MONTHS})\b"), rf"\1{HELD}\2"),
    (re.compile(rf"(\d{{4}}){_SPACE}(гг?\.|год[ауы]?\b|гадоў\b)"), rf"\1{HELD}\2"),
    (re.compile(rf"\b(I{{1,3}}|IV|[1-4]){_SPACE}(квартал|полугоди|паўгоддз)"), rf"\1{HELD}\2"),
    # № 5, п. 3, ст. 12, No. 5
    (re.compile(rf"(№|§|\b(?:п|пп|ст|стр|г|No)\.){_SPACE}(?=[\dА-ЯЁІЎ])"), rf"\1{HELD}"),
    # 12 контрактов, 1 200 BYN
    (re.compile(r"(\d)[ \u202f](?=\d{3}\b)"), rf"\1{HELD}"),
    (re.compile(r"(\d) (?=%|[A-Z]{3}\b|(?:тыс|млн|млрд)\b)"), rf"\1{HELD}"),
    (re.compile(r"(\d) (?=(?:день|дня|дней|дзень|дні|дзён|days?)\b)"), rf"\1{HELD}"),
    # А. С. Пушкин
    (re.compile(r"\b([А-ЯЁІЎA-Z]\.) (?=[А-ЯЁІЎA-Z][.а-яёіўa-z])"), rf"\1{HELD}"),
    # a short word does not end a line
    (re.compile(r"(?<!\w)([АаВвИиКкОоСсУуІіЗзЯяЎў]) (?=\S)"), rf"\1{HELD}"),
]


@lru_cache(maxsize=8192)
def typeset(text: str) -> str:
    """The same words with the quotation marks of their language and spaces that do not break.

    In one line, and without letters that no XML file can hold.
    """
    text = _UNSEEN.sub(" ", text)
    if _is_cyrillic(text):
        told = _DASH.sub(f"{HELD}— ", _in_guillemets(text))
    else:
        told = _DASH.sub(lambda found: f"{HELD}{_latin_dash(found[1])} ", _in_curly_marks(text))
    for found, held in _HELD_TOGETHER:
        told = found.sub(held, told)
    return told


def quoted(title: str) -> str:
    """The title in quotation marks; marks inside it become those of a quotation in a quotation."""
    plain = typeset(title.strip())
    marks, inner = ("«»", "„“") if _is_cyrillic(plain) else ("“”", "‘’")
    if plain.startswith(marks[0]) and plain.find(marks[1]) == len(plain) - 1:
        return plain
    return f"{marks[0]}{plain.translate(str.maketrans(marks, inner))}{marks[1]}"


def _latin_dash(written: str) -> str:
    return "–" if written == "-" else written


def _is_cyrillic(text: str) -> bool:
    return len(_CYRILLIC.findall(text)) > len(_LATIN.findall(text))


def _in_guillemets(text: str) -> str:
    return re.sub(r'["“”]', "»", _OPENING.sub("«", text)) if '"' in text or "“" in text else text


def _in_curly_marks(text: str) -> str:
    return _OPENING.sub("“", text).replace('"', "”") if '"' in text else text
