"""Reports whose turn it is: that came back to whoever reports, or wait for whoever verifies."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Max, OuterRef, Q, Subquery
from django.utils import timezone

from comity.audit.past import end_of
from comity.programmes.queries.lists import sides_along
from comity.reminders.ladder import Audience
from comity.reminders.models import SaidOfStep
from comity.reminders.people import People
from comity.reporting.models import Report, Step
from comity.reporting.models.report import RETURNED, WAITING

#: For so long after the step they are told that it came back, if they were not before.
TOLD_FOR = timedelta(days=14)
#: After so long whoever verifies is told again of what still waits for them.
AGAIN = timedelta(days=7)


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
    """Reports that came back within the last fortnight or wait for a decision, by latest steps.

    The oldest step first; three queries.
    """
    since = timezone.make_aware(datetime.combine(day - TOLD_FOR, time.min))
    latest = Step.objects.filter(report=OuterRef("pk")).order_by("-pk").values("pk")[:1]
    rows = Report.objects.filter(stage__in=(*WAITING, *RETURNED))
    rows = rows.annotate(latest=Subquery(latest))
    if programme is not None:
        rows = rows.filter(programme=programme)
    reports: list[Any] = list(
        rows.select_related("measure__programme", "occurrence")
        .prefetch_related("measure__responsibilities", sides_along("measure__programme__"))
        .order_by("pk")
    )
    told = Q(at__gte=since) | Q(report__stage__in=WAITING)
    steps = Step.objects.filter(told, at__lte=end_of(day)).in_bulk(
        [report.latest for report in reports]
    )
    found = [Turn(one, steps[one.latest]) for one in reports if one.latest in steps]
    return sorted(found, key=_by_moment)


def turns(some: Iterable[Turn], people: People, day: date) -> dict[int, list[Turn]]:
    """By the id of each person what is to be told to them, in the order given; one query.

    What came back is told to who reports for the side, once; what waits to who verifies for it,
    each week anew. Nobody is told of a step of their own.
    """
    some = list(some)
    said = _said(some)
    told: dict[int, list[Turn]] = defaultdict(list)
    for turn in some:
        for user in whose_turn(turn, people):
            before = said.get((user, turn.step.pk))
            if user != turn.step.by_id and _is_to_be_told(turn, before, day):
                told[user].append(turn)
    return dict(told)


def _said(some: Iterable[Turn]) -> dict[tuple[int, int], date]:
    """On which day each person was last told of each step."""
    rows = SaidOfStep.objects.filter(step__in=[turn.step.pk for turn in some])
    latest = rows.values_list("user", "step").annotate(latest=Max("on"))
    return {(user, step): on for user, step, on in latest}


def _is_to_be_told(turn: Turn, before: date | None, day: date) -> bool:
    return before is None or (not turn.report.is_returned and day - before >= AGAIN)


def _by_moment(turn: Turn) -> tuple[datetime, int]:
    return turn.step.at, turn.step.pk


def whose_turn(turn: Turn, people: People) -> list[int]:
    report = turn.report
    audience = Audience.BODY if report.is_returned else Audience.VERIFIER
    told = people.told(audience, report.programme_id, report.side, turn.bodies)
    return list(dict.fromkeys(told))
