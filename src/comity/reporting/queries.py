"""Reports with what a page shows of them."""

from datetime import datetime

from django.db.models import Prefetch, QuerySet, prefetch_related_objects

from comity.accounts.rules import Reader
from comity.programmes.models import Measure, Occurrence
from comity.programmes.queries.lists import sides_along
from comity.reporting.going_on import may_be_gone_on_with
from comity.reporting.models import Evidence, OneTimeLink, Report
from comity.reporting.models.report import WAITING, ReportQuerySet


def in_full(reports: ReportQuerySet) -> ReportQuerySet:
    """With the steps, the evidence and what the rules ask about."""
    return reports.select_related(
        "measure__programme", "measure__section", "occurrence", "body"
    ).prefetch_related(
        "steps",
        Prefetch("evidence", Evidence.objects.select_related("file")),
        "measure__responsibilities",
        sides_along("measure__programme__"),
    )


def visible_occurrences(reader: Reader) -> "QuerySet[Occurrence]":
    """With what tells who has to report on them."""
    return (
        Occurrence.objects.visible_to(reader)
        .select_related("measure__programme", "measure__section")
        .prefetch_related("measure__responsibilities", sides_along("measure__programme__"))
    )


def reports_on(measure: Measure, reader: Reader) -> list[Report]:
    """All reports on a measure that the reader may see, with what a page shows."""
    return _shown(Report.objects.visible_to(reader).filter(measure=measure), measure)


def reports_of_day(occurrence: Occurrence, reader: Reader) -> list[Report]:
    """Those that answer one day of a measure, likewise."""
    seen = Report.objects.visible_to(reader).filter(occurrence=occurrence)
    return _shown(seen, occurrence.measure)


def _shown(seen: ReportQuerySet, measure: Measure) -> list[Report]:
    evidence = Prefetch("evidence", Evidence.objects.select_related("file"))
    found = seen.select_related("occurrence", "body").prefetch_related("steps", evidence)
    reports = list(found.order_by("pk"))
    for report in reports:
        report.measure, report.programme = measure, measure.programme
    # who made the link by which a guest reported does not decide about it
    of_guests = [one for one in reports if one.submitted_by_id is None and one.stage in WAITING]
    prefetch_related_objects(of_guests, "occurrence__one_time_links")
    return reports


def visible_evidence(reader: Reader) -> "QuerySet[Evidence]":
    """Pieces of evidence of the reports that the reader sees."""
    seen = Report.objects.visible_to(reader)
    return Evidence.objects.filter(report__in=seen.order_by()).select_related("file", "report")


def open_besides(link: OneTimeLink, moment: datetime) -> set[tuple[int, str]]:
    """The occurrences and sides that other links to the same address still let report on."""
    others = OneTimeLink.objects.filter(
        email__iexact=link.email, ended_at=None, expires_at__gt=moment, occurrence__withdrawn=False
    ).exclude(occurrence=link.occurrence_id, side=link.side)
    asked = {(one.occurrence_id, one.side): one for one in others.select_related("occurrence")}
    reports = Report.objects.filter(occurrence__in=[occurrence for occurrence, _side in asked])
    on = {(one.occurrence_id, one.side): one for one in reports.select_related("occurrence")}
    return {key for key, one in asked.items() if _is_open(one, on.get(key))}


def _is_open(link: OneTimeLink, report: Report | None) -> bool:
    if report is None:
        return link.occurrence.done_on is None
    return report.is_writable or may_be_gone_on_with(report)
