"""What a reader may not see cannot be guessed at either: by asking for words, or from choices."""

import re
from datetime import date
from typing import Any

import pytest
from django.core.cache import caches
from django.test import Client

from comity.audit.actions import Installation, Trail
from comity.search.indexing import reindex
from tests.factories import (
    a_measure,
    a_person,
    a_programme,
    a_region,
    an_agreement,
    an_organisation,
    somebody,
)

pytestmark = pytest.mark.django_db

LISTS = ("/search/", "/agreements/", "/programmes/", "/measures/")
HIDDEN, NOWHERE = "zolatkava", "zakavulka"


@pytest.fixture
def hidden() -> Any:
    """An internal agreement with Pskov, an internal programme under it; a public one beside them.

    Nothing else in the register has to do with Pskov.
    """
    for cache in caches.all():
        cache.clear()
    here, there = a_region("BY-HO"), a_region("RU-PSK")
    agreement = an_agreement(
        here, there, visibility="internal", title_en=f"Secret {HIDDEN}",
        signed_on=date(2020, 1, 15), in_force_from=date(2020, 1, 15),
    )  # fmt: skip
    programme = a_programme(agreement, visibility="internal", title_en=f"Secret {HIDDEN}")
    measure = a_measure(programme, title_en=f"Secret {HIDDEN}")
    measure.responsibilities.create(text=f"Body {HIDDEN}")
    public = a_programme(visibility="public", agreement=None, title_en="Open")
    public.agreement = agreement
    public.save()
    a_measure(public, title_en="Open measure")
    trail = Trail("test.filled", Installation())
    trail.created(agreement, programme, measure, public)
    trail.record()
    reindex()
    return agreement


@pytest.mark.parametrize("path", LISTS)
def test_asking_for_hidden_words_tells_no_more_than_asking_for_none(
    client: Client, hidden: Any, path: str
) -> None:
    for reader in (None, a_person(), somebody("coordinator", within=an_elsewhere())):
        if reader is not None:
            client.force_login(reader)
        answers = {as_asked(client, path, word) for word in (HIDDEN, NOWHERE)}
        assert len(answers) == 1


@pytest.mark.parametrize("path", LISTS)
def test_who_may_see_them_finds_them(client: Client, hidden: Any, path: str) -> None:
    client.force_login(somebody("observer"))
    assert as_asked(client, path, HIDDEN) != as_asked(client, path, NOWHERE)


@pytest.mark.parametrize("path", ["/", *LISTS])
def test_territories_of_hidden_records_are_no_choice(
    client: Client, hidden: Any, path: str
) -> None:
    offered = 'value="RU-PSK"'
    assert offered not in client.get(path).content.decode()
    client.force_login(somebody("observer"))
    assert offered in client.get(path).content.decode()


def test_a_hidden_agreement_is_no_partner_on_a_territorys_page(client: Client, hidden: Any) -> None:
    place = a_region("BY-HO")
    address = f"/agreements/neighbours/{place.pk}/"
    assert "Region RU-PSK" not in client.get(address).content.decode()
    client.force_login(somebody("observer"))
    assert "Region RU-PSK" in client.get(address).content.decode()


def an_elsewhere() -> Any:
    return an_organisation("Elsewhere", a_region("BY-MA"), kind="enterprise")


def as_asked(client: Client, path: str, word: str) -> str:
    """A page without what differs by itself: the words asked for, and tokens against forgery."""
    page = client.get(path, {"q": word}).content.decode().replace(word, "…")
    return re.sub(r"\b[A-Za-z0-9]{64}\b", "", page)
