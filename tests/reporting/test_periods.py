"""Periods of a programme that are reported on as a whole, and locked."""

from datetime import UTC, date, datetime, timedelta
from importlib import import_module

import pytest
from django.apps import apps
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from django.utils import timezone

from comity.accounts.models import Role
from comity.lib.periods import Period
from comity.reporting.actions import (
    lock_period,
    open_period,
    return_report,
    submit_report,
    unlock_period,
)
from comity.reporting.counting import counted
from comity.reporting.forms import PeriodForm
from comity.reporting.models import Report, ReportingPeriod, Step
from tests.factories import a_coordinator, a_programme, somebody
from tests.reporting.pages import page, send, signed_in, words
from tests.reporting.world import DONE, two_sides

pytestmark = pytest.mark.django_db

Q2 = Period(date(2018, 4, 1), date(2018, 6, 30))


def test_periods_of_a_programme_do_not_overlap() -> None:
    programme = a_programme()
    coordinator = a_coordinator()
    assert str(open_period(programme=programme, stretch=Q2, by=coordinator)) == "Q2 2018"
    year = Period(date(2018, 1, 1), date(2018, 12, 31))
    with pytest.raises(ValidationError, match="overlaps a period that there is already: Q2 2018"):
        open_period(programme=programme, stretch=year, by=coordinator)
    open_period(programme=a_programme(), stretch=year, by=coordinator)


def test_only_coordinators_open_and_lock() -> None:
    programme = a_programme()
    for role in (Role.REPORTER, Role.VERIFIER, Role.AUDITOR, Role.OBSERVER):
        with pytest.raises(PermissionDenied):
            open_period(programme=programme, stretch=Q2, by=somebody(role, programme))
    period = open_period(programme=programme, stretch=Q2, by=somebody(Role.COORDINATOR, programme))
    with pytest.raises(PermissionDenied):
        lock_period(period=period, by=somebody(Role.VERIFIER, programme))


def test_what_comes_after_the_lock_is_marked() -> None:
    world = two_sides()
    coordinator = a_coordinator()
    period = open_period(programme=world.programme, stretch=Q2, by=coordinator)
    in_time = world.submitted("BY")
    period = lock_period(period=period, by=coordinator)
    after = world.submitted("RU")
    marked = {report.pk: report.came_after_lock for report in Report.objects.all()}
    assert marked == {in_time.pk: False, after.pk: True}
    shown = words(page(signed_in(coordinator), "occurrence", world.occurrence.pk))
    assert shown.count("after the period was locked") == 1


def test_a_locked_period_is_opened_again_with_a_reason() -> None:
    coordinator = a_coordinator()
    period = open_period(programme=a_programme(), stretch=Q2, by=coordinator)
    with pytest.raises(ValidationError, match="The period is open"):
        unlock_period(period=period, by=coordinator, reason="x")
    period = lock_period(period=period, by=coordinator)
    with pytest.raises(ValidationError, match="locked already"):
        lock_period(period=period, by=coordinator)
    with pytest.raises(ValidationError, match="Say why"):
        unlock_period(period=period, by=coordinator, reason=" ")
    assert unlock_period(period=period, by=coordinator, reason="A region asked.").is_locked is False


def test_periods_are_counted() -> None:
    world = two_sides()
    coordinator = a_coordinator()
    open_period(programme=world.programme, stretch=Q2, by=coordinator)
    numbers = lambda: [  # noqa: E731  # asked three times below
        (row.due, row.settled, row.reported, row.silent) for row in counted(world.programme)
    ]
    assert numbers() == [(1, 0, 0, 1)]
    world.accepted("BY")
    assert numbers() == [(1, 0, 1, 0)]
    world.accepted("RU")
    assert numbers() == [(1, 1, 0, 0)]


def test_a_period_is_locked_once_its_last_day_is_over(monkeypatch: pytest.MonkeyPatch) -> None:
    by = a_coordinator()
    period = open_period(programme=a_programme(), stretch=Q2, by=by)
    monkeypatch.setattr(timezone, "localdate", lambda *_when: Q2.end)
    until = "The period runs until 30 June 2018: it can be locked once that day is over."
    with pytest.raises(ValidationError, match=until):
        lock_period(period=period, by=by)
    client = signed_in(by)
    shown = words(page(client, "periods", period.programme_id))
    assert ("can be locked after 30 June 2018" in shown, "Lock it" in shown) == (True, False)
    assert until in words(client.post(reverse("reporting:lock", args=[period.pk]), follow=True))
    monkeypatch.setattr(timezone, "localdate", lambda *_when: date(2018, 7, 1))
    assert "Lock it" in words(page(client, "periods", period.programme_id))
    assert lock_period(period=period, by=by).is_locked


def test_before_a_period_is_locked_its_page_says_what_that_does_and_what_is_missing() -> None:
    world, by = two_sides(), a_coordinator()
    period = open_period(programme=world.programme, stretch=Q2, by=by)
    client = signed_in(by)
    listed = page(client, "periods", world.programme.pk).content.decode()
    assert f'<a href="{reverse("reporting:lock", args=[period.pk])}">Lock it</a>' in listed
    asked = words(page(client, "lock", period.pk))
    assert "Lock Q2 2018" in asked
    assert "1 deadline in it has no report yet." in asked
    period.refresh_from_db()
    assert period.is_locked is False
    world.submitted("BY")
    assert "has no report yet" not in words(page(client, "lock", period.pk))
    told = words(client.post(reverse("reporting:lock", args=[period.pk]), follow=True))
    assert "The period is locked; reports on it are marked from now on." in told
    period.refresh_from_db()
    assert period.is_locked is True


def test_the_quarters_of_the_programme_are_offered() -> None:
    programme = a_programme(start=date(2018, 2, 1), end=date(2018, 12, 31))
    day = PeriodForm(programme=programme)["day"]
    assert day.field.widget.choices == [
        ("2018-01-01", "Q1 2018"),
        ("2018-04-01", "Q2 2018"),
        ("2018-07-01", "Q3 2018"),
        ("2018-10-01", "Q4 2018"),
    ]
    assert (day.label, day.value()) == ("A quarter in it", date(2018, 10, 1))
    open_period(programme=programme, stretch=Q2, by=a_coordinator())
    form = PeriodForm({"months": "6", "day": "2018-07-01"}, programme=programme)
    assert form["day"].initial == date(2018, 7, 1)
    assert form.is_valid()
    assert form.stretch() == Period(date(2018, 7, 1), date(2018, 12, 31))


def test_a_programme_without_an_end_is_asked_for_any_day() -> None:
    day = PeriodForm(programme=a_programme(start=date(2018, 2, 1), end=None))["day"]
    assert (day.label, day.value()) == ("A day in it", timezone.localdate())


def test_what_comes_before_a_period_is_over_is_not_marked_whenever_it_was_locked() -> None:
    world = two_sides()
    period = open_period(programme=world.programme, stretch=Q2, by=a_coordinator())
    lock_period(period=period, by=a_coordinator())
    locked_at = datetime(2018, 5, 1, 9, 0, tzinfo=UTC)
    ReportingPeriod.objects.update(locked_at=locked_at)
    report, by = world.draft("BY"), world.reporters["BY"]
    on_the_last_day = datetime(2018, 6, 30, 9, 0, tzinfo=UTC)
    submit_report(report=report, expected_version=1, by=by, content=DONE, at=on_the_last_day)
    report, by = world.draft("RU"), world.reporters["RU"]
    submit_report(
        report=report, expected_version=1, by=by, content=DONE,
        at=on_the_last_day + timedelta(days=1),
    )  # fmt: skip
    told = Step.objects.order_by("pk").values_list("report__side", "locked_at")
    assert list(told) == [("BY", None), ("RU", locked_at)]


def test_a_coordinator_opens_locks_and_opens_again_in_the_browser() -> None:
    programme = a_programme()
    client = signed_in(somebody(Role.COORDINATOR, programme))
    assert "No period was opened for reports yet." in words(page(client, "periods", programme.pk))
    send(client, "open_period", programme.pk, months="3", day="2018-05-05")
    period = ReportingPeriod.objects.get()
    assert period.stretch == Q2
    again = send(client, "open_period", programme.pk, months="12", day="2018-05-05")
    assert "It overlaps a period that there is already: Q2 2018." in words(again)
    send(client, "lock", period.pk)
    shown = words(page(client, "periods", programme.pk))
    assert "locked on" in shown
    refused = send(client, "unlock", period.pk, reason="")
    assert "Say why the period is opened again." in words(refused)
    send(client, "unlock", period.pk, reason="A region asked.")
    assert "open for reports" in words(page(client, "periods", programme.pk))
    assert (
        reverse("reporting:periods", args=[programme.pk])
        in client.get(programme.get_absolute_url()).content.decode()
    )


def test_what_is_submitted_again_after_the_lock_is_marked() -> None:
    world = two_sides()
    report = world.submitted()
    period = open_period(programme=world.programme, stretch=Q2, by=a_coordinator())
    lock_period(period=period, by=a_coordinator())
    assert not Report.objects.get().came_after_lock
    by = world.verifiers["BY"]
    report = return_report(
        report=report, expected_version=report.version, by=by, reason="How many?"
    )
    submit_report(report=report, expected_version=report.version, by=world.reporters["BY"])
    assert Report.objects.get().came_after_lock


def test_the_mark_stays_when_the_lock_is_taken_back() -> None:
    world, by = two_sides(), a_coordinator()
    period = lock_period(period=open_period(programme=world.programme, stretch=Q2, by=by), by=by)
    late = world.submitted("BY")
    period = unlock_period(period=period, by=by, reason="A region asked.")
    allowed = world.submitted("RU")
    lock_period(period=period, by=by)
    marked = {report.pk: report.came_after_lock for report in Report.objects.all()}
    assert marked == {late.pk: True, allowed.pk: False}


def test_registers_made_before_learn_which_reports_came_after_a_lock_that_stands() -> None:
    world, by = two_sides(), a_coordinator()
    world.submitted("BY")
    period = lock_period(period=open_period(programme=world.programme, stretch=Q2, by=by), by=by)
    late = world.submitted("RU")
    Step.objects.update(locked_at=None)
    import_module("comity.reporting.migrations.0003_locked_when_submitted").mark(apps, None)
    told = Step.objects.filter(locked_at__isnull=False).values_list("report", "locked_at")
    assert list(told) == [(late.pk, period.locked_at)]


def test_a_period_lies_where_the_programme_runs() -> None:
    world = two_sides(start=date(2019, 1, 1), end=date(2020, 12, 31))
    with pytest.raises(ValidationError, match="runs from 1 January 2019 to 31 December 2020"):
        open_period(programme=world.programme, stretch=Q2, by=a_coordinator())
