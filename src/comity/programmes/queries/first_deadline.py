"""The deadline that a measure came with, which stays on record however often it was moved."""

from datetime import date
from typing import Any

from comity.audit.models import Entry
from comity.programmes.due import DueRule
from comity.programmes.models import Measure


def first_deadline(measure: Measure) -> tuple[DueRule, str] | None:
    """The first due rule and its own text, by the trail; None if the deadline is still that one."""
    changes = Entry.objects.filter(
        model=Measure._meta.label_lower, record_id=measure.pk, kind="created"
    ).values_list("changes", flat=True)
    created = changes.order_by("event").first()
    if created is None:
        return None
    first = DueRule(
        kind=_after(created, "due_kind"),
        start=_day(_after(created, "due_start")),
        end=_day(_after(created, "due_end")),
        recurrence=_after(created, "due_recurrence") or None,
        season=_after(created, "due_season") or None,
    )
    return None if first == measure.due else (first, _after(created, "due_text") or "")


def _after(changes: dict[str, Any], name: str) -> Any:
    return changes.get(name, [None, None])[1]


def _day(written: str | None) -> date | None:
    return date.fromisoformat(written) if written else None
