from comity.accounts.models import WRITING, User
from comity.accounts.rules import Reader, coordinates_everything, sees_everything
from comity.directory.models import Membership, Organisation, OrganisationKind


def memberships_of(user: Reader) -> list[Membership]:
    """The person's roles in organisations, each with its organisation; asked once."""
    if not isinstance(user, User):
        return []
    kept = user.__dict__
    if "_memberships" not in kept:
        kept["_memberships"] = list(user.memberships.select_related("organisation"))
    memberships: list[Membership] = kept["_memberships"]
    return memberships


def organisations_of(user: Reader) -> set[int]:
    """Ids of the organisations that the person belongs to, in any role."""
    return {membership.organisation_id for membership in memberships_of(user)}


def writes_for(user: Reader) -> set[int]:
    """Ids of the organisations for which the person may write."""
    return {m.organisation_id for m in memberships_of(user) if m.role in WRITING}


def authority_seats(user: Reader, *, writing: bool = False) -> set[int]:
    """Ids of the territories whose authorities the person belongs to (or writes for)."""
    return {
        m.organisation.seat_id
        for m in memberships_of(user)
        if m.organisation.kind == OrganisationKind.AUTHORITY and (not writing or m.role in WRITING)
    }


def can_add_organisations(user: Reader) -> bool:
    """Coordinators: of the whole, or of any organisation, as they meet new partners."""
    return coordinates_everything(user) or bool(writes_for(user))


def can_change_organisation(user: Reader, organisation: Organisation) -> bool:
    return coordinates_everything(user) or organisation.pk in writes_for(user)


def can_merge_organisations(user: Reader) -> bool:
    return coordinates_everything(user)


def can_see_contacts(user: Reader) -> bool:
    """Contacts are for those who act for a party: a role somewhere, not the public."""
    return isinstance(user, User) and (sees_everything(user) or bool(memberships_of(user)))
