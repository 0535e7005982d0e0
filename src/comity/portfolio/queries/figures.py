"""How far every programme is on a day: one aggregate, then only what was written to since."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from datetime import date
from typing import Any, NamedTuple

from django.core.cache import caches
from django.db.models import Count, DateField, F, Min, Q, Subquery, Sum, Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from comity.audit.kept import Kept
from comity.audit.models import Entry, Event
from comity.lib.parts import in_parts
from comity.programmes.due import SETTLED, OccurrenceState
from comity.programmes.models import Measure, Occurrence, Programme
from comity.programmes.models.occurrence import HELD_AGAINST
from comity.programmes.then import Changed, changed_since

#: With more entries than this since, all is counted anew.
FOLLOWED = 2000
#: Programmes whose unchanged measures are counted at once.
PART = 50


class Figures(NamedTuple):
    """Days on which something has to be shown, by where they stand on a day.

    `fallen` are those before the day that were not given up, `on_time` those of them done by the
    day they were due; `late` of those done were done after it. Where a deadline was moved, all
    three are held against the day agreed first; `put_off` are those open ones of which that one
    has passed, but not the one that stands. Those that passed undone and then fell away by a
    changed deadline are `dropped`; they count among the fallen.
    """

    done: int = 0
    late: int = 0
    given_up: int = 0
    overdue: int = 0
    due: int = 0
    not_yet: int = 0
    disputed: int = 0
    fallen: int = 0
    on_time: int = 0
    put_off: int = 0
    dropped: int = 0
    next_due: date | None = None

    @property
    def total(self) -> int:
        return self.done + self.given_up + self.overdue + self.due + self.not_yet

    @property
    def is_all_settled(self) -> bool:
        return self.total > 0 and self.done + self.given_up == self.total

    def with_dropped(self, days: int) -> "Figures":
        return self._replace(dropped=self.dropped + days, fallen=self.fallen + days)


NOTHING = Figures()


def counted(
    day: date, programmes: Collection[int] | None = None, without: Collection[int] = ()
) -> dict[int, Figures]:
    """The figures of programmes (of all, unless some are named) on a day; one query.

    By the days as they are known today; `without` those of some measures.
    """
    wanted = Q() if programmes is None else Q(programme__in=programmes)
    if without:
        wanted &= ~Q(measure__in=without)
    settled = Q(done_on__lte=day)
    open_ = Q(done_on=None) | Q(done_on__gt=day)
    done, overdue, fallen = settled & Q(given_up=False), Q(due_on__lt=day), Q(held__lt=day)
    told: dict[str, Any] = {
        "done_": Count("pk", filter=done),
        "late_": Count("pk", filter=done & Q(done_on__gt=F("held"))),
        "given_up_": Count("pk", filter=settled & Q(given_up=True)),
        "overdue_": Count("pk", filter=open_ & overdue),
        "due_": Count("pk", filter=open_ & Q(due_on__gte=day, opens_on__lte=day)),
        "not_yet_": Count("pk", filter=open_ & Q(due_on__gte=day, opens_on__gt=day)),
        "disputed_": Count("pk", filter=open_ & Q(disputed_since__lte=day)),
        "fallen_": Count("pk", filter=fallen & (open_ | Q(given_up=False))),
        "on_time_": Count("pk", filter=done & fallen & Q(done_on__lte=F("held"))),
        "put_off_": Count("pk", filter=open_ & Q(due_on__gte=day, first_due_on__lt=day)),
        "dropped_": Value(0),
        "next_": Min("due_on", filter=open_ & Q(due_on__gte=day)),
    }
    days = Occurrence.objects.standing().alias(held=HELD_AGAINST)
    of_days = days.filter(wanted).order_by().values_list("programme").annotate(**told)
    dropped = _dropped(told, programmes, without)
    found: dict[int, Figures] = {}
    for programme, *numbers in of_days.union(dropped, all=True):
        found[programme] = together([found.get(programme, NOTHING), Figures(*numbers)])
    return found


def _dropped(
    columns: Iterable[str], programmes: Collection[int] | None, without: Collection[int]
) -> Any:
    """How many days of each programme passed undone and fell away; otherwise the same columns."""
    measures = Measure.objects.filter(dropped__isnull=False, struck_on=None).order_by()
    if programmes is not None:
        measures = measures.filter(programme__in=programmes)
    if without:
        measures = measures.exclude(pk__in=without)
    nothing: dict[str, Any] = {
        **dict.fromkeys(columns, Value(0)), "next_": Value(None, DateField()),
    }  # fmt: skip
    told = nothing | dict.fromkeys(("fallen_", "dropped_"), Sum("dropped"))
    return measures.values_list("programme").annotate(**told)


def tallied(days: Iterable[Occurrence], day: date) -> Figures:
    """The same of days that are in memory, none of them withdrawn."""
    numbers, next_due = Counter[str](), None
    for one in days:
        state = one.state_on(day)
        numbers[state] += 1
        is_done, has_fallen = state == OccurrenceState.DONE, one.held_against < day
        in_time = is_done and one.done_on is not None and one.done_on <= one.held_against
        numbers["late"] += is_done and not in_time
        numbers["fallen"] += has_fallen and state != OccurrenceState.GIVEN_UP
        numbers["on_time"] += has_fallen and in_time
        numbers["put_off"] += one.is_put_off_on(day)
        if state not in SETTLED:
            numbers["disputed"] += one.is_disputed_on(day)
            if one.due_on >= day:
                next_due = min(next_due or one.due_on, one.due_on)
    return Figures(**numbers, next_due=next_due)


def counted_then(day: date) -> dict[int, Figures]:
    """The figures of all programmes by the days as they stood at the end of a past day."""
    found = counted(day)
    changed: dict[int, list[Changed]] = defaultdict(list)
    for one in changed_since(day):
        changed[one.programme].append(one)
    for some in in_parts(list(changed), PART):
        ids = [one.measure for programme in some for one in changed[programme]]
        others = counted(day, some, without=ids)
        for programme in some:
            days = [stood for one in changed[programme] for stood in one.days]
            stood_then = tallied(days, day).with_dropped(
                sum(one.days_dropped for one in changed[programme])
            )
            found[programme] = together([others.get(programme, NOTHING), stood_then])
    return found


def figures_of_all(kept: Kept, day: date) -> dict[int, Figures]:
    """The figures of every programme on a day; of those that have none, none.

    What was counted stays until a write; then the programmes that it touched are counted anew.
    """
    mark = kept.marks.get("programmes", "")
    if not mark:
        return counted(day)  # without a trail nothing tells what was otherwise
    name = f"figures-with-dropped-{day:%Y%m%d}"
    stored: tuple[str, dict[int, tuple[Any, ...]]] | None = caches["pictures"].get(name)
    if stored is None or stored[0] != mark:
        follows = stored is not None and day >= timezone.localdate()
        stored = mark, _followed(day, *stored) if stored and follows else _all(day)
        caches["pictures"].set(name, stored)
    return {pk: Figures(*told) for pk, told in stored[1].items()}


def _all(day: date) -> dict[int, tuple[Any, ...]]:
    of_all = counted_then(day) if day < timezone.localdate() else counted(day)
    return {pk: tuple(told) for pk, told in of_all.items()}


def _followed(
    day: date, mark: str, before: dict[int, tuple[Any, ...]]
) -> dict[int, tuple[Any, ...]]:
    touched = touched_since(mark)
    if touched is None:
        return _all(day)
    now = counted(day, touched)
    unchanged = {pk: told for pk, told in before.items() if pk not in touched}
    return unchanged | {pk: tuple(told) for pk, told in now.items()}


def touched_since(mark: str) -> set[int] | None:
    """The programmes whose days may have changed after an event; None if too much was written.

    The event is known by its hash, which no index leads to; but it is among the newest.
    """
    seq = Event.objects.filter(hash=mark).order_by("-seq").values("seq")[:1]
    labels = [model._meta.label_lower for model in (Programme, Measure, Occurrence)]
    # of a hash that is not on record everything came after
    since = Coalesce(Subquery(seq), Value(0))
    entries = Entry.objects.filter(event__gt=since, model__in=labels)
    told = list(entries.values_list("model", "record_id", "kind", "changes")[: FOLLOWED + 1])
    if len(told) > FOLLOWED:
        return None
    programmes, measures, occurrences = ({r for m, r, *_rest in told if m == x} for x in labels)
    gone = (changes.get("programme_id") for _m, _r, kind, changes in told if kind == "removed")
    return {
        *programmes,
        *_programmes_of(measures, occurrences),
        *(before[0] for before in gone if before),
    }


def _programmes_of(measures: set[int], occurrences: set[int]) -> Iterable[int]:
    named = Measure.objects.order_by().filter(pk__in=measures).values_list("programme", flat=True)
    days = Occurrence.objects.order_by().filter(pk__in=occurrences)
    return named.union(days.values_list("programme", flat=True))


def together(all_of: Iterable[Figures]) -> Figures:
    """The sums, and the first of the next days."""
    rows = list(all_of)
    if not rows:
        return NOTHING
    sums = {
        name: sum(numbers)
        for name, numbers in zip(Figures._fields, zip(*rows, strict=True), strict=True)
        if name != "next_due"
    }
    days = [row.next_due for row in rows if row.next_due]
    return Figures(**sums, next_due=min(days, default=None))
