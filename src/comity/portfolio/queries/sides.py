"""On which side it hangs: what a side itself did in time, though the whole was late."""

from collections import Counter
from collections.abc import Collection, Iterable
from datetime import date
from typing import Any

from django.db.models import Count, F, OuterRef, Q
from django.db.models.functions import Coalesce

from comity.programmes.models import Occurrence
from comity.reporting.models import Report
from comity.reporting.models.report import STANDING, Outcome


def done_in_time(side: str) -> Any:
    """Accepted reports of a side that an occurrence was done by the day agreed first for it.

    For an `Exists` over occurrences; `side` leads from one to the code of the side.
    """
    held = Coalesce(OuterRef("first_due_on"), OuterRef("due_on"))
    return Report.objects.filter(
        occurrence=OuterRef("pk"),
        side=OuterRef(side),
        stage__in=STANDING,
        outcome=Outcome.DONE,
        done_on__lte=held,
    )


def did_in_time(occurrences: Iterable[Occurrence]) -> set[tuple[int, str]]:
    """The same of some that are in memory: their keys, each with a side that did it in time."""
    held = {one.pk: one.held_against for one in occurrences if one.pk}
    rows = Report.objects.filter(
        occurrence__in=held, stage__in=STANDING, outcome=Outcome.DONE, done_on__isnull=False
    )
    told = rows.order_by().values_list("occurrence", "side", "done_on")
    return {(pk, side) for pk, side, done_on in told if done_on and done_on <= held[pk]}


def in_time_alone(programmes: Collection[int], day: date) -> "Counter[tuple[int, str]]":
    """By programme and side how many fallen days the side did in time, but not all sides.

    What the sides reported by the day, as it stands accepted today; one query.
    """
    held = Coalesce("occurrence__first_due_on", "occurrence__due_on")
    late = Q(occurrence__done_on=None) | Q(occurrence__done_on__gt=F("held"))
    rows = (
        Report.objects.alias(held=held)
        .filter(
            late,
            programme__in=programmes,
            stage__in=STANDING,
            outcome=Outcome.DONE,
            occurrence__withdrawn=False,
            occurrence__given_up=False,
            held__lt=day,
            done_on__lte=F("held"),
            first_submitted_on__lte=day,
        )
        .order_by()
        .values_list("programme", "side")
        .annotate(days=Count("occurrence", distinct=True))
    )
    return Counter({(programme, side): days for programme, side, days in rows})
