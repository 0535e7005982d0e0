from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from comity.files.answers import UNKNOWN, to_be_saved
from comity.files.media import PICTURES, SUFFIXES
from comity.programmes.rules import has_a_part
from comity.reporting.models import Evidence
from comity.reporting.pictures import preview as small_picture
from comity.reporting.queries import visible_evidence
from comity.reporting.shown import shown_to


@require_safe
def file(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The file as it came, to be saved."""
    return saved_file(_shown(request, pk))


@require_safe
def preview(request: HttpRequest, pk: int) -> HttpResponse:
    """A small picture of a photograph."""
    return previewed(_shown(request, pk))


def saved_file(piece: Evidence) -> HttpResponseBase:
    """A piece that has a file, to whoever was found to be shown it."""
    assert piece.file is not None
    media_type = piece.file.media_type
    return to_be_saved(
        piece.file,
        name=piece.name,
        media_type=media_type if media_type in SUFFIXES else UNKNOWN,
    )


def previewed(piece: Evidence) -> HttpResponse:
    """Its small picture; Http404 if there is none."""
    assert piece.file is not None
    content = None
    if piece.file.media_type in PICTURES and piece.file.path.exists():
        content = small_picture(piece.file.path.read_bytes())
    if content is None:
        raise Http404(_("There is no picture of this file; save it to look at it."))
    answer = HttpResponse(content, content_type="image/jpeg")
    answer.headers["Cache-Control"] = "private, max-age=86400"
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return answer


def _shown(request: HttpRequest, pk: int) -> Evidence:
    """A piece with a file, of what the reader is shown of its report."""
    piece = get_object_or_404(visible_evidence(request.user), pk=pk, file__isnull=False)
    is_party = has_a_part(request.user, piece.report.programme)
    _report, said = shown_to(request.user, piece.report, as_party=is_party)
    is_shown = said is not None and any(shown.pk == piece.pk for shown in said.evidence)
    if not is_shown and not (is_party and _was_submitted_with(piece)):
        raise Http404(_("This report has no such file."))
    return piece


def _was_submitted_with(piece: Evidence) -> bool:
    return any(
        piece.pk in (step.content or {}).get("evidence", []) for step in piece.report.steps.all()
    )
