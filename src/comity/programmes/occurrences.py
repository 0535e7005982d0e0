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
from comity.programmes.due import DueRule, occurrences
from comity.programmes.former_deadlines import days_of_deadlines, first_of
from comity.programmes.models import Measure, Occurrence
from comity.programmes.models.measure import NEVER
from comity.programmes.succession import successors

#: What a new occurrence is made of.
COLUMNS = (
    "measure", "programme", "opens_on", "due_on", "first_due_on", "done_on", "done_note",
    "withdrawn", "given_up",
)  # fmt: skip


def insert_occurrences(windows: Iterable[tuple[Measure, Period]]) -> None:
    """One occurrence for each window of a saved measure."""
    insert_rows(
        Occurrence,
        COLUMNS,
        (
            (
                measure.pk,
                measure.programme_id,
                window.start,
                window.end,
                None,
                None,
                "",
                False,
                False,
            )
            for measure, window in windows
        ),
    )


def regenerate_occurrences(
    measures: Sequence[Measure],
    period: Period | None,
    stood: Mapping[int, DueRule] = MappingProxyType({}),
    corrected: Collection[int] = (),
) -> None:
    """Follows the due rules of measures of one programme, in a few queries for all of them.

    Occurrences whose day still fits stay. Of the others, those in whose place another day comes
    move to it with all that was built on them (`succession`); `stood` are the rules that stood
    before, where they were others, by the keys of the measures. Of the rest those on which
    something was built are withdrawn and the others deleted; withdrawn ones that fit again come
    back. Runs inside the transaction of the act that changed a rule or the programme's `period`.
    Of a measure that is struck out, what is not settled is withdrawn, and nothing is added.

    What moved keeps which day was agreed first; not of measures that are `corrected`, by their
    keys: there only what was kept before goes on. How many days passed undone and have nothing in
    their place is kept with the measure (`Measure.dropped`).
    """
    kept = _by_measure_and_day(measures)
    added, back, moved, unfitting, struck = [], [], [], [], []
    today = timezone.localdate()
    for measure in measures:
        known = kept[measure.pk]
        if measure.struck_on is not None:
            struck += [o for o in known.values() if o.done_on is None and not o.withdrawn]
            continue
        wanted = {window.end: window for window in occurrences(measure.due.within(period))}
        new = sorted(day for day in wanted if day not in known)
        standing = sorted(day for day, one in known.items() if not one.withdrawn)
        gone = {day: known[day].done_on is None for day in standing if day not in wanted}
        pairs = successors(
            stood.get(measure.pk, measure.due),
            measure.due,
            gone,
            new,
            alone=len(standing) == len(wanted) == 1,
        )
        if measure.former_dues:
            told = days_of_deadlines(measure, period, known.values(), today)
            measure.dropped = len(told.dropped) or None
        for day, follows in pairs.items():
            _move(known[day], wanted[follows], is_correction=measure.pk in corrected)
            moved.append(known[day])
        added += [(measure, wanted[day]) for day in new if day not in pairs.values()]
        back += [known[day] for day in wanted if day in known and _follow(known[day], wanted[day])]
        unfitting += [known[day] for day in gone if day not in pairs]
    _take_away(unfitting)
    for occurrence in struck:
        occurrence.withdrawn = True
    update_records([*back, *struck], ["opens_on", "withdrawn"])
    update_records(moved, ["opens_on", "due_on", "first_due_on"])
    _forget_what_was_said(moved)
    update_records([measure for measure in measures if measure.former_dues], ["dropped"])
    insert_occurrences(added)
    note_what_is_next(measures)


def _move(occurrence: Occurrence, window: Period, *, is_correction: bool) -> None:
    held = occurrence.first_due_on if is_correction else occurrence.held_against
    occurrence.opens_on, occurrence.due_on = window.start, window.end
    occurrence.first_due_on = first_of(window.end, held) if held else None


def _forget_what_was_said(moved: Sequence[Occurrence]) -> None:
    """That somebody was reminded of the day before is no reminder of the new one.

    Records that say `ends_with_its_day` are such.
    """
    for relation in Occurrence._meta.related_objects if moved else ():
        told: Any = relation.related_model
        if getattr(told, "ends_with_its_day", False):
            told._base_manager.filter(**{f"{relation.field.name}__in": moved}).delete()


def lock_measure_of(occurrence: int) -> None:
    """Locks the measure of an occurrence, before that is locked itself.

    Whoever changes a measure takes it before its occurrences; in the other order two acts would
    wait for each other.
    """
    of = Occurrence.objects.filter(pk=occurrence).order_by().values("measure")
    list(Measure.objects.select_for_update(no_key=True).order_by().filter(pk__in=of))


def _by_measure_and_day(measures: Sequence[Measure]) -> dict[int, dict[date, Occurrence]]:
    found: dict[int, dict[date, Occurrence]] = defaultdict(dict)
    for occurrence in Occurrence.objects.filter(measure__in=measures).select_for_update():
        found[occurrence.measure_id][occurrence.due_on] = occurrence
    return found


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
