"""Keeps the occurrences of measures in step with their due rules, without losing any work."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import models

from comity.lib.periods import Period
from comity.programmes.due import occurrences
from comity.programmes.models import Measure, Occurrence
from comity.programmes.models.measure import NEVER


def planned(measure: Measure, period: Period | None) -> list[Occurrence]:
    """The occurrences that the due rule of a measure asks for, not saved."""
    return [
        Occurrence(
            measure=measure,
            programme_id=measure.programme_id,
            opens_on=window.start,
            due_on=window.end,
        )
        for window in occurrences(measure.due.within(period))
    ]


def regenerate_occurrences(measures: Sequence[Measure], period: Period | None) -> None:
    """Follows the due rules of measures of one programme, in a few queries for all of them.

    Occurrences whose day still fits stay. Of the others, those on which something was built are
    withdrawn and the rest deleted; withdrawn ones that fit again come back. Runs inside the
    transaction of the act that changed a rule or the programme's `period`.
    """
    kept = _by_measure_and_day(measures)
    added, moved, unfitting = [], [], []
    for measure in measures:
        known = kept[measure.pk]
        wanted = {occurrence.due_on: occurrence for occurrence in planned(measure, period)}
        added += [wanted[day] for day in wanted if day not in known]
        moved += [known[day] for day in wanted if day in known and _follow(known[day], wanted[day])]
        unfitting += [known[day] for day in known if day not in wanted]
    _take_away([occurrence for occurrence in unfitting if not occurrence.withdrawn])
    Occurrence.objects.bulk_update(moved, ["opens_on", "withdrawn"])
    Occurrence.objects.bulk_create(added)
    note_what_is_next(measures)


def _by_measure_and_day(measures: Sequence[Measure]) -> dict[int, dict[date, Occurrence]]:
    found: dict[int, dict[date, Occurrence]] = defaultdict(dict)
    for occurrence in Occurrence.objects.filter(measure__in=measures).select_for_update():
        found[occurrence.measure_id][occurrence.due_on] = occurrence
    return found


def _follow(occurrence: Occurrence, wanted: Occurrence) -> bool:
    """Brings a standing or withdrawn occurrence in line; whether anything changed."""
    differs = occurrence.withdrawn or occurrence.opens_on != wanted.opens_on
    occurrence.withdrawn, occurrence.opens_on = False, wanted.opens_on
    return differs


def _take_away(unfitting: list[Occurrence]) -> None:
    used = {occurrence.pk for occurrence in built_upon(unfitting)}
    Occurrence.objects.filter(pk__in=used).update(withdrawn=True)
    Occurrence.objects.filter(pk__in={o.pk for o in unfitting} - used).delete()


def built_upon(occurrences: Sequence[Occurrence]) -> list[Occurrence]:
    """Those that somebody settled, or that a record of any room points at."""
    pointed = pointed_at(occurrences)
    return [o for o in occurrences if o.done_on or o.done_note or o.pk in pointed]


def pointed_at(records: Sequence[models.Model]) -> set[Any]:
    """Keys of those of some records of one model that another record refers to."""
    if not records:
        return set()
    found: set[Any] = set()
    for relation in records[0]._meta.related_objects:
        pointing: Any = relation.related_model
        name = relation.field.name
        found.update(
            pointing._base_manager.filter(**{f"{name}__in": records}).values_list(f"{name}__pk", flat=True)
        )
    return found


def note_what_is_next(measures: Sequence[Measure]) -> None:
    """Keeps the first open day of each measure beside it."""
    opened = (
        Occurrence.objects.filter(measure__in=measures)
        .open()
        .order_by()
        .values_list("measure")
        .annotate(models.Min("due_on"), models.Min("opens_on"))
    )
    first = {measure: (due, opens) for measure, due, opens in opened}
    for measure in measures:
        measure.next_due, measure.next_opens = first.get(measure.pk, (NEVER, NEVER))
    Measure.objects.bulk_update(measures, ["next_due", "next_opens"])
