from datetime import datetime

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from comity.programmes.models import Occurrence


class OneTimeLink(models.Model):
    """Lets somebody without an account report for one side on one occurrence, once.

    Only what its secret hashes to is kept. It ends with the submission, on its day, or when it is
    taken away.
    """

    occurrence = models.ForeignKey(
        Occurrence, on_delete=models.CASCADE, related_name="one_time_links"
    )
    side = models.CharField(_("side"), max_length=2, blank=True)
    email = models.EmailField(_("e-mail address"))
    sha256 = models.CharField(max_length=64, unique=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    made_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField(_("valid until"))
    ended_at = models.DateTimeField(_("used or taken away"), null=True, blank=True)

    not_audited = ("sha256",)
    #: No work that would be lost: what it is for may change all the same.
    goes_along = True

    class Meta:
        verbose_name = _("one-time link")
        verbose_name_plural = _("one-time links")
        ordering = ("-pk",)

    def __str__(self) -> str:
        return self.email

    def is_open_at(self, moment: datetime) -> bool:
        return self.ended_at is None and moment < self.expires_at
