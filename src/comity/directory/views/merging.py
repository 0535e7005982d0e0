from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from comity.directory import actions, rules
from comity.directory.actions.merging import refuse_merger
from comity.directory.forms import ChooseOtherForm, MergeForm
from comity.directory.links import counted_links
from comity.directory.models import Organisation
from comity.directory.views.organisations import current_organisation


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def merge(request: HttpRequest, pk: int) -> HttpResponse:
    """First which other record, then both side by side, then why: only that writes."""
    rules.must_merge_organisations(request.user)
    kept = current_organisation(pk)
    choice = ChooseOtherForm(request.GET if "other" in request.GET else None)
    other = _allowed_other(choice, kept)
    form = MergeForm(request.POST or None)
    if request.method == "POST" and other is not None and form.is_valid():
        actions.merge_organisations(
            kept=kept, merged=other, by=request.user, reason=form.cleaned_data["reason"]
        )
        messages.success(request, _("%s is merged into this organisation now.") % other)
        return redirect("directory:detail", kept.pk)
    context = {
        "kept": kept,
        "other": other,
        "choice": choice,
        "form": form,
        "both": [kept, other],
        "links": counted_links(other) if other else [],
    }
    return render(request, "directory/merge.html", context)


def _allowed_other(choice: ChooseOtherForm, kept: Organisation) -> Organisation | None:
    if not choice.is_valid():
        return None
    other: Organisation = choice.cleaned_data["other"]
    try:
        refuse_merger(kept, other)
    except actions.Refused as refused:
        choice.add_error("other", str(refused))
        return None
    return other
