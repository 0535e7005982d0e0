"""Reports as they are read: on an occurrence, one by one, and in the page of a measure."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from comity.lib.kept_pages import stands_until_a_write
from comity.programmes.rules import has_a_part
from comity.reporting.forms import ReasonForm, ReopenForm, WhyForm
from comity.reporting.models import Report, Stage
from comity.reporting.models.report import WAITING
from comity.reporting.queries import in_full, reports_on
from comity.reporting.rules import (
    can_ask_to_settle,
    can_verify,
    can_write,
    sides_reported_by,
)
from comity.reporting.shown import answers_of, said_to, target, turns_of
from comity.reporting.views.shared import (
    visible_measure,
    visible_occurrence,
    visible_report,
)


@require_safe
@stands_until_a_write
def occurrence(request: HttpRequest, pk: int) -> HttpResponse:
    """What the sides say of one day on which a measure has to show something."""
    return render(request, "reporting/occurrence.html", occurrence_context(request, pk))


def occurrence_context(request: HttpRequest, pk: int) -> dict[str, object]:
    found = visible_occurrence(request, pk)
    reports = in_full(Report.objects.visible_to(request.user).filter(occurrence=found))
    return {
        "occurrence": found,
        "measure": found.measure,
        "programme": found.measure.programme,
        "state": found.state_on(timezone.localdate()),
        "answers": answers_of(found, reports, request.user),
        "target": target(found.measure),
        "may_send_links": found.done_on is None
        and not found.withdrawn
        and bool(sides_reported_by(request.user, found.measure)),
        "may_ask_to_settle": can_ask_to_settle(request.user, found.measure.programme),
        "reason": WhyForm(),
    }


@require_safe
@stands_until_a_write
def report(request: HttpRequest, pk: int) -> HttpResponse:
    """One report: what it says, what shows it, and all that happened to it."""
    found = visible_report(request, pk)
    return render(request, "reporting/report.html", report_context(request, found))


def report_context(
    request: HttpRequest, found: Report, *, reason: ReasonForm | None = None
) -> dict[str, object]:
    writes, verifies = can_write(request.user, found), can_verify(request.user, found)
    return {
        "report": found,
        "measure": found.measure,
        "programme": found.measure.programme,
        "occurrence": found.occurrence,
        "said": said_to(request.user, found),
        "target": target(found.measure),
        "turns": turns_of(found) if has_a_part(request.user, found.measure.programme) else [],
        "may_write": writes and found.is_writable,
        "may_take_back": writes and found.stage in WAITING,
        "may_decide": verifies and found.stage in WAITING,
        "may_reopen": verifies and found.stage == Stage.ACCEPTED,
        "sees_history": writes or verifies,
        "reason": reason or ReasonForm(),
        "reopen": ReopenForm(),
    }


@require_safe
@stands_until_a_write
def of_measure(request: HttpRequest, pk: int) -> HttpResponse:
    """The reports of a measure by the days they answer, and its news: a panel of its page."""
    measure = visible_measure(request, pk)
    reports = reports_on(measure, request.user)
    occurrences = list(measure.occurrences.all())
    for one in occurrences:
        one.measure = measure
    rows = [
        (one, answers_of(one, [r for r in reports if r.occurrence_id == one.pk], request.user))
        for one in occurrences
        if not one.withdrawn or any(r.occurrence_id == one.pk for r in reports)
    ]
    context = {
        "measure": measure,
        "rows": rows,
        "news": [(r, said_to(request.user, r)) for r in reports if r.occurrence_id is None],
        "news_sides": sides_reported_by(request.user, measure),
        "day": timezone.localdate(),
    }
    part = request.htmx  # type: ignore[attr-defined]  # by its middleware
    page = "reporting/_of_measure.html" if part else "reporting/of_measure.html"
    return render(request, page, context)
