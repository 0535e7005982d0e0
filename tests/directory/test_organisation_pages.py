from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from comity.accounts.models import Role
from comity.directory.fields import label_of
from comity.directory.models import Alias, Identifier, Organisation, Zone
from comity.directory.queries import chain_above, known_names, named_like
from tests.factories import a_coordinator, a_person, a_region, an_organisation, somebody

pytestmark = pytest.mark.django_db


def found(client: Client, **asked: Any) -> list[str]:
    response = client.get(reverse("directory:list"), asked)
    return [organisation.name for organisation in response.context["page"].rows]


@pytest.mark.parametrize(
    "asked",
    ["минпром", "МИНПРОМ", "Прамысл", "INDUSTRY", "ministry of", "  мінпрам ", "Former"],
)
def test_an_organisation_is_found_by_any_name_in_any_case(client: Client, asked: Any) -> None:
    organisation = an_organisation(
        "Ministry of Industry",
        name_be="Міністэрства прамысловасці",
        short_name_ru="Минпром",
        short_name_en="INDUSTRY",
    )
    for text in ("Мінпрам", "Former name", "Former title"):
        Alias.objects.create(organisation=organisation, text=text)
    an_organisation("Ministry Of Trade" if "of" not in asked else "Trade")
    expected = ["Ministry of Industry"]
    if asked == "Прамысл":
        organisation.name_be = "Прамысловасць"
        organisation.save()
    assert found(client, q=asked) == expected


def test_the_list_is_narrowed_by_kind_and_territory(client: Client) -> None:
    an_organisation("A", seat=a_region("BY-HO"))
    an_organisation("B", seat=a_region("BY-HO"), kind="enterprise")
    an_organisation("C", seat=a_region("RU-BRY"), kind="enterprise")
    assert found(client, kind="enterprise") == ["B", "C"]
    assert found(client, territory="BY") == ["A", "B"]
    assert found(client, territory="BY-HO", kind="enterprise") == ["B"]
    assert found(client, territory=a_region("BY-VI").code) == []
    assert found(client, territory="XX") == ["A", "B", "C"]


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ({}, "The register knows 1 organisation."),
        ({"q": "Body"}, "1 organisation fits."),
        ({"q": "Nobody"}, "No organisation fits."),
    ],
)
def test_the_list_begins_with_what_was_found(client: Client, asked: Any, sentence: str) -> None:
    an_organisation("Body", merged_into=None)
    assert sentence in client.get(reverse("directory:list"), asked).content.decode()


def test_an_empty_register_says_so(client: Client) -> None:
    page = client.get(reverse("directory:list")).content.decode()
    assert "They come in with the documents that name them" in page


def test_merged_ones_are_not_listed(client: Client) -> None:
    kept = an_organisation("Kept")
    an_organisation("Merged", merged_into=kept)
    assert found(client) == ["Kept"]


def test_the_list_asks_as_often_for_one_as_for_thirty(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    Zone.objects.create(organisation=an_organisation())
    with django_assert_num_queries(3):
        client.get(reverse("directory:list"))
    for _number in range(24):
        an_organisation()
    with django_assert_num_queries(3):
        client.get(reverse("directory:list"))


def test_the_page_tells_what_it_is_and_where(client: Client) -> None:
    government = an_organisation("Government")
    ministry = an_organisation("Ministry", parent=government, website="https://m.example/")
    institute = an_organisation("Institute", parent=ministry, kind="institute")
    an_organisation("Merged", parent=ministry, merged_into=institute)
    Alias.objects.create(organisation=ministry, text="Minprom", language="en")
    Identifier.objects.create(organisation=ministry, scheme="UNP", value="100023019")
    response = client.get(reverse("directory:detail", args=[ministry.pk]))
    page = response.content.decode()
    told = [
        "<h1>Ministry</h1>",
        "An authority, seated in",
        "Government</a>",
        '<span lang="en">Minprom</span>',
        "<dt>UNP</dt>",
        'href="https://m.example/"',
        reverse("audit:history", args=["directory.organisation", ministry.pk]),
    ]
    assert [text for text in told if text not in page] == []
    assert response.context["children"].rows == [institute]


@pytest.mark.parametrize(
    ("kind", "sentence"),
    [
        ("enterprise", "An enterprise and a zone, seated in"),
        ("university", "A university and a zone, seated in"),
        ("institute", "An institute and a zone, seated in"),
        ("association", "An association and a zone, seated in"),
        ("other", "An organisation and a zone, seated in"),
    ],
)
def test_each_kind_is_said_in_a_sentence(client: Client, kind: str, sentence: str) -> None:
    organisation = an_organisation(kind=kind)
    Zone.objects.create(organisation=organisation)
    page = client.get(reverse("directory:detail", args=[organisation.pk])).content.decode()
    assert sentence in page


def test_the_page_asks_as_often_with_one_contact_as_with_thirty(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    organisation = an_organisation()
    client.force_login(a_coordinator())
    page = reverse("directory:detail", args=[organisation.pk])
    for rows in (1, 29):
        for number in range(rows):
            contact = organisation.contacts.create(name_en="Contact")
            contact.counterparts.add(an_organisation().contacts.create(name_en="Counterpart"))
            organisation.aliases.create(text=f"Alias {rows} {number}")
            organisation.identifiers.create(scheme="N", value=f"{rows} {number}")
            Zone.objects.create(organisation=an_organisation()).residencies.create(
                resident=organisation
            )
        client.get(page)
        with django_assert_num_queries(11):
            client.get(page)


@pytest.mark.parametrize(
    ("who", "shown"),
    [
        ("nobody", []),
        ("a person", []),
        ("its coordinator", ["change", "add_contact", "add_zone", "people"]),
        ("its administrator", ["change", "add_contact", "add_zone", "people"]),
        ("a coordinator", ["change", "add_contact", "add_zone", "merge", "people"]),
        ("an administrator", ["change", "add_contact", "add_zone", "merge", "people"]),
    ],
)
def test_buttons_are_shown_only_to_those_who_may(
    client: Client, who: str, shown: list[str]
) -> None:
    organisation = an_organisation()
    people = {
        "a person": a_person,
        "its coordinator": lambda: somebody(Role.COORDINATOR, within=organisation),
        "its administrator": lambda: somebody(Role.ADMINISTRATOR, within=organisation),
        "a coordinator": a_coordinator,
        "an administrator": lambda: somebody(Role.ADMINISTRATOR),
    }
    if who in people:
        client.force_login(people[who]())
    page = client.get(reverse("directory:detail", args=[organisation.pk])).content.decode()
    names = ("change", "add_contact", "add_zone", "merge")
    found = [n for n in names if reverse(f"directory:{n}", args=[organisation.pk]) in page]
    if reverse("accounts:people", args=["organisation", organisation.pk]) in page:
        found.append("people")
    assert found == shown


def test_the_panel_of_a_territory_names_a_few_and_leads_to_all(client: Client) -> None:
    homiel = a_region("BY-HO")
    for number in range(10):
        an_organisation(f"Body {number}", seat=homiel)
    an_organisation("Elsewhere", seat=a_region("RU-BRY"))
    page = reverse("directory:of_territory", args=[homiel.parent_id])
    response = client.get(page, headers={"HX-Request": "true"})
    assert [o.name for o in response.context["page"].rows] == [f"Body {n}" for n in range(8)]
    assert "all 10 organisations" in response.content.decode()
    assert "<h1" not in response.content.decode()
    response = client.get(page)
    assert response.url == f"{reverse('directory:list')}?territory=BY"


def test_an_empty_panel_says_so(client: Client) -> None:
    page = reverse("directory:of_territory", args=[a_region().pk])
    response = client.get(page, headers={"HX-Request": "true"})
    assert "No organisation of the register is seated here." in response.content.decode()


def test_names_are_suggested_while_one_writes(client: Client) -> None:
    first = an_organisation("Ministry of Industry")
    an_organisation("Institute")
    page = reverse("directory:suggestions")
    response = client.get(page, {"parent": "minis"})
    assert response.context["names"] == [label_of(first)]
    assert label_of(first) == f"Ministry of Industry · BY-HO · № {first.pk}"
    assert client.get(page, {"parent": " "}).context["names"] == []
    assert client.get(page).context["names"] == []


def test_known_names_fold_case_and_spaces_in_two_queries(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    first = an_organisation("Ministry  of Industry", name_be="Міністэрства", short_name_ru="МП")
    second = an_organisation("MINISTRY OF INDUSTRY")
    an_organisation("Merged", merged_into=second)
    Alias.objects.create(organisation=second, text="мп")
    with django_assert_num_queries(2):
        names = known_names()
    assert names == {
        "ministry of industry": {first.pk, second.pk},
        "міністэрства": {first.pk},
        "мп": {first.pk, second.pk},
    }
    assert list(named_like("Мп").order_by("pk")) == [first, second]
    assert list(named_like("Nobody")) == []


def test_the_chain_above_ends_even_where_it_runs_in_a_circle() -> None:
    upper = an_organisation("Upper")
    lower = an_organisation("Lower", parent=upper)
    Organisation.objects.filter(pk=upper.pk).update(parent=lower)
    lower.refresh_from_db()
    assert chain_above(lower) == [upper]


def test_organisations_and_zones_are_open_to_everybody() -> None:
    zone = Zone.objects.create(organisation=an_organisation())
    anybody = AnonymousUser()
    assert list(Organisation.objects.visible_to(anybody)) == [zone.organisation]
    assert list(Zone.objects.visible_to(anybody)) == [zone]


def test_a_short_name_stands_in_only_in_the_readers_language() -> None:
    organisation = an_organisation("Ministry", short_name_ru="Мин")
    assert organisation.said_short_name.text == "Ministry"
    organisation.short_name_en = "Min"
    assert organisation.said_short_name.text == "Min"


def test_rows_say_what_they_are() -> None:
    organisation = an_organisation()
    alias = Alias.objects.create(organisation=organisation, text="Alias")
    identifier = Identifier.objects.create(organisation=organisation, scheme="UNP", value="1")
    assert [str(alias), str(identifier)] == ["Alias", "UNP 1"]
