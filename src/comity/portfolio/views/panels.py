"""What pages of programmes and measures show of this room: a fragment, or a page of its own."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from comity.audit.kept import Kept
from comity.audit.past import past_of
from comity.lib.kept_pages import stands_until_a_write
from comity.lib.past_days import on_past_day
from comity.portfolio.forms import SinceForm
from comity.portfolio.queries.changes import (
    ChangeKind,
    by_body,
    by_section,
    by_side,
    changes_between,
    lines_of,
)
from comity.portfolio.queries.history import MONTHS, calibrated
from comity.portfolio.queries.risk import HORIZON, Risk, Risks, ahead, bodies_named, risks_of
from comity.portfolio.queries.standing import LOOKS, DayState, standing_of
from comity.portfolio.wording import reason_in_words
from comity.programmes.forms import RowFilters
from comity.programmes.models import Measure, Occurrence, Programme
from comity.programmes.queries.lists import SIDES
from comity.programmes.rules import has_a_part
from comity.territories.models import Territory

#: Rows of what is at risk in the page of a programme; its own page has all.
SHORT = 12


@require_safe
@stands_until_a_write
def risk_of_programme(request: HttpRequest, pk: int) -> HttpResponse:
    """What is likely to come late in the next months, for those who have a part in it."""
    programme = _visible_programme(request, pk)
    context = {"programme": programme, "short": SHORT if _is_part(request) else None}
    return _risk(request, programme, ahead(timezone.localdate()), context)


@require_safe
@stands_until_a_write
def risk_of_measure(request: HttpRequest, pk: int) -> HttpResponse:
    """The chance that the next day of a measure comes late."""
    measures = Measure.objects.visible_to(request.user).select_related("programme")
    measure = get_object_or_404(measures, pk=pk)
    today = timezone.localdate()
    following = Occurrence.objects.open().filter(measure=measure, due_on__gte=today)
    first = following.order_by("due_on").values("pk")[:1]
    context = {"measure": measure, "programme": measure.programme, "short": 1}
    return _risk(request, measure.programme, Occurrence.objects.filter(pk__in=first), context)


def _risk(
    request: HttpRequest, programme: Programme, open_days: Any, context: dict[str, Any]
) -> HttpResponse:
    may_see, kept, today = (
        has_a_part(request.user, programme),
        Kept.of(request),
        timezone.localdate(),
    )
    risks, judged = Risks([], None), None
    if may_see:
        days = open_days.filter(programme=programme)
        risks = risks_of(request.user, days, kept, today)
        judged = calibrated(kept, today) if risks.rows else None
    shown = risks.rows[: context["short"]]
    # a measure has one day to tell of, which is shown however small its chance
    likely = [risk for risk in shown if risk.is_likely or "measure" in context]
    rows = _told(shown)
    context |= {
        "may_see": may_see,
        "risks": risks,
        "rows": rows,
        "likely": rows[: len(likely)],
        "others": rows[len(likely) :],
        "less_likely": len(risks.rows) - len(risks.likely),
        "is_no_better": judged is not None and not judged.is_better,
        "horizon": HORIZON,
        "years": MONTHS // 12,
    }
    return _answer(request, "risk", context)


def _told(risks: list[Risk]) -> list[tuple[Risk, Occurrence, str]]:
    """Each with its day and its reason in words; two queries."""
    bodies = bodies_named(risks) if risks else {}
    days = Occurrence.objects.select_related("measure").in_bulk([one.occurrence for one in risks])
    return [
        (one, days[one.occurrence], reason_in_words(one.reason, bodies[one.reason.body]))
        for one in risks
    ]


@require_safe
@stands_until_a_write
def changes(request: HttpRequest, pk: int) -> HttpResponse:
    """What changed in a programme since the end of a quarter, by side, by body, by section."""
    programme = _visible_programme(request, pk)
    form = SinceForm(request.GET, programme=programme)
    found = changes_between(programme, form.start, form.end, past_of(programme, request.user))
    counted = {kind: sum(one.kind == kind for one in found) for kind in ChangeKind}
    context = {
        "programme": programme,
        "form": form,
        "kinds": list(ChangeKind),
        "counted": [(kind, number) for kind, number in counted.items() if number],
        "changes": found,
        "lines": lines_of(found),
        "groups": [
            (name, groups(found))
            for name, groups in (("side", by_side), ("body", by_body), ("section", by_section))
        ],
        "names": _names_of_sides(programme),
    }
    return _answer(request, "changes", context)


@require_safe
@stands_until_a_write
def standing(request: HttpRequest, pk: int) -> HttpResponse:
    """How many days stand where, what was reported included."""
    programme = _visible_programme(request, pk)
    day = RowFilters(request.GET, programme=programme).as_of
    told = standing_of(programme, request.user, day)
    context = {
        "programme": programme,
        **on_past_day(day),
        "states": [(state, LOOKS[state], told.whole.numbers[state]) for state in DayState],
        "standing": told,
        "names": _names_of_sides(programme),
    }
    return _answer(request, "standing", context)


def _names_of_sides(programme: Programme) -> dict[str, str]:
    """The names of its sides by their codes; one query."""
    countries = Territory.objects.filter(code__in=programme.countries)
    return {country.code: country.name for country in countries}


def _visible_programme(request: HttpRequest, pk: int) -> Programme:
    programmes = Programme.objects.visible_to(request.user).prefetch_related(SIDES)
    return get_object_or_404(programmes, pk=pk)


def _answer(request: HttpRequest, name: str, context: dict[str, Any]) -> HttpResponse:
    is_part = _is_part(request)
    page = f"portfolio/_{name}.html" if is_part else f"portfolio/{name}.html"
    return render(request, page, context | {"is_part": is_part})


def _is_part(request: HttpRequest) -> bool:
    """Whether a panel is asked for, not a page of its own."""
    return bool(request.htmx)  # type: ignore[attr-defined]  # by its middleware
