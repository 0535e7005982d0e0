from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from comity.files.answers import to_be_saved
from comity.files.media import DOCX
from comity.issuing.actions import issue_report, must_issue
from comity.issuing.checking import findings
from comity.issuing.formats import MEDIA_TYPES, Format
from comity.issuing.forms import DraftForm, IssueForm, IssueWithTemplateForm
from comity.issuing.gathering import Wanted, gather
from comity.issuing.models import IssuedFile, IssuedReport
from comity.issuing.periods import latest_periods
from comity.issuing.phrases import fixed
from comity.issuing.rules import can_issue
from comity.issuing.writers import word, written
from comity.issuing.writers.template import standard_template
from comity.lib.languages import LANGUAGES, reader_language
from comity.lib.paging import page_of
from comity.programmes.models import Programme


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def of_programme(request: HttpRequest, pk: int) -> HttpResponse:
    """The reports that were issued on a programme, and the form to issue another one."""
    programme = _programme(request, pk)
    form = IssueWithTemplateForm(
        request.POST or None, request.FILES or None, programme=programme,
        initial={"language": reader_language()},
    )  # fmt: skip
    if request.method == "POST":
        must_issue(request.user, programme)
        if form.is_valid():
            try:
                report = issue_report(programme=programme, by=request.user, **form.cleaned_data)
            except ValidationError as problem:
                form.add_error(None, problem)
            else:
                messages.success(request, _("The report is issued."))
                template = form.cleaned_data["template"]
                for told in word.warnings(template) if template else ():
                    messages.warning(request, told)
                return redirect(report)
    return render(request, "issuing/of_programme.html", _page(request, programme, form))


def _page(request: HttpRequest, programme: Programme, form: IssueForm) -> dict[str, object]:
    issued = IssuedReport.objects.visible_to(request.user).filter(programme=programme)
    return {
        "programme": programme,
        "form": form,
        "can_issue": can_issue(request.user, programme),
        "formats": Format.choices,
        "page": page_of(issued.prefetch_related("files").defer("contents"), request),
    }


@login_required
@require_safe
def draft(request: HttpRequest, pk: int) -> HttpResponse:
    """The same report, not numbered and not kept, as its reader may see it."""
    programme = _programme(request, pk)
    must_issue(request.user, programme)
    begun = latest_periods(timezone.localdate(), programme.period)
    unsaid = {"period": begun[0].code if begun else "", "language": reader_language()}
    asked = {**unsaid, "format": Format.PDF, **request.GET.dict()}
    form = DraftForm(asked, programme=programme)
    if not form.is_valid():
        if "format" in form.errors:
            raise Http404(_("Choose a period, a language and a format."))
        refused = _page(request, programme, IssueWithTemplateForm(asked, programme=programme))
        return render(request, "issuing/of_programme.html", refused, status=400)
    wanted = Wanted(
        programme,
        form.cleaned_data["period"],
        form.cleaned_data["language"],
        request.user,
        timezone.localdate(),
    )
    kind = Format(form.cleaned_data["format"])
    name = f"draft-{programme.pk}-{wanted.period.code}-{wanted.language}.{kind}"
    return _saved(written(gather(wanted), kind), name, MEDIA_TYPES[kind])


@require_safe
def report(request: HttpRequest, pk: int) -> HttpResponse:
    """One issued report: its files, each with its SHA-256."""
    return render(request, "issuing/report.html", _context(_issued(request, pk)))


@login_required
@require_POST
def check(request: HttpRequest, pk: int) -> HttpResponse:
    """Makes the report again from what is kept of it and compares."""
    issued = _issued(request, pk)
    return render(
        request, "issuing/report.html", {**_context(issued), "findings": findings(issued)}
    )


@require_safe
def file(request: HttpRequest, pk: int) -> HttpResponseBase:
    seen = IssuedReport.objects.visible_to(request.user)
    one = get_object_or_404(
        IssuedFile.objects.filter(report__in=seen.order_by()).select_related("file", "report"),
        pk=pk,
    )
    return to_be_saved(one.file, name=one.name, media_type=MEDIA_TYPES[Format(one.format)])


@require_safe
def template(request: HttpRequest, language: str) -> HttpResponse:
    """The standard Word template, to be changed in Word."""
    if language not in LANGUAGES:
        raise Http404(_("There is no template in this language."))
    with translation.override(language):
        content = standard_template(fixed())
    return _saved(content, f"report-template-{language}.docx", DOCX)


def _programme(request: HttpRequest, pk: int) -> Programme:
    """One that the person sees and has a part in."""
    seen = Programme.objects.visible_to(request.user).prefetch_related("sides__territory")
    party = Programme.objects.belonging_to(request.user).order_by()
    return get_object_or_404(seen.filter(pk__in=party.values("pk")), pk=pk)


def _issued(request: HttpRequest, pk: int) -> IssuedReport:
    seen = IssuedReport.objects.visible_to(request.user).select_related("programme")
    return get_object_or_404(seen, pk=pk)


def _context(issued: IssuedReport) -> dict[str, object]:
    return {
        "report": issued,
        "programme": issued.programme,
        "files": issued.files.select_related("file", "template"),
    }


def _saved(content: bytes, name: str, media_type: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=media_type)
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Cache-Control"] = "private, no-store"
    return answer
