from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from comity.accounts.models import User
from comity.programmes.models import Measure, Programme
from comity.reporting import actions
from comity.reporting.models import Follow

_KINDS: dict[str, Any] = {"programme": Programme, "measure": Measure}


@require_safe
def button(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """The button of a page that is to be followed; nothing for whoever is not signed in."""
    what = get_object_or_404(_KINDS[kind].objects.visible_to(request.user), pk=pk)
    if not isinstance(request.user, User):
        return HttpResponse("")
    context = {
        "action": reverse("reporting:follow", args=[kind, pk]),
        "follows": Follow.objects.filter(user=request.user, **{kind: what}).exists(),
    }
    return render(request, "reporting/_follow.html", context)


@login_required
@require_POST
def follow(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """Begins to follow, or stops."""
    assert isinstance(request.user, User)
    what = get_object_or_404(_KINDS[kind].objects.visible_to(request.user), pk=pk)
    if "stop" in request.POST:
        actions.stop_following(what=what, by=request.user)
    else:
        actions.follow(what=what, by=request.user)
    return redirect(what)
