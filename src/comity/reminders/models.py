from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from comity.accounts.rules import Reader
from comity.lib.versions import Versioned
from comity.programmes.models import MeasureAmendment, Occurrence, Programme
from comity.reminders.ladder import USUAL, Audience, Ladder
from comity.reporting.models import Step


def _days(label: object, usual: str) -> "models.CharField[str, str]":
    return models.CharField(label, max_length=40, blank=True, default=usual)  # type: ignore[arg-type]


class ProgrammeLadderQuerySet(models.QuerySet["ProgrammeLadder"]):
    def visible_to(self, user: Reader) -> "ProgrammeLadderQuerySet":
        seen = Programme.objects.visible_to(user).order_by()
        return self.filter(programme__in=seen)


class ProgrammeLadder(Versioned):
    """The days on which reminders of a programme are sent, where it does not use the usual ones.

    Each field holds numbers of days, parted by commas; 0 before is the day itself.
    """

    programme = models.OneToOneField(
        Programme, on_delete=models.CASCADE, related_name="reminder_ladder"
    )
    body_before = _days(_("body: days before"), "30, 7, 0")
    body_after = _days(_("body: days after"), "7")
    body_coordinator_before = _days(_("coordinator of the body: days before"), "")
    body_coordinator_after = _days(_("coordinator of the body: days after"), "7")
    verifier_before = _days(_("verifier: days before"), "")
    verifier_after = _days(_("verifier: days after"), "21")
    programme_before = _days(_("coordinator of the programme: days before"), "")
    programme_after = _days(_("coordinator of the programme: days after"), "21")

    to_contacts = models.BooleanField(
        _("write to the contact of a body that has no account"),
        default=True,
        help_text=_("With one-time links, by which a report is made without an account."),
    )

    seen_with = "programme"

    objects: ClassVar[ProgrammeLadderQuerySet] = ProgrammeLadderQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("ladder of reminders")
        verbose_name_plural = _("ladders of reminders")

    def __str__(self) -> str:
        return f"{self._meta.verbose_name}: {self.programme}"

    def get_absolute_url(self) -> str:
        from django.urls import reverse  # noqa: PLC0415

        return reverse("reminders:ladder", args=[self.programme_id])

    @property
    def rungs(self) -> Ladder:
        return {audience: self._of(audience) for audience in Audience}

    @property
    def is_silent(self) -> bool:
        """Whether nobody is reminded at all."""
        return not any(self.rungs.values())

    def _of(self, audience: Audience) -> tuple[int, ...]:
        before = [-day for day in days_in(getattr(self, f"{audience.value}_before"))]
        return tuple(sorted({*before, *days_in(getattr(self, f"{audience.value}_after"))}))


def days_in(text: str) -> list[int]:
    """The numbers in a text such as “30, 7, 0”; raises ValueError for anything else."""
    return [int(part) for part in text.replace(";", ",").split(",") if part.strip()]


def ladder_of(programme: Programme) -> Ladder:
    ladder = ProgrammeLadder.objects.filter(programme=programme).first()
    return ladder.rungs if ladder else USUAL


class Pace(models.TextChoices):
    DAILY = "daily", _("every day on which there is something to say")
    WEEKLY = "weekly", _("on Mondays")
    LATE = "late", _("on Mondays, and only of what is late")


class Habit(models.Model):
    """How often a person wants to be written to."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="reminder_habit"
    )
    pace = models.CharField(_("how often"), max_length=8, choices=Pace.choices, default=Pace.DAILY)

    class Meta:
        verbose_name = _("how often somebody is reminded")
        verbose_name_plural = _("how often people are reminded")

    def __str__(self) -> str:
        return f"{self.user}: {self.pace}"


class _OnRung(models.Model):
    """That somebody was told of an occurrence for a side, on one rung of the ladder."""

    occurrence = models.ForeignKey(Occurrence, on_delete=models.CASCADE, db_index=False)
    side = models.CharField(max_length=2, blank=True)
    rung = models.SmallIntegerField()
    on = models.DateField(db_index=True)

    goes_along = ends_with_its_day = True

    class Meta:
        abstract = True


class Said(_OnRung):
    """A person was told."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, db_index=False)

    class Meta:
        verbose_name = _("reminder")
        verbose_name_plural = _("reminders")
        constraints = [
            models.UniqueConstraint(
                fields=["occurrence", "user", "side", "rung"], name="reminder_said_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.user}, {self.occurrence_id}, {self.rung:+}"


class SaidToContact(_OnRung):
    """The contact of a body without an account was told, at this address."""

    email = models.EmailField()

    class Meta:
        verbose_name = _("reminder of a contact")
        verbose_name_plural = _("reminders of contacts")
        constraints = [
            models.UniqueConstraint(
                fields=["occurrence", "email", "side", "rung"], name="reminder_of_contact_said_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.email}, {self.occurrence_id}, {self.rung:+}"


class SaidOfChange(models.Model):
    """That a person was told of a change that waits for their consent, so many days after it."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, db_index=False)
    amendment = models.ForeignKey(MeasureAmendment, on_delete=models.CASCADE, db_index=False)
    rung = models.SmallIntegerField()
    on = models.DateField(db_index=True)

    class Meta:
        verbose_name = _("reminder of a change")
        verbose_name_plural = _("reminders of changes")
        constraints = [
            models.UniqueConstraint(
                fields=["amendment", "user", "rung"], name="reminder_of_change_said_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.user}, {self.amendment_id}, {self.rung:+}"


class _OfStep(models.Model):
    """That somebody was told of a report whose turn it is."""

    step = models.ForeignKey(Step, on_delete=models.CASCADE, db_index=False)
    on = models.DateField(db_index=True)

    goes_along = True

    class Meta:
        abstract = True


class SaidOfStep(_OfStep):
    """A person was told that it came back to them, or waits for their decision."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, db_index=False)

    class Meta:
        verbose_name = _("reminder of a report")
        verbose_name_plural = _("reminders of reports")
        constraints = [
            models.UniqueConstraint(
                fields=["step", "user", "on"], name="reminder_of_step_said_once_a_day"
            )
        ]

    def __str__(self) -> str:
        return f"{self.user}, {self.step_id}"


class SaidOfStepToContact(_OfStep):
    """What was reported by a one-time link came back, and this address was told."""

    email = models.EmailField()

    class Meta:
        verbose_name = _("reminder of a report without an account")
        verbose_name_plural = _("reminders of reports without an account")
        constraints = [
            models.UniqueConstraint(
                fields=["step", "email"], name="reminder_of_step_to_contact_said_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.email}, {self.step_id}"


class DailyRun(models.Model):
    """That the reminders of a day were begun, by whichever process was first, and finished."""

    day = models.DateField(unique=True)
    started_at = models.DateTimeField(default=timezone.now)
    finished_at = models.DateTimeField(null=True)
    letters = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("daily run of reminders")
        verbose_name_plural = _("daily runs of reminders")

    def __str__(self) -> str:
        return self.day.isoformat()
