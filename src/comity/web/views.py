from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.db import connection
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from comity.accounts.actions import choose_language
from comity.accounts.models import User
from comity.accounts.rules import must
from comity.lib.kept_pages import stands_until_a_write
from comity.lib.languages import LANGUAGES
from comity.lib.past_days import day_asked, on_past_day
from comity.lib.periods import quarter_of
from comity.programmes.queries.days import PastDay, on
from comity.programmes.queries.deadlines_then import deadlines_then
from comity.programmes.queries.occurrences import deadlines
from comity.programmes.rules import can_add_programme
from comity.web.home import (
    SHORT,
    Counted,
    MapFilters,
    newest_and_ending,
    sentence,
)
from comity.web.kept_ready import KeptReady
from comity.web.links import Picture, picture
from comity.web.styleguide import examples


@require_safe
@stands_until_a_write
def home(request: HttpRequest) -> HttpResponse:
    """Who cooperates with whom; what is due and late; the newest and the ending agreements."""
    when = on(day_asked(request))
    day, kept = when.day, KeptReady.of(request)
    filters = MapFilters(request.GET, reader=request.user, day=day, kept=kept)
    drawn = picture(request.user, filters.asked(), day, kept)
    if "table" in request.GET:
        return _table_of(drawn, request)
    quarter = quarter_of(day)
    if isinstance(when, PastDay):
        told = deadlines_then(request.user, when, quarter.end, SHORT)
    else:
        told = deadlines(request.user, day, quarter.end, SHORT)
    terms = newest_and_ending(request.user, day)
    context = {
        **on_past_day(day),
        "filters": filters,
        "picture": drawn,
        "map": drawn.as_map(),
        "sentence": sentence(drawn),
        "due_count": Counted(told.due_count),
        "due": told.due,
        "late_count": Counted(told.late_count),
        "late": told.late,
        "given_up_count": told.given_up,
        "disputed_count": told.disputed,
        "quarter": quarter,
        "newest": terms.newest,
        "ending": terms.ending,
        "ending_count": terms.ending_count,
        "may_bring_in": can_add_programme(request.user),
    }
    page = "web/_map.html" if request.htmx else "web/home.html"  # type: ignore[attr-defined]  # by its middleware
    return render(request, page, context)


def _table_of(drawn: Picture, request: HttpRequest) -> HttpResponse:
    """The map as a table: within the page, or as one of its own where there is no JavaScript."""
    page = "web/_links.html" if request.htmx else "web/links.html"  # type: ignore[attr-defined]  # by its middleware
    return render(request, page, {"picture": drawn, "sentence": sentence(drawn)})


@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Remembers the language in a cookie, and with the account of whoever is signed in."""
    target = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(target, {request.get_host()}, request.is_secure()):
        target = reverse("home")
    response = HttpResponseRedirect(target)
    wanted = request.POST.get("language")
    if wanted in LANGUAGES:
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            wanted,
            max_age=settings.LANGUAGE_COOKIE_AGE,
            samesite="Lax",
            secure=settings.LANGUAGE_COOKIE_SECURE,
        )
        if isinstance(request.user, User) and request.user.language != wanted:
            choose_language(user=request.user, language=wanted)
    return response


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    return render(request, "web/about.html")


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "web/accessibility.html")


@login_required
@require_safe
def styleguide(request: HttpRequest) -> HttpResponse:
    """Every component with its states; for the staff."""
    must(request.user.is_staff, _("The styleguide is for the staff of this register."))
    if request.htmx:  # type: ignore[attr-defined]  # by its middleware
        return render(request, "web/_styleguide_part.html")
    return render(request, "web/styleguide.html", examples())


@require_safe
def healthy(_request: HttpRequest) -> HttpResponse:
    """For a proxy or a monitor: 200 while the database answers."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok\n", content_type="text/plain")


def refused(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "web/refused.html", {"why": str(exception)}, status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "web/not_found.html", status=404)


def failed(request: HttpRequest) -> HttpResponse:
    return render(request, "web/failed.html", status=500)
