from datetime import date
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from comity.accounts.rules import Reader, sees_everything
from comity.agreements.terms import Status, Terms, status_on, term_end
from comity.directory.models import Organisation, OrganisationKind
from comity.directory.rules import authority_seats, organisations_of, writes_for
from comity.lib.fields_of_cooperation import FieldOfCooperation
from comity.lib.languages import Named, Said, Titled, said, said_in_some_language
from comity.lib.partial_dates import Precision
from comity.lib.versions import Versioned
from comity.lib.visibility import Visibility
from comity.territories.models import Territory


class AgreementKind(models.TextChoices):
    AGREEMENT = "agreement", _("agreement")
    MEMORANDUM = "memorandum", _("memorandum")
    PROTOCOL = "protocol", _("protocol")
    PLAN = "plan", _("plan of measures")
    PROGRAMME = "programme", _("programme of cooperation")
    ROADMAP = "roadmap", _("road map")
    OTHER = "other", _("other document")


class AgreementQuerySet(models.QuerySet["Agreement"]):
    def visible_to(self, user: Reader) -> "AgreementQuerySet":
        """What the person may see: public ones, those of the parties they act for, or all."""
        if sees_everything(user):
            return self
        organisations = organisations_of(user)
        if not organisations:
            return self.filter(visibility=Visibility.PUBLIC)
        keeps = _of_parties(writes_for(user), authority_seats(user, writing=True))
        belongs = _of_parties(organisations, authority_seats(user))
        return self.filter(
            Q(visibility=Visibility.PUBLIC)
            | Q(visibility=Visibility.PARTIES, pk__in=belongs)
            | Q(visibility=Visibility.INTERNAL, pk__in=keeps)
        )

    def of_territory(self, territory: Territory) -> "AgreementQuerySet":
        """Those to which the territory, something in it, or a body seated there is a party."""
        parties = Party.objects.filter(place__path__startswith=territory.path)
        return self.filter(pk__in=parties.values("agreement"))

    def in_field(self, field: str) -> "AgreementQuerySet":
        return self.filter(cooperation_fields__field=field)

    def in_force_on(self, day: date) -> "AgreementQuerySet":
        """Signed, begun and not over; a renewing one goes on until somebody ends it."""
        return self.filter(
            Q(in_force_from__lte=day),
            Q(ended_on=None) | Q(ended_on__gt=day),
            Q(until=None) | Q(until__gte=day) | Q(renewal_months__isnull=False, objected_on=None),
        )

    def newest(self) -> "AgreementQuerySet":
        return self.filter(signed_on__isnull=False).order_by("-signed_on", "-pk")

    def ending_between(self, start: date, end: date) -> "AgreementQuerySet":
        """Those whose current text names an end in these days, first to end first."""
        return self.filter(until__range=(start, end), ended_on=None).order_by("until", "pk")


def _of_parties(organisations: set[int], seats: set[int]) -> "models.QuerySet[Any]":
    """Ids of agreements with one of the organisations, or an authority of one of the seats."""
    official = Q(organisation=None) | Q(organisation__kind=OrganisationKind.AUTHORITY)
    return Party.objects.filter(
        Q(organisation__in=organisations) | Q(place__in=seats) & official
    ).values("agreement")


class Agreement(Titled, Versioned):
    """A signed text between parties; in force from, until; may be amended, extended, ended."""

    kind = models.CharField(_("kind"), max_length=12, choices=AgreementKind.choices)
    number = models.CharField(_("number"), max_length=60, blank=True)
    signed_on = models.DateField(_("signed on"), null=True, blank=True)
    signed_precision = models.CharField(
        _("how exactly the date is known"),
        max_length=5,
        choices=Precision.choices,
        default=Precision.DAY,
    )
    signed_at = models.CharField(_("signed at"), max_length=200, blank=True)
    in_force_from = models.DateField(_("in force from"), null=True, blank=True)
    until = models.DateField(
        _("in force until"), null=True, blank=True, help_text=_("The last day of the first term.")
    )
    renewal_months = models.PositiveSmallIntegerField(
        _("prolonged by (months)"),
        null=True,
        blank=True,
        help_text=_("Each time that a term ends and no party has objected. Empty: not prolonged."),
    )
    notice_months = models.PositiveSmallIntegerField(
        _("notice (months before the end of a term)"), null=True, blank=True
    )
    objected_on = models.DateField(_("a party objected to prolonging on"), null=True, blank=True)
    ended_on = models.DateField(_("ended before its time on"), null=True, blank=True)
    visibility = models.CharField(
        _("seen by"), max_length=8, choices=Visibility.choices, default=Visibility.PUBLIC
    )
    is_example = models.BooleanField(_("invented for the example"), default=False)

    objects = AgreementQuerySet.as_manager()

    class Meta:
        verbose_name = _("agreement")
        verbose_name_plural = _("agreements")
        ordering = ("-pk",)
        indexes = [
            models.Index(fields=["visibility", "-signed_on", "-id"], name="agreement_newest"),
            models.Index(fields=["visibility", "until"], name="agreement_ending"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=said_in_some_language("title"), name="agreement_has_a_title"
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(in_force_from=None) | Q(until__gte=F("in_force_from")),
                name="agreement_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=Q(renewal_months=None) | (Q(renewal_months__gte=1) & ~Q(until=None)),
                name="agreement_renews_from_an_end",
            ),
        ]

    @property
    def terms(self) -> Terms:
        return Terms(
            signed_on=self.signed_on,
            in_force_from=self.in_force_from,
            until=self.until,
            renewal_months=self.renewal_months,
            notice_months=self.notice_months,
            objected_on=self.objected_on,
            ended_on=self.ended_on,
        )

    def status_on(self, day: date) -> Status:
        """The status by the text as it stands now; `queries.status_as_amended` heeds amendments."""
        return status_on(self.terms, day)

    def term_end_on(self, day: date) -> date | None:
        """The last day of the term that is running on `day`; None if it has no end."""
        return term_end(self.terms, day)


class Party(models.Model):
    """A territory or an organisation that agreed, and who signed for it."""

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="parties")
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
    def who(self) -> Named:
        """The territory or the organisation itself."""
        who = self.organisation or self.territory
        assert who is not None  # held by the constraint
        return who

    @property
    def said_name(self) -> Said:
        return said(self.who, "name")


class CooperationField(models.Model):
    """One field of cooperation that an agreement covers."""

    agreement = models.ForeignKey(
        Agreement, on_delete=models.CASCADE, related_name="cooperation_fields"
    )
    field = models.CharField(_("field"), max_length=12, choices=FieldOfCooperation.choices)

    class Meta:
        verbose_name = _("field of cooperation")
        verbose_name_plural = _("fields of cooperation")
        constraints = [
            models.UniqueConstraint(fields=["agreement", "field"], name="cooperation_field_once")
        ]

    def __str__(self) -> str:
        return self.get_field_display()
