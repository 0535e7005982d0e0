"""Reports as they are decided about: accepted, returned, opened again, settled."""

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from comity.lib.versions import Stale
from comity.reporting import actions
from comity.reporting.forms import ReasonForm, ReopenForm, SettlingForm
from comity.reporting.models import Report
from comity.reporting.rules import must_verify
from comity.reporting.views.reading import occurrence_context, report_context
from comity.reporting.views.shared import visible_occurrence, visible_report


@login_required
@require_POST
def accept(request: HttpRequest, pk: int) -> HttpResponse:
    report = visible_report(request, pk)
    form = ReasonForm(request.POST)
    note = form.cleaned_data["reason"] if form.is_valid() else ""
    return _decided(
        request,
        report,
        lambda version: actions.accept_report(
            report=report, expected_version=version, by=request.user, note=note
        ),
        _("The report is accepted."),
    )


@login_required
@require_POST
def give_back(request: HttpRequest, pk: int) -> HttpResponse:
    report = visible_report(request, pk)
    form = ReasonForm(request.POST)
    form.is_valid()
    return _decided(
        request,
        report,
        lambda version: actions.return_report(
            report=report,
            expected_version=version,
            by=request.user,
            reason=form.cleaned_data.get("reason", ""),
        ),
        _("The report is returned, with your reason."),
        form,
    )


@login_required
@require_POST
def reopen(request: HttpRequest, pk: int) -> HttpResponse:
    report = visible_report(request, pk)
    must_verify(request.user, report)
    form = ReopenForm(request.POST)
    if not form.is_valid():
        return _told(request, report, form)
    return _decided(
        request,
        report,
        lambda version: actions.reopen_report(
            report=report,
            expected_version=version,
            by=request.user,
            reason=form.cleaned_data["reason"],
            words_only=form.cleaned_data["words_only"],
        ),
        _("The report is open again."),
        form,
    )


@login_required
@require_POST
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    report = visible_report(request, pk)
    return _decided(
        request,
        report,
        lambda version: actions.take_back_report(
            report=report, expected_version=version, by=request.user
        ),
        _("The report is yours again: nobody decides about it until you submit it."),
    )


@login_required
@require_POST
def settle(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks the sides of a disputed occurrence to settle it."""
    occurrence = visible_occurrence(request, pk)
    form = SettlingForm(request.POST)
    form.is_valid()
    try:
        actions.ask_to_settle(
            occurrence=occurrence, by=request.user, reason=form.cleaned_data.get("reason", "")
        )
    except ValidationError as problem:
        _note(form, problem)
        context = {**occurrence_context(request, pk), "reason": form}
        return render(request, "reporting/occurrence.html", context)
    messages.success(request, _("Both sides are asked to settle it; their reports are open again."))
    return redirect("reporting:occurrence", pk)


def _decided(
    request: HttpRequest,
    report: Report,
    act: Callable[[int], Report],
    success: str,
    form: ReasonForm | None = None,
) -> HttpResponse:
    try:
        act(_version(request))
    except Stale:
        messages.error(
            request, _("The report was changed meanwhile. Look at it as it is now, then decide.")
        )
    except ValidationError as problem:
        form = form or ReasonForm(request.POST)
        _note(form, problem)
        return _told(request, report, form)
    else:
        messages.success(request, success)
    return redirect(report)


def _told(request: HttpRequest, report: Report, form: ReasonForm) -> HttpResponse:
    context = report_context(request, report)
    context["reopen" if isinstance(form, ReopenForm) else "reason"] = form
    return render(request, "reporting/report.html", context)


def _note(form: ReasonForm, problem: ValidationError) -> None:
    form.is_valid()
    if hasattr(problem, "error_dict"):
        form.add_error("reason", problem.messages)
    else:
        form.add_error(None, problem)


def _version(request: HttpRequest) -> int:
    """The version of the report that the person looked at."""
    written = request.POST.get("version", "")
    return int(written) if written.isdecimal() else 0
