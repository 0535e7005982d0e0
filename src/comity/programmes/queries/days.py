"""The day that lists over many programmes are told for: from today on, or a past one.

Of a past day the database tells what is known of it today; the measures that were changed since are
then told as they stood (`programmes.then`), in memory.
"""

from collections.abc import Iterable, Sequence
from copy import copy
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from comity.lib.paging import COUNTED, count_up_to
from comity.programmes.models import Measure, Occurrence, Programme
from comity.programmes.models.measure import NEVER, MeasureQuerySet
from comity.programmes.queries.measures import first_of_each, in_state, state_then
from comity.programmes.queries.progress import MeasureState, Progress, progress_of, state_of
from comity.programmes.then import Changed, changed_since


class Day:
    """Today, or a day to come: everything stands as it is known."""

    is_past = False

    def __init__(self, day: date) -> None:
        self.day = day

    def on_record(self, measures: MeasureQuerySet) -> MeasureQuerySet:
        """Without those that were not there yet."""
        return measures

    def in_state(self, measures: MeasureQuerySet, state: str) -> MeasureQuerySet:
        return in_state(measures, state, self.day)

    def progress_of(self, programmes: Sequence[Programme]) -> dict[int, Progress]:
        return progress_of(programmes, self.day)


class PastDay(Day):
    """A past day; what was changed since is read once, when it is first asked for."""

    is_past = True

    @cached_property
    def changed(self) -> dict[int, Changed]:
        """The measures of which something else stood then, by their keys."""
        return {one.measure: one for one in changed_since(self.day)}

    def on_record(self, measures: MeasureQuerySet) -> MeasureQuerySet:
        absent = [pk for pk, one in self.changed.items() if one.then is None]
        return measures.exclude(pk__in=absent) if absent else measures

    def in_state(self, measures: MeasureQuerySet, state: str) -> MeasureQuerySet:
        named = [pk for pk, stood in self._states.items() if stood == state]
        unchanged = state_then(state, self.day) & ~Q(pk__in=list(self.changed))
        return measures.filter(unchanged | Q(pk__in=named))

    def progress_of(self, programmes: Sequence[Programme]) -> dict[int, Progress]:
        keys = {programme.pk for programme in programmes}
        instead = {pk: one.then for pk, one in self.changed.items() if one.programme in keys}
        return progress_of(programmes, self.day, instead)

    def stood(self, measures: Iterable[Measure]) -> list[Measure]:
        """Copies as they stood then, with what was fetched along with them."""
        return [self._stood(measure) for measure in measures]

    def _stood(self, measure: Measure) -> Measure:
        one = self.changed.get(measure.pk)
        if one is None or one.then is None:
            return measure
        then, fetched = copy(one.then), "_prefetched_objects_cache"
        then.programme = copy(one.then.programme)
        then.section = measure.section
        then.programme.__dict__[fetched] = getattr(measure.programme, fetched, {})
        days = getattr(one.then, fetched)["occurrences"]
        then.__dict__[fetched] = {**getattr(measure, fetched, {}), "occurrences": days}
        return then

    @cached_property
    def _states(self) -> dict[int, MeasureState]:
        return {
            pk: _state(one.then, self.day)
            for pk, one in self.changed.items()
            if one.then is not None
        }


def _state(measure: Measure, day: date) -> MeasureState:
    if measure.struck_on is not None:
        return MeasureState.STRUCK
    return state_of(measure.occurrences.all(), day)


def on(day: date) -> Day | PastDay:
    return PastDay(day) if day < timezone.localdate() else Day(day)


@dataclass(frozen=True, slots=True)
class OrderThen:
    """Measures by the first day that was open on a past day, those with none last, by their keys.

    Or by the first of their days from `start` to `end`, if either is given, without all others.
    """

    measures: MeasureQuerySet
    on: PastDay
    start: date | None = None
    end: date | None = None

    @property
    def is_narrowed(self) -> bool:
        return self.start is not None or self.end is not None

    def part(self, first: int, last: int) -> list[int]:
        """The keys from one place to before another; as many rows are read as stand before it."""
        dated, undated = self._changed()
        days = self._days().values_list("due_on", "measure")
        found = [pk for _due_on, pk in sorted([*days[:last], *dated])[:last]]
        if len(found) < last and not self.is_narrowed:
            rest = self._unchanged().filter(~Exists(self._days(OuterRef("pk")))).order_by("pk")
            keys = rest.values_list("pk", flat=True)[: last - len(found)]
            found += sorted([*keys, *undated])
        return found[first:last]

    def count(self) -> int | None:
        """How many there are; None if more than are counted."""
        if not self.is_narrowed:
            return count_up_to(self.measures, COUNTED)
        counted = count_up_to(self._days(), COUNTED)
        total = None if counted is None else counted + len(self._changed()[0])
        return total if total is not None and total <= COUNTED else None

    def _unchanged(self) -> MeasureQuerySet:
        return self.measures.exclude(pk__in=list(self.on.changed))

    def _days(self, measure: OuterRef | None = None) -> "QuerySet[Occurrence]":
        """The day of each measure that gives it its place; all of its days for one of them."""
        standing = Occurrence.objects.standing()
        if self.start:
            standing = standing.filter(due_on__gte=self.start)
        if self.end:
            standing = standing.filter(due_on__lte=self.end)
        days = standing if self.is_narrowed else standing.open_on(self.on.day)
        if measure is not None:
            return days.filter(measure=measure)
        here = self._unchanged().order_by().filter(pk=OuterRef("measure"))
        return first_of_each(days).filter(Exists(here))

    def _changed(self) -> tuple[list[tuple[date, int]], list[int]]:
        """Of the changed ones that are asked for: the days of those that have one, and the rest."""
        changed = self.on.changed
        asked = self.measures.filter(pk__in=list(changed)).order_by()
        dated, undated = [], []
        for pk in asked.values_list("pk", flat=True):
            days = [one.due_on for one in changed[pk].days if self._is_asked(one)]
            if days:
                dated.append((min(days), pk))
            else:
                undated.append(pk)
        return dated, undated

    def _is_asked(self, one: Occurrence) -> bool:
        if self.is_narrowed:
            return (self.start or date.min) <= one.due_on <= (self.end or NEVER)
        return one.done_on is None or one.done_on > self.on.day
