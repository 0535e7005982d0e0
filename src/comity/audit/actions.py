"""How an action leaves its trace: open a `Trail`, tell it what was touched, and record it last."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any, Protocol

from django.db import models, transaction
from django.dispatch import Signal
from django.utils import timezone

from comity.audit.models import Entry, Event, Head, Latest, event_hash

#: Sent inside the transaction of each write, with `event` and `entries`.
recorded = Signal()


class Actor(Protocol):
    """Whoever acts: a signed-in person, or the installation itself (no id)."""

    @property
    def pk(self) -> Any: ...

    def __str__(self) -> str: ...


def plain(value: Any) -> Any:
    """A field's value as JSON keeps it: dates in ISO 8601, decimals as text."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    return value


def snapshot(record: models.Model) -> dict[str, Any]:
    """The stored fields of a record as JSON values; foreign keys by their id."""
    return {
        column.attname: plain(getattr(record, column.attname))
        for column in record._meta.concrete_fields
        if column.attname != "id" and column.attname not in getattr(record, "not_audited", ())
    }


@dataclass(slots=True)
class Trail:
    """Collects what one act touched. Call `record` once, last, inside the act's transaction."""

    verb: str
    by: Actor
    reason: str = ""
    entries: list[Entry] = field(default_factory=list)

    def created(self, *records: models.Model) -> None:
        for record in records:
            after = {name: [None, value] for name, value in snapshot(record).items()}
            self._note(record, "created", after)

    def changed(self, record: models.Model, before: dict[str, Any]) -> None:
        """Notes what differs from `before`, an earlier `snapshot`; nothing if nothing does."""
        after = snapshot(record)
        differing = {
            name: [before.get(name), value]
            for name, value in after.items()
            if before.get(name) != value
        }
        if differing:
            self._note(record, "changed", differing)

    def removed(self, *records: models.Model) -> None:
        for record in records:
            before = {name: [value, None] for name, value in snapshot(record).items()}
            self._note(record, "removed", before)

    def _note(self, record: models.Model, kind: str, changes: dict[str, Any]) -> None:
        self.entries.append(
            Entry(
                position=len(self.entries),
                model=record._meta.label_lower,
                record_id=record.pk,
                kind=kind,
                changes=changes,
            )
        )

    def record(self) -> Event:
        """Adds the event to the chain and tells those who listen, such as the search index."""
        return record_event(self.verb, self.by, self.reason, self.entries)


def record_event(verb: str, by: Actor, reason: str, entries: Iterable[Entry]) -> Event:
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError(f"{verb} must be recorded inside the transaction of its write.")
    entries = list(entries)
    Head.objects.get_or_create(pk=1)
    head = Head.objects.select_for_update().get(pk=1)
    event = Event(
        seq=head.seq + 1,
        at=timezone.now(),
        actor_id=by.pk,
        actor_name=str(by),
        verb=verb,
        reason=reason,
        previous_hash=head.hash,
    )
    event.hash = event_hash(event, entries)
    event.save(force_insert=True)
    for entry in entries:
        entry.event = event
    Entry.objects.bulk_create(entries, batch_size=500)
    head.seq, head.hash = event.seq, event.hash
    head.save()
    rooms = sorted({entry.model.split(".")[0] for entry in entries})
    Latest.objects.bulk_create(
        [Latest(room=room, hash=event.hash) for room in rooms],
        update_conflicts=True,
        unique_fields=["room"],
        update_fields=["hash"],
    )
    recorded.send(sender=Event, event=event, entries=entries)
    return event


class Installation:
    """Stands for the installation itself where no person acts: a command, the example."""

    pk = None

    def __str__(self) -> str:
        return "comity"
