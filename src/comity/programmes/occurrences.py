"""Keeps the occurrences of measures in step with their due rules, without losing any work."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.db import models

from comity.lib.periods import Period
from comity.programmes.due import occurrences
from comity.programmes.models import Measure, Occurrence
from comity.programmes.models.measure import NEVER


def planned(measure: Measure, period: Period | None) -> list[Occurrence]:
    """The occurrences that the due rule asks for, not saved; notes on the measure what is next."""
    windows = occurrences(measure.due.within(period))
    if windows:
        measure.next_due, measure.next_opens = windows[0].end, windows[0].start
    return [
        Occurrence(
            measure=measure,
            programme_id=measure.programme_id,
            opens_on=window.start,
            due_on=window.end,
        )
        for window in windows
    ]


def regenerate_occurrences(measures: Sequence[Measure]) -> None:
    """Follows the due rules of some measures of one programme, in a few queries for all of them.

    Occurrences whose day still fits stay. Of the others, those on which something was built are
    withdrawn and the rest deleted; withdrawn ones that fit again come back. Runs inside the
    transaction of the act that changed the rule.
    """
    if not measures:
        return
    period = measures[0].programme.period
    existing: dict[int, dict[date, Occurrence]] = defaultdict(dict)
    for occurrence in Occurrence.objects.filter(measure__in=measures).select_for_update():
        existing[occurrence.measure_id][occurrence.due_on] = occurrence
    new, moved, unwanted = [], [], []
    for measure in measures:
        wanted = {
            window.end: window.start for window in occurrences(measure.due.within(period))
        }
        known = existing[measure.pk]
        new += [_occurrence(measure, *window) for window in wanted.items() - known.keys()]
    Occurrence.objects.bulk_create(new)
    note_what_is_next(measures)


def note_what_is_next(measures: Iterable[Measure]) -> None:
    raise NotImplementedError
