"""How an action leaves its trace: open a `Trail`, tell it what was touched, and record it last."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import lru_cache
from operator import attrgetter
from typing import Any, Protocol

from django.db import models, transaction
from django.dispatch import Signal
from django.utils import timezone

from comity.audit.models import Entry, Event, Head, Latest, Note, canonical, event_hash
from comity.lib.inserting import insert_rows

#: Sent inside the transaction of each write, with `event` and `entries`.
recorded = Signal()


class Actor(Protocol):
    """Whoever acts: a signed-in person, or the installation itself (no id)."""

    @property
    def pk(self) -> Any: ...

    def __str__(self) -> str: ...


def plain(value: Any) -> Any:
    """A field's value as JSON keeps it: dates in ISO 8601, decimals as text."""
    if value is None or type(value) in (str, int, bool):
        return value
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    return value


def snapshot(record: models.Model) -> dict[str, Any]:
    """The stored fields of a record as JSON values; foreign keys by their id."""
    names, read = _audited(record._meta.model)
    return {name: plain(value) for name, value in zip(names, read(record), strict=True)}


@lru_cache
def _audited(
    model: type[models.Model],
) -> tuple[list[str], Callable[[models.Model], tuple[Any, ...]]]:
    """The names of the fields that the trail tells of, and how to read them all."""
    untold = ("id", *getattr(model, "not_audited", ()))
    stored = [column.attname for column in model._meta.concrete_fields]
    names = [name for name in stored if name not in untold]
    if len(names) == 1:
        return names, lambda record: (getattr(record, names[0]),)
    return names, attrgetter(*names)


@dataclass(slots=True)
class Trail:
    """Collects what one act touched. Call `record` once, last, inside the act's transaction."""

    verb: str
    by: Actor
    reason: str = ""
    entries: list[Note] = field(default_factory=list)

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
            Note(len(self.entries), record._meta.label_lower, record.pk, kind, changes)
        )

    def record(self) -> Event:
        """Adds the event to the chain and tells those who listen, such as the search index."""
        return record_event(self.verb, self.by, self.reason, self.entries)


def record_event(verb: str, by: Actor, reason: str, entries: Iterable[Note]) -> Event:
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError(f"{verb} must be recorded inside the transaction of its write.")
    entries = list(entries)
    head = _locked_head()
    event = Event(
        seq=head.seq + 1,
        at=timezone.now(),
        actor_id=by.pk,
        actor_name=str(by),
        verb=verb,
        reason=reason,
        previous_hash=head.hash,
    )
    changes = [canonical(entry.changes) for entry in entries]
    event.hash = event_hash(event, entries, changes)
    _insert(event, entries, changes)
    Head.objects.filter(pk=1).update(seq=event.seq, hash=event.hash)
    rooms = sorted({entry.model.split(".")[0] for entry in entries})
    Latest.objects.bulk_create(
        [Latest(room=room, hash=event.hash) for room in rooms],
        update_conflicts=True,
        unique_fields=["room"],
        update_fields=["hash"],
    )
    recorded.send(sender=Event, event=event, entries=entries)
    return event


def _locked_head() -> Head:
    heads = Head.objects.select_for_update()
    head = heads.filter(pk=1).first()
    if head is None:  # the first event of all
        Head.objects.get_or_create(pk=1)
        head = heads.get(pk=1)
    return head


def _insert(event: Event, entries: list[Note], changes: list[str]) -> None:
    event.save(force_insert=True)
    insert_rows(
        Entry,
        ("event", "position", "model", "record_id", "kind", "changes"),
        (
            (event.seq, e.position, e.model, e.record_id, e.kind, told)
            for e, told in zip(entries, changes, strict=True)
        ),
    )


class Installation:
    """Stands for the installation itself where no person acts: a command, the example."""

    pk = None

    def __str__(self) -> str:
        return "comity"
