from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from comity.accounts.rules import must
from comity.agreements.models import Agreement
from comity.lib.fields_of_cooperation import FieldOfCooperation
from comity.lib.kept_pages import stands_until_a_write
from comity.lib.paging import Page, page_of, page_of_list
from comity.lib.past_days import on_past_day
from comity.lib.versions import Stale
from comity.programmes import actions, drawing, headings
from comity.programmes.former_deadlines import late_before
from comity.programmes.forms import ProgrammeFilters, ProgrammeForm, ReasonForm, RowFilters
from comity.programmes.models import Measure, Programme
from comity.programmes.queries.days import on
from comity.programmes.queries.lists import (
    in_rows,
    programmes_asked,
    responsible_side,
    to_list,
    with_progress,
)
from comity.programmes.queries.measures import in_state
from comity.programmes.queries.progress import Progress, progress
from comity.programmes.rules import (
    can_add_programme,
    can_change_programme,
    can_give_roles_in,
)
from comity.programmes.standing import MeasureRow, progress_in, rows_of
from comity.programmes.then import measures_then
from comity.programmes.views.shared import offered_sides, seen_agreement, visible_programme

#: Measures on one page of a programme; nearly all programmes have fewer.
MEASURES = 100
#: With more rows than this the timeline would be longer than a screen: it is shown when asked for.
ON_A_SCREEN = 40


@require_safe
@stands_until_a_write
def index(request: HttpRequest) -> HttpResponse:
    filters = ProgrammeFilters(request.GET, reader=request.user)
    day = on(filters.as_of)
    found = programmes_asked(request.user, filters.asked, day)
    page = page_of(to_list(found), request)
    context = {
        "filters": filters,
        "page": page,
        "heading": headings.of_programmes(page, filters.asked.get("state", "")),
        "rows": with_progress(page.rows, day),
        **on_past_day(day.day),
        "can_add": can_add_programme(request.user),
    }
    return render(request, "programmes/list.html", context)


@require_safe
@stands_until_a_write
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """The programme on a day: its progress, its timeline and its measures."""
    programme = visible_programme(request, pk)
    filters = RowFilters(request.GET, programme=programme)
    shown = _shown_then if filters.is_past else _shown
    page, rows, tally, late_against = shown(request, programme, filters)
    can_change = can_change_programme(request.user, programme)
    timeline_waits = len(rows) > ON_A_SCREEN and "timeline" not in request.GET
    context = {
        "programme": programme,
        "agreement": seen_agreement(programme),
        "sides": programme.sides.all(),
        "section_count": filters.section_count,
        "filters": filters,
        **on_past_day(filters.as_of),
        "page": page,
        "rows": rows,
        "progress": tally,
        "late_before": late_against,
        "bar": drawing.bar(tally),
        "timeline": None if timeline_waits else drawing.timeline(programme, rows, filters.as_of),
        "timeline_waits": timeline_waits,
        "can_change": can_change,
        "other_sides": offered_sides(programme) if can_change else None,
        "can_give_roles": can_give_roles_in(request.user, programme),
        # fetched above
        "has_a_part": can_change or programme.reader_has_a_part,  # type: ignore[attr-defined]
    }
    return render(request, "programmes/detail.html", context)


#: A page, its rows, the progress of all measures, and how many missed a former deadline.
Shown = tuple[Page[Any], list[MeasureRow], Progress, int]


def _shown(request: HttpRequest, programme: Programme, filters: RowFilters) -> Shown:
    day = filters.as_of
    page = page_of(in_rows(_narrowed(programme, filters)), request, MEASURES)
    rows = rows_of(page.rows, day)
    if page.number == 1 and not page.has_next and not filters.asked.keys() - {"day"}:
        return page, rows, progress_in(rows, day), _late_before(rows)
    moved = getattr(programme, "deadlines_moved", False)
    late = late_before(programme, day) if moved else 0
    return page, rows, progress(programme, day), late


def _late_before(rows: Iterable[MeasureRow]) -> int:
    return sum(row.days_late_before > 0 for row in rows)


def _narrowed(programme: Programme, filters: RowFilters) -> Any:
    found, asked = Measure.objects.filter(programme=programme), filters.asked
    if "section" in asked:
        found = found.filter(section=asked["section"])
    if "side" in asked:
        found = responsible_side(found, asked["side"])
    if "state" in asked:
        found = in_state(found, asked["state"], filters.as_of)
    return found.order_by("position", "pk")


def _shown_then(request: HttpRequest, programme: Programme, filters: RowFilters) -> Shown:
    """As all of its measures stood on a past day."""
    measures = list(in_rows(programme.measures.order_by("position", "pk")))
    then = measures_then(programme, measures, filters.as_of, request.user)
    rows = rows_of(then, filters.as_of)
    page = page_of_list([row for row in rows if _is_asked_for(row, filters)], request, MEASURES)
    return page, page.rows, progress_in(rows, filters.as_of), _late_before(rows)


def _is_asked_for(row: MeasureRow, filters: RowFilters) -> bool:
    """The same as `_narrowed`, of a row."""
    asked, measure = filters.asked, row.measure
    sides = {body.side for body in measure.responsibilities.all()}
    return (
        asked.get("section") in (None, measure.section_id)
        and asked.get("state") in (None, row.standing.state)
        and ("side" not in asked or asked["side"] in sides)
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    """A new programme; `?agreement=` names the one that it carries out."""
    must(
        can_add_programme(request.user),
        _("Only coordinators of a side, of the owner or of the whole register add a programme."),
    )
    form = ProgrammeForm(request.POST or None, reader=request.user, initial=_offered(request))
    if request.method == "POST" and form.is_valid():
        try:
            programme = actions.create_programme(
                by=request.user, sides=form.named_sides, **form.values
            )
        except ValidationError as problem:
            form.add_error(None, problem)
        else:
            messages.success(request, _("The programme is in the register now."))
            return redirect(programme)
    return render(request, "programmes/add.html", {"form": form})


def _offered(request: HttpRequest) -> dict[str, Any]:
    """What an agreement that was opened before says of its programme."""
    number = request.GET.get("agreement", "")
    if not number.isdecimal() or len(number) > 12:
        return {}
    agreement = Agreement.objects.visible_to(request.user).filter(pk=int(number)).first()
    if agreement is None:
        return {}
    return {
        "agreement": agreement,
        "start": agreement.in_force_from,
        "end": agreement.until,
        "visibility": agreement.visibility,
    }


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, pk: int) -> HttpResponse:
    programme = visible_programme(request, pk)
    must(
        can_change_programme(request.user, programme),
        _("Only coordinators of the programme, of a side or of its owner change it."),
    )
    other = offered_sides(programme) if request.GET.get("sides") == "agreement" else None
    initial = {"sides": other.sides} if other else None
    form = ProgrammeForm(
        request.POST or None, instance=programme, reader=request.user, initial=initial
    )
    reason = ReasonForm(request.POST or None)
    stale = None
    if request.method == "POST" and form.is_valid() and reason.is_valid():
        try:
            actions.change_programme(
                programme=programme,
                expected_version=form.cleaned_data["version"],
                by=request.user,
                sides=form.meant_sides,
                reason=reason.cleaned_data["reason"],
                **form.values,
            )
        except Stale as meanwhile:
            stale = form.reopened(meanwhile.current)
        except ValidationError as problem:
            form.add_error(None, problem)
        else:
            messages.success(request, _("Your change is kept."))
            return redirect(programme)
    context = {
        "form": form,
        "reason": reason,
        "programme": visible_programme(request, pk),
        "stale": stale,
    }
    return render(request, "programmes/change.html", context, status=200 if stale is None else 409)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    programme = visible_programme(request, pk)
    must(
        can_change_programme(request.user, programme),
        _("Only coordinators of the programme, of a side or of its owner remove it."),
    )
    form = ReasonForm(request.POST or None, required=True)
    if request.method == "POST" and form.is_valid():
        try:
            actions.remove_programme(
                programme=programme, by=request.user, reason=form.cleaned_data["reason"]
            )
        except ValidationError as problem:
            form.add_error(None, problem)
        else:
            messages.success(request, _("The programme is removed."))
            return redirect("programmes:list")
    return render(request, "programmes/remove.html", {"form": form, "programme": programme})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def sections(request: HttpRequest, pk: int) -> HttpResponse:
    """Corrects the field of cooperation that was guessed for each section."""
    programme = visible_programme(request, pk)
    must(
        can_change_programme(request.user, programme),
        _("Only coordinators of the programme, of a side or of its owner change its sections."),
    )
    found = list(programme.sections.all())
    if request.method == "POST":
        chosen = {
            section.pk: request.POST[f"field-{section.pk}"]
            for section in found
            if request.POST.get(f"field-{section.pk}") in FieldOfCooperation.values
        }
        actions.name_section_fields(programme=programme, fields=chosen, by=request.user)
        messages.success(request, _("The fields are kept."))
        return redirect(programme)
    context = {
        "programme": programme,
        "sections": found,
        "fields": FieldOfCooperation.choices,
    }
    return render(request, "programmes/sections.html", context)
