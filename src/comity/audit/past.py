"""What stood at a past moment, and how much of it a reader may see.

That is what was recorded while the record was open to them.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils import timezone

from comity.audit.models import Entry, Event


@dataclass(frozen=True, slots=True)
class Past:
    """The stretches of events in which a record was closed to a reader.

    Each from the event that closed it to the one that opened it, which tells what stood before.
    """

    closed: tuple[tuple[int, int], ...] = ()

    def among(self, entries: "models.QuerySet[Entry]") -> "models.QuerySet[Entry]":
        """Those entries that were recorded while the record was open to the reader."""
        hidden = Q()
        for first, last in self.closed:
            hidden |= Q(event__gte=first, event__lte=last)
        return entries.exclude(hidden) if self.closed else entries

    def was_open_at(self, moment: datetime) -> bool:
        if not self.closed:
            return True
        latest = Event.objects.filter(at__lte=moment).order_by("-seq").values_list("seq").first()
        return latest is None or not any(f <= latest[0] < last for f, last in self.closed)


def end_of(day: date) -> datetime:
    """The last moment of a day, where the register stands."""
    return timezone.make_aware(datetime.combine(day, time.max))


def stood_at(
    model: type[models.Model], keys: Collection[int] | None, moment: datetime
) -> dict[int, dict[str, Any] | None]:
    """What was changed since a moment, as it stood before: by key the stored values by field.

    None for a record that was made since; nothing of one that did not change. Of all records of
    the model if no keys are given. One query.
    """
    found: dict[int, dict[str, Any] | None] = {}
    for key, kind, changes in _since(model, keys, moment):
        before = found.setdefault(key, None if kind == "created" else {})
        if before is not None:
            for name, (was, _became) in changes.items():
                before.setdefault(name, was)
    return found


def stood_first(
    model: type[models.Model], keys: Collection[int] | None, moment: datetime, but: str = ""
) -> dict[int, dict[str, Any]]:
    """The same, but a record that was made since is told as it was first recorded.

    Changes by events of the verb `but` are told as if they had always stood.
    """
    found: dict[int, dict[str, Any]] = {}
    for key, _kind, changes in _since(model, keys, moment, but).exclude(kind="created"):
        for name, (was, _became) in changes.items():
            found.setdefault(key, {}).setdefault(name, was)
    return found


def _since(
    model: type[models.Model], keys: Collection[int] | None, moment: datetime, but: str = ""
) -> Any:
    since = Entry.objects.filter(model=model._meta.label_lower, event__at__gt=moment)
    if keys is not None:
        since = since.filter(record_id__in=keys)
    if but:
        since = since.exclude(event__verb=but)
    return since.order_by("event_id", "position").values_list("record_id", "kind", "changes")


def was_on_record(record: models.Model, moment: datetime) -> bool:
    """Whether the trail tells that a record was made by a moment."""
    return _made(type(record), moment).filter(record_id=record.pk).exists()


def made_by(model: type[models.Model], moment: datetime) -> set[int]:
    """Keys of all records that were made by a moment, as the trail tells."""
    return set(_made(model, moment).values_list("record_id", flat=True))


def made_since(model: type[models.Model], moment: datetime) -> set[int]:
    """Keys of all records that were made after a moment, as the trail tells."""
    label = model._meta.label_lower
    made = Entry.objects.filter(model=label, kind="created", event__at__gt=moment)
    return set(made.values_list("record_id", flat=True))


def on_trail(model: type[models.Model], keys: Collection[int]) -> set[int]:
    """Keys of those of some records of which the trail tells anything."""
    if not keys:
        return set()
    told = Entry.objects.filter(model=model._meta.label_lower, record_id__in=keys)
    return set(told.order_by().values_list("record_id", flat=True))


def _made(model: type[models.Model], moment: datetime) -> "models.QuerySet[Entry]":
    label = model._meta.label_lower
    return Entry.objects.filter(model=label, kind="created", event__at__lte=moment)


def past_of(record: models.Model, reader: Any) -> Past:
    """What of the past of a record that the reader sees today was closed to them.

    A record has a `visibility`, or names in `seen_with` the record whose visibility decides; the
    query set of that one answers `visible_if`. The past of all others is open.
    """
    deciding = getattr(record, getattr(record, "seen_with", ""), record)
    if deciding is None or not hasattr(deciding, "visibility"):
        return Past()
    changes = list(_changes_of_visibility(deciding))
    met = {level for _event, before, after in changes for level in (before, after) if level}
    shut = {level for level in met if not _is_open(deciding, level, reader)}
    return Past(tuple(_stretches(changes, shut))) if shut else Past()


def _changes_of_visibility(record: models.Model) -> Iterator[tuple[int, str | None, str | None]]:
    entries = Entry.objects.filter(
        model=record._meta.label_lower, record_id=record.pk, changes__has_key="visibility"
    )
    told = entries.order_by("event_id", "position").values_list("event_id", "changes")
    for event, changes in told:
        before, after = changes["visibility"]
        yield event, before, after


def _is_open(record: Any, level: str, reader: Any) -> bool:
    if level == record.visibility:
        return True
    would_see = type(record)._default_manager.visible_if(level, reader)
    return bool(would_see.filter(pk=record.pk).exists())


def _stretches(
    changes: list[tuple[int, str | None, str | None]], shut: set[str]
) -> Iterator[tuple[int, int]]:
    """From each event after which the record was shut to the one after which it no longer was."""
    since = 0 if changes[0][1] in shut else None
    for event, _before, after in changes:
        if since is None and after in shut:
            since = event
        elif since is not None and after not in shut:
            yield since, event
            since = None
