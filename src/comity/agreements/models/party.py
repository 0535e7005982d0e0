from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from comity.directory.models import Organisation, OrganisationKind
from comity.lib.choices import in_words
from comity.lib.fields_of_cooperation import FieldOfCooperation
from comity.lib.languages import Said, said
from comity.territories.models import Territory


class Party(models.Model):
    """A territory or an organisation that agreed, and who signed for it."""

    agreement = models.ForeignKey(
        "agreements.Agreement", on_delete=models.CASCADE, related_name="parties"
    )
    position = models.PositiveSmallIntegerField(default=0)
    territory = models.ForeignKey(
        Territory,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="parties",
        verbose_name=_("territory"),
    )
    organisation = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="parties",
        verbose_name=_("organisation"),
    )
    place = models.ForeignKey(
        Territory,
        on_delete=models.PROTECT,
        related_name="parties_here",
        editable=False,
        verbose_name=_("seat"),
        help_text="The territory that is the party, or in which the organisation is seated.",
    )
    signatory_name = models.CharField(_("signed by"), max_length=200, blank=True)
    signatory_post = models.CharField(_("post of the signatory"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("party")
        verbose_name_plural = _("parties")
        ordering = ("position", "pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(territory=None) ^ Q(organisation=None),
                name="party_is_a_territory_or_an_organisation",
            ),
            models.UniqueConstraint(fields=["agreement", "territory"], name="party_territory_once"),
            models.UniqueConstraint(
                fields=["agreement", "organisation"], name="party_organisation_once"
            ),
        ]

    def __str__(self) -> str:
        return self.said_name.text

    @property
    def who(self) -> Territory | Organisation:
        """The territory or the organisation itself."""
        who = self.organisation or self.territory
        assert who is not None  # held by the constraint
        return who

    @property
    def signatory(self) -> str:
        """Who signed, and in which post."""
        return ", ".join(filter(None, (self.signatory_name, self.signatory_post)))

    @property
    def said_name(self) -> Said:
        return said(self.who, "name")


class CooperationField(models.Model):
    """One field of cooperation that an agreement covers."""

    agreement = models.ForeignKey(
        "agreements.Agreement", on_delete=models.CASCADE, related_name="cooperation_fields"
    )
    field = models.CharField(_("field"), max_length=12, choices=FieldOfCooperation.choices)

    get_field_display = in_words("field", FieldOfCooperation)

    class Meta:
        verbose_name = _("field of cooperation")
        verbose_name_plural = _("fields of cooperation")
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(fields=["agreement", "field"], name="cooperation_field_once")
        ]

    def __str__(self) -> str:
        return self.get_field_display()


def agreements_of(organisations: set[int], seats: set[int]) -> "models.QuerySet[Any]":
    """Ids of agreements with one of the organisations, or an authority of one of the seats."""
    official = Q(organisation=None) | Q(organisation__kind=OrganisationKind.AUTHORITY)
    return Party.objects.filter(
        Q(organisation__in=organisations) | Q(place__in=seats) & official
    ).values("agreement")
