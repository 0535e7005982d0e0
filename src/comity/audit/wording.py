"""Changes in the words of the forms: labels instead of field names, names instead of ids."""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.utils.translation import gettext as _


@dataclass(frozen=True, slots=True)
class ToldChange:
    label: str
    before: str
    after: str


def told(model: type[models.Model], changes: dict[str, Any]) -> list[ToldChange]:
    """One line for each field that changed, in their order; not for those that no form shows."""
    lines = []
    order = {column.attname: place for place, column in enumerate(model._meta.concrete_fields)}
    for name in sorted(changes, key=lambda name: order.get(name, len(order))):
        before, after = changes[name]
        column = _column(model, name)
        if column is None or name in ("id", "path", "version"):
            continue
        old, new = _in_words(column, before), _in_words(column, after)
        if old or new:
            lines.append(ToldChange(str(column.verbose_name), old, new))
    return lines


def _column(model: type[models.Model], name: str) -> "models.Field[Any, Any] | None":
    try:
        column = model._meta.get_field(name.removesuffix("_id"))
    except FieldDoesNotExist:
        column = next((f for f in model._meta.concrete_fields if f.attname == name), None)  # type: ignore[assignment]  # a field or none
    return column if isinstance(column, models.Field) else None


def _in_words(column: "models.Field[Any, Any]", value: Any) -> str:
    if value is None or value == "":
        return ""
    if isinstance(column, models.ForeignKey):
        remote: Any = column.remote_field.model
        found = remote._base_manager.filter(**{column.target_field.attname: value}).first()
        return str(found) if found else f"№ {value}"
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if column.choices:
        return str(dict(column.flatchoices).get(value, value))
    return str(value)
