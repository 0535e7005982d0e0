"""The yearly meeting: its editions, and what sources say of each."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from comity.accounts.rules import Reader
from comity.lib.languages import Said, said
from comity.lib.partial_dates import Precision
from comity.territories.models import Territory


class EditionQuerySet(models.QuerySet["Edition"]):
    def visible_to(self, _user: Reader) -> "EditionQuerySet":
        """Editions are public."""
        return self


class Edition(models.Model):
    """One edition of the forum: where, when and on what."""

    number = models.PositiveSmallIntegerField(_("number"), unique=True)
    start = models.DateField(_("from"))
    end = models.DateField(_("until"))
    precision = models.CharField(
        max_length=5,
        choices=Precision.choices,
        default=Precision.DAY,
        verbose_name=_("how exactly the date is known"),
    )
    host = models.ForeignKey(
        Territory, on_delete=models.PROTECT, related_name="+", verbose_name=_("host region")
    )
    place_be = models.CharField(_("place in Belarusian"), max_length=200, blank=True)
    place_ru = models.CharField(_("place in Russian"), max_length=200, blank=True)
    place_en = models.CharField(_("place in English"), max_length=200, blank=True)
    theme_be = models.CharField(_("theme in Belarusian"), max_length=500, blank=True)
    theme_ru = models.CharField(_("theme in Russian"), max_length=500, blank=True)
    theme_en = models.CharField(_("theme in English"), max_length=500, blank=True)

    history_parts = ("sources", "figures")

    objects = EditionQuerySet.as_manager()

    class Meta:
        verbose_name = _("edition of the forum")
        verbose_name_plural = _("editions of the forum")
        ordering = ("-number",)

    def __str__(self) -> str:
        return _("Forum %(number)d, %(place)s") % {"number": self.number, "place": self.said_place}

    def get_absolute_url(self) -> str:
        return reverse("forum:detail", args=[self.number])

    @property
    def said_place(self) -> Said:
        return said(self, "place")

    @property
    def said_theme(self) -> Said:
        return said(self, "theme")


class Source(models.Model):
    """Where something about an edition was published."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="sources")
    url = models.URLField(_("address"), max_length=500)

    class Meta:
        verbose_name = _("source")
        verbose_name_plural = _("sources")
        ordering = ("pk",)
        constraints = [models.UniqueConstraint(fields=["edition", "url"], name="source_once_each")]

    def __str__(self) -> str:
        return self.url


class StatedFigure(models.Model):
    """A figure about an edition as sources state it. Where they conflict, each stands."""

    class Subject(models.TextChoices):
        PARTICIPANTS = "participants", _("participants")
        REGIONS_RUSSIAN = "regions_russian", _("regions of Russia")
        AGREEMENTS = "agreements", _("agreements signed")
        CONTRACTS = "contracts", _("contracts")
        CONTRACTS_VALUE = "contracts_value", _("value of contracts")
        OTHER = "other", _("other figure")

    class Status(models.TextChoices):
        REPORTED = "reported", _("reported")
        PLANNED = "planned", _("planned")
        PARTIAL = "partial", _("partial")

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="figures")
    subject = models.CharField(max_length=24, choices=Subject.choices)
    as_stated = models.CharField(_("as stated"), max_length=300)
    amount = models.DecimalField(max_digits=20, decimal_places=2, null=True, blank=True)
    currency = models.CharField(max_length=3, blank=True)
    status = models.CharField(max_length=10, choices=Status.choices)
    sources = models.JSONField(default=list)

    class Meta:
        verbose_name = _("stated figure")
        verbose_name_plural = _("stated figures")
        ordering = ("pk",)

    def __str__(self) -> str:
        return self.as_stated
