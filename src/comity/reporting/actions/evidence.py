from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from comity.accounts.rules import Reader
from comity.audit.actions import Trail, snapshot
from comity.files.actions import keep_file, plain_name
from comity.files.media import PICTURES, must_be_kept, with_suffix
from comity.reporting.actions.opening import opened_to_write
from comity.reporting.models import Evidence, Report
from comity.reporting.pictures import must_open
from comity.reporting.rules import must_write

#: More pieces than this on one report are more than anybody looks at.
MOST = 30


def add_file(
    *,
    report: Report,
    expected_version: int,
    content: bytes,
    name: str,
    caption: str = "",
    by: Reader,
) -> Evidence:
    """Keeps a file or a photograph as evidence; what it is, is read from its content.

    The report of the piece is at its next version. Raises PermissionDenied; `lib.versions.Stale` if
    somebody else wrote in it meanwhile; ValidationError with a sentence, for a picture that does
    not open as well. Pictures are looked into before anything is locked, as that takes a while.
    """
    must_write(by, report)
    media_type, name = must_be_kept(content), plain_name(name)
    if media_type in PICTURES:
        must_open(content, name)
    with transaction.atomic():
        report = _opened(report, by)
        file = keep_file(content=content, name=name, media_type=media_type)
        if report.evidence.filter(file=file, is_taken_off=False).exists():
            raise ValidationError({"file": _("This report has the same file already.")})
        name = with_suffix(name, media_type)
        piece = Evidence(report=report, file=file, name=name, caption=caption.strip())
        return _added(piece, expected_version, by)


@transaction.atomic
def add_link(
    *, report: Report, expected_version: int, link: str, caption: str = "", by: Reader
) -> Evidence:
    """Keeps the address of a page as evidence, as `add_file` does a file."""
    report = _opened(report, by)
    if report.evidence.filter(link=link, is_taken_off=False).exists():
        raise ValidationError({"link": _("This report has the same link already.")})
    piece = Evidence(report=report, link=link, caption=caption.strip())
    return _added(piece, expected_version, by)


@transaction.atomic
def take_off(*, evidence: Evidence, expected_version: int, by: Reader) -> Report:
    """Takes a piece off the report; versions that were submitted with it still show it.

    Raises `lib.versions.Stale` if somebody else wrote in the report meanwhile.
    """
    report = _opened(evidence.report, by)
    trail, before = Trail("report.evidence_taken_off", by), snapshot(report)
    report.claim(expected_version)
    piece = report.evidence.get(pk=evidence.pk)
    if report.first_submitted_at is None:
        trail.removed(piece)
        piece.delete()
    else:
        shown = snapshot(piece)
        piece.is_taken_off = True
        piece.save(update_fields=["is_taken_off"])
        trail.changed(piece, shown)
    trail.changed(report, before)
    trail.record()
    return report


def _opened(report: Report, by: Reader) -> Report:
    """To write in all of it: opened for its words alone, it keeps what shows the state it has."""
    report = opened_to_write(report, by)
    if report.is_open_for_words:
        raise ValidationError(
            _("Only the words of this report are open: its evidence stays as it was accepted.")
        )
    return report


def _added(piece: Evidence, expected_version: int, by: Reader) -> Evidence:
    report = piece.report
    trail, before = Trail("report.evidence_added", by), snapshot(report)
    report.claim(expected_version)
    if report.evidence.filter(is_taken_off=False).count() >= MOST:
        raise ValidationError(
            _("A report takes %(most)d pieces of evidence; put the rest into one document.")
            % {"most": MOST}
        )
    piece.full_clean(exclude=["report", "file"])
    piece.save()
    trail.created(piece)
    trail.changed(report, before)
    trail.record()
    return piece
