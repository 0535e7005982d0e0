from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from comity.directory.models import Organisation
from comity.directory.rules import can_add_organisations
from comity.intake.actions import (
    accept_likely,
    create_body,
    keep_body_as_text,
    match_body,
    reopen_body,
)
from comity.intake.actions.bodies import likely_of
from comity.intake.forms import ChooseBodyForm, CreateBodyForm
from comity.intake.models import Import, ImportBody
from comity.intake.queries import Proposal, figures_of, proposals_for
from comity.intake.views.drafts import draft_of, on_draft, page, person, steps
from comity.lib.paging import Page, page_of
from comity.lib.versions import Stale

#: Bodies on one page.
BODIES = 40


@dataclass(frozen=True, slots=True)
class ShownBody:
    body: ImportBody
    proposals: list[Proposal]


@on_draft
@require_safe
def bodies(request: HttpRequest, pk: int) -> HttpResponse:
    """What the document writes, and the organisations that are meant; open ones first."""
    return _listed(request, draft_of(request, pk))


def _listed(request: HttpRequest, document: Import, problem: str = "") -> HttpResponse:
    waiting = document.bodies.open().order_by("side", "text")
    shown: Page[ImportBody] = page_of(waiting, request, per_page=BODIES)
    proposals = proposals_for(shown.rows)
    likely_ones = [body for body in shown.rows if likely_of(body)]
    settled = document.bodies.used().exclude(pk__in=waiting.values("pk"))
    context = {
        "document": document,
        "steps": steps(document, "bodies"),
        "figures": figures_of(document),
        "page": shown,
        "waiting": [ShownBody(body, proposals[body.pk]) for body in shown.rows],
        "settled": list(
            settled.select_related("organisation__seat").order_by("side", "text")[:500]
        ),
        "likely": len(likely_ones),
        "may_create": can_add_organisations(request.user),
        "problem": problem,
    }
    status = 409 if problem else 200
    return page(request, "intake/bodies.html", "intake/_bodies.html", context, status)


@on_draft
@require_POST
def likely(request: HttpRequest, pk: int) -> HttpResponse:
    """Accepts all that is nearly certain, in one go."""
    accepted = accept_likely(document=draft_of(request, pk), by=person(request))
    messages.success(
        request,
        ngettext("%(n)s body accepted.", "%(n)s bodies accepted.", len(accepted))
        % {"n": len(accepted)},
    )
    return redirect("intake:bodies", pk)


@on_draft
@require_POST
def decide(request: HttpRequest, pk: int, body_pk: int) -> HttpResponse:
    """One click: this organisation, kept as written, or open again."""
    document = draft_of(request, pk)
    body = get_object_or_404(document.bodies, pk=body_pk)
    body.document = document
    version = request.POST.get("version", "")
    said: dict[str, Any] = {
        "body": body,
        "expected_version": int(version) if version.isdecimal() else 0,
        "by": person(request),
    }
    acts: dict[str, Callable[..., ImportBody]] = {"text": keep_body_as_text, "open": reopen_body}
    act = acts.get(request.POST.get("do", ""))
    try:
        if act:
            act(**said)
        else:
            match_body(organisation=_proposed(request), **said)
    except Stale:
        return _listed(
            request,
            document,
            _("Somebody decided about “%s” meanwhile. It stands as they said.") % body.text,
        )
    return redirect("intake:bodies", pk)


def _proposed(request: HttpRequest) -> Organisation:
    wanted = request.POST.get("organisation", "")
    return get_object_or_404(
        Organisation.objects.current(), pk=int(wanted) if wanted.isdecimal() else 0
    )


@on_draft
@require_http_methods(["GET", "HEAD", "POST"])
def choose(request: HttpRequest, pk: int, body_pk: int) -> HttpResponse:
    """Any organisation of the directory, by any of its names."""
    document, body = _body(request, pk, body_pk)
    form = ChooseBodyForm(
        request.POST or None, initial={"version": body.version, "organisation": body.organisation}
    )
    if request.method == "POST" and form.is_valid():
        try:
            match_body(
                body=body,
                organisation=form.cleaned_data["organisation"],
                expected_version=form.cleaned_data["version"],
                by=person(request),
                remember=form.cleaned_data["remember"],
            )
        except Stale:
            return _meanwhile(request, body)
        return redirect("intake:bodies", pk)
    context = {"document": document, "body": body, "form": form, "steps": steps(document, "bodies")}
    return render(request, "intake/choose_body.html", context)


@on_draft
@require_http_methods(["GET", "HEAD", "POST"])
def create(request: HttpRequest, pk: int, body_pk: int) -> HttpResponse:
    """A new organisation, named as the document names it."""
    document, body = _body(request, pk, body_pk)
    name = f"name_{document.language if document.language in ('be', 'ru', 'en') else 'en'}"
    initial = {"version": body.version, name: body.text, "kind": "authority", "seat": body.side}
    form = CreateBodyForm(request.POST or None, initial=initial, side=body.side)
    if request.method == "POST" and form.is_valid():
        try:
            create_body(
                body=body,
                expected_version=form.cleaned_data["version"],
                by=person(request),
                **form.fields_said,
            )
        except Stale:
            return _meanwhile(request, body)
        messages.success(request, _("%s is in the directory now.") % body.text)
        return redirect("intake:bodies", pk)
    context = {"document": document, "body": body, "form": form, "steps": steps(document, "bodies")}
    return render(request, "intake/create_body.html", context)


def _body(request: HttpRequest, pk: int, body_pk: int) -> tuple[Import, ImportBody]:
    document = draft_of(request, pk)
    body = get_object_or_404(document.bodies.select_related("organisation__seat"), pk=body_pk)
    body.document = document
    return document, body


def _meanwhile(request: HttpRequest, body: ImportBody) -> HttpResponse:
    messages.error(
        request, _("Somebody decided about “%s” meanwhile. It stands as they said.") % body.text
    )
    return redirect("intake:bodies", body.document_id)
