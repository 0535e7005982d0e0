"""An organisation as something within which people have roles."""

from typing import Any

from django.db.models import QuerySet

from comity.accounts.models import User
from comity.accounts.rules import Reader
from comity.accounts.scopes import Scope
from comity.directory.memberships import forget_memberships
from comity.directory.models import Membership, Organisation
from comity.directory.queries import standing_for
from comity.directory.rules import roles_given_in


class WithinOrganisation(Scope):
    kind = "organisation"

    def __init__(self, organisation: Organisation) -> None:
        self.organisation, self.number = organisation, organisation.pk

    def __str__(self) -> str:
        return str(self.organisation)

    @classmethod
    def find(cls, number: int) -> "Scope | None":
        organisation = standing_for([number]).get(number)
        return cls(organisation) if organisation else None

    @classmethod
    def held_by(cls, user: User) -> "list[tuple[Scope, Any]]":
        memberships = user.memberships.select_related("organisation", "user")
        return [(cls(membership.organisation), membership) for membership in memberships]

    @property
    def address(self) -> str:
        return self.organisation.get_absolute_url()

    def is_seen_by(self, by: Reader) -> bool:
        return True

    def roles_given_by(self, by: Reader) -> tuple[str, ...]:
        return roles_given_in(by, self.organisation)

    def grants(self) -> "QuerySet[Any]":
        return self.organisation.memberships.select_related("user")

    def forget(self, user: User) -> None:
        forget_memberships(user)

    def _made(self, user: User, role: str) -> Any:
        return Membership.objects.create(user=user, organisation=self.organisation, role=role)
