"""Pages are kept for a reader until a write; nobody gets what is not theirs, or what was."""

import re
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from comity.audit.actions import Installation
from comity.directory.actions import create_organisation
from comity.web.middleware import PLACE_OF_TOKEN
from tests.factories import a_coordinator, a_person, a_region, an_organisation

pytestmark = pytest.mark.django_db
LIST = "/organisations/"
TOKEN = re.compile(r'"X-CSRFToken": "(\w{64})"')


def add(name: str) -> None:
    create_organisation(kind="other", seat=a_region(), name_en=name, by=Installation())


def text(client: Client, path: str = LIST, **how: Any) -> str:
    return client.get(path, **how).content.decode()


def without_tokens(page: str) -> str:
    return re.sub(r"\w{64}", "", page)


def queries_of(client: Client) -> int:
    with CaptureQueriesContext(connection) as queries:
        client.get(LIST)
    return len(queries)


def test_the_same_page_again_asks_only_whether_anything_was_written(client: Client) -> None:
    add("Quarry")
    first = text(client)
    assert queries_of(client) == 1
    assert without_tokens(text(client)) == without_tokens(first)


def test_a_write_is_seen_at_once(client: Client) -> None:
    add("Quarry")
    assert "Harbour" not in text(client)
    add("Harbour")
    assert "Harbour" in text(client)


def test_nothing_is_kept_of_a_register_without_a_trail(client: Client) -> None:
    an_organisation("Quarry")
    text(client)
    an_organisation("Harbour")
    assert "Harbour" in text(client)


def test_a_reader_does_not_get_what_another_was_shown(client: Client) -> None:
    add("Quarry")
    coordinator, other = Client(), Client()
    coordinator.force_login(a_coordinator())
    other.force_login(a_person("Other Reader"))
    assert "Add an organisation" in text(coordinator)
    for reader, account in ((client, "Sign in"), (other, "Other Reader")):
        page = text(reader)
        assert "Add an organisation" not in page
        assert account in page


def test_each_reader_gets_a_mark_against_forged_requests_that_works() -> None:
    add("Quarry")
    for _reader in range(2):
        reader = Client(enforce_csrf_checks=True)
        for _turn in ("made", "kept"):
            page = text(reader)
            assert PLACE_OF_TOKEN not in page
            (token,) = TOKEN.findall(page)
            sent = {"language": "ru", "next": LIST, "csrfmiddlewaretoken": token}
            assert reader.post("/language/", sent).status_code == 302
            reader.cookies.pop("comity_language")
        strange = {**sent, "csrfmiddlewaretoken": "a" * 64}
        assert reader.post("/language/", strange).status_code == 403


def test_a_fragment_is_not_given_for_the_whole_page(client: Client) -> None:
    add("Quarry")
    panel = f"/organisations/of-territory/{a_region().pk}/"
    assert client.get(panel).status_code == 302
    fragment = text(client, panel, headers={"HX-Request": "true"})
    assert "Quarry" in fragment
    assert "<html" not in fragment
    assert client.get(panel).status_code == 302


def test_the_languages_and_the_addresses_are_kept_apart(client: Client) -> None:
    add("Quarry")
    english = text(client)
    russian = text(client, headers={"Accept-Language": "ru"})
    assert ('lang="en"' in english[:40], 'lang="ru"' in russian[:40]) == (True, True)
    assert "Quarry" not in text(client, f"{LIST}?q=harbour")


def test_a_message_is_shown_once(client: Client) -> None:
    seat = a_region()
    client.force_login(a_coordinator())
    add("Quarry")
    form = {
        "kind": "other", "seat": seat.pk, "name_en": "Harbour",
        **{f"{of}-{what}": 0 for of in ("aliases", "identifiers")
           for what in ("TOTAL_FORMS", "INITIAL_FORMS")},
    }  # fmt: skip
    detail = client.post("/organisations/add/", form)["Location"]
    said = "Harbour is in the register now."
    assert [said in text(client, detail) for _time in range(3)] == [True, False, False]


def test_a_page_does_not_outlive_its_day(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    add("Quarry")
    text(client)
    monkeypatch.setattr(timezone, "localdate", lambda *_args: date(2031, 5, 1))
    assert queries_of(client) > 1
    assert queries_of(client) == 1
