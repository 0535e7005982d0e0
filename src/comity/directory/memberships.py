"""The roles a person has in organisations; asked once in the life of the object."""

from typing import TYPE_CHECKING

from comity.accounts.models import User
from comity.accounts.rules import Reader, forget, sees_everything

if TYPE_CHECKING:
    from comity.directory.models.membership import Membership

#: Whether a person has any: asked along with the person, see `comity.accounts.backends`.
HAS_MEMBERSHIPS = "_has_memberships"
_KEPT = "_memberships"


def memberships_of(user: Reader) -> "list[Membership]":
    """The person's roles in organisations, each with its organisation."""
    if not isinstance(user, User):
        return []
    # by name, as the person of a request is only reached through a proxy
    if not getattr(user, HAS_MEMBERSHIPS, True):
        return []
    if not hasattr(user, _KEPT):
        setattr(user, _KEPT, list(user.memberships.select_related("organisation")))
    memberships: list[Membership] = getattr(user, _KEPT)
    return memberships


def forget_memberships(*people: object) -> None:
    """After a role was given or taken, what was asked before no longer counts."""
    for person in people:
        forget(person, _KEPT, HAS_MEMBERSHIPS)


def acts_for_somebody(user: Reader) -> bool:
    """Whether the person has a role in the whole register or in any organisation."""
    return sees_everything(user) or bool(memberships_of(user))
