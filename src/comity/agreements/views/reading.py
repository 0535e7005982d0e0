"""Pages that show agreements, and the panels that other rooms' pages load."""

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from comity.agreements import rules, terms
from comity.agreements.composition import fields_on, parties_on
from comity.agreements.fields import EARLIEST, LATEST, party_label
from comity.agreements.forms import FilterForm
from comity.agreements.models import Agreement, AgreementQuerySet
from comity.agreements.queries import (
    matching,
    neighbours_of,
    parties_called,
    territories_of,
    with_status_on,
)
from comity.agreements.sentences import standing
from comity.agreements.wording import facts_of, told_amendments
from comity.directory.models import Organisation
from comity.lib.fields_of_cooperation import FieldOfCooperation
from comity.lib.kept_pages import stands_until_a_write
from comity.lib.paging import page_of
from comity.lib.past_days import day_asked, on_past_day
from comity.territories.models import Territory

#: Agreements in the panel of another room's page.
FEW = 8


@require_safe
@stands_until_a_write
def index(request: HttpRequest) -> HttpResponse:
    visible = Agreement.objects.visible_to(request.user)
    asked_for = request.GET.copy()
    asked_for.setdefault("on", asked_for.get("day", ""))  # as other pages call it
    form = FilterForm(asked_for, territories=territories_of(visible))
    asked = form.asked(timezone.localdate())
    page = page_of(matching(asked, request.user).told_on_a_list(), request)
    context = {
        "form": form,
        "asked": asked,
        "page": page,
        "listed": with_status_on(page.rows, asked.day),
        "is_today": asked.day == timezone.localdate(),
        "can_add": rules.can_add_agreements(request.user),
    }
    return render(request, "agreements/list.html", context)


@require_safe
@stands_until_a_write
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    visible = Agreement.objects.visible_to(request.user)
    agreement = get_object_or_404(visible.told_on_a_list(), pk=pk)
    today = timezone.localdate()
    day = _asked_day(request, today)
    stood = agreement.as_it_stood_on(day)
    status = terms.status_on(stood.terms, day)
    context = {
        "agreement": agreement,
        "stood": stood,
        "day": day,
        "is_today": day == today,
        "status": status,
        "sentence": standing(agreement, day),
        "facts": facts_of(stood, day),
        "parties": parties_on(agreement, day),
        "fields": [FieldOfCooperation(field) for field in fields_on(agreement, day)],
        "documents": agreement.documents.select_related("file", "amendment"),
        "amendments": told_amendments(agreement),
        "statements": agreement.statements.all(),
        "can_change": rules.can_change_agreement(request.user, agreement),
        "is_over": status in (terms.Status.EXPIRED, terms.Status.ENDED),
        "on_day": f"?day={day}" if day < today else "",
    }
    return render(request, "agreements/detail.html", context)


@require_safe
@stands_until_a_write
def of_territory(request: HttpRequest, pk: int) -> HttpResponse:
    """Agreements to which a territory, or a body in it, is a party: the newest few, or pages."""
    territory = get_object_or_404(Territory, pk=pk)
    found = Agreement.objects.visible_to(request.user).of_territory(territory)
    return _listed(request, found, territory, "territories:detail")


@require_safe
@stands_until_a_write
def of_organisation(request: HttpRequest, pk: int) -> HttpResponse:
    """Agreements to which an organisation is a party: the newest few, or pages of them."""
    organisation = get_object_or_404(Organisation.objects.visible_to(request.user), pk=pk)
    found = Agreement.objects.visible_to(request.user).of_organisation(organisation)
    return _listed(request, found, organisation, "directory:detail")


@require_safe
@stands_until_a_write
def neighbours(request: HttpRequest, pk: int) -> HttpResponse:
    """Territories across the border with which a territory has agreements, most first."""
    territory = get_object_or_404(Territory, pk=pk)
    is_panel = bool(request.headers.get("HX-Request"))
    day = day_asked(request)
    found = neighbours_of(territory, request.user, FEW + 1 if is_panel else None, day)
    context = {
        "whose": territory,
        "neighbours": found[:FEW] if is_panel else found,
        "has_more": is_panel and len(found) > FEW,
        **on_past_day(day),
    }
    template = "agreements/_neighbours.html" if is_panel else "agreements/neighbours.html"
    return render(request, template, context)


@require_safe
def party_suggestions(request: HttpRequest) -> HttpResponse:
    """Options for the text field in which a party is named."""
    text = next((str(value) for value in request.GET.values()), "").strip()[:200]
    named = parties_called(text) if text else []
    context = {"names": [party_label(who) for who in named]}
    return render(request, "agreements/_party_suggestions.html", context)


def _listed(
    request: HttpRequest, found: AgreementQuerySet, whose: Territory | Organisation, its_page: str
) -> HttpResponse:
    is_panel, day = bool(request.headers.get("HX-Request")), day_asked(request)
    rows = found.known_by(day).newest_first().told_on_a_list()
    page = page_of(rows, request, per_page=FEW) if is_panel else page_of(rows, request)
    context = {
        "whose": whose,
        "its_page": its_page,
        "page": page,
        "listed": with_status_on(page.rows, day),
        **on_past_day(day),
    }
    template = "agreements/_listed.html" if is_panel else "agreements/listed.html"
    return render(request, template, context)


def _asked_day(request: HttpRequest, today: date) -> date:
    """The day in `on`, or in `day` as on other pages; today where none makes sense."""
    try:
        day = date.fromisoformat(request.GET.get("on") or request.GET.get("day", ""))
    except ValueError:
        return today
    return day if EARLIEST <= day <= LATEST else today
