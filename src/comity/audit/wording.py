"""Changes in the words of the forms: labels instead of field names, names instead of ids."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.contrib.auth import get_user_model
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from comity.lib import wording


@dataclass(frozen=True, slots=True)
class ToldChange:
    label: str
    before: str
    after: str


def told(model: type[models.Model], changes: dict[str, Any], reader: Any) -> list[ToldChange]:
    """One line for each field that changed; fields that no form shows are left out.

    Another record is named to a reader who may see it; to others it is its number.
    """
    lines = []
    besides = getattr(model, "audited_besides", {})
    people = () if reader.is_authenticated else getattr(model, "names_people", ())
    for name, (before, after) in changes.items():
        if name in besides:
            named, in_words = besides[name]
            lines.append(ToldChange(str(named), in_words(before), in_words(after)))
            continue
        column = _column(model, name)
        label = _label(column) if column and name not in ("id", "version", *people) else ""
        if column is None or not label:
            continue
        old, new = _in_words(column, before, reader), _in_words(column, after, reader)
        if old or new:
            lines.append(ToldChange(label, old, new))
    return lines


def _label(column: "models.Field[Any, Any]") -> str:
    """What the forms call a column; empty for what the program keeps for itself, without a name."""
    named = str(column.verbose_name)
    if named != column.name.replace("_", " ") or isinstance(column.verbose_name, Promise):
        return named
    if isinstance(column, models.ForeignKey):
        return str(column.related_model._meta.verbose_name)
    return ""


def _column(model: type[models.Model], name: str) -> "models.Field[Any, Any] | None":
    try:
        column = model._meta.get_field(name.removesuffix("_id"))
    except FieldDoesNotExist:
        column = next((f for f in model._meta.concrete_fields if f.attname == name), None)  # type: ignore[assignment]  # a field or none
    return column if isinstance(column, models.Field) else None


def _in_words(column: "models.Field[Any, Any]", value: Any, reader: Any) -> str:
    if value is None or value == "":
        return ""
    if isinstance(column, models.ForeignKey):
        found = (
            _seen(column.remote_field.model, reader)
            .filter(**{column.target_field.attname: value})
            .first()
        )
        return str(found) if found else f"№ {value}"
    if column.choices:
        return str(dict(column.flatchoices).get(value, value))
    return _written(column, value)


def _written(column: "models.Field[Any, Any]", value: Any) -> str:
    """A stored value as a page writes one."""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(column, models.DateTimeField):
        return wording.moment(datetime.fromisoformat(value))
    if isinstance(column, models.DateField):
        return wording.day(date.fromisoformat(value))
    if isinstance(column, models.DecimalField):
        return wording.number(Decimal(value))
    return str(value)


def _seen(model: type[models.Model], reader: Any) -> "models.QuerySet[Any]":
    """Records that may be named: what a room lets the reader see, people to those with an account.

    Models that have no say of their own are parts of the record whose history it is.
    """
    manager: Any = model._default_manager
    if hasattr(manager, "visible_to"):
        seen: models.QuerySet[Any] = manager.visible_to(reader)
        return seen
    if model is get_user_model() and not reader.is_authenticated:
        return model._base_manager.none()
    return model._base_manager.all()
