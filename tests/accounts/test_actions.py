import pytest
from django.core.exceptions import PermissionDenied

from comity.accounts.actions import (
    AccountRefused,
    choose_language,
    create_account,
    grant_whole_role,
)
from comity.accounts.models import Role, User, WholeGrant
from comity.accounts.roles import roles_of
from comity.accounts.rules import administers_everything, coordinates_everything, sees_everything
from comity.audit.actions import Installation
from comity.audit.models import Event
from tests.factories import a_coordinator, a_person, somebody

pytestmark = pytest.mark.django_db


def make(by: object, email: str = "New@Example.org") -> User:
    return create_account(email=email, name="N. New", password="pass", language="be", by=by)  # type: ignore[arg-type]


def test_an_administrator_makes_an_account() -> None:
    administrator = somebody(Role.ADMINISTRATOR)
    user = make(administrator)
    assert (user.email, user.name, user.language) == ("new@example.org", "N. New", "be")
    assert user.check_password("pass")
    event = Event.objects.get()
    assert (event.verb, event.actor_id) == ("account.created", administrator.pk)
    assert "password" not in event.entries.get().changes


def test_the_installation_makes_an_account() -> None:
    assert str(make(Installation())) == "N. New"
    assert Event.objects.get().actor_name == "comity"


def test_nobody_else_makes_an_account() -> None:
    with pytest.raises(PermissionDenied, match="Only an administrator"):
        make(a_coordinator())
    assert (User.objects.filter(email="new@example.org").count(), Event.objects.count()) == (0, 0)


def test_an_address_has_one_account() -> None:
    make(Installation())
    with pytest.raises(AccountRefused, match="address NEW@example\\.org already"):
        make(Installation(), "NEW@example.org")


def test_an_account_needs_an_address() -> None:
    with pytest.raises(ValueError, match="needs an e-mail address"):
        User.objects.create_user(email="")


def test_a_superuser_administers_everything() -> None:
    user = User.objects.create_superuser(email="root@example.org", password="pass")
    assert (user.is_staff, administers_everything(user)) == (True, True)
    assert User.objects.get_by_natural_key("ROOT@example.org") == user


def test_a_role_in_the_whole_takes_the_place_of_the_one_before() -> None:
    administrator, person = somebody(Role.ADMINISTRATOR), a_person()
    assert not sees_everything(person)
    grant_whole_role(user=person, role=Role.OBSERVER, by=administrator)
    assert (sees_everything(person), coordinates_everything(person)) == (True, False)
    grant_whole_role(user=person, role=Role.COORDINATOR, by=administrator)
    assert coordinates_everything(person)
    assert WholeGrant.objects.get(user=person).role == Role.COORDINATOR
    changes = [e.entries.get().changes.get("role") for e in Event.objects.all()]
    assert changes == [[None, "observer"], ["observer", "coordinator"]]


def test_nobody_gives_more_than_their_own_role() -> None:
    with pytest.raises(PermissionDenied, match="Only administrators of the whole register"):
        grant_whole_role(user=a_person(), role=Role.ADMINISTRATOR, by=a_coordinator())
    with pytest.raises(PermissionDenied):
        grant_whole_role(user=a_person(), role=Role.OBSERVER, by=somebody(Role.VERIFIER))
    with pytest.raises(PermissionDenied):
        grant_whole_role(user=somebody(Role.ADMINISTRATOR), role="observer", by=a_coordinator())
    assert grant_whole_role(user=a_person(), role="auditor", by=a_coordinator()).role == "auditor"


def test_whoever_may_not_sign_in_has_no_role() -> None:
    person = somebody(Role.ADMINISTRATOR)
    person.is_active = False
    assert not sees_everything(person)


def test_a_chosen_language_is_kept_and_audited() -> None:
    person = a_person()
    choose_language(user=person, language="ru")
    assert User.objects.get(pk=person.pk).language == "ru"
    assert Event.objects.get().entries.get().changes == {"language": ["en", "ru"]}


def test_roles_are_told_in_words() -> None:
    assert [str(held) for held in roles_of(a_coordinator())] == ["coordinator, the whole register"]
    assert roles_of(a_person()) == []
