from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from comity.accounts.models import Role
from comity.audit.models import Event
from comity.directory.actions import change_contact, create_contact, remove_contact
from comity.directory.models import Contact
from comity.lib.versions import Difference, Stale
from tests.factories import a_coordinator, a_person, a_region, an_organisation, somebody

pytestmark = pytest.mark.django_db


def a_contact(name: str = "Contact", **fields: Any) -> Contact:
    organisation = fields.pop("organisation", None) or an_organisation()
    return Contact.objects.create(organisation=organisation, name_en=name, **fields)


def abroad(name: str = "Counterpart") -> Contact:
    return a_contact(name, organisation=an_organisation(seat=a_region("RU-BRY")))


def kinds(verb: str) -> list[Any]:
    event = Event.objects.get(verb=verb)
    return [(e.kind, e.model.split(".")[1]) for e in event.entries.all()]


def test_a_contact_is_added_with_counterparts_across_the_border(client: Client) -> None:
    organisation, counterpart = an_organisation(), abroad()
    client.force_login(somebody(Role.COORDINATOR, within=organisation))
    response = client.post(
        reverse("directory:add_contact", args=[organisation.pk]),
        {
            "name_be": "Прыклад",
            "post_be": "Начальнік аддзела",
            "phone": "+375 17 000-00-00",
            "email": "contact@example.org",
            "counterparts": [counterpart.pk],
        },
    )
    assert response.url == reverse("directory:detail", args=[organisation.pk])
    contact = Contact.objects.get(organisation=organisation)
    assert (contact.name_be, contact.said_post.text, contact.phone, contact.email) == (
        "Прыклад", "Начальнік аддзела", "+375 17 000-00-00", "contact@example.org",
    )  # fmt: skip
    assert list(counterpart.counterparts.all()) == [contact]
    assert kinds("contact.created") == [
        ("created", "contact"),
        ("created", "contact_counterparts"),
        ("created", "contact_counterparts"),
    ]


def test_only_contacts_of_other_countries_and_standing_ones_may_be_counterparts() -> None:
    here = an_organisation(seat=a_region("BY-HO"))
    contact = a_contact(organisation=here)
    neighbour = a_contact("Neighbour", organisation=an_organisation(seat=a_region("BY-VI")))
    counterpart = abroad()
    possible = Contact.objects.possible_counterparts(contact.pk, here)
    assert list(possible) == [counterpart]
    contact.counterparts.add(neighbour)
    assert list(possible.all()) == [neighbour, counterpart]
    assert list(Contact.objects.possible_counterparts(None, here)) == [counterpart]


def test_a_change_keeps_counterparts_that_are_not_spoken_of() -> None:
    contact, counterpart = a_contact(), abroad()
    contact.counterparts.add(counterpart)
    coordinator = a_coordinator()
    contact = change_contact(contact=contact, expected_version=1, by=coordinator, phone="112")
    assert (contact.phone, contact.version, list(contact.counterparts.all())) == (
        "112", 2, [counterpart],
    )  # fmt: skip
    assert Event.objects.get().entries.get().changes == {"version": [1, 2], "phone": ["", "112"]}


def test_counterparts_are_exchanged_in_the_form(client: Client) -> None:
    contact, old, new = a_contact(post_en="Head"), abroad("Old"), abroad("New")
    contact.counterparts.add(old)
    client.force_login(a_coordinator())
    page = reverse("directory:change_contact", args=[contact.pk])
    assert client.get(page).context["form"]["counterparts"].value() == [old.pk]
    client.post(page, {"name_en": "Contact", "version": "1", "counterparts": [new.pk]})
    contact.refresh_from_db()
    assert (contact.post_en, list(contact.counterparts.all())) == ("", [new])
    assert [kind for kind, model in kinds("contact.changed")] == [
        "changed", "removed", "removed", "created", "created",
    ]  # fmt: skip


def test_a_choice_tells_post_and_organisation(client: Client) -> None:
    organisation = an_organisation("Administration", seat=a_region("RU-BRY"))
    a_contact("A. Person", organisation=organisation, post_en="Head")
    a_contact("B. Person", organisation=organisation)
    client.force_login(a_coordinator())
    page = client.get(reverse("directory:add_contact", args=[an_organisation().pk]))
    labels = [label for _value, label in page.context["form"].fields["counterparts"].choices]
    assert labels == ["A. Person, Head — Administration", "B. Person — Administration"]


def test_who_changes_an_outdated_version_sees_both_and_decides(client: Client) -> None:
    contact, counterpart = a_contact(), abroad()
    coordinator = a_coordinator()
    client.force_login(coordinator)
    change_contact(
        contact=contact,
        expected_version=1,
        by=coordinator,
        phone="1",
        counterparts=[counterpart],
    )
    page = reverse("directory:change_contact", args=[contact.pk])
    response = client.post(page, {"name_en": "Contact", "phone": "2", "version": "1"})
    assert response.status_code == 409
    assert response.context["stale"] == [
        Difference("Telephone", "2", "1"),
        Difference("Counterparts across the border", "", "Counterpart"),
    ]
    with pytest.raises(Stale):
        change_contact(contact=contact, expected_version=1, by=coordinator, phone="3")
    client.post(page, {"name_en": "Contact", "phone": "2", "version": "2"})
    contact.refresh_from_db()
    assert (contact.phone, contact.version) == ("2", 3)


def test_a_contact_is_taken_out_and_the_trail_keeps_it(client: Client) -> None:
    contact, counterpart = a_contact(phone="112"), abroad()
    contact.counterparts.add(counterpart)
    client.force_login(a_coordinator())
    page = reverse("directory:remove_contact", args=[contact.pk])
    assert client.get(page).status_code == 200
    response = client.post(page, {"reason": "Left the post."})
    assert response.url == reverse("directory:detail", args=[contact.organisation_id])
    assert list(Contact.objects.all()) == [counterpart]
    event = Event.objects.get()
    assert (event.verb, event.reason) == ("contact.removed", "Left the post.")
    assert [e.kind for e in event.entries.all()] == ["removed"] * 3
    assert event.entries.last().changes["phone"] == ["112", None]


def test_a_contact_needs_a_name(client: Client) -> None:
    client.force_login(a_coordinator())
    page = reverse("directory:add_contact", args=[an_organisation().pk])
    response = client.post(page, {"phone": "112"})
    assert response.context["form"].non_field_errors() == [
        "Write the name in at least one of the languages."
    ]


def test_contacts_are_seen_only_by_those_who_act_for_somebody() -> None:
    contact = a_contact()
    seen = {
        "anybody": AnonymousUser(),
        "a person": a_person(),
        "an observer of the whole": somebody(Role.OBSERVER),
        "a member": somebody(Role.OBSERVER, within=an_organisation()),
    }
    assert {who: list(Contact.objects.visible_to(user)) for who, user in seen.items()} == {
        "anybody": [],
        "a person": [],
        "an observer of the whole": [contact],
        "a member": [contact],
    }


@pytest.mark.parametrize("acts", [True, False])
def test_the_page_of_an_organisation_shows_contacts_to_those_who_may(
    client: Client, acts: bool
) -> None:
    contact = a_contact("A. Person", phone="+375 17 000-00-00", email="a@example.org")
    page = reverse("directory:detail", args=[contact.organisation_id])
    if acts:
        client.force_login(somebody(Role.OBSERVER, within=an_organisation()))
    shown = client.get(page).content.decode()
    assert [text in shown for text in ("A. Person", "+375 17 000-00-00", "a@example.org")] == [
        acts
    ] * 3


def test_the_history_of_a_contact_is_closed_to_the_public(client: Client) -> None:
    contact = a_contact()
    assert (
        client.get(reverse("audit:history", args=["directory.contact", contact.pk])).status_code
        == 404
    )


@pytest.mark.parametrize(
    ("language", "label"),
    [("be", "поўнае імя на рускай мове"), ("ru", "полное имя на русском языке")],
)
def test_the_history_of_a_contact_tells_of_a_person(
    client: Client, language: str, label: str
) -> None:
    by = a_coordinator()
    contact = create_contact(organisation=an_organisation(), by=by, name_ru="И. Иванов")
    client.force_login(by)
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    page = client.get(reverse("audit:history", args=["directory.contact", contact.pk]))
    assert f'<th scope="row">{label}</th><td>И. Иванов</td>' in page.content.decode()


def test_only_those_who_write_for_the_organisation_change_its_contacts(client: Client) -> None:
    contact = a_contact(organisation=an_organisation("Body"))
    person = somebody(Role.COORDINATOR, within=an_organisation("Elsewhere"))
    told = "Only a coordinator of Body, or of the whole register, changes what stands about it."
    for act in (
        lambda: create_contact(organisation=contact.organisation, by=person, name_en="X"),
        lambda: change_contact(contact=contact, expected_version=1, by=person, name_en="X"),
        lambda: remove_contact(contact=contact, by=person),
    ):
        with pytest.raises(PermissionDenied) as refused:
            act()
        assert str(refused.value) == told
    client.force_login(person)
    statuses = [
        client.get(reverse("directory:add_contact", args=[contact.organisation_id])).status_code,
        client.get(reverse("directory:change_contact", args=[contact.pk])).status_code,
        client.get(reverse("directory:remove_contact", args=[contact.pk])).status_code,
    ]
    assert statuses == [403, 403, 403]
    assert Event.objects.count() == 0


def test_those_who_see_no_contacts_find_none_to_change(client: Client) -> None:
    contact = a_contact()
    client.force_login(a_person())
    page = reverse("directory:change_contact", args=[contact.pk])
    assert client.get(page).status_code == 404
