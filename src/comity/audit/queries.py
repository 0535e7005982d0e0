"""The trail of one record, the record as of a date, and whether the chain is whole."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from django.db import models

from comity.audit.models import FIRST_HASH, Entry, Event, Head, Latest, event_hash
from comity.audit.parts import entries_about


def history_of(record: models.Model) -> "models.QuerySet[Entry]":
    """Entries about a record and its parts, newest first, each with its event."""
    return (
        Entry.objects.filter(entries_about(record))
        .select_related("event")
        .order_by("-event_id", "-position")
    )


def latest_in() -> dict[str, str]:
    """For each room a mark that changes with every write in it; for keys of what is kept ready."""
    return dict(Latest.objects.values_list("room", "hash"))


def end_of_chain() -> str | None:
    """The hash of the last event of all, which every write changes; None before the first."""
    return Head.objects.filter(pk=1).values_list("hash", flat=True).first()


def fields_as_of(model: type[models.Model], pk: int, moment: datetime) -> dict[str, Any] | None:
    """The stored fields of a record as they stood at `moment`; None if it did not exist then."""
    entries = Entry.objects.filter(
        model=model._meta.label_lower, record_id=pk, event__at__lte=moment
    ).order_by("event_id", "position")
    fields: dict[str, Any] | None = None
    for entry in entries:
        if entry.kind == "removed":
            fields = None
        else:
            fields = {
                **(fields or {}),
                **{name: new for name, (_old, new) in entry.changes.items()},
            }
    return fields


@dataclass(frozen=True, slots=True)
class ChainBreak:
    seq: int
    problem: str


def first_break(progress: Callable[[int], None] = lambda seq: None) -> ChainBreak | None:
    """Walks the whole chain and returns its first broken event, or None if it is whole."""
    expected, previous = 1, FIRST_HASH
    for event, entries in _events_with_entries():
        if event.seq != expected:
            return ChainBreak(expected, f"event {expected} is missing")
        if event.previous_hash != previous:
            return ChainBreak(event.seq, f"event {event.seq} does not follow from the one before")
        if event_hash(event, entries) != event.hash:
            return ChainBreak(event.seq, f"event {event.seq} was altered after it was recorded")
        previous = event.hash
        progress(event.seq)
        expected += 1
    head = Head.objects.filter(pk=1).first()
    if head and (head.seq, head.hash) != (expected - 1, previous):
        return ChainBreak(expected, f"events after {expected - 1} are missing")
    return None


def _events_with_entries() -> Iterator[tuple[Event, list[Entry]]]:
    entries = groupby(
        Entry.objects.order_by("event_id", "position").iterator(2000), lambda e: e.event_id
    )
    waiting = next(entries, None)
    for event in Event.objects.order_by("seq").iterator(2000):
        own: list[Entry] = []
        while waiting is not None and waiting[0] <= event.seq:
            group = list(waiting[1])
            own = group if waiting[0] == event.seq else own
            waiting = next(entries, None)
        yield event, own
