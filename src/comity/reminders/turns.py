"""Reports whose turn it is: that came back to whoever reports, or wait for whoever verifies."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import OuterRef, Q, Subquery
from django.utils import timezone

from comity.audit.past import end_of
from comity.programmes.queries.lists import sides_along
from comity.reminders.ladder import Audience
from comity.reminders.models import SaidOfStep
from comity.reminders.people import People
from comity.reporting.models import Report, Step
from comity.reporting.models.report import RETURNED, WAITING

#: For so long after the step they are told of it, if they were not before.
TOLD_FOR = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Turn:
    """A report and the step after which somebody else has to do something about it."""

    report: Report
    step: Step


def turns(day: date, people: People, programme: int | None = None) -> dict[int, list[Turn]]:
    """By the id of each person what is new to them, the oldest first; four queries.

    What came back is told to who reports for the side, what waits to who verifies for it; nobody
    is told of a step of their own.
    """
    since = timezone.make_aware(datetime.combine(day - TOLD_FOR, time.min))
    latest = Step.objects.filter(report=OuterRef("pk")).order_by("-pk").values("pk")[:1]
    reports = Report.objects.filter(
        Q(stage__in=WAITING, submitted_at__gte=since) | Q(stage__in=RETURNED)
    ).annotate(latest=Subquery(latest))
    if programme is not None:
        reports = reports.filter(programme=programme)
    found: list[Any] = list(
        reports.select_related("measure__programme", "occurrence")
        .prefetch_related("measure__responsibilities", sides_along("measure__programme__"))
        .order_by("pk")
    )
    steps = Step.objects.filter(at__gte=since, at__lte=end_of(day)).in_bulk(
        [report.latest for report in found]
    )
    said = set(SaidOfStep.objects.filter(step__in=steps).values_list("user", "step"))
    told: dict[int, list[Turn]] = defaultdict(list)
    for report in found:
        step = steps.get(report.latest)
        for user in _whose_turn(report, people) if step is not None else ():
            if step is not None and user != step.by_id and (user, step.pk) not in said:
                told[user].append(Turn(report, step))
    return {user: sorted(some, key=_by_moment) for user, some in told.items()}


def _by_moment(turn: Turn) -> tuple[datetime, int]:
    return turn.step.at, turn.step.pk


def _whose_turn(report: Report, people: People) -> list[int]:
    audience = Audience.BODY if report.is_returned else Audience.VERIFIER
    bodies = tuple(
        dict.fromkeys(
            one.organisation_id
            for one in report.measure.responsibilities.all()
            if one.organisation_id and one.side in (report.side, "")
        )
    )
    return list(dict.fromkeys(people.told(audience, report.programme_id, report.side, bodies)))
