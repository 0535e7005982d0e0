"""The programmes in which a person was given a role; asked once in the life of the object."""

from comity.accounts.models import WRITING, User
from comity.accounts.rules import Reader


def granted_programmes(user: Reader, *, writing: bool = False) -> set[int]:
    """Ids of the programmes in which the person has a role (or a writing one)."""
    if not isinstance(user, User):
        return set()
    kept = user.__dict__
    if "_programme_grants" not in kept:
        kept["_programme_grants"] = list(user.programme_grants.values_list("programme", "role"))
    grants: list[tuple[int, str]] = kept["_programme_grants"]
    return {programme for programme, role in grants if not writing or role in WRITING}
