"""How a kept file is given out: to be saved, never to be shown inside the site."""

from django.http import FileResponse, Http404
from django.utils.translation import gettext as _

from comity.files.models import StoredFile

UNKNOWN = "application/octet-stream"


def to_be_saved(
    file: StoredFile, *, name: str, media_type: str = UNKNOWN, is_public: bool = False
) -> FileResponse:
    """The file under a name. Http404 where it is missing on the server."""
    try:
        content = file.path.open("rb")
    except FileNotFoundError as missing:
        raise Http404(_("The file is missing on the server; tell those who run it.")) from missing
    answer = FileResponse(content, as_attachment=True, filename=name, content_type=media_type)
    answer.headers["X-Content-Type-Options"] = "nosniff"
    if not is_public:
        answer.headers["Cache-Control"] = "private, no-store"
    return answer
