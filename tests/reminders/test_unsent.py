"""Digests that could not be sent on their day: the next one says what still holds, once."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail as outbox
from django.test import Client
from django.utils import timezone

from comity.accounts.models import Role
from comity.audit.actions import Installation
from comity.audit.models import Event
from comity.directory.models import Contact
from comity.post.actions import send_again
from comity.post.models import Mail, Reason, State
from comity.post.sending import send_due
from comity.reminders.actions import remind
from comity.reminders.models import Said, SaidOfStep, SaidToContact
from comity.reporting.actions import return_report, take_back_report
from comity.reporting.models import OneTimeLink, Report
from tests.factories import somebody
from tests.post.servers import Kept, no_server, server
from tests.reporting.pages import signed_in, words
from tests.reporting.world import DUE, World, two_sides

__all__ = ["no_server", "server"]
pytestmark = pytest.mark.django_db
OFFICE = "office@plant.example"
LINK = re.compile(r"http://localhost:8000(/reports/by-link/\S+)")


def letters(to: str) -> list[tuple[str, str, str]]:
    """The day, the state and the reason of each digest to an address."""
    rows = Mail.objects.filter(to=to).order_by("pk").values_list("key", "state", "reason")
    return [(key.split(":")[1], state, reason) for key, state, reason in rows]


def on(days: int) -> str:
    return (DUE + timedelta(days=days)).isoformat()


def of_contact() -> World:
    """Nobody of the body of Homiel has an account; it has a contact."""
    world = two_sides()
    world.reporters["BY"].is_active = False
    world.reporters["BY"].save()
    Contact.objects.create(organisation=world.bodies["BY"], name_en="I. Contact", email=OFFICE)
    return world


def sent_later() -> list[tuple[str, str]]:
    """What goes out once the server is back."""
    Mail.objects.filter(state=State.QUEUED).update(next_try_at=timezone.now())
    outbox.outbox.clear()
    send_due()
    return sorted((one.to[0], one.subject) for one in outbox.outbox)


def test_the_next_run_says_once_what_still_holds() -> None:
    world = two_sides()
    by, ru = (world.reporters[side].email for side in ("BY", "RU"))
    remind(day=DUE - timedelta(days=7))
    world.accepted("BY")
    remind(day=DUE)
    replaced = (on(-7), "replaced", Reason.LATE)
    assert letters(by) == [replaced]
    assert letters(ru) == [replaced, (on(0), "queued", "")]
    assert sent_later() == [(ru, "Reports that are due soon: 1")]
    said = Said.objects.values_list("user", "rung", "on")
    assert list(said) == [(world.reporters["RU"].pk, 0, DUE)]
    remind(day=DUE + timedelta(days=1))
    assert sent_later() == []


def test_what_the_next_day_has_no_rung_for_is_said_nevertheless() -> None:
    world = two_sides()
    remind(day=DUE - timedelta(days=7))
    remind(day=DUE - timedelta(days=5))
    remind(day=DUE - timedelta(days=4))
    by, ru = (world.reporters[side].email for side in ("BY", "RU"))
    assert [state for _day, state, _reason in letters(by)] == ["replaced", "replaced", "queued"]
    assert sent_later() == sorted((one, "Reports that are due soon: 1") for one in (by, ru))
    assert {(one.rung, one.on) for one in Said.objects.all()} == {(-7, DUE - timedelta(days=4))}


@pytest.mark.parametrize("state", [State.SENT, State.SENDING, State.DOUBTFUL, State.BOUNCED])
def test_nothing_that_may_have_been_sent_is_said_again(state: State) -> None:
    two_sides()
    remind(day=DUE - timedelta(days=7))
    Mail.objects.update(state=state)
    assert remind(day=DUE - timedelta(days=6)) == 0
    assert set(Mail.objects.values_list("state", flat=True)) == {state}
    assert Said.objects.count() == 2


def test_links_of_a_letter_that_is_not_sent_end() -> None:
    of_contact()
    remind(day=DUE - timedelta(days=30))
    sent = Mail.objects.get(to=OFFICE)
    (kept,) = LINK.findall(sent.body)
    Mail.objects.update(state=State.SENT)
    remind(day=DUE - timedelta(days=7))
    (ended,) = LINK.findall(Mail.objects.latest("pk").body)
    remind(day=DUE)
    (new,) = LINK.findall(Mail.objects.filter(to=OFFICE).latest("pk").body)
    assert [Client().get(one).status_code for one in (kept, ended, new)] == [200, 404, 200]
    assert letters(OFFICE)[1] == (on(-7), "replaced", Reason.LATE)
    assert Mail.objects.filter(to=OFFICE, state=State.REPLACED).get().body == ""
    rungs = SaidToContact.objects.order_by("on").values_list("rung", flat=True)
    assert list(rungs) == [-30, 0]
    event = Event.objects.get(verb="report.link_ended")
    assert (event.actor_id, event.entries.count()) == (None, 1)


def test_a_run_of_one_programme_takes_nothing_back() -> None:
    world = two_sides()
    remind(day=DUE - timedelta(days=7))
    remind(day=DUE, programme=world.programme.pk)
    states = Mail.objects.filter(to=world.reporters["BY"].email).values_list("state", flat=True)
    assert list(states) == ["queued", "queued"]


def test_what_is_done_before_the_letter_is_sent_is_not_told(no_server: None, settings: Any) -> None:
    world = two_sides()
    remind(day=DUE)
    send_due()
    report = world.submitted("BY")
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert sent_later() == [(world.reporters["RU"].email, "Reports that are due soon: 1")]
    assert letters(world.reporters["BY"].email) == [(on(0), "replaced", Reason.DONE)]
    take_back_report(report=report, expected_version=report.version, by=world.reporters["BY"])
    remind(day=DUE + timedelta(days=1))
    assert sent_later() == [(world.reporters["BY"].email, "Reports that are late: 1")]


def test_a_letter_of_yesterday_waits_for_the_run_of_today() -> None:
    world = two_sides()
    remind(day=DUE)
    Mail.objects.update(created_at=timezone.now() - timedelta(days=1))
    assert sent_later() == []
    assert letters(world.reporters["BY"].email) == [(on(0), "replaced", Reason.LATE)]
    assert not Said.objects.exists()


def test_what_a_person_sends_again_is_sent_however_old_it_is() -> None:
    world = two_sides()
    remind(day=DUE)
    Mail.objects.update(state=State.DOUBTFUL, created_at=timezone.now() - timedelta(days=3))
    to = world.reporters["BY"].email
    assert send_again(mail=Mail.objects.get(to=to), by=Installation())
    remind(day=DUE + timedelta(days=1))
    assert sent_later() == [(to, "Reports that are due soon: 1")]


def test_what_is_too_long_ago_to_be_told_anew_stays_in_its_letter() -> None:
    world = two_sides()
    report = world.submitted()
    return_report(
        report=report, expected_version=report.version, by=world.verifiers["BY"], reason="No."
    )
    today = timezone.localdate()
    for days in (0, 14, 15, 16):
        remind(day=today + timedelta(days=days))
    to = world.reporters["BY"].email
    assert [state for _day, state, _reason in letters(to)] == ["replaced", "queued"]
    assert SaidOfStep.objects.get(user__email=to).on == today + timedelta(days=14)
    assert sent_later() == [(to, "Reports that came back to you: 1")]


def test_a_letter_of_a_contact_is_not_sent_once_somebody_reported(server: Kept) -> None:
    world = of_contact()
    remind(day=DUE)
    Report.objects.create(
        programme=world.programme, measure=world.measure, occurrence=world.occurrence, side="BY",
        stage="submitted", outcome="done", submitted_at=timezone.now(),
    )  # fmt: skip
    send_due()
    assert letters(OFFICE) == [(on(0), "replaced", Reason.DONE)]
    assert [to for to, _text in server.letters] == [world.reporters["RU"].email]
    assert OneTimeLink.objects.filter(ended_at=None).count() == 0


def test_the_page_of_letters_says_what_became_of_it() -> None:
    two_sides()
    remind(day=DUE - timedelta(days=7))
    remind(day=DUE)
    page = signed_in(somebody(Role.ADMINISTRATOR)).get("/reminders/mails/?state=replaced")
    assert [one.key.split(":")[1] for one in page.context["page"].rows] == [on(-7)] * 2
    told = "not sent any more It could not be sent on its day; the next one says what still holds."
    assert words(page).count(told) == 2
