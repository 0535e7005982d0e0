import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from comity.accounts.models import WRITING, Role
from comity.audit.models import Event
from comity.directory.actions import grant_membership, revoke_membership
from comity.directory.memberships import memberships_of
from comity.directory.models import Membership
from comity.directory.rules import authority_seats, organisations_of, writes_for
from tests.factories import a_coordinator, a_person, a_region, an_organisation, somebody

pytestmark = pytest.mark.django_db


def test_its_administrator_gives_a_role(client: Client) -> None:
    organisation, person = an_organisation(), a_person("New member")
    administrator = somebody(Role.ADMINISTRATOR, within=organisation)
    client.force_login(administrator)
    page = reverse("directory:people", args=[organisation.pk])
    assert [m.user for m in client.get(page).context["page"].rows] == [administrator]
    response = client.post(page, {"email": person.email.upper(), "role": "coordinator"})
    assert response.url == page
    assert person.memberships.get().role == Role.COORDINATOR
    event = Event.objects.get()
    assert (event.verb, event.actor_id) == ("membership.granted", administrator.pk)
    assert event.entries.get().changes["role"] == [None, "coordinator"]


def test_a_role_takes_the_place_of_the_one_before() -> None:
    organisation, person = an_organisation(), a_person()
    administrator = somebody(Role.ADMINISTRATOR)
    assert memberships_of(person) == []
    for role in (Role.OBSERVER, Role.COORDINATOR):
        grant_membership(user=person, organisation=organisation, role=role, by=administrator)
    assert writes_for(person) == {organisation.pk}
    assert Event.objects.last().entries.get().changes == {"role": ["observer", "coordinator"]}


def test_a_role_is_taken_away(client: Client) -> None:
    organisation = an_organisation()
    member = somebody(Role.OBSERVER, within=organisation)
    client.force_login(somebody(Role.ADMINISTRATOR, within=organisation))
    membership = member.memberships.get()
    response = client.post(reverse("directory:revoke", args=[membership.pk]))
    assert response.url == reverse("directory:people", args=[organisation.pk])
    assert member.memberships.count() == 0
    event = Event.objects.get()
    assert (event.verb, event.entries.get().kind) == ("membership.revoked", "removed")


def test_an_administrator_who_leaves_is_led_to_the_public_page(client: Client) -> None:
    organisation = an_organisation()
    administrator = somebody(Role.ADMINISTRATOR, within=organisation)
    client.force_login(administrator)
    page = reverse("directory:revoke", args=[administrator.memberships.get().pk])
    response = client.post(page, follow=True)
    assert response.redirect_chain[-1] == (
        reverse("directory:detail", args=[organisation.pk]), 302,
    )  # fmt: skip


def test_an_address_without_an_account_is_told(client: Client) -> None:
    organisation = an_organisation()
    client.force_login(somebody(Role.ADMINISTRATOR))
    response = client.post(
        reverse("directory:people", args=[organisation.pk]),
        {"email": "nobody@example.org", "role": "observer"},
    )
    assert response.context["form"].errors == {
        "email": [
            "There is no account with this address. "
            "An administrator of the whole register makes accounts."
        ]
    }


def test_nobody_else_gives_or_takes_roles(client: Client) -> None:
    organisation = an_organisation("Body")
    membership = somebody(Role.OBSERVER, within=organisation).memberships.get()
    others = [
        a_person(),
        a_coordinator(),
        somebody(Role.COORDINATOR, within=organisation),
        somebody(Role.ADMINISTRATOR, within=an_organisation()),
    ]
    for person in others:
        with pytest.raises(PermissionDenied) as refused:
            grant_membership(user=person, organisation=organisation, role="observer", by=person)
        assert str(refused.value) == (
            "Only an administrator of Body, or of the whole register, gives roles in it."
        )
        with pytest.raises(PermissionDenied):
            revoke_membership(membership=membership, by=person)
        client.force_login(person)
        assert client.get(reverse("directory:people", args=[organisation.pk])).status_code == 403
        assert client.post(reverse("directory:revoke", args=[membership.pk])).status_code == 403
    assert Membership.objects.filter(pk=membership.pk).exists()
    assert Event.objects.count() == 0


def test_the_list_asks_as_often_for_one_person_as_for_thirty(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    organisation = an_organisation()
    client.force_login(somebody(Role.ADMINISTRATOR, within=organisation))
    page = reverse("directory:people", args=[organisation.pk])
    with django_assert_num_queries(5):
        client.get(page)
    for _number in range(24):
        somebody(Role.OBSERVER, within=organisation)
    with django_assert_num_queries(5):
        client.get(page)


def test_what_a_person_may_speak_for() -> None:
    authority = an_organisation(seat=a_region("BY-HO"))
    enterprise = an_organisation(kind="enterprise", seat=a_region("BY-VI"))
    person = somebody(Role.OBSERVER, within=authority)
    Membership.objects.create(user=person, organisation=enterprise, role=Role.COORDINATOR)
    assert organisations_of(person) == {authority.pk, enterprise.pk}
    assert writes_for(person) == {enterprise.pk}
    assert authority_seats(person) == {authority.seat_id}
    assert authority_seats(person, WRITING) == set()
    assert str(person.memberships.first()) == f"{person}: observer ({authority})"
