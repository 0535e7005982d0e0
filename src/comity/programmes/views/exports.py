from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from comity.lib.past_days import day_asked, is_past
from comity.lib.spreadsheets import Sheet, csv_answer, excel_answer
from comity.programmes import exports
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
    programme, day = visible_programme(request, pk), day_asked(request)
    measures = list(in_rows(programme.measures.order_by("position", "pk")))
    if is_past(day):
        measures = measures_then(programme, measures, day, request.user)
    return exports.table(programme, rows_of(measures, day))
