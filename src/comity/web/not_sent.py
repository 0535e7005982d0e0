"""What a form sends after the sign-in had expired is not written, and the next page says so.

Sign-in then leads back to the page on which the form stands, as the address of a form may show
nothing by itself; the browser puts back there what was typed (static/comity/typed.js).
"""

from collections.abc import Callable
from http import HTTPStatus
from urllib.parse import parse_qs, urlencode, urlsplit, urlunsplit

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render, resolve_url
from django.template.loader import render_to_string
from django.urls import Resolver404, resolve, reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django_htmx.http import HttpResponseClientRedirect

#: In the session, from the sending until the next page of whoever has signed in.
_MARK = "not_sent"


class NotSent:
    """Must come after those that know the reader, their messages and htmx."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        is_told = _tell(request)
        response = self.get_response(request)
        if request.method == "POST" and _asks_to_sign_in(request, response):
            return _sign_in_and_come_back(request)
        if response.status_code == HTTPStatus.METHOD_NOT_ALLOWED and not _by_htmx(request):
            return _only_for_forms(request, response, is_told=is_told)
        return response


def from_an_older_page(request: HttpRequest, reason: str = "") -> HttpResponse:
    """What lacks the mark of the session, as whoever sent it signed in again in another tab."""
    page = came_from(request)
    if page is None or _by_htmx(request) or not request.user.is_authenticated:
        why = _(
            "What was sent does not come from a page that was opened here. Nothing was written."
        )
        return render(request, "web/refused.html", {"why": why}, status=403)
    _add_sentence(request, with_file=bool(request.FILES))
    return HttpResponseRedirect(page)


def came_from(request: HttpRequest) -> str | None:
    """The page of ours from which the browser says that it came; None if it does not."""
    try:
        said = urlsplit(request.headers.get("Referer", ""))
    except ValueError:
        return None
    page = urlunsplit(("", "", said.path, said.query, ""))
    is_ours = said.netloc == request.get_host() and said.scheme == request.scheme
    return page if is_ours and url_has_allowed_host_and_scheme(page, None) else None


def _asks_to_sign_in(request: HttpRequest, response: HttpResponseBase) -> bool:
    if request.user.is_authenticated or not isinstance(response, HttpResponseRedirect):
        return False
    leads_to = urlsplit(response.url)
    after = parse_qs(leads_to.query).get("next")
    return leads_to.path == resolve_url(settings.LOGIN_URL) and after == [request.get_full_path()]


def _sign_in_and_come_back(request: HttpRequest) -> HttpResponse:
    request.session[_MARK] = {"with_file": bool(request.FILES)}
    back = urlencode({"next": came_from(request) or reverse("home")}, safe="/")
    address = f"{resolve_url(settings.LOGIN_URL)}?{back}"
    if _by_htmx(request):
        return HttpResponseClientRedirect(address)
    return HttpResponseRedirect(address)


def _tell(request: HttpRequest) -> bool:
    """Says once, to whoever has signed in since, that what they sent was not written."""
    has_session = settings.SESSION_COOKIE_NAME in request.COOKIES
    if request.method != "GET" or not has_session or _by_htmx(request):
        return False
    if not request.user.is_authenticated or _MARK not in request.session:
        return False
    _add_sentence(request, **request.session.pop(_MARK))
    return True


def _add_sentence(request: HttpRequest, *, with_file: bool) -> None:
    messages.error(request, render_to_string("web/_not_sent.html", {"with_file": with_file}))


def _only_for_forms(
    request: HttpRequest, refusal: HttpResponseBase, *, is_told: bool
) -> HttpResponse:
    above = _page_above(request.path)
    if is_told:
        return HttpResponseRedirect(above)
    page = render(request, "web/only_for_forms.html", {"above": above}, status=405)
    page.headers["Allow"] = refusal.headers["Allow"]
    return page


def _page_above(path: str) -> str:
    """The nearest address that a longer one begins with."""
    while path != "/":
        path = path.rstrip("/").rpartition("/")[0] + "/"
        try:
            resolve(path)
        except Resolver404:
            continue
        return path
    return path


def _by_htmx(request: HttpRequest) -> bool:
    return bool(request.htmx)  # type: ignore[attr-defined]  # by its middleware
