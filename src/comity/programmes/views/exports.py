from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from comity.lib.spreadsheets import Sheet, csv_answer, excel_answer
from comity.programmes import exports
from comity.programmes.forms import OnDay
from comity.programmes.queries.lists import in_rows
from comity.programmes.standing import rows_of
from comity.programmes.then import measures_then
from comity.programmes.views.shared import visible_programme


@require_safe
def excel(request: HttpRequest, pk: int) -> HttpResponse:
    return excel_answer(_table(request, pk), f"programme-{pk}")


@require_safe
def comma_separated(request: HttpRequest, pk: int) -> HttpResponse:
    return csv_answer(_table(request, pk), f"programme-{pk}")


def _table(request: HttpRequest, pk: int) -> Sheet:
    """All measures of the programme, today or as of the past day that was asked for."""
    programme, on_day = visible_programme(request, pk), OnDay(request.GET)
    measures = list(in_rows(programme.measures.order_by("position", "pk")))
    if on_day.is_past:
        measures = measures_then(programme, measures, on_day.as_of, request.user)
    return exports.table(programme, rows_of(measures, on_day.as_of))
