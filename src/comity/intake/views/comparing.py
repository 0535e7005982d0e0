from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from comity.intake.actions import apply_amendment, decide_changes
from comity.intake.comparing import Change, ChangeKind, Comparison, compare, sentence
from comity.intake.forms import AmendForm
from comity.intake.models import Import
from comity.intake.queries import figures_of
from comity.intake.views.drafts import draft_of, on_draft, person, steps
from comity.lib.paging import Page, page_of_list
from comity.lib.versions import Stale

#: Changes on one page.
CHANGES = 40


@dataclass(frozen=True, slots=True)
class ShownChange:
    change: Change
    is_taken: bool


@on_draft
@require_http_methods(["GET", "HEAD", "POST"])
def compared(request: HttpRequest, pk: int) -> HttpResponse:
    """What a new version adds, changes and removes, measure by measure; each can be declined.

    What is ticked on one page is kept on the draft when one goes to another, or leaves it for now.
    """
    document, problem = draft_of(request, pk), ""
    if document.amends is None:
        return redirect("intake:target", pk)
    going = request.POST.get("go", "")
    form = AmendForm(request.POST or None, programme=document.amends, needs_reason=not going)
    if request.method == "POST" and form.is_valid():
        try:
            if going:
                return _kept(request, document, form, going)
            return _applied(request, document, form)
        except Stale:
            problem = _(
                "The programme or this draft was changed meanwhile. Look at it again: it is shown "
                "as it stands now, and nothing was taken over."
            )
            document = draft_of(request, pk)
        except ValidationError as wrong:
            problem = " ".join(wrong.messages)
    return _shown(request, document, form, problem)


def _said(request: HttpRequest) -> dict[str, bool]:
    """What the page says of the changes that it showed."""
    taken = set(request.POST.getlist("take"))
    return {key: key in taken for key in request.POST.getlist("shown")}


def _kept(request: HttpRequest, document: Import, form: AmendForm, going: str) -> HttpResponse:
    decide_changes(
        document=document,
        decisions=_said(request),
        expected_version=form.cleaned_data["version"],
        by=person(request),
    )
    if not going.isdecimal():
        messages.success(request, _("Your choice is kept; nothing in the programme changed yet."))
        return redirect("intake:list")
    return redirect(f"{reverse('intake:compare', args=[document.pk])}?page={going}")


def _applied(request: HttpRequest, document: Import, form: AmendForm) -> HttpResponse:
    assert document.amends is not None
    comparison = compare(document, document.amends)
    programme = apply_amendment(
        document=document,
        wanted=comparison.wanted({**document.decisions, **_said(request)}),
        compared=form.cleaned_data["compared"],
        expected_version=form.cleaned_data["version"],
        reason=form.cleaned_data["reason"],
        rests_on=form.cleaned_data.get("rests_on", ""),
        by=person(request),
    )
    messages.success(request, _("The new version stands in the programme."))
    return redirect(programme)


def _shown(request: HttpRequest, document: Import, form: AmendForm, problem: str) -> HttpResponse:
    assert document.amends is not None
    comparison = compare(document, document.amends)
    fresh = {"version": document.version, "compared": comparison.state}
    if not form.is_bound or problem:
        said = {name: request.POST.get(name, "") for name in ("reason", "rests_on")}
        form = AmendForm(initial={**fresh, **said}, programme=document.amends)
    kinds = (ChangeKind.CHANGED, ChangeKind.ADDED, ChangeKind.REMOVED, ChangeKind.SAME)
    shows_same = request.GET.get("show") == "same"
    listed = comparison.of_kind(ChangeKind.SAME) if shows_same else comparison.choices
    page: Page[Change] = page_of_list(listed, request, per_page=CHANGES)
    context = {
        "document": document,
        "steps": steps(document, "compare"),
        "programme": document.amends,
        "comparison": comparison,
        "sentence": sentence(comparison),
        "counts": {str(kind): len(comparison.of_kind(kind)) for kind in kinds},
        "declined": len(comparison.proposed - comparison.wanted(document.decisions)),
        "page": page,
        "shows_same": shows_same,
        "groups": _groups(request, document, comparison, page),
        "figures": figures_of(document),
        "form": form,
        "problem": problem,
    }
    status = 409 if problem else 400 if form.errors else 200
    return render(request, "intake/compare.html", context, status=status)


def _groups(
    request: HttpRequest, document: Import, comparison: Comparison, page: Page[Change]
) -> list[tuple[str, list[ShownChange]]]:
    """The changes of the page by their kind, ticked as they were decided about."""
    wanted = comparison.wanted({**document.decisions, **_said(request)})
    shown = [ShownChange(change, change.key in wanted) for change in page.rows]
    kinds = dict.fromkeys(change.kind for change in page.rows)
    return [(kind, [one for one in shown if one.change.kind == kind]) for kind in kinds]
