import pytest
from django.core.exceptions import PermissionDenied

from comity.accounts.models import WRITING, Role
from comity.audit.models import Event
from comity.directory.actions import grant_membership
from comity.directory.memberships import memberships_of
from comity.directory.models import Membership
from comity.directory.rules import authority_seats, organisations_of, roles_given_in, writes_for
from tests.factories import a_coordinator, a_person, a_region, an_organisation, somebody

pytestmark = pytest.mark.django_db

#: What coordinators give.
LESSER = ("observer", "reporter", "verifier", "coordinator", "auditor")


def test_a_role_takes_the_place_of_the_one_before() -> None:
    organisation, person = an_organisation(), a_person()
    administrator = somebody(Role.ADMINISTRATOR)
    assert memberships_of(person) == []
    for role in (Role.OBSERVER, Role.COORDINATOR):
        grant_membership(user=person, organisation=organisation, role=role, by=administrator)
    assert writes_for(person) == {organisation.pk}
    assert Event.objects.last().entries.get().changes == {"role": ["observer", "coordinator"]}


@pytest.mark.parametrize(
    ("who", "given"),
    [
        ("a person", ()),
        ("an administrator elsewhere", ()),
        ("its verifier", ()),
        ("its coordinator", LESSER),
        ("a coordinator of the whole", LESSER),
        ("its administrator", tuple(Role.values)),
        ("an administrator of the whole", tuple(Role.values)),
    ],
)
def test_who_gives_which_roles(who: str, given: tuple[str, ...]) -> None:
    organisation = an_organisation("Body")
    person = {
        "a person": a_person,
        "an administrator elsewhere": lambda: somebody("administrator", an_organisation()),
        "its verifier": lambda: somebody("verifier", organisation),
        "its coordinator": lambda: somebody("coordinator", organisation),
        "a coordinator of the whole": a_coordinator,
        "its administrator": lambda: somebody("administrator", organisation),
        "an administrator of the whole": lambda: somebody("administrator"),
    }[who]()
    assert roles_given_in(person, organisation) == given
    for role in Role.values:
        said = {"user": a_person(), "organisation": organisation, "role": role, "by": person}
        if role in given:
            assert grant_membership(**said).role == role
        else:
            with pytest.raises(PermissionDenied, match="Only administrators of Body"):
                grant_membership(**said)
    if given == LESSER:
        held = {"user": somebody("administrator", organisation), "organisation": organisation}
        with pytest.raises(PermissionDenied):
            grant_membership(**held, role="observer", by=person)


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
