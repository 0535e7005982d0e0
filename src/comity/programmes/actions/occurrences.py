from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from comity.accounts.rules import Reader
from comity.audit.actions import Trail
from comity.programmes.doing import too_early
from comity.programmes.models import Occurrence
from comity.programmes.occurrences import (
    Settlement,
    lock_measure_of,
    note_settlement,
    pointed_at,
)
from comity.programmes.rules import must_settle


@transaction.atomic
def settle_occurrence(
    *, occurrence: Occurrence, done_on: date, note: str, by: Reader
) -> Occurrence:
    """Registers that what was due was shown to be done, and how; for work done before Comity.

    Raises ValidationError if it is done or withdrawn already, if somebody reports on it, or if
    `done_on` is yet to come or too early, by `doing.too_early`.
    """
    occurrence = _locked(occurrence, by)
    if occurrence.withdrawn:
        raise ValidationError(_("This is no longer due: the deadline of the measure was changed."))
    if occurrence.done_on:
        raise ValidationError(_("This is registered as done already."))
    if done_on > timezone.localdate():
        raise ValidationError(_("A thing cannot have been done on a day that is yet to come."))
    if problem := too_early(occurrence, done_on):
        raise ValidationError({"done_on": problem})
    trail = Trail("occurrence.settled", by)
    return _keep(occurrence, trail, Settlement(done_on, note.strip()))


@transaction.atomic
def reopen_occurrence(*, occurrence: Occurrence, reason: str, by: Reader) -> Occurrence:
    """Takes back that something was done; refused without a reason, or if it is not done."""
    occurrence = _locked(occurrence, by)
    if not occurrence.done_on:
        raise ValidationError(_("This is not registered as done."))
    if not reason.strip():
        raise ValidationError(_("Say why it counts as open again."))
    return _keep(occurrence, Trail("occurrence.reopened", by, reason.strip()), Settlement())


def _locked(occurrence: Occurrence, by: Reader) -> Occurrence:
    must_settle(by, occurrence.measure)
    lock_measure_of(occurrence.pk)
    occurrence = (
        Occurrence.objects.select_for_update(of=("self",))
        .select_related("measure")
        .get(pk=occurrence.pk)
    )
    if pointed_at([occurrence]):
        raise ValidationError(
            _("There are reports on this day, and they decide: accept, return or re-open them.")
        )
    return occurrence


def _keep(occurrence: Occurrence, trail: Trail, settlement: Settlement) -> Occurrence:
    note_settlement(occurrence, settlement, trail)
    trail.record()
    return occurrence
