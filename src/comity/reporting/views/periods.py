from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from comity.accounts.rules import must
from comity.lib.kept_pages import stands_until_a_write
from comity.programmes.models import Programme
from comity.programmes.rules import can_change_programme
from comity.reporting import actions
from comity.reporting.counting import counted
from comity.reporting.forms import PeriodForm, WhyForm
from comity.reporting.models import ReportingPeriod


@require_safe
@stands_until_a_write
def of_programme(request: HttpRequest, pk: int) -> HttpResponse:
    """The reporting periods of a programme: a panel of its page, and a page of its own."""
    programme = get_object_or_404(Programme.objects.visible_to(request.user), pk=pk)
    return _shown(request, programme, PeriodForm(programme=programme))


@login_required
@require_POST
def open_period(request: HttpRequest, pk: int) -> HttpResponse:
    programme = get_object_or_404(Programme.objects.visible_to(request.user), pk=pk)
    _coordinators_only(request, programme)
    form = PeriodForm(request.POST, programme=programme)
    if form.is_valid():
        try:
            actions.open_period(programme=programme, stretch=form.stretch(), by=request.user)
        except ValidationError as problem:
            form.add_error(None, problem)
        else:
            messages.success(request, _("The period is open for reports."))
            return redirect("reporting:periods", pk)
    return _shown(request, programme, form)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def lock(request: HttpRequest, pk: int) -> HttpResponse:
    """Says what locking a period does and what is still missing in it, and locks it."""
    period = _period(request, pk)
    if request.method != "POST":
        row = next(one for one in counted(period.programme) if one.period == period)
        context = {"row": row, "period": period, "programme": period.programme}
        return render(request, "reporting/lock.html", context)
    try:
        actions.lock_period(period=period, by=request.user)
    except ValidationError as problem:
        messages.error(request, " ".join(problem.messages))
    else:
        messages.success(request, _("The period is locked; reports on it are marked from now on."))
    return redirect("reporting:periods", period.programme_id)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def unlock(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks why a period is opened again."""
    period = _period(request, pk)
    form = WhyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.unlock_period(
                period=period, by=request.user, reason=form.cleaned_data["reason"]
            )
        except ValidationError as problem:
            for sentence in problem.messages:
                form.add_error("reason", sentence)
        else:
            messages.success(request, _("The period is open again."))
            return redirect("reporting:periods", period.programme_id)
    context = {"period": period, "programme": period.programme, "form": form}
    return render(request, "reporting/unlock.html", context)


def _shown(request: HttpRequest, programme: Programme, form: PeriodForm) -> HttpResponse:
    context: dict[str, Any] = {
        "programme": programme,
        "rows": counted(programme),
        "may_change": can_change_programme(request.user, programme),
        "today": timezone.localdate(),
        "form": form,
    }
    part = request.htmx  # type: ignore[attr-defined]  # by its middleware
    page = "reporting/_periods.html" if part else "reporting/periods.html"
    return render(request, page, context)


def _period(request: HttpRequest, pk: int) -> ReportingPeriod:
    seen = ReportingPeriod.objects.filter(
        programme__in=Programme.objects.visible_to(request.user).order_by()
    )
    period = get_object_or_404(seen.select_related("programme"), pk=pk)
    _coordinators_only(request, period.programme)
    return period


def _coordinators_only(request: HttpRequest, programme: Programme) -> None:
    must(
        can_change_programme(request.user, programme),
        _("Only coordinators of the programme, of a side or of its owner open and lock periods."),
    )
