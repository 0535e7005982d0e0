"""Who is told on which rung: from roles in organisations and programmes, all read at once."""

from collections import defaultdict
from dataclasses import dataclass, field

from comity.accounts.models import INSIDE, WRITING, Role
from comity.directory.models import Membership, OrganisationKind
from comity.lib.visibility import Visibility
from comity.programmes.models import Programme, ProgrammeGrant, ProgrammeSide
from comity.reminders.ladder import Audience

Roles = dict[str, list[int]]


@dataclass(frozen=True, slots=True)
class Place:
    """What of a programme decides who is told."""

    owner: int | None
    is_internal: bool
    #: Territories that are sides, by the code of their country.
    sides: dict[str, list[int]]


@dataclass(slots=True)
class People:
    """Ids of people by role: of organisations, of authorities by their seat, of programmes."""

    of: dict[int, Roles] = field(default_factory=dict)
    seated: dict[int, Roles] = field(default_factory=dict)
    granted: dict[int, Roles] = field(default_factory=dict)
    places: dict[int, Place] = field(default_factory=dict)

    def told(
        self, audience: Audience, programme: int, side: str, bodies: tuple[int, ...]
    ) -> list[int]:
        """Those who are told of a side of a measure; nobody of a body that may not look."""
        place, granted = self.places[programme], self.granted.get(programme, {})
        if audience == Audience.BODY:
            found = self._bodies(bodies, Role.REPORTER, Role.COORDINATOR, Role.ADMINISTRATOR)
            return self._who_may_see(place, found) or granted.get(Role.REPORTER, [])
        if audience == Audience.BODY_COORDINATOR:
            found = self._bodies(bodies, Role.COORDINATOR, Role.ADMINISTRATOR)
            return self._who_may_see(place, found)
        if audience == Audience.VERIFIER:
            return self._speaking(place, side, Role.VERIFIER) + granted.get(Role.VERIFIER, [])
        own = granted.get(Role.COORDINATOR, []) + self._owners(place, Role.COORDINATOR)
        return own or self._speaking(place, "", Role.COORDINATOR)

    def consenting(self, programme: int, side: str) -> list[int]:
        """Those who may consent for a side: who writes for an authority seated in it, or within
        the programme."""
        granted = self.granted.get(programme, {})
        roles = [granted] + [
            self.seated.get(seat, {}) for seat in self.places[programme].sides.get(side, ())
        ]
        return [one for some in roles for role in WRITING for one in some.get(role, [])]

    def _bodies(self, bodies: tuple[int, ...], *roles: Role) -> list[int]:
        """Of each body those with the first role that anybody has there."""
        found: list[int] = []
        for body in bodies:
            here = self.of.get(body, {})
            found += next((here[role] for role in roles if here.get(role)), [])
        return found

    def _who_may_see(self, place: Place, people: list[int]) -> list[int]:
        if not place.is_internal:
            return people
        inside = {one for role in INSIDE for one in self._speaking(place, "", role)}
        return [one for one in people if one in inside]

    def _owners(self, place: Place, role: Role) -> list[int]:
        return self.of.get(place.owner, {}).get(role, []) if place.owner else []

    def _speaking(self, place: Place, side: str, role: Role) -> list[int]:
        """Those of the owner, and of authorities seated in the side (or in any)."""
        found = [*self._owners(place, role)]
        for code, seats in place.sides.items():
            for seat in seats if side in (code, "") else ():
                found += self.seated.get(seat, {}).get(role, [])
        return found


def everybody() -> People:
    """All roles of people who may sign in, and all programmes; four queries."""
    people = People()
    of: dict[int, Roles] = defaultdict(lambda: defaultdict(list))
    seated: dict[int, Roles] = defaultdict(lambda: defaultdict(list))
    granted: dict[int, Roles] = defaultdict(lambda: defaultdict(list))
    members = Membership.objects.filter(user__is_active=True).exclude(role=Role.OBSERVER)
    for user, organisation, role, kind, seat in members.values_list(
        "user", "organisation", "role", "organisation__kind", "organisation__seat"
    ):
        of[organisation][role].append(user)
        if kind == OrganisationKind.AUTHORITY:
            seated[seat][role].append(user)
    grants = ProgrammeGrant.objects.filter(user__is_active=True)
    for user, programme, role in grants.values_list("user", "programme", "role"):
        granted[programme][role].append(user)
    people.of, people.seated, people.granted = dict(of), dict(seated), dict(granted)
    people.places = _places()
    return people


def _places() -> dict[int, Place]:
    sides: dict[int, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    for programme, territory, code in ProgrammeSide.objects.values_list(
        "programme", "territory", "territory__code"
    ):
        sides[programme][code.partition("-")[0]].append(territory)
    return {
        pk: Place(owner, visibility == Visibility.INTERNAL, dict(sides.get(pk, {})))
        for pk, owner, visibility in Programme.objects.values_list("pk", "owner", "visibility")
    }
