from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from comity.audit.models import Entry, Event
from comity.lib.versions import Difference, Stale
from comity.territories.actions import change_territory
from tests.factories import a_coordinator, a_person, a_region

pytestmark = pytest.mark.django_db

NAMES = {"name_be": "Гомельская вобласць", "name_ru": "", "name_en": "Homiel Region"}


def sent(**fields: Any) -> dict[str, Any]:
    return {
        "name_be": "Гомельская вобласць",
        "name_ru": "",
        "name_en": "Homiel Region",
        "latitude": "52.5",
        "longitude": "29.5",
        "version": "1",
        **fields,
    }


def test_names_and_point_are_kept_with_an_event(client: Client) -> None:
    homiel, coordinator = a_region(), a_coordinator()
    client.force_login(coordinator)
    response = client.post(reverse("territories:change", args=[homiel.pk]), sent())
    assert response.url == reverse("territories:detail", args=[homiel.pk])
    homiel.refresh_from_db()
    assert (homiel.name_be, homiel.name_en, homiel.latitude, homiel.version) == (
        "Гомельская вобласць", "Homiel Region", 52.5, 2,
    )  # fmt: skip
    assert homiel.kept_by_hand
    event = Event.objects.get()
    assert (event.verb, event.actor_id) == ("territory.changed", coordinator.pk)
    assert event.entries.get().changes == {
        "version": [1, 2],
        "name_be": ["", "Гомельская вобласць"],
        "name_en": ["Region BY-HO", "Homiel Region"],
        "latitude": [52.3, 52.5],
        "kept_by_hand": [False, True],
    }


def test_the_point_can_be_taken_away() -> None:
    homiel = change_territory(
        territory=a_region(), names=NAMES, point=None, expected_version=1, by=a_coordinator()
    )
    assert (homiel.latitude, homiel.longitude) == (None, None)


def test_a_time_zone_is_kept_if_there_is_such_a_one(client: Client) -> None:
    homiel = a_region()
    client.force_login(a_coordinator())
    page = reverse("territories:change", args=[homiel.pk])
    refused = client.post(page, sent(time_zone="Europe/Homiel"))
    assert refused.context["form"].errors["time_zone"] == [
        "“Europe/Homiel” is no IANA time zone; write one such as Europe/Minsk."
    ]
    client.post(page, sent(time_zone="Europe/Minsk"))
    homiel.refresh_from_db()
    assert (homiel.time_zone, homiel.version) == ("Europe/Minsk", 2)


def test_who_changes_an_outdated_version_sees_both_and_decides(client: Client) -> None:
    homiel = a_region()
    client.force_login(a_coordinator())
    page = reverse("territories:change", args=[homiel.pk])
    client.post(page, sent(name_en="Gomel Region"))
    response = client.post(page, sent())
    assert response.status_code == 409
    assert response.context["stale"] == [
        Difference("Name in English", "Homiel Region", "Gomel Region")
    ]
    assert response.context["form"]["version"].value() == "2"
    assert Event.objects.count() == 1
    client.post(page, sent(version="2"))
    homiel.refresh_from_db()
    assert (homiel.name_en, homiel.version) == ("Homiel Region", 3)


def test_an_outdated_version_with_the_same_words_says_so(client: Client) -> None:
    homiel = a_region()
    client.force_login(a_coordinator())
    page = reverse("territories:change", args=[homiel.pk])
    client.post(page, sent())
    response = client.post(page, sent())
    assert response.context["stale"] == []
    assert "What you wrote is what stands now." in response.content.decode()


def test_the_action_refuses_an_outdated_version() -> None:
    homiel = a_region()
    with pytest.raises(Stale):
        change_territory(
            territory=homiel, names=NAMES, point=None, expected_version=7, by=a_coordinator()
        )
    assert Entry.objects.count() == 0


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        (
            {"name_be": "", "name_en": ""},
            "Write the name in at least one of the languages.",
        ),
        (
            {"longitude": ""},
            "Write both the latitude (−90 to 90) and the longitude (−180 to 180), or neither.",
        ),
        (
            {"latitude": "91"},
            "Write both the latitude (−90 to 90) and the longitude (−180 to 180), or neither.",
        ),
    ],
)
def test_what_cannot_be_is_told_in_a_sentence(
    client: Client, wrong: dict[str, str], told: str
) -> None:
    client.force_login(a_coordinator())
    response = client.post(reverse("territories:change", args=[a_region().pk]), sent(**wrong))
    assert response.context["form"].non_field_errors() == [told]
    assert Event.objects.count() == 0


def test_a_form_without_its_version_is_refused(client: Client) -> None:
    client.force_login(a_coordinator())
    page = reverse("territories:change", args=[a_region().pk])
    response = client.post(page, sent(version=""))
    assert list(response.context["form"].errors) == ["version"]


def test_only_coordinators_of_the_whole_change_territories(client: Client) -> None:
    homiel, person = a_region(), a_person()
    with pytest.raises(PermissionDenied):
        change_territory(territory=homiel, names=NAMES, point=None, expected_version=1, by=person)
    client.force_login(person)
    response = client.post(reverse("territories:change", args=[homiel.pk]), sent())
    assert response.status_code == 403
    assert (
        "Only a coordinator of the whole register adds and changes territories."
        in response.content.decode()
    )
    assert Event.objects.count() == 0
