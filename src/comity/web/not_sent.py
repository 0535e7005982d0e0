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


def where_the_form_stands(request: HttpRequest) -> str:
    """The page of ours from which the browser says that it came; the first page if it does not."""
    came_from = urlsplit(request.headers.get("Referer", ""))
    page = urlunsplit(("", "", came_from.path, came_from.query, ""))
    is_ours = came_from.netloc == request.get_host() and came_from.scheme == request.scheme
    return page if is_ours and url_has_allowed_host_and_scheme(page, None) else reverse("home")


def _asks_to_sign_in(request: HttpRequest, response: HttpResponseBase) -> bool:
    if request.user.is_authenticated or not isinstance(response, HttpResponseRedirect):
        return False
    leads_to = urlsplit(response.url)
    after = parse_qs(leads_to.query).get("next")
    return leads_to.path == resolve_url(settings.LOGIN_URL) and after == [request.get_full_path()]


def _sign_in_and_come_back(request: HttpRequest) -> HttpResponse:
    request.session[_MARK] = {"with_file": bool(request.FILES)}
    back = urlencode({"next": where_the_form_stands(request)}, safe="/")
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
    sentence = render_to_string("web/_not_sent.html", request.session.pop(_MARK))
    messages.error(request, sentence)
    return True


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
