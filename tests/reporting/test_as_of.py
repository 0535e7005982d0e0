"""Reports as they stood on a past day: each submission stays as it was handed in."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from comity.audit.actions import Installation, Trail
from comity.programmes.occurrences import Settlement, note_settlement
from comity.reporting.actions import (
    accept_report,
    return_report,
    save_report,
    start_news,
    submit_report,
)
from comity.reporting.life import stage_after
from comity.reporting.models import Report, Stage, Step, StepKind
from comity.reporting.shown import shown_to
from comity.reporting.then import report_then
from tests.programmes.past import ago, amend, due, that_was, with_measures
from tests.programmes.rows import a_row
from tests.reporting.world import DONE, World, changed, two_sides

pytestmark = pytest.mark.django_db
SECOND = changed(DONE, told="Two exhibitions were held.")


def a_story(**programme: Any) -> tuple[World, Report]:
    """Submitted nine days ago, returned seven, submitted again five, accepted three days ago."""
    world = two_sides(**programme)
    report, by = world.submitted(), world.reporters["BY"]
    report = return_report(
        report=report, expected_version=report.version, by=world.verifiers["BY"], reason="How many?"
    )
    report = save_report(report=report, content=SECOND, expected_version=report.version, by=by)
    report = submit_report(report=report, expected_version=report.version, by=by)
    accepted = world.verifiers["BY"]
    report = accept_report(report=report, expected_version=report.version, by=accepted)
    for step, days in zip(report.steps.order_by("pk"), (9, 7, 5, 3), strict=True):
        Step.objects.filter(pk=step.pk).update(at=timezone.now() - timedelta(days=days))
    return world, Report.objects.get(pk=report.pk)


def day(ago: int) -> str:
    return (timezone.localdate() - timedelta(days=ago)).isoformat()


@pytest.mark.parametrize(
    ("ago", "stage", "told"),
    [
        (10, None, None),
        (9, Stage.SUBMITTED, "The exhibition was held."),
        (6, Stage.RETURNED, "The exhibition was held."),
        (4, Stage.SUBMITTED, "Two exhibitions were held."),
        (1, Stage.ACCEPTED, "Two exhibitions were held."),
    ],
)
def test_a_report_stands_as_it_stood(
    client: Client, ago: int, stage: str | None, told: str | None
) -> None:
    world, report = a_story()
    client.force_login(world.reporters["RU"])
    context = client.get(report.get_absolute_url(), {"day": day(ago)}).context
    assert (context["report"] and context["report"].stage) == stage
    assert (context["said"] and context["said"].told) == told
    assert Report.objects.get(pk=report.pk).stage == Stage.ACCEPTED


def test_outsiders_see_of_the_past_what_was_accepted_then(client: Client) -> None:
    _world, report = a_story()
    path = report.get_absolute_url()
    for days, told in ((8, None), (4, None), (2, "Two exhibitions were held.")):
        response = client.get(path, {"day": day(days)})
        assert (response.context["said"] and response.context["said"].told) == told
        assert response.context["turns"] == []
    page = client.get(path, {"day": day(8)}).content.decode()
    assert "Nothing that you may see was submitted by that day." in page
    assert "The exhibition was held." not in page


def test_today_and_days_to_come_show_what_stands(client: Client) -> None:
    world, report = a_story()
    client.force_login(world.verifiers["BY"])
    for asked in ({}, {"day": day(-30)}, {"day": "nonsense"}):
        context = client.get(report.get_absolute_url(), asked).context
        shown = shown_to(world.verifiers["BY"], report, as_party=True)
        assert (context["report"], context["said"]) == shown
        assert context["may_reopen"] is True


def test_nothing_can_be_done_about_the_past(client: Client) -> None:
    world, report = a_story()
    client.force_login(world.verifiers["BY"])
    page = client.get(report.get_absolute_url(), {"day": day(4)}).content.decode()
    assert "Decide" not in page
    assert "Open it again" not in page
    assert "Return with the reason" not in page


def test_the_history_ends_on_the_day(client: Client) -> None:
    world, report = a_story()
    client.force_login(world.verifiers["BY"])
    turns = client.get(report.get_absolute_url(), {"day": day(6)}).context["turns"]
    assert [turn.step.kind for turn in turns] == [StepKind.RETURNED, StepKind.SUBMITTED]


def test_what_the_programme_hid_then_stays_hidden(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Which stretches of the past were closed to a reader is tested in the room of the trail."""
    world, report = a_story()
    view = "comity.reporting.views.reading.was_open_to"
    monkeypatch.setattr(view, lambda _reader, _record, _day: False)
    client.force_login(world.reporters["RU"])
    context = client.get(report.get_absolute_url(), {"day": day(2)}).context
    assert (context["said"], context["turns"]) == (None, [])
    answers = client.get(f"/reports/on/{world.occurrence.pk}/", {"day": day(2)}).context["answers"]
    assert [answer.report for answer in answers] == [None, None]


def test_the_sides_of_a_day_answer_as_they_did(client: Client) -> None:
    world, report = a_story()
    client.force_login(world.reporters["RU"])
    path = f"/reports/on/{world.occurrence.pk}/"
    told = client.get(path, {"day": day(8)}).context["answers"]
    assert [(answer.side, answer.said and answer.said.told) for answer in told] == [
        ("BY", "The exhibition was held."), ("RU", None),
    ]  # fmt: skip
    panel = f"/reports/of-measure/{world.measure.pk}/"
    ((_occurrence, answers),) = client.get(panel, {"day": day(6)}).context["rows"]
    assert [answer.report and answer.report.stage for answer in answers] == [Stage.RETURNED, None]
    assert (
        f"/reports/on/{world.occurrence.pk}/?day={day(6)}"
        in client.get(panel, {"day": day(6)}).content.decode()
    )
    assert report_then(report, timezone.localdate(), as_party=True) is not None


def test_the_page_of_a_measure_leads_to_its_reports_of_that_day(client: Client) -> None:
    world, _report = a_story()
    path = world.measure.get_absolute_url()
    page = client.get(path, {"day": day(6)}).content.decode()
    assert f"/reports/of-measure/{world.measure.pk}/?day={day(6)}" in page
    assert f"/reports/of-measure/{world.measure.pk}/?day=" not in client.get(path).content.decode()


def test_words_that_were_opened_alone_come_back_as_words_alone() -> None:
    kinds = ("submitted", "accepted", "reopened_text", "submitted", "accepted", "settling")
    steps = [Step(kind=kind) for kind in kinds]
    told = [stage_after(steps[: place + 1]) for place in range(len(steps))]
    assert told == [
        Stage.SUBMITTED, Stage.ACCEPTED, Stage.TEXT_REOPENED, Stage.TEXT_SUBMITTED,
        Stage.ACCEPTED, Stage.REOPENED,
    ]  # fmt: skip
    assert stage_after([Step(kind="submitted"), Step(kind="taken_back")]) == Stage.DRAFT
    assert stage_after([]) == Stage.DRAFT


def test_news_told_by_that_day_stands_there(client: Client) -> None:
    world = two_sides()
    by = world.reporters["BY"]
    news = start_news(measure=world.measure, side="BY", by=by)
    told = changed(DONE, outcome="under_way", done_on=None, told="A hall was found.")
    news = save_report(
        report=news,
        content=told,
        expected_version=1,
        by=by,
    )
    news = submit_report(report=news, expected_version=news.version, by=by)
    Step.objects.update(at=timezone.now() - timedelta(days=5))
    client.force_login(by)
    panel = f"/reports/of-measure/{world.measure.pk}/"
    assert client.get(panel, {"day": day(6)}).context["news"] == []
    ((shown, said),) = client.get(panel, {"day": day(4)}).context["news"]
    assert (shown.stage, said.told) == (Stage.SUBMITTED, "A hall was found.")
    page = client.get(panel, {"day": day(4)}).content.decode()
    assert f"{news.get_absolute_url()}?day={day(4)}" in page
    assert "Tell news" not in page
    client.logout()
    assert client.get(panel, {"day": day(4)}).context["news"] == []


def test_days_that_were_due_then_and_are_not_any_more_are_told_too(client: Client) -> None:
    (measure,) = with_measures(a_row("Fair", due=due(15)))
    that_was(20)
    amend(measure, due=due(-60))
    that_was(10)
    panel = f"/reports/of-measure/{measure.pk}/"
    page = client.get(panel, {"day": day(12)})
    assert [one.due_on for one, _answers in page.context["rows"]] == [ago(15)]
    moved = measure.occurrences.get()
    assert f"/reports/on/{moved.pk}/?day={day(12)}" in page.content.decode()
    then = client.get(f"/reports/on/{moved.pk}/", {"day": day(12)}).context["occurrence"]
    assert (then.due_on, moved.due_on) == (ago(15), ago(-60))


def test_a_dispute_of_then_stands_on_the_page_of_its_day(client: Client) -> None:
    (measure,) = with_measures(a_row("Fair", due=due(15)))
    occurrence = measure.occurrences.get()
    for since, written in ((ago(14), 14), (None, 5)):
        trail = Trail("report.submitted", Installation())
        note_settlement(occurrence, Settlement(disputed_since=since), trail)
        trail.record()
        that_was(written)
    path = f"/reports/on/{occurrence.pk}/"
    told = [client.get(path, {"day": day(n)}).context["is_disputed"] for n in (16, 10, 3)]
    assert told == [False, True, False]
