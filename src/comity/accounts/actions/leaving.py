"""Leaving or moving: roles end, and the open work passes on to somebody else, in one step."""

from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from comity.accounts.actions.roles import held_grant, must_give
from comity.accounts.belongings import Belonging, Duty, alone_with, open_work
from comity.accounts.models import User
from comity.accounts.rules import Reader, administers_everything, must
from comity.accounts.scopes import Scope, scopes_of
from comity.audit.actions import Trail, snapshot


def successors(scope: Scope, person: User, work: Sequence[Belonging]) -> list[User]:
    """Who within the scope may take the work over: those whose roles allow all of it.

    Nobody where there is none: they would get nothing.
    """
    if not work:
        return []
    grants = scope.grants().filter(user__is_active=True).exclude(user=person)
    fitting = [g for g in grants if all(g.role in one.needs for one in work)]
    return sorted((grant.user for grant in fitting), key=str)


def unanswered(work: Sequence[Belonging], alone: Sequence[Duty]) -> list[Belonging | Duty]:
    """What nobody answers for once the work passes on to nobody, and nobody is left for duties."""
    return [*(one for one in work if one.is_owed), *alone]


@transaction.atomic
def hand_over(
    *,
    scope: Scope,
    person: User,
    to: User | None,
    by: Reader,
    reason: str = "",
    stays_open: bool = False,
) -> list[Belonging]:
    """Ends a person's role within a scope and gives their open work there to somebody else.

    By themselves, or by whoever may end the role. `to` may be nobody only where there is nothing
    to give, or nobody who could take it: then it stays where it is, for whoever comes after. What
    would be left unanswered has to be said so, by `stays_open`.
    Raises PermissionDenied, or ValidationError if `to` cannot take the work over.
    """
    grant = held_grant(scope, person)
    if by.pk is None or by.pk != person.pk:
        must_give(by, scope, grant.role)
    work = open_work(person, scope)
    fitting = successors(scope, person, work)
    if to is None and work and fitting:
        raise ValidationError({"to": _("Say who takes the open work over.")})
    if to is not None and to not in fitting:
        raise ValidationError({"to": _("%s cannot take this work over.") % to})
    _must_be_said(stays_open, work if to is None else [], alone_with(person, scope, by))
    trail = Trail("role.handed_over", by, reason.strip())
    _give(work, to, trail)
    scope.end(grant, trail)
    trail.record()
    return work


@transaction.atomic
def deactivate_account(
    *, person: User, to: User | None, by: Reader, reason: str, stays_open: bool = False
) -> None:
    """Ends all roles of a person, who may not sign in any more; their open work passes on.

    What would be left unanswered has to be said so, by `stays_open`.
    """
    must(
        administers_everything(by),
        _("Only an administrator of the whole register manages accounts and roles."),
    )
    person = User.objects.select_for_update().get(pk=person.pk)
    if by.pk is not None and by.pk == person.pk:
        raise ValidationError(_("Another administrator has to do that for you."))
    if not person.is_active:
        raise ValidationError(_("The account is closed already."))
    if not reason.strip():
        raise ValidationError({"reason": _("Say why the account is closed.")})
    if to is not None and (not to.is_active or to.pk == person.pk):
        raise ValidationError({"to": _("%s cannot take this work over.") % to})
    work = open_work(person, None)
    _must_be_said(stays_open, work if to is None else [], alone_anywhere(person, by))
    trail = Trail("account.closed", by, reason.strip())
    _give(work, to, trail)
    for scope, grant in list(scopes_of(person)):
        scope.end(grant, trail)
    before = snapshot(person)
    person.is_active = False
    person.save(update_fields=["is_active"])
    trail.changed(person, before)
    trail.record()


def alone_anywhere(person: User, reader: Reader) -> list[Duty]:
    """What places have to do and nobody of them could once the person has no role; see there."""
    scopes = [scope for scope, _grant in scopes_of(person)]
    return [duty for scope in scopes for duty in alone_with(person, scope, reader)]


def _must_be_said(stays_open: bool, work: Sequence[Belonging], alone: Sequence[Duty]) -> None:
    if unanswered(work, alone) and not stays_open:
        sentence = _(
            "Nobody is left to answer for what stands above. Say so, or have it taken over."
        )
        raise ValidationError({"stays_open": sentence})


def _give(work: Sequence[Belonging], to: User | None, trail: Trail) -> None:
    for one in work:
        if to is not None:
            one.give(to, trail)
