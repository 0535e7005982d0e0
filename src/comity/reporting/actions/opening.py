"""A report for the time of an act: locked, with what its rules ask about."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from comity.accounts.models import User
from comity.accounts.rules import Reader
from comity.programmes.queries.lists import sides_along
from comity.reporting.following import locked
from comity.reporting.models import Report, Stage
from comity.reporting.models.report import WRITABLE
from comity.reporting.rules import must_write


def opened(report: Report) -> Report:
    """The report as it is now. Its occurrence is locked first, so that acts on it come in turn."""
    if report.occurrence_id is not None:
        locked(report.occurrence_id)
    return (
        Report.objects.select_for_update(of=("self",))
        .select_related("measure__programme", "occurrence", "body__seat")
        .prefetch_related("measure__responsibilities", sides_along("measure__programme__"))
        .get(pk=report.pk)
    )


def opened_to_write(report: Report, by: Reader) -> Report:
    """Raises PermissionDenied, or ValidationError if it may not be written in now."""
    report = opened(report)
    must_write(by, report)
    if report.stage not in WRITABLE:
        raise ValidationError(
            {
                Stage.SUBMITTED: _("It was submitted: take it back first to change it."),
                Stage.TEXT_SUBMITTED: _("It was submitted: take it back first to change it."),
            }.get(
                Stage(report.stage),
                _("It was accepted: ask a verifier to open it again if something is wrong."),
            )
        )
    return report


def person(by: Reader) -> User | None:
    """Whoever acts, if it is a person and not the installation."""
    return by if isinstance(by, User) else None
