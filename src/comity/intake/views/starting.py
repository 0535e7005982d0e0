from pathlib import Path
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.files.uploadedfile import TemporaryUploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_POST

from comity.files.models import sha256_of
from comity.intake.actions import choose_columns, drop_import, start_again, start_import
from comity.intake.doubts import sentences
from comity.intake.forms import UploadForm, chosen_columns, role_choices
from comity.intake.models import Import
from comity.intake.queries import earlier_imports, figures_of, is_checked_by_others
from comity.intake.rules import must_bring_in
from comity.intake.safe_reading import CannotRead, too_large
from comity.intake.tables import shown_tables
from comity.intake.uploads import limit_upload, was_too_large
from comity.intake.views.drafts import draft_of, on_draft, person, steps
from comity.lib.paging import page_of
from comity.lib.versions import Stale


@csrf_exempt  # the check comes below, once the limit of what is taken in stands
@login_required
def index(request: HttpRequest) -> HttpResponse:
    """Where one brings a file, goes on with a draft, and sees what was brought in."""
    must_bring_in(request.user)
    limit_upload(request)
    return _index(request)


@csrf_protect
@require_http_methods(["GET", "HEAD", "POST"])
def _index(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        return _listed(request, UploadForm(), 200)
    form = UploadForm(request.POST, request.FILES)
    if form.is_valid():
        return _bring_in(request, form)
    if was_too_large(request):
        form.errors.clear()
        form.add_error("file", str(too_large()))
    return _listed(request, form, 400)


def _bring_in(request: HttpRequest, form: UploadForm) -> HttpResponse:
    file: TemporaryUploadedFile = form.cleaned_data["file"]
    earlier = earlier_imports(sha256_of(file.chunks()), request.user)
    if earlier:
        return render(request, "intake/again.html", {"earlier": earlier, "name": file.name})
    path = Path(file.temporary_file_path())
    try:
        document = start_import(path=path, name=file.name or "", by=person(request))
    except CannotRead as refusal:
        form.add_error("file", str(refusal))
        return _listed(request, form, 400)
    if is_checked_by_others(document, request.user):
        messages.warning(
            request,
            _(
                "Somebody else is checking this same file. Ask the coordinator of the register who "
                "takes it in, so that it is not taken in twice."
            ),
        )
    return redirect("intake:columns", document.pk)


def _listed(request: HttpRequest, form: UploadForm, status: int) -> HttpResponse:
    seen = Import.objects.visible_to(request.user).told_on_a_list().newest()
    context = {
        "form": form,
        "drafts": list(seen.drafts()[:50]),
        "page": page_of(seen.exclude(state="draft"), request),
    }
    return render(request, "intake/list.html", context, status=status)


@login_required
@require_POST
def again(request: HttpRequest, pk: int) -> HttpResponse:
    """Brings the same file in once more, from the bytes that were kept."""
    earlier = get_object_or_404(
        Import.objects.visible_to(request.user).select_related("file"), pk=pk
    )
    must_bring_in(request.user)
    try:
        document = start_again(earlier=earlier, by=person(request))
    except CannotRead as refusal:
        messages.error(request, str(refusal))
        return redirect("intake:list")
    return redirect("intake:columns", document.pk)


@on_draft
@require_http_methods(["GET", "HEAD", "POST"])
def columns(request: HttpRequest, pk: int) -> HttpResponse:
    """What the columns of each table were taken for, and a way to say otherwise."""
    document = draft_of(request, pk)
    choices = role_choices(document)
    problem = ""
    if request.method == "POST":
        try:
            return _columns_said(request, document, chosen_columns(document, request.POST, choices))
        except CannotRead as refusal:
            problem = str(refusal)
        except Stale:
            problem = _("Somebody changed this draft meanwhile. It is shown as it stands now.")
            document = draft_of(request, pk)
    context: dict[str, Any] = {
        "document": document,
        "steps": steps(document, "columns"),
        "figures": figures_of(document),
        "doubts": sentences(document.doubts),
        "tables": shown_tables(document.tables, choices),
        "problem": problem,
    }
    return render(request, "intake/columns.html", context, status=409 if problem else 200)


def _columns_said(
    request: HttpRequest, document: Import, chosen: dict[str, dict[str, str]]
) -> HttpResponse:
    if not chosen:
        return redirect("intake:check", document.pk)
    version = request.POST.get("version", "")
    dropped = choose_columns(
        document=document,
        columns=chosen,
        expected_version=int(version) if version.isdecimal() else 0,
        by=person(request),
    )
    messages.success(request, _("The document was read again with these columns."))
    if dropped:
        messages.warning(
            request,
            ngettext(
                "%(n)s correction does not fit the new reading and is gone.",
                "%(n)s corrections do not fit the new reading and are gone.",
                dropped,
            )
            % {"n": dropped},
        )
    return redirect("intake:columns", document.pk)


@on_draft
@require_http_methods(["GET", "HEAD", "POST"])
def drop(request: HttpRequest, pk: int) -> HttpResponse:
    document = draft_of(request, pk)
    if request.method == "POST":
        version = request.POST.get("version", "")
        expected = int(version) if version.isdecimal() else 0
        try:
            drop_import(document=document, expected_version=expected, by=person(request))
        except Stale:
            messages.error(request, _("Somebody changed this draft meanwhile; look at it again."))
            return redirect("intake:drop", pk)
        messages.success(request, _("%s is put aside. Its file is kept.") % document.name)
        return redirect("intake:list")
    return render(request, "intake/drop.html", {"document": document})
