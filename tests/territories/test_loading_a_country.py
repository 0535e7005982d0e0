from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from comity.audit.actions import Installation
from comity.audit.models import Event
from comity.lib.languages import said
from comity.territories import reference
from comity.territories.actions import UnknownCountry, change_territory, load_country
from comity.territories.models import Territory, TerritoryKind
from tests.factories import a_coordinator, a_person, a_region

pytestmark = pytest.mark.django_db


def load(code: str, by: Any = None) -> list[Territory]:
    return load_country(code=code, by=by or Installation())


def test_a_country_comes_with_all_its_regions_and_one_event() -> None:
    loaded = load("by")
    assert [(t.code, t.kind) for t in loaded] == [
        ("BY", "country"), ("BY-BR", "region"), ("BY-HM", "region"), ("BY-HO", "region"),
        ("BY-HR", "region"), ("BY-MA", "region"), ("BY-MI", "region"), ("BY-VI", "region"),
    ]  # fmt: skip
    event = Event.objects.get()
    assert (event.verb, event.actor_name, event.entries.count()) == (
        "territory.loaded",
        "comity",
        8,
    )
    assert set(event.entries.values_list("kind", flat=True)) == {"created"}


def test_names_and_points_come_from_our_file() -> None:
    load("BY")
    homiel = Territory.objects.get(code="BY-HO")
    ours = reference.known_names()["BY-HO"]
    assert (homiel.name_be, homiel.name_ru, homiel.name_en) == tuple(ours.values())
    assert (homiel.latitude, homiel.longitude) == reference.known_points()["BY-HO"]
    assert (homiel.iso_kind, homiel.parent.code, homiel.path) == ("Oblast", "BY", "BY/BY-HO/")


def test_a_country_that_our_file_lacks_is_named_by_the_unicode_cldr() -> None:
    lithuania = load("LT")[0]
    assert (lithuania.name_be, lithuania.name_ru, lithuania.name_en) == (
        "Літва", "Литва", "Lithuania",
    )  # fmt: skip
    assert (lithuania.latitude, lithuania.longitude) == reference.known_points()["LT"]


def test_a_region_that_our_file_lacks_has_the_name_of_iso_and_falls_back_visibly() -> None:
    load("LT")
    vilnius = Territory.objects.get(code="LT-VL")
    assert (vilnius.name_be, vilnius.name_ru, vilnius.name_en, vilnius.latitude) == (
        "", "", "Vilniaus apskritis", None,
    )  # fmt: skip
    assert said(vilnius, "name", "be").is_fallback


def test_regions_of_regions_lie_where_iso_puts_them() -> None:
    load("GB")
    cardiff = Territory.objects.select_related("parent__parent").get(code="GB-CRF")
    assert (cardiff.parent.code, cardiff.parent.parent.code) == ("GB-WLS", "GB")
    assert (cardiff.path, cardiff.depth) == ("GB/GB-WLS/GB-CRF/", 2)
    assert cardiff.codes_above == ["GB", "GB-WLS"]


def test_a_country_without_regions_is_loaded_alone() -> None:
    assert [(t.code, t.kind) for t in load("AW")] == [("AW", TerritoryKind.COUNTRY)]


def test_only_the_regions_that_are_wanted_may_be_loaded() -> None:
    loaded = load_country(code="BR", by=Installation(), only={"BR-PR"})
    assert [t.code for t in loaded] == ["BR", "BR-PR"]
    assert Territory.objects.count() == 2


def test_loading_again_changes_nothing_and_leaves_no_second_event() -> None:
    before = [(t.pk, t.version) for t in load("BY")]
    assert [(t.pk, t.version) for t in load("BY")] == before
    assert Event.objects.count() == 1


def test_loading_again_puts_right_what_differs_and_tells_only_that() -> None:
    load("BY")
    Territory.objects.filter(code="BY-HO").update(name_en="Homyel")
    load("BY")
    entry = Event.objects.get(seq=2).entries.get()
    assert entry.changes == {
        "name_en": ["Homyel", reference.known_names()["BY-HO"]["name_en"]],
        "version": [1, 2],
    }


def test_names_that_a_person_changed_stay_when_the_country_is_loaded_again() -> None:
    load("BY")
    homiel = Territory.objects.get(code="BY-HO")
    names = {"name_be": "Гомельшчына", "name_ru": "", "name_en": ""}
    change_territory(
        territory=homiel, names=names, point=None, expected_version=1, by=a_coordinator()
    )
    load("BY")
    homiel.refresh_from_db()
    assert (homiel.name_be, homiel.name_ru, homiel.latitude) == ("Гомельшчына", "", None)
    assert Event.objects.count() == 2


def test_what_lies_in_a_territory_moves_with_it() -> None:
    load("GB")
    wales, cardiff = (Territory.objects.get(code=code) for code in ("GB-WLS", "GB-CRF"))
    england = Territory.objects.get(code="GB-ENG")
    bay = Territory.objects.create(
        code="GB-CRF-BAY", kind="municipality", parent=cardiff, name_en="Cardiff Bay"
    )
    Territory.objects.filter(pk=cardiff.pk).update(parent=england, path="GB/GB-ENG/GB-CRF/")
    Territory.objects.filter(pk=bay.pk).update(path="GB/GB-ENG/GB-CRF/GB-CRF-BAY/")
    load("GB")
    cardiff.refresh_from_db()
    bay.refresh_from_db()
    assert (cardiff.parent, cardiff.path) == (wales, "GB/GB-WLS/GB-CRF/")
    assert bay.path == "GB/GB-WLS/GB-CRF/GB-CRF-BAY/"
    assert sorted(Event.objects.get(seq=2).entries.values_list("record_id", flat=True)) == sorted(
        [cardiff.pk, bay.pk]
    )


@pytest.mark.parametrize("code", ["XX", "BY-HO", "", "BLR", "Б"])
def test_a_code_that_iso_does_not_know_is_refused_with_a_sentence(code: str) -> None:
    with pytest.raises(UnknownCountry) as refused:
        load(code)
    assert str(refused.value) == (
        f"ISO 3166-1 knows no country “{code}”; write two letters, such as BY or RU."
    )
    assert Event.objects.count() == 0


def test_only_coordinators_of_the_whole_load_countries() -> None:
    with pytest.raises(PermissionDenied) as refused:
        load("BY", by=a_person())
    assert str(refused.value) == (
        "Only a coordinator of the whole register adds and changes territories."
    )
    assert Territory.objects.count() == 0


def test_the_page_loads_a_country(client: Client) -> None:
    client.force_login(a_coordinator())
    response = client.post(reverse("territories:load"), {"code": "ee"})
    country = Territory.objects.get(code="EE")
    assert response.url == reverse("territories:detail", args=[country.pk])
    assert country.children.count() == 15


def test_the_page_tells_of_a_wrong_code_beside_the_field(client: Client) -> None:
    client.force_login(a_coordinator())
    response = client.post(reverse("territories:load"), {"code": "XX"})
    assert response.context["form"].errors == {
        "code": ["ISO 3166-1 knows no country “XX”; write two letters, such as BY or RU."]
    }


def test_an_empty_field_is_told(client: Client) -> None:
    client.force_login(a_coordinator())
    response = client.post(reverse("territories:load"), {"code": ""})
    assert list(response.context["form"].errors) == ["code"]


def test_the_page_is_closed_to_others(client: Client) -> None:
    assert client.get(reverse("territories:load")).status_code == 302
    client.force_login(a_person())
    assert client.get(reverse("territories:load")).status_code == 403


def test_every_reference_territory_knows_its_parent_before_itself() -> None:
    for country in ("BY", "GB", "FR"):
        met = {""}
        for territory in reference.iso_territories(country):
            assert territory.parent_code in met
            met.add(territory.code)


def test_codes_are_known_to_iso_or_not() -> None:
    known = [reference.is_iso_code(code) for code in ("BY", "BY-HO", "XX", "BY-XX")]
    assert known == [True, True, False, False]


def test_an_existing_region_of_tests_is_taken_up_as_it_is() -> None:
    homiel = a_region("BY-HO")
    load("BY")
    homiel.refresh_from_db()
    assert (homiel.version, homiel.name_en) == (2, reference.known_names()["BY-HO"]["name_en"])
