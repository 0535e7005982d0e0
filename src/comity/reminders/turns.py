"""Reports whose turn it is: that came back to whoever reports, or wait for whoever verifies."""

from collections import defaultdict
from collections.abc import Iterable
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

    @property
    def bodies(self) -> tuple[int, ...]:
        """The organisations named on the side that reports."""
        return tuple(
            dict.fromkeys(
                one.organisation_id
                for one in self.report.measure.responsibilities.all()
                if one.organisation_id and one.side in (self.report.side, "")
            )
        )


def moved(day: date, programme: int | None = None) -> list[Turn]:
    """Reports that came back or wait for a decision, by their latest steps of the last fortnight.

    The oldest step first; three queries.
    """
    since = timezone.make_aware(datetime.combine(day - TOLD_FOR, time.min))
    latest = Step.objects.filter(report=OuterRef("pk")).order_by("-pk").values("pk")[:1]
    rows = Report.objects.filter(
        Q(stage__in=WAITING, submitted_at__gte=since) | Q(stage__in=RETURNED)
    ).annotate(latest=Subquery(latest))
    if programme is not None:
        rows = rows.filter(programme=programme)
    reports: list[Any] = list(
        rows.select_related("measure__programme", "occurrence")
        .prefetch_related("measure__responsibilities", sides_along("measure__programme__"))
        .order_by("pk")
    )
    steps = Step.objects.filter(at__gte=since, at__lte=end_of(day)).in_bulk(
        [report.latest for report in reports]
    )
    found = [Turn(one, steps[one.latest]) for one in reports if one.latest in steps]
    return sorted(found, key=_by_moment)


def turns(some: Iterable[Turn], people: People) -> dict[int, list[Turn]]:
    """By the id of each person what is new to them, in the order given; one query.

    What came back is told to who reports for the side, what waits to who verifies for it; nobody
    is told of a step of their own.
    """
    some = list(some)
    steps = [turn.step.pk for turn in some]
    said = set(SaidOfStep.objects.filter(step__in=steps).values_list("user", "step"))
    told: dict[int, list[Turn]] = defaultdict(list)
    for turn in some:
        for user in whose_turn(turn, people):
            if user != turn.step.by_id and (user, turn.step.pk) not in said:
                told[user].append(turn)
    return dict(told)


def _by_moment(turn: Turn) -> tuple[datetime, int]:
    return turn.step.at, turn.step.pk


def whose_turn(turn: Turn, people: People) -> list[int]:
    report = turn.report
    audience = Audience.BODY if report.is_returned else Audience.VERIFIER
    told = people.told(audience, report.programme_id, report.side, turn.bodies)
    return list(dict.fromkeys(told))
