"""Reports as they are read: on an occurrence, one by one, and in the page of a measure."""

from collections.abc import Callable
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from comity.lib.kept_pages import stands_until_a_write
from comity.lib.past_days import day_asked, is_past, on_past_day
from comity.programmes.models import Measure, Occurrence
from comity.programmes.rules import has_a_part
from comity.programmes.then import measure_then, occurrence_then
from comity.programmes.years import by_year
from comity.reporting.disputes import FormerDispute, former_disputes, question_to
from comity.reporting.following import asked_to_settle_on
from comity.reporting.forms import ReasonForm, ReopenForm, SettlingForm
from comity.reporting.going_on import may_be_gone_on_with
from comity.reporting.models import Report, Stage
from comity.reporting.models.report import WAITING
from comity.reporting.queries import reports_of_day, reports_on
from comity.reporting.rules import (
    can_ask_to_settle,
    can_verify,
    can_write,
    sides_reported_by,
)
from comity.reporting.shown import Answer, Said, answers_of, shown_to, target, turns_of
from comity.reporting.then import answers_then, report_then, turns_by, was_open_to
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
    day = day_asked(request)
    if is_past(day):
        return _occurrence_then(request, found, day)
    reports = reports_of_day(found, request.user)
    as_party = has_a_part(request.user, found.measure.programme)
    return {
        "occurrence": found,
        "measure": found.measure,
        "programme": found.measure.programme,
        "state": found.state_on(day),
        "is_disputed": found.disputed_since is not None,
        "question": question_to(found, reports) if as_party else None,
        "former_disputes": _former_disputes(request, found, reports, day),
        "day": day,
        "answers": answers_of(found, reports, request.user, as_party=as_party),
        "target": target(found.measure),
        "may_send_links": found.done_on is None
        and not found.withdrawn
        and bool(sides_reported_by(request.user, found.measure)),
        "asked_on": asked_to_settle_on(reports),
        "may_ask_to_settle": can_ask_to_settle(request.user, found.measure.programme),
        "reason": SettlingForm(),
    }


def _occurrence_then(request: HttpRequest, found: Occurrence, day: date) -> dict[str, object]:
    """As it stood at the end of a past day; nothing can be done about that."""
    was_open = was_open_to(request.user, found, day)
    reports = reports_of_day(found, request.user)
    found = occurrence_then(found, day, request.user)
    as_party = has_a_part(request.user, found.measure.programme)
    return {
        "occurrence": found,
        "measure": found.measure,
        "programme": found.measure.programme,
        "state": found.state_on(day),
        "is_disputed": found.is_disputed_on(day),
        "question": question_to(found, reports, day) if as_party and was_open else None,
        "former_disputes": _former_disputes(request, found, reports, day) if was_open else [],
        "answers": answers_then(found, reports if was_open else (), day, as_party=as_party),
        "target": target(found.measure),
        **on_past_day(day),
    }


def _former_disputes(
    request: HttpRequest, occurrence: Occurrence, reports: list[Report], day: date
) -> list[FormerDispute]:
    """None is looked for where fewer than two sides reported: there was nothing to differ about."""
    return former_disputes(occurrence, request.user, day) if len(reports) > 1 else []


@require_safe
@stands_until_a_write
def report(request: HttpRequest, pk: int) -> HttpResponse:
    """One report: what it says, what shows it, and all that happened to it."""
    found = visible_report(request, pk)
    day = day_asked(request)
    if is_past(day):
        context = _report_then(request, found, day)
    else:
        context = report_context(request, found) | {"day": day}
    return render(request, "reporting/report.html", context)


def _report_then(request: HttpRequest, found: Report, day: date) -> dict[str, object]:
    as_party = has_a_part(request.user, found.measure.programme)
    was_open = was_open_to(request.user, found, day)
    then = report_then(found, day, as_party=as_party) if was_open else None
    return {
        "report": then[0] if then else None,
        "measure": found.measure,
        "programme": found.measure.programme,
        "occurrence": found.occurrence,
        "here": found.get_absolute_url(),
        "said": then[1] if then else None,
        "target": target(found.measure),
        "turns": turns_by(found, day) if as_party and was_open else [],
        **on_past_day(day),
    }


def report_context(
    request: HttpRequest, found: Report, *, reason: ReasonForm | None = None
) -> dict[str, object]:
    writes, verifies = can_write(request.user, found), can_verify(request.user, found)
    as_party = has_a_part(request.user, found.measure.programme)
    shown, said = shown_to(request.user, found, as_party=as_party)
    return {
        "report": shown,
        "measure": found.measure,
        "programme": found.measure.programme,
        "occurrence": found.occurrence,
        "said": said,
        "target": target(found.measure),
        "turns": turns_of(found) if as_party else [],
        "may_write": writes and found.is_writable,
        "may_continue": writes and may_be_gone_on_with(found),
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
    day = day_asked(request)
    reports = reports_on(measure, request.user)
    if is_past(day):
        measure = measure_then(measure, day, request.user)
    occurrences = list(measure.occurrences.all())
    for one in occurrences:
        one.measure = measure
    as_party = has_a_part(request.user, measure.programme)
    answers = _answers(request, measure, day, as_party=as_party)
    by_day: dict[int, list[Report]] = {}
    for report_ in reports:
        by_day.setdefault(report_.occurrence_id or 0, []).append(report_)
    rows = [
        (one, answers(one, by_day.get(one.pk, [])))
        for one in occurrences
        if not one.withdrawn or one.pk in by_day
    ]
    context = {
        "measure": measure,
        "rows": rows,
        "years": by_year(rows, day),
        "news": _news(request, measure, by_day.get(0, []), day, as_party=as_party),
        "news_sides": [] if is_past(day) else sides_reported_by(request.user, measure),
        **on_past_day(day),
    }
    part = request.htmx  # type: ignore[attr-defined]  # by its middleware
    page = "reporting/_of_measure.html" if part else "reporting/of_measure.html"
    return render(request, page, context)


def _news(
    request: HttpRequest,
    measure: Measure,
    reports: list[Report],
    day: date,
    *,
    as_party: bool,
) -> list[tuple[Report, Said | None]]:
    """What was told between the days: today, or by the day that was asked for."""
    if not is_past(day):
        return [shown_to(request.user, one, as_party=as_party) for one in reports]
    if not was_open_to(request.user, measure, day):
        return []
    then = (report_then(one, day, as_party=as_party) for one in reports)
    return [one for one in then if one is not None]


def _answers(
    request: HttpRequest, measure: Measure, day: date, *, as_party: bool
) -> Callable[[Occurrence, list[Report]], list[Answer]]:
    """How the sides answer an occurrence of a measure: today, or on the day that was asked for."""
    if not is_past(day):
        return lambda one, reports: answers_of(one, reports, request.user, as_party=as_party)
    was_open = was_open_to(request.user, measure, day)

    def then(one: Occurrence, reports: list[Report]) -> list[Answer]:
        return answers_then(one, reports if was_open else (), day, as_party=as_party)

    return then
