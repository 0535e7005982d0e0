from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from comity.accounts.rules import Reader, sees_everything
from comity.directory.models import Organisation
from comity.directory.rules import authority_seats, organisations_of
from comity.files.media import PICTURES
from comity.files.models import StoredFile
from comity.lib.addresses import address
from comity.lib.choices import in_words
from comity.lib.languages import Language
from comity.lib.versions import Versioned
from comity.programmes.grants import granted_programmes
from comity.programmes.models import (
    Measure,
    Occurrence,
    Programme,
    ProgrammeSide,
    Responsibility,
)


class Stage(models.TextChoices):
    """Where a report stands in its life."""

    DRAFT = "draft", pgettext_lazy("report", "draft")
    SUBMITTED = "submitted", pgettext_lazy("report", "submitted")
    RETURNED = "returned", pgettext_lazy("report", "returned")
    ACCEPTED = "accepted", pgettext_lazy("report", "accepted")
    REOPENED = "reopened", pgettext_lazy("report", "re-opened")
    TEXT_REOPENED = "reopened_text", pgettext_lazy("report", "re-opened for its words")
    TEXT_SUBMITTED = "submitted_text", pgettext_lazy("report", "submitted with other words")
    GONE_ON = "gone_on", pgettext_lazy("report", "accepted, and being continued")


#: Stages in which a report came back to whoever reports, and in which they may write.
RETURNED = (Stage.RETURNED, Stage.REOPENED, Stage.TEXT_REOPENED)
WRITABLE = (Stage.DRAFT, Stage.GONE_ON, *RETURNED)
#: Stages in which what was submitted last counts as said, and as accepted.
STANDING = (Stage.ACCEPTED, Stage.TEXT_REOPENED, Stage.TEXT_SUBMITTED)
SAID = (Stage.SUBMITTED, *STANDING)
#: Stages in which what was submitted last is told to others; a new version may be under way.
TOLD = (*SAID, Stage.GONE_ON)
#: Stages that wait for somebody to accept or return.
WAITING = (Stage.SUBMITTED, Stage.TEXT_SUBMITTED)


class Outcome(models.TextChoices):
    """What a body says of the state of a measure."""

    NOT_STARTED = "not_started", _("not started")
    UNDER_WAY = "under_way", _("under way")
    DONE = "done", _("done")
    IN_PART = "in_part", _("done in part")
    IMPOSSIBLE = "impossible", _("not possible any more")


#: What ends a day: nothing more is asked for then.
ENDED = (Outcome.DONE, Outcome.IMPOSSIBLE)


#: The look of each, as states of measures have one.
LOOKS_OF_OUTCOMES: dict[str, str] = {
    Outcome.DONE: "done",
    Outcome.IN_PART: "part",
    Outcome.UNDER_WAY: "due",
    Outcome.NOT_STARTED: "idle",
    Outcome.IMPOSSIBLE: "gone",
}

#: Reports after which nothing is asked of their side: they wait, or were accepted for good.
ANSWERED = Q(stage__in=WAITING) | Q(stage__in=STANDING, outcome__in=ENDED)


def is_answer(stage: str, outcome: str) -> bool:
    """The same of one report."""
    return stage in WAITING or (stage in STANDING and outcome in ENDED)


class ReportQuerySet(models.QuerySet["Report"]):
    def visible_to(self, user: Reader) -> "ReportQuerySet":
        """Of programmes that the person sees: those accepted once, to the parties submitted ones.

        What was never submitted is seen on its own side alone.
        """
        if sees_everything(user):
            return self
        seen = Programme.objects.visible_to(user).filter(pk=OuterRef("programme"))
        party = Programme.objects.belonging_to(user).filter(pk=OuterRef("programme"))
        accepted = Step.objects.filter(report=OuterRef("pk"), kind=StepKind.ACCEPTED)
        of_all = Q(stage__in=STANDING) | ~Q(stage=Stage.DRAFT) & (Exists(accepted) | Exists(party))
        return self.filter(Exists(seen), of_all | of_own_side(user))

    def history_visible_to(self, user: Reader) -> "ReportQuerySet":
        """What was written before it was submitted, and why it was returned, stays on its side."""
        return self if sees_everything(user) else self.visible_to(user).filter(of_own_side(user))

    def answers(self) -> "ReportQuerySet":
        return self.filter(occurrence__isnull=False)

    def waiting(self) -> "ReportQuerySet":
        """Those that somebody has to accept or return."""
        return self.filter(stage__in=WAITING)

    def with_reasons(self) -> "ReportQuerySet":
        """Each with `returned_because`: why it came back last, as the one who decided wrote."""
        back = Step.objects.filter(report=OuterRef("pk"), kind__in=CAME_BACK).order_by("-pk")
        last = Subquery(back.values("reason")[:1])
        return self.annotate(
            returned_because=Coalesce(last, Value(""), output_field=models.TextField())
        )

    def with_pieces(self) -> "ReportQuerySet":
        """Each with `pieces`: how many pieces of evidence stand in it."""
        standing = Evidence.objects.filter(report=OuterRef("pk"), is_taken_off=False).order_by()
        counted = standing.values("report").annotate(n=Count("pk")).values("n")
        return self.annotate(pieces=Coalesce(Subquery(counted), Value(0)))


def of_own_side(user: Reader) -> Q:
    """Reports of the person's own side, programme or organisation."""
    organisations = organisations_of(user)
    named = Responsibility.objects.filter(
        Q(country=OuterRef("side")) | Q(country__isnull=True),
        measure=OuterRef("measure"),
        organisation__in=organisations,
    )
    spoken_for = ProgrammeSide.objects.filter(
        programme=OuterRef("programme"),
        territory__in=authority_seats(user),
        territory__path__startswith=OuterRef("side"),
    )
    granted = Q(programme__in=granted_programmes(user))
    if not organisations:
        return granted
    owned = Q(programme__owner__in=organisations)
    return granted | owned | Q(Exists(named)) | Q(Exists(spoken_for))


class Report(Versioned):
    """What a responsible body says about an occurrence; or news of a measure between its days."""

    programme = models.ForeignKey(
        Programme, on_delete=models.PROTECT, related_name="reports", db_index=False
    )
    measure = models.ForeignKey(Measure, on_delete=models.PROTECT, related_name="reports")
    occurrence = models.ForeignKey(
        Occurrence,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="reports",
        db_index=False,
        verbose_name=_("occurrence"),
    )
    #: ISO 3166-1 code of the side; empty where the measure names no side.
    side = models.CharField(_("side"), max_length=2, blank=True)
    body = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="reports",
        verbose_name=_("responsible body"),
    )
    stage = models.CharField(
        pgettext_lazy("report", "stage"), max_length=15, choices=Stage.choices, default=Stage.DRAFT
    )
    outcome = models.CharField(_("state"), max_length=11, choices=Outcome.choices, blank=True)
    done_on = models.DateField(_("done on"), null=True, blank=True)
    told = models.TextField(_("what was done"), blank=True)
    language = models.CharField(
        _("language"), max_length=2, choices=Language.choices, default=Language.ENGLISH
    )
    figure = models.DecimalField(
        _("reached"),
        max_digits=18,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
    )
    spent_amount = models.DecimalField(
        _("money spent"),
        max_digits=20,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
    )
    spent_currency = models.CharField(_("currency"), max_length=3, blank=True)
    difficulties = models.TextField(_("difficulties"), blank=True)
    help_wanted = models.TextField(_("what would help"), blank=True)
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    #: When it was submitted first and last, and when it was accepted or returned last.
    first_submitted_at = models.DateTimeField(_("first submitted"), null=True, editable=False)
    #: The day that it was then where the body sits: a deadline lasts until the day ends there.
    first_submitted_on = models.DateField(
        _("day of the first submission"), null=True, editable=False
    )
    submitted_at = models.DateTimeField(_("submitted"), null=True, editable=False)
    decided_at = models.DateTimeField(_("decided"), null=True, editable=False)
    #: The page in which its last words were typed and the version that they made, if it was typed.
    typed_from = models.CharField(max_length=64, blank=True, editable=False)

    not_audited = ("typed_from",)
    history_parts = ("evidence",)
    #: Whose visibility decides.
    seen_with = "programme"

    objects = ReportQuerySet.as_manager()
    get_stage_display = in_words("stage", Stage)
    get_outcome_display = in_words("outcome", Outcome)

    class Meta:
        verbose_name = _("report")
        verbose_name_plural = _("reports")
        ordering = ("-pk",)
        indexes = [
            models.Index(fields=["programme", "stage"], name="report_of_programme"),
            models.Index(fields=["stage", "-submitted_at"], name="report_by_stage"),
        ]
        constraints = [
            # news, which answer no occurrence, are as many as there are
            models.UniqueConstraint(fields=["occurrence", "side"], name="report_once_a_side"),
            models.CheckConstraint(
                condition=Q(stage=Stage.DRAFT) | ~Q(outcome=""),
                name="report_says_a_state_once_submitted",
            ),
            models.CheckConstraint(
                condition=Q(spent_amount=None) | ~Q(spent_currency=""),
                name="report_money_has_a_currency",
            ),
            models.CheckConstraint(
                condition=Q(figure=None) | Q(figure__gte=0),
                name="report_figure_is_not_negative",
            ),
        ]

    def __str__(self) -> str:
        return str(self.measure)

    def get_absolute_url(self) -> str:
        return address("reporting:report", self.pk)

    def clean(self) -> None:
        if self.spent_amount is not None and not self.spent_currency:
            raise ValidationError({"spent_currency": gettext("Say in which currency.")})

    @property
    def is_writable(self) -> bool:
        return self.stage in WRITABLE

    @property
    def is_returned(self) -> bool:
        return self.stage in RETURNED

    @property
    def is_open_for_words(self) -> bool:
        """For its words alone: what was accepted besides them stays."""
        return self.stage == Stage.TEXT_REOPENED

    @property
    def has_new_words(self) -> bool:
        """Whether it stands accepted while other words of it wait."""
        return self.stage == Stage.TEXT_SUBMITTED

    @property
    def is_waiting(self) -> bool:
        return self.stage in WAITING

    @property
    def look(self) -> str:
        """The look of its stage, as states of measures have one."""
        if self.stage in STANDING:
            return "done"
        if self.stage == Stage.DRAFT:
            return "idle"
        return "due" if self.stage in (Stage.SUBMITTED, Stage.GONE_ON) else "late"

    @property
    def look_of_outcome(self) -> str:
        return LOOKS_OF_OUTCOMES.get(self.outcome, "idle")

    @property
    def days_late(self) -> int:
        """Days from the day it was due to the day it was first submitted; 0 if in time.

        Days are those of the place in which the body sits.
        """
        if self.occurrence is None or self.first_submitted_on is None:
            return 0
        return max((self.first_submitted_on - self.occurrence.due_on).days, 0)

    @cached_property
    def came_after_lock(self) -> bool:
        """Whether what it says now came while its reporting period was locked; reads its steps."""
        said = [step for step in self.steps.all() if step.kind == StepKind.SUBMITTED]
        return bool(said) and said[-1].locked_at is not None


class Evidence(models.Model):
    """A file, a photograph or a link that shows what a report says."""

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="evidence")
    file = models.ForeignKey(
        StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    name = models.CharField(_("file name"), max_length=255, blank=True)
    link = models.URLField(_("link"), max_length=500, blank=True)
    caption = models.CharField(_("what it shows"), max_length=300, blank=True)
    added_at = models.DateTimeField(default=timezone.now, editable=False)
    #: Taken off again: submitted versions that had it still show it.
    is_taken_off = models.BooleanField(_("taken off"), default=False)

    seen_with = "report"

    class Meta:
        verbose_name = _("piece of evidence")
        verbose_name_plural = _("evidence")
        ordering = ("pk",)
        constraints = [
            models.CheckConstraint(
                condition=Q(file__isnull=False) ^ ~Q(link=""), name="evidence_is_a_file_or_a_link"
            )
        ]

    def __str__(self) -> str:
        return self.caption or self.name or self.link

    @property
    def is_picture(self) -> bool:
        return self.file is not None and self.file.media_type in PICTURES


class StepKind(models.TextChoices):
    SUBMITTED = "submitted", pgettext_lazy("report", "submitted")
    TAKEN_BACK = "taken_back", pgettext_lazy("report", "taken back")
    RETURNED = "returned", pgettext_lazy("report", "returned")
    ACCEPTED = "accepted", pgettext_lazy("report", "accepted")
    REOPENED = "reopened", pgettext_lazy("report", "re-opened")
    TEXT_REOPENED = "reopened_text", pgettext_lazy("report", "re-opened for its words")
    SETTLING = "settling", pgettext_lazy("report", "asked to be settled with the other side")
    GONE_ON = "gone_on", pgettext_lazy("report", "continued, as the day is still open")


#: Steps by which a report comes back to whoever reports.
CAME_BACK = (StepKind.RETURNED, StepKind.REOPENED, StepKind.TEXT_REOPENED)


class Step(models.Model):
    """One step in the life of a report: who, when, why; and all that it said if submitted."""

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="steps")
    kind = models.CharField(max_length=13, choices=StepKind.choices)
    at = models.DateTimeField(default=timezone.now, editable=False)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    by_name = models.CharField(max_length=254)
    reason = models.TextField(blank=True)
    #: What the report said when it was submitted, as `content.kept` gives it.
    content = models.JSONField(null=True, blank=True)
    #: Since when the reporting period was locked, if it was when the report was submitted.
    locked_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        verbose_name = _("step of a report")
        verbose_name_plural = _("steps of reports")
        ordering = ("pk",)
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="submitted") ^ Q(content__isnull=True),
                name="step_keeps_what_was_submitted",
            )
        ]
        indexes = [models.Index(F("report"), F("kind"), name="step_of_report")]

    def __str__(self) -> str:
        return f"{self.kind} {self.at:%Y-%m-%d}"
