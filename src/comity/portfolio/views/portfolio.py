"""All programmes at once, for the centre; and whether the chances told there come true."""

from functools import cache
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from comity.audit.kept import Kept
from comity.lib.kept_pages import stands_until_a_write
from comity.lib.paging import page_of_list
from comity.lib.past_days import is_past, on_past_day
from comity.lib.spreadsheets import Sheet, csv_answer, excel_answer
from comity.portfolio import drawing, exports
from comity.portfolio.caution import FEW, caution
from comity.portfolio.forms import PortfolioFilters
from comity.portfolio.queries.figures import figures_of_all
from comity.portfolio.queries.history import JUDGED_QUARTERS, MONTHS, calibrated, learnt
from comity.portfolio.queries.risk import HORIZON, LIKELY, at_risk
from comity.portfolio.queries.whole import figures_of_page, late_in_many, regions, whole
from comity.portfolio.rows import bar, rows_of
from comity.programmes.rules import can_add_programme
from insight.shares import shares

#: A government has some seventy programmes: they stand on one page.
PER_PAGE = 100
#: So many regions are compared at once; all, when they are asked for.
REGIONS = 100


@require_safe
@stands_until_a_write
def index(request: HttpRequest) -> HttpResponse:
    """Every programme that the reader may see on a day, the bodies late in many, the regions."""
    kept = Kept.of(request)
    filters = PortfolioFilters(request.GET, reader=request.user, kept=kept)
    asked, day = filters.asked, filters.as_of
    of_all = cache(lambda: figures_of_all(kept, day))
    found = whole(request.user, asked, day, kept, of_all)
    page = page_of_list(found.order, request, PER_PAGE)
    sums = found.together
    is_today = day == timezone.localdate()
    # what is at risk is told of today alone
    risky = (
        {} if not is_today else at_risk(request.user, found.mine.intersection(page.rows), kept, day)
    )
    rows = rows_of(
        page.rows,
        found.sides,
        filters.places,
        figures_of_page(page.rows, day, kept, of_all),
        risky,
    )
    compared = regions(found, filters.places)
    shown = compared if request.GET.get("regions") == "all" else compared[:REGIONS]
    context: dict[str, Any] = {
        "filters": filters,
        "day": day,
        "page": page,
        "rows": rows,
        "tells_of_risk": any(row.at_risk is not None for row in rows),
        "is_today": is_today,
        "is_past": is_past(day),
        "sums": sums,
        "bar": bar(sums),
        "share": shares([sums.on_time], [sums.fallen])[0],
        "regions": [(one, drawing.interval(one.share)) for one in shown],
        "more_regions": len(compared) - len(shown),
        "ticks": drawing.TICKS,
        "horizon": HORIZON,
        "can_add": can_add_programme(request.user),
    }
    return render(request, "portfolio/index.html", context)


@require_safe
@stands_until_a_write
def late_in_several(request: HttpRequest) -> HttpResponse:
    """The bodies that are late in several of the programmes asked for: a panel of the page."""
    kept = Kept.of(request)
    filters = PortfolioFilters(request.GET, reader=request.user, kept=kept)
    day = filters.as_of
    bodies = late_in_many(request.user, filters.asked, day, kept)
    part = request.htmx  # type: ignore[attr-defined]  # by its middleware
    page = "portfolio/_late_in_several.html" if part else "portfolio/late_in_several.html"
    others = [(name, value) for name, value in request.GET.items() if name != "day"]
    context = {"late_bodies": bodies, "others": others, **on_past_day(day)}
    return render(request, page, context)


@require_safe
def excel(request: HttpRequest) -> HttpResponse:
    return excel_answer(_table(request), "portfolio")


@require_safe
def comma_separated(request: HttpRequest) -> HttpResponse:
    return csv_answer(_table(request), "portfolio")


def _table(request: HttpRequest) -> Sheet:
    """All that was asked for, not only one page of it."""
    kept = Kept.of(request)
    filters = PortfolioFilters(request.GET, reader=request.user, kept=kept)
    asked, day = filters.asked, filters.as_of
    figures = figures_of_all(kept, day)
    found = whole(request.user, asked, day, kept, lambda: figures)
    return exports.table(rows_of(found.order, found.sides, filters.places, figures, {}), day)


@require_safe
@stands_until_a_write
def calibration(request: HttpRequest) -> HttpResponse:
    """Whether days that were told to be at risk came late as often as was told."""
    kept, today = Kept.of(request), timezone.localdate()
    judged = calibrated(kept, today)
    context = {
        "model": learnt(kept, today),
        "judged": judged,
        "curve": drawing.curve(judged) if judged else None,
        "caution": caution(judged) if judged else None,
        "least": FEW,
        "quarters": JUDGED_QUARTERS,
        "years": MONTHS // 12,
        "likely": LIKELY,
        "horizon": HORIZON,
    }
    return render(request, "portfolio/calibration.html", context)
