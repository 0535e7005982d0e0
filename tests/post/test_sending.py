"""A letter is sent once, whatever the server answers and however many workers there are."""

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail as outbox
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from comity.audit.actions import Installation
from comity.audit.models import Event
from comity.post import tasks
from comity.post.actions import Letter, forget_old, mark_returned, post, post_many, send_again
from comity.post.models import LEASE, Mail, Reason, State
from comity.post.sending import send_due
from comity.upkeep.working import look_around, work_once
from tests.post.servers import Kept, no_server, server

__all__ = ["no_server", "server"]
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _one_connection(monkeypatch: pytest.MonkeyPatch) -> None:
    """A worker looks whether its connection is too old; that of a test is in a transaction."""
    worker = "django_tasks_db.management.commands.db_worker"
    monkeypatch.setattr(f"{worker}.close_old_connections", lambda: None)


def a_letter(key: str = "one", **said: Any) -> Mail:
    told: dict[str, Any] = {
        "to": f"{key}@example.org", "subject": "Due tomorrow", "body": "The words.",
        "language": "be", "kind": "digest",
    }  # fmt: skip
    return post(key=key, **{**told, **said})


def states() -> list[tuple[str, str, str]]:
    return list(Mail.objects.order_by("pk").values_list("key", "state", "reason"))


def later(minutes: float) -> None:
    """As if so much time had gone by."""
    for mail in Mail.objects.all():
        mail.next_try_at -= timedelta(minutes=minutes)
        mail.created_at -= timedelta(minutes=minutes)
        if mail.put_off_since:
            mail.put_off_since -= timedelta(minutes=minutes)
        mail.save()


def test_a_worker_sends_what_was_posted() -> None:
    letter = a_letter(subject="Due\n tomorrow", to="One@Example.org ")
    assert outbox.outbox == []
    assert work_once()
    (sent,) = outbox.outbox
    assert (sent.to, sent.subject, sent.body) == (["one@example.org"], "Due tomorrow", "The words.")
    assert sent.extra_headers == {
        "Message-ID": letter.message_id,
        "Content-Language": "be",
        "Auto-Submitted": "auto-generated",
    }
    letter.refresh_from_db()
    assert (letter.state, letter.attempts, letter.sent_at is None) == (State.SENT, 1, False)
    assert not work_once()


def test_nothing_is_posted_twice() -> None:
    first = a_letter()
    assert a_letter(subject="Other words") == first
    send_due()
    letters = [
        Letter(key, f"{key}@example.org", "s", "b", "en", "digest") for key in ("one", "two")
    ]
    assert (post_many(letters), post_many(letters)) == (1, 0)
    send_due()
    assert [sent.to for sent in outbox.outbox] == [["one@example.org"], ["two@example.org"]]


def test_a_server_that_is_down_loses_nothing(no_server: None) -> None:
    a_letter("one")
    a_letter("two")
    for _again in range(3):
        tally = send_due()
        later(minutes=120)
    assert states() == [("one", "queued", Reason.DOWN), ("two", "queued", Reason.DOWN)]
    assert [mail.attempts for mail in Mail.objects.all()] == [3, 3]
    assert "refused" in Mail.objects.latest("pk").server_said
    assert tally.states == {}


def test_waits_grow(no_server: None) -> None:
    a_letter()
    waits = []
    for _again in range(7):
        send_due()
        wait = Mail.objects.get().next_try_at - timezone.now()
        waits.append(round(wait.total_seconds() / 60))
        later(minutes=120)
    assert waits == [1, 2, 5, 15, 30, 60, 60]


def test_the_bell_is_rung_again_for_the_next_attempt(no_server: None) -> None:
    a_letter()
    work_once()
    again = DBTaskResult.objects.exclude(status="SUCCESSFUL").get()
    assert again.run_after == Mail.objects.get().next_try_at


def test_what_waited_is_sent_once_the_server_is_back(server: Kept) -> None:
    for key in ("one", "two"):
        a_letter(key)
    Mail.objects.update(reason=Reason.DOWN, attempts=4)
    assert send_due().states == {"sent": 2}
    assert [to for to, _text in server.letters] == ["one@example.org", "two@example.org"]
    assert states() == [("one", "sent", ""), ("two", "sent", "")]
    assert send_due().states == {}


@pytest.mark.parametrize(
    ("answers", "state", "reason"),
    [
        ({"RCPT": "550 5.1.1 No such user"}, State.BOUNCED, Reason.NO_SUCH_ADDRESS),
        ({"RCPT": "451 4.7.1 Greylisted"}, State.QUEUED, Reason.LATER),
        ({"DATA": "554 5.7.1 Looks like spam"}, State.FAILED, Reason.REFUSED_LETTER),
        ({"DATA": "452 4.3.1 No room"}, State.QUEUED, Reason.LATER),
        ({"MAIL": "553 5.7.1 Sender not owned"}, State.QUEUED, Reason.REFUSED_US),
    ],
)
def test_what_the_server_refuses(
    server: Kept, answers: dict[str, str], state: State, reason: Reason
) -> None:
    server.answers = answers
    a_letter()
    send_due()
    letter = Mail.objects.get()
    assert (letter.state, letter.reason) == (state, reason)
    assert letter.server_said == next(iter(answers.values()))
    assert server.letters == []


def test_one_bad_address_holds_up_nobody(server: Kept) -> None:
    server.answers = {"RCPT two@example.org": "550 5.1.1 No such user"}
    for key in ("one", "two", "three"):
        a_letter(key)
    assert send_due().states == {"sent": 2, "bounced": 1}
    assert [to for to, _text in server.letters] == ["one@example.org", "three@example.org"]


@pytest.mark.parametrize("ends_at", ["MAIL", "RCPT", "DATA"])
@pytest.mark.parametrize("ends_with", ["", "421 4.7.0 Too many letters"])
@pytest.mark.parametrize(("most", "connections"), [(1, 5), (2, 3)])
def test_a_server_that_ends_long_connections_is_asked_again(
    server: Kept, ends_at: str, ends_with: str, most: int, connections: int
) -> None:
    server.most, server.ends_at, server.ends_with = most, ends_at, ends_with
    for number in range(5):
        a_letter(f"l{number}")
    assert send_due().states == {"sent": 5}
    assert [to for to, _text in server.letters] == [f"l{number}@example.org" for number in range(5)]
    assert server.connections == connections
    assert {mail.attempts for mail in Mail.objects.all()} == {1}


def test_a_server_that_ends_every_connection_is_asked_later(server: Kept) -> None:
    server.most, server.ends_with = 0, "421 4.3.2 Shutting down"
    a_letter("one")
    a_letter("two")
    assert send_due().states == {}
    assert states() == [("one", "queued", Reason.LATER), ("two", "queued", Reason.LATER)]
    assert server.connections == 1


def test_an_address_at_which_the_server_hangs_up_holds_up_nobody(server: Kept) -> None:
    server.answers = {"RCPT one@example.org": "421 4.7.0 Not now"}
    a_letter("one")
    a_letter("two")
    assert send_due().states == {"queued": 1, "sent": 1}
    assert states() == [("one", "queued", Reason.LATER), ("two", "sent", "")]


def test_a_later_is_not_for_ever(server: Kept) -> None:
    server.answers = {"RCPT": "451 4.7.1 Greylisted"}
    a_letter()
    later(minutes=72 * 60)
    send_due()
    assert states() == [("one", "queued", Reason.LATER)]
    later(minutes=48 * 60 + 1)
    send_due()
    assert states() == [("one", "failed", Reason.GAVE_UP)]


def test_a_connection_that_breaks_in_the_middle_leaves_it_to_a_person(server: Kept) -> None:
    server.cuts = {"TEXT"}
    letter = a_letter()
    send_due()
    later(minutes=120)
    send_due()
    assert states() == [("one", "doubtful", Reason.CUT_OFF)]
    server.cuts = set()
    assert send_again(mail=letter, by=Installation())
    send_due()
    assert states() == [("one", "sent", "")]
    assert f"Message-ID: {letter.message_id}" in server.letters[0][1]
    assert Event.objects.latest("seq").verb == "mail.sent_again"


@pytest.mark.parametrize("command", ["MAIL", "RCPT", "DATA"])
def test_a_connection_that_breaks_before_the_text_is_tried_again(
    server: Kept, command: str
) -> None:
    server.cuts = {command}
    a_letter()
    send_due()
    assert states() == [("one", "queued", Reason.DOWN)]
    server.cuts = set()
    later(minutes=120)
    assert send_due().states == {"sent": 1}
    assert len(server.letters) == 1


def test_a_worker_that_died_in_the_middle_leaves_it_to_a_person() -> None:
    a_letter(private=True)
    Mail.objects.update(state=State.SENDING, started_at=timezone.now() - LEASE)
    send_due()
    assert states() == [("one", "doubtful", Reason.STOPPED)]
    assert Mail.objects.get().body == ""
    assert outbox.outbox == []


def test_what_another_worker_has_is_not_sent() -> None:
    a_letter()
    Mail.objects.update(state=State.SENDING, started_at=timezone.now())
    assert send_due().states == {}
    assert outbox.outbox == []


def test_a_worker_rings_for_what_was_forgotten() -> None:
    a_letter()
    DBTaskResult.objects.all().delete()
    look_around()
    while work_once():
        pass
    assert states() == [("one", "sent", "")]


def test_a_private_letter_is_erased_once_it_was_sent() -> None:
    letter = a_letter(private=True)
    send_due()
    assert outbox.outbox[0].body == "The words."
    letter.refresh_from_db()
    assert letter.body == ""
    mark_returned(message_id=letter.message_id, said="550")
    letter.refresh_from_db()
    assert (letter.state, letter.can_be_sent_again) == (State.BOUNCED, False)
    assert not send_again(mail=letter, by=Installation())


def test_a_worker_sends_a_few_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tasks, "MOST", 2)
    post_many(Letter(f"k{one}", "a@example.org", "s", "b", "en", "digest") for one in range(5))
    sent = []
    while work_once():
        sent.append(len(outbox.outbox))
    assert sent == [2, 4, 5]


def test_what_was_done_long_ago_is_forgotten() -> None:
    a_letter()
    assert work_once()
    DBTaskResult.objects.update(finished_at=timezone.now() - timedelta(days=15))
    look_around()
    assert not DBTaskResult.objects.filter(task_path__endswith="send_waiting").exists()


@pytest.mark.parametrize(
    ("kept", "left"), [(30, ["waits", "young"]), (0, ["waits", "old", "young"])]
)
def test_letters_that_wait_for_nothing_are_removed_after_their_time(
    settings: Any, monkeypatch: pytest.MonkeyPatch, kept: int, left: list[str]
) -> None:
    settings.COMITY_LETTERS_KEPT = kept
    monkeypatch.setattr("comity.post.actions.BATCH", 2)
    now = timezone.now()
    for key, days, state in (
        ("waits", 40, State.QUEUED), ("old", 31, State.SENT), ("young", 29, State.SENT),
    ):  # fmt: skip
        mail = a_letter(key)
        Mail.objects.filter(pk=mail.pk).update(created_at=now - timedelta(days=days), state=state)
    assert forget_old(now) == 3 - len(left)
    assert [key for key, _state, _reason in states()] == left
