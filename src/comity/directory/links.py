"""Everything that points at a record, in this room and in those above, found without importing."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import models

from comity.directory.models import Organisation


@dataclass(frozen=True, slots=True)
class Link:
    """One foreign key by which rows of a model point at another model.

    Many-to-many fields are here too, by the model of their rows.
    """

    model: type[models.Model]
    field: "models.ForeignKey[Any, Any]"

    def rows_of(self, record: models.Model) -> "models.QuerySet[Any]":
        """The rows that point at the record."""
        return self.model._base_manager.filter(**{self.field.name: record}).order_by("pk")

    def repeats(self) -> list[tuple[str, ...]]:
        """The sets of fields, with this one among them, in which no two rows may be alike."""
        together = {tuple(c.fields) for c in self.model._meta.total_unique_constraints}
        together |= {tuple(names) for names in self.model._meta.unique_together}
        if self.field.unique:
            together.add((self.field.name,))
        return sorted(names for names in together if self.field.name in names)

    def twin(self, row: models.Model, target: models.Model) -> models.Model | None:
        """The row already there that forbids this one to point at the target, if there is one."""
        others = self.model._base_manager.exclude(pk=row.pk)
        for names in self.repeats():
            alike = {name: getattr(row, name) for name in names} | {self.field.name: target}
            found = others.filter(**alike).first() if None not in alike.values() else None
            if found is not None:
                return found
        return None


def links_to(model: type[models.Model]) -> Iterator[Link]:
    """All of them, hidden ones (`related_name="+"`) too."""
    for relation in model._meta.get_fields(include_hidden=True):
        if isinstance(relation, models.ManyToOneRel):
            yield Link(relation.related_model, relation.field)


@dataclass(frozen=True, slots=True)
class LinkCount:
    """How many rows of one kind point at an organisation: “measures: responsible body, 12”."""

    label: str
    count: int


def counted_links(organisation: Organisation) -> list[LinkCount]:
    """What a merger of this organisation would move; one query for each kind of link."""
    counted = []
    for link in links_to(Organisation):
        count = link.rows_of(organisation).count()
        if count:
            label = f"{link.model._meta.verbose_name_plural} ({link.field.verbose_name})"
            counted.append(LinkCount(label, count))
    return sorted(counted, key=lambda link: link.label)
