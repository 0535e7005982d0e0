"""The deadline that a measure came with: it stays on record however often it was moved.

So that moving a deadline hides no lateness, what was settled is held against the first days too:
the first settled against the first of them, the second against the second, and so on.
"""

from dataclasses import dataclass
from datetime import date
from itertools import zip_longest

from comity.programmes.due import DueRule, occurrences
from comity.programmes.keeping import rule_from_json
from comity.programmes.models import Measure, Programme
from comity.programmes.wording import deadline


@dataclass(frozen=True, slots=True)
class FirstDeadline:
    """The first rule, its own text, and by how many days it was missed at worst."""

    rule: DueRule
    written: str
    days_late: int

    @property
    def understood(self) -> str:
        return deadline(self.rule)


def first_deadline(measure: Measure, day: date) -> FirstDeadline | None:
    """The deadline that the measure came with, held against a day; None if it still stands.

    Reads the occurrences of the measure and the period of its programme.
    """
    if measure.first_due is None:
        return None
    first = rule_from_json(measure.first_due)
    if first == measure.due:
        return None
    days = [window.end for window in occurrences(first.within(measure.programme.period))]
    return FirstDeadline(first, measure.first_due_text, _days_late(measure, days, day))


def _days_late(measure: Measure, days: list[date], day: date) -> int:
    until = min(day, measure.struck_on or day)
    settled = sorted(o.done_on for o in measure.occurrences.all() if o.done_on and o.done_on <= day)
    pairs = list(zip_longest(days, settled[: len(days)], fillvalue=until))
    return max((max((done - due).days, 0) for due, done in pairs), default=0)


def late_against_first(programme: Programme, day: date) -> int:
    """How many measures of a programme missed the deadline that they came with, now another."""
    moved = programme.measures.filter(first_due__isnull=False).prefetch_related("occurrences")
    found = 0
    for measure in moved.order_by():
        measure.programme = programme
        first = first_deadline(measure, day)
        found += first is not None and first.days_late > 0
    return found
