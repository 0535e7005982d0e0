"""Keeps the occurrences of measures in step with their due rules, without losing any work."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Any

from django.db import models
from django.utils import timezone

from comity.audit.actions import Trail, snapshot
from comity.audit.past import on_trail
from comity.lib.inserting import insert_rows, update_records
from comity.lib.periods import Period
from comity.programmes.due import occurrences
from comity.programmes.former_deadlines import days_of_deadlines, first_of
from comity.programmes.models import Measure, Occurrence
from comity.programmes.models.measure import NEVER

#: What a new occurrence is made of.
COLUMNS = (
    "measure", "programme", "opens_on", "due_on", "first_due_on", "done_on", "done_note",
    "withdrawn", "given_up",
)  # fmt: skip


def insert_occurrences(
    windows: Iterable[tuple[Measure, Period]],
    first: Mapping[tuple[int, date], date] = MappingProxyType({}),
) -> None:
    """One occurrence for each window of a saved measure.

    `first` are the days agreed first for some, by the key of the measure and the day.
    """
    insert_rows(
        Occurrence,
        COLUMNS,
        (
            (
                measure.pk,
                measure.programme_id,
                window.start,
                window.end,
                first.get((measure.pk, window.end)),
                None,
                "",
                False,
                False,
            )
            for measure, window in windows
        ),
    )


def regenerate_occurrences(
    measures: Sequence[Measure], period: Period | None, corrected: Collection[int] = ()
) -> None:
    """Follows the due rules of measures of one programme, in a few queries for all of them.

    Occurrences whose day still fits stay. Of the others, those on which something was built are
    withdrawn and the rest deleted; withdrawn ones that fit again come back. Runs inside the
    transaction of the act that changed a rule or the programme's `period`. Of a measure that is
    struck out, what is not settled is withdrawn, and nothing is added.

    A day that takes the place of another, the first new one that of the first that is open and does
    not fit any more, keeps which day was agreed first; not of measures that are `corrected`, by
    their keys: there only what was kept before goes on. How many days passed undone and have
    nothing in their place is kept with the measure (`Measure.dropped`).
    """
    kept = _by_measure_and_day(measures)
    added, moved, unfitting, struck = [], [], [], []
    first: dict[tuple[int, date], date] = {}
    today = timezone.localdate()
    for measure in measures:
        known = kept[measure.pk]
        if measure.struck_on is not None:
            struck += [o for o in known.values() if o.done_on is None and not o.withdrawn]
            continue
        wanted = {window.end: window for window in occurrences(measure.due.within(period))}
        new = sorted(day for day in wanted if day not in known)
        gone = sorted(day for day in known if day not in wanted and _is_open(known[day]))
        agreed = [
            known[day].first_due_on if measure.pk in corrected else known[day].held_against
            for day in gone
        ]
        first |= {(measure.pk, day): held for day, held in first_of(new, agreed).items()}
        added += [(measure, wanted[day]) for day in new]
        moved += [known[day] for day in wanted if day in known and _follow(known[day], wanted[day])]
        unfitting += [known[day] for day in known if day not in wanted]
        if measure.former_dues:
            told = days_of_deadlines(measure, period, known.values(), today)
            measure.dropped = len(told.dropped) or None
    _take_away([occurrence for occurrence in unfitting if not occurrence.withdrawn])
    for occurrence in struck:
        occurrence.withdrawn = True
    update_records([*moved, *struck], ["opens_on", "withdrawn"])
    update_records([measure for measure in measures if measure.former_dues], ["dropped"])
    insert_occurrences(added, first)
    note_what_is_next(measures)


def _by_measure_and_day(measures: Sequence[Measure]) -> dict[int, dict[date, Occurrence]]:
    found: dict[int, dict[date, Occurrence]] = defaultdict(dict)
    for occurrence in Occurrence.objects.filter(measure__in=measures).select_for_update():
        found[occurrence.measure_id][occurrence.due_on] = occurrence
    return found


def _is_open(occurrence: Occurrence) -> bool:
    return occurrence.done_on is None and not occurrence.withdrawn


def _follow(occurrence: Occurrence, wanted: Period) -> bool:
    """Brings a standing or withdrawn occurrence in line; whether anything changed."""
    differs = occurrence.withdrawn or occurrence.opens_on != wanted.start
    occurrence.withdrawn, occurrence.opens_on = False, wanted.start
    return differs


def _take_away(unfitting: list[Occurrence]) -> None:
    """Keeps those that the trail tells of too: a past day may have found them settled."""
    used = {occurrence.pk for occurrence in built_upon(unfitting)}
    used |= on_trail(Occurrence, [occurrence.pk for occurrence in unfitting])
    Occurrence.objects.filter(pk__in=used).update(withdrawn=True)
    Occurrence.objects.filter(pk__in={o.pk for o in unfitting} - used).delete()


@dataclass(frozen=True, slots=True)
class Settlement:
    """What the reports on an occurrence come to; all empty while it is open and undisputed."""

    done_on: date | None = None
    note: str = ""
    given_up: bool = False
    disputed_since: date | None = None


def note_settlement(occurrence: Occurrence, settlement: Settlement, trail: Trail) -> None:
    """Keeps it with the occurrence, inside the act that led to it; the caller checks who may."""
    before = snapshot(occurrence)
    occurrence.done_on, occurrence.done_note = settlement.done_on, settlement.note
    occurrence.given_up = settlement.given_up
    occurrence.disputed_since = settlement.disputed_since
    if snapshot(occurrence) == before:
        return
    occurrence.save(update_fields=["done_on", "done_note", "given_up", "disputed_since"])
    note_what_is_next([occurrence.measure])
    trail.changed(occurrence, before)


def built_upon(occurrences: Sequence[Occurrence]) -> list[Occurrence]:
    """Those that somebody settled, or that a record of any room points at."""
    pointed = pointed_at(occurrences)
    return [o for o in occurrences if o.done_on or o.done_note or o.pk in pointed]


def pointed_at(records: Sequence[models.Model]) -> set[Any]:
    """Keys of those of some records of one model that another record refers to.

    Records that say `goes_along` are no work that would be lost, as that somebody was reminded.
    """
    if not records:
        return set()
    found: set[Any] = set()
    for relation in records[0]._meta.related_objects:
        pointing: Any = relation.related_model
        if getattr(pointing, "goes_along", False):
            continue
        name = relation.field.name
        found.update(
            pointing._base_manager.filter(**{f"{name}__in": records}).values_list(
                f"{name}__pk", flat=True
            )
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
    update_records(measures, ["next_due", "next_opens"])
