"""The deadlines that a measure had before: they stay on record however often it was moved.

So that moving a deadline hides no lateness, what was settled is held against the former days too:
the first settled against the first of them, the second against the second, and so on. The deadline
agreed first always counts; of those agreed after it the days that passed while they stood.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import zip_longest

from comity.programmes.due import DueRule, occurrences
from comity.programmes.keeping import day_kept, rule_from_json
from comity.programmes.models import Measure, Programme
from comity.programmes.wording import deadline


@dataclass(frozen=True, slots=True)
class FormerDeadline:
    """A former rule, its own text, and by how many days it was missed at worst."""

    rule: DueRule
    written: str
    days_late: int
    is_first: bool

    @property
    def understood(self) -> str:
        return deadline(self.rule)


@dataclass(frozen=True, slots=True)
class Stood:
    """A former rule, from which day (None for the first) and until which it stood."""

    rule: DueRule
    written: str
    since: date | None
    until: date


def former_deadlines(measure: Measure, day: date) -> tuple[FormerDeadline, ...]:
    """Those that were replaced by the end of a day, in order, without the one that stands.

    Reads the occurrences of the measure and the period of its programme.
    """
    return tuple(
        FormerDeadline(one.rule, one.written, _days_late(measure, one, day), one.since is None)
        for one in stood_before(measure)
        if one.until <= day and one.since != one.until and one.rule != measure.due
    )


def stood_before(measure: Measure) -> Iterator[Stood]:
    """All rules that a measure had before the one of today, as they are kept with it."""
    since = None
    for rule, written, until in measure.former_dues or ():
        ended = day_kept(until) or date.min
        yield Stood(rule_from_json(rule), written, since, ended)
        since = ended


def days_late_before(former: tuple[FormerDeadline, ...]) -> int:
    """By how many days the worst missed of former deadlines was missed."""
    return max((one.days_late for one in former), default=0)


def late_before(programme: Programme, day: date) -> int:
    """How many measures of a programme missed a deadline that they do not have any more."""
    moved = programme.measures.filter(former_dues__isnull=False).prefetch_related("occurrences")
    found = 0
    for measure in moved.order_by():
        measure.programme = programme
        found += days_late_before(former_deadlines(measure, day)) > 0
    return found


def _days_late(measure: Measure, stood: Stood, day: date) -> int:
    days = [one.end for one in occurrences(stood.rule.within(measure.programme.period))]
    until = min(day, measure.struck_on or day)
    settled = sorted(o.done_on for o in measure.occurrences.all() if o.done_on and o.done_on <= day)
    pairs = zip_longest(days, settled[: len(days)], fillvalue=until)
    counted = [
        (done - due).days
        for due, done in pairs
        if stood.since is None or stood.since <= due < stood.until
    ]
    return max((late for late in counted if late > 0), default=0)
