"""All roles of a person in words, whichever rooms they are given in."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from comity.accounts.models import User
from comity.accounts.scopes import Scope, scopes_of


@dataclass(frozen=True, slots=True)
class HeldRole:
    """A role that a person has, and within what."""

    scope: Scope
    role: str
    #: Whether the person gives and ends roles there.
    looks_after_people: bool

    def __str__(self) -> str:
        return _("%(role)s, %(where)s") % {"role": self.role, "where": self.scope}


def roles_of(user: User) -> list[HeldRole]:
    """All roles of a person."""
    return [
        HeldRole(scope, grant.get_role_display(), bool(scope.roles_given_by(user)))
        for scope, grant in scopes_of(user)
    ]
