from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from comity.accounts.models import Role
from comity.directory.models.organisation import Organisation


class Membership(models.Model):
    """A person's role within an organisation."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="memberships",
        verbose_name=_("person"),
    )
    organisation = models.ForeignKey(
        Organisation,
        on_delete=models.CASCADE,
        related_name="memberships",
        verbose_name=_("organisation"),
    )
    role = models.CharField(_("role"), max_length=16, choices=Role.choices)

    class Meta:
        verbose_name = _("role in an organisation")
        verbose_name_plural = _("roles in organisations")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "organisation"], name="one_role_a_person_and_organisation"
            )
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.role} ({self.organisation})"
