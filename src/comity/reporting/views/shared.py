from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from comity.programmes.models import Measure, Occurrence
from comity.programmes.queries.lists import sides_along
from comity.reporting.models import Report
from comity.reporting.queries import in_full, visible_occurrences


def visible_report(request: HttpRequest, pk: int) -> Report:
    return get_object_or_404(in_full(Report.objects.visible_to(request.user)), pk=pk)


def visible_occurrence(request: HttpRequest, pk: int) -> Occurrence:
    return get_object_or_404(visible_occurrences(request.user), pk=pk)


def visible_measure(request: HttpRequest, pk: int) -> Measure:
    found = Measure.objects.visible_to(request.user).select_related("programme", "section")
    found = found.prefetch_related("responsibilities", sides_along("programme__"))
    return get_object_or_404(found, pk=pk)
