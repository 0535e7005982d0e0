"""Many days of one measure, told by year: what is past and settled is folded away."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby
from typing import Generic, TypeVar

from comity.programmes.due import SETTLED, OccurrenceState
from comity.programmes.models import Occurrence

Told = TypeVar("Told")

#: So many days stand on a page without being told apart.
MOST = 12


@dataclass(frozen=True, slots=True)
class Year(Generic[Told]):
    """The days of a year, each with what is told of it, and how many are settled or overdue."""

    number: int
    rows: Sequence[tuple[Occurrence, Told]]
    all: int
    settled: int
    overdue: int
    is_open: bool


def by_year(rows: Sequence[tuple[Occurrence, Told]], day: date) -> list[Year[Told]]:
    """Days in their order by the years in which they are due; nothing if they are few.

    Open are this year and those before it in which something is not settled; if there is none, the
    next to come.
    """
    if len(rows) <= MOST:
        return []
    years = [
        _year(number, list(some), day)
        for number, some in groupby(rows, key=lambda row: row[0].due_on.year)
    ]
    if len(years) == 1:
        return []
    if not any(one.is_open for one in years):
        following = next((one for one in years if one.number > day.year), None)
        return [replace(one, is_open=one is following) for one in years]
    return years


def _year(number: int, rows: Sequence[tuple[Occurrence, Told]], day: date) -> Year[Told]:
    asked = [one for one, _told in rows if not one.withdrawn]
    states = [one.state_on(day) for one in asked]
    settled = sum(state in SETTLED for state in states)
    return Year(
        number=number,
        rows=rows,
        all=len(asked),
        settled=settled,
        overdue=states.count(OccurrenceState.OVERDUE),
        is_open=number == day.year or (number < day.year and settled < len(asked)),
    )
