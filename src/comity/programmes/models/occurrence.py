from datetime import date

from django.db import models
from django.db.models import Exists, Max, OuterRef, Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from comity.accounts.rules import Reader, sees_everything
from comity.lib import wording
from comity.programmes.due import DueKind, OccurrenceState, state_on
from comity.programmes.models.measure import Measure
from comity.programmes.models.programme import Programme

#: As `Occurrence.held_against`, for the database.
HELD_AGAINST = Coalesce("first_due_on", "due_on")
GIVEN_UP_OR_DISPUTED = Q(given_up=True) | Q(disputed_since__isnull=False)


class OccurrenceQuerySet(models.QuerySet["Occurrence"]):
    def visible_to(self, user: Reader) -> "OccurrenceQuerySet":
        if sees_everything(user):
            return self
        seen = Programme.objects.visible_to(user).filter(pk=OuterRef("programme"))
        return self.filter(Exists(seen))

    def standing(self) -> "OccurrenceQuerySet":
        """Those that the rules of their measures still ask for."""
        return self.filter(withdrawn=False)

    def done(self) -> "OccurrenceQuerySet":
        return self.standing().filter(done_on__isnull=False, given_up=False)

    def open(self) -> "OccurrenceQuerySet":
        return self.standing().filter(done_on=None)

    def open_on(self, day: date) -> "OccurrenceQuerySet":
        """Those not done by the end of a day, past or future."""
        return self.standing().filter(Q(done_on=None) | Q(done_on__gt=day))

    def due_between(self, start: date, end: date) -> "OccurrenceQuerySet":
        return self.standing().filter(due_on__range=(start, end))

    def given_up_or_disputed(self) -> "OccurrenceQuerySet":
        """In the words of the index that finds them."""
        return self.standing().filter(GIVEN_UP_OR_DISPUTED)

    def overdue_on(self, day: date) -> "OccurrenceQuerySet":
        return self.open().filter(due_on__lt=day)


class Occurrence(models.Model):
    """One date on which a measure has to show something.

    Generated from the measure's due rule. `opens_on` is when its window begins. One on which
    something was built is never deleted when the rule changes: it is withdrawn.
    """

    measure = models.ForeignKey(
        Measure, on_delete=models.CASCADE, related_name="occurrences", db_index=False
    )
    programme = models.ForeignKey(
        Programme, on_delete=models.CASCADE, related_name="occurrences", db_index=False
    )
    opens_on = models.DateField(_("open from"))
    due_on = models.DateField(_("due on"))
    #: The day that was agreed first for it, where another took its place: lateness is held against
    #: that one, so that moving a deadline hides none.
    first_due_on = models.DateField(null=True, editable=False)
    # The day on which it was settled: done, or given up as not possible any more.
    done_on = models.DateField(_("done on"), null=True, blank=True)
    done_note = models.TextField(_("what was done"), blank=True)
    given_up = models.BooleanField(_("not possible any more"), default=False)
    disputed_since = models.DateField(_("disputed since"), null=True, blank=True)
    withdrawn = models.BooleanField(_("no longer due"), default=False)

    #: Whose visibility decides.
    seen_with = "programme"

    objects = OccurrenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("occurrence")
        verbose_name_plural = _("occurrences")
        ordering = ("due_on", "pk")
        indexes = [
            models.Index(
                fields=["due_on", "id"],
                condition=Q(done_on=None, withdrawn=False),
                name="occurrence_open",
            ),
            models.Index(fields=["programme", "due_on"], name="occurrence_of_programme"),
            models.Index(
                fields=["given_up"], condition=GIVEN_UP_OR_DISPUTED, name="occurrence_told_apart"
            ),
            models.Index(fields=["due_on", "measure"], name="occurrence_by_day"),
            models.Index(
                fields=["first_due_on"],
                condition=Q(first_due_on__isnull=False),
                name="occurrence_moved",
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["measure", "due_on"], name="occurrence_once_a_day"),
            models.CheckConstraint(
                condition=Q(given_up=False) | Q(done_on__isnull=False),
                name="occurrence_given_up_on_a_day",
            ),
            models.CheckConstraint(
                condition=Q(opens_on__lte=models.F("due_on")), name="occurrence_opens_before_due"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.measure} ({wording.day(self.due_on)})"

    def one_before(self) -> date | None:
        """Of what recurs, the day on which the one before it was due."""
        if self.measure.due_kind not in (DueKind.RECURRING, DueKind.CONTINUOUS):
            return None
        earlier = self.measure.occurrences.standing().filter(due_on__lt=self.due_on)
        before: date | None = earlier.aggregate(last=Max("due_on"))["last"]
        return before

    def state_on(self, day: date) -> OccurrenceState:
        return state_on(self.opens_on, self.due_on, self.done_on, day, given_up=self.given_up)

    @property
    def held_against(self) -> date:
        """The day against which its lateness is held: the one agreed first."""
        return self.first_due_on or self.due_on

    @property
    def days_late(self) -> int:
        """By how many days it was done after the day agreed first; 0 if in time or not done."""
        if self.done_on is None or self.given_up:
            return 0
        return max((self.done_on - self.held_against).days, 0)

    def is_put_off_on(self, day: date) -> bool:
        """Whether it is open and the day agreed first has passed, but not the one of today."""
        is_open = self.done_on is None or self.done_on > day
        return is_open and self.held_against < day <= self.due_on

    def is_disputed_on(self, day: date) -> bool:
        """Whether its sides say different things, and said so by that day."""
        return self.disputed_since is not None and self.disputed_since <= day
