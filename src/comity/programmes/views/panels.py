"""What pages of other rooms show of programmes: a fragment for htmx, a page for everybody else."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from comity.agreements.models import Agreement
from comity.directory.models import Organisation
from comity.lib.kept_pages import stands_until_a_write
from comity.lib.paging import page_of
from comity.lib.past_days import day_asked, on_past_day
from comity.programmes.models import Measure, Programme
from comity.programmes.models.measure import MeasureQuerySet
from comity.programmes.models.programme import ProgrammeQuerySet
from comity.programmes.queries.days import OrderThen, PastDay, on
from comity.programmes.queries.lists import (
    in_rows_of_many,
    page_then,
    to_list,
    with_progress,
)
from comity.programmes.queries.measures import counted_of_territory
from comity.programmes.queries.measures import of_territory as measures_in
from comity.programmes.rules import can_add_programme
from comity.programmes.standing import rows_of
from comity.territories.models import Territory

#: Rows in a panel; its page goes on from there.
SHORT = 8


@require_safe
@stands_until_a_write
def of_agreement(request: HttpRequest, pk: int) -> HttpResponse:
    agreement = get_object_or_404(Agreement.objects.visible_to(request.user), pk=pk)
    programmes = Programme.objects.visible_to(request.user).filter(agreement=agreement)
    context = {
        "agreement": agreement,
        "title": _("Programmes"),
        "said_name": agreement.said_title,
        "back": agreement.get_absolute_url(),
        "can_add": can_add_programme(request.user),
        "nothing": _("No programme carries out this agreement yet."),
    }
    return _programmes(request, programmes, context)


@require_safe
@stands_until_a_write
def of_territory(request: HttpRequest, pk: int) -> HttpResponse:
    territory = get_object_or_404(Territory, pk=pk)
    programmes = Programme.objects.visible_to(request.user).of_territory(territory)
    context = {
        "title": _("Programmes"),
        "said_name": territory.said_name,
        "back": territory.get_absolute_url(),
        "nothing": _("It is not a side of any programme yet."),
    }
    return _programmes(request, programmes, context)


@require_safe
@stands_until_a_write
def measures_of_territory(request: HttpRequest, pk: int) -> HttpResponse:
    territory = get_object_or_404(Territory, pk=pk)
    seen = Measure.objects.visible_to(request.user)
    context = {
        "title": _("Measures"),
        "said_name": territory.said_name,
        "back": territory.get_absolute_url(),
        "nothing": _("No programme in which it is a side has measures yet."),
    }
    counted = counted_of_territory(seen, territory)
    return _measures(request, measures_in(seen, territory), context, counted)


@require_safe
@stands_until_a_write
def measures_of_organisation(request: HttpRequest, pk: int) -> HttpResponse:
    organisation = get_object_or_404(Organisation, pk=pk)
    measures = Measure.objects.visible_to(request.user).named_to(organisation)
    context = {
        "title": _("Measures"),
        "said_name": organisation.said_name,
        "back": reverse("directory:detail", args=[organisation.pk]),
        "nothing": _("No measure names it as responsible yet."),
    }
    return _measures(request, measures, context)


def _programmes(
    request: HttpRequest, programmes: ProgrammeQuerySet, context: dict[str, Any]
) -> HttpResponse:
    day = on(day_asked(request))
    page = page_of(to_list(programmes.newest()), request, _per_page(request))
    context |= {"page": page, "rows": with_progress(page.rows, day)}
    context |= on_past_day(day.day)
    return _answer(request, "programmes/_programmes.html", context)


def _measures(
    request: HttpRequest,
    measures: MeasureQuerySet,
    context: dict[str, Any],
    counted: MeasureQuerySet | None = None,
) -> HttpResponse:
    day, per_page = on(day_asked(request)), _per_page(request)
    if isinstance(day, PastDay):
        page = page_then(OrderThen(day.on_record(measures), day), request, per_page)
    else:
        rows = in_rows_of_many(measures.by_next_due())
        page = page_of(rows, request, per_page, counted=counted)
    context |= {"page": page, "rows": rows_of(page.rows, day.day)}
    context |= on_past_day(day.day)
    return _answer(request, "programmes/_measures.html", context)


def _per_page(request: HttpRequest) -> int:
    return SHORT if _is_panel(request) else 25


def _is_panel(request: HttpRequest) -> bool:
    return bool(request.htmx)  # type: ignore[attr-defined]  # by its middleware


def _answer(request: HttpRequest, rows: str, context: dict[str, Any]) -> HttpResponse:
    context["rows_template"] = rows
    template = "programmes/_panel.html" if _is_panel(request) else "programmes/panel_page.html"
    return render(request, template, context)
