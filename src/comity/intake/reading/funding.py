"""Money: amounts, multipliers and currencies, in a cell and in the heading above it."""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from comity.intake.reading.currencies import CURRENCIES
from comity.intake.reading.messages import ReadingWarning
from comity.intake.reading.model import Funding
from comity.intake.reading.text import flat, fold, is_blank

COMPILED = tuple((code, re.compile(pattern)) for code, pattern in CURRENCIES)
ANY_CURRENCY = re.compile("|".join(pattern for _, pattern in CURRENCIES))
FIGURES = re.compile(r"[\d\s.,'’%–-]*")
ROUBLE = re.compile(r"\bруб\w*|\brou?bles?\b|\d\s*р\.(?:\s|\Z)|\bтыс\.?\s*р\b")
KRONE = re.compile(r"\bkr\b|\bkroner?\b|\bkronor\b|\bкрон\w*")
MULTIPLIERS: tuple[tuple[float, str], ...] = (
    (1e12, r"трлн|триллион\w*|trillion|tn"),
    (1e9, r"млрд|миллиард\w*|мільярд\w*|billion|bln|bn|mrd"),
    (1e6, r"млн|миллион\w*|мільён\w*|million|mln|mio|mn|mil|m"),
    (1e3, r"тыс|тысяч\w*|тысяча|thousand|thsd|tsd|thous|k|т"),
)
UNIT = "|".join(f"(?P<x{place}>{words})" for place, (_, words) in enumerate(MULTIPLIERS))
HEADER_UNIT = re.compile(
    rf"(?<![^\W\d_])(?:{UNIT})(?![^\W\d_])\.?|(?P<fused>\b[kmt](?=eur|€|usd|\$|£|gbp|nok|sek))"
)
NUMBER = re.compile(
    r"(?<![\w.,])(?P<figure>\d{1,3}(?:[ '’]\d{3})+(?:[.,]\d+)?|\d{1,3}(?:,\d{3})+(?:\.\d+)?|"
    r"\d{1,3}(?:\.\d{3}){2,}(?:,\d+)?|\d{1,3}(?:\.\d{3})+,\d+|\d+(?:[.,]\d+)?)"
    rf"(?!\d)(?:\s?(?:{UNIT})(?![^\W\d_])\.?)?"
)
TOTAL = re.compile(r"\b(?:всего|итого|усяго|разам|total|общий объ[её]м|in total)\b")
INCLUDING = re.compile(
    r"\b(?:в том числе|в т\.\s?ч|у тым ліку|из них|з іх|including|of which|incl)\b"
)
YEAR_AFTER = re.compile(r"\s*(?:г\b|гг\b|год|гады|year)")
NOT_MONEY_AFTER = re.compile(r"\s?(?:%|процент|percent|год|г\.|лет|шт|чел|месяц)")
FUSED_UNIT = re.compile(r"\b([kmt])(?:eur|€|usd|\$|£)\s?\Z|(?:[€$£]|eur|usd)\s?([km])\Z")
YEAR = re.compile(r"(?:19|20)\d\d")
NEXT_FIGURE, LAST_FIGURE = re.compile(r"[;,](?!\d)|\d"), re.compile(r"[;\d]")
BARE = re.compile(r"[\d\s.,'’]+")
DECIMAL_LANGUAGES = frozenset({"ru", "be", "uk"})


class Money(NamedTuple):
    """One cell that speaks of money, with the heading above it."""

    text: str
    heading: str = ""
    total: bool = False
    yearly: bool = False
    source: bool = False
    place: int = 0


class _Amount(NamedTuple):
    value: float
    has_unit: bool
    currency: str | None
    begin: int


@lru_cache(maxsize=8192)
def currency_of(text: str) -> str | None:
    """The one currency a text names for certain, else None."""
    folded = fold(text)
    if FIGURES.fullmatch(folded) is not None or ANY_CURRENCY.search(folded) is None:
        return None
    found = {code for code, pattern in COMPILED if pattern.search(folded)}
    if "$" in folded and len(found) > 1:
        found.discard("USD")
    return found.pop() if len(found) == 1 else None


def _amounts_at(folded: str, decimal_comma: bool) -> list[_Amount]:
    out: list[_Amount] = []
    for match in NUMBER.finditer(folded):
        figure = match.group("figure")
        unit = 1.0
        has_unit = False
        for place, (size, _) in enumerate(MULTIPLIERS):
            if match.group(f"x{place}"):
                unit, has_unit = size, True
        before, after = folded[: match.start()], folded[match.end() :]
        currency = _currency_beside(before, after)
        bare = currency is None and not has_unit
        if bare and (NOT_MONEY_AFTER.match(after) or _is_year(figure, after)):
            continue
        fused = FUSED_UNIT.search(before) if before and not has_unit else None
        if fused:
            unit, has_unit = (1e6 if (fused.group(1) or fused.group(2)) == "m" else 1e3), True
        out.append(_Amount(_value(figure, decimal_comma) * unit, has_unit, currency, match.start()))
    return out


def _is_year(figure: str, after: str) -> bool:
    return YEAR.fullmatch(figure) is not None and (
        YEAR_AFTER.match(after) is not None or bool(after.strip(" .,;"))
    )


def _currency_beside(before: str, after: str) -> str | None:
    near = NEXT_FIGURE.split(after, maxsplit=1)[0][:28]
    tail = LAST_FIGURE.split(before)[-1][-10:] if before else ""
    return _currency_in(near, tail)


@lru_cache(maxsize=8192)
def _currency_in(near: str, tail: str) -> str | None:
    """The currency named right after a figure, or right before it."""
    for code, pattern in COMPILED:
        match = pattern.search(near)
        if match is not None and match.start() < 14:
            return code
    if match := ROUBLE.match(near.lstrip()):
        return "rouble"
    for code, pattern in COMPILED:
        if any(tail[match.end() :].strip(" .:(km") == "" for match in pattern.finditer(tail)):
            return code
    return None


def _value(figure: str, decimal_comma: bool) -> float:
    plain = figure.replace(" ", "").replace("'", "").replace("’", "")
    commas, dots = plain.count(","), plain.count(".")
    if commas and dots:
        decimal = max(plain.rfind(","), plain.rfind("."))
        whole = re.sub(r"[.,]", "", plain[:decimal])
        return float(f"{whole}.{plain[decimal + 1 :]}")
    if dots > 1:
        return float(plain.replace(".", ""))
    if commas > 1 or (commas == 1 and not decimal_comma and re.search(r",\d{3}\Z", plain)):
        return float(plain.replace(",", ""))
    return float(plain.replace(",", "."))


@lru_cache(maxsize=1024)
def _heading_unit(heading: str) -> float:
    match = HEADER_UNIT.search(fold(heading))
    if match is None:
        return 1.0
    if match.group("fused"):
        return 1e6 if match.group("fused") == "m" else 1e3
    return next(size for place, (size, _) in enumerate(MULTIPLIERS) if match.group(f"x{place}"))


def _one_cell(
    money: Money, language: str, currency: str | None, warnings: list[ReadingWarning]
) -> tuple[float | None, str | None]:
    """Amount and currency of one cell."""
    folded = fold(money.text)
    found = _amounts_at(folded, language in DECIMAL_LANGUAGES)
    in_heading = currency_of(money.heading)
    heading_money = (
        in_heading or ROUBLE.search(fold(money.heading)) or _heading_unit(money.heading) != 1
    )
    bare = BARE.fullmatch(folded) is not None
    kept = [
        amount
        for amount in found
        if amount.currency or amount.has_unit or bare or (heading_money and len(found) == 1)
        or _loose_currency(folded)
    ]  # fmt: skip
    if not kept:
        return None, None
    value = _decided(kept, folded, money, warnings)
    chosen = kept[0]
    if value is not None and not chosen.has_unit and not _named(chosen.currency):
        value *= _heading_unit(money.heading)
    own = {_named(amount.currency) for amount in kept} - {None}
    code = own.pop() if len(own) == 1 else currency_of(money.text) or in_heading or currency
    code = code or _rouble(money, None)
    return (None, None) if value is None else (round(value, 2), code)


def _named(currency: str | None) -> str | None:
    return None if currency == "rouble" else currency


def _loose_currency(folded: str) -> bool:
    return currency_of(folded) is not None or ROUBLE.search(folded) is not None


def _rouble(money: Money, document: str | None) -> str | None:
    """Which rouble is meant, by the budget that pays."""
    words = fold(f"{money.text} {money.heading}")
    if KRONE.search(words) or not ROUBLE.search(words):
        return document
    if re.search(r"федеральн|федэральн|областн\w+ бюджет\w* \w+ области", words):
        return "RUB"
    if re.search(r"республиканск\w+ бюджет|рэспубліканск\w+ бюджэт", words):
        return "BYN"
    return document


def _decided(
    amounts: list[_Amount], folded: str, money: Money, warnings: list[ReadingWarning]
) -> float | None:
    """One amount out of those in a cell: the total, a range's upper end, or the sum."""
    if len(amounts) == 1:
        return amounts[0].value
    text = flat(money.text)
    total = TOTAL.search(folded)
    including = INCLUDING.search(folded)
    if total is not None:
        after = [amount for amount in amounts if amount.begin > total.start()]
        return (after or amounts)[0].value
    if including is not None and amounts[0].begin < including.start():
        return amounts[0].value
    currencies = {_named(amount.currency) for amount in amounts} - {None}
    if len(currencies) > 1:
        decision = "they are in different currencies, so none was taken."
        warnings.append(ReadingWarning("funding_several", {"text": text, "decision": decision}))
        return None
    if re.search(r"\d\s*[–-]\s*\d", folded) and len(amounts) == 2:
        decision = "the larger was taken."
        warnings.append(ReadingWarning("funding_several", {"text": text, "decision": decision}))
        scale = amounts[1].value / max(amounts[0].value, 1e-9)
        return amounts[1].value if scale >= 1 else amounts[0].value
    decision = "their sum was taken."
    warnings.append(ReadingWarning("funding_several", {"text": text, "decision": decision}))
    return sum(amount.value for amount in amounts)


def read_funding(
    cells: Sequence[Money], language: str, currency: str | None = None
) -> tuple[Funding | None, tuple[ReadingWarning, ...]]:
    """The funding that the cells of one measure state. `currency` is the document's, if it has one.

    Year columns are summed only where no total stands beside them; a lone dash empties nothing.
    """
    for cell in cells:
        if not is_blank(cell.text):
            return _read(tuple(cells), language, currency)
    return None, ()


@lru_cache(maxsize=16384)
def _read(
    cells: tuple[Money, ...], language: str, currency: str | None
) -> tuple[Funding | None, tuple[ReadingWarning, ...]]:
    warnings: list[ReadingWarning] = []
    text = "; ".join([said for cell in cells if (said := flat(cell.text))])
    own = _currency_cell(cells) or currency
    read = [
        (cell, *_one_cell(cell, language, own, warnings))
        for cell in cells
        if not is_blank(cell.text)
    ]
    with_amount = [(cell, amount, code) for cell, amount, code in read if amount is not None]
    if not with_amount:
        return Funding(text), tuple(warnings)
    totals = [entry for entry in with_amount if entry[0].total]
    years = [entry for entry in with_amount if entry[0].yearly]
    plain = [entry for entry in with_amount if not entry[0].yearly and not entry[0].total]
    chosen = totals[:1] or (plain if plain else years)
    codes = {code for _, _, code in chosen} - {None}
    code = codes.pop() if len(codes) == 1 else None
    if len({code for _, _, code in chosen} - {None}) > 1:
        decision = "they are in different currencies, so none was taken."
        warnings.append(ReadingWarning("funding_several", {"text": text, "decision": decision}))
        return Funding(text), tuple(warnings)
    amount = round(sum(amount for _, amount, _ in chosen), 2)
    code = code or _rouble(Money(text, " ".join(cell.heading for cell in cells)), None)
    if code is None:
        warnings.append(ReadingWarning("funding_currency", {"text": text}))
    return Funding(text, amount, code), tuple(warnings)


def _currency_cell(cells: Sequence[Money]) -> str | None:
    for cell in cells:
        if not any(map(str.isdigit, cell.text)) and len(cell.text) < 20:
            code = currency_of(cell.text)
            if code is not None:
                return code
    return None


@lru_cache(maxsize=32768)
def likeness(text: str) -> bool:
    """Whether a text reads as money (for telling columns without a heading)."""
    folded = fold(text)
    if re.search(r"бюджет|бюджэт|средств|сродк|own funds|in kind|внебюджет|не требуется", folded):
        return len(folded) < 120
    return bool(re.search(r"\d", folded)) and (
        _loose_currency(folded) or re.fullmatch(r"[\d\s.,]+", folded) is not None
    )
