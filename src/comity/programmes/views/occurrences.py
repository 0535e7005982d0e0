from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from comity.programmes import actions
from comity.programmes.forms import ReasonForm, SettleForm
from comity.programmes.models import Occurrence
from comity.programmes.rules import must_settle


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def settle(request: HttpRequest, pk: int) -> HttpResponse:
    """Registers what was done for one day that was due."""
    occurrence = _occurrence(request, pk)
    form = SettleForm(request.POST or None, initial={"done_on": occurrence.due_on})
    if request.method == "POST" and form.is_valid():
        try:
            actions.settle_occurrence(
                occurrence=occurrence,
                done_on=form.cleaned_data["done_on"],
                note=form.cleaned_data["note"],
                by=request.user,
            )
        except ValidationError as problem:
            form.add_error(None, problem)
        else:
            messages.success(request, _("It is registered as done."))
            return redirect(occurrence.measure)
    return render(request, "programmes/settle.html", {"occurrence": occurrence, "form": form})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def reopen(request: HttpRequest, pk: int) -> HttpResponse:
    """Takes back that something was done."""
    occurrence = _occurrence(request, pk)
    form = ReasonForm(request.POST or None, required=True)
    if request.method == "POST" and form.is_valid():
        try:
            actions.reopen_occurrence(
                occurrence=occurrence, reason=form.cleaned_data["reason"], by=request.user
            )
        except ValidationError as problem:
            form.add_error(None, problem)
        else:
            messages.success(request, _("It counts as open again."))
            return redirect(occurrence.measure)
    return render(request, "programmes/reopen.html", {"occurrence": occurrence, "form": form})


def _occurrence(request: HttpRequest, pk: int) -> Occurrence:
    found = Occurrence.objects.visible_to(request.user).select_related(
        "measure__programme", "programme"
    )
    occurrence = get_object_or_404(found, pk=pk)
    must_settle(request.user, occurrence.measure)
    return occurrence
