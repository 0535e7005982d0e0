"""The number that an expected result promises: “не менее 12 контрактов” is 12 contracts.

Pure. Where a text has several such numbers the first one counts; years, dates, numbers of
documents, of standards and of paragraphs are none, and what is not to be exceeded is nothing to be
reached. Rather no number than a wrong one.
"""

import re
from dataclasses import dataclass
from decimal import Decimal

from comity.reporting.counted_before import counted_before
from comity.reporting.numerals import AT_LEAST, in_digits

#: Words of a unit are taken as written, no more than these.
MOST_WORDS = 4

_NUMBER = (
    r"\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?:[.,]\d+)?|\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:[.,]\d+)?"
)
_MULTIPLES = {
    10**3: "тыс тысяч тысячи тысячу тысяча тысячаў тысячы thousand",
    10**6: "млн миллион миллиона миллионов мільён мільёна мільёнаў million mln mn",
    10**9: "млрд миллиард миллиарда миллиардов мільярд мільярда мільярдаў billion bn",
}
_BY_WORD = {word: number for number, words in _MULTIPLES.items() for word in words.split()}
#: Beside a sum of money these are multiples too; elsewhere they may be metres.
_BY_LETTER = {"k": 10**3, "m": 10**6}
_LONGEST_FIRST = sorted([*_BY_WORD, *_BY_LETTER], key=len, reverse=True)
_SIGNS = {"€": "EUR", "US$": "USD", "$": "USD", "£": "GBP", "₽": "RUB"}
_CODES = ("USD", "EUR", "RUB", "BYN", "GBP", "CNY", "PLN")
#: “USD 2 million”, “€1.5m” are 2 million USD and 1.5 million EUR.
_MONEY = re.compile(
    rf"(?:\b(?P<code>{'|'.join(_CODES)})|(?<![\w$])(?P<sign>US\$|[€$£₽]))\s*"
    rf"(?P<number>{_NUMBER})(?:\s*(?P<multiple>{'|'.join(_LONGEST_FIRST)})\b\.?)?",
    re.IGNORECASE,
)
#: How currencies are written after a number.
_ROUBLES = r"\s*(?:руб\w*|roubles?\b|rubles?\b)"
_CURRENCIES = [
    (re.compile(written, re.IGNORECASE), code)
    for written, code in (
        (r"(?:долл(?:\.|ар\w*|\b)(?:\s*сша\b)?|дал(?:\.|яр\w*)(?:\s*зша\b)?|\$)", "USD"),
        (r"(?:us )?dollars?\b", "USD"),
        (r"(?:евро\b|еўра\b|euros?\b|€)", "EUR"),
        (rf"(?:бел(?:\.|орус\w+|арус\w+)|belarusian){_ROUBLES}", "BYN"),
        (rf"(?:р[оа]с(?:\.|с?[иі]йск\w+)|russian){_ROUBLES}|₽", "RUB"),
        *((rf"{code}\b", code) for code in _CODES),
    )
]
#: What stands before a number that counts nothing: of a document, a paragraph, a day.
_NAMES_BEFORE = re.compile(
    r"(?:№|\bno\.?|\bп\.|\bпункт\w*|\bст\.|\bстат\w+|\barticle|\bчасть|\bчастка|[./–—-]|"
    r"\b(?:part|phase|stage|step|level|version|section|chapter|annex|этап\w*|фаз\w+|стади\w+|стады\w+|"
    r"раздел\w*|раздзел\w*|глав\w+|очеред\w+|чарг\w+|уровн\w+|узровень|узроўн\w+|приложени\w+|"
    r"дадат\w+|верси\w+|верс\w+))\s*$",
    re.IGNORECASE,
)
#: «2 этап строительства» is the second, and «2 этапа» may be of the second; «5 этапов» are five.
_NAMES_AFTER = re.compile(
    r"(?:этап[ауе]?|фаз[аыу]|стади[яию]|стады[яію]|очеред[ьи]|чарг[аіу]|раздела?|раздзела?|"
    r"глав[аыу]|част[ьи]|частк[аіу]|уровень|уровня|узровень|узроўню|верси[яию]|версі[яію]|"
    r"phase|stage|step|part|section|chapter|level|version)\b",
    re.IGNORECASE,
)
#: “ISO 9001:2015”, «СТБ 1218-2000», «МАЗ-5440»: letters that are all large name what follows them.
_NAMED = re.compile(
    r"\b(?!(?:США|ЗША)\b)[A-ZА-ЯЁІЎ]{2,}(?:/[A-ZА-ЯЁІЎ]{2,})*[ -]\d[\d:./–-]*(?![\d,]|\s?%)"
)
#: What is not to be exceeded, and what is to fall to a number.
_CEILING = re.compile(
    r"(?:\bне (?:более|больше|болей|больш|свыше|звыш|выше|вышэй|превы\w+|перавы\w+)|\bмаксимум|"
    r"\bмаксімум|\b(?:no|not) more than|\bat most|\bnot? exceed\w*|\bnot to exceed|"
    r"(?<!не )(?<!no )(?<!not )\b(?:менее|меньше|меней|менш|fewer|less|below|ниже|ніжэй)|"
    r"\b(?:сниж|сниз|сокра|уменьш|зніж|зніз|скарач|скарац|паменш|зменш|reduc|decreas|lower)\w*"
    r"[^\d.;]* (?:до|да|to))(?: (?:чем|за|чым|як|than|на))?\s*$",
    re.IGNORECASE,
)
#: “5 (пяти)”, “3-х”, “от 5 до 7”, “5–7”: of two numbers the lower one is promised.
_SAID_AGAIN = re.compile(r"(?<=\d)\s*\([^\W\d_]+(?:[ -][^\W\d_]+){0,3}\)")
_SAID_IN_DIGITS = re.compile(r"\b(\d+) \(\1\)")
_ENDING = re.compile(r"(?<=\d)-(?:х|ех|ёх|ох|ти|ми|и|ци|ці|мі)\b", re.IGNORECASE)
_FROM_TO = re.compile(
    rf"\b(?:от|ад|from|between|между|паміж)\s+({_NUMBER})\s+(?:до|да|to|and|и|і)\s+(?:{_NUMBER})",
    re.IGNORECASE,
)
_RANGE = re.compile(r"(?<![\w.,/–—-])(\d+)\s*[–—-]\s*\d+(?=\s+[^\W\d]|\s?%)")
#: “5-й форум” is the fifth; «100-летие», “3-day” count nothing either.
_ORDINAL = re.compile(r"^-[^\W\d_]")
_FOUND = re.compile(rf"(?<![\w.,])(?P<number>{_NUMBER})(?![\d,]\d)(?P<rest>[^\d\n;:()]*)")
_PERIOD = re.compile(
    r"^(?:(?:рабоч\w+|календарн\w+|каляндарн\w+|working|calendar) )?"
    r"(?:г\b|гг\b|год\w*|гадо\w*|лет\b|квартал\w*|полугоди\w*|паўгоддз\w*|месяц\w*|дн\w+|дзён\b|"
    r"день\b|дзень\b|час(?:а|ов|ы|оў)?\b|year|quarter|month|day|week|hour|недел\w*|тыдн\w*|раз\b|"
    r"раза\b|разы\b|разоў\b|times?\b)",
    re.IGNORECASE,
)
_MONTH = re.compile(
    r"^(?:январ|феврал|март|апрел|ма[яй]\b|июн|июл|август|сентябр|октябр|ноябр|декабр|студз|лют|"
    r"сакавік|красавік|траўн|чэрвен|ліпен|жнів|верас|кастрычнік|лістапад|снежн|january|february|"
    r"march|april|may\b|june|july|august|september|october|november|december)",
    re.IGNORECASE,
)
#: “к 2025 увеличить”: a number of the size of a year where a day would stand.
_YEAR_AFTER = re.compile(
    r"\b(?:в|к|до|за|с|по|у|да|з|са|in|by|until|from|since|of)\s*$", re.IGNORECASE
)
_YEAR = re.compile(r"(?:19|20)\d\d")
_SHARE = re.compile(r"^(?:%|процент\w*|працэнт\w*|per ?cent\b)", re.IGNORECASE)
_CYRILLIC = re.compile("[А-Яа-яЁёІіЎў]")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*", re.IGNORECASE)
_ENDING_WORDS = """
    и і а або или і/або and or в у во на за к да до по с со з са ежегодно штогод штогадова
    ежеквартально штоквартальна мощностью магутнасцю per each every in by from to with for of the a
"""
_ENDS = frozenset(_ENDING_WORDS.split())


@dataclass(frozen=True, slots=True)
class Target:
    """How much is promised, and of what, as the document writes it; money by its currency."""

    amount: Decimal
    unit: str

    def is_missed_by(self, figure: Decimal | None) -> bool:
        return figure is not None and figure < self.amount


def target_of(text: str) -> Target | None:
    """The first number of the text that counts something, with its unit; None if there is none."""
    text = _plain(text)
    for found in _FOUND.finditer(text):
        before = text[: found.start()]
        if _ends(found["rest"]) and (unit := counted_before(before, found["number"])):
            amount = _amount(found["number"], unit, has_multiple=False)
            if amount:
                return Target(amount, unit)
        if _NAMES_BEFORE.search(before) or _CEILING.search(before):
            continue
        if _YEAR.fullmatch(found["number"]) and _YEAR_AFTER.search(before):
            continue
        target = _target(found["number"], found["rest"])
        if target:
            return target
    return None


def _ends(rest: str) -> bool:
    """Whether a clause ends after its number, or goes on with when and where."""
    word = _WORD.match(rest.strip())
    return rest.strip()[:1] in ("", ".", ",") or (word is not None and word[0].lower() in _ENDS)


def _plain(text: str) -> str:
    """The text with each number written once, in digits, and before the name of its currency."""
    text = re.sub(r"[ \t]+", " ", text)
    text = _MONEY.sub(_currency_last, in_digits(_SAID_AGAIN.sub("", text)))
    text = _SAID_IN_DIGITS.sub(r"\1", text)
    if text != text.upper():
        text = _NAMED.sub(lambda found: found[0] if _is_promised(found[0]) else "", text)
    return _RANGE.sub(r"\1", _FROM_TO.sub(r"\1", _ENDING.sub("", text)))


def _is_promised(named: str) -> bool:
    return re.match(rf"{AT_LEAST}|менее|меньше|менш|least|than", named, re.IGNORECASE) is not None


def _currency_last(found: re.Match[str]) -> str:
    code = (found["code"] or _SIGNS[found["sign"].upper()]).upper()
    multiple = (found["multiple"] or "").lower()
    full = {"k": "thousand", "m": "million"}.get(multiple, multiple)
    return f"{found['number']} {full} {code} ".replace("  ", " ")


def _target(number: str, rest: str) -> Target | None:
    is_glued = bool(rest[:1].strip()) and (rest[0].isalpha())
    rest = rest.strip()
    if any(one.match(rest) for one in (_PERIOD, _MONTH, _ORDINAL, _NAMES_AFTER)):
        return None
    if _SHARE.match(rest):
        amount = _amount(number, rest, has_multiple=False)
        return Target(amount, "%") if amount else None
    first = _WORD.match(rest)
    multiple = _BY_WORD.get(first[0].lower()) if first else None
    if first and multiple:
        rest = rest[first.end() :].removeprefix(".").strip()
    elif is_glued or (first and first[0].lower() in _BY_LETTER):
        return None
    amount, unit = _amount(number, rest, has_multiple=bool(multiple)), _unit(rest)
    return Target(amount * (multiple or 1), unit) if amount and unit else None


def _unit(rest: str) -> str:
    """A currency, or the words that name what is counted, up to where something else begins."""
    for written, code in _CURRENCIES:
        if written.match(rest):
            return code
    taken: list[str] = []
    words = [word[0] for word in _WORD.finditer(re.split("[,.]", rest)[0])]
    for word in words[:MOST_WORDS]:
        if word.lower() in _ENDS and not (taken and word.lower() in ("of", "the")):
            break
        taken.append(word)
    return " ".join(taken)


def _amount(written: str, rest: str, *, has_multiple: bool) -> Decimal | None:
    """The number; None where a comma or a point may part thousands as well as a fraction."""
    plain = re.sub(r"[ \u00a0\u202f]", "", written)
    is_grouped = re.fullmatch(r"[1-9]\d{0,2}(?:,\d{3})+(?:\.\d+)?", plain)
    is_one_group = re.fullmatch(r"[1-9]\d{0,2}[.,]\d{3}", plain) and plain == written
    if is_one_group and not has_multiple and ("." in plain or _CYRILLIC.search(rest)):
        return None
    if is_grouped and not (is_one_group and has_multiple and _CYRILLIC.search(rest)):
        plain = plain.replace(",", "")
    return Decimal(plain.replace(",", "."))
