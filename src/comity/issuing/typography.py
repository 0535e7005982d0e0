"""Texts as a typesetter of their language sets them: quotation marks, dashes, spaces that hold."""

import re
from functools import lru_cache

HELD = "\N{NO-BREAK SPACE}"
_SPACE = r"[ \u00a0\u202f]+"
_CYRILLIC, _LATIN = re.compile("[А-Яа-яЁёІіЎў]"), re.compile("[A-Za-z]")
_MONTHS = (
    "января|февраля|марта|апреля|мая|июня|июля|августа|сентября|октября|ноября|декабря|"
    "студзеня|лютага|сакавіка|красавіка|траўня|чэрвеня|ліпеня|жніўня|верасня|кастрычніка|"
    "лістапада|снежня|January|February|March|April|May|June|July|August|September|October|"
    "November|December"
)
_UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]+")
#: Line feeds and tabs are no harm; these no XML file can hold.
_UNWRITABLE = re.compile("[\x00-\x08\x0e-\x1f\ud800-\udfff\ufffe\uffff]+")
#: A dash between words does not begin a line.
_DASH = re.compile(r"[ \u00a0]+([-–—]) +")
#: What a number after it belongs to as a name: of a document, a standard, a telephone.
_NAMES = r"(?:№|\bNo\.|\bГОСТ(?: Р)?|\bДАСТ|\bСТБ|\bТКП|\bТУ|\bISO|\bИСО|\bIEC|\bEN|\bтел\.)"
_NAMED = re.compile(rf"{_NAMES}[ \u00a0]*$")
_RANGES = [
    # 2017–2020
    re.compile(r"(?<![\w.,:/–—-])((?:19|20)\d\d) ?[-–—] ?((?:19|20)\d\d)(?![\w/]|[-–—:.,]\d)"),
    # 10–15 %, 5–7 делегаций
    re.compile(
        r"(?<![\w.,:/+–—-])(\d{1,3}(?:,\d+)?)[-–—](\d{1,3}(?:,\d+)?)"
        r"(?=[ \u00a0]?%|[ \u00a0](?!(?:от|ад|of|dated)\b)[а-яёіўa-z])"
    ),
    re.compile(r"(?<![\w.,:/+–—-])(\d{1,3}(?:,\d+)?) [-–—] (\d{1,3}(?:,\d+)?)(?=[ \u00a0]?%)"),
]
#: Short forms that stand before a name or a number: of a street, a house, a town, a paragraph.
_BEFORE_NAMES = (
    "п|пп|ст|стр|ч|гл|ул|вул|пр|просп|пер|зав|пл|д|корп|кв|каб|г|пос|дер|с|в|аг|им|імя|тел|"
    "рис|мал|табл|No|Art|p|pp"
)
_UNITS = (
    "тыс|млн|млрд|руб|долл|дал|чел|шт|экз|ед|адз|мес|раз|га|км|кв|куб|кг|мм|см|т|м|л|"
    "день|дня|дней|дзень|дні|дзён|days?|million|billion|km|ha|t"
)
#: Words after a number that are not what it counts.
_NO_NOUNS = "ежегодно|штогод|штогадова|from|with|were|have|that|this|under|until|when|both"
_HELD_TOGETHER = [
    # 30 сентября 2026 г., в 2018 годзе
    (re.compile(rf"(\d{{1,2}}){_SPACE}({_MONTHS})\b"), rf"\1{HELD}\2"),
    (re.compile(rf"(\d{{4}}){_SPACE}(гг?\.|год\w*|гада\w*|гадо\w*)"), rf"\1{HELD}\2"),
    (re.compile(rf"\b(I{{1,3}}|IV|[1-4]){_SPACE}(квартал|полугоди|паўгоддз)"), rf"\1{HELD}\2"),
    # № 5, п. 3, ул. Советская, г. Гомель; the «г.» of a year holds nothing that follows
    (
        re.compile(rf"(№|§|(?<!\d[ \u00a0\u202f])\b(?:{_BEFORE_NAMES})\.){_SPACE}(?=[\dА-ЯЁІЎ«„])"),
        rf"\1{HELD}",
    ),
    (re.compile(r"\b(т\.) (?=[депк]\.)"), rf"\1{HELD}"),
    # 1 200 BYN, 12 контрактов, 5 тыс. чел.
    (re.compile(r"(\d)[ \u202f](?=\d{3}\b)"), rf"\1{HELD}"),
    (re.compile(rf"(\d) (?=%|[A-Z]{{3}}\b|(?:{_UNITS})\b)"), rf"\1{HELD}"),
    (re.compile(rf"(?<!\d)(\d{{1,3}}) (?!(?:{_NO_NOUNS})\b)(?=[а-яёіўa-z]{{4}})"), rf"\1{HELD}"),
    (re.compile(r"\b(тыс\.|млн|млрд) (?=[а-яёіў])"), rf"\1{HELD}"),
    # А. С. Пушкин
    (re.compile(r"\b([А-ЯЁІЎA-Z]\.) (?=[А-ЯЁІЎA-Z][.а-яёіўa-z])"), rf"\1{HELD}"),
    # a short word does not end a line
    (re.compile(r"(?<!\w)([АаВвИиКкОоСсУуІіЗзЯяЎў]) (?=\S)"), rf"\1{HELD}"),
]  # fmt: skip


def writable(text: str) -> str:
    """The text with a space for letters that no XML file can hold; its lines stay."""
    return _UNWRITABLE.sub(" ", text.replace("\v", "\n").replace("\f", "\n"))


@lru_cache(maxsize=8192)
def typeset(text: str) -> str:
    """The same words with the quotation marks of their language and spaces that do not break.

    In one line, and without letters that no XML file can hold.
    """
    text = _UNSEEN.sub(" ", text)
    is_cyrillic = _is_cyrillic(text)
    told = _in_marks(text, is_cyrillic=is_cyrillic)
    for found in _RANGES:
        told = found.sub(_range, told)
    if is_cyrillic:
        told = _DASH.sub(f"{HELD}— ", told)
    else:
        told = _DASH.sub(lambda found: f"{HELD}{_latin_dash(found[1])} ", told)
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


def _range(found: re.Match[str]) -> str:
    """With a dash if it goes up, and is no name of a document."""
    low, high = (float(found[one].replace(",", ".")) for one in (1, 2))
    is_named = _NAMED.search(found.string[: found.start()])
    return found[0] if low >= high or is_named else f"{found[1]}–{found[2]}"


def _latin_dash(written: str) -> str:
    return "–" if written == "-" else written


def _is_cyrillic(text: str) -> bool:
    return len(_CYRILLIC.findall(text)) > len(_LATIN.findall(text))


def _in_marks(text: str, *, is_cyrillic: bool) -> str:
    """The quotation marks of the language, a quotation in a quotation in those of the second kind.

    Cyrillic: «… „…“ …»; Latin: “… ‘…’ …”, and other marks are left as they are. Where one closing
    mark was written for both, as in «ОАО «Заря», the second one is put after it.
    """
    pairs = (("«", "»"), ("„", "“")) if is_cyrillic else (("“", "”"), ("‘", "’"))
    opened: list[str] = []
    told: list[str] = []
    before, last_inner = "", 0
    for place, mark in enumerate(text):
        kind = _kind(mark, before, text[place + 1 : place + 2], opened, is_cyrillic=is_cyrillic)
        if kind == "opens":
            told.append(pairs[min(len(opened), 1)][0])
            opened.append(mark)
            last_inner = 0
        elif kind == "closes":
            told.append(pairs[1 if len(opened) > 1 else 0][1])
            last_inner = place if len(opened) == 2 else 0
            del opened[-1:]
        else:
            told.append(mark)
        before = "(" if kind == "opens" else mark
    if last_inner and opened:
        told[last_inner] += pairs[0][1]
    return "".join(told)


#: After these a mark that is alike on both sides begins a quotation.
_BEFORE_A_QUOTATION = re.compile(r"[\s(\[–—-]?")


def _kind(mark: str, before: str, after: str, opened: list[str], *, is_cyrillic: bool) -> str:
    """Whether a letter opens a quotation, closes one, or is something else."""
    if mark not in ('"“”«»„' if is_cyrillic else '"“”'):
        return ""
    if mark in "«„" or (mark == "“" and not is_cyrillic):
        return "opens"
    if mark in "»”" or (mark == "“" and opened[-1:] == ["„"]):
        return "closes"
    begins = _BEFORE_A_QUOTATION.fullmatch(before) and after.strip()
    return "opens" if begins else "closes"
