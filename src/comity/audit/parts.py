"""What belongs to a record and has no page of its own: its history is part of the record's.

A model names such parts in `history_parts`, by the names under which it knows their rows; in
`history_removals` those whose rows have pages, until they are removed.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.db.models import Q

from comity.audit.models import Entry


@dataclass(frozen=True, slots=True)
class Part:
    """Rows of a model that point at a record by the foreign key `key` (its column).

    `shown` is the other key of rows that only join two records. Of rows that have a page of their
    own, only what `is_gone` is told: nothing else leads to it any more.
    """

    model: type[models.Model]
    key: str
    title: str
    one: str
    shown: str = ""
    is_gone: bool = False

    @property
    def label(self) -> str:
        return self.model._meta.label_lower

    def entries_of(self, record: models.Model) -> Q:
        """Which audit entries tell of rows of this record, those that are gone too."""
        removed = Entry.objects.filter(
            model=self.label, kind="removed", **{f"changes__{self.key}__0": record.pk}
        )
        gone = list(removed.order_by().values_list("record_id", flat=True))
        if self.is_gone:
            return Q(model=self.label, kind="removed", record_id__in=gone)
        standing = self.model._base_manager.filter(**{self.key: record.pk}).values("pk")
        return Q(model=self.label) & (Q(record_id__in=standing) | Q(record_id__in=gone))


def parts_of(model: type[models.Model]) -> list[Part]:
    """The parts of records of a model."""
    parts = [_part(model, name) for name in getattr(model, "history_parts", ())]
    gone = [_part(model, name) for name in getattr(model, "history_removals", ())]
    return [*parts, *(replace(part, is_gone=True) for part in gone)]


def _part(model: type[models.Model], name: str) -> Part:
    relation: Any = model._meta.get_field(name)
    if isinstance(relation, models.ManyToManyField):
        key, shown = f"{relation.m2m_field_name()}_id", relation.m2m_reverse_field_name()
        title = str(relation.verbose_name)
        through: Any = relation.remote_field.through
        return Part(through, key, title, title, shown)
    told = relation.related_model._meta
    return Part(
        relation.related_model,
        relation.field.attname,
        str(told.verbose_name_plural),
        str(told.verbose_name),
    )


def entries_about(record: models.Model) -> Q:
    """Which audit entries tell of a record or of a part of it."""
    about = Q(model=record._meta.label_lower, record_id=record.pk)
    for part in parts_of(type(record)):
        about |= part.entries_of(record)
    return about


def name_parts(record: models.Model, entries: Iterable[Entry]) -> None:
    """Notes on each entry its model, what it changed, and which part of the record it tells of.

    An empty part is the record itself. That a part belongs to the record is not told again.
    """
    of_parts = {part.label: part for part in parts_of(type(record))}
    for entry in entries:
        about: Any = entry
        part = of_parts.get(entry.model)
        about.about = part.model if part else type(record)
        own = (part.key, "position") if part else ()
        about.shown = {name: both for name, both in entry.changes.items() if name not in own}
        about.part = f"{part.one}: {_named(part, entry)}" if part else ""


def _named(part: Part, entry: Entry) -> str:
    if entry.kind == "changed":
        row = part.model._base_manager.filter(pk=entry.record_id).first()
        return str(row or f"№ {entry.record_id}")
    after = 0 if entry.kind == "removed" else 1
    return _rebuilt(part, {name: both[after] for name, both in entry.changes.items()})


def parts_as_of(record: models.Model, moment: datetime) -> list[tuple[str, list[str]]]:
    """The parts of a record as they stood at a moment: of each kind their names."""
    parts = [part for part in parts_of(type(record)) if not part.is_gone]
    told = [(part.title, list(_stood(part, record, moment))) for part in parts]
    return [(title, names) for title, names in told if names]


def _stood(part: Part, record: models.Model, moment: datetime) -> Iterator[str]:
    entries = Entry.objects.filter(part.entries_of(record), event__at__lte=moment)
    rows: dict[int, dict[str, Any]] = {}
    for entry in entries.order_by("event_id", "position"):
        if entry.kind == "removed":
            rows.pop(entry.record_id, None)
        else:
            now = {name: after for name, (_before, after) in entry.changes.items()}
            rows[entry.record_id] = {**rows.get(entry.record_id, {}), **now}
    for fields in rows.values():
        if fields.get(part.key) == record.pk:
            yield _rebuilt(part, fields)


def _rebuilt(part: Part, fields: dict[str, Any]) -> str:
    """What a row was called when it had these fields; not every column has to be known."""
    row = part.model()
    for name, value in fields.items():
        try:
            column: Any = part.model._meta.get_field(name.removesuffix("_id"))
        except FieldDoesNotExist:
            continue
        setattr(row, column.attname, column.to_python(value))
    return str(getattr(row, part.shown) if part.shown else row)
