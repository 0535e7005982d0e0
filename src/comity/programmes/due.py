"""When a measure has to show something: from its due rule to dates, and where each stands.

Pure: dates in, dates and states out. The kinds are those of the reading contract.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

from comity.lib.periods import Period, month_end, stretches_within

#: How long before a plain deadline ("by 1 December") a measure counts as due.
NOTICE = timedelta(days=30)


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


@dataclass(frozen=True, slots=True)
class DueRule:
    kind: str
    start: date | None = None
    end: date | None = None
    recurrence: str | None = None
    season: str | None = None


def occurrences(rule: DueRule) -> list[Period]:
    """The windows in which a measure has to show something; each ends on the day it is due.

    A yearly measure of 2017-2020 has four; “every year, fourth quarter” is due at the end of each
    fourth quarter; a continuous one shows once a year; an unscheduled one has none.
    """
    if rule.kind == DueKind.UNSCHEDULED or rule.end is None:
        return []
    if rule.kind == DueKind.DATE:
        opens = rule.start or rule.end - NOTICE
        return [Period(min(opens, rule.end - NOTICE), rule.end)]
    start = rule.start or rule.end
    if rule.kind == DueKind.WINDOW:
        return [Period(start, rule.end)]
    stretch = Period(start, rule.end)
    if rule.kind == DueKind.CONTINUOUS:
        return list(stretches_within(stretch, Recurrence.YEARLY))
    if rule.season:
        return list(_seasons(stretch, rule.season))
    return list(stretches_within(stretch, rule.recurrence or Recurrence.YEARLY))


def _seasons(stretch: Period, season: str) -> Iterator[Period]:
    """The season of each year as far as it lies in the stretch; MM-DD/MM-DD, may pass New Year."""
    first, last = season.split("/")
    for year in range(stretch.start.year - 1, stretch.end.year + 1):
        opens = _day(year, first)
        closes = _day(year if last >= first else year + 1, last)
        if opens == closes:
            opens = closes - NOTICE
        if closes in stretch:
            yield Period(max(opens, stretch.start), closes)


def _day(year: int, month_and_day: str) -> date:
    month, day = (int(part) for part in month_and_day.split("-"))
    first = date(year, month, 1)
    return first.replace(day=min(day, month_end(first).day))


def state_on(opens_on: date, due_on: date, done_on: date | None, day: date) -> OccurrenceState:
    """Where an occurrence stands on a day, past or future; done only from the day it was done."""
    if done_on is not None and done_on <= day:
        return OccurrenceState.DONE
    if day > due_on:
        return OccurrenceState.OVERDUE
    return OccurrenceState.DUE if day >= opens_on else OccurrenceState.NOT_YET
