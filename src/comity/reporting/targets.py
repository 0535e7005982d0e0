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
    r"(?:№|\bno\.?|\bп\.|\bпункт\w*|\bст\.|\bстат\w+|\barticle|\bчасть|\bчастка|[./–—-]|"
    r"\b(?:part|phase|stage|step|level|version|section|chapter|annex|этап\w*|фаз\w+|стади\w+|стады\w+|"
    r"раздел\w*|раздзел\w*|глав\w+|очеред\w+|чарг\w+|уровн\w+|узровень|узроўн\w+|приложени\w+|"
    r"дадат\w+|верси\w+|верс\w+))\s*$",
    re.IGNORECASE,
)
#: Numbers in words, as they stand after “not less than”.
_IN_WORDS = {
    1: "одного одной один одну аднаго адной адзін адну one",
    2: "двух два две двух двое дзве two",
    3: "трех трёх три трох тры three",
    4: "четырех четырёх четыре чатырох чатыры four",
    5: "пяти пять пяці пяць five",
    6: "шести шесть шасці шэсць six",
    7: "семи семь сямі сем seven",
    8: "восьми восемь васьмі восем eight",
    9: "девяти девять дзевяці дзевяць nine",
    10: "десяти десять дзесяці дзесяць ten",
    11: "одиннадцати одиннадцать адзінаццаці адзінаццаць eleven",
    12: "двенадцати двенадцать дванаццаці дванаццаць twelve",
    15: "пятнадцати пятнадцать пятнаццаці пятнаццаць fifteen",
    20: "двадцати двадцать дваццаці дваццаць twenty",
    30: "тридцати тридцать трыццаці трыццаць thirty",
    50: "пятидесяти пятьдесят пяцідзесяці пяцьдзясят fifty",
    100: "ста сто hundred",
}
_BY_WORD = {word: number for number, words in _IN_WORDS.items() for word in words.split()}
_AT_LEAST = re.compile(
    r"\b(не менее|не меньше|не менш(?:\s+(?:за|чым|як))?|минимум|мінімум|at least|"
    r"no (?:fewer|less) than|not less than)\s+(?:чем\s+)?"
    rf"({'|'.join(sorted(_BY_WORD, key=len, reverse=True))})\b",
    re.IGNORECASE,
)
#: “5 (пяти)”, “3-х”, “от 5 до 7”, “5–7”: of two numbers the lower one is promised.
_SAID_AGAIN = re.compile(r"(?<=\d)\s*\([^\W\d_]+(?:[ -][^\W\d_]+){0,3}\)")
_ENDING = re.compile(r"(?<=\d)-(?:х|ех|ёх|ох|ти|ми|и|ци|ці|мі)\b", re.IGNORECASE)
_FROM_TO = re.compile(
    rf"\b(?:от|ад|from)\s+({_NUMBER})\s+(?:до|да|to)\s+(?:{_NUMBER})", re.IGNORECASE
)
_RANGE = re.compile(r"(?<![\w.,/–—-])(\d+)\s*[–—-]\s*\d+(?=\s+[^\W\d])")
#: “USD 2 million” is 2 million USD.
_MONEY = re.compile(
    rf"\b(USD|EUR|RUB|BYN|GBP|CNY|PLN)\s*({_NUMBER})(\s*(?:{'|'.join(_MULTIPLES)})\b\.?)?"
)
#: “5-й форум” is the fifth.
_ORDINAL = re.compile(r"^-[^\W\d_]{1,3}\b")
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
    text = _plain(text)
    for found in _FOUND.finditer(text):
        if _NAMES_BEFORE.search(text[: found.start()]):
            continue
        target = _target(found["number"], found["rest"])
        if target:
            return target
    return None


def _plain(text: str) -> str:
    """The text with each number written once, in digits."""
    text = _AT_LEAST.sub(lambda found: f"{found[1]} {_BY_WORD[found[2].lower()]}", text)
    text = _ENDING.sub("", _SAID_AGAIN.sub("", text))
    text = _RANGE.sub(r"\1", _FROM_TO.sub(r"\1", text))
    return _MONEY.sub(lambda found: f"{found[2]}{found[3] or ''} {found[1]}", text)


def _target(number: str, rest: str) -> Target | None:
    amount = _amount(number)
    rest = rest.strip()
    if amount is None or not amount or any(one.match(rest) for one in (_PERIOD, _MONTH, _ORDINAL)):
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
