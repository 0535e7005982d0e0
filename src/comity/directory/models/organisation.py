from django.db import models
from django.utils.translation import gettext_lazy as _

from comity.accounts.rules import Reader
from comity.lib.addresses import address
from comity.lib.choices import in_words
from comity.lib.languages import (
    LANGUAGES,
    Language,
    Named,
    Said,
    in_three,
    said,
    said_in_some_language,
)
from comity.lib.matching import containing, name_in_reading_order, name_order
from comity.lib.versions import Versioned
from comity.territories.models import Territory


class OrganisationKind(models.TextChoices):
    AUTHORITY = "authority", _("authority")
    ENTERPRISE = "enterprise", _("enterprise")
    UNIVERSITY = "university", _("university")
    INSTITUTE = "institute", _("institute")
    ASSOCIATION = "association", _("association")
    OTHER = "other", _("other organisation")


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    def visible_to(self, _user: Reader) -> "OrganisationQuerySet":
        """Organisations are open to everybody."""
        return self

    def current(self) -> "OrganisationQuerySet":
        """Without those that were merged into another."""
        return self.filter(merged_into=None)

    def seated_in(self, territory: Territory) -> "OrganisationQuerySet":
        return self.filter(seat__path__startswith=territory.path)

    def matching(self, text: str) -> "OrganisationQuerySet":
        """Those of which a name, a short name or another name contains the text."""
        aliases = Alias.objects.filter(containing(text, "text"))
        named = containing(text, *in_three("name"), *in_three("short_name"))
        return self.filter(named | models.Q(pk__in=aliases.values("organisation")))

    def by_name(self) -> "OrganisationQuerySet":
        return self.order_by(name_in_reading_order(), "pk")


class Organisation(Named, Versioned):
    """An authority, enterprise, university, institute or association; seated in a territory."""

    kind = models.CharField(_("kind"), max_length=12, choices=OrganisationKind.choices)
    short_name_be = models.CharField(_("short name in Belarusian"), max_length=120, blank=True)
    short_name_ru = models.CharField(_("short name in Russian"), max_length=120, blank=True)
    short_name_en = models.CharField(_("short name in English"), max_length=120, blank=True)
    seat = models.ForeignKey(
        Territory, on_delete=models.PROTECT, related_name="organisations", verbose_name=_("seat")
    )
    parent = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        db_index=False,
        verbose_name=_("belongs to"),
    )
    website = models.URLField(_("web page"), blank=True)
    is_example = models.BooleanField(_("invented for the example"), default=False)
    merged_into = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="merged_from",
        db_index=False,
        verbose_name=_("merged into"),
    )

    history_parts = ("aliases", "identifiers")

    objects = OrganisationQuerySet.as_manager()
    get_kind_display = in_words("kind", OrganisationKind)

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        ordering = ("pk",)
        indexes = [
            models.Index(fields=["seat", "kind"]),
            # without the many that have none, by which a planner would think ill of the index
            models.Index(
                fields=["parent"],
                condition=models.Q(parent__isnull=False),
                name="organisation_parent",
            ),
            models.Index(
                fields=["merged_into"],
                condition=models.Q(merged_into__isnull=False),
                name="organisation_merged",
            ),
            *(
                models.Index(name_order("name", code), "id", name=f"organisation_by_name_{code}")
                for code in LANGUAGES
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=said_in_some_language("name"),
                name="organisation_has_a_name",
                violation_error_message=_("Write the name in at least one of the languages."),
            )
        ]

    def get_absolute_url(self) -> str:
        return address("directory:detail", self.pk)

    @property
    def said_short_name(self) -> Said:
        """The short name where there is one in the reader's language, else the whole name."""
        short = said(self, "short_name")
        return short if short.text and not short.is_fallback else self.said_name


class Alias(models.Model):
    """Another way that documents name an organisation: «Минпром», a former name."""

    organisation = models.ForeignKey(
        Organisation,
        on_delete=models.CASCADE,
        related_name="aliases",
        verbose_name=_("organisation"),
    )
    text = models.CharField(_("other name"), max_length=500)
    language = models.CharField(_("language"), max_length=2, choices=Language.choices, blank=True)

    class Meta:
        verbose_name = _("other name")
        verbose_name_plural = _("other names")
        constraints = [
            models.UniqueConstraint(fields=["organisation", "text"], name="alias_once_each")
        ]

    def __str__(self) -> str:
        return self.text


class Identifier(models.Model):
    """A number or code by which a register knows the organisation; any scheme."""

    organisation = models.ForeignKey(
        Organisation,
        on_delete=models.CASCADE,
        related_name="identifiers",
        verbose_name=_("organisation"),
    )
    scheme = models.CharField(_("scheme"), max_length=40, help_text=_("UNP, INN, PIC, LEI …"))
    value = models.CharField(_("value"), max_length=80)

    class Meta:
        verbose_name = _("identifier")
        verbose_name_plural = _("identifiers")
        constraints = [
            models.UniqueConstraint(fields=["scheme", "value"], name="identifier_means_one")
        ]

    def __str__(self) -> str:
        return f"{self.scheme} {self.value}"
