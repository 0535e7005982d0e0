"""The form of a report, as whoever may write in it fills it in: a person, or a guest by a link."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from comity.accounts.rules import Reader
from comity.lib.versions import Difference, Stale, reopened
from comity.reporting import actions
from comity.reporting.disputes import said_by_others
from comity.reporting.forms import EvidenceForm, ReportForm
from comity.reporting.models import Evidence, OneTimeLink, Report, Step
from comity.reporting.shown import target, turns_of


@dataclass(frozen=True, slots=True)
class Desk:
    """Who writes in which report, and where the pages lead from there."""

    report: Report
    by: Reader
    write: str
    save: str
    leave: str
    #: What answers a submission, and what else it does, in its transaction.
    submitted: Callable[[HttpRequest], HttpResponse]
    also: Callable[[], object] = field(default=lambda: None)
    #: Where what was never submitted is thrown away.
    discard: str = ""
    #: By which somebody without an account came here.
    link: OneTimeLink | None = None
    secret: str = ""

    @property
    def pieces(self) -> list[Evidence]:
        """The evidence that stands in the report as it is written."""
        return list(_standing(self.report))


def written(request: HttpRequest, desk: Desk) -> HttpResponse:
    """The page of the form. Whatever button is pressed, what was written is kept first."""
    report = desk.report
    form = ReportForm(request.POST or None, instance=report, target=target(report.measure))
    evidence = EvidenceForm()
    stale: list[Difference] | None = None
    if request.method == "POST" and form.is_valid():
        evidence = EvidenceForm(request.POST, request.FILES)
        try:
            done = _done(request, desk, form, evidence)
        except Stale as meanwhile:
            stale = reopened(form, meanwhile.current) + _other_evidence(request, desk.report)
        except ValidationError as problem:
            _tell(form, evidence, problem)
        else:
            if done is not None:
                return done
    context = {
        "desk": desk,
        "report": report,
        "measure": report.measure,
        "programme": report.measure.programme,
        "occurrence": report.occurrence,
        "target": target(report.measure),
        "form": form,
        "evidence": evidence,
        "pieces": desk.pieces,
        "returned": _came_back_by(report),
        "said_by_others": said_by_others(report, as_party=desk.link is None),
        "stale": stale,
    }
    status = 200 if stale is None else 409
    return render(request, "reporting/write.html", context, status=status)


def _came_back_by(report: Report) -> Step | None:
    """The step that says why the report has to be written again, if it came back."""
    if not report.is_returned:
        return None
    return next((turn.step for turn in turns_of(report) if turn.step.reason), None)


def saved(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Keeps what was typed so far, and says so; the page calls it while one types."""
    form = ReportForm(request.POST, instance=desk.report, target=target(desk.report.measure))
    context: dict[str, Any] = {"report": desk.report, "saved_at": timezone.localtime()}
    try:
        if form.is_valid():
            context |= {"report": _kept(desk, form), "understood": form.understood}
        else:
            context["unclear"] = form.unclear
    except Stale:
        context["stale"] = True
    except ValidationError as problem:
        context["unclear"] = problem.messages
    answer = render(request, "reporting/_saved.html", context)
    if not {"stale", "unclear"} & context.keys():
        answer.headers["Comity-Kept"] = "yes"  # the page forgets its own copy then
    return answer


def _done(
    request: HttpRequest, desk: Desk, form: ReportForm, evidence: EvidenceForm
) -> HttpResponse | None:
    """What the pressed button asks for; None if the page has to tell of a mistake."""
    wanted = request.POST.get("do", "")
    if wanted == "submit" and not request.FILES and not request.POST.get("link"):
        with transaction.atomic():
            actions.submit_report(
                report=_as_stored(desk.report),
                expected_version=_version_before(desk, form),
                by=desk.by,
                content=form.content(),
            )
            desk.also()
        return desk.submitted(request)
    report = _kept(desk, form)
    _go_on_from(report, form)
    if wanted.startswith("take_off:"):
        report = _without(report, wanted.removeprefix("take_off:"), desk)
    elif not evidence.is_valid():
        return None
    else:
        for added in _with(report, evidence, desk):
            report = added
            _go_on_from(report, form)
    if wanted == "submit":
        with transaction.atomic():
            actions.submit_report(report=report, expected_version=report.version, by=desk.by)
            desk.also()
        return desk.submitted(request)
    messages.success(request, _("What you wrote is kept as a draft."))
    return redirect(desk.write)


def _kept(desk: Desk, form: ReportForm) -> Report:
    return actions.save_report(
        report=_as_stored(desk.report),
        content=form.content(),
        expected_version=_version_before(desk, form),
        by=desk.by,
        page=form.cleaned_data["page"],
    )


def _version_before(desk: Desk, form: ReportForm) -> int:
    """The version that the page has before it, or that its own last words made.

    Where the answer to what was typed got lost, the page does not know that it was kept.
    """
    stored, page = _as_stored(desk.report), form.cleaned_data["page"]
    is_its_own = page and stored.typed_from == f"{page}:{stored.version}"
    version: int = stored.version if is_its_own else form.cleaned_data["version"]
    return version


def _go_on_from(report: Report, form: ReportForm) -> None:
    """The page, should it be shown again, sends the version that its own acts led to."""
    form.data = form.data.copy()  # type: ignore[attr-defined]  # a QueryDict
    form.data["version"] = str(report.version)  # type: ignore[index]


def _without(report: Report, number: str, desk: Desk) -> Report:
    piece = report.evidence.filter(pk=number).first() if number.isdecimal() else None
    if piece is None:
        raise Http404(_("This report has no such file."))
    return actions.take_off(evidence=piece, expected_version=report.version, by=desk.by)


def _with(report: Report, evidence: EvidenceForm, desk: Desk) -> Iterator[Report]:
    """The report after each piece that was added to it."""
    caption = evidence.cleaned_data["caption"]
    file, link = evidence.cleaned_data["file"], evidence.cleaned_data["link"]
    if file:
        report = actions.add_file(
            report=report,
            expected_version=report.version,
            content=file.read(),
            name=file.name,
            caption=caption,
            by=desk.by,
        ).report
        yield report
    if link:
        yield actions.add_link(
            report=report,
            expected_version=report.version,
            link=link,
            caption=caption,
            by=desk.by,
        ).report


def _standing(report: Report) -> "QuerySet[Evidence]":
    return report.evidence.filter(is_taken_off=False).select_related("file")


def _other_evidence(request: HttpRequest, report: Report) -> list[Difference]:
    """Evidence that the person had before them and what stands now, if somebody changed it."""
    seen = dict(one.partition(" ")[::2] for one in request.POST.getlist("piece"))
    standing = {str(piece.pk): str(piece) for piece in _standing(report)}
    if seen.keys() == standing.keys():
        return []
    yours, theirs = ("; ".join(pieces.values()) for pieces in (seen, standing))
    return [Difference(_("What shows it"), yours, theirs)]


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
