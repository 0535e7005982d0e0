"""What an invitation leads to, and what whoever sent it may do with it."""

from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from comity.accounts import actions
from comity.accounts.actions.roles import must_give
from comity.accounts.forms import SignUpForm
from comity.accounts.models import Invitation, User
from comity.accounts.scopes import Scope, scope_of
from comity.accounts.views.people import mail


@login_required
@require_POST
def again(request: HttpRequest, pk: int) -> HttpResponse:
    invitation, scope = _sent(request, pk)
    try:
        with transaction.atomic():
            mail(request, *actions.send_invitation_again(invitation=invitation, by=request.user))
    except ValidationError as problem:
        messages.error(request, " ".join(problem.messages))
    return redirect("accounts:people", scope.kind, scope.number)


@login_required
@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    invitation, scope = _sent(request, pk)
    try:
        actions.withdraw_invitation(invitation=invitation, by=request.user)
    except ValidationError as problem:
        messages.error(request, " ".join(problem.messages))
    else:
        messages.success(request, _("The invitation works no more."))
    return redirect("accounts:people", scope.kind, scope.number)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def by_link(request: HttpRequest, secret: str) -> HttpResponse:
    """Accepts an invitation: with the account of its address, or by making one."""
    invitation = actions.opened_invitation(secret)
    scope = scope_of(invitation.scope, invitation.number) if invitation else None
    if invitation is None or scope is None:
        return render(request, "accounts/invitation_over.html", status=404)
    has_account = User.objects.filter(email__iexact=invitation.email).exists()
    form = SignUpForm(request.POST or None)
    context = {
        "invitation": invitation,
        "scope": scope,
        "has_account": has_account,
        "is_theirs": request.user.is_authenticated
        and request.user.email.lower() == invitation.email,
        "form": form,
    }
    if request.method == "POST" and _is_accepted(request, secret, form):
        messages.success(request, _("You have a role now: %s.") % scope)
        return redirect("work")
    return render(request, "accounts/invitation.html", context)


def _is_accepted(request: HttpRequest, secret: str, form: SignUpForm) -> bool:
    """Accepts for whoever is signed in, or makes an account and signs it in; tells what is odd."""
    try:
        if isinstance(request.user, User):
            actions.accept_invitation(secret=secret, by=request.user)
            return True
        if not form.is_valid():
            return False
        user = actions.sign_up_by_invitation(
            secret=secret,
            name=form.cleaned_data["name"],
            password=form.cleaned_data["password1"],
            language=get_language() or "en",
        )
    except ValidationError as problem:
        messages.error(request, " ".join(problem.messages))
        return False
    except actions.AccountRefused as problem:
        form.add_error("password1", str(problem))
        return False
    login(request, user, backend="comity.accounts.backends.People")
    return True


def _sent(request: HttpRequest, pk: int) -> tuple[Invitation, Scope]:
    """An invitation that the person may see, because they may give its role."""
    invitation = get_object_or_404(Invitation, pk=pk)
    scope = scope_of(invitation.scope, invitation.number)
    if scope is None or not scope.is_seen_by(request.user):
        raise Http404(_("There is no such invitation."))
    must_give(request.user, scope, invitation.role)
    return invitation, scope
