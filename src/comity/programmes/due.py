"""When a measure has to show something: from its due rule to dates, and where each stands.

Pure: dates in, dates and states out. The kinds are those of the reading contract.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from comity.lib.periods import Period, month_end, stretches_within

#: How long before a plain deadline ("by 1 December") a measure counts as due.
NOTICE = timedelta(days=30)
#: Deadlines outside these days are slips of the pen.
EARLIEST, LATEST = date(1900, 1, 1), date(2199, 12, 31)


class DueKind(models.TextChoices):
    DATE = "date", _("by or on a day")
    WINDOW = "window", _("within a stretch of time")
    RECURRING = "recurring", _("every month, quarter, half-year or year")
    CONTINUOUS = "continuous", _("all the time")
    UNSCHEDULED = "unscheduled", _("no date can be told")


class Recurrence(models.TextChoices):
    MONTHLY = "monthly", _("every month")
    QUARTERLY = "quarterly", _("every quarter")
    HALF_YEARLY = "half-yearly", _("every half-year")
    YEARLY = "yearly", _("every year")


class OccurrenceState(models.TextChoices):
    NOT_YET = "not_yet", _("not yet due")
    DUE = "due", _("due")
    OVERDUE = "overdue", _("overdue")
    DONE = "done", _("done")
    GIVEN_UP = "given_up", _("not possible any more")


#: States in which nothing more is asked for.
SETTLED = (OccurrenceState.DONE, OccurrenceState.GIVEN_UP)
_KINDS, _RECURRENCES = frozenset(DueKind.values), frozenset(Recurrence.values)


@dataclass(frozen=True, slots=True)
class DueRule:
    kind: str
    start: date | None = None
    end: date | None = None
    recurrence: str | None = None
    season: str | None = None

    def within(self, period: Period | None) -> "DueRule":
        """The rule with the programme's period where it names no first or last day itself.

        Only for what goes on: “every year” means every year of the programme.
        """
        if period is None or self.kind not in (DueKind.RECURRING, DueKind.CONTINUOUS):
            return self
        start = self.start or min(period.start, self.end or period.start)
        return replace(self, start=start, end=self.end or max(period.end, start))


def check(rule: DueRule) -> None:
    """Raises ValidationError with a sentence if the rule contradicts itself."""
    days = [day for day in (rule.start, rule.end) if day]
    if rule.kind not in _KINDS:
        raise ValidationError(_now("“%s” is no kind of deadline.") % rule.kind)
    if any(not EARLIEST <= day <= LATEST for day in days):
        raise ValidationError(_now("A deadline lies between the years 1900 and 2199."))
    if days != sorted(days):
        raise ValidationError(_now("A deadline cannot end before it begins."))
    if rule.kind in (DueKind.DATE, DueKind.WINDOW) and rule.end is None:
        raise ValidationError(_now("A deadline of this kind needs its last day."))
    if (rule.kind == DueKind.RECURRING) != (rule.recurrence in _RECURRENCES):
        raise ValidationError(
            _now("Say how often for a measure that recurs, and only for such a one.")
        )
    if rule.season:
        season_is_well_formed(rule.season)
        if rule.recurrence != Recurrence.YEARLY:
            raise ValidationError(_now("Only a yearly measure has a part of the year."))


def season_is_well_formed(season: str) -> None:
    """Raises ValidationError unless it reads as MM-DD/MM-DD."""
    month_and_day = r"(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])"
    if not re.fullmatch(f"{month_and_day}/{month_and_day}", season):
        raise ValidationError(
            _now("Write a part of the year as month and day, such as 10-01/12-31.")
        )


@lru_cache(maxsize=1024)
def occurrences(rule: DueRule) -> tuple[Period, ...]:
    """The windows in which a measure has to show something; each ends on the day it is due.

    A yearly measure of 2017-2020 has four; “every year, fourth quarter” is due at the end of each
    fourth quarter; a continuous one shows once a year; an unscheduled one has none.
    """
    if rule.kind == DueKind.UNSCHEDULED or rule.end is None:
        return ()
    if rule.kind == DueKind.DATE:
        opens = rule.end - NOTICE
        return (Period(min(rule.start or opens, opens), rule.end),)
    stretch = Period(rule.start or rule.end, rule.end)
    if rule.kind == DueKind.WINDOW:
        return (stretch,)
    if rule.kind == DueKind.CONTINUOUS:
        return tuple(stretches_within(stretch, Recurrence.YEARLY))
    if rule.season:
        return tuple(_seasons(stretch, rule.season))
    return tuple(stretches_within(stretch, rule.recurrence or Recurrence.YEARLY))


def _seasons(stretch: Period, season: str) -> Iterator[Period]:
    """The season of each year, clipped to the stretch; one that passes New Year is of the later.

    A season of one day is a deadline: it opens `NOTICE` before. Where the stretch holds only the
    beginning of a season that passes New Year, that beginning is all there is.
    """
    found = False
    for year in range(stretch.start.year, stretch.end.year + 1):
        clipped = _season_ending_in(year, season).overlap(stretch)
        if clipped:
            found = True
            yield _with_notice(clipped, stretch) if _is_one_day(season) else clipped
    if not found:
        beginning = _season_ending_in(stretch.end.year + 1, season).overlap(stretch)
        if beginning:
            yield beginning


def _season_ending_in(year: int, season: str) -> Period:
    first, last = season.split("/")
    return Period(_day(year if first <= last else year - 1, first), _day(year, last))


def _is_one_day(season: str) -> bool:
    first, last = season.split("/")
    return first == last


def _with_notice(deadline: Period, stretch: Period) -> Period:
    return Period(max(deadline.end - NOTICE, stretch.start), deadline.end)


def _day(year: int, month_and_day: str) -> date:
    month, day = (int(part) for part in month_and_day.split("-"))
    first = date(year, month, 1)
    return first.replace(day=min(day, month_end(first).day))


def state_on(
    opens_on: date, due_on: date, done_on: date | None, day: date, *, given_up: bool = False
) -> OccurrenceState:
    """Where an occurrence stands on a day, past or future; settled only from the day it was."""
    if done_on is not None and done_on <= day:
        return OccurrenceState.GIVEN_UP if given_up else OccurrenceState.DONE
    if day > due_on:
        return OccurrenceState.OVERDUE
    return OccurrenceState.DUE if day >= opens_on else OccurrenceState.NOT_YET
