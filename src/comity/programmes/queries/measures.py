"""Lists of measures over all programmes, kept to what an index can answer."""

from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from comity.programmes.models import Occurrence, Programme
from comity.programmes.models.measure import NEVER, MeasureQuerySet
from comity.programmes.queries.progress import MeasureState
from comity.territories.models import Territory

#: So many programmes are named to the database one by one; more are looked up measure by measure.
FEW = 100


def in_state(measures: MeasureQuerySet, state: str, day: date) -> MeasureQuerySet:
    """Those in a state on a day.

    From today on, what is next due tells; of an earlier day, only the occurrences can.
    """
    if day >= timezone.localdate():
        return measures.filter(_state_from_today(state, day))
    return measures.filter(state_then(state, day))


def _state_from_today(state: str, day: date) -> Q:
    nothing_open, dated = Q(next_due=NEVER, struck_on=None), Q(Exists(_standing()))
    shown = Q(Exists(_standing().filter(given_up=False)))
    return {
        MeasureState.OVERDUE: Q(next_due__lt=day),
        MeasureState.DUE: Q(next_due__gte=day, next_opens__lte=day),
        MeasureState.NOT_YET: Q(next_due__gte=day, next_opens__gt=day) & ~Q(next_due=NEVER),
        MeasureState.DONE: nothing_open & shown,
        MeasureState.GIVEN_UP: nothing_open & dated & ~shown,
        MeasureState.UNSCHEDULED: nothing_open & ~dated,
        MeasureState.STRUCK: Q(struck_on__isnull=False),
    }[MeasureState(state)]


def state_then(state: str, day: date) -> Q:
    """By the occurrences as they are known today."""
    open_ = Occurrence.objects.open_on(day).filter(measure=OuterRef("pk"))
    dated, is_open = Q(Exists(_standing())), Q(Exists(open_))
    overdue = Q(Exists(open_.filter(due_on__lt=day)))
    due = Q(Exists(open_.filter(due_on__gte=day, opens_on__lte=day)))
    stands, shown = Q(struck_on=None), Q(Exists(_standing().filter(given_up=False)))
    return {
        MeasureState.OVERDUE: overdue,
        MeasureState.DUE: due & ~overdue,
        MeasureState.NOT_YET: is_open & ~due & ~overdue,
        MeasureState.DONE: stands & shown & ~is_open,
        MeasureState.GIVEN_UP: stands & dated & ~shown & ~is_open,
        MeasureState.UNSCHEDULED: stands & ~dated,
        MeasureState.STRUCK: ~stands,
    }[MeasureState(state)]


def _standing() -> "QuerySet[Occurrence]":
    return Occurrence.objects.standing().filter(measure=OuterRef("pk"))


def counted_of_territory(measures: MeasureQuerySet, territory: Territory) -> MeasureQuerySet:
    """What `of_territory` gives, for counting: programme by programme, in no order."""
    return measures.filter(programme__in=Programme.objects.of_territory(territory).order_by())


def of_territory(measures: MeasureQuerySet, territory: Territory) -> MeasureQuerySet:
    """Those of programmes of which the territory, or something in it, is a side."""
    programmes = Programme.objects.of_territory(territory)
    few = list(programmes.order_by().values_list("pk", flat=True)[: FEW + 1])
    if len(few) <= FEW:
        return measures.filter(programme__in=few)
    return measures.filter(Exists(programmes.filter(pk=OuterRef("programme"))))


def first_due_between(start: date | None, end: date | None) -> "QuerySet[Occurrence]":
    """Of each measure the first occurrence due in these days, earliest first."""
    within = Occurrence.objects.standing().filter(_due(start, end))
    return first_of_each(within)


def first_of_each(occurrences: "QuerySet[Occurrence]") -> "QuerySet[Occurrence]":
    """Of each measure the first of these, earliest first."""
    earlier = occurrences.filter(measure=OuterRef("measure"), due_on__lt=OuterRef("due_on"))
    return occurrences.filter(~Exists(earlier)).order_by("due_on", "measure_id")


def _due(start: date | None, end: date | None) -> Q:
    return (Q(due_on__gte=start) if start else Q()) & (Q(due_on__lte=end) if end else Q())
