from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from comity.accounts.rules import must
from comity.lib.kept_pages import stands_until_a_write
from comity.lib.versions import Stale, reopened
from comity.programmes import actions
from comity.programmes.forms import (
    BodyFormSet,
    MeasureFilters,
    MeasureForm,
    OnDay,
    ReasonForm,
    SettleForm,
)
from comity.programmes.models import Measure, Programme
from comity.programmes.queries.first_deadline import first_deadline
from comity.programmes.queries.lists import measure_page
from comity.programmes.rules import can_change_programme
from comity.programmes.standing import rows_of, standing_of
from comity.programmes.views.shared import (
    seen_agreement,
    visible_measure,
    visible_programme,
)
from comity.programmes.wording import deadline


@require_safe
@stands_until_a_write
def index(request: HttpRequest) -> HttpResponse:
    """Measures over all programmes, what is due first at the top."""
    filters = MeasureFilters(request.GET, reader=request.user)
    page = measure_page(request, filters.asked, filters.as_of)
    context = {
        "filters": filters,
        "page": page,
        "rows": rows_of(page.rows, filters.as_of),
        "day": filters.as_of,
    }
    return render(request, "programmes/measures.html", context)


@require_safe
@stands_until_a_write
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    measure = visible_measure(request, pk)
    on_day = OnDay(request.GET)
    day = on_day.as_of
    occurrences = list(measure.occurrences.all())
    context = {
        "measure": measure,
        "programme": measure.programme,
        "agreement": seen_agreement(measure),
        "bodies": measure.responsibilities.select_related("organisation"),
        "occurrences": [(occurrence, occurrence.state_on(day)) for occurrence in occurrences],
        "standing": standing_of(occurrences, day),
        "first_deadline": _first_deadline(measure),
        "day": day,
        "is_past": on_day.is_past,
        "can_change": can_change_programme(request.user, measure.programme),
        "settle_form": SettleForm(initial={"done_on": timezone.localdate()}),
    }
    return render(request, "programmes/measure.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest, pk: int) -> HttpResponse:
    programme = visible_programme(request, pk)
    _coordinators_only(request, programme)
    form = MeasureForm(request.POST or None, programme=programme)
    bodies = BodyFormSet(request.POST or None, programme=programme)
    if request.method == "POST" and form.is_valid() and bodies.is_valid():
        try:
            measure = actions.add_measure(
                programme=programme, row=form.as_row(bodies.bodies), by=request.user
            )
        except ValidationError as problem:
            form.add_error(None, problem)
        else:
            messages.success(request, _("The measure is part of the programme now."))
            return redirect(measure)
    context = {"programme": programme, "form": form, "bodies": bodies}
    return render(request, "programmes/add_measure.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, pk: int) -> HttpResponse:
    measure = visible_measure(request, pk)
    programme = measure.programme
    _coordinators_only(request, programme)
    form = MeasureForm(request.POST or None, instance=measure, programme=programme)
    bodies = BodyFormSet(request.POST or None, programme=programme, measure=measure)
    reason = ReasonForm(request.POST or None)
    stale: list[Any] | None = None
    filled_in = request.method == "POST" and all(f.is_valid() for f in (form, bodies, reason))
    if filled_in:
        try:
            actions.change_measure(
                measure=measure,
                new=form.as_row(bodies.bodies),
                expected_version=form.cleaned_data["version"],
                by=request.user,
                reason=reason.cleaned_data["reason"],
            )
        except Stale as meanwhile:
            stale = [*reopened(form, meanwhile.current), *bodies.differences()]
        except ValidationError as problem:
            form.add_error(None, problem)
        else:
            messages.success(request, _("Your change is kept."))
            return redirect(measure)
    context = {
        "measure": visible_measure(request, pk),
        "programme": programme,
        "form": form,
        "bodies": bodies,
        "reason": reason,
        "stale": stale,
    }
    status = 200 if stale is None else 409
    return render(request, "programmes/change_measure.html", context, status=status)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    measure = visible_measure(request, pk)
    _coordinators_only(request, measure.programme)
    form = ReasonForm(request.POST or None, required=True)
    if request.method == "POST" and form.is_valid():
        try:
            actions.remove_measure(
                measure=measure, by=request.user, reason=form.cleaned_data["reason"]
            )
        except ValidationError as problem:
            form.add_error(None, problem)
        else:
            messages.success(request, _("The measure is removed."))
            return redirect(measure.programme)
    context = {"measure": measure, "programme": measure.programme, "form": form}
    return render(request, "programmes/remove_measure.html", context)


def _first_deadline(measure: Measure) -> dict[str, str] | None:
    """The deadline that the measure came with, in words, if it was moved since."""
    first = first_deadline(measure)
    return None if first is None else {"understood": deadline(first[0]), "written": first[1]}


def _coordinators_only(request: HttpRequest, programme: Programme) -> None:
    must(
        can_change_programme(request.user, programme),
        _("Only coordinators of the programme, of a side or of its owner change its measures."),
    )
