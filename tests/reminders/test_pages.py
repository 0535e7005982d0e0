"""Pages of letters, of one's own letters, and of a programme's ladder."""

from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from comity.accounts.models import Role, User
from comity.audit.models import Event
from comity.post.actions import Letter, mark_returned, post, post_many
from comity.post.models import Mail, Reason, State
from comity.programmes.models import Occurrence
from comity.reminders.models import Habit, ProgrammeLadder
from tests.factories import a_coordinator, somebody
from tests.reporting.pages import signed_in, words
from tests.reporting.world import two_sides

pytestmark = pytest.mark.django_db


def a_letter(to: str = "plant@example.org", **said: Any) -> Mail:
    told: dict[str, Any] = {
        "key": to, "subject": "Due tomorrow", "body": "The words.", "language": "en",
        "kind": "digest",
    }  # fmt: skip
    return post(to=to, **{**told, **said})


def get(client: Any, name: str, *args: Any, **asked: str) -> str:
    return words(client.get(reverse(f"reminders:{name}", args=args), asked))


def test_letters_are_found_by_address_and_state() -> None:
    a_letter("one@example.org", subject="First")
    back = a_letter("two@example.org", subject="Second")
    mark_returned(message_id=back.message_id, said="550 5.1.1 No such user")
    client = signed_in(somebody(Role.ADMINISTRATOR))
    everything = get(client, "mails")
    assert ("First" in everything, "Second" in everything) == (True, True)
    assert "The letter came back." in everything
    assert "First" not in get(client, "mails", q="TWO@")
    assert "Second" not in get(client, "mails", state="queued")
    assert "There are no such letters." in get(client, "mails", state="failed")


def test_an_administrator_sends_again_and_an_auditor_only_reads() -> None:
    letter = a_letter()
    mark_returned(message_id=letter.message_id, said="550 5.1.1 No such user")
    address = reverse("reminders:send_again", args=[letter.pk])
    auditor = signed_in(somebody(Role.AUDITOR))
    assert "Send it again" not in get(auditor, "mail", letter.pk)
    assert auditor.post(address).status_code == 403
    client = signed_in(somebody(Role.ADMINISTRATOR))
    assert "550 5.1.1 No such user" in get(client, "mail", letter.pk)
    assert "The letter is in the queue again." in words(client.post(address, follow=True))
    letter.refresh_from_db()
    assert (letter.state, letter.reason) == (State.QUEUED, "")
    assert Event.objects.latest("seq").verb == "mail.sent_again"


def test_what_a_private_letter_says_is_not_shown() -> None:
    letter = a_letter(private=True, body="https://example.org/secret/")
    client = signed_in(somebody(Role.ADMINISTRATOR))
    assert "secret" not in get(client, "mail", letter.pk) + get(client, "mails")
    Mail.objects.update(state=State.FAILED, body="", reason=Reason.REFUSED_LETTER)
    again = client.post(reverse("reminders:send_again", args=[letter.pk]), follow=True)
    assert "what it said is not kept" in words(again)


def test_a_person_sees_their_own_letters_only() -> None:
    person, other = somebody(), somebody()
    a_letter(person.email, subject="Mine")
    theirs = a_letter(other.email, subject="Theirs")
    client = signed_in(person)
    page = get(client, "mine")
    assert ("Mine" in page, "Theirs" in page) == (True, False)
    assert "The words." in get(client, "mail", Mail.objects.get(to=person.email).pk)
    refused = client.get(reverse("reminders:mail", args=[theirs.pk]))
    assert refused.status_code == 403


def test_a_person_chooses_when_to_be_reminded() -> None:
    person = somebody()
    client = signed_in(person)
    for pace in ("weekly", "late"):
        chosen = client.post(reverse("reminders:mine"), {"pace": pace}, follow=True)
        assert "You will be reminded as you chose." in words(chosen)
        assert Habit.objects.get().pace == pace
    assert client.post(reverse("reminders:mine"), {"pace": "never"}).status_code == 200
    assert Habit.objects.get().pace == "late"


def test_a_coordinator_sets_the_days_of_a_programme() -> None:
    world = two_sides()
    client, address = signed_in(a_coordinator()), reverse("reminders:ladder", args=[1])
    address = reverse("reminders:ladder", args=[world.programme.pk])
    assert "These are the usual days" in words(client.get(address))
    kept = client.post(address, {"body_before": "0, 14;3", "body_after": "5"}, follow=True)
    assert "The days of the reminders are kept." in words(kept)
    ladder = ProgrammeLadder.objects.get()
    assert (ladder.body_before, ladder.body_after, ladder.verifier_after) == ("14, 3, 0", "5", "")
    other = {"body_before": "9", "version": str(ladder.version)}
    client.post(address, other)
    stale = client.post(address, {**other, "body_before": "8"})
    assert "Somebody changed this while you were writing" in words(stale)
    assert ProgrammeLadder.objects.get().body_before == "9"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("soon", "Write numbers of days, parted by commas: 30, 7."),
        ("400", "Each has to be from 0 to 365 days."),
    ],
)
def test_days_that_make_no_sense(text: str, told: str) -> None:
    world = two_sides()
    address = reverse("reminders:ladder", args=[world.programme.pk])
    refused = signed_in(a_coordinator()).post(address, {"body_before": text})
    assert told in words(refused)
    assert not ProgrammeLadder.objects.exists()


def test_lists_ask_as_often_for_many_letters(django_assert_num_queries: Any) -> None:
    client = signed_in(somebody(Role.ADMINISTRATOR))
    counts = []
    for number in (1, 24):
        post_many(
            Letter(f"k{number}{one}", "a@example.org", "s", "b", "en", "digest")
            for one in range(number)
        )
        with django_assert_num_queries(3) as asked:
            get(client, "mails")
        counts.append(len(asked))
    assert len(set(counts)) == 1


@pytest.mark.parametrize(
    ("role", "is_led"),
    [(Role.ADMINISTRATOR, True), (Role.AUDITOR, True), (Role.COORDINATOR, False)],
)
def test_the_menu_leads_who_may_see_them_to_all_letters(role: Role, is_led: bool) -> None:
    page = signed_in(somebody(role)).get("/").content.decode()
    assert ('href="/reminders/mails/"' in page) == is_led


def test_that_nobody_is_reminded_has_to_be_said() -> None:
    world = two_sides()
    by = a_coordinator()
    client, address = signed_in(by), reverse("reminders:ladder", args=[world.programme.pk])
    refused = words(client.post(address, {}))
    assert "No days are left, so nobody would be reminded." in refused
    assert not ProgrammeLadder.objects.exists()
    both = words(client.post(address, {"body_before": "3", "is_silent": "on"}))
    assert "Days are written although nobody is to be reminded." in both
    shown = words(client.post(address, {"is_silent": "on"}, follow=True))
    assert "All days were taken out for this programme" in shown
    assert "Nobody is reminded, so nobody is looked for." in shown
    assert "Everybody who has to report now can be reached." not in shown
    event = Event.objects.get(verb="reminders.switched_off")
    assert (event.actor_id, event.actor_name) == (by.pk, str(by))
    ladder = ProgrammeLadder.objects.get()
    history = words(client.get(reverse("audit:history", args=[
        "reminders.programmeladder", ladder.pk,
    ])))  # fmt: skip
    assert "Reminders switched off: nobody is reminded" in history
    assert str(by) in history
    client.post(address, {"body_after": "7", "version": ladder.version})
    assert "All days were taken out" not in words(client.get(address))
    assert Event.objects.filter(verb="reminders.ladder_changed").count() == 1


def test_nothing_is_claimed_of_bodies_that_have_no_days() -> None:
    world = two_sides()
    client, address = signed_in(a_coordinator()), f"/reminders/of-programme/{world.programme.pk}/"
    shown = words(client.post(address, {"verifier_after": "21"}, follow=True))
    assert "Whoever reports for a body is not reminded: there are no days for them." in shown
    assert "Everybody who has to report now can be reached." not in shown


def test_the_plan_names_programmes_in_which_nobody_is_reminded() -> None:
    world, client = two_sides(), signed_in(somebody(Role.ADMINISTRATOR))
    assert "Everybody who has to report now can be reached." in get(client, "planned")
    client.post(f"/reminders/of-programme/{world.programme.pk}/", {"is_silent": "on"})
    shown = get(client, "planned")
    assert "In these programmes nobody is reminded, as their coordinators chose:" in shown
    assert "Everybody who has to report now can be reached." not in shown


def test_who_may_is_led_to_inviting_somebody_of_a_body_that_nobody_reports_for() -> None:
    world = two_sides()
    body = world.bodies["BY"]
    world.reporters["BY"].memberships.all().delete()
    Occurrence.objects.update(due_on=timezone.localdate())
    invite_at = f"{reverse('accounts:people', args=['organisation', body.pk])}?role=reporter#invite"
    ladder = reverse("reminders:ladder", args=[world.programme.pk])
    pages = {"planned": reverse("reminders:planned"), "ladder": ladder}

    def led(person: User, page: str) -> int:
        return signed_in(person).get(pages[page]).content.decode().count(f'href="{invite_at}"')

    assert led(somebody(Role.ADMINISTRATOR), "planned") == 1
    assert led(somebody(Role.AUDITOR), "planned") == 0
    assert led(a_coordinator(), "ladder") == 1
    of_the_programme = somebody(Role.COORDINATOR, world.programme)
    assert led(of_the_programme, "ladder") == 0


def test_a_programme_in_which_everybody_can_be_reminded_has_no_empty_card() -> None:
    world = two_sides()
    Occurrence.objects.update(due_on=timezone.localdate())
    client = signed_in(a_coordinator())
    assert "Nobody to remind" not in get(client, "ladder", world.programme.pk)
    world.reporters["BY"].memberships.all().delete()
    assert "Nobody to remind" in get(client, "ladder", world.programme.pk)
