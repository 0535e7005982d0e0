"""Reports whose turn it is: told once to whoever has to do something about them."""

from datetime import timedelta

import pytest
from django.utils import timezone

from comity.accounts.models import User
from comity.lib import wording
from comity.post.models import Mail
from comity.reminders.actions import choose_pace
from comity.reminders.models import Pace
from comity.reminders.planning import plan
from comity.reporting.actions import accept_report, reopen_report, return_report
from comity.reporting.models import Report
from tests.reminders.days import reminded
from tests.reporting.world import World, two_sides

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate


def told(days: int = 0) -> dict[User, list[str]]:
    people = {user.pk: user for user in User.objects.all()}
    made = plan(TODAY() + timedelta(days=days)).turns
    return {people[pk]: [one.step.kind for one in some] for pk, some in made.items()}


def returned(world: World) -> Report:
    report = world.submitted()
    return return_report(
        report=report,
        expected_version=report.version,
        by=world.verifiers["BY"],
        reason="How many came?",
    )


def test_who_verifies_for_the_side_is_told_of_what_waits() -> None:
    world = two_sides()
    report = world.submitted()
    assert told() == {world.verifiers["BY"]: ["submitted"]}
    accept_report(report=report, expected_version=report.version, by=world.verifiers["BY"])
    assert told() == {}


def test_who_reports_is_told_of_what_came_back_and_why() -> None:
    world = two_sides()
    report = returned(world)
    assert told() == {world.reporters["BY"]: ["returned"]}
    assert [reminded(TODAY() + timedelta(days=days)) for days in (0, 1, 2)] == [1, 0, 0]
    (mail,) = Mail.objects.all()
    assert (mail.to, mail.subject) == (
        world.reporters["BY"].email, "Reports that came back to you: 1",
    )  # fmt: skip
    for part in (
        "CAME BACK TO YOU",
        f"• returned on {wording.day(TODAY())}, {world.verifiers['BY']} · Region BY-HO",
        "How many came?",
        f"/reports/{report.pk}/write/",
    ):
        assert part in mail.body


def test_each_step_is_told_anew() -> None:
    world = two_sides()
    report = world.submitted()
    assert reminded(TODAY()) == 1
    report = accept_report(report=report, expected_version=report.version, by=world.verifiers["BY"])
    reopen_report(
        report=report,
        expected_version=report.version,
        by=world.verifiers["BY"],
        reason="One more came.",
        words_only=False,
    )
    assert told(1) == {world.reporters["BY"]: ["reopened"]}


def test_nobody_is_told_of_their_own_step_or_of_what_is_long_ago() -> None:
    world = two_sides()
    returned(world)
    assert told(14) == {world.reporters["BY"]: ["returned"]}
    assert told(15) == {}
    assert plan(TODAY(), world.programme.pk + 1).turns == {}


def test_whoever_wants_mondays_is_told_on_a_monday() -> None:
    world = two_sides()
    returned(world)
    choose_pace(user=world.reporters["BY"], pace=Pace.LATE)
    days = [days for days in range(7) if told(days)]
    assert [(TODAY() + timedelta(days=day)).weekday() for day in days] == [0]


def test_who_verifies_is_told_each_week_for_as_long_as_it_waits() -> None:
    world = two_sides()
    report = world.submitted()
    told_on = [days for days in range(60) if reminded(TODAY() + timedelta(days=days))]
    assert told_on == [0, 7, 14, 21, 28, 35, 42, 49, 56]
    verifier = world.verifiers["BY"]
    letters = Mail.objects.filter(to=verifier.email).values_list("subject", flat=True)
    assert list(letters) == ["Reports that wait for your decision: 1"] * 9
    accept_report(report=report, expected_version=report.version, by=verifier)
    assert reminded(TODAY() + timedelta(days=63)) == 0


def test_after_days_on_which_nobody_ran_the_weeks_are_counted_from_the_last_letter() -> None:
    two_sides().submitted()
    days = (0, 6, 10, 16, 17)
    assert [reminded(TODAY() + timedelta(days=one)) for one in days] == [1, 0, 1, 0, 1]


def test_whoever_wants_mondays_is_told_on_each_monday_while_it_waits() -> None:
    world = two_sides()
    world.submitted()
    choose_pace(user=world.verifiers["BY"], pace=Pace.WEEKLY)
    told_on = [one for one in range(28) if reminded(TODAY() + timedelta(days=one))]
    assert [(TODAY() + timedelta(days=one)).weekday() for one in told_on] == [0, 0, 0, 0]
