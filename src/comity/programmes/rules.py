from collections.abc import Collection

from django.contrib.auth.models import AnonymousUser

from comity.accounts.models import WRITING, Role
from comity.accounts.rules import Reader, coordinates_everything
from comity.directory.memberships import memberships_of
from comity.directory.models import OrganisationKind
from comity.directory.rules import writes_for
from comity.programmes.grants import administered_programmes, granted_programmes
from comity.programmes.models import Programme


def can_add_programme(by: Reader) -> bool:
    """Coordinators of the whole, or of any organisation."""
    return coordinates_everything(by) or bool(writes_for(by))


def can_keep_programme_of(by: Reader, *, owner: int | None, sides: Collection[int]) -> bool:
    """Whether the person writes for the whole, the owner, or an authority seated in a side."""
    if coordinates_everything(by):
        return True
    return _acts_for(by, owner, sides, WRITING)


def can_change_programme(by: Reader, programme: Programme) -> bool:
    """Coordinators of the whole, of the programme, of its owner, or of a side's authority."""
    if coordinates_everything(by):
        return True
    if programme.pk in granted_programmes(by, writing=True):
        return True
    return bool(memberships_of(by)) and _acts_for(
        by, programme.owner_id, side_ids(programme), WRITING
    )


def can_give_roles_in(by: Reader, programme: Programme) -> bool:
    """Coordinators of the whole; administrators of the programme, its owner or a side."""
    if coordinates_everything(by):
        return True
    if programme.pk in administered_programmes(by):
        return True
    return bool(memberships_of(by)) and _acts_for(
        by, programme.owner_id, side_ids(programme), (Role.ADMINISTRATOR,)
    )


def has_a_part(by: Reader, programme: Programme) -> bool:
    """A role in it, or in a party to it; those of the whole have a part in all."""
    if isinstance(by, AnonymousUser):
        return False
    return Programme.objects.belonging_to(by).filter(pk=programme.pk).exists()


def side_ids(programme: Programme) -> list[int]:
    return [side.territory_id for side in programme.sides.all()]


def _acts_for(
    by: Reader, owner: int | None, sides: Collection[int], roles: Collection[str]
) -> bool:
    return any(
        membership.organisation_id == owner
        or (
            membership.organisation.kind == OrganisationKind.AUTHORITY
            and membership.organisation.seat_id in sides
        )
        for membership in memberships_of(by)
        if membership.role in roles
    )
