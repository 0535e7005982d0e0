from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from comity.lib.spreadsheets import Sheet, csv_answer, excel_answer
from comity.programmes import exports
from comity.programmes.models import Measure
from comity.programmes.queries.lists import in_rows
from comity.programmes.standing import rows_of
from comity.programmes.views.shared import visible_programme


@require_safe
def excel(request: HttpRequest, pk: int) -> HttpResponse:
    return excel_answer(_table(request, pk), f"programme-{pk}")


@require_safe
def comma_separated(request: HttpRequest, pk: int) -> HttpResponse:
    return csv_answer(_table(request, pk), f"programme-{pk}")


def _table(request: HttpRequest, pk: int) -> Sheet:
    programme = visible_programme(request, pk)
    measures = Measure.objects.filter(programme=programme).order_by("position", "pk")
    return exports.table(programme, rows_of(in_rows(measures), timezone.localdate()))
