from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from comity.accounts.models import User
from comity.accounts.roles import roles_of
from comity.accounts.rules import coordinates_everything


@login_required
def profile(request: HttpRequest) -> HttpResponse:
    assert isinstance(request.user, User)
    context = {
        "roles": roles_of(request.user),
        "may_give_roles": coordinates_everything(request.user),
    }
    return render(request, "accounts/profile.html", context)
