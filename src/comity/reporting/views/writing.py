"""Reports as they are written: kept while one types, with evidence, and handed in."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from comity.lib.versions import Difference, Stale, reopened
from comity.reporting import actions
from comity.reporting.forms import EvidenceForm, ReportForm
from comity.reporting.models import Report
from comity.reporting.rules import must_write
from comity.reporting.shown import target, turns_of
from comity.reporting.views.shared import (
    visible_measure,
    visible_occurrence,
    visible_report,
)


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
@require_http_methods(["GET", "HEAD", "POST"])
def write(request: HttpRequest, pk: int) -> HttpResponse:
    """The form of a report. Whatever button is pressed, what was written is kept first."""
    report = visible_report(request, pk)
    must_write(request.user, report)
    if not report.is_writable:
        return redirect(report)
    form = ReportForm(request.POST or None, instance=report, target=target(report.measure))
    evidence = EvidenceForm()
    stale: list[Difference] | None = None
    if request.method == "POST" and form.is_valid():
        evidence = EvidenceForm(request.POST, request.FILES)
        try:
            done = _done(request, _as_stored(report), form, evidence)
        except Stale as meanwhile:
            stale = reopened(form, meanwhile.current)
        except ValidationError as problem:
            _tell(form, evidence, problem)
        else:
            if done is not None:
                return done
    context = {
        "report": report,
        "measure": report.measure,
        "programme": report.measure.programme,
        "occurrence": report.occurrence,
        "target": target(report.measure),
        "form": form,
        "evidence": evidence,
        "pieces": [piece for piece in report.evidence.all() if not piece.is_taken_off],
        "returned": next((turn.step for turn in turns_of(report) if turn.step.reason), None),
        "stale": stale,
    }
    status = 200 if stale is None else 409
    return render(request, "reporting/write.html", context, status=status)


def save(request: HttpRequest, pk: int) -> HttpResponse:
    """Keeps what was typed so far, and says so; the page calls it while one types."""
    if not request.user.is_authenticated:  # said in the page, which keeps what was typed
        return render(request, "reporting/_signed_out.html", {"report_pk": pk}, status=401)
    return _saved(request, pk)


@require_POST
def _saved(request: HttpRequest, pk: int) -> HttpResponse:
    report = visible_report(request, pk)
    must_write(request.user, report)
    form = ReportForm(request.POST, instance=report, target=target(report.measure))
    context: dict[str, Any] = {"report": report, "saved_at": timezone.localtime()}
    try:
        if form.is_valid():
            stored = _as_stored(report)
            context["report"] = _kept(request, stored, form)
        else:
            context["unclear"] = [form[name].label for name in form.errors if name in form.fields]
    except Stale:
        context["stale"] = True
    except ValidationError as problem:
        context["unclear"] = problem.messages
    answer = render(request, "reporting/_saved.html", context)
    if not {"stale", "unclear"} & context.keys():
        answer.headers["Comity-Kept"] = "yes"  # the page forgets its own copy then
    return answer


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks whether a draft is to be thrown away, and throws it away."""
    report = visible_report(request, pk)
    must_write(request.user, report)
    problem = ""
    if request.method == "POST":
        back = report.measure.get_absolute_url()
        try:
            actions.discard_report(report=report, expected_version=report.version, by=request.user)
        except ValidationError as refused:
            problem = " ".join(refused.messages)
        else:
            messages.success(request, _("The draft is thrown away."))
            return redirect(back)
    return render(request, "reporting/discard.html", {"report": report, "problem": problem})


def _done(
    request: HttpRequest, report: Report, form: ReportForm, evidence: EvidenceForm
) -> HttpResponse | None:
    """What the pressed button asks for; None if the page has to tell of a mistake."""
    wanted = request.POST.get("do", "")
    if wanted == "submit" and not request.FILES and not request.POST.get("link"):
        actions.submit_report(
            report=report,
            expected_version=form.cleaned_data["version"],
            by=request.user,
            content=form.content(),
        )
        messages.success(request, _("Your report is submitted."))
        return redirect(report)
    report = _kept(request, report, form)
    form.data = form.data.copy()  # type: ignore[attr-defined]  # a QueryDict
    form.data["version"] = str(report.version)  # type: ignore[index]
    if wanted.startswith("take_off:"):
        piece = get_object_or_404(report.evidence, pk=wanted.removeprefix("take_off:"))
        actions.take_off(evidence=piece, by=request.user)
    elif not evidence.is_valid():
        return None
    else:
        _add_evidence(request, report, evidence)
    if wanted == "submit":
        actions.submit_report(report=report, expected_version=report.version, by=request.user)
        messages.success(request, _("Your report is submitted."))
        return redirect(report)
    messages.success(request, _("What you wrote is kept as a draft."))
    return redirect("reporting:write", report.pk)


def _kept(request: HttpRequest, report: Report, form: ReportForm) -> Report:
    return actions.save_report(
        report=report,
        content=form.content(),
        expected_version=form.cleaned_data["version"],
        by=request.user,
    )


def _add_evidence(request: HttpRequest, report: Report, evidence: EvidenceForm) -> None:
    caption = evidence.cleaned_data["caption"]
    file, link = evidence.cleaned_data["file"], evidence.cleaned_data["link"]
    if file:
        actions.add_file(
            report=report, content=file.read(), name=file.name, caption=caption, by=request.user
        )
    if link:
        actions.add_link(report=report, link=link, caption=caption, by=request.user)


def _as_stored(report: Report) -> Report:
    """The record without what a form put into it while it was checked."""
    return Report.objects.select_related("measure__programme").get(pk=report.pk)


def _tell(form: ReportForm, evidence: EvidenceForm, problem: ValidationError) -> None:
    """Each sentence beside the field that it is about."""
    if not hasattr(problem, "error_dict"):
        form.add_error(None, problem)
        return
    for name, sentences in problem.message_dict.items():
        for sentence in sentences:
            if name in evidence.fields and evidence.is_bound:
                evidence.add_error(name, sentence)
            else:
                form.add_error(name if name in form.fields else None, sentence)
