from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from comity.accounts.rules import Guest, Reader
from comity.audit.actions import Trail, snapshot
from comity.directory.memberships import memberships_of
from comity.directory.models import Contact, Organisation
from comity.lib.languages import reader_language
from comity.programmes.models import Measure, Occurrence
from comity.reporting.actions.opening import opened_to_write, person
from comity.reporting.content import WORDS, Content, content_of
from comity.reporting.following import locked
from comity.reporting.models import Report, Stage
from comity.reporting.rules import must_report, sides_of


@transaction.atomic
def start_report(*, occurrence: Occurrence, side: str, by: Reader) -> Report:
    """The report of a side on an occurrence: the one begun already, or a new draft.

    Raises PermissionDenied; ValidationError if nothing is asked for any more, or not of this side.
    """
    must_report(by, locked(occurrence.pk).measure, side)
    return begin_report(occurrence=occurrence, side=side, by=by)


def begin_report(*, occurrence: Occurrence, side: str, by: Reader) -> Report:
    """What `start_report` gives, for whoever was found to be allowed; inside their transaction."""
    occurrence = locked(occurrence.pk)
    measure = occurrence.measure
    begun: Report | None = occurrence.reports.filter(side=side).first()
    if begun:
        return begun
    if side not in sides_of(measure):
        raise ValidationError(_("The measure names no body of this side."))
    if occurrence.withdrawn:
        raise ValidationError(_("This is no longer due: the deadline of the measure was changed."))
    if occurrence.done_on and not occurrence.reports.exists():
        raise ValidationError(_("A coordinator registered this as done already, without a report."))
    return _begun(measure, occurrence, side, by)


@transaction.atomic
def start_news(*, measure: Measure, side: str, by: Reader) -> Report:
    """A new draft of news of a measure between the days on which it has to show something."""
    must_report(by, measure, side)
    if side not in sides_of(measure):
        raise ValidationError(_("The measure names no body of this side."))
    return _begun(measure, None, side, by)


@transaction.atomic
def save_report(
    *, report: Report, content: Content, expected_version: int, by: Reader, page: str = ""
) -> Report:
    """Keeps what was written so far, complete or not. Nothing is recorded if nothing changed.

    `page` is the number of the page in which it was typed, if any. Of a report re-opened for its
    words, only the words are taken. Raises `lib.versions.Stale` if
    somebody else wrote in it meanwhile.
    """
    report = opened_to_write(report, by)
    if content_of(report) == content and report.version == expected_version:
        return report
    trail, before = Trail("report.saved", by), snapshot(report)
    report.claim(expected_version)
    report.typed_from = f"{page}:{report.version}" if page else ""
    write(report, content)
    trail.changed(report, before)
    trail.record()
    return report


@transaction.atomic
def discard_report(*, report: Report, expected_version: int, by: Reader) -> None:
    """Throws away a draft that was never submitted."""
    report = opened_to_write(report, by)
    if report.first_submitted_at is not None:
        raise ValidationError(_("It was submitted before, so it stays; write what is true now."))
    report.claim(expected_version)
    trail = Trail("report.discarded", by)
    trail.removed(*report.evidence.all(), report)
    report.delete()
    trail.record()


def write(report: Report, content: Content) -> None:
    """Puts the content into the report and saves it; inside an act that holds it."""
    columns = content.columns()
    taken = WORDS if report.stage == Stage.TEXT_REOPENED else tuple(columns)
    for name in taken:
        setattr(report, name, columns[name])
    report.full_clean(exclude=["opened_by", "submitted_by", "measure", "programme", "occurrence"])
    report.save()


def _begun(measure: Measure, occurrence: Occurrence | None, side: str, by: Reader) -> Report:
    trail = Trail("report.started", by)
    report = Report.objects.create(
        programme_id=measure.programme_id,
        measure=measure,
        occurrence=occurrence,
        side=side,
        body=_body(measure, side, by),
        language=reader_language(),
        spent_currency=measure.funding_currency,
        opened_by=person(by),
    )
    trail.created(report)
    trail.record()
    return report


def _body(measure: Measure, side: str, by: Reader) -> Organisation | None:
    """The responsible body for which the person acts, else the first one known of the side.

    A guest acts for the body whose contact has their address.
    """
    own = {membership.organisation_id for membership in memberships_of(by)}
    if isinstance(by, Guest):
        contacts = Contact.objects.filter(email__iexact=by.email)
        own = set(contacts.values_list("organisation", flat=True))
    named = [
        body.organisation
        for body in measure.responsibilities.select_related("organisation")
        if body.organisation is not None and (body.country_id or "") in (side, "")
    ]
    return next((one for one in named if one.pk in own), named[0] if named else None)
