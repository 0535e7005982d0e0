from collections.abc import Sequence
from datetime import date
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import ExpressionWrapper, F, Q, Value
from django.utils.translation import gettext_lazy as _

from comity.accounts.models import INSIDE, Role
from comity.accounts.rules import Reader, sees_everything
from comity.agreements.models import Agreement, Party
from comity.directory.rules import acting_as, authority_seats, organisations_of
from comity.lib import wording
from comity.lib.addresses import address
from comity.lib.choices import in_words
from comity.lib.fields_of_cooperation import FieldOfCooperation
from comity.lib.languages import Language, Titled, said_in_some_language
from comity.lib.periods import Period
from comity.lib.versions import Versioned
from comity.lib.visibility import Visibility
from comity.programmes.grants import granted_programmes
from comity.territories.models import Territory


class ProgrammeKind(models.TextChoices):
    ACTION = "action", _("action programme")
    STATE = "state", _("state programme")
    JOINT = "joint", _("joint programme")


class ProgrammeQuerySet(models.QuerySet["Programme"]):
    def visible_to(self, user: Reader) -> "ProgrammeQuerySet":
        """Public ones; those granted; those of the parties or, if internal, of who keeps them.

        Parties are the authorities of its sides, its owner, the organisations that are parties to
        its agreement, and those that its measures name.
        """
        if sees_everything(user):
            return self
        public = Q(visibility=Visibility.PUBLIC)
        organisations, granted = organisations_of(user), granted_programmes(user)
        if not organisations and not granted:
            return self.filter(public)
        return self.filter(
            public
            | Q(pk__in=granted)
            | Q(visibility=Visibility.INTERNAL) & _kept_by(user)
            | Q(visibility=Visibility.PARTIES) & _belonging_to(user, organisations)
        )

    def visible_if(self, visibility: str, user: Reader) -> "ProgrammeQuerySet":
        """Those that the person would see if they were of this visibility."""
        if visibility == Visibility.PUBLIC or sees_everything(user):
            return self
        parties = visibility == Visibility.PARTIES
        theirs = _belonging_to(user, organisations_of(user)) if parties else _kept_by(user)
        return self.filter(Q(pk__in=granted_programmes(user)) | theirs)

    def belonging_to(self, user: Reader) -> "ProgrammeQuerySet":
        """Those in which the person has a part: by a role in them, or in a party to them."""
        if sees_everything(user):
            return self
        condition = _has_part(user)
        return self.none() if condition is None else self.filter(condition)

    def telling_whose(self, user: Reader) -> "ProgrammeQuerySet":
        """Each with `has_part`: whether it is one of those that belong to the person."""
        has_part: Any = Value(True)
        if not sees_everything(user):
            condition = _has_part(user)
            has_part = Value(False) if condition is None else condition
        return self.annotate(has_part=ExpressionWrapper(has_part, models.BooleanField()))

    def newest(self, then: Sequence[str] = ()) -> "ProgrammeQuerySet":
        return self.order_by("-start", "-pk", *then)

    def of_territory(self, territory: Territory) -> "ProgrammeQuerySet":
        """Those of which the territory, or something in it, is a side."""
        sides = ProgrammeSide.objects.filter(territory__path__startswith=territory.path)
        return self.filter(pk__in=sides.values("programme"))

    def running_in(self, year: int) -> "ProgrammeQuerySet":
        return self.filter(start__lte=date(year, 12, 31), end__gte=date(year, 1, 1))


def _kept_by(user: Reader) -> Q:
    sides = ProgrammeSide.objects.filter(territory__in=authority_seats(user, INSIDE))
    return Q(pk__in=sides.values("programme")) | Q(owner__in=acting_as(user, INSIDE))


def _has_part(user: Reader) -> Q | None:
    """Which programmes a person has a part in; None for somebody who has no role anywhere."""
    organisations, granted = organisations_of(user), granted_programmes(user)
    if not organisations and not granted:
        return None
    return Q(pk__in=granted) | _belonging_to(user, organisations)


def _belonging_to(user: Reader, organisations: set[int]) -> Q:
    sides = ProgrammeSide.objects.filter(territory__in=authority_seats(user))
    parties = Party.objects.filter(organisation__in=organisations)
    named = Programme.objects.filter(measures__responsibilities__organisation__in=organisations)
    return (
        Q(pk__in=sides.values("programme"))
        | Q(owner__in=organisations)
        | Q(agreement__in=parties.values("agreement"))
        | Q(pk__in=named.values("pk"))
    )


class Programme(Titled, Versioned):
    """A set of measures for a period: an action, a state or a joint programme."""

    kind = models.CharField(
        _("kind"), max_length=8, choices=ProgrammeKind.choices, default=ProgrammeKind.ACTION
    )
    agreement = models.ForeignKey(
        Agreement,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="programmes",
        verbose_name=_("agreement that it carries out"),
    )
    owner = models.ForeignKey(
        "directory.Organisation",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="programmes",
        verbose_name=_("kept by"),
    )
    start = models.DateField(_("from"), null=True, blank=True)
    end = models.DateField(_("until"), null=True, blank=True)
    language = models.CharField(
        _("language of the signed text"), max_length=2, choices=Language.choices
    )
    visibility = models.CharField(
        _("seen by"), max_length=8, choices=Visibility.choices, default=Visibility.PUBLIC
    )
    needs_consent = models.BooleanField(
        _("changes of measures need the consent of the other side"),
        default=False,
        help_text=_("Otherwise a change stands at once, with its reason."),
    )
    is_example = models.BooleanField(_("example document"), default=False)

    history_parts = ("sides", "sections")
    history_removals = ("measures",)

    objects = ProgrammeQuerySet.as_manager()
    get_kind_display = in_words("kind", ProgrammeKind)

    class Meta:
        verbose_name = _("programme")
        verbose_name_plural = _("programmes")
        ordering = ("-pk",)
        indexes = [
            models.Index(fields=["visibility", "-start", "-id"], name="programme_newest"),
            models.Index(fields=["-start", "-id"], name="programme_newest_of_all"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=said_in_some_language("title"),
                name="programme_has_a_title",
                violation_error_message=_("Write a title in at least one language."),
            ),
            models.CheckConstraint(
                condition=Q(start=None) | Q(end=None) | Q(end__gte=F("start")),
                name="programme_ends_after_it_begins",
                violation_error_message=_("A programme cannot end before it begins."),
            ),
        ]

    def get_absolute_url(self) -> str:
        return address("programmes:detail", self.pk)

    @property
    def countries(self) -> tuple[str, ...]:
        """The countries of its sides by ISO 3166-1, in their order."""
        return tuple(dict.fromkeys(side.territory.country_code for side in self.sides.all()))

    @property
    def period(self) -> Period | None:
        return Period(self.start, self.end) if self.start and self.end else None

    @property
    def short_name(self) -> str:
        """Its sides and years, as pages call it for short; the title of one with a single side."""
        sides = [side.territory.name for side in self.sides.all()]
        if len(sides) < 2:
            return self.title
        years = wording.period(self.start, self.end) if self.start or self.end else ""
        return ", ".join(filter(None, (" × ".join(sides), years)))

    @property
    def begins_on(self) -> date:
        """The first day on which something of it can have been done.

        Its own first day, or else that of the agreement that it carries out; where neither is
        known, one before which no programme of a register was.
        """
        begins = self.start
        if begins is None and self.agreement is not None:
            begins = self.agreement.in_force_from or self.agreement.signed_on
        return begins or date(1991, 1, 1)


class ProgrammeSide(models.Model):
    """A territory that takes part in a programme: one of its sides."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="sides")
    territory = models.ForeignKey(
        Territory, on_delete=models.PROTECT, related_name="programme_sides"
    )
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("side")
        verbose_name_plural = _("sides")
        ordering = ("position", "pk")
        constraints = [
            models.UniqueConstraint(fields=["programme", "territory"], name="side_once_each")
        ]

    def __str__(self) -> str:
        return str(self.territory)


class ProgrammeGrant(models.Model):
    """A person's role within one programme."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="programme_grants"
    )
    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="grants")
    role = models.CharField(_("role"), max_length=16, choices=Role.choices)

    class Meta:
        verbose_name = _("role in a programme")
        verbose_name_plural = _("roles in programmes")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "programme"], name="one_role_a_person_and_programme"
            )
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.role} ({self.programme})"


class Section(models.Model):
    """A part of a programme, as its document names it; nested ones are joined with “ / ”."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="sections")
    title = models.CharField(_("title"), max_length=1000)
    position = models.PositiveIntegerField()
    field = models.CharField(
        _("field"),
        max_length=12,
        choices=FieldOfCooperation.choices,
        default=FieldOfCooperation.OTHER,
    )

    class Meta:
        verbose_name = _("section")
        verbose_name_plural = _("sections")
        ordering = ("position",)
        constraints = [
            models.UniqueConstraint(fields=["programme", "title"], name="section_once_each")
        ]

    def __str__(self) -> str:
        return self.title
