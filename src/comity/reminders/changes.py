"""Proposed changes of measures: who is told that they wait for a side, or were decided."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Exists, F, Max, OuterRef
from django.utils import timezone

from comity.programmes.models import MeasureAmendment
from comity.programmes.models.amendment import AmendmentState
from comity.programmes.queries.lists import sides_along
from comity.reminders.ladder import rung_to_say
from comity.reminders.models import SaidOfChange
from comity.reminders.people import People

#: Days after the proposal on which those who may consent to it are told, if it still waits.
RUNGS = (0, 14)
#: What is noted in place of a rung once whoever proposed a change was told how it was decided.
DECIDED = -1
#: For so long after it was decided they are told, if they were not before.
TOLD_FOR = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Waiting:
    """A change that waits for a side for which somebody may consent."""

    amendment: MeasureAmendment
    proposed_on: date
    rung: int


def waiting(day: date, people: People, programme: int | None = None) -> dict[int, list[Waiting]]:
    """By the id of each person what is new to them, the oldest first; nobody is told of their own.

    Four queries.
    """
    proposed = MeasureAmendment.objects.filter(state=AmendmentState.PROPOSED).order_by("pk")
    if programme is not None:
        proposed = proposed.filter(programme=programme)
    rows = proposed.select_related("measure", "programme")
    said, found = _said(), defaultdict[int, list[Waiting]](list)
    for one in rows.prefetch_related("consents", sides_along("programme__")):
        proposed_on = timezone.localdate(one.proposed_at)
        for user in _asked(one, people):
            rung = rung_to_say(RUNGS, proposed_on, day, said.get((user, one.pk)))
            if rung is not None:
                found[user].append(Waiting(one, proposed_on, rung))
    return dict(found)


def decided(day: date, programme: int | None = None) -> dict[int, list[MeasureAmendment]]:
    """By the id of who proposed them the changes that somebody else decided; one query."""
    said = SaidOfChange.objects.filter(
        amendment=OuterRef("pk"), user=OuterRef("proposed_by"), rung=DECIDED
    )
    since = timezone.make_aware(datetime.combine(day - TOLD_FOR, time.min))
    rows = MeasureAmendment.objects.filter(
        ~Exists(said),
        state__in=(AmendmentState.AGREED, AmendmentState.DECLINED, AmendmentState.WITHDRAWN),
        proposed_by__isnull=False,
        decided_at__gte=since,
    ).exclude(decided_by_name=F("proposed_by_name"))
    if programme is not None:
        rows = rows.filter(programme=programme)
    found: dict[int, list[MeasureAmendment]] = defaultdict(list)
    rows = rows.select_related("measure", "programme").prefetch_related(sides_along("programme__"))
    for one in rows.order_by("decided_at", "pk"):
        assert one.proposed_by_id is not None  # by the query
        found[one.proposed_by_id].append(one)
    return dict(found)


def _asked(amendment: MeasureAmendment, people: People) -> set[int]:
    """By the rule of `programmes.rules.sides_to_consent_for`, but for coordinators of the whole
    register: they may consent to every change, and would be told of each."""
    asked = {
        user
        for side in amendment.awaited
        for user in people.consenting(amendment.programme_id, side)
    }
    return asked - {amendment.proposed_by_id}


def _said() -> Mapping[tuple[int, int], int]:
    """The latest rung that each person was told of each change."""
    latest = SaidOfChange.objects.filter(amendment__state=AmendmentState.PROPOSED)
    rows = latest.values_list("user", "amendment").annotate(latest=Max("rung"))
    return {(user, amendment): rung for user, amendment, rung in rows}
