from datetime import date
from typing import Any

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from comity.accounts.rules import Reader, sees_everything
from comity.directory.models import Organisation
from comity.lib.addresses import address
from comity.lib.languages import Titled, said_in_some_language
from comity.lib.versions import Versioned
from comity.programmes.due import DueKind, DueRule, Recurrence, season_is_well_formed
from comity.programmes.models.programme import Programme, Section
from comity.programmes.wording import deadline
from comity.territories.models import Territory

#: Stands for "no day": sorts after every day on each database, and is found by the same index.
NEVER = date.max


class MeasureQuerySet(models.QuerySet["Measure"]):
    def visible_to(self, user: Reader) -> "MeasureQuerySet":
        """Those of the programmes that the person may see."""
        if sees_everything(user):
            return self
        seen = Programme.objects.visible_to(user).filter(pk=OuterRef("programme"))
        return self.filter(Exists(seen))

    def named_to(self, organisation: Organisation) -> "MeasureQuerySet":
        """Those that name the organisation among their responsible bodies."""
        named = Responsibility.objects.filter(organisation=organisation)
        return self.filter(pk__in=named.values("measure"))

    def by_next_due(self) -> "MeasureQuerySet":
        """What has to be shown first comes first; those with nothing open come last."""
        return self.order_by("next_due", "pk")

    def in_order(self) -> "MeasureQuerySet":
        return self.order_by("programme", "position")


def bodies_in_words(bodies: list[list[Any]] | None) -> str:
    """The bodies of a measure as its history keeps them: the text, the side, the organisation."""
    return "; ".join(f"{side} {text}".strip() for text, side, _organisation in bodies or ())


class Measure(Titled, Versioned):
    """One row of an action programme: what, by when, by whom on each side, with what money."""

    programme = models.ForeignKey(
        Programme, on_delete=models.CASCADE, related_name="measures", db_index=False
    )
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
        validators=[season_is_well_formed],
        help_text=_("For a yearly measure: first and last day within the year, as 10-01/12-31."),
    )
    expected_result = models.TextField(_("expected result"), blank=True)
    funding_text = models.TextField(_("money as written"), blank=True)
    funding_amount = models.DecimalField(
        _("amount"), max_digits=20, decimal_places=2, null=True, blank=True
    )
    funding_currency = models.CharField(_("currency"), max_length=3, blank=True)
    #: The deadlines that it had before, in order: each as `keeping` writes a rule, its own text,
    #: and the day on which another took its place.
    former_dues = models.JSONField(null=True, blank=True, editable=False)
    #: How many of its days passed undone and then fell away by a changed deadline; none as null.
    dropped = models.PositiveIntegerField(null=True, editable=False)
    struck_on = models.DateField(_("struck out on"), null=True, blank=True, editable=False)
    struck_reason = models.TextField(_("why it was struck out"), blank=True, editable=False)
    # Kept with each change of its occurrences, so that long lists sort by an index.
    next_due = models.DateField(default=NEVER, editable=False)
    next_opens = models.DateField(default=NEVER, editable=False)

    not_audited = ("next_due", "next_opens", "former_dues", "dropped")

    history_parts = ("occurrences",)
    audited_besides = {"bodies": (_("responsible bodies"), bodies_in_words)}
    #: Whose visibility decides.
    seen_with = "programme"

    objects = MeasureQuerySet.as_manager()

    class Meta:
        verbose_name = _("measure")
        verbose_name_plural = _("measures")
        ordering = ("programme", "position")
        indexes = [
            models.Index(fields=["programme", "position"], name="measure_in_order"),
            models.Index(fields=["next_due", "id"], name="measure_next_due"),
            models.Index(
                fields=["programme"],
                condition=Q(dropped__isnull=False),
                name="measure_that_dropped_days",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=said_in_some_language("title"),
                name="measure_has_a_title",
                violation_error_message=_("Write a title in at least one language."),
            ),
            models.CheckConstraint(
                condition=Q(due_start=None) | Q(due_end=None) | Q(due_end__gte=F("due_start")),
                name="measure_due_ends_after_it_begins",
                violation_error_message=_("A deadline cannot end before it begins."),
            ),
            models.CheckConstraint(
                condition=Q(due_kind=DueKind.RECURRING) ^ Q(due_recurrence=""),
                name="measure_recurs_if_it_says_so",
                violation_error_message=_(
                    "Say how often for a measure that recurs, and only for such a one."
                ),
            ),
            models.CheckConstraint(
                condition=Q(struck_on=None) | ~Q(struck_reason=""),
                name="measure_struck_out_for_a_reason",
            ),
        ]

    def get_absolute_url(self) -> str:
        return address("programmes:measure", self.pk)

    @property
    def due(self) -> DueRule:
        return DueRule(
            kind=self.due_kind,
            start=self.due_start,
            end=self.due_end,
            recurrence=self.due_recurrence or None,
            season=self.due_season or None,
        )

    @property
    def deadline(self) -> str:
        """The deadline as it was understood, in the reader's words."""
        return deadline(self.due)

    @property
    def next_due_on(self) -> date | None:
        """The first day on which something not yet done is due."""
        return None if self.next_due == NEVER else self.next_due


class Responsibility(models.Model):
    """A body that a measure names, on one side or the other; known to the directory or not yet."""

    measure = models.ForeignKey(Measure, on_delete=models.CASCADE, related_name="responsibilities")
    position = models.PositiveSmallIntegerField(default=0)
    text = models.TextField(_("as written"))
    country = models.ForeignKey(
        Territory,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
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
