"""Reports as they are written: begun, kept while one types, handed in, thrown away."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from comity.lib.versions import Stale
from comity.reporting import actions
from comity.reporting.models import Report
from comity.reporting.rules import must_write
from comity.reporting.views.desk import Desk, saved, written
from comity.reporting.views.shared import (
    visible_measure,
    visible_occurrence,
    visible_report,
)
from comity.reporting.views.submitted import told_what_follows


@login_required
@require_POST
def start(request: HttpRequest, pk: int) -> HttpResponse:
    """Begins the report of a side on an occurrence, or opens the one begun already."""
    occurrence = visible_occurrence(request, pk)
    try:
        report = actions.start_report(
            occurrence=occurrence, side=request.POST.get("side", ""), by=request.user
        )
    except ValidationError as problem:
        messages.error(request, " ".join(problem.messages))
        return redirect("reporting:occurrence", pk)
    return redirect("reporting:write", report.pk)


@login_required
@require_POST
def start_news(request: HttpRequest, pk: int) -> HttpResponse:
    """Begins news of a measure between its days."""
    measure = visible_measure(request, pk)
    try:
        report = actions.start_news(
            measure=measure, side=request.POST.get("side", ""), by=request.user
        )
    except ValidationError as problem:
        messages.error(request, " ".join(problem.messages))
        return redirect(measure)
    return redirect("reporting:write", report.pk)


@login_required
@require_POST
def go_on(request: HttpRequest, pk: int) -> HttpResponse:
    """Opens the form of an accepted report again, as its day is still open."""
    report = visible_report(request, pk)
    try:
        actions.continue_report(report=report, by=request.user)
    except ValidationError as problem:
        messages.error(request, " ".join(problem.messages))
        return redirect(report)
    return redirect("reporting:write", pk)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def write(request: HttpRequest, pk: int) -> HttpResponse:
    """The form of a report."""
    report = visible_report(request, pk)
    must_write(request.user, report)
    return written(request, _desk(request, report)) if report.is_writable else redirect(report)


def save(request: HttpRequest, pk: int) -> HttpResponse:
    """Keeps what was typed so far, and says so; the page calls it while one types."""
    if not request.user.is_authenticated:  # said in the page, which keeps what was typed
        return render(request, "reporting/_signed_out.html", {"report_pk": pk}, status=401)
    return _saved(request, pk)


@require_POST
def _saved(request: HttpRequest, pk: int) -> HttpResponse:
    report = visible_report(request, pk)
    must_write(request.user, report)
    return saved(request, _desk(request, report))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks whether a draft is to be thrown away, and throws it away."""
    report = visible_report(request, pk)
    must_write(request.user, report)
    problem = ""
    if request.method == "POST":
        back, seen = report.measure.get_absolute_url(), request.POST.get("version", "")
        try:
            actions.discard_report(
                report=report,
                expected_version=int(seen) if seen.isdecimal() else 0,
                by=request.user,
            )
        except Stale:
            report = visible_report(request, pk)
            problem = _("Somebody wrote in it meanwhile: look at what it says now, then decide.")
        except ValidationError as refused:
            problem = " ".join(refused.messages)
        else:
            messages.success(request, _("The draft is thrown away."))
            return redirect(back)
    return render(request, "reporting/discard.html", {"report": report, "problem": problem})


def _desk(request: HttpRequest, report: Report) -> Desk:
    own = report.get_absolute_url()
    return Desk(
        report,
        request.user,
        write=reverse("reporting:write", args=[report.pk]),
        save=reverse("reporting:save", args=[report.pk]),
        leave=reverse("reporting:occurrence", args=[report.occurrence_id])
        if report.occurrence_id
        else own,
        submitted=lambda request: told_what_follows(request, report),
        discard="" if report.first_submitted_at else reverse("reporting:discard", args=[report.pk]),
    )
