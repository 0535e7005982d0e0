"""Proposed and made changes of measures: those of one measure, and those that wait for somebody."""

from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Substr

from comity.accounts.models import WRITING, User
from comity.accounts.rules import Reader, coordinates_everything
from comity.audit.past import end_of
from comity.directory.rules import authority_seats
from comity.lib.past_days import is_past
from comity.programmes.grants import granted_programmes
from comity.programmes.models import Consent, Measure, MeasureAmendment, ProgrammeSide
from comity.programmes.models.amendment import AmendmentState


def amendments_of(measure: Measure, reader: Reader, day: date) -> list[MeasureAmendment]:
    """The amendments of a measure that the reader may see, the latest first.

    Of a past day those proposed by its end, as they stood then; they are not to be saved.
    """
    seen = MeasureAmendment.objects.visible_to(reader).filter(measure=measure)
    if not is_past(day):
        return list(seen.prefetch_related("consents"))
    moment = end_of(day)
    found = list(seen.filter(proposed_at__lte=moment).prefetch_related("consents"))
    for one in found:
        if one.decided_at is not None and one.decided_at > moment:
            one.state, one.decided_at = AmendmentState.PROPOSED, None
    return found


def waiting_for_consent(user: User) -> "QuerySet[MeasureAmendment]":
    """Proposed changes to which the person may consent, the longest waiting first."""
    waiting = MeasureAmendment.objects.visible_to(user).proposed().exclude(proposed_by=user)
    if not coordinates_everything(user):
        granted = Q(programme__in=granted_programmes(user, writing=True))
        waiting = waiting.filter(granted | Exists(_awaited_sides(user)))
    return waiting.select_related("measure", "programme").order_by("proposed_at", "pk")


def _awaited_sides(user: User) -> "QuerySet[ProgrammeSide]":
    """Of an amendment, the sides for which the person writes and that did not consent yet."""
    given = Consent.objects.filter(amendment=OuterRef(OuterRef("pk")), side=OuterRef("country"))
    return (
        ProgrammeSide.objects.filter(
            programme=OuterRef("programme"), territory__in=authority_seats(user, WRITING)
        )
        .annotate(country=Substr("territory__path", 1, 2))
        .exclude(country=OuterRef("side"))
        .filter(~Exists(given))
    )
