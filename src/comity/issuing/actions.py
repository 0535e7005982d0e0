from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from comity.accounts.models import User
from comity.accounts.rules import Reader, must
from comity.audit.actions import Trail
from comity.files.actions import keep_file
from comity.files.media import DOCX
from comity.issuing.digest import Digest, kept
from comity.issuing.formats import MEDIA_TYPES, Format
from comity.issuing.gathering import Wanted, gather
from comity.issuing.models import IssuedFile, IssuedReport
from comity.issuing.periods import ReportPeriod, must_be_reportable
from comity.issuing.rules import can_issue
from comity.issuing.writers import word, written, written_with
from comity.programmes.models import Programme


@transaction.atomic
def issue_report(
    *,
    programme: Programme,
    period: ReportPeriod,
    language: str,
    by: Reader,
    template: bytes | None = None,
) -> IssuedReport:
    """Issues a report under the next number of the programme, in all formats, and freezes it.

    Raises PermissionDenied; ValidationError if the period has not begun or lies outside the
    programme's, or if the template cannot be filled.
    """
    must_issue(by, programme)
    must_be_reportable(period, programme, timezone.localdate())
    if template is not None:
        word.must_tell_something(template)
    Programme.objects.select_for_update().get(pk=programme.pk)
    last = IssuedReport.objects.filter(programme=programme).order_by("-number").first()
    number = last.number + 1 if last else 1
    digest = gather(Wanted(programme, period, language, by, timezone.localdate(), number))
    report = IssuedReport.objects.create(
        programme=programme,
        number=number,
        period_code=period.code,
        language=language,
        as_of=digest.as_of,
        issued_on=digest.made_on,
        issued_by=by if isinstance(by, User) else None,
        issued_by_name=str(by),
        contents=kept(digest),
    )
    trail = Trail("issuing.issued", by)
    trail.created(report, *(_frozen(report, digest, kind, template) for kind in Format))
    trail.record()
    return report


def _frozen(
    report: IssuedReport, digest: Digest, kind: Format, template: bytes | None
) -> IssuedFile:
    filled = None
    if kind == Format.DOCX:
        filled = keep_file(
            content=template or word.template_for(digest),
            name="template.docx",
            media_type=DOCX,
        )
    content = written(digest, kind, template)
    frozen = IssuedFile(report=report, format=kind, template=filled)
    frozen.written_with = written_with(kind)
    frozen.file = keep_file(content=content, name=frozen.name, media_type=MEDIA_TYPES[kind])
    frozen.sha256 = frozen.file.sha256
    frozen.save()
    return frozen


def must_issue(by: Reader, programme: Programme) -> None:
    must(
        can_issue(by, programme),
        _("Only coordinators of the programme, of a side or of its owner issue reports on it."),
    )
