"""The page of who would be written to: the plan of a day, before anything is sent."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from comity.accounts.models import Role, User
from comity.directory.models import Contact
from comity.post.models import Mail
from comity.programmes.actions import strike_measure
from comity.programmes.models import Occurrence
from comity.reminders.actions import remind
from comity.reminders.models import Said
from comity.reporting.actions import return_report
from tests.factories import a_coordinator, somebody
from tests.reporting.pages import signed_in, words
from tests.reporting.world import World, two_sides

pytestmark = pytest.mark.django_db
PAGE = "/reminders/mails/planned/"
TODAY = timezone.localdate


@pytest.fixture
def client() -> Client:
    return signed_in(somebody(Role.ADMINISTRATOR))


def due(world: World, days: int) -> World:
    Occurrence.objects.filter(measure=world.measure).update(due_on=TODAY() + timedelta(days=days))
    return world


def letters(client: Client, **asked: Any) -> dict[str, list[tuple[str, str]]]:
    """By the address what each line says, and of which side."""
    shown = client.get(PAGE, asked).context["letters"]
    return {to: [(one.what, one.side) for one in told] for to, told, _more in shown}


def test_it_names_who_would_be_told_what_today_and_writes_nothing(client: Client) -> None:
    world = due(two_sides(), 7)
    told = {one.email: [("in 7 days", side)] for side, one in world.reporters.items()}
    assert letters(client) == dict(sorted(told.items()))
    text = words(client.get(PAGE))
    assert "2 letters on" in text
    assert "Hold an exhibition" in text
    assert (Mail.objects.count(), Said.objects.count()) == (0, 0)


def test_it_tells_of_a_later_day_too_but_of_none_that_is_past(client: Client) -> None:
    world = due(two_sides(), 8)
    emails = {one.email for one in world.reporters.values()}
    assert set(letters(client)) == emails  # the rung of thirty days before
    remind(day=TODAY())
    assert letters(client) == {}
    tomorrow = TODAY() + timedelta(days=1)
    assert letters(client, day=tomorrow.isoformat()).keys() == emails
    answers = [client.get(PAGE, {"day": day}) for day in ("2018-05-31", "x", "", "9999-12-31")]
    days = [answer.context["day"] for answer in answers]
    assert days == [TODAY(), TODAY(), TODAY(), TODAY() + timedelta(days=365)]


def test_it_tells_of_what_came_back_waits_or_was_proposed(client: Client) -> None:
    world = two_sides()
    report = world.submitted()
    offices = {side: one.memberships.get().organisation for side, one in world.verifiers.items()}
    people = {side: somebody(Role.COORDINATOR, office) for side, office in offices.items()}
    assert letters(client) == {world.verifiers["BY"].email: [("submitted", "BY")]}
    by = world.verifiers["BY"]
    return_report(report=report, expected_version=report.version, by=by, reason="Which?")
    world.programme.needs_consent = True
    world.programme.save()
    strike_measure(measure=world.measure, expected_version=1, by=people["BY"], reason="x")
    assert letters(client) == {
        world.reporters["BY"].email: [("returned", "BY")],
        people["RU"].email: [("waits for consent", "")],
    }


def test_contacts_without_an_account_are_named_and_who_is_reached_by_nobody(
    client: Client,
) -> None:
    world = due(two_sides(), -8)
    User.objects.filter(pk__in=[one.pk for one in world.reporters.values()]).update(is_active=False)
    Contact.objects.create(organisation=world.bodies["BY"], name_en="C", email="c@example.org")
    answer = client.get(PAGE)
    assert letters(client) == {"c@example.org": [("8 days late", "BY")]}
    assert [one.body for one, _measure in answer.context["nobody"]] == ["Bryansk plant"]
    assert "nobody with an account reports for it" in words(answer)


def test_an_address_is_found_by_a_part_of_it(client: Client) -> None:
    world = due(two_sides(), 7)
    email = world.reporters["BY"].email
    assert list(letters(client, q=f" {email.upper()} ")) == [email]
    assert "Nobody would be written to." in words(client.get(PAGE, {"q": "nobody-of-this-name"}))


def test_long_letters_are_cut_with_a_count(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    due(two_sides(), 7)
    monkeypatch.setattr("comity.reminders.views.LETTERS", 1)
    monkeypatch.setattr("comity.reminders.views.LINES", 0)
    answer = client.get(PAGE)
    assert [(told, more) for _to, told, more in answer.context["letters"]] == [([], 1)]
    assert (answer.context["all"], answer.context["more"]) == (2, 1)


def test_only_who_sees_all_letters_sees_it() -> None:
    statuses = {
        person: signed_in(person).get(PAGE).status_code
        for person in (somebody(Role.AUDITOR), a_coordinator(), somebody())
    }
    assert list(statuses.values()) == [200, 403, 403]
    assert PAGE in signed_in(somebody(Role.AUDITOR)).get("/reminders/mails/").content.decode()
    assert Client().get(PAGE).status_code == 302


def test_the_page_asks_as_often_for_many_letters(client: Client) -> None:
    asked = []
    for _round in range(2):
        for _number in range(4):
            world = due(two_sides(), 0)
            world.reporters["RU"].is_active = False
            world.reporters["RU"].save()
        with CaptureQueriesContext(connection) as queries:
            answer = client.get(PAGE)
        asked.append((answer.context["all"], len(answer.context["nobody"]), len(queries)))
    (few, some, first), (many, more, second) = asked
    assert (few, some, many, more) == (4, 4, 8, 8)
    assert first == second <= 40
