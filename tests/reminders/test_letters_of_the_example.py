"""In the example its administrator reads letters whole, to try a guest's way there."""

from typing import Any

import pytest
from django.core import mail
from django.test import Client

from comity.accounts.models import Role
from comity.post.actions import mark_returned, post
from comity.post.models import LEASE, Mail, State
from comity.post.sending import send_due
from comity.reporting.models import OneTimeLink
from tests.factories import a_coordinator, a_person, somebody
from tests.reporting.pages import page, send, signed_in, words
from tests.reporting.world import two_sides

pytestmark = pytest.mark.django_db


@pytest.fixture(params=["the example", "a register in use"])
def is_example(request: pytest.FixtureRequest, settings: Any) -> bool:
    settings.LETTERS_ARE_EXAMPLES = request.param == "the example"
    return bool(settings.LETTERS_ARE_EXAMPLES)


def a_link_letter() -> tuple[Mail, str]:
    """The letter with a one-time link, sent, and the link that it holds."""
    world = two_sides()
    send(
        signed_in(world.reporters["BY"]), "links", world.occurrence.pk,
        side="BY", email="plant@example.org", days=14,
    )  # fmt: skip
    body = Mail.objects.get().body
    send_due()
    address = body.split("http://testserver")[1].split()[0]
    assert Client().get(address).status_code == 200
    return Mail.objects.get(), address


def shown(letter: Mail, to: Any, **extra: str) -> str:
    return signed_in(to).get(f"/reminders/mails/{letter.pk}/", **extra).content.decode()


def test_the_administrator_follows_the_link_of_a_guest_in_the_example_alone(
    is_example: bool,
) -> None:
    letter, address = a_link_letter()
    assert mail.outbox[0].body.count(address) == 1
    assert bool(letter.body) == is_example
    text = shown(letter, somebody(Role.ADMINISTRATOR))
    assert (f'href="http://testserver{address}"' in text) == is_example
    assert ("for its addressee alone" in text) == (not is_example)


@pytest.mark.parametrize("state", [State.QUEUED, State.SENT])
def test_a_register_in_use_hides_it_while_it_waits_too(is_example: bool, state: State) -> None:
    letter = post(
        key="k", to="plant@example.org", subject="s", body="A secret word.", language="en",
        kind="digest", private=True,
    )  # fmt: skip
    Mail.objects.update(state=state)
    text = shown(letter, somebody(Role.ADMINISTRATOR))
    assert ("A secret word." in text) == is_example


def test_nobody_but_the_administrator_reads_it(settings: Any) -> None:
    settings.LETTERS_ARE_EXAMPLES = True
    letter, address = a_link_letter()
    assert address not in shown(letter, somebody(Role.AUDITOR))
    for other in (a_coordinator(), a_person()):
        refused = signed_in(other).get(f"/reminders/mails/{letter.pk}/")
        assert (refused.status_code, address in refused.content.decode()) == (403, False)
    addressee = a_person()
    Mail.objects.update(to=addressee.email)
    assert address not in shown(letter, addressee)


def test_what_came_back_or_was_left_by_a_worker_keeps_its_words_in_the_example(
    is_example: bool,
) -> None:
    letters = [
        post(
            key=key, to=f"{key}@example.org", subject="s", body="A secret word.", language="en",
            kind="digest", private=True,
        )
        for key in ("one", "two")
    ]  # fmt: skip
    mark_returned(message_id=letters[0].message_id, said="550")
    left = Mail.objects.filter(pk=letters[1].pk)
    left.update(state=State.SENDING, started_at=letters[1].created_at - LEASE)
    send_due()
    kept = "A secret word." if is_example else ""
    assert list(Mail.objects.order_by("key").values_list("state", "body")) == [
        (State.BOUNCED, kept), (State.DOUBTFUL, kept),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "named", ["http://127.0.0.1:8000", "http://localhost:8307", "http://0.0.0.0:80"]
)
def test_links_of_the_example_lead_to_where_it_is_open(named: str, is_example: bool) -> None:
    letter = post(
        key="k", to="plant@example.org", subject="s", language="en", kind="digest",
        body=f"All:\n{named}/work/\nAbout it: http://example.org/work/",
    )  # fmt: skip
    text = shown(letter, somebody(Role.ADMINISTRATOR), HTTP_HOST="127.0.0.1:8311")
    assert ('href="http://127.0.0.1:8311/work/"' in text) == is_example
    assert (f'href="{named}/work/"' in text) == (not is_example)
    assert 'href="http://example.org/work/"' in text


def test_links_lead_there_from_the_address_that_was_set_too(settings: Any) -> None:
    settings.LETTERS_ARE_EXAMPLES = True
    settings.COMITY_ADDRESS = "https://demo.example.org"
    letter = post(
        key="k", to="plant@example.org", subject="s", language="en", kind="digest",
        body="https://demo.example.org/work/ https://demo.example.organised/work/",
    )  # fmt: skip
    text = shown(letter, somebody(Role.ADMINISTRATOR))
    assert 'href="http://testserver/work/"' in text
    assert 'href="https://demo.example.organised/work/"' in text


def test_a_link_of_a_letter_is_kept_nowhere_else_in_the_example_either(settings: Any) -> None:
    settings.LETTERS_ARE_EXAMPLES = True
    _letter, address = a_link_letter()
    occurrence = OneTimeLink.objects.get().occurrence_id
    listed = page(signed_in(a_coordinator()), "links", occurrence)
    assert "plant@example.org" in words(listed)
    assert address not in listed.content.decode()
