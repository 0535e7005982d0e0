"""The programmes in which a person was given a role; asked once in the life of the object."""

from collections.abc import Collection

from comity.accounts.models import WRITING, Role, User
from comity.accounts.rules import Reader, forget

#: Rows of a programme and a role: asked along with the person, see `comity.accounts.backends`.
GRANTS = "_programme_grants"


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
    # by name, as the person of a request is only reached through a proxy
    if not hasattr(user, GRANTS):
        setattr(user, GRANTS, list(user.programme_grants.values_list("programme", "role")))
    grants: list[tuple[int, str]] = getattr(user, GRANTS) or []
    return {programme for programme, role in grants if role in roles}


def forget_grants(user: User) -> None:
    """After a grant was given or taken: the next question asks the database again."""
    forget(user, GRANTS)
