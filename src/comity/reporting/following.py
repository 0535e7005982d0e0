"""What the reports on an occurrence come to, kept with it in the act that changed them."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.utils import timezone

from comity.audit.actions import Trail
from comity.audit.models import Event, Note
from comity.programmes.models import Measure, Occurrence
from comity.programmes.occurrences import Settlement, note_settlement
from comity.programmes.queries.lists import sides_along
from comity.reporting.models import Outcome, Report, StepKind
from comity.reporting.models.report import SAID, STANDING
from comity.reporting.rules import sides_of


def settlement_of(
    reports: Iterable[Report],
    sides: Sequence[str],
    *,
    disputed_since: date | None,
    today: date,
) -> Settlement:
    """What the answers for the sides that have to report come to.

    Settled once all of them are accepted and say the same, that it is done or not possible any
    more; disputed once two of them say different things. A dispute keeps the day it began on.
    """
    said = {report.side: report for report in reports if report.stage in SAID}
    answers = [said[side] for side in sides if side in said]
    outcomes = {report.outcome for report in answers}
    if len(outcomes) > 1:
        return Settlement(disputed_since=disputed_since or today)
    accepted = len(answers) == len(sides) and all(one.stage in STANDING for one in answers)
    if not accepted or not outcomes & {Outcome.DONE, Outcome.IMPOSSIBLE}:
        return Settlement()
    return Settlement(
        done_on=max(one.done_on or _first_said_on(one) for one in answers),
        note="\n".join(one.told for one in answers),
        given_up=outcomes == {Outcome.IMPOSSIBLE},
    )


def follow(occurrence: Occurrence, trail: Trail, today: date | None = None) -> None:
    """Brings an occurrence in line with its reports; one that nobody ever submitted says nothing.

    A dispute that begins does so today. The occurrence must be locked, its measure and the bodies
    of that fetched along.
    """
    reports = list(occurrence.reports.filter(first_submitted_at__isnull=False))
    if not reports:
        return
    settlement = settlement_of(
        reports,
        sides_of(occurrence.measure),
        disputed_since=occurrence.disputed_since,
        today=today or timezone.localdate(),
    )
    note_settlement(occurrence, settlement, trail)


def asked_to_settle_on(reports: Iterable[Report]) -> date | None:
    """The day on which the sides of a dispute were asked to settle it, if none answered since."""
    reports = list(reports)
    asked = [
        step.at
        for report in reports
        for step in report.steps.all()
        if step.kind == StepKind.SETTLING
    ]
    if not asked or any(report.stage in SAID for report in reports):
        return None
    return timezone.localdate(max(asked))


def locked(occurrence_id: int) -> Occurrence:
    """One occurrence for the time of an act, with what tells who has to report on it."""
    return (
        Occurrence.objects.select_for_update(of=("self",))
        .select_related("measure__programme")
        .prefetch_related("measure__responsibilities", sides_along("measure__programme__"))
        .get(pk=occurrence_id)
    )


def follow_measures(sender: Any, event: Event, entries: Iterable[Note], **_more: Any) -> None:
    """After the bodies of a measure changed, other sides may have to report on it."""
    label = Measure._meta.label_lower
    changed = [
        entry.record_id
        for entry in entries
        if entry.model == label and entry.kind == "changed" and "bodies" in entry.changes
    ]
    reported = Report.objects.filter(
        measure__in=changed, occurrence__isnull=False, first_submitted_at__isnull=False
    )
    occurrences = sorted(set(reported.values_list("occurrence", flat=True))) if changed else []
    for pk in occurrences:
        trail = Trail("report.sides_followed", event_actor(event), event.reason)
        follow(locked(pk), trail)
        if trail.entries:
            trail.record()


class _Actor:
    """Whoever did what was recorded, as far as the event tells."""

    def __init__(self, pk: int | None, name: str) -> None:
        self.pk, self.name = pk, name

    def __str__(self) -> str:
        return self.name


def event_actor(event: Event) -> _Actor:
    return _Actor(event.actor_id, event.actor_name)


def _first_said_on(report: Report) -> date:
    assert report.first_submitted_on is not None
    return report.first_submitted_on
