"""Pages that a reader has seen are given again as they were, until a write changes anything.

Every write leaves the hash of its event as the mark of each room that it touched, within its own
transaction; so the marks of all rooms tell two states of the register apart. They are part of what
a page is kept under, with everything else that it depends on: nobody is given what is not theirs,
or what was.
"""

import hashlib
import secrets
from collections.abc import Callable
from typing import Any

from django.contrib.messages import get_messages
from django.core.cache import caches
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.middleware.csrf import get_token
from django.utils import timezone

from comity.accounts.models import User
from comity.audit.queries import latest_in
from comity.lib.kept_pages import may_be_kept

#: Stands in a kept page where each reader's own mark against forged requests goes.
PLACE_OF_TOKEN = secrets.token_hex(32)
#: Headers by which a fragment differs from the whole page.
_HTMX = ("HX-Request", "HX-Boosted", "HX-Target", "HX-Trigger", "HX-History-Restore-Request")


class KeptPages:
    """Must come last, after those that know the reader, the language and htmx."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        key = getattr(request, "kept_under", None)
        if key is None or not isinstance(response, HttpResponse):
            return response
        told: Any = get_messages(request)
        if response.status_code == 200 and not response.cookies and not told.used:
            caches["pages"].set(key, (response.content, dict(response.headers)))
        return _with_own_token(request, response)

    def process_view(
        self,
        request: HttpRequest,
        view: Callable[..., HttpResponseBase],
        _args: Any,
        _values: Any,
    ) -> HttpResponse | None:
        if request.method != "GET" or not may_be_kept(view) or len(get_messages(request)):
            return None
        key = _key(request)
        if key is None:
            return None
        kept = caches["pages"].get(key)
        if kept is None:
            request.kept_under = key  # type: ignore[attr-defined]  # read when the page is made
            return None
        content, headers = kept
        return _with_own_token(request, HttpResponse(content, headers=headers))


def _key(request: HttpRequest) -> str | None:
    """All that a page depends on; None for a register in which nothing was ever recorded."""
    marks = latest_in()
    request.marks = marks  # type: ignore[attr-defined]  # for pages that keep parts of them too
    if not marks:
        return None
    reader = request.user
    known = (
        (reader.pk, str(reader), reader.is_active, reader.is_staff, reader.is_superuser)
        if isinstance(reader, User)
        else None
    )
    depends_on = (
        sorted(marks.items()),
        known,
        request.LANGUAGE_CODE,
        request.scheme,
        request.get_host(),
        request.get_full_path(),
        [request.headers.get(name) for name in _HTMX],
        timezone.localdate().isoformat(),
        timezone.get_current_timezone_name(),
    )
    return hashlib.sha256(repr(depends_on).encode()).hexdigest()


def _with_own_token(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    place = PLACE_OF_TOKEN.encode()
    if place in response.content:
        response.content = response.content.replace(place, get_token(request).encode())
        if response.has_header("Content-Length"):
            response.headers["Content-Length"] = str(len(response.content))
    return response
