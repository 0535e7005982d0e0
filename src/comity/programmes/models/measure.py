from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from comity.accounts.rules import Reader, sees_everything
from comity.directory.models import Organisation
from comity.lib.languages import Titled, said_in_some_language
from comity.lib.versions import Versioned
from comity.programmes.due import DueKind, DueRule, Recurrence
from comity.programmes.models.programme import Programme, Section
from comity.territories.models import Territory


class MeasureQuerySet(models.QuerySet["Measure"]):
    def visible_to(self, user: Reader) -> "MeasureQuerySet":
        """Those of the programmes that the person may see."""
        if sees_everything(user):
            return self
        return self.filter(programme__in=Programme.objects.visible_to(user))

    def led_by(self, organisation: Organisation) -> "MeasureQuerySet":
        named = Responsibility.objects.filter(organisation=organisation)
        return self.filter(pk__in=named.values("measure"))

    def due_between(self, start: date, end: date) -> "MeasureQuerySet":
        return self.filter(occurrences__due_on__range=(start, end)).distinct()

    def in_order(self) -> "MeasureQuerySet":
        return self.order_by("programme", "position")


class Measure(Titled, Versioned):
    """One row of an action programme: what, by when, by whom on each side, with what money."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="measures")
    section = models.ForeignKey(
        Section, on_delete=models.PROTECT, null=True, blank=True, related_name="measures"
    )
    position = models.PositiveIntegerField()
    number = models.CharField(_("number"), max_length=40, blank=True)
    due_text = models.TextField(_("deadline as written"), blank=True)
    due_kind = models.CharField(_("kind of deadline"), max_length=12, choices=DueKind.choices)
    due_start = models.DateField(_("from"), null=True, blank=True)
    due_end = models.DateField(_("until"), null=True, blank=True)
    due_recurrence = models.CharField(
        _("how often"), max_length=12, choices=Recurrence.choices, blank=True
    )
    due_season = models.CharField(
        _("part of the year"),
        max_length=11,
        blank=True,
        help_text=_("For a yearly measure: first and last day within the year, as 10-01/12-31."),
    )
    expected_result = models.TextField(_("expected result"), blank=True)
    funding_text = models.TextField(_("money as written"), blank=True)
    funding_amount = models.DecimalField(
        _("amount"), max_digits=20, decimal_places=2, null=True, blank=True
    )
    funding_currency = models.CharField(_("currency"), max_length=3, blank=True)

    objects = MeasureQuerySet.as_manager()

    class Meta:
        verbose_name = _("measure")
        verbose_name_plural = _("measures")
        ordering = ("programme", "position")
        indexes = [models.Index(fields=["programme", "position"], name="measure_in_order")]
        constraints = [
            models.CheckConstraint(
                condition=said_in_some_language("title"), name="measure_has_a_title"
            ),
            models.CheckConstraint(
                condition=Q(due_start=None) | Q(due_end=None) | Q(due_end__gte=F("due_start")),
                name="measure_due_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=Q(due_kind=DueKind.RECURRING) ^ Q(due_recurrence=""),
                name="measure_recurs_if_it_says_so",
            ),
        ]

    @property
    def due(self) -> DueRule:
        return DueRule(
            kind=self.due_kind,
            start=self.due_start,
            end=self.due_end,
            recurrence=self.due_recurrence or None,
            season=self.due_season or None,
        )


class Responsibility(models.Model):
    """A body that a measure names, on one side or the other; known to the directory or not yet."""

    measure = models.ForeignKey(Measure, on_delete=models.CASCADE, related_name="responsibilities")
    position = models.PositiveSmallIntegerField(default=0)
    text = models.CharField(_("as written"), max_length=1000)
    country = models.ForeignKey(
        Territory,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("side"),
        to_field="code",
        db_column="country",
    )
    organisation = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="responsibilities",
        verbose_name=_("organisation"),
    )

    class Meta:
        verbose_name = _("responsible body")
        verbose_name_plural = _("responsible bodies")
        ordering = ("position", "pk")

    def __str__(self) -> str:
        return self.text

    @property
    def side(self) -> str:
        """The ISO 3166-1 code of the side, or nothing."""
        return self.country_id or ""
