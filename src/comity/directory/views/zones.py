from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from comity.directory import actions, rules
from comity.directory.forms import EndResidencyForm, RegimeTermForm, ResidencyForm, ZoneForm
from comity.directory.models import RegimeTerm, Residency, Zone, still_running
from comity.directory.views.organisations import current_organisation
from comity.lib.kept_pages import stands_until_a_write
from comity.lib.paging import page_of
from comity.lib.versions import Difference, Stale, reopened


@require_safe
@stands_until_a_write
def index(request: HttpRequest) -> HttpResponse:
    zones = Zone.objects.visible_to(request.user).select_related("organisation__seat")
    now = Count("residencies", filter=still_running(timezone.localdate(), "residencies__"))
    page = page_of(zones.annotate(residents_now=now).order_by("pk"), request)
    return render(request, "directory/zones.html", {"page": page})


@require_safe
@stands_until_a_write
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    zone = _zone(request, pk)
    residencies = zone.residencies.select_related("resident__seat").order_by("until", "pk")
    context = {
        "zone": zone,
        "terms": zone.terms.all(),
        "page": page_of(residencies, request),
        "residents_now": zone.residencies.filter(still_running(timezone.localdate())).count(),
        "can_change": rules.can_change_organisation(request.user, zone.organisation),
    }
    return render(request, "directory/zone.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest, pk: int) -> HttpResponse:
    organisation = current_organisation(pk)
    rules.must_change_organisation(request.user, organisation)
    form = ZoneForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            zone = actions.add_zone(
                organisation=organisation,
                by=request.user,
                founded_on=form.cleaned_data["founded_on"],
                regime_until=form.cleaned_data["regime_until"],
            )
        except actions.Refused as refused:
            form.add_error(None, str(refused))
        else:
            return redirect("directory:zone", zone.pk)
    return render(request, "directory/zone_add.html", {"form": form, "organisation": organisation})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, pk: int) -> HttpResponse:
    zone = _zone(request, pk)
    rules.must_change_organisation(request.user, zone.organisation)
    form = ZoneForm(request.POST or None, instance=zone)
    stale = None
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_zone(
                zone=zone,
                founded_on=form.cleaned_data["founded_on"],
                regime_until=form.cleaned_data["regime_until"],
                expected_version=form.cleaned_data["version"],
                by=request.user,
            )
        except Stale as meanwhile:
            stale = reopened(form, meanwhile.current)
        else:
            return _kept(request, zone)
    return _form_page(request, "directory/zone_change.html", form, zone, stale)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def add_term(request: HttpRequest, pk: int) -> HttpResponse:
    zone = _zone(request, pk)
    rules.must_change_organisation(request.user, zone.organisation)
    form = RegimeTermForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.add_regime_term(zone=zone, by=request.user, **form.values)
        return _kept(request, zone)
    return _form_page(request, "directory/term_add.html", form, zone)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def change_term(request: HttpRequest, pk: int) -> HttpResponse:
    term = get_object_or_404(RegimeTerm.objects.select_related("zone__organisation"), pk=pk)
    rules.must_change_organisation(request.user, term.zone.organisation)
    form = RegimeTermForm(request.POST or None, instance=term)
    stale = None
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_regime_term(
                term=term,
                expected_version=form.cleaned_data["version"],
                by=request.user,
                **form.values,
            )
        except Stale as meanwhile:
            stale = reopened(form, meanwhile.current)
        else:
            return _kept(request, term.zone)
    return _form_page(request, "directory/term_change.html", form, term.zone, stale)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def add_resident(request: HttpRequest, pk: int) -> HttpResponse:
    zone = _zone(request, pk)
    rules.must_change_organisation(request.user, zone.organisation)
    form = ResidencyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.add_residency(zone=zone, by=request.user, **form.cleaned_data)
        except actions.Refused as refused:
            form.add_error("resident", str(refused))
        else:
            return _kept(request, zone)
    return _form_page(request, "directory/resident_add.html", form, zone)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def end_residency(request: HttpRequest, pk: int) -> HttpResponse:
    residency = get_object_or_404(
        Residency.objects.select_related("zone__organisation", "resident"), pk=pk
    )
    rules.must_change_organisation(request.user, residency.zone.organisation)
    form = EndResidencyForm(request.POST or None, instance=residency)
    stale = None
    if request.method == "POST" and form.is_valid():
        try:
            actions.end_residency(
                residency=residency,
                until=form.cleaned_data["until"],
                expected_version=form.cleaned_data["version"],
                by=request.user,
            )
        except Stale as meanwhile:
            stale = reopened(form, meanwhile.current)
        except actions.Refused as refused:
            form.add_error("until", str(refused))
        else:
            return _kept(request, residency.zone)
    return _form_page(request, "directory/residency_end.html", form, residency.zone, stale)


def _zone(request: HttpRequest, pk: int) -> Zone:
    return get_object_or_404(
        Zone.objects.visible_to(request.user).select_related("organisation__seat"), pk=pk
    )


def _kept(request: HttpRequest, zone: Zone) -> HttpResponse:
    messages.success(request, _("Your change is kept."))
    return redirect("directory:zone", zone.pk)


def _form_page(
    request: HttpRequest,
    template: str,
    form: Any,
    zone: Zone,
    stale: list[Difference] | None = None,
) -> HttpResponse:
    context = {"form": form, "zone": zone, "stale": stale}
    return render(request, template, context, status=200 if stale is None else 409)
