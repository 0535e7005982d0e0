from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.db.models import prefetch_related_objects
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from comity.accounts.rules import must
from comity.lib.kept_pages import stands_until_a_write
from comity.lib.past_days import day_asked, is_past, on_past_day
from comity.lib.versions import Stale, reopened
from comity.programmes import actions, headings
from comity.programmes.amended import corrected_deadlines, moved_days, told
from comity.programmes.former_deadlines import former_deadlines
from comity.programmes.forms import (
    AmendForm,
    BodyFormSet,
    MeasureFilters,
    MeasureForm,
    ReasonForm,
    RestsOnForm,
    SettleForm,
)
from comity.programmes.models import Programme
from comity.programmes.queries.amendments import amendments_of
from comity.programmes.queries.days import on
from comity.programmes.queries.lists import SIDES, measure_page
from comity.programmes.rules import can_change_programme, can_settle
from comity.programmes.standing import rows_of, standing_of_measure
from comity.programmes.then import measure_then
from comity.programmes.views.amendments import outcome
from comity.programmes.views.shared import (
    seen_agreement,
    visible_measure,
    visible_programme,
)
from comity.programmes.years import by_year


@require_safe
@stands_until_a_write
def index(request: HttpRequest) -> HttpResponse:
    """Measures over all programmes, what is due first at the top."""
    filters = MeasureFilters(request.GET, reader=request.user)
    page = measure_page(request, filters.asked, on(filters.as_of))
    context = {
        "filters": filters,
        "page": page,
        "heading": headings.of_measures(page, filters.asked.get("state", "")),
        "rows": rows_of(page.rows, filters.as_of),
        **on_past_day(filters.as_of),
    }
    return render(request, "programmes/measures.html", context)


@require_safe
@stands_until_a_write
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    measure = visible_measure(request, pk)
    day = day_asked(request)
    then = is_past(day)
    prefetch_related_objects([measure], "occurrences")
    if then:
        measure = measure_then(measure, day, request.user)
    occurrences = [(one, one.state_on(day)) for one in measure.occurrences.all()]
    amendments = amendments_of(measure, request.user, day)
    if amendments:
        prefetch_related_objects([measure.programme], SIDES)
    open_ = [] if then else [one for one in amendments if one.is_proposed]
    proposed = open_[0] if open_ else None
    context = {
        "measure": measure,
        "programme": measure.programme,
        "agreement": seen_agreement(measure),
        "bodies": measure.responsibilities.select_related("organisation"),
        "occurrences": occurrences,
        "years": by_year(occurrences, day),
        "standing": standing_of_measure(measure, day),
        "former_deadlines": former_deadlines(measure, day),
        "corrected": corrected_deadlines(amendments),
        "amendments": amendments,
        "proposed": proposed,
        "proposed_changes": told(proposed) if proposed else [],
        "proposed_days": moved_days(proposed, measure.programme.period) if proposed else None,
        **on_past_day(day),
        # nothing can be done about the past
        "can_change": not then and can_change_programme(request.user, measure.programme),
        "can_settle": not then and can_settle(request.user, measure),
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
    consent = RestsOnForm(request.POST or None) if programme.needs_consent else None
    filled_in = [one.is_valid() for one in (form, bodies, consent) if one is not None]
    if all(filled_in) and request.method == "POST":
        try:
            measure = actions.add_measure(
                programme=programme,
                row=form.as_row(bodies.bodies),
                by=request.user,
                rests_on=consent.cleaned_data["rests_on"] if consent else "",
            )
        except ValidationError as problem:
            form.add_error(None, problem)
        else:
            messages.success(request, _("The measure is part of the programme now."))
            return redirect(measure)
    context = {"programme": programme, "form": form, "bodies": bodies, "consent": consent}
    return render(request, "programmes/add_measure.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, pk: int) -> HttpResponse:
    measure = visible_measure(request, pk)
    programme = measure.programme
    _coordinators_only(request, programme)
    form = MeasureForm(request.POST or None, instance=measure, programme=programme)
    bodies = BodyFormSet(request.POST or None, programme=programme, measure=measure)
    reason = AmendForm(request.POST or None)
    stale: list[Any] | None = None
    filled_in = request.method == "POST" and all(f.is_valid() for f in (form, bodies, reason))
    if filled_in:
        try:
            amendment = actions.amend_measure(
                measure=measure,
                new=form.as_row(bodies.bodies),
                expected_version=form.cleaned_data["version"],
                by=request.user,
                **reason.cleaned_data,
            )
        except Stale as meanwhile:
            stale = [*reopened(form, meanwhile.current), *bodies.differences()]
        except ValidationError as problem:
            form.add_error(None, problem)
        else:
            messages.success(request, outcome(amendment))
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


def _coordinators_only(request: HttpRequest, programme: Programme) -> None:
    must(
        can_change_programme(request.user, programme),
        _("Only coordinators of the programme, of a side or of its owner change its measures."),
    )
