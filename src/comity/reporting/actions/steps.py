"""The steps in the life of a report: each says who, when and why, and settles the occurrence.

A step is of now; one with `at` was taken then, and is only brought into the register now.
"""

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from comity.accounts.rules import Reader, must
from comity.audit.actions import Trail, snapshot
from comity.lib import wording
from comity.programmes.models import Occurrence
from comity.reporting.actions.drafts import write
from comity.reporting.actions.opening import opened, opened_to_write, person
from comity.reporting.clock import day_at
from comity.reporting.content import Content, content_of, kept, must_be_complete
from comity.reporting.following import asked_to_settle_on, follow, locked
from comity.reporting.life import leads_to, opened_by
from comity.reporting.models import Report, ReportingPeriod, Stage, Step, StepKind
from comity.reporting.models.report import WAITING
from comity.reporting.rules import can_ask_to_settle, must_verify, must_write


@transaction.atomic
def submit_report(
    *,
    report: Report,
    expected_version: int,
    by: Reader,
    content: Content | None = None,
    at: datetime | None = None,
) -> Report:
    """Hands the report in, with `content` if that was not saved yet; kept whole as one version.

    Raises ValidationError, by field, if it lacks something; `lib.versions.Stale` if somebody else
    wrote in it meanwhile.
    """
    report = opened_to_write(report, by)
    _must_be_asked_for(report)
    trail, before = Trail("report.submitted", by), snapshot(report)
    report.claim(expected_version)
    if content is not None and content != content_of(report):
        write(report, content)
    now = at or timezone.now()
    today = day_at(report, now)
    must_be_complete(report, today)
    report.stage = _after(report, StepKind.SUBMITTED)
    report.submitted_by, report.submitted_at = person(by), now
    report.first_submitted_at = report.first_submitted_at or now
    report.first_submitted_on = report.first_submitted_on or today
    report.decided_at = None
    report.save()
    whole = kept(report, report.evidence.filter(is_taken_off=False))
    Step.objects.create(
        report=report, kind=StepKind.SUBMITTED, at=now, by=person(by), by_name=str(by),
        content=whole, locked_at=_locked_since(report, now, today),
    )  # fmt: skip
    return _recorded(report, before, trail, now)


def _must_be_asked_for(report: Report) -> None:
    is_gone = report.occurrence is not None and report.occurrence.withdrawn
    if is_gone and report.stage != Stage.TEXT_REOPENED:
        raise ValidationError(
            _(
                "Nothing has to be shown on this day any more: the measure was struck out, or its "
                "deadline is another. What you wrote stays here as a draft."
            )
        )


def _locked_since(report: Report, moment: datetime, today: date) -> datetime | None:
    """When the period that the report is about was locked, if it was by a moment.

    What comes before the period is over where the body sits, which is `today` there, is in time.
    """
    if report.occurrence is None:
        return None
    due_on = report.occurrence.due_on
    periods = ReportingPeriod.objects.filter(
        programme=report.programme_id, start__lte=due_on, end__gte=due_on, locked_at__lte=moment
    ).filter(end__lt=today)
    return periods.values_list("locked_at", flat=True).first()


@transaction.atomic
def take_back_report(*, report: Report, expected_version: int, by: Reader) -> Report:
    """Before anybody decided about it, whoever reports may take it back and go on writing."""
    report = opened(report)
    must_write(by, report)
    if report.stage not in WAITING:
        raise ValidationError(_("Only a report that waits to be accepted can be taken back."))
    trail = Trail("report.taken_back", by)
    return _moved(report, StepKind.TAKEN_BACK, expected_version, trail)


@transaction.atomic
def accept_report(
    *,
    report: Report,
    expected_version: int,
    by: Reader,
    note: str = "",
    at: datetime | None = None,
) -> Report:
    """Takes what a side reported as true. Raises PermissionDenied, also for one's own report."""
    report = _waiting(report, by)
    trail = Trail("report.accepted", by, note.strip())
    return _moved(report, StepKind.ACCEPTED, expected_version, trail, at=at)


@transaction.atomic
def return_report(
    *,
    report: Report,
    expected_version: int,
    by: Reader,
    reason: str,
    at: datetime | None = None,
) -> Report:
    """Gives a report back to be written again; refused without a reason."""
    report = _waiting(report, by)
    if not reason.strip():
        raise ValidationError({"reason": _("Say why: whoever reported has to know what to mend.")})
    trail = Trail("report.returned", by, reason.strip())
    return _moved(report, StepKind.RETURNED, expected_version, trail, at=at)


@transaction.atomic
def reopen_report(
    *,
    report: Report,
    expected_version: int,
    by: Reader,
    reason: str,
    words_only: bool,
    at: datetime | None = None,
) -> Report:
    """Opens an accepted report again: whole, so that it counts as not accepted, or for its words.

    With `words_only` the state, the day and the figures stay, and so does what follows from them.
    """
    report = opened(report)
    must_verify(by, report)
    if report.stage != Stage.ACCEPTED:
        raise ValidationError(_("Only an accepted report can be opened again."))
    if not reason.strip():
        raise ValidationError({"reason": _("Say why: whoever reported has to know what to mend.")})
    trail = Trail("report.reopened", by, reason.strip())
    kind = StepKind.TEXT_REOPENED if words_only else StepKind.REOPENED
    return _moved(report, kind, expected_version, trail, at=at)


@transaction.atomic
def ask_to_settle(*, occurrence: Occurrence, by: Reader, reason: str) -> list[Report]:
    """Asks the sides that say different things to settle it; both reports are opened for that.

    What each said last stands, and the dispute with it, until they say the same.

    Raises ValidationError if nothing is disputed, if nothing is said, or if they were asked and
    none has answered since.
    """
    occurrence = locked(occurrence.pk)
    must(
        can_ask_to_settle(by, occurrence.measure.programme),
        _("Only coordinators of the programme, of a side or of its owner ask sides to settle."),
    )
    if occurrence.disputed_since is None:
        raise ValidationError(_("The sides do not say different things here."))
    if not reason.strip():
        raise ValidationError({"reason": _("Say what the sides should settle, and how.")})
    reports = list(occurrence.reports.select_for_update().prefetch_related("steps"))
    day = asked_to_settle_on(reports)
    if day is not None:
        raise ValidationError(
            _("The sides were asked on %(day)s to settle it, and none has answered yet.")
            % {"day": wording.day(day)}
        )
    asked = [report for report in reports if report.stage != Stage.DRAFT]
    trail, now = Trail("report.settling_asked", by, reason.strip()), timezone.now()
    for report in asked:
        before = snapshot(report)
        report.claim(report.version)
        report.stage, report.decided_at = _after(report, StepKind.SETTLING), now
        report.save()
        _step(report, StepKind.SETTLING, trail, now)
        trail.changed(report, before)
    trail.record()
    return asked


def _waiting(report: Report, by: Reader) -> Report:
    report = opened(report)
    must_verify(by, report)
    if report.stage not in WAITING:
        raise ValidationError(_("Somebody decided about this report already; look at it again."))
    return report


def _after(report: Report, kind: StepKind) -> Stage:
    return leads_to(report.stage, kind, opened_by=opened_by(list(report.steps.all())))


def _moved(
    report: Report,
    kind: StepKind,
    expected_version: int,
    trail: Trail,
    *,
    at: datetime | None = None,
) -> Report:
    before, now = snapshot(report), at or timezone.now()
    report.claim(expected_version)
    report.stage, report.decided_at = _after(report, kind), now
    report.save()
    _step(report, kind, trail, now)
    return _recorded(report, before, trail, now)


def _step(report: Report, kind: StepKind, trail: Trail, at: datetime) -> None:
    by = trail.by if trail.by.pk is not None else None
    Step.objects.create(
        report=report, kind=kind, at=at, by_id=by.pk if by else None, by_name=str(trail.by),
        reason=trail.reason,
    )  # fmt: skip


def _recorded(report: Report, before: dict[str, object], trail: Trail, at: datetime) -> Report:
    trail.changed(report, before)
    if report.occurrence_id is not None:
        follow(locked(report.occurrence_id), trail, timezone.localdate(at))
    trail.record()
    return report
