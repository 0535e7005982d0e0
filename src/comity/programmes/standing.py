"""Where one measure stands on a day, as its row and its page show it."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from comity.programmes.due import SETTLED, state_on
from comity.programmes.former_deadlines import (
    FormerDeadline,
    days_late_before,
    former_deadlines,
)
from comity.programmes.models import Measure, Occurrence
from comity.programmes.queries.progress import (
    MeasureState,
    Progress,
    Tally,
    by_word,
    state_of,
)
from comity.programmes.wording import distance


@dataclass(frozen=True, slots=True)
class Standing:
    """The state of a measure, in words, and how many of its occurrences are done."""

    state: MeasureState
    words: str
    done: int
    occurrences: int
    next: Occurrence | None
    is_disputed: bool = False


@dataclass(frozen=True, slots=True)
class MeasureRow:
    """One measure of a list, with where it stands, and the deadlines that it had before."""

    measure: Measure
    standing: Standing
    former: tuple[FormerDeadline, ...] = ()

    @property
    def days_late_before(self) -> int:
        return days_late_before(self.former)


def standing_of(occurrences: Iterable[Occurrence], day: date) -> Standing:
    """Where the measure with these occurrences stands on a day."""
    standing = [occurrence for occurrence in occurrences if not occurrence.withdrawn]
    open_ = [o for o in standing if o.state_on(day) not in SETTLED]
    state, following = state_of(standing, day), min(open_, key=lambda o: o.due_on, default=None)
    words = str(state.label)
    if following:
        told = following.state_on(day)
        words = distance(told, following.opens_on, following.due_on, day)
    disputed = any(occurrence.is_disputed_on(day) for occurrence in open_)
    return Standing(state, words, len(standing) - len(open_), len(standing), following, disputed)


def standing_of_measure(measure: Measure, day: date) -> Standing:
    """Where a measure stands; one that is struck out is asked for nothing more."""
    standing = standing_of(measure.occurrences.all(), day)
    if measure.struck_on is None or measure.struck_on > day:
        return standing
    state = MeasureState.STRUCK
    return replace(standing, state=state, words=str(state.label), next=None, is_disputed=False)


def told_from_today(measures: "QuerySet[Measure]") -> "QuerySet[Measure]":
    """With what `state_from_today` asks of them, and without their occurrences."""
    of_measure = Occurrence.objects.filter(measure=OuterRef("pk"))
    return measures.annotate(
        is_dated=Exists(of_measure.standing()), is_shown=Exists(of_measure.done())
    )


def state_from_today(measure: Measure, day: date) -> tuple[MeasureState, str]:
    """The state of a measure told so, on a day from today on, and its words.

    By what is next due of it, whether it has days that were not withdrawn, done or not, and whether
    one of them is done.
    """
    told: Any = measure
    is_dated, is_shown = told.is_dated, told.is_shown
    due_on = measure.next_due_on
    if measure.struck_on is not None:
        return MeasureState.STRUCK, str(MeasureState.STRUCK.label)
    if due_on is None:
        settled = MeasureState.DONE if is_shown else MeasureState.GIVEN_UP
        at_rest = settled if is_dated else MeasureState.UNSCHEDULED
        return at_rest, str(at_rest.label)
    state = state_on(measure.next_opens, due_on, None, day)
    return MeasureState(state), distance(state, measure.next_opens, due_on, day)


def rows_of(measures: Iterable[Measure], day: date) -> list[MeasureRow]:
    """Rows for measures whose occurrences were fetched along."""
    return [MeasureRow(m, standing_of_measure(m, day), former_deadlines(m, day)) for m in measures]


def progress_in(rows: Iterable[MeasureRow], day: date) -> Progress:
    """How far a programme is on a day, from the rows of all of its measures."""
    measures, shown = Counter[str](), Counter[str]()
    for row in rows:
        measures[row.standing.state] += 1
        if row.standing.state != MeasureState.STRUCK:
            days = row.measure.occurrences.all()
            shown.update(str(one.state_on(day)) for one in days if not one.withdrawn)
    return Progress(**by_word(measures), occurrences=Tally(**by_word(shown)))
