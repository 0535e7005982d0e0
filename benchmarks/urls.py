"""Comity's addresses, and the bare view that its pages are measured by."""

from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import include, path

from comity.programmes.models import Measure

ROW = engines["django"].from_string(
    "<!doctype html><title>{{ measure.number }}</title><p>{{ measure.title }}</p>"
)


def bare(request: HttpRequest, pk: int) -> HttpResponse:
    """One row from one query, through the same middleware as every page."""
    return HttpResponse(ROW.render({"measure": Measure.objects.get(pk=pk)}, request))


urlpatterns = [path("bare/<int:pk>/", bare), path("", include("comity.urls"))]
handler404 = "comity.web.views.not_found"
