"""A deadline lasts until its day ends where the body sits, whatever the register's clock says."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from comity.accounts.models import Role, User
from comity.programmes.due import DueRule
from comity.reporting.clock import day_at
from comity.reporting.content import Content
from comity.reporting.models import Outcome, Report
from comity.territories.models import Territory
from tests.factories import a_region, an_organisation, somebody
from tests.reporting.world import World, two_sides

pytestmark = pytest.mark.django_db

CLOCKS = {"BY": "Europe/Minsk", "RU": "Asia/Kamchatka"}
#: The last days of a quarter, of a year, and of February in a leap year and in another.
LAST_DAYS = (date(2018, 6, 30), date(2019, 12, 31), date(2020, 2, 29), date(2021, 2, 28))
UNDER_WAY = Content(outcome=Outcome.UNDER_WAY, told="The hall is rented.")


def minsk_and_kamchatka(day: date) -> World:
    world = two_sides(DueRule("date", day, day))
    for side, clock in CLOCKS.items():
        seat = world.bodies[side].seat
        Territory.objects.filter(pk=seat.pk).update(time_zone=clock)
    return world


def at(monkeypatch: pytest.MonkeyPatch, clock: str, *moment: int) -> datetime:
    """Sets the clock of this process to a time of the day somewhere."""
    now = datetime(*moment, tzinfo=ZoneInfo(clock)).astimezone(UTC)  # type: ignore[misc,arg-type]
    monkeypatch.setattr(timezone, "now", lambda: now)
    return now


@pytest.mark.parametrize("day", LAST_DAYS)
@pytest.mark.parametrize("side", CLOCKS)
def test_the_last_minute_of_the_day_is_in_time_and_the_next_one_is_late(
    monkeypatch: pytest.MonkeyPatch, side: str, day: date
) -> None:
    world = minsk_and_kamchatka(day)
    at(monkeypatch, CLOCKS[side], day.year, day.month, day.day, 23, 59)
    in_time = world.submitted(side, UNDER_WAY)
    assert (in_time.days_late, in_time.first_submitted_on) == (0, day)

    world = two_days_later(world)
    morrow = day + timedelta(1)
    at(monkeypatch, CLOCKS[side], morrow.year, morrow.month, morrow.day, 0, 0)
    late = world.submitted(side, UNDER_WAY)
    assert (late.days_late, late.first_submitted_on) == (1, morrow)


def two_days_later(world: World) -> World:
    """The same measure, asked about on the same day once more."""
    world.occurrence.reports.all().delete()
    return world


def test_one_moment_is_in_time_in_minsk_and_late_in_kamchatka(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    world = minsk_and_kamchatka(date(2018, 6, 30))
    at(monkeypatch, "Europe/Minsk", 2018, 6, 30, 18, 0)
    assert [world.submitted(side, UNDER_WAY).days_late for side in ("BY", "RU")] == [0, 1]


def test_what_was_done_on_a_day_that_began_there_is_not_yet_to_come(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    world = minsk_and_kamchatka(date(2018, 6, 30))
    at(monkeypatch, "Europe/Minsk", 2018, 6, 30, 18, 0)
    done = Content(outcome=Outcome.DONE, done_on=date(2018, 7, 1), told="It was opened at dawn.")
    assert world.submitted("RU", done).days_late == 1
    with pytest.raises(ValidationError, match="yet to come"):
        world.submitted("BY", done)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    moment=st.datetimes(datetime(2016, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC)),
    clock=st.sampled_from(sorted({*CLOCKS.values(), "America/Anchorage", "Asia/Kathmandu", ""})),
)
def test_the_day_is_the_one_that_clocks_on_the_wall_there_show(
    moment: datetime, clock: str, a_report: Report
) -> None:
    body = a_report.body
    assert body is not None
    body.seat.time_zone = clock
    shown = moment.astimezone(ZoneInfo(clock or "Europe/Minsk"))
    assert day_at(a_report, moment) == date(shown.year, shown.month, shown.day)


@pytest.fixture
def a_report() -> Report:
    return two_sides().draft("RU")


def test_a_region_without_a_clock_of_its_own_has_that_of_its_country() -> None:
    region = a_region("RU-KAM")
    Territory.objects.filter(code="RU").update(time_zone="Europe/Moscow")
    assert region.clock == ZoneInfo("Europe/Moscow")
    region.time_zone = "Asia/Kamchatka"
    assert region.clock == ZoneInfo("Asia/Kamchatka")


def test_a_person_reads_the_days_of_the_place_where_they_work(
    monkeypatch: pytest.MonkeyPatch, client: Client
) -> None:
    now = at(monkeypatch, "Europe/Minsk", 2018, 6, 30, 18, 0)
    told = "Days and times as in Asia/Kamchatka"
    for person, shown in ((in_kamchatka(), True), (somebody(Role.OBSERVER), False)):
        client.force_login(person)
        page = client.get("/work/").content.decode()
        assert (told in page) is shown
    assert timezone.localdate(now) == date(2018, 6, 30)


def test_my_work_calls_late_what_is_late_there(
    monkeypatch: pytest.MonkeyPatch, client: Client
) -> None:
    world = minsk_and_kamchatka(date(2018, 6, 30))
    at(monkeypatch, "Europe/Minsk", 2018, 6, 30, 18, 0)
    seen = {side: owed_by(client, world.reporters[side]) for side in CLOCKS}
    assert {side: page.count("1 day late") for side, page in seen.items()} == {"BY": 0, "RU": 1}


def owed_by(client: Client, person: User) -> str:
    client.force_login(person)
    response: Any = client.get("/work/")
    text: str = response.content.decode()
    return text


def in_kamchatka() -> User:
    seat = a_region("RU-KAM")
    Territory.objects.filter(pk=seat.pk).update(time_zone="Asia/Kamchatka")
    seat.refresh_from_db()
    return somebody(Role.REPORTER, an_organisation("Kamchatka plant", seat))
