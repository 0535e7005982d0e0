from django.db import models
from django.utils.translation import gettext_lazy as _

from comity.agreements.models.agreement import Agreement
from comity.lib.languages import Titled


class Amendment(Titled):
    """A later text that changes an agreement: its titles say what, `changes` holds the terms.

    `changes` maps fields of the agreement to `[before, after]`; they count from `in_force_from`.
    """

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="amendments")
    number = models.CharField(_("number"), max_length=60, blank=True)
    signed_on = models.DateField(_("signed on"))
    in_force_from = models.DateField(_("in force from"))
    changes = models.JSONField(default=dict, blank=True)

    class Meta:
        verbose_name = _("amendment")
        verbose_name_plural = _("amendments")
        ordering = ("in_force_from", "pk")
