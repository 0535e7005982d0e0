"""What is due and what is late, over all programmes that a person may see."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q

from comity.accounts.rules import Reader
from comity.lib.paging import COUNTED
from comity.lib.subqueries import CountOf
from comity.programmes.models import Occurrence
from comity.programmes.models.occurrence import OccurrenceQuerySet
from comity.programmes.queries.lists import sides_along


@dataclass(frozen=True, slots=True)
class Deadlines:
    """The first few occurrences that are due, or late, and how many there are of each."""

    due: list[Occurrence]
    late: list[Occurrence]
    #: Both up to one more than `COUNTED`.
    due_count: int
    late_count: int
    given_up: int
    disputed: int


def deadlines(user: Reader, today: date, until: date, each: int) -> Deadlines:
    """What still has to be shown from `today` on, the next first, and what `today` finds late.

    The latest to fall due stands first of what is late. Two queries, over any number of programmes.
    """
    due, late = due_first(user, today, until), late_first(user, today)
    rows: list[Any] = list(
        Occurrence.objects.filter(
            pk__in=_first_of(due, each).union(_first_of(late, each), all=True)
        )
        .select_related("measure", "programme")
        .prefetch_related(sides_along("programme__"))
        .annotate(
            due_=CountOf(due[: COUNTED + 1]),
            late_=CountOf(late[: COUNTED + 1]),
            given_up_=CountOf(_given_up_or_disputed(user).filter(_given_up(today))),
            disputed_=CountOf(_given_up_or_disputed(user).filter(_disputed(today))),
        )
        .order_by("due_on", "pk")
    )
    if not rows:
        seen = Occurrence.objects.visible_to(user)
        return Deadlines([], [], 0, 0, *given_up_and_disputed(seen, today))
    return Deadlines(
        [row for row in rows if row.due_on >= today],
        [row for row in reversed(rows) if row.due_on < today],
        *(rows[0].due_, rows[0].late_, rows[0].given_up_, rows[0].disputed_),
    )


def _first_of(occurrences: OccurrenceQuerySet, count: int) -> Any:
    """Ids of the first few; asked for once more around, as SQLite joins no limited queries."""
    some = Occurrence.objects.filter(pk__in=occurrences.values("pk")[:count])
    return some.order_by().values("pk")


def due_first(user: Reader, start: date, end: date) -> OccurrenceQuerySet:
    """Open occurrences due from `start` to `end`, the next first."""
    seen = Occurrence.objects.visible_to(user)
    return seen.open().due_between(start, end).order_by("due_on", "pk")


def late_first(user: Reader, day: date) -> OccurrenceQuerySet:
    """Occurrences that `day` finds open and past their day, the latest to fall due first."""
    return Occurrence.objects.visible_to(user).overdue_on(day).order_by("-due_on", "-pk")


def given_up_and_disputed(occurrences: OccurrenceQuerySet, day: date) -> tuple[int, int]:
    """How many of these were given up by a day, and how many open ones disputed; one query."""
    counted = occurrences.given_up_or_disputed().aggregate(
        given_up=Count("pk", filter=_given_up(day)), disputed=Count("pk", filter=_disputed(day))
    )
    return counted["given_up"], counted["disputed"]


def _given_up_or_disputed(user: Reader) -> OccurrenceQuerySet:
    return Occurrence.objects.visible_to(user).given_up_or_disputed()


def _given_up(day: date) -> Q:
    return Q(given_up=True, done_on__lte=day)


def _disputed(day: date) -> Q:
    return Q(disputed_since__lte=day) & (Q(done_on=None) | Q(done_on__gt=day))
