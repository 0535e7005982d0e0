"""Bodies for which nobody has an account: their contact is written to, with one-time links."""

import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from comity.audit.models import Event
from comity.directory.models import Contact, Organisation
from comity.lib import wording
from comity.post.models import Mail
from comity.post.sending import send_due
from comity.programmes.actions import amend_measure
from comity.programmes.models import Occurrence
from comity.reminders.actions import change_ladder, remind
from comity.reminders.models import SaidToContact
from comity.reminders.planning import plan
from comity.reporting.models import OneTimeLink, Report, Stage
from tests.factories import a_coordinator, a_programme, an_organisation
from tests.programmes.rows import a_row, with_measures
from tests.reminders.days import reminded
from tests.reporting.pages import signed_in
from tests.reporting.world import DUE, World, two_sides

pytestmark = pytest.mark.django_db
LINK = re.compile(r"http://localhost:8000(/\S+)")


def on(days: int) -> date:
    return DUE + timedelta(days=days)


def a_contact(of: Organisation, email: str = "Office@Plant.example", **fields: Any) -> Contact:
    return Contact.objects.create(organisation=of, name_en="I. Contact", email=email, **fields)


@pytest.fixture
def world() -> World:
    """Of the two bodies that of Homiel has nobody with an account, and a contact."""
    world = two_sides()
    world.reporters["BY"].is_active = False
    world.reporters["BY"].save()
    a_contact(world.bodies["BY"])
    return world


def letters() -> list[Mail]:
    return list(Mail.objects.filter(to="office@plant.example").order_by("pk"))


def links(mail: Mail) -> list[str]:
    return [address for address in LINK.findall(mail.body) if "/work/" not in address]


def test_the_contact_is_written_to_on_the_rungs_of_the_body(world: World) -> None:
    days = (-30, -29, -7, 0, 0, 7, 8, 60)
    for day in days:
        reminded(on(day))
    told = SaidToContact.objects.order_by("on").values_list("email", "side", "rung", "on")
    assert list(told) == [
        ("office@plant.example", "BY", rung, on(rung)) for rung in (-30, -7, 0, 7)
    ]
    assert len(letters()) == 4
    assert plan(on(-30)).nobody == []


def test_the_letter_opens_the_form_without_an_account(world: World, client: Client) -> None:
    remind(day=on(-7))
    (mail,) = letters()
    assert mail.subject == "Reports that are due soon: 1"
    until = wording.day(timezone.localdate() + timedelta(days=60))
    for part in ("for: Homiel plant.", "Hold an exhibition", f"until {until}", "DUE SOON"):
        assert part in mail.body
    (address,) = links(mail)
    page = client.get(address)
    assert "Open the form" in page.content.decode()
    assert not Report.objects.exists()
    assert client.post(address).headers["Location"] == address
    form = client.get(address)
    assert "Homiel plant" in form.content.decode()
    report = Report.objects.get()
    assert (report.side, report.stage, report.opened_by) == ("BY", Stage.DRAFT, None)
    sent = client.post(
        address,
        {
            "outcome": "done", "done_on": "2018-05-20", "told": "It was held.", "language": "en",
            "version": report.version, "do": "submit",
        },
    )  # fmt: skip
    assert sent.status_code == 302, sent.content.decode()
    report.refresh_from_db()
    assert (report.stage, report.submitted_by, report.told) == ("submitted", None, "It was held.")
    assert client.get(address).status_code == 404


def test_the_contact_reports_for_their_own_body(world: World, client: Client) -> None:
    own = an_organisation("Homiel mill", kind="enterprise")
    world.measure.responsibilities.create(country_id="BY", text="Homiel mill", organisation=own)
    Contact.objects.update(organisation=own)
    remind(day=on(0))
    (address,) = links(letters()[0])
    client.post(address)
    assert Report.objects.get().body == own


def test_what_the_letter_says_is_kept_from_others_and_erased(world: World) -> None:
    remind(day=on(0))
    (mail,) = letters()
    assert mail.private
    send_due()
    mail.refresh_from_db()
    assert (mail.state, mail.body) == ("sent", "")
    link = OneTimeLink.objects.get()
    assert (link.made_by, link.email, link.side) == (None, "office@plant.example", "BY")
    event = Event.objects.get(verb="report.link_made")
    assert event.actor_id is None
    page = signed_in(a_coordinator()).get(f"/reports/on/{world.occurrence.pk}/links/")
    assert "sent with a reminder" in page.content.decode()


def test_what_was_reported_or_settled_is_not_asked_for(world: World) -> None:
    world.reporters["BY"].is_active = True
    world.reporters["BY"].save()
    world.submitted("BY")
    world.reporters["BY"].is_active = False
    world.reporters["BY"].save()
    remind(day=on(0))
    assert letters() == []


def test_a_link_to_what_was_settled_since_is_over(world: World, client: Client) -> None:
    remind(day=on(0))
    (address,) = links(letters()[0])
    Occurrence.objects.update(done_on=on(0))
    assert client.get(address).status_code == 404
    assert client.post(address).status_code == 404
    assert not Report.objects.exists()


def test_a_link_to_a_day_that_is_not_due_any_more_is_over(world: World, client: Client) -> None:
    remind(day=on(0))
    (address,) = links(letters()[0])
    Occurrence.objects.update(withdrawn=True)
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("way", ["ladder", "internal", "no address"])
def test_who_may_not_be_written_to_stays_among_nobody(world: World, way: str) -> None:
    if way == "ladder":
        days = {"body_before": "30, 7, 0", "body_after": "7", "to_contacts": False}
        change_ladder(
            programme=world.programme, days=days, expected_version=None, by=a_coordinator()
        )
    elif way == "internal":
        world.programme.visibility = "internal"
        world.programme.save()
    else:
        Contact.objects.update(email="")
    made = plan(on(0))
    assert made.contacts == {}
    assert [one.body for one in made.nobody][:1] == ["Homiel plant"]


def test_one_letter_tells_of_all_bodies_of_an_address(world: World) -> None:
    other = an_organisation("Homiel mill", kind="enterprise")
    a_contact(other)
    a_contact(other, "second@plant.example")
    measure = two_sides().measure
    measure.responsibilities.filter(country="BY").update(organisation=other, text="Homiel mill")
    remind(day=on(8))
    (mail,) = letters()
    assert mail.subject == "Reports that are late: 2"
    assert "for: Homiel plant; Homiel mill." in mail.body
    assert len(set(links(mail))) == 2
    assert not Mail.objects.filter(to="second@plant.example").exists()


def test_a_body_is_named_once_and_as_the_directory_has_it_in_the_language_of_the_letter(
    world: World,
) -> None:
    body = world.bodies["BY"]
    Organisation.objects.filter(pk=body.pk).update(
        name_be="Гомельскі завод", name_ru="Гомельский завод"
    )
    other = two_sides(language="ru").measure
    other.responsibilities.filter(country="BY").update(organisation=body, text="Гомсельмаш")
    world.programme.language = "ru"
    world.programme.save()
    remind(day=on(8))
    (mail,) = letters()
    assert len(links(mail)) == 2
    told = next(part for part in mail.body.split("\n\n") if "Гомельский завод" in part)
    assert told.partition(". ")[0] == (
        "Этот адрес указан в реестре сотрудничества регионов Comity как контактный "
        "(Гомельский завод)"
    )
    assert "Гомсельмаш" not in mail.body


@pytest.mark.parametrize(
    ("language", "subject"),
    [("be", "Справаздачы, тэрмін якіх набліжаецца: 1"), ("", None)],
)
def test_it_is_in_the_language_of_the_programme(
    world: World, language: str, subject: str | None
) -> None:
    world.programme.language = language
    world.programme.save()
    remind(day=on(0))
    (mail,) = letters()
    assert mail.language == (language or "en")
    assert subject is None or mail.subject == subject


def test_the_other_side_of_a_belarusian_programme_is_written_to_in_russian() -> None:
    world = two_sides(language="be")
    world.reporters["RU"].is_active = False
    world.reporters["RU"].save()
    a_contact(world.bodies["RU"])
    remind(day=on(0))
    assert [mail.language for mail in letters()] == ["ru"]


def test_the_page_of_the_ladder_tells_who_is_written_to_and_lets_it_be(world: World) -> None:
    occurrence = world.occurrence
    Occurrence.objects.filter(pk=occurrence.pk).update(due_on=timezone.localdate())
    client = signed_in(a_coordinator())
    path = f"/reminders/of-programme/{world.programme.pk}/"
    context = client.get(path).context
    assert context["written_to"] == [("Homiel plant", "office@plant.example")]
    assert context["nobody"] == []
    form = context["form"]
    fields = {name: form[name].value() for name in form.fields if name != "to_contacts"}
    fields = {name: value for name, value in fields.items() if value is not None}
    assert client.post(path, fields).status_code == 302
    again = client.get(path).context
    assert again["written_to"] == []
    assert [one.body for one, _measure in again["nobody"]] == ["Homiel plant"]


def test_that_a_contact_was_written_to_holds_nothing_up(world: World) -> None:
    remind(day=on(0))
    amend_measure(
        measure=world.measure,
        new=a_row("Later"),
        expected_version=1,
        by=a_coordinator(),
        reason=".",
    )
    assert not world.measure.occurrences.exists()


@pytest.mark.parametrize("bodies", [1, 12])
def test_the_number_of_queries_does_not_grow(bodies: int) -> None:
    programme = a_programme()
    for number in range(bodies):
        world = two_sides()
        body = an_organisation(f"Body {number}", kind="enterprise")
        world.measure.responsibilities.filter(country="BY").update(organisation=body)
        a_contact(body, f"body-{number}@example.org")
    with_measures(a_row(), programme=programme)
    with CaptureQueriesContext(connection) as queries:
        remind(day=on(0))
    assert SaidToContact.objects.count() == bodies
    assert len(queries) <= 47
