"""What is due and what is late, over all programmes that a person may see."""

from datetime import date

from django.db.models import QuerySet

from comity.accounts.rules import Reader
from comity.programmes.models import Occurrence


def occurrences_due(user: Reader, start: date, end: date, limit: int) -> list[Occurrence]:
    """Open occurrences due from `start` to `end`, earliest first, each with its measure."""
    due = Occurrence.objects.open().filter(due_on__range=(start, end))
    return _earliest(due.visible_to(user), limit)


def occurrences_overdue(user: Reader, day: date, limit: int) -> list[Occurrence]:
    """Occurrences that `day` finds open and past their day, longest overdue first."""
    return _earliest(Occurrence.objects.overdue_on(day).visible_to(user), limit)


def _earliest(occurrences: "QuerySet[Occurrence]", limit: int) -> list[Occurrence]:
    return list(
        occurrences.select_related("measure__programme", "measure__section").order_by(
            "due_on", "pk"
        )[:limit]
    )
