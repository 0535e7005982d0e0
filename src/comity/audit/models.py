"""Who changed what, when and why: an append-only chain of hashes."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

FIRST_HASH = "0" * 64


class Head(models.Model):
    """The end of the chain; its row is locked while an event is added, so the chain never forks."""

    seq = models.PositiveBigIntegerField(default=0)
    hash = models.CharField(max_length=64, default=FIRST_HASH)

    class Meta:
        verbose_name = _("end of the audit chain")

    def __str__(self) -> str:
        return f"{self.seq}: {self.hash}"


class AppendOnly(models.QuerySet[Any]):
    def update(self, **_values: Any) -> int:
        raise AuditIsAppendOnly

    def delete(self) -> tuple[int, dict[str, int]]:
        raise AuditIsAppendOnly


class AuditIsAppendOnly(Exception):
    def __init__(self) -> None:
        super().__init__("The audit trail is only added to; its events are never changed.")


class Event(models.Model):
    """One act of one person: a verb, the records it touched, and why."""

    seq = models.PositiveBigIntegerField(primary_key=True)
    at = models.DateTimeField(db_index=True)
    actor_id = models.BigIntegerField(null=True)
    actor_name = models.CharField(max_length=200)
    verb = models.CharField(max_length=60)
    reason = models.TextField(blank=True)
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    objects = AppendOnly.as_manager()

    class Meta:
        verbose_name = _("audit event")
        verbose_name_plural = _("audit events")
        ordering = ("seq",)

    def __str__(self) -> str:
        return f"{self.seq} {self.verb}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise AuditIsAppendOnly
        super().save(*args, **kwargs)

    def delete(self, *_args: Any, **_kwargs: Any) -> tuple[int, dict[str, int]]:
        raise AuditIsAppendOnly


class Latest(models.Model):
    """The last event that touched records of a room: what was computed before it may be old."""

    room = models.CharField(max_length=40, primary_key=True)
    hash = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("last event of a room")

    def __str__(self) -> str:
        return f"{self.room}: {self.hash}"


class Entry(models.Model):
    """What one event changed in one record.

    `changes` maps field names to `[before, after]`; before is null throughout for a new record,
    after is null throughout for one that was removed.
    """

    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="entries")
    position = models.PositiveIntegerField()
    model = models.CharField(max_length=60)
    record_id = models.BigIntegerField()
    kind = models.CharField(
        max_length=8,
        choices=[("created", "created"), ("changed", "changed"), ("removed", "removed")],
    )
    changes = models.JSONField()

    objects = AppendOnly.as_manager()

    class Meta:
        verbose_name = _("audit entry")
        verbose_name_plural = _("audit entries")
        ordering = ("event", "position")
        indexes = [
            models.Index(fields=["model", "record_id", "event"]),
            models.Index(
                fields=["model", "record_id"],
                condition=models.Q(kind="removed"),
                name="audit_removed",
            ),
        ]
        constraints = [models.UniqueConstraint(fields=["event", "position"], name="audit_position")]

    def __str__(self) -> str:
        return f"{self.kind} {self.model} {self.record_id}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise AuditIsAppendOnly
        super().save(*args, **kwargs)

    def delete(self, *_args: Any, **_kwargs: Any) -> tuple[int, dict[str, int]]:
        raise AuditIsAppendOnly


@dataclass(slots=True)
class Note:
    """An entry before it is stored, without the weight of a record."""

    position: int
    model: str
    record_id: int
    kind: str
    changes: dict[str, Any]


def canonical(told: Any) -> str:
    """JSON in one spelling: sorted keys, no spaces, letters as they are."""
    return _CANONICAL.encode(told)


_CANONICAL = json.JSONEncoder(sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def event_hash(event: Event, entries: Sequence[Entry | Note]) -> str:
    """SHA-256 over the previous hash and the event as canonical JSON (sorted keys, UTF-8)."""
    told = {
        "seq": event.seq,
        "at": event.at.isoformat(),
        "actor": [event.actor_id, event.actor_name],
        "verb": event.verb,
        "reason": event.reason,
        "entries": [[e.position, e.model, e.record_id, e.kind, e.changes] for e in entries],
    }
    return hashlib.sha256((event.previous_hash + canonical(told)).encode()).hexdigest()
