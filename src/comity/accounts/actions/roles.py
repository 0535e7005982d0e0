from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from comity.accounts.models import Role, User
from comity.accounts.rules import Reader, must
from comity.accounts.scopes import Scope
from comity.audit.actions import Trail


@transaction.atomic
def give_role(*, scope: Scope, user: User, role: str, by: Reader, verb: str) -> None:
    """Gives a role within a scope, in place of the one held before; nobody gives more than theirs.

    `verb` is what the room of the scope calls it in the history.
    """
    held = scope.grants().filter(user=user).values_list("role", flat=True).first()
    must_give(by, scope, role, *([held] if held else []))
    trail = Trail(verb, by)
    scope.give(user, role, trail)
    trail.record()


@transaction.atomic
def change_role(*, scope: Scope, person: User, role: str, by: Reader) -> None:
    """Another role for somebody who has one in the scope."""
    if role not in Role.values:
        raise ValidationError(_("There is no such role."))
    if not scope.grants().filter(user=person).exists():
        raise ValidationError(_("%s has no role here any more.") % person)
    give_role(scope=scope, user=person, role=role, by=by, verb="role.changed")


def must_give(by: Reader, scope: Scope, *roles: str) -> None:
    """Refuses a person who may not give, change or end all of these roles within the scope."""
    given = scope.roles_given_by(by)
    must(
        bool(given) and all(role in given for role in roles),
        _("Only administrators of %(where)s give this role in it; coordinators give lesser ones.")
        % {"where": scope},
    )


def held_grant(scope: Scope, person: User) -> Any:
    """The record of a person's role within a scope, locked; raises ValidationError without one."""
    grant = scope.grants().select_for_update(of=("self",)).filter(user=person).first()
    if grant is None:
        raise ValidationError(_("%s has no role here any more.") % person)
    return grant
