"""Who has which role within the whole, an organisation or a programme; invitations; leaving."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from comity.accounts import actions
from comity.accounts.actions.roles import must_give
from comity.accounts.belongings import Belonging, Duty, alone_with, open_work
from comity.accounts.forms import CloseForm, HandOverForm, InviteForm
from comity.accounts.models import Invitation, Role, User
from comity.accounts.rules import Reader, administers_everything, must
from comity.accounts.scopes import Scope, scope_of
from comity.lib.paging import page_of

#: Records of one kind that a page names before it only counts the rest.
NAMED = 20


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def people(request: HttpRequest, kind: str, number: int) -> HttpResponse:
    """Who has which role in a scope, whom it invited, and a form to invite somebody.

    `role` in the address chooses a role in the form beforehand.
    """
    scope = _scope(request, kind, number)
    must_give(request.user, scope)
    given = scope.roles_given_by(request.user)
    wanted = {"role": request.GET.get("role", "")}
    form = InviteForm(request.POST or None, roles=given, initial=wanted)
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                mail(request, *actions.invite(scope=scope, by=request.user, **form.cleaned_data))
        except ValidationError as problem:
            form.add_error(None, problem)
        else:
            return redirect("accounts:people", kind, scope.number)
    open_ = Invitation.objects.filter(scope=kind, number=scope.number, ended_at=None)
    context = {
        "scope": scope,
        "form": form,
        "page": page_of(scope.grants().order_by("user__name", "pk"), request),
        "given": given,
        "roles": [(value, label) for value, label in Role.choices if value in given],
        "invitations": [(one, one.role in given) for one in open_],
        "may_close": administers_everything(request.user),
    }
    return render(request, "accounts/people.html", context)


@login_required
@require_POST
def change_role(request: HttpRequest, kind: str, number: int, pk: int) -> HttpResponse:
    scope = _scope(request, kind, number)
    must_give(request.user, scope)
    person = get_object_or_404(User, pk=pk, pk__in=scope.grants().values("user"))
    role = request.POST.get("role", "")
    try:
        actions.change_role(scope=scope, person=person, role=role, by=request.user)
    except ValidationError as problem:
        messages.error(request, " ".join(problem.messages))
    else:
        messages.success(request, _("%s has another role now.") % person)
    return redirect("accounts:people", kind, scope.number)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def hand_over(request: HttpRequest, kind: str, number: int, pk: int) -> HttpResponse:
    """Ends a role; what is open passes on. Shows first what that is."""
    is_own, scope = pk == request.user.pk, scope_of(kind, number)
    grant = scope.grants().filter(user=pk).first() if scope else None
    if scope is None or grant is None or not (is_own or scope.is_seen_by(request.user)):
        raise Http404(_("Nobody has such a role."))
    person = grant.user
    if not is_own:
        must_give(request.user, scope, grant.role)
    work = open_work(person, scope)
    successors = actions.successors(scope, person, work)
    left = actions.unanswered([] if successors else work, alone_with(person, scope, request.user))
    form = HandOverForm(request.POST or None, successors=successors, is_left=bool(left))
    if request.method == "POST" and form.is_valid():
        said = {"to": None, **form.cleaned_data}
        try:
            actions.hand_over(scope=scope, person=person, by=request.user, **said)
        except ValidationError as problem:
            form.add_error(None, problem)
        else:
            messages.success(request, _("%s has no role here any more.") % person)
            return redirect("work") if is_own else redirect("accounts:people", kind, scope.number)
    context = {"scope": scope, "person": person, "is_own": is_own, "form": form, "grant": grant}
    context |= {"work": _told(work if successors else []), "left": _told(left)}
    context["invite_at"] = _invite_at(scope, left, request.user) if left else ""
    return render(request, "accounts/hand_over.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """Closes an account; what is open passes on."""
    must(
        administers_everything(request.user),
        _("Only an administrator of the whole register manages accounts and roles."),
    )
    person = get_object_or_404(User, pk=pk)
    work, alone = open_work(person, None), actions.alone_anywhere(person, request.user)
    is_left = bool(actions.unanswered(work, alone))
    form = CloseForm(request.POST or None, is_left=is_left)
    if request.method == "POST" and form.is_valid():
        try:
            actions.deactivate_account(person=person, by=request.user, **form.cleaned_data)
        except ValidationError as problem:
            form.add_error(None, problem)
        else:
            messages.success(request, _("The account of %s is closed.") % person)
            return redirect("accounts:people", "whole", 0)
    context = {"person": person, "form": form, "work": _told(work), "left": _told(alone)}
    return render(request, "accounts/close.html", context)


def mail(request: HttpRequest, invitation: Invitation, secret: str) -> None:
    """Puts an invitation into the post and says so; in the transaction that made it."""
    address = request.build_absolute_uri(reverse("accounts:invitation", args=[secret]))
    actions.send_invitation(invitation=invitation, address=address)
    messages.success(request, _("The invitation to %s is on its way.") % invitation.email)


def _scope(request: HttpRequest, kind: str, number: int) -> Scope:
    scope = scope_of(kind, number)
    if scope is None or not scope.is_seen_by(request.user):
        raise Http404(_("There is nothing here in which people have roles."))
    return scope


def _invite_at(scope: Scope, left: Sequence[Belonging | Duty], by: Reader) -> str:
    """Where one invites somebody who can answer for what is left; empty for who may not."""
    given = scope.roles_given_by(by)
    fitting = [role for role in left[0].needs if role in given]
    if not fitting:
        return ""
    people = reverse("accounts:people", args=[scope.kind, scope.number])
    return f"{people}?role={fitting[0]}#invite"


def _told(work: Sequence[Belonging | Duty]) -> list[tuple[str, Sequence[Any], int]]:
    """Of each kind its name, the first records, and how many more there are."""
    return [(one.title, one.records[:NAMED], max(len(one.records) - NAMED, 0)) for one in work]
