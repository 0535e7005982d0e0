"""How far programmes are on a day, past or future."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import chain
from types import MappingProxyType

from django.db import models
from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _

from comity.programmes.due import SETTLED, OccurrenceState
from comity.programmes.models import Measure, Occurrence, Programme


class MeasureState(models.TextChoices):
    """Where a measure stands on a day, by all of its occurrences."""

    OVERDUE = "overdue", _("overdue")
    DUE = "due", _("due")
    NOT_YET = "not_yet", _("not yet due")
    DONE = "done", _("done")
    GIVEN_UP = "given_up", _("not possible any more")
    UNSCHEDULED = "unscheduled", _("without a date")
    STRUCK = "struck", _("struck out")


@dataclass(frozen=True, slots=True)
class Tally:
    """How many are in each state; what is struck out is counted apart, in no total."""

    not_yet: int = 0
    due: int = 0
    overdue: int = 0
    done: int = 0
    given_up: int = 0
    unscheduled: int = 0
    struck: int = 0

    @property
    def total(self) -> int:
        settled = self.done + self.given_up
        return self.not_yet + self.due + self.overdue + settled + self.unscheduled

    def __getitem__(self, state: str) -> int:
        number: int = getattr(self, state)
        return number


@dataclass(frozen=True, slots=True)
class Progress(Tally):
    """Measures in each state on a day, and beside them their occurrences."""

    occurrences: Tally = field(default_factory=Tally)


def measure_state(*, overdue: int, due: int, open_: int, given_up: int, all_: int) -> MeasureState:
    """The state of a measure from how many of its occurrences are in each state, and any at all."""
    if not all_:
        return MeasureState.UNSCHEDULED
    if overdue:
        return MeasureState.OVERDUE
    if due:
        return MeasureState.DUE
    if open_:
        return MeasureState.NOT_YET
    return MeasureState.GIVEN_UP if given_up == all_ else MeasureState.DONE


def state_of(occurrences: Iterable[Occurrence], day: date) -> MeasureState:
    """The state of one measure on a day from its occurrences; withdrawn ones do not count."""
    states = Counter(o.state_on(day) for o in occurrences if not o.withdrawn)
    return measure_state(
        overdue=states[OccurrenceState.OVERDUE],
        due=states[OccurrenceState.DUE],
        open_=states.total() - sum(states[settled] for settled in SETTLED),
        given_up=states[OccurrenceState.GIVEN_UP],
        all_=states.total(),
    )


def progress(programme: Programme, day: date) -> Progress:
    """How far one programme is on a day."""
    return progress_of([programme], day)[programme.pk]


def progress_of(
    programmes: Iterable[Programme],
    day: date,
    instead: "Mapping[int, Measure | None]" = MappingProxyType({}),
) -> dict[int, Progress]:
    """How far each programme is on a day, by its id; one query for all of them.

    `instead` are other measures to count for those with these keys, or none.
    """
    keys = [programme.pk for programme in programmes]
    counted = chain(_counted(keys, day, instead), _counted_of(instead.values(), day))
    measures: dict[int, Counter[str]] = {key: Counter() for key in keys}
    shown: dict[int, Counter[str]] = {key: Counter() for key in keys}
    for programme, struck_on, all_, open_, overdue, due, given_up in counted:
        if struck_on is not None:
            measures[programme][MeasureState.STRUCK] += 1
            continue
        state = measure_state(overdue=overdue, due=due, open_=open_, given_up=given_up, all_=all_)
        measures[programme][state] += 1
        shown[programme].update(
            overdue=overdue,
            due=due,
            not_yet=open_ - overdue - due,
            done=all_ - open_ - given_up,
            given_up=given_up,
        )
    return {
        key: Progress(**by_word(measures[key]), occurrences=Tally(**by_word(shown[key])))
        for key in keys
    }


def by_word(counted: "Counter[str]") -> dict[str, int]:
    return {str(state): number for state, number in counted.items()}


#: Its programme, when it was struck out, and its days: all, open, overdue, due, given up.
_Counted = tuple[int, date | None, int, int, int, int, int]


def _counted_of(measures: "Iterable[Measure | None]", day: date) -> Iterator[_Counted]:
    for measure in measures:
        if measure is None:
            continue
        days = [one for one in measure.occurrences.all() if not one.withdrawn]
        states = Counter(one.state_on(day) for one in days)
        given_up = states[OccurrenceState.GIVEN_UP]
        yield (
            measure.programme_id, measure.struck_on, len(days),
            len(days) - states[OccurrenceState.DONE] - given_up,
            states[OccurrenceState.OVERDUE], states[OccurrenceState.DUE], given_up,
        )  # fmt: skip


def _counted(programmes: list[int], day: date, without: Collection[int]) -> Iterable[_Counted]:
    standing = Q(occurrences__withdrawn=False)
    is_open = standing & (Q(occurrences__done_on=None) | Q(occurrences__done_on__gt=day))
    of_measures = Measure.objects.filter(programme__in=programmes).order_by().values("pk")
    if without:
        of_measures = of_measures.exclude(pk__in=without)
    return of_measures.annotate(
        all_=Count("occurrences", filter=standing),
        open_=Count("occurrences", filter=is_open),
        overdue_=Count("occurrences", filter=is_open & Q(occurrences__due_on__lt=day)),
        due_=Count(
            "occurrences",
            filter=is_open & Q(occurrences__due_on__gte=day, occurrences__opens_on__lte=day),
        ),
        given_up_=Count(
            "occurrences",
            filter=standing & Q(occurrences__given_up=True, occurrences__done_on__lte=day),
        ),
    ).values_list("programme", "struck_on", "all_", "open_", "overdue_", "due_", "given_up_")
