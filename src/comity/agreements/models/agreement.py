from copy import copy
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from comity.accounts.models import INSIDE, WRITING
from comity.accounts.rules import Reader, coordinates_everything, sees_everything
from comity.agreements import terms
from comity.agreements.models.amendment import AMENDABLE, TERMS, Amendment
from comity.agreements.models.party import Party, agreements_of
from comity.agreements.standing import (
    LONGEST_NOTICE,
    begun_on,
    has_status,
    not_ended,
    not_expired,
    term_running_on,
    window_open_by,
)
from comity.agreements.terms import Status, Terms
from comity.directory.models import Organisation
from comity.directory.rules import acting_as, authority_seats, organisations_of, writes_for
from comity.lib.addresses import address
from comity.lib.choices import in_words
from comity.lib.languages import Titled, in_three, said_in_some_language
from comity.lib.partial_dates import Precision
from comity.lib.past_days import is_past
from comity.lib.periods import add_months
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
        belongs = agreements_of(organisations, authority_seats(user))
        keeps = agreements_of(acting_as(user, INSIDE), authority_seats(user, INSIDE))
        return self.filter(
            Q(visibility=Visibility.PUBLIC)
            | Q(visibility=Visibility.PARTIES, pk__in=belongs)
            | Q(visibility=Visibility.INTERNAL, pk__in=keeps)
        )

    def visible_if(self, visibility: str, user: Reader) -> "AgreementQuerySet":
        """Those that the person would see if they were of this visibility."""
        if visibility == Visibility.PUBLIC or sees_everything(user):
            return self
        if visibility == Visibility.PARTIES:
            theirs = agreements_of(organisations_of(user), authority_seats(user))
        else:
            theirs = agreements_of(acting_as(user, INSIDE), authority_seats(user, INSIDE))
        return self.filter(pk__in=theirs)

    def of_territory(self, territory: Territory) -> "AgreementQuerySet":
        """Those to which the territory, something in it, or a body seated there is a party."""
        parties = Party.objects.filter(place__path__startswith=territory.path)
        return self.filter(pk__in=parties.values("agreement"))

    def kept_by(self, user: Reader) -> "AgreementQuerySet":
        """What the person may change: those of the parties that they write for, or all."""
        if coordinates_everything(user):
            return self
        return self.filter(pk__in=agreements_of(writes_for(user), authority_seats(user, WRITING)))

    def of_organisation(self, organisation: Organisation) -> "AgreementQuerySet":
        return self.filter(
            pk__in=Party.objects.filter(organisation=organisation).values("agreement")
        )

    def in_field(self, field: str) -> "AgreementQuerySet":
        return self.filter(cooperation_fields__field=field)

    def with_status(self, *statuses: str, day: date) -> "AgreementQuerySet":
        """Those with one of the statuses on a date, by their texts as they stood on it.

        The database computes it. Only those with an amendment of their terms still to come on that
        day, or with an objection to their prolonging, are looked at one by one.
        """
        wanted = Q()
        for status in statuses:
            wanted |= has_status(status, day)
        plain = self.model._base_manager.alias(**term_running_on(day)).filter(wanted)
        return self._plain_or_apart(
            plain, day, [a.pk for a in self._apart(day) if a.status_on(day) in statuses]
        )

    def in_force_on(self, day: date) -> "AgreementQuerySet":
        """Signed, begun and not over; a renewing one goes on until a party objects."""
        plain = self.model._base_manager.filter(begun_on(day), not_expired(day))
        going = (Status.IN_FORCE, Status.NOTICE)
        return self._plain_or_apart(
            plain, day, [a.pk for a in self._apart(day) if a.status_on(day) in going]
        )

    def alive_between(self, start: date, end: date) -> "AgreementQuerySet":
        """Signed by the end of these days and not over before they start, in force yet or not."""
        plain = self.model._base_manager.filter(not_ended(start), not_expired(start))
        over = (Status.ENDED, Status.EXPIRED)
        apart = [a.pk for a in self._apart(start) if a.status_on(start) not in over]
        return self._plain_or_apart(plain, start, apart).filter(signed_on__lte=end)

    def ending_within(self, day: date, months: int) -> "AgreementQuerySet":
        """Those in force on `day` that need a look within so many months.

        Their last term ends, they are to be ended, or the notice window of the running term opens
        (or is open), after which they are prolonged.
        """
        by, every = add_months(day, months), self.model._base_manager
        fixed = every.filter(begun_on(day), renewal_months=None, until__range=(day, by))
        to_end = every.filter(begun_on(day), not_expired(day), ended_on__lte=by)
        renewing = every.alias(**term_running_on(day)).filter(
            begun_on(day), window_open_by(day, by), renewal_months__gte=1
        )
        plain = every.filter(Q(pk__in=fixed) | Q(pk__in=to_end) | Q(pk__in=renewing))
        return self._plain_or_apart(
            plain, day, [a.pk for a in self._apart(day) if a.ends_within(day, by)]
        )

    def known_by(self, day: date) -> "AgreementQuerySet":
        """Without those that were signed after a day."""
        return self.exclude(signed_on__gt=day) if is_past(day) else self

    def newest_first(self) -> "AgreementQuerySet":
        """By the day of signing; those not signed yet come last."""
        return self.order_by(F("signed_on").desc(nulls_last=True), "-pk")

    def newest(self) -> "AgreementQuerySet":
        return self.filter(signed_on__isnull=False).order_by("-signed_on", "-pk")

    def ending_between(self, start: date, end: date) -> "AgreementQuerySet":
        """Those whose current text names an end in these days, first to end first."""
        return self.filter(until__range=(start, end), ended_on=None).order_by("until", "pk")

    def told_on_a_list(self) -> "AgreementQuerySet":
        """With what a list says of each, in three queries however many there are."""
        return self.prefetch_related(
            models.Prefetch(
                "parties",
                Party.objects.select_related("place", "territory", "organisation").only(
                    "agreement",
                    "position",
                    "signatory_name",
                    "signatory_post",
                    "place__path",
                    *in_three("territory__name"),
                    *in_three("organisation__name"),
                ),
            ),
            "cooperation_fields",
            "amendments",
        )

    def _apart(self, day: date) -> "AgreementQuerySet":
        """Those whose status on `day` their own columns do not tell."""
        return self.filter(_told_apart(day)).order_by().prefetch_related("amendments")

    def _plain_or_apart(
        self, plain: "models.QuerySet[Agreement]", day: date, apart: list[int]
    ) -> "AgreementQuerySet":
        return self.filter(Q(pk__in=plain) & ~_told_apart(day) | Q(pk__in=apart))


def _told_apart(day: date) -> Q:
    amended = Amendment.objects.filter(in_force_from__gt=day, changes__has_any_keys=TERMS)
    return Q(pk__in=amended.values("agreement")) | Q(
        renewal_months__isnull=False, objected_on__isnull=False, objected_on__lte=day
    )


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
        validators=[MinValueValidator(1)],
        help_text=_("Each time that a term ends and no party has objected. Empty: not prolonged."),
    )
    notice_months = models.PositiveSmallIntegerField(
        _("notice (months before the end of a term)"),
        null=True,
        blank=True,
        validators=[MaxValueValidator(LONGEST_NOTICE)],
    )
    objected_on = models.DateField(_("a party objected to prolonging on"), null=True, blank=True)
    ended_on = models.DateField(_("ended before its time on"), null=True, blank=True)
    visibility = models.CharField(
        _("seen by"), max_length=8, choices=Visibility.choices, default=Visibility.PUBLIC
    )
    is_example = models.BooleanField(_("invented for the example"), default=False)

    history_parts = ("parties", "cooperation_fields", "amendments", "documents", "statements")

    objects = AgreementQuerySet.as_manager()
    get_kind_display = in_words("kind", AgreementKind)

    class Meta:
        verbose_name = _("agreement")
        verbose_name_plural = _("agreements")
        ordering = ("-pk",)
        indexes = [
            models.Index(fields=["-signed_on", "-id"], name="agreement_newest"),
            models.Index(
                fields=["until"], condition=Q(renewal_months=None), name="agreement_fixed"
            ),
            models.Index(
                fields=["renewal_months", "until"],
                condition=Q(renewal_months__gte=1),
                name="agreement_renewing",
            ),
            models.Index(
                fields=["ended_on"], condition=Q(ended_on__isnull=False), name="agreement_ended"
            ),
            models.Index(
                fields=["objected_on"],
                condition=Q(objected_on__isnull=False),
                name="agreement_objected",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=said_in_some_language("title"),
                name="agreement_has_a_title",
                violation_error_message=_("Write the title in at least one language."),
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(in_force_from=None) | Q(until__gte=F("in_force_from")),
                name="agreement_ends_after_it_begins",
                violation_error_message=_("The agreement cannot end before it comes into force."),
            ),
            models.CheckConstraint(
                condition=Q(renewal_months=None) | (Q(renewal_months__gte=1) & ~Q(until=None)),
                name="agreement_renews_from_an_end",
                violation_error_message=_(
                    "What is prolonged has a first term: say until when it is in force."
                ),
            ),
            models.CheckConstraint(
                condition=Q(notice_months=None) | Q(notice_months__lte=LONGEST_NOTICE),
                name="agreement_notice_within_bounds",
                violation_error_message=_("A notice of more than ten years cannot be computed."),
            ),
        ]

    def get_absolute_url(self) -> str:
        return address("agreements:detail", self.pk)

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

    def as_it_stood_on(self, day: date) -> "Agreement":
        """The agreement without what amendments later than `day` changed; not to be saved.

        Asks for the amendments once, or uses those that were prefetched.
        """
        later = [a.changes for a in self.amendments.all() if a.in_force_from > day]
        if not later:
            return self
        stood = copy(self)
        for name, value in terms.as_it_stood({}, later).items():
            if name not in AMENDABLE:
                continue
            column: Any = self._meta.get_field(name)
            setattr(stood, name, column.to_python(value))
        return stood

    def terms_on(self, day: date) -> Terms:
        """The terms as they stood on a day, by the amendments in force on it."""
        return self.as_it_stood_on(day).terms

    def status_on(self, day: date) -> Status:
        """The status on a day, by the text as it stood on that day."""
        return terms.status_on(self.terms_on(day), day)

    def term_end_on(self, day: date) -> date | None:
        """The last day of the term that is running on `day`; None if it has no end."""
        return terms.term_end(self.terms_on(day), day)

    def ends_within(self, day: date, by: date) -> bool:
        """Whether it is in force on `day` and needs a look by a later one: see `ending_within`."""
        if self.status_on(day) not in (Status.IN_FORCE, Status.NOTICE):
            return False
        stood = self.terms_on(day)
        looks = (stood.ended_on, terms.notice_day(stood, day), terms.term_end(stood, day))
        return any(look is not None and look <= by for look in looks)

    def clean(self) -> None:
        problems: dict[str, str] = {}
        if self.notice_months and not self.renewal_months:
            problems["notice_months"] = gettext(
                "A notice is given against being prolonged: say by how many months it is prolonged."
            )
        for name in ("objected_on", "ended_on"):
            acted = getattr(self, name)
            if acted and (self.signed_on is None or acted < self.signed_on):
                problems[name] = gettext("This cannot come before the signing.")
        if self.in_force_from and self.signed_on is None:
            problems["in_force_from"] = gettext("What is in force was signed: say when.")
        if problems:
            raise ValidationError(problems)
