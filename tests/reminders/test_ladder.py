"""Each rung is said once, whatever days the reminders run on."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from comity.reminders.ladder import CATCH_UP, rung_to_say

DUE = date(2018, 5, 31)
RUNGS = st.lists(st.integers(-90, 90), min_size=1, max_size=6, unique=True).map(sorted)
DAYS = st.lists(st.integers(-120, 200), max_size=40).map(sorted)


def said_on(rungs: list[int], days: list[int]) -> list[tuple[int, int]]:
    """What is said on which day, if reminders run on these days only, some of them twice."""
    said: int | None = None
    told = []
    for day in days:
        rung = rung_to_say(rungs, DUE, DUE + timedelta(days=day), said)
        if rung is not None:
            told.append((day, rung))
            said = rung
    return told


@given(RUNGS, DAYS)
def test_a_rung_is_said_once_and_never_before_its_day(rungs: list[int], days: list[int]) -> None:
    told = said_on(rungs, days)
    said = [rung for _day, rung in told]
    assert said == sorted(set(said))
    assert all(rung <= day <= rung + CATCH_UP.days for day, rung in told)
    assert len({day for day, _rung in told}) == len(told)


@given(RUNGS)
def test_who_is_reminded_every_day_hears_each_rung_on_its_day(rungs: list[int]) -> None:
    assert said_on(rungs, list(range(-120, 200))) == [(rung, rung) for rung in rungs]


@given(RUNGS, DAYS)
def test_a_missed_rung_is_made_up_for_on_the_next_run(rungs: list[int], days: list[int]) -> None:
    """After a run, the latest rung that was reached in time is known to be said."""
    said: int | None = None
    for day in days:
        rung = rung_to_say(rungs, DUE, DUE + timedelta(days=day), said)
        said = said if rung is None else rung
        reached = [one for one in rungs if one <= day]
        if reached and day - max(reached) <= CATCH_UP.days:
            assert said == max(reached)
