from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from comity.accounts.rules import Reader, must
from comity.audit.actions import Trail, snapshot
from comity.lib import wording
from comity.lib.periods import Period
from comity.programmes.models import Programme
from comity.programmes.rules import can_change_programme
from comity.reporting.models import ReportingPeriod


@transaction.atomic
def open_period(*, programme: Programme, stretch: Period, by: Reader) -> ReportingPeriod:
    """Opens a stretch of time for reports of a programme.

    Refused if it overlaps another one, or if the programme does not run in it.
    """
    _coordinators_only(by, programme)
    runs = programme.period
    if runs is not None and (stretch.end < runs.start or stretch.start > runs.end):
        raise ValidationError(
            _("The programme runs from %(start)s to %(end)s: choose a day in it.")
            % {"start": wording.day(runs.start), "end": wording.day(runs.end)}
        )
    Programme.objects.select_for_update().get(pk=programme.pk)  # periods are opened in turn
    known = programme.reporting_periods.filter(start__lte=stretch.end, end__gte=stretch.start)
    overlapping = known.first()
    if overlapping is not None:
        raise ValidationError(_("It overlaps a period that there is already: %s.") % overlapping)
    period = ReportingPeriod.objects.create(
        programme=programme, start=stretch.start, end=stretch.end
    )
    trail = Trail("reporting.period_opened", by)
    trail.created(period)
    trail.record()
    return period


@transaction.atomic
def lock_period(
    *, period: ReportingPeriod, by: Reader, at: datetime | None = None
) -> ReportingPeriod:
    """Closes a period: what is reported on it afterwards is marked as late.

    Refused until its last day is over, as until then nothing that it asks for is late.
    """
    period = _locked(period, by)
    if period.is_locked:
        raise ValidationError(_("The period is locked already."))
    moment = at or timezone.now()
    if not period.is_over_on(timezone.localdate(moment)):
        raise ValidationError(
            _("The period runs until %(day)s: it can be locked once that day is over.")
            % {"day": wording.day(period.end)}
        )
    return _kept(period, locked_at=moment, trail=Trail("reporting.period_locked", by))


@transaction.atomic
def unlock_period(*, period: ReportingPeriod, by: Reader, reason: str) -> ReportingPeriod:
    """Opens a locked period again; refused without a reason."""
    period = _locked(period, by)
    if not period.is_locked:
        raise ValidationError(_("The period is open."))
    if not reason.strip():
        raise ValidationError({"reason": _("Say why the period is opened again.")})
    trail = Trail("reporting.period_unlocked", by, reason.strip())
    return _kept(period, locked_at=None, trail=trail)


def _kept(period: ReportingPeriod, *, locked_at: datetime | None, trail: Trail) -> ReportingPeriod:
    before = snapshot(period)
    period.locked_at = locked_at
    period.save(update_fields=["locked_at"])
    trail.changed(period, before)
    trail.record()
    return period


def _locked(period: ReportingPeriod, by: Reader) -> ReportingPeriod:
    _coordinators_only(by, period.programme)
    held = ReportingPeriod.objects.select_for_update(of=("self",)).select_related("programme")
    return held.get(pk=period.pk)


def _coordinators_only(by: Reader, programme: Programme) -> None:
    must(
        can_change_programme(by, programme),
        _("Only coordinators of the programme, of a side or of its owner open and lock periods."),
    )
