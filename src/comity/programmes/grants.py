"""The programmes in which a person was given a role; asked once in the life of the object."""

from collections.abc import Collection

from comity.accounts.models import WRITING, Role, User
from comity.accounts.rules import Reader

#: Whether a person has any: asked along with the person, see `comity.accounts.backends`.
HAS_GRANTS = "_has_programme_grants"


def granted_programmes(user: Reader, *, writing: bool = False) -> set[int]:
    """Ids of the programmes in which the person has a role (or a writing one)."""
    return _granted(user, WRITING if writing else tuple(Role))


def administered_programmes(user: Reader) -> set[int]:
    return _granted(user, (Role.ADMINISTRATOR,))


def programmes_granted_as(user: Reader, roles: Collection[Role]) -> set[int]:
    """Ids of the programmes in which the person has one of the roles."""
    return _granted(user, roles)


def _granted(user: Reader, roles: Collection[Role]) -> set[int]:
    if not isinstance(user, User):
        return set()
    kept = user.__dict__
    if not kept.get(HAS_GRANTS, True):
        return set()
    if "_programme_grants" not in kept:
        kept["_programme_grants"] = list(user.programme_grants.values_list("programme", "role"))
    grants: list[tuple[int, str]] = kept["_programme_grants"]
    return {programme for programme, role in grants if role in roles}


def forget_grants(user: User) -> None:
    """After a grant was given or taken: the next question asks the database again."""
    user.__dict__.pop("_programme_grants", None)
    user.__dict__.pop(HAS_GRANTS, None)
