from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from comity.accounts.rules import Reader
from comity.directory.models.organisation import Organisation
from comity.lib.addresses import address
from comity.lib.languages import Named, said_in_some_language
from comity.lib.versions import Versioned


class ZoneQuerySet(models.QuerySet["Zone"]):
    def visible_to(self, _user: Reader) -> "ZoneQuerySet":
        """Zones are open to everybody."""
        return self


class Zone(Versioned):
    """A special economic zone or park: an organisation with residents and a legal regime."""

    organisation = models.OneToOneField(
        Organisation,
        on_delete=models.PROTECT,
        related_name="zone",
        verbose_name=_("organisation"),
    )
    founded_on = models.DateField(_("founded on"), null=True, blank=True)
    regime_until = models.DateField(_("legal regime in force until"), null=True, blank=True)

    history_parts = ("terms", "residencies")

    objects = ZoneQuerySet.as_manager()

    class Meta:
        verbose_name = _("zone")
        verbose_name_plural = _("zones")

    def __str__(self) -> str:
        return str(self.organisation)

    def get_absolute_url(self) -> str:
        return address("directory:zone", self.pk)


def ends_after_it_begins(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=Q(since=None) | Q(until=None) | Q(until__gte=F("since")),
        name=name,
        violation_error_message=_("It cannot end before it begins."),
    )


class RegimeTerm(Named, Versioned):
    """One term of a zone's legal regime, as the act that grants it says, with its dates."""

    name_be = models.CharField(_("term in Belarusian"), max_length=500, blank=True)
    name_ru = models.CharField(_("term in Russian"), max_length=500, blank=True)
    name_en = models.CharField(_("term in English"), max_length=500, blank=True)
    zone = models.ForeignKey(
        Zone, on_delete=models.CASCADE, related_name="terms", verbose_name=_("zone")
    )
    since = models.DateField(_("in force from"), null=True, blank=True)
    until = models.DateField(_("in force until"), null=True, blank=True)
    act = models.CharField(_("act that grants it"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("term of the legal regime")
        verbose_name_plural = _("terms of the legal regime")
        ordering = ("pk",)
        constraints = [
            models.CheckConstraint(
                condition=said_in_some_language("name"),
                name="regime_term_has_a_text",
                violation_error_message=_("Write the term in at least one of the languages."),
            ),
            ends_after_it_begins("regime_term_ends_after_it_begins"),
        ]


def still_running(day: date, prefix: str = "") -> Q:
    """True where a residency has no last day, or one that is not over."""
    return Q(**{f"{prefix}until": None}) | Q(**{f"{prefix}until__gte": day})


class Residency(Versioned):
    """An organisation that is, or was, a resident of a zone."""

    zone = models.ForeignKey(
        Zone, on_delete=models.CASCADE, related_name="residencies", verbose_name=_("zone")
    )
    resident = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        related_name="residencies",
        verbose_name=_("resident"),
    )
    since = models.DateField(_("resident from"), null=True, blank=True)
    until = models.DateField(_("resident until"), null=True, blank=True)

    class Meta:
        verbose_name = _("residency")
        verbose_name_plural = _("residencies")
        ordering = ("pk",)
        constraints = [ends_after_it_begins("residency_ends_after_it_begins")]

    def __str__(self) -> str:
        return f"{self.resident} ({self.zone})"
