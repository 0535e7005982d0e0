from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from comity.directory import actions, rules
from comity.directory.forms import GrantForm
from comity.directory.models import Membership
from comity.directory.views.organisations import current_organisation
from comity.lib.paging import page_of


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def people(request: HttpRequest, pk: int) -> HttpResponse:
    """Who has which role in the organisation, and a form to give one."""
    organisation = current_organisation(pk)
    rules.must_grant_roles(request.user, organisation)
    form = GrantForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        granted = actions.grant_membership(
            user=form.cleaned_data["email"],
            organisation=organisation,
            role=form.cleaned_data["role"],
            by=request.user,
        )
        messages.success(
            request,
            _("%(person)s has the role “%(role)s” now.")
            % {"person": granted.user, "role": granted.get_role_display()},
        )
        return redirect("directory:people", pk)
    memberships = organisation.memberships.select_related("user").order_by("user__name", "pk")
    context = {
        "organisation": organisation,
        "form": form,
        "page": page_of(memberships, request),
    }
    return render(request, "directory/people.html", context)


@login_required
@require_POST
def revoke(request: HttpRequest, pk: int) -> HttpResponse:
    membership = get_object_or_404(Membership.objects.select_related("organisation", "user"), pk=pk)
    actions.revoke_membership(membership=membership, by=request.user)
    messages.success(request, _("%s has no role here any more.") % membership.user)
    if rules.can_grant_roles(request.user, membership.organisation):
        return redirect("directory:people", membership.organisation_id)
    return redirect("directory:detail", membership.organisation_id)
