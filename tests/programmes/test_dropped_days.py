"""Days that passed undone and then fell away by a changed deadline are not forgotten."""

from dataclasses import replace
from datetime import date
from importlib import import_module

import pytest
from django.apps import apps
from django.test import Client
from django.utils import timezone

from comity.portfolio.queries.figures import counted, counted_then
from comity.programmes.actions import amend_measure, settle_occurrence, strike_measure
from comity.programmes.due import DueRule
from comity.programmes.models import Measure
from tests.factories import a_coordinator
from tests.programmes.past import ago, amend, that_was, with_measures
from tests.programmes.rows import a_row

pytestmark = pytest.mark.django_db

QUARTERLY = DueRule("recurring", ago(800), ago(-400), "quarterly")
ONCE = DueRule("date", None, ago(-30))


@pytest.fixture
def meeting() -> Measure:
    """Of each quarter; none was held yet."""
    (measure,) = with_measures(a_row("Meeting", due=QUARTERLY))
    that_was(810)
    return measure


def missed(measure: Measure) -> list[date]:
    days = measure.occurrences.filter(due_on__lt=timezone.localdate())
    return list(days.order_by("due_on").values_list("due_on", flat=True))


def dropped(measure: Measure) -> int | None:
    return Measure.objects.get(pk=measure.pk).dropped


def test_what_was_missed_counts_though_fewer_days_are_asked_for(meeting: Measure) -> None:
    past = missed(meeting)
    first, second, *_rest = meeting.occurrences.order_by("due_on")
    for held, done_on in ((first, first.due_on), (second, ago(0))):
        settle_occurrence(occurrence=held, done_on=done_on, note="", by=a_coordinator())
    amend(meeting, due=ONCE)
    # two were held, and the day that is left took the place of the third
    assert dropped(meeting) == len(past) - 3
    figures = counted(ago(0))[meeting.programme_id]
    assert (figures.done, figures.put_off, figures.overdue) == (0, 1, 0)
    assert (figures.dropped, figures.fallen) == (len(past) - 3, len(past) - 2)


def test_what_was_still_to_come_may_fall_away(meeting: Measure) -> None:
    for one in meeting.occurrences.filter(due_on__lt=timezone.localdate()):
        settle_occurrence(occurrence=one, done_on=one.due_on, note="", by=a_coordinator())
    amend(meeting, due=ONCE)
    assert (dropped(meeting), counted(ago(0))[meeting.programme_id].dropped) == (None, 0)


def test_days_that_are_asked_for_again_are_open_again(meeting: Measure) -> None:
    past = missed(meeting)
    amend(meeting, due=ONCE)
    assert dropped(meeting) == len(past) - 1
    amend(meeting, due=replace(QUARTERLY, start=ago(400)))
    still_missed = [day for day in past if day < ago(400)]
    assert dropped(meeting) == len(still_missed) - 1  # the first has a day in its place
    amend(meeting, due=QUARTERLY)
    assert dropped(meeting) is None
    assert counted(ago(0))[meeting.programme_id].overdue == len(past)


def test_a_past_day_tells_them_as_they_stood(meeting: Measure) -> None:
    past = missed(meeting)
    amend(meeting, due=ONCE)
    before = counted_then(ago(1))[meeting.programme_id]
    assert (before.overdue, before.dropped, before.fallen) == (len(past), 0, len(past))
    assert counted(ago(0))[meeting.programme_id].dropped == len(past) - 1


def test_what_the_register_had_wrong_was_never_missed(meeting: Measure) -> None:
    amend_measure(
        measure=meeting,
        new=a_row("Meeting", due=ONCE),
        expected_version=1,
        by=a_coordinator(),
        reason="It was read wrong.",
        is_correction=True,
    )
    assert (dropped(meeting), counted(ago(0))[meeting.programme_id].fallen) == (None, 0)


def test_a_measure_that_is_struck_out_counts_apart(meeting: Measure) -> None:
    amend(meeting, due=ONCE)
    meeting.refresh_from_db()
    strike_measure(
        measure=meeting, expected_version=meeting.version, by=a_coordinator(), reason="Merged."
    )
    assert counted(ago(0)) == {}


def test_registers_made_before_learn_what_was_dropped(meeting: Measure) -> None:
    (other,) = with_measures(a_row("Market", due=ONCE), programme=meeting.programme)
    past = missed(meeting)
    amend(meeting, due=ONCE)
    Measure.objects.update(dropped=None)
    migration = import_module("comity.programmes.migrations.0010_days_that_were_dropped")
    migration.count_them(apps, None)
    assert (dropped(meeting), dropped(other)) == (len(past) - 1, None)


def test_the_portfolio_tells_them(client: Client, meeting: Measure) -> None:
    number = len(missed(meeting)) - 1
    amend(meeting, due=ONCE)
    page = " ".join(client.get("/portfolio/").content.decode().split())
    assert f"{number}</b><span>dropped after their day had passed" in page
    assert f"<small>{number} dropped</small>" in page
    table = client.get("/portfolio/portfolio.csv").content.decode("utf-8-sig").splitlines()
    heading = next(line for line in table if "Dropped after their day" in line).split(",")
    (line,) = [line for line in table if line.startswith("Programme,")][-1:]
    assert line.split(",")[heading.index("Dropped after their day")] == str(number)
