"""Who may records an edition of the forum from its page."""

import pytest
from django.test import Client
from django.urls import reverse

from comity.accounts.models import Role
from comity.audit.models import Event
from comity.forum.models import Edition
from tests.factories import a_coordinator, a_country, a_person, somebody
from tests.reporting.pages import signed_in

pytestmark = pytest.mark.django_db

SAID = {
    "number": "5", "start": "2018-10-10", "end": "2018-10-12", "precision": "day", "host": "BY",
    "place_be": "Магілёў", "place_ru": "Могилёв", "place_en": "", "theme_be": "", "theme_ru": "",
    "theme_en": "Priorities",
    "sources": "https://www.example.org/a\nhttps://example.net/b\nhttps://www.example.org/a",
}  # fmt: skip


def add(client: Client, **changed: str) -> dict[str, list[str]]:
    answer = client.post(reverse("forum:add"), {**SAID, **changed})
    return {} if answer.status_code == 302 else dict(answer.context["form"].errors)


def test_an_edition_is_recorded_with_its_sources() -> None:
    a_country("BY")
    client = signed_in(a_coordinator())
    assert client.post(reverse("forum:add"), SAID).headers["Location"] == "/forum/5/"
    edition = Edition.objects.get()
    assert str(edition) == "Forum 5, Могилёв"
    assert (edition.start.isoformat(), edition.end.isoformat()) == ("2018-10-10", "2018-10-12")
    assert [one.url for one in edition.sources.all()] == [
        "https://www.example.org/a", "https://example.net/b",
    ]  # fmt: skip
    assert Event.objects.latest("seq").verb == "forum.edition_recorded"


def test_what_does_not_fit_is_told_beside_its_field() -> None:
    a_country("BY")
    client = signed_in(a_coordinator())
    assert add(client, end="2018-10-09") == {"end": ["It cannot end before it begins."]}
    assert add(client, place_be="", place_ru="") == {
        "place_be": ["Name the place in at least one language."]
    }
    assert add(client, sources="example") == {
        "sources": ["example is no address of a page: it begins with https://."]
    }
    assert add(client, sources="javascript:x") == {
        "sources": ["javascript:x is no address of a page: it begins with https://."]
    }
    assert Edition.objects.count() == 0
    assert add(client) == {}
    assert list(add(client)) == ["number"]
    assert Edition.objects.count() == 1


@pytest.mark.parametrize("role", [Role.OBSERVER, Role.VERIFIER, Role.AUDITOR])
def test_others_do_not(role: Role) -> None:
    a_country("BY")
    client = signed_in(somebody(role))
    assert client.get(reverse("forum:add")).status_code == 403
    assert client.post(reverse("forum:add"), SAID).status_code == 403
    assert Edition.objects.count() == 0


def test_an_empty_forum_leads_to_recording_an_edition_whoever_may() -> None:
    def is_led(client: Client) -> bool:
        return 'href="/forum/add/"' in client.get("/forum/").content.decode()

    assert is_led(signed_in(a_coordinator())) is True
    assert is_led(signed_in(a_person())) is False
    assert is_led(Client()) is False
