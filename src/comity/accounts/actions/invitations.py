"""Invitations by e-mail: to people with an account and without one."""

from datetime import timedelta

from allauth.account.models import EmailAddress
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from comity.accounts.actions.accounts import refuse_odd
from comity.accounts.actions.roles import must_give
from comity.accounts.models import Invitation, User
from comity.accounts.rules import Reader
from comity.accounts.scopes import Scope, scope_of
from comity.audit.actions import Installation, Trail, snapshot
from comity.lib import wording
from comity.lib.secrets import a_secret, hashed
from comity.post.actions import post

#: For so long an invitation may be accepted.
VALID = timedelta(days=14)


@transaction.atomic
def invite(
    *, scope: Scope, email: str, role: str, language: str, by: Reader
) -> tuple[Invitation, str]:
    """Invites an address to a role within a scope; gives the invitation and its secret.

    Raises PermissionDenied for a role that the person may not give, ValidationError for an odd
    address, or one that has a role there or was invited already.
    """
    must_give(by, scope, role)
    email = _sound(email)
    if scope.grants().filter(user__email__iexact=email).exists():
        raise ValidationError({"email": _("Whoever has this address has a role here already.")})
    open_ = Invitation.objects.filter(
        email=email, scope=scope.kind, number=scope.number, ended_at=None
    )
    if open_.exists():
        raise ValidationError({"email": _("This address is invited already.")})
    secret, now = a_secret(), timezone.now()
    invitation = Invitation.objects.create(
        email=email,
        scope=scope.kind,
        number=scope.number,
        role=role,
        language=language,
        sha256=hashed(secret),
        invited_by=by if isinstance(by, User) else None,
        invited_by_name=str(by),
        invited_at=now,
        expires_at=now + VALID,
    )
    trail = Trail("invitation.made", by)
    trail.created(invitation)
    trail.record()
    return invitation, secret


@transaction.atomic
def send_invitation_again(*, invitation: Invitation, by: Reader) -> tuple[Invitation, str]:
    """A new link for an invitation that nobody accepted yet; the one sent before works no more."""
    invitation = _standing(invitation)
    must_give(by, _scope_of(invitation), invitation.role)
    before, secret, now = snapshot(invitation), a_secret(), timezone.now()
    invitation.sha256, invitation.invited_at = hashed(secret), now
    invitation.expires_at = now + VALID
    invitation.invited_by = by if isinstance(by, User) else None
    invitation.invited_by_name = str(by)
    invitation.save()
    trail = Trail("invitation.sent_again", by)
    trail.changed(invitation, before)
    trail.record()
    return invitation, secret


@transaction.atomic
def withdraw_invitation(*, invitation: Invitation, by: Reader) -> None:
    """Ends an invitation that nobody accepted yet."""
    invitation = _standing(invitation)
    must_give(by, _scope_of(invitation), invitation.role)
    _end(invitation, Trail("invitation.withdrawn", by))


def send_invitation(*, invitation: Invitation, address: str) -> None:
    """Puts the letter with the link into the post, in the language of the invitation."""
    scope = _scope_of(invitation)
    with translation.override(invitation.language):
        told = {
            "by": invitation.invited_by_name,
            "role": invitation.get_role_display(),
            "where": scope,
            "until": wording.day(timezone.localdate(invitation.expires_at)),
            "address": address,
        }
        text = _(
            "%(by)s invites you to take part in Comity, the register of cooperation between "
            "regions, as: %(role)s, %(where)s.\n\nOpen this address to accept:\n\n%(address)s\n\n"
            "It works once and until %(until)s. Do not pass it on. If you did not expect this "
            "letter, leave it unanswered."
        )
        subject = _("Invitation: %(role)s, %(where)s") % told
    post(
        key=f"invitation:{invitation.pk}:{invitation.sha256[:16]}",
        to=invitation.email,
        subject=subject,
        body=text % told,
        language=invitation.language,
        kind="invitation",
        private=True,
    )


def opened_invitation(secret: str) -> Invitation | None:
    """The invitation with this secret, if it may still be accepted.

    Not if whoever invited may not give the role any more.
    """
    found = Invitation.objects.filter(sha256=hashed(secret)).select_related("invited_by")
    invitation = found.first()
    return invitation if invitation is not None and _still_stands(invitation) else None


@transaction.atomic
def sign_up_by_invitation(*, secret: str, name: str, password: str, language: str) -> User:
    """An account for whoever was invited, with the role; the address counts as confirmed.

    Raises ValidationError if the invitation is over or the address has an account already,
    `AccountRefused` for a password that is guessed easily.
    """
    invitation = _claimed(secret)
    if User.objects.filter(email__iexact=invitation.email).exists():
        raise ValidationError(_("There is an account with this address: sign in to accept."))
    refuse_odd(invitation.email, password)
    user = User.objects.create_user(
        email=invitation.email, name=name, password=password, language=language
    )
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    trail = Trail("account.created", user)
    trail.created(user)
    trail.record()
    _accept(invitation, user)
    return user


@transaction.atomic
def accept_invitation(*, secret: str, by: User) -> Scope:
    """The role for a person with an account whose address was invited."""
    invitation = _claimed(secret)
    if by.email.lower() != invitation.email:
        raise ValidationError(_("This invitation is for another address."))
    return _accept(invitation, by)


def _accept(invitation: Invitation, user: User) -> Scope:
    scope = _scope_of(invitation)
    held = scope.grants().filter(user=user).values_list("role", flat=True).first()
    if held is not None and held not in scope.roles_given_by(_inviter(invitation)):
        raise ValidationError(_("You have a role here already."))
    trail = Trail("invitation.accepted", user)
    scope.give(user, invitation.role, trail)
    invitation.accepted_by = user
    _end(invitation, trail)
    return scope


def _claimed(secret: str) -> Invitation:
    """The invitation with this secret for the time of an act, if it may still be accepted."""
    invitation = Invitation.objects.select_for_update().filter(sha256=hashed(secret)).first()
    if invitation is None or not _still_stands(invitation):
        raise ValidationError(_("This invitation was used already, or its time is over."))
    return invitation


def _still_stands(invitation: Invitation) -> bool:
    scope = scope_of(invitation.scope, invitation.number)
    return (
        scope is not None
        and invitation.is_open_at(timezone.now())
        and invitation.role in scope.roles_given_by(_inviter(invitation))
    )


def _inviter(invitation: Invitation) -> Reader:
    """On whose authority it rests: the installation's, where no person invited."""
    inviter = invitation.invited_by
    if inviter is None:
        return Installation()
    return inviter if inviter.is_active else AnonymousUser()


def _standing(invitation: Invitation) -> Invitation:
    invitation = Invitation.objects.select_for_update().get(pk=invitation.pk)
    if invitation.ended_at is not None:
        raise ValidationError(_("This invitation was accepted or withdrawn already."))
    return invitation


def _scope_of(invitation: Invitation) -> Scope:
    scope = scope_of(invitation.scope, invitation.number)
    if scope is None:
        raise ValidationError(_("What this invitation was for is not there any more."))
    return scope


def _end(invitation: Invitation, trail: Trail) -> None:
    before = snapshot(Invitation.objects.get(pk=invitation.pk))
    invitation.ended_at = timezone.now()
    invitation.save(update_fields=["ended_at", "accepted_by"])
    trail.changed(invitation, before)
    trail.record()


def _sound(email: str) -> str:
    try:
        validate_email(email.strip())
    except ValidationError as odd:
        raise ValidationError({"email": odd.messages}) from odd
    return email.strip().lower()
