"""Measures and their days as they stood at the end of a past day.

The days of a measure follow from its rule, so the rule of then tells what was due then. A programme
that was brought into the register after that day is told as it was first recorded, so that a later
change does not reach back; what was corrected, settled or disputed of it is told as known today.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db import models

from comity.accounts.rules import Reader
from comity.audit.past import (
    end_of,
    made_by,
    made_since,
    past_of,
    stood_at,
    stood_first,
    was_on_record,
)
from comity.lib.parts import in_parts
from comity.programmes.due import occurrences
from comity.programmes.former_deadlines import days_of_deadlines
from comity.programmes.models import Measure, Occurrence, Programme
from comity.programmes.succession import successors

Before = dict[str, Any]
Stood = Mapping[int, Before | None]

#: Says what was always agreed, so it is no change of it.
CORRECTED = "measure.corrected"
#: Records that are asked for at once by their keys.
PART = 500
_RULE = {"due_kind", "due_start", "due_end", "due_recurrence", "due_season", "struck_on"}
#: What is undone where something stood before: settled and re-opened, disputed and agreed.
_UNDONE = ("done_on", "disputed_since")
_PERIOD = {"start", "end"}


def measures_then(
    programme: Programme, measures: Sequence[Measure], day: date, reader: Reader
) -> list[Measure]:
    """Copies of measures of a programme, not to be saved; without those that were added since.

    Their occurrences, which have to be fetched along, are those of then; some have no key. To a
    reader to whom the programme was closed on that day, or at any time if it was brought in since,
    it is told as of today. A few queries.
    """
    moment = end_of(day)
    on_record, past = was_on_record(programme, moment), past_of(programme, reader)
    if past.closed and not (on_record and past.was_open_at(moment)):
        return list(measures)
    of_programme = stood_first(Programme, [programme.pk], moment).get(programme.pk)
    keys = [one.pk for one in measures]
    changed: Stood = stood_first(Measure, keys, moment, but=CORRECTED)
    settled: Stood = {}
    if on_record:
        days = [one.pk for measure in measures for one in measure.occurrences.all()]
        changed, settled = stood_at(Measure, keys, moment), stood_at(Occurrence, days, moment)
    then = _as_it_was(programme, of_programme or {})
    found = []
    for measure in measures:
        before = changed.get(measure.pk, {})
        if before is not None:
            found.append(_measure_then(measure, programme, then, before, settled=settled, day=day))
    return found


def measure_then(measure: Measure, day: date, reader: Reader) -> Measure:
    """One measure of a programme; as it is today if it was added since."""
    then = measures_then(measure.programme, [measure], day, reader)
    return then[0] if then else measure


def occurrence_then(occurrence: Occurrence, day: date, reader: Reader) -> Occurrence:
    """A copy of an occurrence as it was disputed and settled at the end of a past day."""
    programme, moment = occurrence.measure.programme, end_of(day)
    if not was_on_record(programme, moment) or not past_of(programme, reader).was_open_at(moment):
        return occurrence
    then = measure_then(occurrence.measure, day, reader)
    if (then.due, then.programme.period) != (occurrence.measure.due, programme.period):
        for one in then.occurrences.all():
            if one.pk == occurrence.pk:
                return one
    before = stood_at(Occurrence, [occurrence.pk], moment).get(occurrence.pk)
    return _day_then(occurrence, before, day)


@dataclass(frozen=True, slots=True)
class Changed:
    """A measure of which something else stood then: a copy as it stood; None if it was added since.

    The copy has its occurrences of then, some without a key, and is not to be saved.
    """

    measure: int
    programme: int
    then: Measure | None

    @property
    def days(self) -> list[Occurrence]:
        """Those of its days that were not withdrawn."""
        days = self.then.occurrences.all() if self.then is not None else ()
        return [one for one in days if not one.withdrawn]

    @property
    def days_dropped(self) -> int:
        """How many of its days had passed undone and fallen away by then."""
        if self.then is None or self.then.struck_on is not None:
            return 0
        return self.then.dropped or 0


def changed_since(day: date) -> Iterator[Changed]:
    """Over the whole register, for programmes as visible then as they are today.

    As many queries and records as were changed since the end of that day.
    """
    moment = end_of(day)
    programmes = stood_first(Programme, None, moment)
    shut = {pk for pk, before in programmes.items() if "visibility" in before}
    told, late = made_by(Programme, moment) - shut, made_since(Programme, moment) - shut
    added = _of_programmes(made_since(Measure, moment), told) if told else set[int]()
    days: Stood = stood_first(Occurrence, None, moment) if told else {}
    for some, known, but in ((told, days, ""), (late, {}, CORRECTED)):
        if some:
            measures = stood_first(Measure, None, moment, but)
            touched = added | _of_programmes(_touched(programmes, measures, known), some)
            yield from _changed(touched, added, programmes, measures, days=known, day=day)
            added = set()


def _changed(
    touched: set[int],
    added: set[int],
    programmes: Stood,
    measures: Stood,
    *,
    days: Stood,
    day: date,
) -> Iterator[Changed]:
    for some in in_parts(sorted(touched), PART):
        found = Measure.objects.filter(pk__in=some).select_related("programme")
        for measure in found.prefetch_related("occurrences"):
            now, then = measure.programme, None
            if measure.pk not in added:
                programme = _as_it_was(now, programmes.get(now.pk) or {})
                before = measures.get(measure.pk) or {}
                then = _measure_then(measure, now, programme, before, settled=days, day=day)
            yield Changed(measure.pk, measure.programme_id, then)


def _of_programmes(measures: set[int], programmes: set[int]) -> set[int]:
    """Those of the measures that belong to these programmes; looked up by what is fewer."""
    found, every = set[int](), Measure.objects.order_by()
    if len(measures) <= len(programmes):
        for some in in_parts(sorted(measures), PART):
            told = every.filter(pk__in=some).values_list("pk", "programme")
            found.update(pk for pk, programme in told if programme in programmes)
        return found
    for some in in_parts(sorted(programmes), PART):
        own = every.filter(programme__in=some).values_list("pk", flat=True)
        found.update(measures.intersection(own))
    return found


def _touched(programmes: Stood, measures: Stood, days: Stood) -> set[int]:
    """The measures of which other days may have stood before these changes."""
    found = {pk for pk, before in measures.items() if before and _RULE & before.keys()}
    undone = [pk for pk, before in days.items() if before and any(map(before.get, _UNDONE))]
    for some in in_parts(undone, PART):
        of_days = Occurrence.objects.filter(pk__in=some).order_by()
        found.update(of_days.values_list("measure", flat=True))
    moved = [pk for pk, before in programmes.items() if before and _PERIOD & before.keys()]
    for some in in_parts(moved, PART):
        found.update(Measure.objects.filter(programme__in=some).values_list("pk", flat=True))
    return found


def _measure_then(
    measure: Measure,
    now: Programme,
    programme: Programme,
    before: Before,
    *,
    settled: Stood,
    day: date,
) -> Measure:
    """A measure as it was, in its programme as that was; `now` is the programme of today."""
    then: Measure = _as_it_was(measure, before)
    then.programme = programme
    days = [_day_then(one, settled.get(one.pk), day) for one in measure.occurrences.all()]
    is_same_rule = (then.due, programme.period) == (measure.due, now.period)
    is_struck_since = measure.struck_on is not None and then.struck_on is None
    if _RULE & before.keys() or programme.period != now.period:
        told = days_of_deadlines(then, programme.period, days, day)
        then.dropped = len(told.dropped) or None
        if is_same_rule and not is_struck_since:
            for one in days:
                one.first_due_on = told.first.get(one.due_on)
        else:
            days = list(_days_by_rule(measure, then, days, told.first))
    if then.struck_on is not None:
        for one in days:
            one.withdrawn = one.withdrawn or one.done_on is None
    fetched = Occurrence.objects.filter(measure=measure.pk)
    fetched._result_cache = days
    along = getattr(measure, "_prefetched_objects_cache", {})
    then.__dict__["_prefetched_objects_cache"] = {**along, "occurrences": fetched}
    return then


def _days_by_rule(
    measure: Measure, then: Measure, known: Iterable[Occurrence], first: Mapping[date, date | None]
) -> Iterable[Occurrence]:
    """What the rule of then asked for, with what is known of those days, whatever became of them.

    A day is known by the one that was agreed first for it. One that was corrected since is none of
    those: it is found as the day of today whose place it took.
    """
    by_held = {one.held_against: one for one in known}
    windows = {one.end: one for one in occurrences(then.due.within(then.programme.period))}
    found = {day: by_held.pop(first.get(day) or day, None) for day in windows}
    others = {one.due_on: one for one in by_held.values() if not one.withdrawn}
    missing = [day for day, one in found.items() if one is None]
    alone = len(others) == len(windows) == 1
    standing = {day: others[day].done_on is None for day in sorted(others)}
    for today, day in successors(measure.due, then.due, standing, missing, alone=alone).items():
        found[day] = others[today]
    for day, window in windows.items():
        one = found[day] or Occurrence(due_on=day)
        one.measure, one.programme, one.opens_on = then, then.programme, window.start
        one.due_on, one.first_due_on, one.withdrawn = day, first.get(day), False
        yield one


def _day_then(occurrence: Occurrence, before: Before | None, day: date) -> Occurrence:
    """A day as it was disputed then, and settled if it was: what was re-opened since too."""
    then, before = copy(occurrence), before or {}
    if "disputed_since" in before:
        _put(then, "disputed_since", before["disputed_since"])
    if then.done_on is None or then.done_on > day:
        for name in ("done_on", "done_note", "given_up"):
            if name in before:
                _put(then, name, before[name])
    return then


def _as_it_was(record: Any, before: Before) -> Any:
    then = copy(record)
    for name, value in before.items():
        _put(then, name, value)
    return then


def _put(record: models.Model, name: str, value: Any) -> None:
    """A stored value in its column; what is no column any more is left out."""
    try:
        column: Any = record._meta.get_field(name)
    except FieldDoesNotExist:
        return
    if column.concrete and not column.is_relation:
        setattr(record, name, column.to_python(value))
