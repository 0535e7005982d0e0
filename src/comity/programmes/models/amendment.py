from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from comity.accounts.rules import Reader, sees_everything
from comity.lib.addresses import address
from comity.lib.choices import in_words
from comity.programmes.models.measure import Measure
from comity.programmes.models.programme import Programme


class AmendmentKind(models.TextChoices):
    CHANGE = "change", _("change of a measure")
    CORRECT = "correct", _("correction of the register")
    STRIKE = "strike", _("striking out of a measure")
    RESTORE = "restore", _("return of a measure that was struck out")


#: Kinds by which a measure says something else; a correction says what was agreed all along.
CHANGING = (AmendmentKind.CHANGE, AmendmentKind.CORRECT)


class AmendmentState(models.TextChoices):
    PROPOSED = "proposed", pgettext_lazy("amendment", "proposed")
    AGREED = "agreed", pgettext_lazy("amendment", "agreed")
    DECLINED = "declined", pgettext_lazy("amendment", "declined")
    WITHDRAWN = "withdrawn", pgettext_lazy("amendment", "withdrawn")
    MADE = "made", pgettext_lazy("amendment", "made; no consent was needed")


#: Amendments that came to stand.
STANDING = (AmendmentState.AGREED, AmendmentState.MADE)


class AmendmentQuerySet(models.QuerySet["MeasureAmendment"]):
    def visible_to(self, user: Reader) -> "AmendmentQuerySet":
        """Those that stand, with the programme; others stay between its parties."""
        if sees_everything(user):
            return self
        seen = Programme.objects.visible_to(user).filter(pk=OuterRef("programme"))
        party = Programme.objects.belonging_to(user).filter(pk=OuterRef("programme"))
        return self.filter(Exists(seen), Q(state__in=STANDING) | Exists(party))

    def proposed(self) -> "AmendmentQuerySet":
        return self.filter(state=AmendmentState.PROPOSED)


class MeasureAmendment(models.Model):
    """A change of one measure with its reason; proposed first, where the programme says so."""

    programme = models.ForeignKey(
        Programme, on_delete=models.PROTECT, related_name="amendments", db_index=False
    )
    measure = models.ForeignKey(Measure, on_delete=models.PROTECT, related_name="amendments")
    kind = models.CharField(_("kind"), max_length=7, choices=AmendmentKind.choices)
    state = models.CharField(_("state"), max_length=9, choices=AmendmentState.choices)
    #: What the measure said, and what it is to say, as `keeping.as_json` gives it.
    was = models.JSONField()
    new = models.JSONField()
    from_version = models.PositiveIntegerField()
    reason = models.TextField(_("reason"))
    #: ISO 3166-1 code of the side that proposed it; empty where none of them did.
    side = models.CharField(_("side"), max_length=2, blank=True)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    proposed_by_name = models.CharField(_("proposed by"), max_length=254)
    proposed_at = models.DateTimeField(_("proposed"), default=timezone.now, editable=False)
    decided_by_name = models.CharField(_("decided by"), max_length=254, blank=True)
    decided_at = models.DateTimeField(_("decided"), null=True, editable=False)
    decision_reason = models.TextField(_("why it was decided so"), blank=True)

    names_people = ("proposed_by_name", "decided_by_name")
    history_parts = ("consents",)
    #: Whose visibility decides.
    seen_with = "programme"

    objects = AmendmentQuerySet.as_manager()
    get_state_display = in_words("state", AmendmentState)

    class Meta:
        verbose_name = _("amendment of a measure")
        verbose_name_plural = _("amendments of measures")
        ordering = ("-pk",)
        indexes = [models.Index(fields=["programme", "state"], name="amendment_of_programme")]
        constraints = [
            models.UniqueConstraint(
                fields=["measure"],
                condition=Q(state="proposed"),
                name="amendment_proposed_once_a_measure",
            ),
            models.CheckConstraint(
                condition=Q(state="proposed") ^ Q(decided_at__isnull=False),
                name="amendment_decided_at_a_moment",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="amendment_has_a_reason"),
        ]

    def __str__(self) -> str:
        return str(self.measure)

    def get_absolute_url(self) -> str:
        return address("programmes:amendment", self.pk)

    @property
    def is_proposed(self) -> bool:
        return self.state == AmendmentState.PROPOSED

    @property
    def look(self) -> str:
        """The look of its state, as states of measures have one."""
        if self.state in STANDING:
            return "done"
        return "due" if self.is_proposed else "idle"

    @property
    def awaited(self) -> tuple[str, ...]:
        """The sides whose consent is still awaited."""
        if not self.is_proposed:
            return ()
        given = {consent.side for consent in self.consents.all()}
        return tuple(
            side for side in self.programme.countries if side != self.side and side not in given
        )


class Consent(models.Model):
    """A side's agreement to a proposed change of a measure."""

    amendment = models.ForeignKey(
        MeasureAmendment, on_delete=models.CASCADE, related_name="consents"
    )
    side = models.CharField(_("side"), max_length=2)
    by_name = models.CharField(_("given by"), max_length=254)
    at = models.DateTimeField(_("given"), default=timezone.now, editable=False)
    note = models.TextField(_("what it rests on"), blank=True)

    names_people = ("by_name",)

    class Meta:
        verbose_name = _("consent")
        verbose_name_plural = _("consents")
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(fields=["amendment", "side"], name="consent_once_a_side")
        ]

    def __str__(self) -> str:
        return self.side
