"""What is due and what is late, over all programmes that a person may see."""

from datetime import date

from django.db.models import Count, Q

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


def given_up_and_disputed(user: Reader, day: date) -> tuple[int, int]:
    """How many were given up by a day, and how many open ones are disputed; one query."""
    told = Occurrence.objects.visible_to(user).given_up_or_disputed()
    is_open = Q(done_on=None) | Q(done_on__gt=day)
    counted = told.aggregate(
        given_up=Count("pk", filter=Q(given_up=True, done_on__lte=day)),
        disputed=Count("pk", filter=is_open & Q(disputed_since__lte=day)),
    )
    return counted["given_up"], counted["disputed"]
