"""Who is told what: by their roles, once, and never about what is done."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from comity.accounts.models import Role, User
from comity.lib.versions import Stale
from comity.post.models import Mail
from comity.programmes.actions import remove_measure, settle_occurrence
from comity.programmes.due import DueRule
from comity.programmes.models import Occurrence
from comity.programmes.rows import NewBody, NewMeasure
from comity.reminders import actions
from comity.reminders.actions import begin_daily_run, change_ladder, choose_pace, remind
from comity.reminders.models import DailyRun, Pace, Said
from comity.reminders.planning import plan
from comity.reporting.actions import return_report
from comity.reporting.models import ReportingPeriod
from comity.upkeep.working import work_once
from tests.factories import a_coordinator, somebody
from tests.programmes.rows import with_measures
from tests.reminders.days import reminded
from tests.reporting.world import DUE, MAY, World, two_sides

pytestmark = pytest.mark.django_db


def on(days: int) -> date:
    return DUE + timedelta(days=days)


def told(days: int) -> set[tuple[User, str, int]]:
    """Whom a run on that day would tell: the person, the side and the rung."""
    made = plan(on(days))
    people = {user.pk: user for user in User.objects.all()}
    return {
        (people[pk], line.side, line.rung) for pk, lines in made.lines.items() for line in lines
    }


def both(world: World, rung: int) -> set[tuple[User, str, int]]:
    return {(world.reporters[side], side, rung) for side in ("BY", "RU")}


def days(**said: str) -> dict[str, str]:
    empty = {
        f"{who}_{when}": ""
        for who in ("body", "body_coordinator", "verifier", "programme")
        for when in ("before", "after")
    }
    return {**empty, **said}


def test_the_usual_ladder() -> None:
    world = two_sides()
    heads = {side: somebody(Role.COORDINATOR, body) for side, body in world.bodies.items()}
    centre = somebody(Role.COORDINATOR, world.programme)
    assert told(-31) == set()
    assert told(-30) == both(world, -30)
    assert told(-7) == both(world, -7)
    assert told(0) == both(world, 0)
    late = {(heads[side], side, 7) for side in heads}
    assert told(7) == both(world, 7) | late
    sides = {(world.verifiers[side], side, 21) for side in heads}
    whole = {(centre, side, 21) for side in heads}
    assert told(21) == both(world, 7) | late | sides | whole


def test_a_side_that_reported_is_left_alone() -> None:
    world = two_sides()
    world.submitted("BY")
    assert told(0) == {(world.reporters["RU"], "RU", 0)}


def test_a_returned_report_is_asked_for_again() -> None:
    world = two_sides()
    report = world.submitted("BY")
    return_report(
        report=report, expected_version=report.version, reason="Say where.",
        by=world.verifiers["BY"],
    )  # fmt: skip
    assert told(0) == both(world, 0)


def test_nobody_is_told_of_what_is_done() -> None:
    world = two_sides()
    world.accepted("BY")
    world.accepted("RU")
    assert told(21) == set()


@pytest.mark.parametrize("fields", [{"withdrawn": True}, {"done_on": DUE, "given_up": True}])
def test_nobody_is_told_of_what_is_not_asked_any_more(fields: dict[str, Any]) -> None:
    two_sides()
    Occurrence.objects.update(**fields)
    assert told(0) == set()


def test_what_is_late_in_a_locked_period_is_told_all_the_same() -> None:
    world = two_sides()
    ReportingPeriod.objects.create(
        programme=world.programme, start=on(-60), end=on(0), locked_at=timezone.now()
    )
    assert told(7) == both(world, 7)


def test_who_may_not_look_is_not_told() -> None:
    world = two_sides(visibility="internal")
    assert told(0) == set()
    assert [one.body for one in plan(on(0)).nobody] == ["Homiel plant", "Bryansk plant"]
    granted = somebody(Role.REPORTER, world.programme)
    assert told(0) == {(granted, "BY", 0), (granted, "RU", 0)}


def test_who_left_is_not_told() -> None:
    world = two_sides()
    world.reporters["BY"].is_active = False
    world.reporters["BY"].save()
    assert told(0) == {(world.reporters["RU"], "RU", 0)}
    assert [(one.body, one.side, one.is_known) for one in plan(on(0)).nobody] == [
        ("Homiel plant", "BY", True)
    ]


def test_a_rung_is_said_once_and_one_letter_comes_a_day() -> None:
    world = two_sides()
    letters = [reminded(on(day)) for day in (-8, -8, -7, -7, -6, 0, 1, 7, 8)]
    assert letters == [2, 0, 2, 0, 0, 2, 0, 2, 0]
    rungs = Said.objects.filter(user=world.reporters["BY"]).order_by("on")
    assert list(rungs.values_list("rung", "on")) == [
        (-30, on(-8)), (-7, on(-7)), (0, on(0)), (7, on(7)),
    ]  # fmt: skip
    assert Mail.objects.count() == 8


def test_a_run_that_was_stopped_sends_the_rest_and_nothing_twice(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    two_sides()
    monkeypatch.setattr(actions, "BATCH", 1)
    written = []

    def stop() -> None:
        written.append(1)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        remind(day=on(0), told=stop)
    assert (Mail.objects.count(), Said.objects.count()) == (1, 1)
    assert remind(day=on(0)) == 1
    assert (Mail.objects.count(), Said.objects.count()) == (2, 2)


@pytest.mark.parametrize(
    ("pace", "expected"),
    [
        (Pace.DAILY, {-3: -7, 0: 0, 4: 0, 7: 7, 11: 7}),
        (Pace.WEEKLY, {-3: -7, 0: None, 4: 0, 7: None, 11: 7}),
        (Pace.LATE, {-3: None, 0: None, 4: 0, 7: None, 11: 7}),
    ],
)
def test_a_person_chooses_the_pace(pace: Pace, expected: dict[int, int | None]) -> None:
    """The date is a Thursday; Mondays are three days before it and four after."""
    world = two_sides()
    person = world.reporters["BY"]
    choose_pace(user=person, pace=pace)
    found = {
        day: next((rung for who, _side, rung in told(day) if who == person), None)
        for day in expected
    }
    assert found == expected


def test_a_programme_has_a_ladder_of_its_own() -> None:
    world, coordinator = two_sides(), a_coordinator()
    ladder = change_ladder(
        programme=world.programme, days=days(body_before="3"), expected_version=None,
        by=coordinator,
    )  # fmt: skip
    assert (told(-7), told(-3), told(21)) == (set(), both(world, -3), both(world, -3))
    change_ladder(
        programme=world.programme, days=days(verifier_after="1"), expected_version=ladder.version,
        by=coordinator,
    )  # fmt: skip
    assert told(1) == {(world.verifiers[side], side, 1) for side in ("BY", "RU")}
    with pytest.raises(Stale):
        change_ladder(
            programme=world.programme, days=days(), expected_version=ladder.version,
            by=coordinator,
        )  # fmt: skip
    with pytest.raises(PermissionDenied):
        change_ladder(
            programme=world.programme, days=days(), expected_version=2,
            by=world.reporters["BY"],
        )  # fmt: skip


def test_the_day_begins_where_the_register_is(settings: Any) -> None:
    settings.TIME_ZONE, settings.COMITY_REMIND_HOUR = "Asia/Kamchatka", 7
    with timezone.override("Asia/Kamchatka"):
        assert not begin_daily_run(datetime(2018, 5, 30, 18, 59, tzinfo=UTC))
        assert begin_daily_run(datetime(2018, 5, 30, 19, 0, tzinfo=UTC))
    assert DailyRun.objects.get().day == DUE


def test_the_daily_run_is_asked_for_once_and_again_if_it_was_stopped(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    worker = "django_tasks_db.management.commands.db_worker"
    monkeypatch.setattr(f"{worker}.close_old_connections", lambda: None)
    two_sides()
    now = datetime(2018, 5, 31, 9, 0, tzinfo=UTC)
    begun = [begin_daily_run(now + timedelta(minutes=minutes)) for minutes in (0, 1, 59, 61, 62)]
    assert begun == [True, False, False, True, False]
    while work_once():
        pass
    run = DailyRun.objects.get()
    assert (run.day, run.letters, run.finished_at is None) == (DUE, 2, False)
    assert not begin_daily_run(now + timedelta(hours=5))
    assert set(Mail.objects.values_list("state", flat=True)) == {"sent"}


def test_the_number_of_queries_does_not_grow(django_assert_num_queries: Any) -> None:
    world = two_sides()
    with django_assert_num_queries(16):
        plan(on(0))
    for number in range(30):
        row = NewMeasure({"en": f"Fair {number}"}, due=MAY, bodies=world_bodies(world))
        with_measures(row, programme=world.programme)
    with django_assert_num_queries(16):
        assert len(plan(on(0)).lines[world.reporters["BY"].pk]) == 31


def world_bodies(world: World) -> tuple[NewBody, ...]:
    return tuple(NewBody(str(body), side, body.pk) for side, body in world.bodies.items())


def test_that_somebody_was_reminded_holds_nothing_up() -> None:
    """A measure can be settled, changed and removed as if nobody had been written to."""
    today = timezone.localdate()
    world = two_sides(DueRule("date", None, today))
    other = two_sides(DueRule("date", None, today))
    assert remind(day=today) == 4
    by = a_coordinator()
    settle_occurrence(occurrence=world.occurrence, done_on=today, note="", by=by)
    assert world.occurrence.done_on == today
    remove_measure(measure=other.measure, reason="Brought in twice.", by=by)
    assert not Said.objects.filter(occurrence__measure=other.measure.pk).exists()
