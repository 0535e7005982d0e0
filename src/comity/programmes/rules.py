from collections.abc import Collection

from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext as _

from comity.accounts.models import WRITING, Role
from comity.accounts.rules import Reader, coordinates_everything, must, roles_given_as
from comity.directory.memberships import memberships_of
from comity.directory.models import OrganisationKind
from comity.directory.rules import authority_seats, writes_for
from comity.programmes.grants import administered_programmes, granted_programmes
from comity.programmes.models import Measure, MeasureAmendment, Programme


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


def roles_given_in(by: Reader, programme: Programme) -> tuple[str, ...]:
    """All by coordinators of the whole and administrators of the programme, its owner or a side.

    Lesser ones by coordinators of the programme. Whoever writes within a programme speaks for each
    of its sides, so where changes need consent, one side alone lets nobody do that.
    """
    given: tuple[str, ...] = ()
    if coordinates_everything(by) or _administers(by, programme):
        given = roles_given_as(Role.ADMINISTRATOR)
    elif programme.pk in granted_programmes(by, writing=True):
        given = roles_given_as(Role.COORDINATOR)
    if programme.needs_consent and not speaks_for_all(by, programme):
        return tuple(role for role in given if role not in WRITING)
    return given


def can_give_roles_in(by: Reader, programme: Programme) -> bool:
    return bool(roles_given_in(by, programme))


def _administers(by: Reader, programme: Programme) -> bool:
    if programme.pk in administered_programmes(by):
        return True
    return bool(memberships_of(by)) and _acts_for(
        by, programme.owner_id, side_ids(programme), (Role.ADMINISTRATOR,)
    )


def sides_spoken_for(by: Reader, programme: Programme) -> tuple[str, ...]:
    """The countries among its sides for which the person may propose and consent.

    Those in which an authority is seated that they write for; all of them for coordinators of the
    programme and of the whole register.
    """
    if coordinates_everything(by) or programme.pk in granted_programmes(by, writing=True):
        return programme.countries
    seats = authority_seats(by, WRITING)
    spoken = {s.territory.country_code for s in programme.sides.all() if s.territory_id in seats}
    return tuple(side for side in programme.countries if side in spoken)


def side_of_proposer(by: Reader, programme: Programme) -> str:
    """The one side for which the person speaks; nothing if it is none of them, or all."""
    spoken = sides_spoken_for(by, programme)
    return spoken[0] if len(spoken) == 1 else ""


def speaks_for_all(by: Reader, programme: Programme) -> bool:
    """Whether the person may say for every side that changes need no consent any more."""
    spoken = sides_spoken_for(by, programme)
    return coordinates_everything(by) or (bool(spoken) and spoken == programme.countries)


def must_settle(by: Reader, measure: Measure) -> None:
    """Whoever changes the programme; where bodies of several sides answer, speaks for all of them.

    So neither side's word stands alone.
    """
    must(
        can_change_programme(by, measure.programme),
        _("Only coordinators of the programme, of a side or of its owner register what was done."),
    )
    must(
        can_settle(by, measure),
        _(
            "Both sides answer for this measure, so neither registers it as done alone: each hands "
            "in its report. Coordinators of the programme and of the whole register may."
        ),
    )


def can_settle(by: Reader, measure: Measure) -> bool:
    programme = measure.programme
    if not can_change_programme(by, programme):
        return False
    named = {body.side for body in measure.responsibilities.all() if body.side}
    return (
        len(named) < 2
        or coordinates_everything(by)
        or named <= set(sides_spoken_for(by, programme))
    )


def sides_to_consent_for(by: Reader, amendment: MeasureAmendment) -> list[str]:
    """The sides for which the person may consent to a proposed change, or decline it.

    Nobody consents to what they proposed themselves.
    """
    if amendment.proposed_by_id is not None and amendment.proposed_by_id == by.pk:
        return []
    spoken = sides_spoken_for(by, amendment.programme)
    return [side for side in amendment.awaited if side in spoken]


def can_withdraw(by: Reader, amendment: MeasureAmendment) -> bool:
    """Who proposed it, and whoever may speak for the side that did."""
    if not amendment.is_proposed or not can_change_programme(by, amendment.programme):
        return False
    own = amendment.proposed_by_id is not None and amendment.proposed_by_id == by.pk
    if own or not amendment.side:
        return own or speaks_for_all(by, amendment.programme)
    return amendment.side in sides_spoken_for(by, amendment.programme)


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
