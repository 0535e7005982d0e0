from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied

from comity.accounts.models import WHOLE_ROLE, WRITING, Role, User
from comity.audit.actions import Installation


@dataclass(frozen=True, slots=True)
class Guest:
    """Somebody without an account who was let in for one thing, known by their e-mail address.

    `may` says for what, in the words of the room that let them in.
    """

    email: str
    may: tuple[str, int, str]

    @property
    def pk(self) -> None:
        return None

    def __str__(self) -> str:
        return self.email


#: Whoever looks at a page or acts: a person, anybody, a guest, or the installation itself.
Reader = User | AnonymousUser | Installation | Guest


def forget(person: object, *names: str) -> None:
    """What is kept with a person, or with a proxy of one, so that it is asked anew."""
    for name in names:
        if hasattr(person, name):
            delattr(person, name)


def whole_role(user: Reader) -> str | None:
    """The person's role in the whole register; asked once in the life of the object.

    The installation itself, which acts when a command runs, may do what an administrator may.
    """
    if isinstance(user, Installation):
        return Role.ADMINISTRATOR
    if not isinstance(user, User) or not user.is_active:
        return None
    if user.is_superuser:
        return Role.ADMINISTRATOR
    if not hasattr(user, WHOLE_ROLE):
        setattr(user, WHOLE_ROLE, user.whole_grants.values_list("role", flat=True).first())
    role: str | None = getattr(user, WHOLE_ROLE)
    return role


def sees_everything(user: Reader) -> bool:
    return whole_role(user) is not None


def coordinates_everything(user: Reader) -> bool:
    return whole_role(user) in WRITING


def administers_everything(user: Reader) -> bool:
    return whole_role(user) == Role.ADMINISTRATOR


def roles_given_as(own: str | None) -> tuple[str, ...]:
    """The roles that somebody with this one gives: administrators all, coordinators all others."""
    if own == Role.ADMINISTRATOR:
        return tuple(Role.values)
    if own == Role.COORDINATOR:
        return tuple(role for role in Role.values if role != Role.ADMINISTRATOR)
    return ()


def must(allowed: bool, sentence: str) -> None:
    """Refuses an act that the person may not do; the sentence says who may."""
    if not allowed:
        raise PermissionDenied(sentence)
