"""The figures of a report: occurrences by how they stand when its day closes."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Protocol

from comity.issuing.digest import (
    IMPOSSIBLE,
    IN_TIME,
    LATE,
    OPEN,
    OVERDUE,
    Answer,
    Day,
    Figures,
    Row,
    Side,
)
from comity.programmes.models import Measure
from comity.reporting.models import Outcome
from comity.reporting.rules import sides_of


class Closing(Protocol):
    """The day of a report, and the last day that was missed when it closes."""

    @property
    def as_of(self) -> date: ...

    @property
    def last_missed(self) -> date: ...


def settled_state(due_on: date, done_on: date | None, closing: Closing, *, given_up: bool) -> str:
    """How something due on a day stands; what was done after the day of the report is not done."""
    if done_on is not None and done_on <= closing.as_of:
        if given_up:
            return IMPOSSIBLE
        return IN_TIME if done_on <= due_on else LATE
    return OVERDUE if due_on <= closing.last_missed else OPEN


def is_late_by(state: str, due_on: date, done_on: date | None, as_of: date) -> int:
    """Days from the day it was due to the day it was done, or to the day of the report."""
    if state == LATE and done_on is not None:
        return (done_on - due_on).days
    return (as_of - due_on).days if state == OVERDUE else 0


def counted(
    told: "Sequence[tuple[Row, Measure]]", sides: Sequence[Side], total: str, closing: Closing
) -> tuple[Figures, tuple[Figures, ...], tuple[Figures, ...]]:
    """Of the whole, of each side by what it says itself, and of each section."""
    rows = [row for row, _measure in told]
    by_side = [_figures(side.name, _of_side(told, side.country, closing)) for side in sides]
    sections = dict.fromkeys(row.section for row in rows if row.section)
    by_section = [
        _figures(title, _days(row for row in rows if row.section == title)) for title in sections
    ]
    return _figures(total, _days(rows)), tuple(by_side), tuple(by_section)


def _days(rows: Iterable[Row]) -> Iterator[tuple[int, Day, str]]:
    for place, row in enumerate(rows):
        for day in row.days:
            yield place, day, day.state


def _of_side(
    told: "Sequence[tuple[Row, Measure]]", country: str, closing: Closing
) -> Iterator[tuple[int, Day, str]]:
    """Occurrences that the side has to report on, by its own report.

    Where no side reported, what a coordinator registered stands for all of them.
    """
    for place, (row, measure) in enumerate(told):
        if country not in sides_of(measure):
            continue
        for day in row.days:
            own = next((answer for answer in day.answers if answer.side == country), None)
            yield place, day, _by_own_word(day, own, closing) if day.answers else day.state


def _by_own_word(day: Day, own: Answer | None, closing: Closing) -> str:
    outcome = own.outcome if own else ""
    settled = {
        Outcome.DONE: own.done_on if own else None,
        Outcome.IMPOSSIBLE: own.said_on if own else None,
    }
    return settled_state(
        day.due_on,
        settled.get(Outcome(outcome)) if outcome else None,
        closing,
        given_up=outcome == Outcome.IMPOSSIBLE,
    )


def _figures(name: str, found: Iterable[tuple[int, Day, str]]) -> Figures:
    states: Counter[str] = Counter()
    measures, due, disputed, before = set(), 0, 0, 0
    for place, day, state in found:
        disputed += day.is_disputed
        if not day.is_in_period:
            before += state == OVERDUE
            continue
        measures.add(place)
        due += 1
        states[state] += 1
    return Figures(
        name,
        measures=len(measures),
        due=due,
        in_time=states[IN_TIME],
        late=states[LATE],
        overdue=states[OVERDUE],
        open=states[OPEN],
        impossible=states[IMPOSSIBLE],
        disputed=disputed,
        overdue_before=before,
    )
