"""What a role is given within: the whole register here, other things in the rooms above."""

from collections.abc import Iterator
from typing import Any, ClassVar

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from comity.accounts.models import WHOLE_ROLE, User, WholeGrant
from comity.accounts.rules import Reader, coordinates_everything, forget, roles_given_as, whole_role
from comity.audit.actions import Trail, snapshot


class Scope:
    """The whole, an organisation or a programme: who has which role within it.

    Each kind says who may give and end roles; what is given or ended is noted on the trail of the
    act that does it, which checks that it may.
    """

    kind: ClassVar[str]
    number: int = 0

    @classmethod
    def find(cls, number: int) -> "Scope | None":
        raise NotImplementedError

    @classmethod
    def held_by(cls, user: User) -> "list[tuple[Scope, Any]]":
        """The scopes of this kind in which a person has a role, with the record of it."""
        raise NotImplementedError

    @property
    def address(self) -> str:
        raise NotImplementedError

    def is_seen_by(self, by: Reader) -> bool:
        raise NotImplementedError

    def roles_given_by(self, by: Reader) -> tuple[str, ...]:
        """The roles that the person may give, change and end here."""
        raise NotImplementedError

    def grants(self) -> "QuerySet[Any]":
        """The records of roles given here, each with its person."""
        raise NotImplementedError

    def give(self, user: User, role: str, trail: Trail) -> None:
        """Gives a role, in place of the one held before."""
        grant = self.grants().filter(user=user).first()
        if grant is None:
            trail.created(self._made(user, role))
        else:
            before = snapshot(grant)
            grant.role = role
            grant.save(update_fields=["role"])
            trail.changed(grant, before)
        self.forget(user)

    def end(self, grant: Any, trail: Trail) -> None:
        trail.removed(grant)
        grant.delete()
        self.forget(grant.user)

    def forget(self, user: User) -> None:
        """What was asked of a person's roles before no longer counts."""
        raise NotImplementedError

    def _made(self, user: User, role: str) -> Any:
        raise NotImplementedError


class WholeRegister(Scope):
    kind = "whole"

    def __str__(self) -> str:
        return _("the whole register")

    @classmethod
    def find(cls, number: int) -> "Scope | None":
        return cls() if number == 0 else None

    @classmethod
    def held_by(cls, user: User) -> "list[tuple[Scope, Any]]":
        return [(cls(), grant) for grant in user.whole_grants.all()]

    @property
    def address(self) -> str:
        return reverse("home")

    def is_seen_by(self, by: Reader) -> bool:
        return True

    def roles_given_by(self, by: Reader) -> tuple[str, ...]:
        return roles_given_as(whole_role(by)) if coordinates_everything(by) else ()

    def grants(self) -> "QuerySet[Any]":
        return WholeGrant.objects.select_related("user")

    def forget(self, user: User) -> None:
        forget(user, WHOLE_ROLE)

    def _made(self, user: User, role: str) -> Any:
        return WholeGrant.objects.create(user=user, role=role)


#: Rooms above add theirs; see `AppConfig.ready` of each.
SCOPES: dict[str, type[Scope]] = {WholeRegister.kind: WholeRegister}


def scope_of(kind: str, number: int) -> Scope | None:
    return SCOPES[kind].find(number) if kind in SCOPES else None


def scopes_of(user: User) -> Iterator[tuple[Scope, Any]]:
    """Every scope in which a person has a role, with the record of it."""
    for scope in SCOPES.values():
        yield from scope.held_by(user)
