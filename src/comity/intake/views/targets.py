from datetime import date
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from comity.agreements.models import Agreement
from comity.intake.actions import choose_target, commit_import
from comity.intake.forms import TargetForm
from comity.intake.models import Import
from comity.intake.queries import figures_of, taken_in_before, unknown_sides
from comity.intake.suggesting import (
    is_new_version,
    likely_agreements,
    likely_programmes,
    names_its_parties,
)
from comity.intake.views.drafts import draft_of, on_draft, person, steps
from comity.lib.languages import LANGUAGES
from comity.lib.versions import Stale
from comity.programmes.models import Programme


@on_draft
@require_http_methods(["GET", "HEAD", "POST"])
def target(request: HttpRequest, pk: int) -> HttpResponse:
    """A new programme, filled in from the document, or a new version of one that stands."""
    document, by = draft_of(request, pk), person(request)
    asked = request.GET.get("q", "").strip()
    agreements = likely_agreements(document, by, asked)
    wanted = [agreement.pk for agreement in agreements]
    if document.agreement_id and document.agreement_id not in wanted:
        wanted.append(document.agreement_id)
    chosen = request.POST.get("agreement", "")
    if chosen.isdecimal() and int(chosen) not in wanted:
        wanted.append(int(chosen))
    form = TargetForm(
        request.POST if request.POST and "amends" not in request.POST else None,
        agreements=Agreement.objects.visible_to(by)
        .filter(pk__in=wanted)
        .values_list("pk", flat=True),
        initial=_filled(document, _meant(document, agreements)),
    )
    if request.method == "POST":
        answer = _target_said(request, document, form)
        if answer:
            return answer
    programmes = likely_programmes(document, by, asked)
    context = {
        "document": document,
        "steps": steps(document, "target"),
        "figures": figures_of(document),
        "form": form,
        "programmes": programmes,
        "newer": next((one for one in programmes if is_new_version(document, one)), None),
        "asked": asked,
    }
    return render(request, "intake/target.html", context, status=400 if form.errors else 200)


def _meant(document: Import, agreements: list[Agreement]) -> int | None:
    """The agreement whose parties the title of the document names, if there is one."""
    best = next(iter(agreements), None)
    return best.pk if best and names_its_parties(document, best) else None


def _filled(document: Import, agreement: int | None) -> dict[str, Any]:
    language = document.language if document.language in LANGUAGES else "en"
    read = {
        f"title_{language}": document.title,
        "start": document.start,
        "end": document.end,
        "language": language,
        "kind": "action",
        "visibility": "public",
        "agreement": agreement,
    }
    said = {**document.target, "agreement": document.agreement_id} if document.target else {}
    return {**read, **said, "version": document.version}


def _target_said(request: HttpRequest, document: Import, form: TargetForm) -> HttpResponse | None:
    """Where one goes next; None if the form has to be shown again."""
    by, amends = person(request), request.POST.get("amends", "")
    try:
        if amends.isdecimal():
            programme = get_object_or_404(Programme.objects.visible_to(by), pk=int(amends))
            version = request.POST.get("version", "")
            expected = int(version) if version.isdecimal() else 0
            choose_target(document=document, expected_version=expected, by=by, amends=programme)
            return redirect("intake:compare", document.pk)
        if not form.is_valid():
            return None
        choose_target(
            document=document,
            expected_version=form.cleaned_data["version"],
            by=by,
            agreement=form.cleaned_data["agreement"],
            values=form.values,
        )
    except Stale:
        messages.error(request, _("Somebody changed this draft meanwhile; look at it again."))
        return redirect("intake:target", document.pk)
    return redirect("intake:commit", document.pk)


@on_draft
@require_http_methods(["GET", "HEAD", "POST"])
def commit(request: HttpRequest, pk: int) -> HttpResponse:
    """The last look before all measures are taken in, in one step."""
    document, problem = draft_of(request, pk), ""
    if not document.target:
        return redirect("intake:target", pk)
    if request.method == "POST":
        version = request.POST.get("version", "")
        expected = int(version) if version.isdecimal() else 0
        try:
            programme = commit_import(
                document=document, expected_version=expected, by=person(request)
            )
        except Stale:
            problem = _("Somebody changed this draft meanwhile. It is shown as it stands now.")
            document = draft_of(request, pk)
        except ValidationError as wrong:
            problem = " ".join(wrong.messages)
        else:
            count = programme.measures.count()
            told = ngettext("%(n)s measure is in the register.",
                            "%(n)s measures are in the register.", count)  # fmt: skip
            messages.success(request, told % {"n": count})
            return redirect(programme)
    start, end = (document.target.get(name) for name in ("start", "end"))
    titles = [document.target.get(f"title_{language}") for language in LANGUAGES]
    context = {
        "document": document,
        "steps": steps(document, "commit"),
        "figures": figures_of(document),
        "title": next(filter(None, titles), ""),
        "start": start and date.fromisoformat(start),
        "end": end and date.fromisoformat(end),
        "unknown_sides": unknown_sides(document),
        "before": taken_in_before(document, request.user),
        "problem": problem,
    }
    return render(request, "intake/commit.html", context, status=409 if problem else 200)
