"""What the reports on an occurrence come to, kept with it in the act that changed them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone

from comity.audit.actions import Trail
from comity.audit.models import Event, Note
from comity.programmes.models import Measure, Occurrence
from comity.programmes.occurrences import Settlement, lock_measure_of, note_settlement
from comity.programmes.queries.lists import sides_along
from comity.reporting.life import counting
from comity.reporting.models import Outcome, Report, Stage, StepKind
from comity.reporting.models.report import SAID, STANDING
from comity.reporting.rules import sides_of


@dataclass(frozen=True, slots=True)
class Word:
    """What a side said last of an occurrence, so far as anything follows from it."""

    side: str
    outcome: str
    done_on: date | None
    told: str
    first_said_on: date
    #: Whether it stands handed in, and whether accepted; if neither, its report came back.
    is_said: bool
    is_accepted: bool


def word_of(report: Report) -> Word | None:
    """Nothing follows from words that nobody accepted yet, while those before them stand."""
    step = counting(report.stage, report.steps.all()) if report.stage != Stage.DRAFT else None
    if step is None or step.content is None or report.first_submitted_on is None:
        return None
    return Word(
        side=report.side,
        outcome=step.content["outcome"],
        done_on=date.fromisoformat(step.content["done_on"]) if step.content["done_on"] else None,
        told=step.content["told"],
        first_said_on=report.first_submitted_on,
        is_said=report.stage in SAID,
        is_accepted=report.stage in STANDING,
    )


def settlement_of(
    words: Iterable[Word],
    sides: Sequence[str],
    *,
    disputed_since: date | None,
    today: date,
) -> Settlement:
    """What the last words of the sides that have to report come to.

    Settled once all of them are accepted and say the same, that it is done or not possible any
    more. Disputed once two stand handed in that say different things; that lasts, with the day it
    began on, until the sides say the same, though their reports come back to them meanwhile.
    """
    of_side = {word.side: word for word in words}
    last = [of_side[side] for side in sides if side in of_side]
    said = [word for word in last if word.is_said]
    in_dispute = last if disputed_since else said
    if len({word.outcome for word in in_dispute}) > 1:
        return Settlement(disputed_since=disputed_since or today)
    outcomes = {word.outcome for word in said}
    accepted = len(said) == len(sides) and all(word.is_accepted for word in said)
    if not accepted or not outcomes & {Outcome.DONE, Outcome.IMPOSSIBLE}:
        return Settlement()
    return Settlement(
        done_on=max(word.done_on or word.first_said_on for word in said),
        note="\n".join(word.told for word in said),
        given_up=outcomes == {Outcome.IMPOSSIBLE},
    )


def follow(occurrence: Occurrence, trail: Trail, today: date | None = None) -> None:
    """Brings an occurrence in line with its reports; one that nobody ever submitted says nothing.

    A dispute that begins does so today. The occurrence must be locked, its measure and the bodies
    of that fetched along.
    """
    submitted = occurrence.reports.filter(first_submitted_at__isnull=False)
    reports = list(submitted.prefetch_related("steps"))
    if not reports:
        return
    settlement = settlement_of(
        filter(None, map(word_of, reports)),
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
    lock_measure_of(occurrence_id)
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
