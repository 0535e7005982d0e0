from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from comity.accounts.rules import must
from comity.programmes import actions
from comity.programmes.forms import GrantForm
from comity.programmes.models import ProgrammeGrant
from comity.programmes.rules import can_give_roles_in
from comity.programmes.views.shared import visible_programme


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def people(request: HttpRequest, pk: int) -> HttpResponse:
    """Who has a role in this programme."""
    programme = visible_programme(request, pk)
    must(
        can_give_roles_in(request.user, programme),
        _("Only an administrator of the programme, of a side or of its owner gives roles in it."),
    )
    form = GrantForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        person = form.cleaned_data["email"]
        actions.grant_programme_role(
            programme=programme, user=person, role=form.cleaned_data["role"], by=request.user
        )
        messages.success(request, _("%s has the role now.") % person)
        return redirect("programmes:people", pk)
    grants = programme.grants.select_related("user").order_by("user__name", "pk")
    context = {"programme": programme, "form": form, "grants": grants}
    return render(request, "programmes/people.html", context)


@login_required
@require_POST
def revoke(request: HttpRequest, pk: int) -> HttpResponse:
    grant = get_object_or_404(ProgrammeGrant.objects.select_related("programme", "user"), pk=pk)
    visible_programme(request, grant.programme_id)
    actions.revoke_programme_role(grant=grant, by=request.user)
    messages.success(request, _("%s has no role in this programme any more.") % grant.user)
    return redirect("programmes:people", grant.programme_id)
