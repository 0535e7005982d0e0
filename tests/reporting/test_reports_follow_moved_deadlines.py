"""What was reported stays reported when the deadline of its measure becomes another."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from comity.audit.actions import Installation, Trail
from comity.programmes.actions import (
    amend_measure,
    change_programme,
    restore_measure,
    settle_occurrence,
    strike_measure,
)
from comity.programmes.due import DueRule
from comity.programmes.keeping import of_measure
from comity.programmes.models import Measure, Occurrence, Programme
from comity.reminders.models import Said
from comity.reporting.actions import accept_report, make_link, save_report, submit_report
from comity.reporting.following import locked
from comity.reporting.models import Step
from tests.factories import a_coordinator
from tests.programmes.past import ago, that_was
from tests.programmes.rows import a_row, with_measures
from tests.reporting.pages import signed_in, words
from tests.reporting.world import DONE, DUE, World, changed, two_sides

pytestmark = pytest.mark.django_db

DECEMBER = DueRule("window", date(2018, 5, 1), date(2018, 12, 31))


def move(measure: Measure, rule: DueRule, **more: Any) -> None:
    measure = Measure.objects.get(pk=measure.pk)
    amend_measure(
        measure=measure,
        new=replace(of_measure(measure), due=rule),
        expected_version=measure.version,
        by=a_coordinator(),
        reason="The river is high.",
        **more,
    )


def days(measure: Measure) -> list[tuple[date, date | None, date | None, int]]:
    """The days that stand: due, agreed first, done, and how many reports there are on each."""
    standing = measure.occurrences.standing().order_by("due_on")
    return [(one.due_on, one.first_due_on, one.done_on, one.reports.count()) for one in standing]


def owes(world: World, side: str) -> list[str]:
    owed = signed_in(world.reporters[side]).get("/work/").context["owed"].page.rows
    return [str(one.occurrence.due_on) for one in owed]


def test_what_one_side_did_is_not_asked_for_again() -> None:
    world = two_sides()
    world.accepted("BY")
    move(world.measure, DECEMBER)
    assert days(world.measure) == [(DECEMBER.end, DUE, None, 1)]
    assert (owes(world, "BY"), owes(world, "RU")) == ([], ["2018-12-31"])
    world.accepted("RU", changed(DONE, done_on=date(2018, 11, 1)))
    assert days(world.measure) == [(DECEMBER.end, DUE, date(2018, 11, 1), 2)]


def test_a_report_that_waits_counts_once_it_is_accepted() -> None:
    world = two_sides()
    waiting = world.submitted("BY")
    world.accepted("RU")
    move(world.measure, DECEMBER)
    waiting.refresh_from_db()
    accept_report(report=waiting, expected_version=waiting.version, by=world.verifiers["BY"])
    assert days(world.measure) == [(DECEMBER.end, DUE, DONE.done_on, 2)]


@pytest.mark.parametrize(("more", "first"), [({}, DUE), ({"is_correction": True}, None)])
def test_what_was_done_stays_done(more: dict[str, Any], first: date | None) -> None:
    world = two_sides()
    for side in ("BY", "RU"):
        world.accepted(side)
    move(world.measure, DECEMBER, **more)
    assert days(world.measure) == [(DECEMBER.end, first, DONE.done_on, 2)]
    assert not Occurrence.objects.filter(withdrawn=True).exists()


def test_a_draft_stays_on_the_desk_with_its_words() -> None:
    world = two_sides()
    draft = world.draft("BY")
    by = world.reporters["BY"]
    save_report(report=draft, content=DONE, expected_version=draft.version, by=by)
    move(world.measure, DECEMBER)
    (owed,) = signed_in(by).get("/work/").context["owed"].page.rows
    assert (owed.report.pk, owed.report.told) == (draft.pk, DONE.told)
    assert owed.occurrence.due_on == DECEMBER.end


def test_a_link_leads_to_the_day_that_came_in_its_place() -> None:
    world = two_sides()
    by = world.reporters["BY"]
    _link, secret = make_link(
        occurrence=world.occurrence, side="BY", email="guest@example.org", days=14, by=by
    )
    move(world.measure, DECEMBER)
    page = words(Client().get(f"/reports/by-link/{secret}/"))
    assert "31 December 2018" in page


def test_who_was_reminded_of_the_day_before_is_reminded_of_the_new_one() -> None:
    world = two_sides()
    Said.objects.create(
        occurrence=world.occurrence, user=world.reporters["BY"], side="BY", rung=0, on=DUE
    )
    move(world.measure, DECEMBER)
    assert not Said.objects.exists()


def test_the_day_of_a_year_takes_the_place_of_that_of_the_same_year() -> None:
    yearly = DueRule("recurring", date(2017, 1, 1), date(2020, 12, 1), "yearly", "09-01/12-01")
    (measure,) = with_measures(a_row(due=yearly))
    held = measure.occurrences.get(due_on=date(2018, 12, 1))
    settle_occurrence(occurrence=held, done_on=held.due_on, note="", by=a_coordinator())
    move(measure, replace(yearly, end=date(2020, 12, 31), season="09-01/12-31"))
    assert days(measure) == [
        (date(year, 12, 31), date(year, 12, 1), held.due_on if year == 2018 else None, 0)
        for year in range(2017, 2021)
    ]
    # a day that was settled is never taken for one of another year
    move(measure, DueRule("recurring", date(2019, 1, 1), date(2022, 12, 31), "yearly"))
    assert [(due.year, done) for due, _first, done, _reports in days(measure)] == [
        (2019, None), (2020, None), (2021, None), (2022, None),
    ]  # fmt: skip


def test_a_longer_programme_keeps_what_was_reported_of_its_last_year() -> None:
    rule = DueRule("recurring", None, None, "yearly")
    world = two_sides(rule, start=date(2018, 1, 1), end=date(2018, 6, 30))
    world.accepted("BY")
    programme = world.programme
    programme.refresh_from_db()
    change_programme(
        programme=programme, expected_version=programme.version, by=a_coordinator(),
        end=date(2018, 12, 31), reason="It goes on.",
    )  # fmt: skip
    assert days(world.measure) == [(date(2018, 12, 31), date(2018, 6, 30), None, 1)]


def test_put_back_it_is_the_day_that_was_agreed_first_again() -> None:
    world = two_sides()
    world.accepted("BY")
    move(world.measure, DECEMBER)
    move(world.measure, DueRule("window", date(2018, 5, 1), DUE))
    assert days(world.measure) == [(DUE, None, None, 1)]


@pytest.mark.parametrize("more", [{}, {"is_correction": True}])
def test_a_past_day_tells_the_report_under_the_day_that_stood(more: dict[str, Any]) -> None:
    world = two_sides()
    programme = Trail("programme.created", Installation())
    programme.created(world.programme)
    programme.record()
    report = world.accepted("BY")
    that_was(20)
    Step.objects.update(at=timezone.now() - timedelta(days=20))
    move(world.measure, DECEMBER, **more)
    that_was(10)
    by = signed_in(world.reporters["BY"])
    for days_ago, due_on in ((15, DUE), (5, DECEMBER.end)):
        day = {"day": ago(days_ago).isoformat()}
        page = by.get(f"/reports/on/{report.occurrence_id}/", day).context
        (answer, _other) = page["answers"]
        assert (page["occurrence"].due_on, answer.report.pk) == (due_on, report.pk)
        panel = by.get(f"/reports/of-measure/{world.measure.pk}/", day).context
        assert [(one.due_on, one.pk) for one, _told in panel["rows"]] == [
            (due_on, report.occurrence_id)
        ]


def test_a_past_day_tells_the_day_of_a_programme_that_was_shorter_then() -> None:
    rule = DueRule("recurring", None, None, "yearly")
    world = two_sides(rule, start=date(2018, 1, 1), end=date(2018, 6, 30))
    made = Trail("programme.created", Installation())
    made.created(world.programme)
    made.record()
    report = world.accepted("BY")
    that_was(20)
    programme = Programme.objects.get()
    change_programme(
        programme=programme, expected_version=programme.version, by=a_coordinator(),
        end=date(2018, 12, 31), reason="It goes on.",
    )  # fmt: skip
    that_was(10)
    by, told = signed_in(world.reporters["BY"]), []
    for days_ago in (15, 5):
        day = {"day": ago(days_ago).isoformat()}
        page = by.get(f"/reports/on/{report.occurrence_id}/", day).context
        told.append(page["occurrence"].due_on)
    assert told == [date(2018, 6, 30), date(2018, 12, 31)]


def test_what_was_begun_on_a_measure_that_is_struck_out_is_not_handed_in() -> None:
    world = two_sides()
    draft = world.draft("BY")
    by = world.reporters["BY"]
    draft = save_report(report=draft, content=DONE, expected_version=draft.version, by=by)
    measure = Measure.objects.get(pk=world.measure.pk)
    strike: dict[str, Any] = {"measure": measure, "by": a_coordinator(), "reason": "No money."}
    strike_measure(expected_version=measure.version, **strike)
    with pytest.raises(ValidationError, match="What you wrote stays here as a draft"):
        submit_report(report=draft, expected_version=draft.version, by=by)
    measure.refresh_from_db()
    restore_measure(expected_version=measure.version, **{**strike, "measure": measure})
    assert submit_report(report=draft, expected_version=draft.version, by=by).told == DONE.told


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite locks the whole register")
def test_the_measure_is_locked_before_its_day() -> None:
    world = two_sides()
    with CaptureQueriesContext(connection) as queries:
        locked(world.occurrence.pk)
    locks = [query["sql"] for query in queries if "FOR " in query["sql"]]
    tables = [sql.partition('FROM "')[2].partition('"')[0] for sql in locks]
    assert tables == ["programmes_measure", "programmes_occurrence"]
