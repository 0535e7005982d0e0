"""The deadlines that a measure had before: they stay on record however often it was moved.

So that moving a deadline hides no lateness, what was settled is held against the former days too,
where another day took their place (`Occurrence.first_due_on`) or none did. The deadline agreed
first always counts; of those agreed after it the days that passed while they stood.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from comity.lib.periods import Period
from comity.programmes.due import DueRule, occurrences
from comity.programmes.keeping import day_kept, rule_as_json, rule_from_json
from comity.programmes.models import Measure, Occurrence, Programme
from comity.programmes.succession import successors
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


def note_former(measure: Measure, rule: DueRule) -> None:
    """Notes with a measure the deadline that stood until today; the caller saves it."""
    kept = [rule_as_json(rule), measure.due_text, timezone.localdate().isoformat()]
    measure.former_dues = [*(measure.former_dues or ()), kept]


def losing_days(
    measures: Iterable[Measure], before: Period | None, after: Period | None
) -> list[Measure]:
    """Those of which days fall away when the period of their programme becomes another."""
    return [
        measure
        for measure in measures
        if measure.struck_on is None
        and {one.end for one in occurrences(measure.due.within(before))}
        - {one.end for one in occurrences(measure.due.within(after))}
    ]


@dataclass(frozen=True, slots=True)
class DaysOfDeadlines:
    """The days that a measure came to have as its deadlines followed each other.

    `first` has each day with the one agreed first for it, None for a day that is the first itself.
    `dropped` are those that passed undone and then fell away without another in their place.
    """

    first: dict[date, date | None]
    dropped: set[date]


def days_of_deadlines(
    measure: Measure, period: Period | None, known: Iterable[Occurrence], day: date
) -> DaysOfDeadlines:
    """Told again from the deadlines that were replaced by a day, and from what was settled."""
    settled = {one.held_against: one.done_on for one in known if one.done_on}
    replaced = [one for one in stood_before(measure) if one.until <= day]
    rules = [*(one.rule.within(period) for one in replaced), measure.due.within(period)]
    told: dict[date, date | None] = {}
    apart: dict[date, date | None] = {}  # settled before their rule was replaced
    dropped = set[date]()
    before, began = rules[0], date.min
    for rule, until in zip(rules, [*(one.until for one in replaced), date.max], strict=True):
        wanted = {one.end for one in occurrences(rule)}
        told |= {due: apart.pop(due) for due in wanted & apart.keys()}
        gone = {
            due: settled.get(told[due] or due, date.max) > began
            for due in sorted(told.keys() - wanted)
        }
        new, alone = sorted(wanted - told.keys()), len(told) == len(wanted) == 1
        pairs = successors(before, rule, gone, new, alone=alone)
        for due, is_open in gone.items():
            first = told.pop(due)
            if due in pairs:
                told[pairs[due]] = first_of(pairs[due], first or due)
            elif not is_open:
                apart[due] = first
            elif (first or due) < began:
                dropped.add(first or due)
        told |= dict.fromkeys(wanted - told.keys())
        dropped -= wanted
        before, began = rule, until
    return DaysOfDeadlines(told | apart, dropped)


def first_of(day: date, held: date) -> date | None:
    """The day agreed first for a day that is held against another; None if that is the same."""
    return None if held == day else held


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
    until, late = min(day, measure.struck_on or day), [0]
    for due, occurrence in _answering(measure, days):
        if occurrence is not None and (occurrence.due_on, occurrence.withdrawn) == (due, False):
            continue  # the day still stands, and tells itself how late it is
        if stood.since is None or stood.since <= due < stood.until:
            done = occurrence.done_on if occurrence is not None else None
            late.append(((done if done and done <= day else until) - due).days)
    return max(late)


def _answering(measure: Measure, days: list[date]) -> Iterator[tuple[date, Occurrence | None]]:
    """Each former day with the occurrence that answers for it: of that day, or moved from it.

    What stood between the first deadline and this one is answered for, in order, by the others.
    """
    known = [one for one in measure.occurrences.all() if one.done_on or not one.withdrawn]
    own = {one.due_on: one for one in known}
    own |= {one.first_due_on: one for one in known if one.first_due_on}
    rest = [one for one in known if not {one.due_on, one.first_due_on} & set(days)]
    others = iter(sorted(rest, key=lambda one: one.due_on))
    for due in sorted(days):
        yield due, own[due] if due in own else next(others, None)
