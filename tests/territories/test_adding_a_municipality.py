import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from comity.audit.models import Event
from comity.territories.actions import WrongCode, add_municipality, load_country
from comity.territories.models import Territory
from tests.factories import a_coordinator, a_person, a_region

pytestmark = pytest.mark.django_db

NAMES = {"name_be": "Мазыр", "name_ru": "Мозырь", "name_en": "Mazyr"}


def test_a_municipality_is_added_below_its_region(client: Client) -> None:
    homiel = a_region()
    client.force_login(a_coordinator())
    page = reverse("territories:add_municipality", args=[homiel.pk])
    assert client.get(page).context["form"]["code"].value() == "BY-HO-"
    response = client.post(
        page, {**NAMES, "code": "by-ho-mazyr", "latitude": "52.05", "longitude": "29.25"}
    )
    mazyr = Territory.objects.get(code="BY-HO-MAZYR")
    assert response.url == reverse("territories:detail", args=[mazyr.pk])
    assert (mazyr.kind, mazyr.parent, mazyr.path, mazyr.name_ru, mazyr.latitude) == (
        "municipality", homiel, "BY/BY-HO/BY-HO-MAZYR/", "Мозырь", 52.05,
    )  # fmt: skip
    event = Event.objects.get()
    assert (event.verb, event.entries.get().kind) == ("territory.municipality_added", "created")


@pytest.mark.parametrize(
    ("code", "told"),
    [
        (
            "RU-BRY-X",
            "“RU-BRY-X” does not begin with “BY-HO-” and go on in Latin letters or digits.",
        ),
        ("BY-HO-", "“BY-HO-” does not begin with “BY-HO-” and go on in Latin letters or digits."),
        ("BY-HO-TAKEN", "There is a territory with the code “BY-HO-TAKEN” already."),
    ],
)
def test_a_wrong_code_is_refused_with_a_sentence(client: Client, code: str, told: str) -> None:
    homiel, coordinator = a_region(), a_coordinator()
    Territory.objects.create(
        kind="municipality", code="BY-HO-TAKEN", parent=homiel, name_en="Taken"
    )
    with pytest.raises(WrongCode) as refused:
        add_municipality(parent=homiel, code=code, names=NAMES, point=None, by=coordinator)
    assert str(refused.value) == told
    client.force_login(coordinator)
    response = client.post(
        reverse("territories:add_municipality", args=[homiel.pk]), {**NAMES, "code": code}
    )
    assert response.context["form"].errors == {"code": [told]}
    assert Event.objects.count() == 0


def test_a_code_of_iso_is_no_municipality() -> None:
    belarus, coordinator = a_region().parent, a_coordinator()
    with pytest.raises(WrongCode) as refused:
        add_municipality(parent=belarus, code="BY-VI", names=NAMES, point=None, by=coordinator)
    assert str(refused.value) == "“BY-VI” is a region in ISO 3166-2; load its country."


def test_a_municipality_lies_in_no_other_one(client: Client) -> None:
    coordinator = a_coordinator()
    mazyr = add_municipality(
        parent=a_region(), code="BY-HO-MAZYR", names=NAMES, point=None, by=coordinator
    )
    with pytest.raises(WrongCode) as refused:
        add_municipality(
            parent=mazyr, code="BY-HO-MAZYR-A", names=NAMES, point=None, by=coordinator
        )
    assert str(refused.value) == (
        "A municipality lies in a region or a country, not in another one."
    )
    client.force_login(coordinator)
    page = reverse("territories:add_municipality", args=[mazyr.pk])
    assert client.get(page).status_code == 404


def test_it_needs_a_name_in_some_language(client: Client) -> None:
    client.force_login(a_coordinator())
    response = client.post(
        reverse("territories:add_municipality", args=[a_region().pk]), {"code": "BY-HO-X"}
    )
    assert response.context["form"].non_field_errors() == [
        "Write the name in at least one of the languages."
    ]


def test_a_municipality_stays_when_its_country_is_loaded_again() -> None:
    coordinator = a_coordinator()
    load_country(code="BY", by=coordinator)
    homiel = Territory.objects.get(code="BY-HO")
    mazyr = add_municipality(
        parent=homiel, code="BY-HO-MAZYR", names=NAMES, point=(52.05, 29.25), by=coordinator
    )
    load_country(code="BY", by=coordinator)
    mazyr.refresh_from_db()
    assert (mazyr.name_be, mazyr.latitude, mazyr.version) == ("Мазыр", 52.05, 1)


def test_only_coordinators_of_the_whole_add_municipalities(client: Client) -> None:
    homiel, person = a_region(), a_person()
    with pytest.raises(PermissionDenied):
        add_municipality(parent=homiel, code="BY-HO-X", names=NAMES, point=None, by=person)
    client.force_login(person)
    page = reverse("territories:add_municipality", args=[homiel.pk])
    assert client.get(page).status_code == 403
