from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from comity.programmes.models import Measure, Programme


class Follow(models.Model):
    """A person who wants to see how a programme or one measure of it goes on."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="follows"
    )
    programme = models.ForeignKey(
        Programme, on_delete=models.CASCADE, null=True, blank=True, related_name="followers"
    )
    measure = models.ForeignKey(
        Measure, on_delete=models.CASCADE, null=True, blank=True, related_name="followers"
    )

    #: No work that would be lost: what is followed may be taken back all the same.
    goes_along = True

    class Meta:
        verbose_name = _("follower")
        verbose_name_plural = _("followers")
        constraints = [
            models.CheckConstraint(
                condition=Q(programme__isnull=False) ^ Q(measure__isnull=False),
                name="follow_one_thing",
            ),
            models.UniqueConstraint(fields=["user", "programme"], name="follow_programme_once"),
            models.UniqueConstraint(fields=["user", "measure"], name="follow_measure_once"),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.programme or self.measure}"


class CalendarAddress(models.Model):
    """The secret address of a person's calendar; only what it hashes to is kept."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="calendar_address"
    )
    sha256 = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(default=timezone.now)

    not_audited = ("sha256",)

    class Meta:
        verbose_name = _("calendar address")
        verbose_name_plural = _("calendar addresses")

    def __str__(self) -> str:
        return str(self.user)
