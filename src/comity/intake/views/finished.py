from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from comity.accounts.rules import must
from comity.directory.memberships import acts_for_somebody
from comity.files.answers import to_be_saved
from comity.intake.actions import undo_import
from comity.intake.actions.undoing import built_since
from comity.intake.doubts import sentences
from comity.intake.forms import ReasonForm
from comity.intake.models import Became, Import, ImportRow, ImportState
from comity.intake.queries import NotPlaced, figures_of, not_placed
from comity.intake.rules import can_bring_in
from comity.intake.source import piece
from comity.intake.views.drafts import person
from comity.lib.paging import page_of
from comity.lib.versions import Stale
from comity.programmes.models import Measure, Programme
from comity.programmes.rules import can_change_programme


@require_safe
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """What came out of a document and what did not find a place, once it is settled."""
    document = _seen(request, pk)
    if document.is_draft:
        return redirect(document.get_absolute_url())
    listed = not_placed(document)
    rows = document.rows.exclude(became=Became.NOTHING).select_related("measure").defer("cells")
    context = {
        "document": document,
        "figures": figures_of(document),
        "page": page_of(rows.order_by("position"), request, per_page=50),
        "outside": [text for text in listed if not text.why],
        "left_out": [text for text in listed if text.why == NotPlaced.LEFT_OUT],
        "not_taken": [text for text in listed if text.why == NotPlaced.NOT_TAKEN],
        "corrected": [text for text in listed if text.why == NotPlaced.CORRECTED],
        "may_undo": _may_undo(request, document),
        "may_bring_in": can_bring_in(request.user),
        "knows_people": acts_for_somebody(request.user),
    }
    return render(request, "intake/detail.html", context)


def _may_undo(request: HttpRequest, document: Import) -> bool:
    return document.programme is not None and can_change_programme(request.user, document.programme)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Takes back all that a document brought, while nothing was built on it."""
    document = _seen(request, pk)
    if document.state != ImportState.COMMITTED:
        return redirect("intake:detail", pk)
    must(_may_undo(request, document), _("Only who may change the programme undoes an import."))
    form = ReasonForm(request.POST or None, initial={"version": document.version})
    if request.method == "POST" and form.is_valid():
        try:
            undo_import(
                document=document,
                reason=form.cleaned_data["reason"],
                expected_version=form.cleaned_data["version"],
                by=person(request),
            )
        except ValidationError as wrong:
            form.add_error(None, wrong)
        except Stale:
            form.add_error(None, _("Somebody changed it meanwhile; look at it again."))
        else:
            messages.success(request, _("All that %s brought is taken back.") % document.name)
            return redirect("intake:detail", pk)
    context = {
        "document": document,
        "form": form,
        "obstacles": built_since(document),
        "figures": figures_of(document),
    }
    return render(request, "intake/undo.html", context, status=409 if form.errors else 200)


@require_safe
def file(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The document as it came; never shown by the browser, only kept."""
    document = _seen(request, pk)
    return to_be_saved(document.file, name=document.name)


@require_safe
def source_of_measure(request: HttpRequest, pk: int) -> HttpResponse:
    """The row of the document that a measure came from, beside what was understood."""
    measure = get_object_or_404(Measure.objects.visible_to(request.user), pk=pk)
    seen = Import.objects.visible_to(request.user)
    rows = (
        ImportRow.objects.filter(measure=measure, document__in=seen)
        .exclude(became=Became.SAME)
        .select_related("document")
        .order_by("-document_id")
    )
    origins = [_origin(row) for row in rows]
    return _part(request, "source_of_measure", {"measure": measure, "origins": origins})


def _origin(row: ImportRow) -> dict[str, Any]:
    return {"row": row, "source": piece(row.cells, row.doubts), "doubts": sentences(row.doubts)}


@require_safe
def of_programme(request: HttpRequest, pk: int) -> HttpResponse:
    """The documents that a programme came from, and how much of each found no place."""
    programme = get_object_or_404(Programme.objects.visible_to(request.user), pk=pk)
    seen = Import.objects.visible_to(request.user).filter(programme=programme)
    documents = [
        {"document": document, "not_placed": len(not_placed(document))}
        for document in seen.newest()[:10]
    ]
    context = {
        "programme": programme,
        "documents": documents,
        "may_bring_in": can_bring_in(request.user)
        and can_change_programme(request.user, programme),
    }
    return _part(request, "of_programme", context)


def _part(request: HttpRequest, name: str, context: dict[str, Any]) -> HttpResponse:
    """The fragment for a panel of another page; a page of its own for everybody else."""
    context["part"] = f"intake/_{name}.html"
    alone = not request.htmx  # type: ignore[attr-defined]  # by its middleware
    return render(request, f"intake/{name}.html" if alone else context["part"], context)


def _seen(request: HttpRequest, pk: int) -> Import:
    return get_object_or_404(
        Import.objects.visible_to(request.user).select_related("file", "programme", "amends"), pk=pk
    )
