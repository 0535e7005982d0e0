from collections.abc import Collection, Iterable

from django.utils.translation import gettext as _

from comity.accounts.models import WRITING, Role
from comity.accounts.rules import (
    Reader,
    coordinates_everything,
    must,
    roles_given_as,
    whole_role,
)
from comity.directory.memberships import acts_for_somebody, memberships_of
from comity.directory.models import Organisation, OrganisationKind

__all__ = [
    "acting_as",
    "authority_seats",
    "can_add_organisations",
    "can_change_organisation",
    "can_grant_roles",
    "can_merge_organisations",
    "can_reclassify_organisations",
    "can_see_contacts",
    "gives_roles_in_any",
    "memberships_of",
    "must_add_organisations",
    "must_change_organisation",
    "must_merge_organisations",
    "must_reclassify_organisations",
    "organisations_of",
    "roles_given_in",
    "writes_for",
]


def organisations_of(user: Reader) -> set[int]:
    """Ids of the organisations that the person belongs to, in any role."""
    return {membership.organisation_id for membership in memberships_of(user)}


def writes_for(user: Reader) -> set[int]:
    """Ids of the organisations for which the person may write."""
    return acting_as(user, WRITING)


def acting_as(user: Reader, roles: Collection[Role]) -> set[int]:
    """Ids of the organisations in which the person has one of the roles."""
    return {m.organisation_id for m in memberships_of(user) if m.role in roles}


def authority_seats(user: Reader, roles: Collection[Role] = tuple(Role)) -> set[int]:
    """Ids of the territories in whose authorities the person has one of the roles."""
    return {
        m.organisation.seat_id
        for m in memberships_of(user)
        if m.organisation.kind == OrganisationKind.AUTHORITY and m.role in roles
    }


def can_add_organisations(user: Reader) -> bool:
    """Coordinators: of the whole, or of any organisation, as they meet new partners."""
    return coordinates_everything(user) or bool(writes_for(user))


def can_change_organisation(user: Reader, organisation: Organisation) -> bool:
    return coordinates_everything(user) or organisation.pk in writes_for(user)


def can_reclassify_organisations(user: Reader) -> bool:
    """Kind and seat decide whom the people of an authority speak for; not theirs to change."""
    return coordinates_everything(user)


def can_merge_organisations(user: Reader) -> bool:
    return coordinates_everything(user)


def can_see_contacts(user: Reader) -> bool:
    """Contacts are for those who act for a party: a role somewhere, not the public."""
    return acts_for_somebody(user)


def roles_given_in(user: Reader, organisation: Organisation) -> tuple[str, ...]:
    """All by administrators, lesser ones by coordinators: of the whole, or of itself."""
    own = [m.role for m in memberships_of(user) if m.organisation_id == organisation.pk]
    given = map(roles_given_as, [whole_role(user), *own])
    return max(given, key=len)


def can_grant_roles(user: Reader, organisation: Organisation) -> bool:
    return bool(roles_given_in(user, organisation))


def gives_roles_in_any(user: Reader, organisations: Iterable[int]) -> set[int]:
    """Those of some organisations, by their ids, in which the person gives roles."""
    wanted = set(organisations)
    return wanted if coordinates_everything(user) else wanted & writes_for(user)


def must_add_organisations(user: Reader) -> None:
    must(can_add_organisations(user), _("Only coordinators add organisations to the register."))


def must_change_organisation(user: Reader, organisation: Organisation) -> None:
    must(
        can_change_organisation(user, organisation),
        _("Only a coordinator of %s, or of the whole register, changes what stands about it.")
        % organisation,
    )


def must_reclassify_organisations(user: Reader) -> None:
    must(
        can_reclassify_organisations(user),
        _("Only a coordinator of the whole register changes the kind or the seat."),
    )


def must_merge_organisations(user: Reader) -> None:
    must(
        can_merge_organisations(user),
        _("Only a coordinator of the whole register merges organisations."),
    )
