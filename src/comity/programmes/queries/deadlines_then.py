"""What was due and late at the end of a past day, over all programmes that a person may see."""

from collections.abc import Iterable
from datetime import date

from django.db.models import prefetch_related_objects

from comity.accounts.rules import Reader
from comity.lib.paging import COUNTED
from comity.programmes.due import OccurrenceState
from comity.programmes.models import Occurrence, Programme
from comity.programmes.models.occurrence import OccurrenceQuerySet
from comity.programmes.queries.days import PastDay
from comity.programmes.queries.lists import sides_along
from comity.programmes.queries.occurrences import Deadlines, given_up_and_disputed


def deadlines_then(user: Reader, on: PastDay, until: date, each: int) -> Deadlines:
    """As `deadlines` tells of today: the next first of what was due, the latest late."""
    day, changed = on.day, list(_changed(user, on))
    same = Occurrence.objects.visible_to(user).exclude(measure__in=list(on.changed))
    still_open = same.open_on(day).select_related("measure", "programme")
    was_open = [one for one in changed if one.done_on is None or one.done_on > day]
    due = still_open.filter(due_on__range=(day, until)).order_by("due_on", "pk")
    late = still_open.filter(due_on__lt=day).order_by("-due_on", "-pk")
    were_due = [one for one in was_open if day <= one.due_on <= until]
    were_late = [one for one in was_open if one.due_on < day]
    first = sorted([*due[:each], *were_due], key=_place)[:each]
    latest = sorted([*late[:each], *were_late], key=_place, reverse=True)[:each]
    prefetch_related_objects([*first, *latest], sides_along("programme__"))
    given_up, disputed = given_up_and_disputed(same, day)
    return Deadlines(
        first,
        latest,
        _counted(due, were_due),
        _counted(late, were_late),
        given_up + sum(one.state_on(day) == OccurrenceState.GIVEN_UP for one in changed),
        disputed + sum(one.is_disputed_on(day) for one in was_open),
    )


def _place(occurrence: Occurrence) -> tuple[date, int]:
    return occurrence.due_on, occurrence.measure_id


def _counted(same: OccurrenceQuerySet, changed: Iterable[Occurrence]) -> int:
    found = same.order_by().values("pk")[: COUNTED + 1].count()
    return min(found + len(list(changed)), COUNTED + 1)


def _changed(user: Reader, on: PastDay) -> Iterable[Occurrence]:
    """The days, as they stood, of those measures that the reader sees and that changed since."""
    programmes = {one.programme for one in on.changed.values()}
    seen = Programme.objects.visible_to(user).order_by().filter(pk__in=programmes)
    visible = set(seen.values_list("pk", flat=True))
    for one in on.changed.values():
        if one.then is not None and one.programme in visible:
            for day in one.days:
                day.measure, day.programme = one.then, one.then.programme
                yield day
