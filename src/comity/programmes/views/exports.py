from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from comity.programmes import exports
from comity.programmes.models import Measure, Programme
from comity.programmes.queries.lists import in_rows
from comity.programmes.standing import MeasureRow, rows_of
from comity.programmes.views.shared import visible_programme

EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_safe
def excel(request: HttpRequest, pk: int) -> HttpResponse:
    programme = visible_programme(request, pk)
    return _file(exports.excel(programme, _rows(programme)), EXCEL, f"programme-{pk}.xlsx")


@require_safe
def comma_separated(request: HttpRequest, pk: int) -> HttpResponse:
    """With a byte order mark, by which spreadsheets know UTF-8."""
    programme = visible_programme(request, pk)
    text = exports.comma_separated(programme, _rows(programme))
    return _file(text.encode("utf-8-sig"), "text/csv; charset=utf-8", f"programme-{pk}.csv")


def _rows(programme: Programme) -> list[MeasureRow]:
    measures = Measure.objects.filter(programme=programme).order_by("position", "pk")
    return rows_of(in_rows(measures), timezone.localdate())


def _file(content: bytes, kind: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
