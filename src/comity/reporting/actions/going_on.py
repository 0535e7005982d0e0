from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from comity.accounts.rules import Reader
from comity.audit.actions import Trail, snapshot
from comity.reporting.actions.opening import opened, person
from comity.reporting.going_on import may_be_gone_on_with
from comity.reporting.models import Report, Stage, Step, StepKind
from comity.reporting.rules import must_write


@transaction.atomic
def continue_report(*, report: Report, by: Reader) -> Report:
    """Opens an accepted report for its side to report again, as its day is still open.

    What was accepted stays readable and stands until a new version is accepted; a dispute stays
    one. Nothing happens if somebody went on with it already. Raises PermissionDenied, or
    ValidationError if it waits for a decision, says that it is done, or nothing is asked any more.
    """
    report = opened(report)
    must_write(by, report)
    if report.is_writable:
        return report
    if not may_be_gone_on_with(report):
        raise ValidationError(
            _("Only a report that was accepted on a day that is still open is gone on with.")
        )
    trail, before = Trail("report.continued", by), snapshot(report)
    report.claim(report.version)
    report.stage = Stage.GONE_ON
    report.save(update_fields=["stage", "version"])
    Step.objects.create(
        report=report, kind=StepKind.GONE_ON, at=timezone.now(), by=person(by), by_name=str(by)
    )
    trail.changed(report, before)
    trail.record()
    return report
