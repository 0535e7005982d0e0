from allauth.account.auth_backends import AuthenticationBackend
from django.db.models import OuterRef, Subquery
from django.db.models.expressions import BaseExpression

from comity.accounts.models import WHOLE_ROLE, User, WholeGrant

#: What else is asked with a person, by the name it is kept under.
_ALONG: dict[str, BaseExpression] = {}


def ask_along(name: str, told: BaseExpression) -> None:
    """Lets a person who comes by be asked something at once, kept under a name.

    Rooms above say so when they are ready: whether somebody has roles of a kind, most people none,
    or which. Then it is not asked again on every page. The expression is told of `accounts.User`.
    """
    _ALONG[name] = told


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
