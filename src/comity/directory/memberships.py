"""The roles a person has in organisations; asked once in the life of the object."""

from typing import TYPE_CHECKING

from comity.accounts.models import User
from comity.accounts.rules import Reader, sees_everything

if TYPE_CHECKING:
    from comity.directory.models.membership import Membership

#: Whether a person has any: asked along with the person, see `comity.accounts.backends`.
HAS_MEMBERSHIPS = "_has_memberships"


def memberships_of(user: Reader) -> "list[Membership]":
    """The person's roles in organisations, each with its organisation."""
    if not isinstance(user, User):
        return []
    kept = user.__dict__
    if not kept.get(HAS_MEMBERSHIPS, True):
        return []
    if "_memberships" not in kept:
        kept["_memberships"] = list(user.memberships.select_related("organisation"))
    memberships: list[Membership] = kept["_memberships"]
    return memberships


def forget_memberships(*people: object) -> None:
    """After a role was given or taken, what was asked before no longer counts."""
    for person in people:
        person.__dict__.pop("_memberships", None)
        person.__dict__.pop(HAS_MEMBERSHIPS, None)


def acts_for_somebody(user: Reader) -> bool:
    """Whether the person has a role in the whole register or in any organisation."""
    return sees_everything(user) or bool(memberships_of(user))
