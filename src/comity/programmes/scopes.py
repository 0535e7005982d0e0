"""A programme as something within which people have roles."""

from typing import Any

from django.db.models import Q, QuerySet

from comity.accounts.models import User
from comity.accounts.rules import Reader
from comity.accounts.scopes import Scope
from comity.agreements.models import Party
from comity.directory.models import OrganisationKind
from comity.directory.scopes import WithinOrganisation
from comity.programmes.grants import forget_grants
from comity.programmes.models import (
    Programme,
    ProgrammeGrant,
    ProgrammeSide,
    Responsibility,
)
from comity.programmes.queries.lists import SIDES, sides_along
from comity.programmes.rules import roles_given_in


class WithinProgramme(Scope):
    kind = "programme"

    def __init__(self, programme: Programme) -> None:
        self.programme, self.number = programme, programme.pk

    def __str__(self) -> str:
        """As lists call it, by its sides and years: titles of programmes fill a page's head."""
        return self.programme.short_name

    @classmethod
    def find(cls, number: int) -> "Scope | None":
        programme = Programme.objects.prefetch_related(SIDES).filter(pk=number).first()
        return cls(programme) if programme else None

    @classmethod
    def held_by(cls, user: User) -> "list[tuple[Scope, Any]]":
        grants = user.programme_grants.select_related("programme", "user")
        grants = grants.prefetch_related(sides_along("programme__"))
        return [(cls(grant.programme), grant) for grant in grants]

    @property
    def address(self) -> str:
        return self.programme.get_absolute_url()

    def is_seen_by(self, by: Reader) -> bool:
        return Programme.objects.visible_to(by).filter(pk=self.number).exists()

    def roles_given_by(self, by: Reader) -> tuple[str, ...]:
        return roles_given_in(by, self.programme)

    def grants(self) -> "QuerySet[Any]":
        return self.programme.grants.select_related("user")

    def forget(self, user: User) -> None:
        forget_grants(user)

    def _made(self, user: User, role: str) -> Any:
        return ProgrammeGrant.objects.create(user=user, programme=self.programme, role=role)


def programmes_within(scope: Scope | None) -> "QuerySet[Programme]":
    """The programmes with which people of a scope have to do; all, where everything is meant."""
    if isinstance(scope, WithinProgramme):
        return Programme.objects.filter(pk=scope.number)
    if not isinstance(scope, WithinOrganisation):
        return Programme.objects.order_by()
    organisation = scope.organisation
    parties = Party.objects.filter(organisation=organisation)
    named = Responsibility.objects.filter(organisation=organisation)
    belongs = (
        Q(owner=organisation)
        | Q(agreement__in=parties.values("agreement"))
        | Q(pk__in=named.values("measure__programme"))
    )
    if organisation.kind == OrganisationKind.AUTHORITY:
        sides = ProgrammeSide.objects.filter(territory=organisation.seat_id)
        belongs |= Q(pk__in=sides.values("programme"))
    return Programme.objects.filter(belongs).order_by()
