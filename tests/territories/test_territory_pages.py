import re
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client
from django.urls import reverse
from django.utils import translation
from pytest_django import DjangoAssertNumQueries

from comity.audit.actions import Installation
from comity.territories import queries
from comity.territories.actions import load_country
from comity.territories.models import Territory
from tests.factories import a_coordinator, a_country, a_person, a_region

pytestmark = pytest.mark.django_db


def heading(response: Any) -> str:
    found = re.search(r"<h1>(.*?)</h1>", response.content.decode(), re.DOTALL)
    return re.sub(r"<[^>]+>", "", found[1]).strip()


def names(response: Any) -> list[str]:
    return [territory.code for territory in response.context["page"].rows]


def test_the_list_is_a_tree_country_by_country(client: Client) -> None:
    load_country(code="BY", by=Installation())
    response = client.get(reverse("territories:list"))
    assert heading(response) == "The register holds 1 country and its regions."
    (tree,) = response.context["trees"]
    assert (tree.territory.code, tree.size) == ("BY", 7)
    assert sorted(branch.territory.code for branch in tree.below) == [
        "BY-BR", "BY-HM", "BY-HO", "BY-HR", "BY-MA", "BY-MI", "BY-VI",
    ]  # fmt: skip


def test_an_empty_register_says_so(client: Client) -> None:
    response = client.get(reverse("territories:list"))
    assert heading(response) == "No country is loaded yet."
    assert "An administrator loads the countries" in response.content.decode()
    assert queries.trees_of([]) == []


@pytest.mark.parametrize("asked", ["гомель", "ГОМЕЛЬ", "вобласць", "homiel", "by-ho", " Homiel "])
def test_a_territory_is_found_by_any_name_in_any_case(client: Client, asked: Any) -> None:
    a_region("BY-HO", name_be="Гомельская вобласць", name_en="Homiel Region")
    a_region("RU-BRY", name_en="Bryansk Oblast")
    response = client.get(reverse("territories:list"), {"q": asked})
    assert (heading(response), names(response)) == ("1 territory fits.", ["BY-HO"])


def test_what_is_not_found_is_told(client: Client) -> None:
    response = client.get(reverse("territories:list"), {"q": "Atlantis"})
    assert heading(response) == "No territory fits."
    assert "Try a shorter part of its name" in response.content.decode()


def test_the_list_is_narrowed_to_a_kind(client: Client) -> None:
    a_region()
    response = client.get(reverse("territories:list"), {"kind": "country"})
    assert names(response) == ["BY"]


def test_an_unknown_kind_is_told_and_narrows_nothing(client: Client) -> None:
    a_region()
    response = client.get(reverse("territories:list"), {"kind": "planet"})
    assert response.context["asked"] == {}
    assert list(response.context["form"].errors) == ["kind"]


def test_lists_are_in_the_order_of_the_readers_language() -> None:
    a_country("RU", name_en="Russia", name_be="Расія")
    a_country("BY", name_en="Belarus", name_be="")
    a_country("AR", name_en="Xyz", name_be="Аргенціна")
    with translation.override("be"):
        assert list(Territory.objects.by_name().values_list("code", flat=True)) == [
            "BY", "AR", "RU",
        ]  # fmt: skip
    assert list(Territory.objects.by_name().values_list("code", flat=True)) == ["BY", "RU", "AR"]


@pytest.mark.parametrize("query", [{}, {"kind": "region"}])
def test_the_list_asks_as_often_for_one_territory_as_for_thirty(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries, query: dict[str, str]
) -> None:
    a_region("BY-A1")
    with django_assert_num_queries(3 if not query else 2):
        client.get(reverse("territories:list"), query)
    for number in range(2, 26):
        a_region(f"BY-A{number}")
    with django_assert_num_queries(3 if not query else 2):
        client.get(reverse("territories:list"), query)


def test_the_page_of_a_region_says_where_it_stands(client: Client) -> None:
    a_region("BY-BR")
    homiel = a_region("BY-HO", name_be="Гомельская вобласць", name_en="Homiel Region")
    response = client.get(reverse("territories:detail", args=[homiel.pk]))
    assert heading(response) == "Homiel Region is one of 2 regions in Country BY."
    page = response.content.decode()
    assert "latitude 52.3°, longitude 29.5°" in page
    assert reverse("audit:history", args=["territories.territory", homiel.pk]) in page
    assert f'hx-get="{reverse("directory:of_territory", args=[homiel.pk])}"' in page
    assert f'href="{reverse("directory:of_territory", args=[homiel.pk])}"' in page


def test_the_pages_of_countries_and_municipalities_say_what_they_are(client: Client) -> None:
    homiel = a_region("BY-HO")
    mazyr = Territory.objects.create(
        kind="municipality", code="BY-HO-MAZYR", parent=homiel, name_en="Mazyr"
    )
    empty = a_country("AW")
    told = [
        heading(client.get(reverse("territories:detail", args=[one.pk])))
        for one in (homiel.parent, empty, homiel, mazyr)
    ]
    assert told == [
        "Country BY has 1 region.",
        "Country AW has no regions in ISO 3166-2.",
        "Region BY-HO is the only region of its level in Country BY.",
        "Mazyr is a municipality in Region BY-HO.",
    ]


def test_the_thread_leads_up_to_the_country(client: Client) -> None:
    homiel = a_region("BY-HO")
    mazyr = Territory.objects.create(
        kind="municipality", code="BY-HO-MAZYR", parent=homiel, name_en="Mazyr"
    )
    response = client.get(reverse("territories:detail", args=[mazyr.pk]))
    assert response.context["above"] == [homiel.parent, homiel]
    response = client.get(reverse("territories:detail", args=[homiel.pk]))
    assert response.context["children"].rows == [mazyr]


def test_the_page_asks_as_often_with_one_child_as_with_thirty(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    country = a_region("BY-A1").parent
    with django_assert_num_queries(5):
        client.get(reverse("territories:detail", args=[country.pk]))
    for number in range(2, 31):
        a_region(f"BY-A{number}")
    with django_assert_num_queries(5):
        client.get(reverse("territories:detail", args=[country.pk]))


@pytest.mark.parametrize("who", ["nobody", "somebody", "coordinator"])
def test_buttons_are_shown_only_to_those_who_may(client: Client, who: str) -> None:
    homiel = a_region()
    if who != "nobody":
        client.force_login(a_coordinator() if who == "coordinator" else a_person())
    shown = [
        reverse("territories:change", args=[homiel.pk])
        in client.get(reverse("territories:detail", args=[homiel.pk])).content.decode(),
        reverse("territories:load") in client.get(reverse("territories:list")).content.decode(),
    ]
    assert shown == [who == "coordinator"] * 2


def test_a_page_of_no_territory_is_not_found(client: Client) -> None:
    assert client.get(reverse("territories:detail", args=[77])).status_code == 404


def test_territories_are_open_to_everybody_and_lie_within_each_other() -> None:
    homiel = a_region()
    assert list(Territory.objects.visible_to(AnonymousUser()).within(homiel)) == [homiel]
    assert homiel.country_code == "BY"


@pytest.mark.parametrize("page", ["2", "1000"])
def test_a_page_past_the_end_is_not_found(client: Client, page: str) -> None:
    a_region()
    assert client.get(reverse("territories:list"), {"page": page}).status_code == 404


def test_a_page_that_is_no_number_is_the_first(client: Client) -> None:
    a_region()
    response = client.get(reverse("territories:list"), {"page": "x"})
    assert response.context["page"].number == 1
