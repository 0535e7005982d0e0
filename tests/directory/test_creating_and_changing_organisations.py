from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from comity.accounts.models import Role
from comity.audit.actions import Installation
from comity.audit.models import Event
from comity.directory.actions import (
    IdentifierValue,
    OtherName,
    Refused,
    change_organisation,
    create_organisation,
)
from comity.directory.fields import label_of
from comity.directory.models import Alias, Organisation, OrganisationKind
from comity.lib.versions import Difference, Stale
from comity.territories.models import Territory
from tests.factories import a_coordinator, a_person, a_region, an_organisation, somebody

pytestmark = pytest.mark.django_db


def sent(seat: Territory, **fields: Any) -> dict[str, Any]:
    """A filled-in form: two rows of each list, as a browser sends them."""
    rows = {
        f"{name}-{part}": number
        for name, initial in (("aliases", 0), ("identifiers", 0))
        for part, number in (("TOTAL_FORMS", "2"), ("INITIAL_FORMS", str(initial)))
    }
    return {
        **rows,
        "kind": "authority",
        "seat": seat.pk,
        "name_be": "Міністэрства прамысловасці",
        "name_ru": "Министерство промышленности",
        "name_en": "Ministry of Industry",
        "short_name_ru": "Минпром",
        "website": "https://minprom.gov.by/",
        "aliases-0-text": "Мінпрам",
        "aliases-0-language": "be",
        "identifiers-0-scheme": "UNP",
        "identifiers-0-value": "100023019",
        **fields,
    }


def facts(organisation: Organisation) -> tuple[Any, Any]:
    return (
        [(a.text, a.language) for a in organisation.aliases.order_by("pk")],
        [(i.scheme, i.value) for i in organisation.identifiers.order_by("pk")],
    )


def test_an_organisation_is_added_with_its_names_and_identifiers(client: Client) -> None:
    seat, coordinator = a_region(), a_coordinator()
    client.force_login(coordinator)
    response = client.post(reverse("directory:add"), sent(seat))
    organisation = Organisation.objects.get()
    assert response.url == reverse("directory:detail", args=[organisation.pk])
    assert (organisation.name_be, organisation.short_name_ru, organisation.seat) == (
        "Міністэрства прамысловасці", "Минпром", seat,
    )  # fmt: skip
    assert facts(organisation) == ([("Мінпрам", "be")], [("UNP", "100023019")])
    event = Event.objects.get()
    assert (event.verb, event.actor_id) == ("organisation.created", coordinator.pk)
    assert [(e.kind, e.model) for e in event.entries.all()] == [
        ("created", "directory.organisation"),
        ("created", "directory.alias"),
        ("created", "directory.identifier"),
    ]


def test_the_installation_itself_adds_organisations() -> None:
    organisation = create_organisation(
        by=Installation(), kind=OrganisationKind.OTHER, seat=a_region(), name_en="Body"
    )
    assert (organisation.version, Event.objects.get().actor_name) == (1, "comity")


def test_a_coordinator_of_any_organisation_adds_another_one() -> None:
    person = somebody(Role.COORDINATOR, within=an_organisation())
    added = create_organisation(by=person, kind="other", seat=a_region(), name_en="New partner")
    assert Organisation.objects.current().get(name_en="New partner") == added


@pytest.mark.parametrize("role", [None, Role.OBSERVER])
def test_others_add_none(client: Client, role: str | None) -> None:
    person = somebody(role, within=an_organisation()) if role else a_person()
    with pytest.raises(PermissionDenied) as refused:
        create_organisation(by=person, kind="other", seat=a_region(), name_en="Body")
    assert str(refused.value) == "Only coordinators add organisations to the register."
    client.force_login(person)
    assert client.get(reverse("directory:add")).status_code == 403
    client.logout()
    assert client.get(reverse("directory:add")).status_code == 302


def test_repeated_and_empty_other_names_are_kept_once() -> None:
    organisation = create_organisation(
        by=Installation(),
        kind="other",
        seat=a_region(),
        name_en="Body",
        aliases=[OtherName("Old  name"), OtherName("old name", "en"), OtherName(" ")],
    )
    assert facts(organisation)[0] == [("old name", "en")]


def test_a_change_keeps_what_stays_and_tells_what_differs() -> None:
    organisation = create_organisation(
        by=Installation(),
        kind="other",
        seat=a_region(),
        name_en="Body",
        aliases=[OtherName("Stays"), OtherName("Goes"), OtherName("Turns", "en")],
        identifiers=[IdentifierValue("UNP", "1"), IdentifierValue("INN", "2")],
    )
    change_organisation(
        organisation=organisation,
        expected_version=1,
        by=a_coordinator(),
        name_en="New body",
        aliases=[OtherName("Stays"), OtherName("Turns", "ru"), OtherName("Comes")],
        identifiers=[IdentifierValue("UNP", "1"), IdentifierValue("LEI", "3")],
    )
    assert facts(organisation) == (
        [("Stays", ""), ("Turns", "ru"), ("Comes", "")],
        [("UNP", "1"), ("LEI", "3")],
    )
    event = Event.objects.get(verb="organisation.changed")
    assert [(e.kind, e.model.split(".")[1]) for e in event.entries.all()] == [
        ("changed", "organisation"),
        ("removed", "alias"),
        ("changed", "alias"),
        ("created", "alias"),
        ("removed", "identifier"),
        ("created", "identifier"),
    ]
    assert event.entries.first().changes == {
        "version": [1, 2],
        "name_en": ["Body", "New body"],
    }


def test_lists_that_are_not_given_stay() -> None:
    organisation = an_organisation()
    Alias.objects.create(organisation=organisation, text="Old")
    change_organisation(
        organisation=organisation, expected_version=1, by=a_coordinator(), name_ru="Орган"
    )
    assert facts(organisation) == ([("Old", "")], [])


def test_its_own_coordinator_changes_it_in_the_form(client: Client) -> None:
    parent, organisation = an_organisation("Government"), an_organisation("Ministry")
    client.force_login(somebody(Role.COORDINATOR, within=organisation))
    page = reverse("directory:change", args=[organisation.pk])
    form = client.get(page).context["form"]
    assert (form["version"].value(), form.fields["seat"].disabled) == (1, True)
    response = client.post(page, sent(organisation.seat, version="1", parent="government"))
    assert response.url == reverse("directory:detail", args=[organisation.pk])
    organisation.refresh_from_db()
    assert (organisation.name_en, organisation.parent, organisation.version) == (
        "Ministry of Industry", parent, 2,
    )  # fmt: skip


def test_the_form_opens_with_what_stands(client: Client) -> None:
    parent = an_organisation("Government")
    organisation = an_organisation("Ministry", parent=parent)
    organisation.identifiers.create(scheme="UNP", value="7")
    client.force_login(a_coordinator())
    context = client.get(reverse("directory:change", args=[organisation.pk])).context
    assert context["form"]["parent"].value() == label_of(parent)
    assert context["identifiers"].forms[0]["value"].value() == "7"
    assert len(context["identifiers"].forms) == 3


def test_kind_and_seat_are_not_for_its_own_coordinator() -> None:
    organisation = an_organisation(kind=OrganisationKind.ENTERPRISE)
    person = somebody(Role.COORDINATOR, within=organisation)
    for change in ({"kind": OrganisationKind.AUTHORITY}, {"seat": a_region("BY-VI")}):
        with pytest.raises(PermissionDenied) as refused:
            change_organisation(organisation=organisation, expected_version=1, by=person, **change)
        assert str(refused.value) == (
            "Only a coordinator of the whole register changes the kind or the seat."
        )
    organisation.refresh_from_db()
    assert (organisation.kind, organisation.version) == ("enterprise", 1)


def test_a_coordinator_of_the_whole_changes_kind_and_seat() -> None:
    organisation = change_organisation(
        organisation=an_organisation(),
        expected_version=1,
        by=a_coordinator(),
        kind=OrganisationKind.OTHER,
        seat=a_region("BY-VI"),
    )
    assert (organisation.kind, organisation.seat.code) == ("other", "BY-VI")


@pytest.mark.parametrize("role", [None, Role.OBSERVER])
def test_others_change_nothing(client: Client, role: str | None) -> None:
    organisation = an_organisation("Body")
    person = somebody(role, within=organisation) if role else a_person()
    with pytest.raises(PermissionDenied) as refused:
        change_organisation(organisation=organisation, expected_version=1, by=person, name_en="X")
    assert str(refused.value) == (
        "Only a coordinator of Body, or of the whole register, changes what stands about it."
    )
    client.force_login(person)
    assert client.get(reverse("directory:change", args=[organisation.pk])).status_code == 403


def test_who_changes_an_outdated_version_sees_both_and_decides(client: Client) -> None:
    organisation = an_organisation("Ministry")
    coordinator = a_coordinator()
    client.force_login(coordinator)
    page = reverse("directory:change", args=[organisation.pk])
    change_organisation(
        organisation=organisation,
        expected_version=1,
        by=coordinator,
        name_en="Ministry of Trade",
        name_be="Міністэрства прамысловасці",
        aliases=[OtherName("Trade")],
        kind="other",
    )
    response = client.post(page, sent(organisation.seat, version="1"))
    assert response.status_code == 409
    assert response.context["stale"] == [
        Difference("Kind", "authority", "other organisation"),
        Difference("Name in Russian", "Министерство промышленности", ""),
        Difference("Name in English", "Ministry of Industry", "Ministry of Trade"),
        Difference("Short name in Russian", "Минпром", ""),
        Difference("Web page", "https://minprom.gov.by/", ""),
        Difference("Other names", "Мінпрам", "Trade"),
        Difference("Identifiers", "UNP 100023019", ""),
    ]
    client.post(page, sent(organisation.seat, version="2"))
    organisation.refresh_from_db()
    assert (organisation.name_en, organisation.version) == ("Ministry of Industry", 3)
    assert facts(organisation) == ([("Мінпрам", "be")], [("UNP", "100023019")])


def test_the_action_refuses_an_outdated_version() -> None:
    organisation = an_organisation()
    with pytest.raises(Stale) as stale:
        change_organisation(
            organisation=organisation, expected_version=9, by=a_coordinator(), name_en="X"
        )
    assert stale.value.current == organisation
    assert Event.objects.count() == 0


def test_an_organisation_belongs_neither_to_itself_nor_to_what_belongs_to_it(
    client: Client,
) -> None:
    upper = an_organisation("Upper")
    lower = an_organisation("Lower", parent=an_organisation("Middle", parent=upper))
    coordinator = a_coordinator()
    client.force_login(coordinator)
    for parent in (upper, lower):
        told = f"Upper cannot belong to {parent}, which is or belongs to it."
        with pytest.raises(Refused) as refused:
            change_organisation(
                organisation=upper, expected_version=1, by=coordinator, parent=parent
            )
        assert str(refused.value) == told
        page = reverse("directory:change", args=[upper.pk])
        response = client.post(
            page, sent(upper.seat, version="1", parent=str(parent), name_en="Upper")
        )
        assert response.context["form"].errors == {"parent": [told]}


def test_an_identifier_means_one_organisation(client: Client) -> None:
    other = an_organisation("Other")
    other.identifiers.create(scheme="UNP", value="100023019")
    told = "UNP 100023019 is that of Other. If both are one body, merge them."
    with pytest.raises(Refused) as refused:
        create_organisation(
            by=Installation(),
            kind="other",
            seat=a_region(),
            name_en="Body",
            identifiers=[IdentifierValue("UNP", "100023019")],
        )
    assert str(refused.value) == told
    client.force_login(a_coordinator())
    response = client.post(reverse("directory:add"), sent(a_region()))
    assert response.context["identifiers"].errors[0] == {"value": [told]}
    assert Organisation.objects.count() == 1


def test_half_an_identifier_is_refused(client: Client) -> None:
    client.force_login(a_coordinator())
    response = client.post(
        reverse("directory:add"), sent(a_region(), **{"identifiers-0-value": ""})
    )
    assert response.context["identifiers"].forms[0].non_field_errors() == [
        "Write both the scheme and the value, or clear both to take the row out."
    ]


@pytest.mark.parametrize(
    ("written", "told"),
    [
        (
            "Nobody",
            "No organisation is called “Nobody”. Write one of its names as the register has it.",
        ),
        (
            "№ 99999",
            "No organisation is called “№ 99999”. Write one of its names as the register has it.",
        ),
    ],
)
def test_a_parent_that_the_register_does_not_know_is_told(
    client: Client, written: str, told: str
) -> None:
    client.force_login(a_coordinator())
    response = client.post(reverse("directory:add"), sent(a_region(), parent=written))
    assert response.context["form"].errors == {"parent": [told]}


def test_a_name_of_several_organisations_asks_which(client: Client) -> None:
    first, second = an_organisation("Ministry"), an_organisation("MINISTRY")
    client.force_login(a_coordinator())
    response = client.post(reverse("directory:add"), sent(a_region(), parent="ministry"))
    (told,) = response.context["form"].errors["parent"]
    assert told.startswith("Several organisations are called so. Write one of: ")
    assert {label_of(first), label_of(second)} == set(told.split(": ", 1)[1].split("; "))
    client.post(reverse("directory:add"), sent(a_region(), parent=label_of(second)))
    assert Organisation.objects.get(name_en="Ministry of Industry").parent == second


def test_an_organisation_needs_a_name_in_some_language(client: Client) -> None:
    client.force_login(a_coordinator())
    nameless = sent(a_region(), name_be="", name_ru="", name_en="")
    response = client.post(reverse("directory:add"), nameless)
    assert response.context["form"].non_field_errors() == [
        "Write the name in at least one of the languages."
    ]
    with pytest.raises(IntegrityError), transaction.atomic():
        create_organisation(by=Installation(), kind="other", seat=a_region())


def test_a_merged_organisation_is_not_changed_any_more(client: Client) -> None:
    kept = an_organisation()
    merged = an_organisation(merged_into=kept)
    client.force_login(a_coordinator())
    assert client.get(reverse("directory:change", args=[merged.pk])).status_code == 404


def test_lists_that_are_alike_are_not_told_as_different(client: Client) -> None:
    organisation, coordinator = an_organisation("Ministry of Industry"), a_coordinator()
    organisation.identifiers.create(scheme="UNP", value="100023019")
    client.force_login(coordinator)
    change_organisation(
        organisation=organisation,
        expected_version=1,
        by=coordinator,
        aliases=[OtherName("Мінпрам", "be")],
    )
    response = client.post(
        reverse("directory:change", args=[organisation.pk]),
        sent(organisation.seat, version="1"),
    )
    labels = [difference.label for difference in response.context["stale"]]
    assert [label for label in labels if label in ("Other names", "Identifiers")] == []
