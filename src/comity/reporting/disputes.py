"""Disputes of a day: what its sides were asked, what each of them says, and those that are over."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet
from django.utils import timezone

from comity.accounts.rules import Reader
from comity.audit.models import Entry
from comity.audit.past import end_of, past_of
from comity.programmes.models import Occurrence
from comity.reporting.models import Report, Step, StepKind
from comity.reporting.queries import in_full
from comity.reporting.shown import Said, as_told


@dataclass(frozen=True, slots=True)
class FormerDispute:
    """From the day on which the sides said different things to the one on which they agreed."""

    start: date
    end: date


def question_to(
    occurrence: Occurrence, reports: Iterable[Report], by: date | None = None
) -> Step | None:
    """What the sides of a dispute that lasts were asked last, by the end of a day if one is given.

    The reports have their steps fetched along.
    """
    if occurrence.disputed_since is None:
        return None
    asked = [
        step
        for report in reports
        for step in report.steps.all()
        if step.kind == StepKind.SETTLING
        and occurrence.disputed_since <= timezone.localdate(step.at)
        and (by is None or step.at <= end_of(by))
    ]
    return max(asked, key=lambda step: step.at, default=None)


def former_disputes(occurrence: Occurrence, reader: Reader, by: date) -> list[FormerDispute]:
    """Disputes of an occurrence that ended by the end of a day, as the trail tells the reader."""
    entries = Entry.objects.filter(
        model=Occurrence._meta.label_lower,
        record_id=occurrence.pk,
        kind="changed",
        event__at__lte=end_of(by),
        changes__has_key="disputed_since",
    )
    if not _ends(entries):  # most days were never disputed, and that takes one query
        return []
    told = _ends(past_of(occurrence, reader).among(entries))
    return [FormerDispute(date.fromisoformat(since), timezone.localdate(at)) for since, at in told]


def _ends(entries: "QuerySet[Entry]") -> list[tuple[str, datetime]]:
    """The days since which there were disputes that ended, and when they did."""
    told = entries.order_by("event_id", "position")
    ended = told.values_list("changes__disputed_since", "event__at")
    return [(since, at) for (since, _became), at in ended if since is not None]


def said_by_others(report: Report, *, as_party: bool) -> list[tuple[Report, Said]]:
    """What the other sides of a disputed day say; nothing of a day that is not disputed.

    To somebody without a part in the programme (`as_party` says who has one) what was accepted.
    """
    occurrence = report.occurrence
    if occurrence is None or occurrence.disputed_since is None:
        return []
    others = in_full(Report.objects.filter(occurrence=occurrence)).exclude(pk=report.pk)
    told = (
        as_told(one, one.stage, one.steps.all(), as_party=as_party)
        for one in others.order_by("side")
    )
    return [one for one in told if one is not None]
