"""The status on a date, asked of the database: the arithmetic of `terms` as portable expressions.

It holds for agreements read by their own columns: no amendment still to come on the day, and no
objection to the prolonging made by then. Months are counted through the years; of the days, only
those of the asked dates are known beforehand, so the length of their months is too.
"""

from calendar import monthrange
from datetime import date
from typing import Any

from django.db.models import Case, F, IntegerField, Q, Value, When
from django.db.models.functions import Coalesce, ExtractDay, ExtractMonth, ExtractYear

from comity.agreements.terms import Status

#: The longest notice, in months, that an agreement may ask for.
LONGEST_NOTICE = 120


def begun_on(day: date) -> Q:
    """Signed, in force, and nobody has ended it by `day`; whether its term is over is left open."""
    return Q(signed_on__lte=day, in_force_from__lte=day) & not_ended(day)


def not_expired(day: date) -> Q:
    """Where the last term holds `day`, or there is no last one."""
    return Q(renewal_months__gte=1) | Q(until=None) | Q(until__gte=day)


def has_status(status: str, day: date) -> Q:
    """Where an agreement has a status; `NOTICE` needs the aliases of `term_running_on`."""
    signed = Q(signed_on__lte=day)
    begun = begun_on(day)
    match status:
        case Status.DRAFT:
            return Q(signed_on=None) | Q(signed_on__gt=day)
        case Status.ENDED:
            return signed & Q(ended_on__lte=day)
        case Status.SIGNED:
            not_begun = Q(in_force_from=None) | Q(in_force_from__gt=day)
            return signed & not_ended(day) & not_expired(day) & not_begun
        case Status.EXPIRED:
            return signed & not_ended(day) & Q(renewal_months=None, until__lt=day)
        case Status.NOTICE:
            return begun & Q(renewal_months__gte=1, notice_months__gte=1) & window_open_by(day, day)
    has_no_window = Q(renewal_months=None) | Q(notice_months=None) | Q(notice_months=0)
    return begun & not_expired(day) & (has_no_window | ~window_open_by(day, day))


def term_running_on(day: date) -> dict[str, Any]:
    """Aliases for a renewing agreement: `_gap` is how many months later its running term ends."""
    ahead = F("_year") * 12 + F("_month") - _months(day)
    return {
        "_year": ExtractYear("until"),
        "_month": ExtractMonth("until"),
        "_day": ExtractDay("until"),
        "_fourth": F("_year") % 4,
        "_notice": Coalesce("notice_months", Value(0)),
        "_ahead": ahead,
        "_late": (_months(day) - F("_year") * 12 - F("_month")) % F("renewal_months"),
        "_gap": Case(
            When(_ahead__gt=0, then=F("_ahead")),
            When(_late__gt=0, then=F("renewal_months") - F("_late")),
            When(_at_month_end() | Q(_day__gte=day.day), then=Value(0)),
            default=F("renewal_months"),
            output_field=IntegerField(),
        ),
    }


def window_open_by(day: date, by: date) -> Q:
    """Where the notice window of the term running on `day` opens on `by` or earlier."""
    later = _months(by) - _months(day)
    short = [
        notice
        for notice in range(LONGEST_NOTICE + 1)
        if _length(_months(by) + notice) <= by.day < _length(_months(by))
    ]
    if by.day == _length(_months(by)):
        on_the_day = Q(_gap=F("_notice") + later)
    else:
        sooner = Q(_day__lte=by.day) & ~_at_month_end() | Q(_notice__in=short)
        on_the_day = Q(_gap=F("_notice") + later) & sooner
    return Q(_gap__lt=F("_notice") + later) | on_the_day


def not_ended(day: date) -> Q:
    return Q(ended_on=None) | Q(ended_on__gt=day)


def _at_month_end() -> Q:
    """Where the first term ends with its month."""
    century = Q(_year__in=(1900, 2100, 2200, 2300))
    return (
        Q(_day=31)
        | Q(_day=30, _month__in=(4, 6, 9, 11))
        | Q(_day=29, _month=2)
        | Q(_day=28, _month=2) & (Q(_fourth__gt=0) | century)
    )


def _months(day: date) -> int:
    """Months counted through the years, as `year × 12 + month`."""
    return day.year * 12 + day.month


def _length(months: int) -> int:
    year, month = divmod(months - 1, 12)
    return monthrange(year, month + 1)[1]
