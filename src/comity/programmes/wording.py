"""Deadlines as a reader says them; `lib.wording` has the dates."""

from datetime import date
from functools import lru_cache

from babel.dates import format_date
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from comity.lib import wording
from comity.lib.languages import reader_language
from comity.lib.partial_dates import Precision
from comity.lib.periods import Period, month_end, quarter_of, stretch_around
from comity.programmes.due import DueKind, DueRule, OccurrenceState, Recurrence

#: A year in which every day of a season exists.
LEAP_YEAR = 2000


def deadline(rule: DueRule) -> str:
    """“Q2 2018”, “every year 2017–2020, Q4”, “by 1 December 2018”; empty if no date can be told."""
    return _deadline(rule, reader_language())


@lru_cache(maxsize=8192)
def _deadline(rule: DueRule, _language: str) -> str:
    if rule.kind == DueKind.UNSCHEDULED:
        return ""
    if rule.kind == DueKind.DATE:
        on = _("on %(day)s") if rule.start == rule.end else _("by %(day)s")
        return on % {"day": wording.day(rule.end)}
    when = stretch(rule.start, rule.end)
    if rule.kind == DueKind.WINDOW:
        return when
    often = _("all the time") if rule.kind == DueKind.CONTINUOUS else _often(rule)
    return f"{often} {when}".strip()


def _often(rule: DueRule) -> str:
    often = str(Recurrence(rule.recurrence or Recurrence.YEARLY).label)
    return f"{often}, {season(rule.season)}," if rule.season else often


def stretch(start: date | None, end: date | None) -> str:
    """A month, a quarter or whole years by their names, else both days."""
    if start and end and (start.year, start.month) == (end.year, end.month):
        if start.day == 1 and end == month_end(end):
            return wording.day(start, Precision.MONTH)
    elif start and end and quarter_of(start) == Period(start, end):
        return _("Q%(quarter)s %(year)s") % {"quarter": _quarter(end), "year": end.year}
    elif start and end and stretch_around(start, 6) == Period(start, end):
        half = _("first half of %(year)s") if end.month == 6 else _("second half of %(year)s")
        return half % {"year": end.year}
    return wording.period(start, end)


def season(text: str) -> str:
    """“Q4” for 10-01/12-31; else its days, or its months where it has whole ones."""
    start, end = (_in_leap_year(part) for part in text.split("/"))
    if start < end and quarter_of(start) == Period(start, end):
        return _("Q%(quarter)s") % {"quarter": _quarter(end)}
    whole_months = start.day == 1 and (end == month_end(end) or (end.month, end.day) == (2, 28))
    written = "LLLL" if whole_months else "d MMMM"
    told = [format_date(day, written, locale=reader_language()) for day in (start, end)]
    return " – ".join(dict.fromkeys(told))


def _quarter(end: date) -> str:
    """The quarter that ends then: Belarus and Russia write its number in Roman numerals."""
    number = end.month // 3
    return str(number) if reader_language() == "en" else ("I", "II", "III", "IV")[number - 1]


def _in_leap_year(month_and_day: str) -> date:
    month, day = (int(part) for part in month_and_day.split("-"))
    last = month_end(date(LEAP_YEAR, month, 1))
    return last.replace(day=min(day, last.day))


def distance(state: str, opens_on: date, due_on: date, day: date) -> str:
    """How an open occurrence stands to a day: “12 days late”, “in 8 days”, “from 1 Oct 2018”."""
    if state == OccurrenceState.OVERDUE:
        days = (day - due_on).days
        return ngettext("%(days)s day late", "%(days)s days late", days) % {
            "days": wording.number(days)
        }
    if state == OccurrenceState.DUE:
        days = (due_on - day).days
        if days == 0:
            return _("due today")
        return ngettext("due in %(days)s day", "due in %(days)s days", days) % {
            "days": wording.number(days)
        }
    return _("from %(day)s") % {"day": wording.short_day(opens_on)}
