"""Dates, numbers and money as a reader of each language writes them."""

from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache

from babel.dates import format_date, format_skeleton, format_time
from babel.numbers import format_decimal, format_percent
from django.utils import timezone

from comity.lib.languages import reader_language
from comity.lib.partial_dates import Precision


def day(value: date | None, precision: str = Precision.DAY) -> str:
    """18 October 2018, «18 октября 2018 г.»; only the month or the year where no more is known."""
    if value is None:
        return ""
    if precision == Precision.YEAR:
        return str(value.year)
    return _written(value, "month" if precision == Precision.MONTH else "long", reader_language())


def short_day(value: date | None) -> str:
    return _written(value, "medium", reader_language()) if value else ""


MAY = 5


@lru_cache(maxsize=8192)
def _written(day: date, form: str, language: str) -> str:
    """Kept, since the same days stand in row after row."""
    if form == "month":
        written = format_skeleton("yMMMM", day, locale=language)
        return f"{written}{_BELARUSIAN_YEAR}" if language == "be" else written
    if form == "day of a month":
        return format_date(day, "d MMMM", locale=_locale(language))
    if form == "medium" and language == "be":
        return format_date(day, _belarusian_medium(day), locale=language)
    return format_date(day, form, locale=_locale(language))


#: What follows a year; CLDR has it in long dates only.
_BELARUSIAN_YEAR = "\N{NO-BREAK SPACE}г."


def _belarusian_medium(day: date) -> str:
    """«1 кас. 2025 г.»: CLDR leaves out the full stop; «мая» is no abbreviation."""
    month = "MMM" if day.month == MAY else "MMM."
    return f"d {month} y'{_BELARUSIAN_YEAR}'"


def moment(value: datetime) -> str:
    """The day and the time of day, in the time zone of the installation."""
    local = timezone.localtime(value)
    time = format_time(local, "short", locale=_locale(reader_language()))
    return f"{short_day(local.date())}, {time}"


def period(start: date | None, end: date | None) -> str:
    """2017–2020 for whole years, 27–28 June 2024 within a month, else both days."""
    if start is None or end is None or start == end:
        return day(start or end)
    if (start.month, start.day, end.month, end.day) == (1, 1, 12, 31):
        return str(start.year) if start.year == end.year else f"{start.year}–{end.year}"
    if (start.year, start.month) == (end.year, end.month):
        return f"{start.day}–{day(end)}"
    if start.year == end.year:
        return f"{_written(start, 'day of a month', reader_language())} – {day(end)}"
    return f"{day(start)} – {day(end)}"


def number(value: float | Decimal) -> str:
    return _number(value, reader_language())


@lru_cache(maxsize=8192)
def _number(value: float | Decimal, language: str) -> str:
    return format_decimal(value, locale=language)


def percent(share: float | Decimal) -> str:
    """A share between 0 and 1 in whole hundredths: 63%, «63 %»."""
    return _percent(share, reader_language())


@lru_cache(maxsize=8192)
def _percent(share: float | Decimal, language: str) -> str:
    return format_percent(
        share, format="#,##0%" if language == "en" else "#,##0\N{NO-BREAK SPACE}%", locale=language
    )


def percents(low: float, high: float) -> str:
    """From one share to another: 10–20%, «10–20 %»."""
    return f"{number(round(100 * low))}–{percent(high)}"


def money(amount: Decimal | None, currency: str) -> str:
    """98,500,000 RUB: the number in the reader's writing, the currency by its ISO 4217 code."""
    if amount is None:
        return ""
    written = _amount(amount, reader_language())
    return f"{written}\N{NO-BREAK SPACE}{currency}" if currency else written


@lru_cache(maxsize=8192)
def _amount(amount: Decimal, language: str) -> str:
    is_whole = amount == amount.to_integral_value()
    return format_decimal(amount, format="#,##0" if is_whole else "#,##0.00", locale=language)


def _locale(language: str) -> str:
    """English dates day first, as officials in Europe write them."""
    return "en_GB" if language == "en" else language
