from django.db import models
from django.utils.translation import gettext_lazy as _

from comity.accounts.rules import Reader
from comity.agreements.languages import language_name
from comity.agreements.models.agreement import Agreement
from comity.agreements.models.amendment import Amendment
from comity.files.models import StoredFile


class DocumentKind(models.TextChoices):
    TEXT = "text", _("signed text")
    AMENDMENT = "amendment", _("amendment")
    ANNEX = "annex", _("annex")
    OTHER = "other", _("other document")


class DocumentQuerySet(models.QuerySet["Document"]):
    def visible_to(self, user: Reader) -> "DocumentQuerySet":
        """A document is seen by whoever sees its agreement."""
        return self.filter(agreement__in=Agreement.objects.visible_to(user))


class Document(models.Model):
    """A file that belongs to an agreement, in one language, kept as it came."""

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="documents")
    amendment = models.ForeignKey(
        Amendment, on_delete=models.CASCADE, null=True, blank=True, related_name="documents"
    )
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(_("file name"), max_length=255)
    kind = models.CharField(_("kind"), max_length=10, choices=DocumentKind.choices)
    language = models.CharField(_("language"), max_length=3, help_text=_("ISO 639: be, pl, zh."))

    #: Whose visibility decides.
    seen_with = "agreement"

    objects = DocumentQuerySet.as_manager()

    class Meta:
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(fields=["agreement", "file"], name="document_once_each")
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def language_name(self) -> str:
        """The document's language as the reader calls it."""
        return language_name(self.language)
