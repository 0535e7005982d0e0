"""What was reported by a one-time link and came back is told to the address it came from, once."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from comity.directory.models import Contact
from comity.lib import wording
from comity.post.models import Mail, Reason, State
from comity.post.sending import send_due
from comity.programmes.models import Occurrence
from comity.reminders.actions import change_ladder, remind
from comity.reminders.models import SaidOfStepToContact, SaidToContact
from comity.reminders.planning import plan
from comity.reporting.actions import make_link, return_report
from comity.reporting.models import OneTimeLink, Report
from tests.factories import a_coordinator
from tests.reminders.test_commands import run
from tests.reporting.pages import FILLED
from tests.reporting.world import DUE, World, two_sides

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate
GUEST, OFFICE = "plant@example.org", "office@plant.example"
LINK = re.compile(r"http://localhost:8000(/reports/by-link/\S+)")


def by_link(address: str) -> Report:
    """Submits the report with the link of this address."""
    Client().post(address)
    version = Report.objects.get(side="BY").version
    assert Client().post(address, {**FILLED, "version": version, "do": "submit"}).status_code == 302
    return Report.objects.get(side="BY")


def given_back(world: World, report: Report, reason: str = "How many came?") -> Report:
    by = world.verifiers["BY"]
    return return_report(report=report, expected_version=report.version, by=by, reason=reason)


def let(world: World, email: str = GUEST) -> str:
    _link, secret = make_link(
        occurrence=world.occurrence, side="BY", email=email, days=7, by=a_coordinator()
    )
    return f"/reports/by-link/{secret}/"


def returned(world: World) -> Report:
    return given_back(world, by_link(let(world)))


def of_contact() -> World:
    """Nobody of the body of Homiel has an account; its contact reported by a reminder's link."""
    world = two_sides()
    world.reporters["BY"].is_active = False
    world.reporters["BY"].save()
    Contact.objects.create(organisation=world.bodies["BY"], name_en="I. Contact", email=OFFICE)
    remind(day=DUE)
    (address,) = LINK.findall(Mail.objects.get(to=OFFICE).body)
    given_back(world, by_link(address))
    Mail.objects.all().delete()
    return world


def told(days: int = 0) -> dict[str, list[str]]:
    made = plan(TODAY() + timedelta(days=days)).came_back
    return {email: [one.step.reason for one in some] for email, some in made.items()}


def letters(to: str = GUEST) -> list[Mail]:
    return list(Mail.objects.filter(to=to, kind="digest").order_by("pk"))


def test_the_address_of_the_link_is_told_once_why_it_came_back() -> None:
    world = two_sides(language="ru")
    returned(world)
    for days in (0, 0, 1, 2, 30):
        remind(day=TODAY() + timedelta(days=days))
        send_due()
    (letter,) = letters()
    assert (letter.subject, letter.language, letter.private) == (
        "Отчёты, возвращённые вам: 1", "ru", True,
    )  # fmt: skip
    assert SaidOfStepToContact.objects.values_list("email", "on").get() == (GUEST, TODAY())


def test_the_letter_says_the_reason_and_opens_the_form_once() -> None:
    world = two_sides(language="en")
    returned(world)
    remind(day=TODAY())
    (letter,) = letters()
    until = wording.day(TODAY() + timedelta(days=60))
    for part in (
        "CAME BACK TO YOU",
        f"• returned on {wording.day(TODAY())}, {world.verifiers['BY']} · Region BY-HO",
        "Hold an exhibition",
        "How many came?",
        f"once and until {until}",
    ):
        assert part in letter.body
    assert "This address is kept in Comity" not in letter.body
    (address,) = LINK.findall(letter.body)
    form = Client().get(address).content.decode()
    assert "How many came?" in form
    report = by_link(address)
    assert (report.stage, report.steps.last().by_name) == ("submitted", GUEST)
    assert Client().get(address).status_code == 404
    assert told(1) == {}


def test_each_return_is_told_anew() -> None:
    world = two_sides()
    returned(world)
    remind(day=TODAY())
    (address,) = LINK.findall(letters()[0].body)
    given_back(world, by_link(address), "And from where?")
    assert told() == {}
    assert told(1) == {GUEST: ["And from where?"]}


def test_nothing_is_told_of_what_is_long_ago_or_settled() -> None:
    world = two_sides()
    returned(world)
    assert told(14) == {GUEST: ["How many came?"]}
    assert told(15) == {}
    assert plan(TODAY(), world.programme.pk + 1).came_back == {}
    Occurrence.objects.update(withdrawn=True)
    assert told() == {}


def test_a_report_of_somebody_with_an_account_is_told_to_no_address() -> None:
    world = two_sides()
    let(world)
    given_back(world, world.submitted())
    assert told() == {}


def test_a_person_who_is_told_of_it_anyway_gets_no_second_letter() -> None:
    world = two_sides()
    reporter = world.reporters["BY"]
    given_back(world, by_link(let(world, reporter.email.upper())))
    assert told() == {}
    remind(day=TODAY())
    assert len(letters(reporter.email)) == 1
    assert told(1) == {}


def test_where_somebody_of_the_side_made_a_new_link_they_have_seen_to_it() -> None:
    world = two_sides()
    returned(world)
    let(world, "another@example.org")
    assert told() == {}


@pytest.mark.parametrize("way", ["ladder", "internal"])
def test_the_register_writes_by_itself_only_where_it_may(way: str) -> None:
    world = two_sides()
    returned(world)
    assert list(told()) == [GUEST]
    if way == "ladder":
        days = {"body_before": "30, 7, 0", "body_after": "7", "to_contacts": False}
        change_ladder(
            programme=world.programme, days=days, expected_version=None, by=a_coordinator()
        )
    else:
        world.programme.visibility = "internal"
        world.programme.save()
    assert told() == {}


def test_a_contact_is_told_at_the_address_that_the_directory_has_now() -> None:
    world = of_contact()
    assert list(told()) == [OFFICE]
    Contact.objects.update(email="New@Plant.example")
    assert list(told()) == ["new@plant.example"]
    Contact.objects.create(organisation=world.bodies["BY"], name_en="Another", email=OFFICE)
    assert list(told()) == [OFFICE]
    Contact.objects.all().delete()
    assert told() == {}


def test_a_report_whose_day_is_on_a_rung_too_stands_once_in_one_letter() -> None:
    world = of_contact()
    Occurrence.objects.filter(pk=world.occurrence.pk).update(due_on=TODAY() - timedelta(days=7))
    SaidToContact.objects.all().delete()
    remind(day=TODAY())
    (letter,) = letters(OFFICE)
    assert letter.subject == "Reports that came back to you: 1"
    assert len(LINK.findall(letter.body)) == 1
    assert SaidToContact.objects.get().rung == 7
    assert plan(TODAY() + timedelta(days=1)).addresses == []


def test_what_came_back_and_what_is_due_share_a_letter() -> None:
    world = of_contact()
    other = two_sides(language="en")
    other.measure.responsibilities.filter(country="BY").update(organisation=world.bodies["BY"])
    Occurrence.objects.filter(pk=other.occurrence.pk).update(due_on=TODAY())
    remind(day=TODAY())
    (letter,) = letters(OFFICE)
    assert letter.subject == "Reports that came back to you: 1; reports that are due soon: 1"
    addresses = LINK.findall(letter.body)
    assert len(set(addresses)) == 2
    sides = OneTimeLink.objects.order_by("-pk").values_list("occurrence", flat=True)[:2]
    assert list(sides) == [other.occurrence.pk, world.occurrence.pk]


def test_a_mail_server_that_is_down_loses_nothing_and_nothing_is_sent_twice(settings: Any) -> None:
    usual = settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND = "comity.post.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    returned(two_sides(language="en"))
    Mail.objects.all().delete()
    remind(day=TODAY())
    send_due()
    remind(day=TODAY() + timedelta(days=1))
    first, letter = letters()
    assert (first.state, first.reason, first.body) == (State.REPLACED, Reason.LATE, "")
    assert (letter.state, "How many came?" in letter.body) == (State.QUEUED, True)
    settings.EMAIL_BACKEND = usual
    Mail.objects.update(next_try_at=timezone.now())
    send_due()
    send_due()
    (sent,) = [one for one in mail.outbox if one.to == [GUEST]]
    (address,) = LINK.findall(sent.body)
    assert Client().get(address).status_code == 200
    letter.refresh_from_db()
    assert (letter.state, letter.body) == (State.SENT, "")


def test_a_dry_run_shows_it_and_makes_no_link(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("comity.cli.letters.start_django", lambda: None)
    returned(two_sides())
    before = OneTimeLink.objects.count()
    code, said = run("remind", "--dry-run", env={"COLUMNS": "200"})
    row = next(line for line in said.splitlines() if GUEST in line)
    assert code == 0
    assert [cell.strip() for cell in row.strip("│").split("│")][:2] == [GUEST, "returned"]
    assert OneTimeLink.objects.count() == before


def test_as_few_queries_for_many(django_assert_num_queries: Any) -> None:
    asked = []
    for _round in range(2):
        for _number in range(3):
            returned(two_sides())
            Report.objects.filter(side="BY").update(side="XX")
            OneTimeLink.objects.filter(side="BY").update(side="XX")
        with django_assert_num_queries(23) as queries:
            made = plan(TODAY())
        asked.append((len(made.came_back[GUEST]), len(queries)))
    assert asked == [(3, 23), (6, 23)]
