"""The number that an expected result promises: “не менее 12 контрактов” is 12 contracts.

Pure. Where a text has several such numbers the first one counts; years, dates, numbers of documents
and of paragraphs are none.
"""

import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

#: Words of a unit are taken as written, no more than these.
MOST_WORDS = 4

_NUMBER = r"\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?:[.,]\d+)?|\d+(?:[.,]\d+)?"
_MULTIPLES = {
    "тыс": 10**3, "тысяч": 10**3, "тысячи": 10**3, "тысячу": 10**3, "тысячаў": 10**3,
    "тысячы": 10**3, "thousand": 10**3, "млн": 10**6, "миллион": 10**6, "миллиона": 10**6,
    "миллионов": 10**6, "мільён": 10**6, "мільёна": 10**6, "мільёнаў": 10**6, "million": 10**6,
    "млрд": 10**9, "миллиард": 10**9, "миллиарда": 10**9, "миллиардов": 10**9, "мільярд": 10**9,
    "мільярда": 10**9, "мільярдаў": 10**9, "billion": 10**9,
}  # fmt: skip
#: What stands before a number that counts nothing: of a document, a paragraph, a day.
_NAMES_BEFORE = re.compile(
    r"(?:№|\bno\.?|\bп\.|\bпункт\w*|\bст\.|\bстат\w+|\barticle|\bчасть|\bчастка|[./–—-])\s*$", re.I
)
_FOUND = re.compile(
    rf"(?<![\w.,])(?P<number>{_NUMBER})\s*(?P<rest>%|(?:(?:тыс|млн|млрд)\.)?[^\d\n;:().]*)",
    re.IGNORECASE,
)
_PERIOD = re.compile(
    r"^(?:г\b|гг\b|год\w*|гадо\w*|квартал\w*|полугоди\w*|паўгоддз\w*|месяц\w*|дн\w+|дзён\b|"
    r"year|quarter|month|day|week|недел\w*|тыдн\w*|раз\b|раза\b|разоў\b|times?\b)",
    re.IGNORECASE,
)
_MONTH = re.compile(
    r"^(?:январ|феврал|март|апрел|ма[яй]\b|июн|июл|август|сентябр|октябр|ноябр|декабр|студз|лют|"
    r"сакавік|красавік|траўн|чэрвен|ліпен|жнів|верас|кастрычнік|лістапад|снежн|january|february|"
    r"march|april|may\b|june|july|august|september|october|november|december)",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*", re.IGNORECASE)
_ENDS = frozenset(
    [
        "и",
        "і",
        "а",
        "або",
        "или",
        "і/або",
        "and",
        "or",
        "в",
        "у",
        "во",
        "на",
        "за",
        "к",
        "да",
        "до",
        "по",
        "с",
        "со",
        "з",
        "са",
        "ежегодно",
        "штогод",
        "штогадова",
        "ежеквартально",
        "штоквартальна",
        "per",
        "each",
        "every",
        "in",
        "by",
        "from",
        "to",
        "with",
        "for",
        "of",
        "the",
        "a",
    ]
)


@dataclass(frozen=True, slots=True)
class Target:
    """How much is promised, and of what, as the document writes it."""

    amount: Decimal
    unit: str


def target_of(text: str) -> Target | None:
    """The first number of the text that counts something, with its unit; None if there is none."""
    for found in _FOUND.finditer(text):
        if _NAMES_BEFORE.search(text[: found.start()]):
            continue
        target = _target(found["number"], found["rest"])
        if target:
            return target
    return None


def _target(number: str, rest: str) -> Target | None:
    amount = _amount(number)
    rest = rest.strip()
    if amount is None or not amount or _PERIOD.match(rest) or _MONTH.match(rest):
        return None
    if rest.startswith("%"):
        return Target(amount, "%")
    words = [word[0] for word in _WORD.finditer(rest.split(",")[0])]
    if words and words[0].lower().rstrip(".") in _MULTIPLES:
        amount *= _MULTIPLES[words.pop(0).lower()]
    unit = _unit(words)
    return Target(amount, unit) if unit else None


def _unit(words: list[str]) -> str:
    """The words that name what is counted, up to the one with which something else begins."""
    taken: list[str] = []
    for word in words[:MOST_WORDS]:
        if word.lower() in _ENDS and not (taken and word.lower() in ("of", "the")):
            break
        taken.append(word)
    return " ".join(taken)


def _amount(written: str) -> Decimal | None:
    plain = re.sub(r"[ \u00a0\u202f]", "", written)
    thousands = re.fullmatch(r"\d{1,3}(?:,\d{3})+", plain)
    try:
        return Decimal(plain.replace(",", "" if thousands else "."))
    except InvalidOperation:
        return None
