"""From due rules to dates: the laws, and the cases that documents are full of."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from comity.lib.periods import Period
from comity.programmes.due import (
    NOTICE,
    DueKind,
    DueRule,
    OccurrenceState,
    Recurrence,
    check,
    occurrences,
    state_on,
)

START, END = date(2017, 1, 1), date(2020, 12, 31)


def due_days(rule: DueRule) -> list[date]:
    return [window.end for window in occurrences(rule)]


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        (DueRule("unscheduled"), []),
        (DueRule("recurring", None, None, "yearly"), []),
        (DueRule("window", date(2018, 4, 1), date(2018, 6, 30)), [date(2018, 6, 30)]),
        (DueRule("window", None, date(2018, 6, 30)), [date(2018, 6, 30)]),
        (DueRule("date", None, date(2018, 12, 1)), [date(2018, 12, 1)]),
        (
            DueRule("recurring", START, END, "yearly"),
            [date(year, 12, 31) for year in (2017, 2018, 2019, 2020)],
        ),
        (
            DueRule("continuous", START, END),
            [date(year, 12, 31) for year in (2017, 2018, 2019, 2020)],
        ),
        (
            DueRule("recurring", date(2018, 5, 10), date(2019, 2, 10), "half-yearly"),
            [date(2018, 6, 30), date(2018, 12, 31), date(2019, 2, 10)],
        ),
        (
            DueRule("recurring", date(2020, 1, 15), date(2020, 3, 10), "monthly"),
            [date(2020, 1, 31), date(2020, 2, 29), date(2020, 3, 10)],
        ),
    ],
)
def test_the_days_of_each_kind(rule: DueRule, expected: list[date]) -> None:
    assert due_days(rule) == expected


def test_every_year_fourth_quarter_is_due_at_the_end_of_each_fourth_quarter() -> None:
    rule = DueRule("recurring", START, END, "yearly", "10-01/12-31")
    assert list(occurrences(rule)) == [
        Period(date(year, 10, 1), date(year, 12, 31)) for year in (2017, 2018, 2019, 2020)
    ]


@pytest.mark.parametrize(
    ("start", "end", "season", "expected"),
    [
        # clipped to a stretch that ends within the season, or begins within it
        (date(2019, 1, 1), date(2020, 10, 31), "10-01/12-31",
         [(date(2019, 10, 1), date(2019, 12, 31)), (date(2020, 10, 1), date(2020, 10, 31))]),
        (date(2019, 11, 15), date(2020, 1, 31), "10-01/12-31",
         [(date(2019, 11, 15), date(2019, 12, 31))]),
        # passes New Year: belongs to the year in which it ends, one a year
        (date(2017, 1, 1), date(2019, 12, 31), "12-01/02-28",
         [(date(2017, 1, 1), date(2017, 2, 28)), (date(2017, 12, 1), date(2018, 2, 28)),
          (date(2018, 12, 1), date(2019, 2, 28))]),
        (date(2020, 10, 1), date(2020, 12, 31), "12-01/02-28",
         [(date(2020, 12, 1), date(2020, 12, 31))]),
        # a leap day where there is one
        (date(2019, 1, 1), date(2020, 12, 31), "02-01/02-29",
         [(date(2019, 2, 1), date(2019, 2, 28)), (date(2020, 2, 1), date(2020, 2, 29))]),
        # a single day is a deadline with notice, and counts only if it lies in the stretch
        (date(2017, 1, 20), date(2019, 1, 15), "02-01/02-01",
         [(date(2017, 1, 20), date(2017, 2, 1)), (date(2018, 1, 2), date(2018, 2, 1))]),
        (date(2018, 6, 1), date(2018, 9, 30), "12-01/12-31", []),
    ],
)  # fmt: skip
def test_seasons(start: date, end: date, season: str, expected: list[tuple[date, date]]) -> None:
    found = occurrences(DueRule("recurring", start, end, "yearly", season))
    assert [(window.start, window.end) for window in found] == expected


def test_a_deadline_opens_with_notice_and_no_later_than_its_own_beginning() -> None:
    day = date(2018, 12, 1)
    by, on = DueRule("date", None, day), DueRule("date", day, day)
    from_long_before = DueRule("date", date(2018, 1, 1), day)
    assert [occurrences(rule)[0].start for rule in (by, on, from_long_before)] == [
        day - NOTICE,
        day - NOTICE,
        date(2018, 1, 1),
    ]


days = st.dates(date(1990, 1, 1), date(2060, 12, 31))


@st.composite
def stretches(draw: st.DrawFn) -> Period:
    start = draw(days)
    return Period(start, start + timedelta(days=draw(st.integers(0, 4000))))


def month_day(day: date) -> str:
    return day.strftime("%m-%d")


seasons = st.builds(lambda first, last: f"{month_day(first)}/{month_day(last)}", days, days)


@given(stretches(), st.sampled_from(list(Recurrence)), st.none() | seasons)
def test_occurrences_lie_within_the_stretch_and_follow_each_other(
    stretch: Period, recurrence: Recurrence, season: str | None
) -> None:
    found = occurrences(DueRule("recurring", stretch.start, stretch.end, recurrence.value, season))
    assert all(window.start in stretch and window.end in stretch for window in found)
    ends = [window.end for window in found]
    assert ends == sorted(set(ends))


@given(stretches(), st.sampled_from(list(Recurrence)))
def test_recurring_windows_cover_every_day_of_the_stretch_once(
    stretch: Period, recurrence: Recurrence
) -> None:
    found = occurrences(DueRule("recurring", stretch.start, stretch.end, recurrence.value))
    assert (found[0].start, found[-1].end) == (stretch.start, stretch.end)
    assert all(later.start == earlier.end + timedelta(days=1) for earlier, later in pairwise(found))


@given(st.integers(1990, 2050), st.integers(0, 20), seasons)
def test_over_whole_years_a_season_comes_once_a_year(first: int, more: int, season: str) -> None:
    rule = DueRule("recurring", date(first, 1, 1), date(first + more, 12, 31), "yearly", season)
    assert [window.end.year for window in occurrences(rule)] == list(range(first, first + more + 1))


@given(stretches(), seasons)
def test_a_season_that_touches_the_stretch_is_never_lost(stretch: Period, season: str) -> None:
    first, last = season.split("/")

    def in_season(day: date) -> bool:
        told = month_day(day)
        return first <= told <= last if first <= last else told >= first or told <= last

    touched = any(
        in_season(stretch.start + timedelta(days=n))
        for n in range(min((stretch.end - stretch.start).days, 366) + 1)
    )
    found = occurrences(DueRule("recurring", stretch.start, stretch.end, "yearly", season))
    assert bool(found) or not touched or month_day(date(2000, 2, 29)) in season


@given(days, st.integers(0, 400), st.none() | days, days)
def test_a_state_is_told_for_every_day(
    opens: date, length: int, done: date | None, day: date
) -> None:
    due = opens + timedelta(days=length)
    state = state_on(opens, due, done, day)
    if done is not None and done <= day:
        assert state is OccurrenceState.DONE
    else:
        assert state is (
            OccurrenceState.NOT_YET
            if day < opens
            else OccurrenceState.OVERDUE
            if day > due
            else OccurrenceState.DUE
        )


def test_what_goes_on_takes_the_period_of_the_programme_where_it_names_none() -> None:
    period = Period(START, END)
    assert DueRule("recurring", None, None, "yearly").within(period) == DueRule(
        "recurring", START, END, "yearly"
    )
    assert DueRule("continuous", date(2018, 1, 1)).within(period) == DueRule(
        "continuous", date(2018, 1, 1), END
    )
    assert DueRule("window", None, END).within(period) == DueRule("window", None, END)
    assert DueRule("continuous").within(None) == DueRule("continuous")


def test_a_stretch_outside_the_period_stays_a_stretch() -> None:
    period = Period(START, END)
    before, after = date(2010, 5, 1), date(2030, 5, 1)
    assert DueRule("continuous", None, before).within(period).start == before
    assert DueRule("continuous", after).within(period).end == after


@pytest.mark.parametrize(
    ("rule", "sentence"),
    [
        (DueRule("someday"), "“someday” is no kind of deadline."),
        (DueRule("window", None, None), "A deadline of this kind needs its last day."),
        (DueRule("date", END, START), "A deadline cannot end before it begins."),
        (DueRule("date", None, date(20, 1, 1)), "A deadline lies between the years 1900 and 2199."),
        (
            DueRule("recurring", START, END),
            "Say how often for a measure that recurs, and only for such a one.",
        ),
        (
            DueRule("window", START, END, "yearly"),
            "Say how often for a measure that recurs, and only for such a one.",
        ),
        (
            DueRule("recurring", START, END, "yearly", "13-01/12-31"),
            "Write a part of the year as month and day, such as 10-01/12-31.",
        ),
        (
            DueRule("recurring", START, END, "monthly", "10-01/12-31"),
            "Only a yearly measure has a part of the year.",
        ),
    ],
)
def test_a_rule_that_contradicts_itself_is_refused(rule: DueRule, sentence: str) -> None:
    with pytest.raises(ValidationError) as refused:
        check(rule)
    assert refused.value.messages == [sentence]


@pytest.mark.parametrize("kind", DueKind.values)
def test_each_kind_can_be_written_rightly(kind: str) -> None:
    check(DueRule(kind, START, END, "yearly" if kind == "recurring" else None))
