from dataclasses import dataclass

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from comity.lib.kept_pages import stands_until_a_write
from comity.lib.paging import page_of
from comity.lib.past_days import day_asked, on_past_day
from comity.lib.versions import Stale, reopened
from comity.territories import actions, queries
from comity.territories.forms import FilterForm, LoadForm, MunicipalityForm, TerritoryForm
from comity.territories.models import Territory, TerritoryKind
from comity.territories.rules import can_keep_territories, must_keep_territories

#: Countries on one page of the tree.
COUNTRIES = 10


@require_safe
@stands_until_a_write
def index(request: HttpRequest) -> HttpResponse:
    """The tree, country by country; or, once something is asked for, the territories found."""
    form = FilterForm(request.GET)
    form.is_valid()
    asked = {name: value for name, value in form.cleaned_data.items() if value}
    found = Territory.objects.visible_to(request.user).by_name()
    context: dict[str, object] = {
        "form": form,
        "asked": asked,
        "can_keep": can_keep_territories(request.user),
    }
    if asked:
        if "q" in asked:
            found = found.matching(asked["q"])
        if "kind" in asked:
            found = found.filter(kind=asked["kind"])
        context["page"] = page_of(found.select_related("parent"), request)
    else:
        page = page_of(found.countries(), request, per_page=COUNTRIES)
        context |= {"page": page, "trees": queries.trees_of(page.rows)}
    return render(request, "territories/list.html", context)


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a territory stands in the tree, in numbers."""

    siblings: int
    regions: int
    municipalities: int


@require_safe
@stands_until_a_write
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    territory = _territory(request, pk)
    counted = queries.counted_below(territory)
    context = {
        "territory": territory,
        "above": queries.above(territory),
        "standing": Standing(
            queries.siblings_counted(territory),
            counted[TerritoryKind.REGION],
            counted[TerritoryKind.MUNICIPALITY],
        ),
        "children": page_of(territory.children.by_name(), request, per_page=100),
        "can_keep": can_keep_territories(request.user),
        **on_past_day(day_asked(request)),
    }
    return render(request, "territories/detail.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def load(request: HttpRequest) -> HttpResponse:
    must_keep_territories(request.user)
    form = LoadForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            country = actions.load_country(code=form.cleaned_data["code"], by=request.user)[0]
        except actions.UnknownCountry as unknown:
            form.add_error("code", str(unknown))
        else:
            messages.success(request, _("%s and its regions are as ISO 3166 has them.") % country)
            return redirect("territories:detail", country.pk)
    return render(request, "territories/load.html", {"form": form})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def add_municipality(request: HttpRequest, pk: int) -> HttpResponse:
    must_keep_territories(request.user)
    parent = get_object_or_404(Territory.objects.exclude(kind=TerritoryKind.MUNICIPALITY), pk=pk)
    form = MunicipalityForm(request.POST or None, parent=parent)
    if request.method == "POST" and form.is_valid():
        municipality = actions.add_municipality(
            parent=parent,
            code=form.cleaned_data["code"],
            names=form.names,
            point=form.point,
            by=request.user,
        )
        messages.success(request, _("%s is in the register now.") % municipality)
        return redirect("territories:detail", municipality.pk)
    return render(request, "territories/add_municipality.html", {"form": form, "territory": parent})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, pk: int) -> HttpResponse:
    must_keep_territories(request.user)
    territory = _territory(request, pk)
    form = TerritoryForm(request.POST or None, instance=territory)
    stale = None
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_territory(
                territory=territory,
                names=form.names,
                point=form.point,
                time_zone=form.cleaned_data["time_zone"],
                expected_version=form.cleaned_data["version"],
                by=request.user,
            )
        except Stale as meanwhile:
            stale = reopened(form, meanwhile.current)
        else:
            messages.success(request, _("Your change is kept."))
            return redirect("territories:detail", pk)
    context = {"form": form, "territory": _territory(request, pk), "stale": stale}
    return render(request, "territories/change.html", context, status=200 if stale is None else 409)


def _territory(request: HttpRequest, pk: int) -> Territory:
    return get_object_or_404(
        Territory.objects.visible_to(request.user).select_related("parent"), pk=pk
    )
