from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.lib.periods import (
    MONTHS_IN,
    Period,
    add_months,
    month_end,
    quarter_of,
    stretch_around,
    stretches_within,
)

days = st.dates(date(1900, 1, 1), date(2199, 12, 31))


@st.composite
def periods(draw: st.DrawFn) -> Period:
    start = draw(days)
    return Period(start, start + timedelta(days=draw(st.integers(0, 4000))))


def test_a_period_cannot_end_before_it_starts() -> None:
    with pytest.raises(ValueError, match="cannot end on 2019-12-31 before it starts on 2020-01-01"):
        Period(date(2020, 1, 1), date(2019, 12, 31))


def test_both_ends_belong_to_a_period() -> None:
    period = Period(date(2020, 1, 1), date(2020, 1, 31))

    found = [day in period for day in (date(2019, 12, 31), period.start, period.end)]
    assert [*found, date(2020, 2, 1) in period] == [False, True, True, False]


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2020, 1, 31), 1, date(2020, 2, 29)),
        (date(2021, 1, 31), 1, date(2021, 2, 28)),
        (date(2020, 2, 29), 12, date(2021, 2, 28)),
        (date(2020, 2, 29), 48, date(2024, 2, 29)),
        (date(2020, 12, 15), 1, date(2021, 1, 15)),
        (date(2020, 1, 15), -1, date(2019, 12, 15)),
        (date(2020, 3, 31), -1, date(2020, 2, 29)),
        (date(2020, 5, 5), 0, date(2020, 5, 5)),
    ],
)
def test_months_are_added_as_officials_count_them(day: date, months: int, later: date) -> None:
    assert add_months(day, months) == later


@pytest.mark.parametrize(
    ("day", "months", "period"),
    [
        (date(2020, 2, 10), 1, Period(date(2020, 2, 1), date(2020, 2, 29))),
        (date(2020, 2, 10), 3, Period(date(2020, 1, 1), date(2020, 3, 31))),
        (date(2020, 7, 1), 6, Period(date(2020, 7, 1), date(2020, 12, 31))),
        (date(2020, 12, 31), 12, Period(date(2020, 1, 1), date(2020, 12, 31))),
    ],
)
def test_the_stretch_in_which_a_day_lies(day: date, months: int, period: Period) -> None:
    assert stretch_around(day, months) == period


def test_the_first_and_last_stretch_are_clipped() -> None:
    period = Period(date(2020, 2, 10), date(2020, 7, 5))

    assert list(stretches_within(period, "quarterly")) == [
        Period(date(2020, 2, 10), date(2020, 3, 31)),
        Period(date(2020, 4, 1), date(2020, 6, 30)),
        Period(date(2020, 7, 1), date(2020, 7, 5)),
    ]


@given(days)
def test_a_month_ends_the_day_before_the_next(day: date) -> None:
    assert (month_end(day) + timedelta(days=1)).day == 1
    assert month_end(day).month == day.month


@given(days, st.integers(-600, 600))
def test_adding_months_moves_by_as_many(day: date, months: int) -> None:
    later = add_months(day, months)

    assert (later.year - day.year) * 12 + later.month - day.month == months
    assert later.day == min(day.day, month_end(later).day)


@given(days)
def test_a_quarter_holds_its_day(day: date) -> None:
    quarter = quarter_of(day)

    assert day in quarter
    assert (quarter.start.day, quarter.start.month % 3) == (1, 1)


@given(periods(), periods())
def test_an_overlap_is_what_both_hold(one: Period, other: Period) -> None:
    common = one.overlap(other)

    assert common == other.overlap(one)
    if common is None:
        assert one.end < other.start or other.end < one.start
    else:
        assert common == Period(max(one.start, other.start), min(one.end, other.end))


@given(periods(), st.sampled_from(sorted(MONTHS_IN)))
def test_stretches_cover_a_period_without_gaps(period: Period, recurrence: str) -> None:
    stretches = list(stretches_within(period, recurrence))

    assert (stretches[0].start, stretches[-1].end) == (period.start, period.end)
    for before, after in pairwise(stretches):
        assert after.start == before.end + timedelta(days=1)
