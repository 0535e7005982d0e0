"""Proposed changes that wait for a side: whoever may consent is told, once, and once more."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from comity.accounts.models import Role, User
from comity.lib import wording
from comity.post.models import Mail
from comity.programmes.actions import agree_amendment, decline_amendment, withdraw_amendment
from comity.programmes.models import MeasureAmendment
from comity.reminders.actions import choose_pace
from comity.reminders.models import Pace
from comity.reminders.planning import plan
from tests.factories import a_region, an_organisation, somebody
from tests.programmes.consent import Sides, sides_that_consent
from tests.programmes.rows import MAY_2018, a_row, with_measures
from tests.reminders.days import reminded

pytestmark = pytest.mark.django_db


@pytest.fixture
def sides() -> Sides:
    return sides_that_consent()


def on(amendment: MeasureAmendment, days: int) -> date:
    return timezone.localdate(amendment.proposed_at) + timedelta(days=days)


def told(day: date) -> dict[User, list[int]]:
    people = {user.pk: user for user in User.objects.all()}
    return {people[pk]: [one.rung for one in some] for pk, some in plan(day).changes.items()}


def test_the_other_side_is_told_and_nobody_else(sides: Sides) -> None:
    secretary = somebody(Role.ADMINISTRATOR, sides.programme)
    somebody(Role.OBSERVER, sides.programme)
    somebody(Role.COORDINATOR, an_organisation("Elsewhere", seat=a_region("RU-PSK")))
    proposed = sides.proposed()
    assert told(on(proposed, 0)) == {sides.there: [0], secretary: [0]}


def test_whoever_proposed_it_is_not_asked_to_consent(sides: Sides) -> None:
    sides.here = somebody(Role.COORDINATOR, sides.programme)
    proposed = sides.proposed()
    assert sides.here not in told(on(proposed, 1))


def test_once_and_once_more_after_a_fortnight(sides: Sides) -> None:
    proposed = sides.proposed()
    letters = {day: reminded(on(proposed, day)) for day in (0, 1, 13, 14, 15, 60)}
    assert letters == {0: 1, 1: 0, 13: 0, 14: 1, 15: 0, 60: 0}
    assert {mail.to for mail in Mail.objects.all()} == {sides.there.email}


@pytest.mark.parametrize("decide", ["agree", "decline"])
def test_what_is_decided_is_left_alone(sides: Sides, decide: str) -> None:
    proposed = sides.proposed()
    if decide == "agree":
        agree_amendment(amendment=proposed, by=sides.there, side="RU")
    else:
        decline_amendment(amendment=proposed, by=sides.there, reason="No.")
    assert told(on(proposed, 1)) == {}


@pytest.mark.parametrize(
    ("decide", "state", "reason"), [("agree", "agreed", ""), ("decline", "declined", "Too late.")]
)
def test_who_proposed_it_is_told_once_how_it_was_decided(
    sides: Sides, decide: str, state: str, reason: str
) -> None:
    proposed = sides.proposed()
    if decide == "agree":
        agree_amendment(amendment=proposed, by=sides.there, side="RU")
    else:
        decline_amendment(amendment=proposed, by=sides.there, reason=reason)
    days = [reminded(on(proposed, day)) for day in (0, 1, 2)]
    assert days == [1, 0, 0]
    (mail,) = Mail.objects.all()
    assert (mail.to, mail.subject) == (sides.here.email, "Your proposals that were decided: 1")
    day = wording.day(timezone.localdate())
    assert "DECIDED ON YOUR PROPOSAL" in mail.body
    assert f"• {state} on {day}, {sides.there}\n" in mail.body
    assert f"/amendments/{proposed.pk}/" in mail.body
    assert reason in mail.body


def test_who_took_it_back_and_who_waited_too_long_is_not_told(sides: Sides) -> None:
    proposed = sides.proposed()
    withdraw_amendment(amendment=proposed, by=sides.here, reason="A slip.")
    assert plan(on(proposed, 1)).decided == {}
    again = sides.proposed()
    decline_amendment(amendment=again, by=sides.there, reason="No.")
    assert list(plan(on(again, 14)).decided) == [sides.here.pk]
    assert plan(on(again, 15)).decided == {}
    assert plan(on(again, 1), again.programme_id + 1).decided == {}


def test_the_letter_says_what_changes_why_and_where_to_decide(sides: Sides) -> None:
    proposed = sides.proposed()
    sides.there.language = "ru"
    sides.there.save()
    reminded(on(proposed, 0))
    (mail,) = Mail.objects.all()
    assert mail.subject == "Изменения, ожидающие вашего согласия: 1"
    for part in (
        "ОЖИДАЮТ ВАШЕГО СОГЛАСИЯ",
        "Region BY-HO × Region RU-BRY",
        "The hall is closed.",
        str(sides.here),
    ):
        assert part in mail.body
    assert proposed.get_absolute_url() in mail.body


def test_it_comes_in_the_one_letter_of_the_day(sides: Sides) -> None:
    proposed = sides.proposed()
    day = on(proposed, 0)
    reminded(day)
    (sides.measure,) = with_measures(a_row(due=MAY_2018), programme=sides.programme)
    sides.proposed()
    assert reminded(day) == 0
    assert reminded(day + timedelta(days=1)) == 1


def test_on_mondays_for_those_who_want_that(sides: Sides) -> None:
    choose_pace(user=sides.there, pace=Pace.LATE)
    proposed = sides.proposed()
    days = [on(proposed, day) for day in range(7)]
    assert [day.weekday() for day in days if told(day)] == [0]


def test_as_few_queries_for_thirty_changes_as_for_one(sides: Sides) -> None:
    day = on(sides.proposed(), 0)
    with CaptureQueriesContext(connection) as one:
        plan(day)
    for row in with_measures(*[a_row(due=MAY_2018)] * 30, programme=sides.programme):
        sides.measure = row
        sides.proposed()
    with CaptureQueriesContext(connection) as many:
        made = plan(day)
    assert len(made.changes[sides.there.pk]) == 31
    assert len(many) == len(one)
