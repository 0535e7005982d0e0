from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied

from comity.accounts.models import WRITING, Role, User

#: Whoever looks at a page.
Reader = User | AnonymousUser


def whole_role(user: Reader) -> str | None:
    """The person's role in the whole register; asked once in the life of the object."""
    if not isinstance(user, User) or not user.is_active:
        return None
    if user.is_superuser:
        return Role.ADMINISTRATOR
    kept = user.__dict__
    if "_whole_role" not in kept:
        kept["_whole_role"] = user.whole_grants.values_list("role", flat=True).first()
    role: str | None = kept["_whole_role"]
    return role


def sees_everything(user: Reader) -> bool:
    return whole_role(user) is not None


def coordinates_everything(user: Reader) -> bool:
    return whole_role(user) in WRITING


def administers_everything(user: Reader) -> bool:
    return whole_role(user) == Role.ADMINISTRATOR


def must(allowed: bool, sentence: str) -> None:
    """Refuses an act that the person may not do; the sentence says who may."""
    if not allowed:
        raise PermissionDenied(sentence)
