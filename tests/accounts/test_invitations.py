"""Invitations: to people with an account and without; nobody replays, guesses or outlives one."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from comity.accounts.actions import (
    accept_invitation,
    invite,
    opened_invitation,
    send_invitation_again,
    sign_up_by_invitation,
    withdraw_invitation,
)
from comity.accounts.models import Invitation, Role, User
from comity.accounts.scopes import Scope, WholeRegister
from comity.audit.models import Event
from comity.directory.actions import merge_organisations
from comity.directory.models import Organisation
from comity.directory.scopes import WithinOrganisation
from comity.post.models import Mail
from comity.post.sending import send_due
from comity.programmes.scopes import WithinProgramme
from tests.factories import (
    a_coordinator,
    a_person,
    a_programme,
    a_region,
    an_agreement,
    an_organisation,
    somebody,
)

pytestmark = pytest.mark.django_db

NEW = "new@example.org"
PASSWORD = "a long enough secret"


@pytest.fixture
def plant() -> Organisation:
    return an_organisation("Plant")


@pytest.fixture
def keeper(plant: Organisation) -> User:
    return somebody(Role.COORDINATOR, plant)


def invited(
    plant: Organisation, by: User, email: str = NEW, role: str = "reporter"
) -> tuple[Invitation, str]:
    return invite(scope=WithinOrganisation(plant), email=email, role=role, language="be", by=by)


def sign_up(secret: str) -> User:
    return sign_up_by_invitation(secret=secret, name="N. New", password=PASSWORD, language="be")


def test_somebody_without_an_account_makes_one_with_the_role(
    plant: Organisation, keeper: User
) -> None:
    invitation, secret = invited(plant, keeper, " New@Example.org ")
    assert (invitation.email, len(secret), secret in invitation.sha256) == (NEW, 43, False)
    user = sign_up(secret)
    assert (user.email, user.name, user.check_password(PASSWORD)) == (NEW, "N. New", True)
    membership = user.memberships.get()
    assert (membership.organisation, membership.role) == (plant, "reporter")
    address = EmailAddress.objects.get(user=user)
    assert (address.verified, address.primary) == (True, True)
    invitation.refresh_from_db()
    assert (invitation.accepted_by, invitation.ended_at is None) == (user, False)
    verbs = Event.objects.order_by("seq").values_list("verb", "actor_name")
    assert list(verbs) == [
        ("invitation.made", str(keeper)), ("account.created", "N. New"),
        ("invitation.accepted", "N. New"),
    ]  # fmt: skip


def test_somebody_with_an_account_has_the_role_once_they_accept(
    plant: Organisation, keeper: User
) -> None:
    person = a_person()
    _invitation, secret = invited(plant, keeper, person.email.upper())
    assert person.memberships.count() == 0
    with pytest.raises(ValidationError, match="for another address"):
        accept_invitation(secret=secret, by=a_person())
    with pytest.raises(ValidationError, match="sign in to accept"):
        sign_up(secret)
    scope = accept_invitation(secret=secret, by=person)
    assert (str(scope), person.memberships.get().role) == ("Plant", "reporter")


def _used(plant: Organisation, keeper: User, invitation: Invitation, secret: str) -> None:
    sign_up(secret)


def _withdrawn(plant: Organisation, keeper: User, invitation: Invitation, secret: str) -> None:
    withdraw_invitation(invitation=invitation, by=keeper)


def _renewed(plant: Organisation, keeper: User, invitation: Invitation, secret: str) -> None:
    send_invitation_again(invitation=invitation, by=keeper)


def _late(plant: Organisation, keeper: User, invitation: Invitation, secret: str) -> None:
    Invitation.objects.update(expires_at=timezone.now())


def _inviter_left(plant: Organisation, keeper: User, invitation: Invitation, secret: str) -> None:
    keeper.memberships.all().delete()


def _inviter_closed(plant: Organisation, keeper: User, invitation: Invitation, secret: str) -> None:
    User.objects.filter(pk=keeper.pk).update(is_active=False)


@pytest.mark.parametrize(
    "after", [_used, _withdrawn, _renewed, _late, _inviter_left, _inviter_closed]
)
def test_a_link_that_is_over_gives_nothing(
    client: Client, plant: Organisation, keeper: User, after: Callable[..., None]
) -> None:
    invitation, secret = invited(plant, keeper)
    after(plant, keeper, invitation, secret)
    people = User.objects.count()
    assert opened_invitation(secret) is None
    for act in (lambda: sign_up(secret), lambda: accept_invitation(secret=secret, by=a_person())):
        with pytest.raises(ValidationError, match="used already, or its time is over"):
            act()
    page = reverse("accounts:invitation", args=[secret])
    said = {"name": "X", "password1": PASSWORD, "password2": PASSWORD}
    assert [client.get(page).status_code, client.post(page, said).status_code] == [404, 404]
    assert User.objects.count() == people + 1  # the one who tried to accept


def test_it_lasts_fourteen_days_and_a_new_link_lasts_as_long(
    plant: Organisation, keeper: User
) -> None:
    invitation, first = invited(plant, keeper)
    assert invitation.expires_at - invitation.invited_at == timedelta(days=14)
    Invitation.objects.update(expires_at=timezone.now() - timedelta(days=1))
    assert opened_invitation(first) is None
    again, second = send_invitation_again(invitation=invitation, by=keeper)
    assert again.expires_at - again.invited_at == timedelta(days=14)
    assert opened_invitation(second) == again


def test_a_guessed_secret_or_its_hash_opens_nothing(plant: Organisation, keeper: User) -> None:
    invitation, secret = invited(plant, keeper)
    for wrong in ("", "none", secret[:-1], secret + "x", secret.swapcase(), invitation.sha256):
        assert opened_invitation(wrong) is None


@pytest.mark.parametrize("own", Role.values)
def test_nobody_invites_to_more_than_their_own_role(plant: Organisation, own: str) -> None:
    lesser = [role for role in Role.values if role != "administrator"]
    given = {"administrator": list(Role.values), "coordinator": lesser}.get(own, [])
    programme = a_programme(an_agreement(), owner=plant)
    scopes: list[Scope] = [
        WithinOrganisation(plant), WithinProgramme(programme), WholeRegister(),
    ]  # fmt: skip
    for scope in scopes:
        within = {"organisation": plant, "programme": programme}.get(scope.kind)
        by = somebody(own, within)
        for role in Role.values:
            said: dict[str, Any] = {"scope": scope, "role": role, "language": "en", "by": by}
            email = f"{scope.kind}-{role}@example.org"
            if role in given:
                assert invite(**said, email=email)[0].role == role
            else:
                with pytest.raises(PermissionDenied):
                    invite(**said, email=email)


def test_who_manages_one_organisation_manages_no_other(plant: Organisation, keeper: User) -> None:
    other = an_organisation("Works")
    invitation, _secret = invited(other, somebody("coordinator", other))
    for act in (
        lambda: invited(other, keeper, "x@example.org"),
        lambda: withdraw_invitation(invitation=invitation, by=keeper),
        lambda: send_invitation_again(invitation=invitation, by=keeper),
    ):
        with pytest.raises(PermissionDenied):
            act()


def test_where_changes_need_consent_one_side_lets_nobody_speak_for_both() -> None:
    programme = a_programme(an_agreement(), needs_consent=True)
    of_a_side = somebody("administrator", an_organisation(seat=a_region("BY-HO")))
    scope = WithinProgramme(programme)
    assert scope.roles_given_by(of_a_side) == ("observer", "reporter", "verifier", "auditor")
    assert scope.roles_given_by(a_coordinator()) == tuple(Role.values)


def test_odd_addresses_and_those_who_are_there_are_told(plant: Organisation, keeper: User) -> None:
    invited(plant, keeper)
    for email, told in (
        ("no address", "Enter a valid email address."),
        (keeper.email, "Whoever has this address has a role here already."),
        (NEW.upper(), "This address is invited already."),
    ):
        with pytest.raises(ValidationError) as odd:
            invited(plant, keeper, email)
        assert odd.value.messages == [told]


def test_an_invitation_follows_an_organisation_into_a_merger(
    plant: Organisation, keeper: User
) -> None:
    _invitation, secret = invited(plant, keeper)
    kept = an_organisation("Plant, the same")
    merge_organisations(kept=kept, merged=plant, by=a_coordinator(), reason="twice")
    assert sign_up(secret).memberships.get().organisation == kept


def test_an_invitation_does_not_take_a_higher_role_away(plant: Organisation, keeper: User) -> None:
    person = a_person()
    _invitation, secret = invited(plant, keeper, person.email)
    person.memberships.create(organisation=plant, role="administrator")
    with pytest.raises(ValidationError, match="You have a role here already"):
        accept_invitation(secret=secret, by=person)


# --- pages


def link_in(letter: str) -> str:
    found = re.search(r"http://testserver(\S+)", letter)
    assert found is not None
    return found[1]


def test_the_whole_way_from_the_page_to_the_account(plant: Organisation, keeper: User) -> None:
    client = Client()
    client.force_login(keeper)
    people = reverse("accounts:people", args=["organisation", plant.pk])
    sent = client.post(people, {"email": NEW, "role": "verifier", "language": "en"}, follow=True)
    assert f"The invitation to {NEW} is on its way." in sent.content.decode()
    assert Mail.objects.get().private
    send_due()
    (letter,) = mail.outbox
    assert (letter.to, letter.subject) == ([NEW], "Invitation: verifier, Plant")
    guest, link = Client(), link_in(str(letter.body))
    page = guest.get(link)
    assert (page.status_code, page.headers["Cache-Control"]) == (
        200, "max-age=0, no-cache, no-store, must-revalidate, private",
    )  # fmt: skip
    wrong = guest.post(link, {"name": "N. New", "password1": PASSWORD, "password2": "other"})
    assert wrong.context["form"].errors == {"password2": ["The two passwords are not the same."]}
    answer = guest.post(
        link, {"name": "N. New", "password1": PASSWORD, "password2": PASSWORD}, follow=True
    )
    assert "You have a role now: Plant." in answer.content.decode()
    user = User.objects.get(email=NEW)
    assert (answer.context["user"], user.memberships.get().role) == (user, "verifier")
    assert Client().get(link).status_code == 404


def test_whoever_has_an_account_signs_in_first(plant: Organisation, keeper: User) -> None:
    person, client = a_person(), Client()
    _invitation, secret = invited(plant, keeper, person.email)
    link = reverse("accounts:invitation", args=[secret])
    assert f"{reverse('account_login')}?next={link}" in client.get(link).content.decode()
    client.force_login(keeper)
    assert f"signed in as {keeper.email}" in client.get(link).content.decode()
    other = client.post(link, follow=True)
    assert "This invitation is for another address." in other.content.decode()
    client.force_login(person)
    assert "Accept the invitation" in client.get(link).content.decode()
    assert client.post(link).headers["Location"] == reverse("work")
    assert person.memberships.get().role == "reporter"


def test_open_invitations_are_sent_again_and_withdrawn(plant: Organisation, keeper: User) -> None:
    client = Client()
    client.force_login(keeper)
    invitation, first = invited(plant, keeper)
    people = reverse("accounts:people", args=["organisation", plant.pk])
    assert NEW in client.get(people).content.decode()
    assert client.post(reverse("accounts:invite_again", args=[invitation.pk])).url == people
    send_due()
    second = link_in(str(mail.outbox[-1].body)).rstrip("/").rsplit("/", 1)[-1]
    assert (opened_invitation(first), opened_invitation(second)) == (None, invitation)
    gone = reverse("accounts:withdraw_invitation", args=[invitation.pk])
    assert client.post(gone).url == people
    assert "accepted or withdrawn already" in client.post(gone, follow=True).content.decode()
    assert opened_invitation(second) is None
    assert NEW not in client.get(people).content.decode()
