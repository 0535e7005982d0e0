from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.db.models.expressions import BaseExpression

from comity.accounts.models import WHOLE_ROLE, User, WholeGrant

#: What else is asked with a person, by the name it is kept under.
_ALONG: dict[str, BaseExpression] = {}


def ask_along(name: str, roles: "QuerySet[Any]") -> None:
    """Lets a person who comes by be asked at once whether they have any of these roles.

    `roles` have a `user`. Rooms above say so when they are ready: most people have no roles of most
    kinds, and then they are not asked for again on every page.
    """
    _ALONG[name] = Exists(roles.filter(user=OuterRef("pk")))


class People(AuthenticationBackend):  # type: ignore[misc]  # allauth has no types
    """Signs people in by e-mail; knows a person's role in the whole register from the start."""

    def get_user(self, user_id: int) -> User | None:
        role = WholeGrant.objects.filter(user=OuterRef("pk")).values("role")
        person = (
            User.objects.annotate(**{WHOLE_ROLE: Subquery(role[:1])}, **_ALONG)
            .filter(pk=user_id)
            .first()
        )
        return person if person is not None and self.user_can_authenticate(person) else None
