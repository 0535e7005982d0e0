"""A person's deadlines as a calendar that other programs subscribe to."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from comity.accounts.models import User
from comity.reporting import actions
from comity.reporting.calendar import calendar_of, owner_of
from comity.reporting.models import CalendarAddress


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def my_calendar(request: HttpRequest) -> HttpResponse:
    """Makes a secret address, which is shown once, or takes it away."""
    assert isinstance(request.user, User)
    context: dict[str, Any] = {}
    if "close" in request.POST:
        actions.close_calendar(by=request.user)
        messages.success(request, _("Your calendar has no address any more."))
        return redirect("work")
    if request.method == "POST":
        secret = actions.renew_calendar(by=request.user)
        context["address"] = request.build_absolute_uri(reverse("calendar", args=[secret]))
    context["has_calendar"] = CalendarAddress.objects.filter(user=request.user).exists()
    part = request.htmx  # type: ignore[attr-defined]  # by its middleware
    answer = render(request, "web/_calendar.html" if part else "web/calendar.html", context)
    answer.headers["Cache-Control"] = "no-store"
    return answer


@require_safe
def calendar(request: HttpRequest, secret: str) -> HttpResponse:
    """The deadlines of whoever made the address, in their language; without signing in."""
    user = owner_of(secret)
    if user is None:
        raise Http404(_("There is no such calendar."))
    with translation.override(user.language):
        content = calendar_of(user, site=request.build_absolute_uri("/").rstrip("/"))
    answer = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    answer.headers["Cache-Control"] = "private, no-store"
    answer.headers["Content-Disposition"] = 'inline; filename="comity.ics"'
    return answer
