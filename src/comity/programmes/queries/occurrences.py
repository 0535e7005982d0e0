"""What is due and what is late, over all programmes that a person may see."""

from datetime import date

from comity.accounts.rules import Reader
from comity.programmes.models import Occurrence
from comity.programmes.models.occurrence import OccurrenceQuerySet


def due_first(user: Reader, start: date, end: date) -> OccurrenceQuerySet:
    """Open occurrences due from `start` to `end`, the next first."""
    seen = Occurrence.objects.visible_to(user)
    return seen.open().due_between(start, end).order_by("due_on", "pk")


def late_first(user: Reader, day: date) -> OccurrenceQuerySet:
    """Occurrences that `day` finds open and past their day, the latest to fall due first."""
    return Occurrence.objects.visible_to(user).overdue_on(day).order_by("-due_on", "-pk")
