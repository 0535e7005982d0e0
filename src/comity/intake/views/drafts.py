"""What the pages of a draft share: finding it, and where one stands on the way."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from comity.accounts.models import User
from comity.accounts.rules import must
from comity.intake.actions.drafts import Settled, refuse_settled
from comity.intake.models import Import
from comity.intake.rules import can_continue


@dataclass(frozen=True, slots=True)
class Step:
    """One step on the way of a document into the register."""

    label: str
    url: str
    is_current: bool
    is_done: bool


def steps(document: Import, current: str) -> list[Step]:
    """The way of a document; those before the current one are done, all can be gone to."""
    way = [(_("Columns"), "columns"), (_("Rows"), "check"), (_("Bodies"), "bodies"),
           (_("Where it goes"), "target")]  # fmt: skip
    if document.amends_id is not None:
        way.append((_("What changes"), "compare"))
    elif document.target:
        way.append((_("Take in"), "commit"))
    else:
        way.append((_("Take in"), ""))
    names = [name for _label, name in way]
    at = names.index(current)
    return [
        Step(
            label,
            reverse(f"intake:{name}", args=[document.pk]) if name else "",
            name == current,
            place < at,
        )
        for place, (label, name) in enumerate(way)
    ]


View = Callable[..., HttpResponse]


def on_draft(view: View) -> View:
    """A page of a draft; whoever comes when it is settled is shown what became of it."""

    @wraps(view)
    @login_required
    def shown(request: HttpRequest, pk: int, **places: int) -> HttpResponse:
        try:
            return view(request, pk, **places)
        except Settled as settled:
            messages.info(request, str(settled))
            return redirect("intake:detail", pk)

    return shown


def draft_of(request: HttpRequest, pk: int) -> Import:
    """The draft, if this person may go on with it; one that is not theirs is not there."""
    document = get_object_or_404(
        Import.objects.visible_to(request.user).select_related("file", "amends", "agreement"), pk=pk
    )
    refuse_settled(document)
    must(
        can_continue(request.user, document),
        _("Only whoever brought the document, or a coordinator of the whole, goes on with it."),
    )
    return document


def person(request: HttpRequest) -> User:
    assert isinstance(request.user, User)  # held by login_required
    return request.user


def page(
    request: HttpRequest, whole: str, part: str, context: dict[str, Any], status: int = 200
) -> HttpResponse:
    """The page, or for htmx only the part of it that changes; htmx shows no page of an error."""
    if request.htmx:  # type: ignore[attr-defined]  # by its middleware
        return render(request, part, context)
    return render(request, whole, context, status=status)
