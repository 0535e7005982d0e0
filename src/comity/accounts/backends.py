from allauth.account.auth_backends import AuthenticationBackend
from django.db.models import OuterRef, Subquery

from comity.accounts.models import WHOLE_ROLE, User, WholeGrant


class People(AuthenticationBackend):  # type: ignore[misc]  # allauth has no types
    """Signs people in by e-mail; knows a person's role in the whole register from the start."""

    def get_user(self, user_id: int) -> User | None:
        role = WholeGrant.objects.filter(user=OuterRef("pk")).values("role")
        person = (
            User.objects.annotate(**{WHOLE_ROLE: Subquery(role[:1])}).filter(pk=user_id).first()
        )
        return person if person is not None and self.user_can_authenticate(person) else None
