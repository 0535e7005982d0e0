"""The page with the box, and its fragment for live results."""

import re
from typing import Any
from urllib.parse import quote

import pytest
from django.test import Client
from django.urls import reverse

from comity.search.indexing import reindex
from tests.factories import (
    a_coordinator,
    a_country,
    a_measure,
    a_programme,
    a_region,
    an_agreement,
    an_organisation,
)

pytestmark = pytest.mark.django_db
URL = "/search/"


def text(response: object) -> str:
    """The words of a page, without its tags."""
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def test_without_words_the_page_says_what_to_type(client: Client) -> None:
    response = client.get(reverse("search:search"))
    assert response.status_code == 200
    assert response.content.decode().count("<h1>") == 1
    assert 'href="/search/?q=%D1%81%D0%BE%D0%B3' in response.content.decode()
    assert "For example: соглашениями · пагадненне · tourism · Гомел · Vitebks" in text(response)


def test_a_measure_is_shown_in_its_thread_with_the_found_words_marked(client: Client) -> None:
    agreement = an_agreement(a_region("BY-HO", name_en="Homiel"), title_en="Cloth & roads")
    programme = a_programme(agreement, title_en="Plan", is_example=True)
    measure = a_measure(programme, number="7", title_en="Flax <fair>")
    reindex()
    page = client.get(URL, {"q": "flax"}).content.decode()
    assert f'<a href="/agreements/{agreement.pk}/">Cloth &amp; roads</a> › ' in page
    assert f'<a href="/programmes/{programme.pk}/">Plan</a>' in page
    assert f'<a href="/measures/{measure.pk}/"><mark>Flax</mark> &lt;fair&gt;</a>' in page
    assert '<span class="example">example document</span>' in page
    assert "<b>measure</b> · 7 · Homiel" in page
    assert "1 record meets the words." in page
    assert 'value="flax"' in page


def test_htmx_gets_only_what_was_found(client: Client) -> None:
    an_agreement(title_en="Flax")
    reindex()
    whole = client.get(URL, {"q": "flax"}).content.decode()
    part = client.get(URL, {"q": "flax"}, headers={"hx-request": "true"}).content.decode()
    assert part.strip() in whole
    assert "<h1>" not in part
    assert "<mark>Flax</mark>" in part


def test_pages_lead_on_and_keep_the_filters(client: Client) -> None:
    programme = a_programme(title_en="Plan")
    for number in range(25):
        a_measure(programme, title_en=f"Flax {number}")
    reindex()
    first = client.get(URL, {"q": "flax", "kind": "measure"})
    assert "25 records meet the words, the best first." in text(first)
    assert '<a rel="next" href="?q=flax&amp;kind=measure&amp;page=2">' in first.content.decode()
    second = client.get(URL, {"q": "flax", "kind": "measure", "page": "2"})
    assert second.content.decode().count("<mark>Flax</mark>") == 5
    odd = client.get(URL, {"q": "flax", "kind": "measure", "page": "0"})
    assert odd.content.decode().count("<mark>Flax</mark>") == 20


def test_where_nothing_is_met_names_like_it_are_offered(client: Client) -> None:
    a_region("BY-HR", name_en="Hrodna", name_ru="Гродно")
    reindex()
    page = client.get(URL, {"q": "Гордно"})
    assert "Nothing meets “Гордно”. Did you mean Гродно ?" in text(page)
    assert f'<a href="?q={quote("Гродно")}">Гродно</a>' in page.content.decode()
    like_it = "Names much like it Country BY Hrodna territory · region · BY-HR · much like “Гродно”"
    assert like_it in text(page)


def test_where_nothing_is_met_the_way_out_is_told(client: Client) -> None:
    plain = client.get(URL, {"q": "nonesuch"})
    assert "Try fewer words, or only the beginning of one." in text(plain)
    narrowed = client.get(URL, {"q": "nonesuch", "kind": "measure"})
    assert (
        '<a href="/search/?q=nonesuch">Search without the filters</a>' in narrowed.content.decode()
    )


def test_words_of_the_other_keyboard_are_told(client: Client) -> None:
    an_agreement(title_en="", title_ru="Молоко")
    reindex()
    page = text(client.get(URL, {"q": "vjkjrj"}))
    assert "Nothing has “vjkjrj”; this is what has “молоко”" in page


def test_a_filter_that_is_no_choice_narrows_nothing_and_is_said(client: Client) -> None:
    an_agreement(title_en="Flax")
    reindex()
    page = text(client.get(URL, {"q": "flax", "kind": "ship", "year": "x", "territory": "ZZ"}))
    assert "1 record meets the words." in page
    assert "Kind: Select a valid choice. ship is not one of the available choices." in page
    assert "Year: Enter a whole number." in page


def test_too_many_words_are_said_to_be_too_many(client: Client) -> None:
    page = text(client.get(URL, {"q": "flax " * 100}))
    assert "What to find: Ensure this value has at most 300 characters (it has 499)." in page


def test_territories_of_the_filter_are_those_that_have_something(client: Client) -> None:
    a_country("PL")
    seat, side = a_region("BY-HO", name_en="Homiel"), a_region("RU-MOW", name_en="Moscow")
    a_region("BY-MI", name_en="Minsk")
    an_organisation("Mill", seat)
    programme = a_programme(title_en="Plan")
    programme.sides.create(territory=side)
    page = client.get(URL).content.decode()
    options = re.findall(r'<option value="([A-Z-]+)">', page)
    assert options == ["BY", "BY-HO", "PL", "RU", "RU-MOW"]


@pytest.mark.parametrize("language", ["be", "ru", "en"])
def test_every_kind_is_shown_in_each_language(client: Client, language: str) -> None:
    client.cookies["comity_language"] = language
    region = a_region("BY-HO", name_be="Лён", name_ru="Лён", name_en="Flax land")
    an_organisation("Flax mill", region, short_name_ru="Лён")
    agreement = an_agreement(region, title_en="Flax agreement", signed_on="2020-01-01")
    a_measure(a_programme(agreement, title_en="Flax programme"), title_en="Flax measure")
    reindex()
    page = client.get(URL, {"q": "flax"}).content.decode()
    assert re.findall(r'<a href="/(\w+)/\d+/"(?: lang="en")?>[^<]*<mark>', page)[-4:] == [
        "organisations", "agreements", "programmes", "measures",
    ]  # fmt: skip


@pytest.mark.parametrize("kind", ["measure", "agreement", "programme", "organisation", "territory"])
def test_the_page_asks_as_often_with_one_hit_as_with_thirty(
    client: Client, django_assert_max_num_queries: Any, kind: str
) -> None:
    client.force_login(a_coordinator())
    counted = []
    for number in (1, 29):
        for _ in range(number):
            made(kind, _ + number * 100)
        reindex()
        client.get(URL, {"q": "flax", "kind": kind})
        with django_assert_max_num_queries(25) as asked:
            page = client.get(URL, {"q": "flax", "kind": kind}).content.decode()
        assert page.count("<mark>Flax</mark>") == min(number, 20)
        counted.append(len(asked))
    # with one hit, names that are like the words are looked for as well
    assert counted[0] - (kind in ("organisation", "territory")) == counted[1]


def made(kind: str, number: int) -> object:
    region = a_region("BY-HO", name_en="Homiel")
    agreement = an_agreement(
        region, title_en=f"{'Flax' if kind == 'agreement' else 'Deed'} {number}"
    )
    if kind == "agreement":
        return agreement
    if kind == "organisation":
        return an_organisation(f"Flax {number}", region)
    if kind == "territory":
        return a_region(f"BY-F{number}", name_en=f"Flax {number}")
    programme = a_programme(
        agreement, title_en=f"{'Flax' if kind == 'programme' else 'Plan'} {number}"
    )
    return a_measure(programme, title_en=f"Flax {number}") if kind == "measure" else programme
