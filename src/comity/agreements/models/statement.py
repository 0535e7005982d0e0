from urllib.parse import urlsplit

from django.db import models
from django.utils.translation import gettext_lazy as _

from comity.agreements.models.agreement import Agreement


class Statement(models.Model):
    """What one source says of an agreement. Where sources conflict, each stands with its own."""

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="statements")
    as_stated = models.CharField(_("as stated"), max_length=500)
    source = models.URLField(_("source"), max_length=500)

    class Meta:
        verbose_name = _("statement")
        verbose_name_plural = _("statements")
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(
                fields=["agreement", "as_stated", "source"], name="statement_once_each"
            )
        ]

    def __str__(self) -> str:
        return self.as_stated

    @property
    def domain(self) -> str:
        """Whose page it is: «realnoevremya.ru»."""
        return (urlsplit(self.source).hostname or self.source).removeprefix("www.")
