from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.agreements.terms import (
    Status,
    Terms,
    as_it_stood,
    is_prolonged_on,
    last_day,
    notice_day,
    prolonged_until,
    status_on,
    term_end,
)
from comity.lib.periods import add_months, month_end

#: For five years, then by five unless a party objects six months before.
FIVE_YEARS = Terms(
    signed_on=date(2015, 3, 18),
    in_force_from=date(2015, 5, 1),
    until=date(2020, 4, 30),
    renewal_months=60,
    notice_months=6,
)


def told(day: str, **changed: object) -> Status:
    values = {name: getattr(FIVE_YEARS, name) for name in FIVE_YEARS.__slots__}
    return status_on(Terms(**{**values, **changed}), date.fromisoformat(day))


@pytest.mark.parametrize(
    ("day", "status"),
    [
        ("2015-03-17", Status.DRAFT),
        ("2015-03-18", Status.SIGNED),
        ("2015-04-30", Status.SIGNED),
        ("2015-05-01", Status.IN_FORCE),
        ("2019-10-29", Status.IN_FORCE),
        ("2019-10-30", Status.NOTICE),
        ("2020-04-30", Status.NOTICE),
        ("2020-05-01", Status.IN_FORCE),
        ("2024-10-30", Status.NOTICE),
        ("2025-04-30", Status.NOTICE),
        ("2025-05-01", Status.IN_FORCE),
    ],
)
def test_a_renewing_agreement_on_each_side_of_its_days(day: str, status: Status) -> None:
    assert told(day) == status


@pytest.mark.parametrize(
    ("objected_on", "last"),
    [
        (date(2016, 1, 1), date(2020, 4, 30)),
        (date(2019, 10, 29), date(2020, 4, 30)),
        (date(2019, 10, 30), date(2020, 4, 30)),
        (date(2019, 10, 31), date(2025, 4, 30)),
        (date(2020, 4, 30), date(2025, 4, 30)),
        (date(2020, 5, 1), date(2025, 4, 30)),
        (date(2024, 10, 30), date(2025, 4, 30)),
        (date(2024, 10, 31), date(2030, 4, 30)),
    ],
)
def test_an_objection_after_the_notice_day_counts_for_the_next_term(
    objected_on: date, last: date
) -> None:
    terms = Terms(
        FIVE_YEARS.signed_on, FIVE_YEARS.in_force_from, FIVE_YEARS.until, 60, 6, objected_on
    )

    assert last_day(terms, date(2040, 1, 1)) == last
    assert status_on(terms, last) != Status.EXPIRED
    assert status_on(terms, last + timedelta(days=1)) == Status.EXPIRED


def test_the_term_for_which_an_objection_holds_has_no_notice_window() -> None:
    assert told("2020-04-30", objected_on=date(2019, 10, 30)) == Status.IN_FORCE


def test_a_late_objection_leaves_the_window_of_the_running_term_open() -> None:
    late = date(2019, 12, 1)

    assert told("2020-04-30", objected_on=late) == Status.NOTICE
    assert told("2025-04-30", objected_on=late) == Status.IN_FORCE
    assert told("2025-05-01", objected_on=late) == Status.EXPIRED


def test_an_objection_to_come_is_not_known_yet() -> None:
    terms = Terms(date(2015, 1, 1), date(2015, 1, 1), date(2019, 12, 31), 60, 6, date(2019, 1, 1))

    assert last_day(terms, date(2018, 12, 31)) is None
    assert prolonged_until(terms, date(2018, 12, 31)) == date(2024, 12, 31)
    assert prolonged_until(terms, date(2019, 1, 1)) is None


def test_without_notice_months_any_day_of_the_term_is_in_time() -> None:
    objected = {"notice_months": None, "objected_on": date(2020, 4, 30)}

    assert told("2020-04-30", **objected) == Status.IN_FORCE
    assert told("2020-05-01", **objected) == Status.EXPIRED
    assert told("2020-04-30", notice_months=None) == Status.IN_FORCE


@pytest.mark.parametrize(
    ("changed", "day", "status"),
    [
        ({"signed_on": None}, "2030-01-01", Status.DRAFT),
        ({"in_force_from": None}, "2030-01-01", Status.SIGNED),
        ({"in_force_from": None, "renewal_months": None}, "2020-05-01", Status.EXPIRED),
        ({"renewal_months": None}, "2020-04-30", Status.IN_FORCE),
        ({"renewal_months": None}, "2020-05-01", Status.EXPIRED),
        ({"until": None, "renewal_months": None}, "2100-01-01", Status.IN_FORCE),
        ({"ended_on": date(2018, 6, 1)}, "2018-05-31", Status.IN_FORCE),
        ({"ended_on": date(2018, 6, 1)}, "2018-06-01", Status.ENDED),
        ({"ended_on": date(2015, 4, 1)}, "2015-03-17", Status.DRAFT),
    ],
)
def test_other_terms(changed: dict[str, object], day: str, status: Status) -> None:
    assert told(day, **changed) == status


@pytest.mark.parametrize(
    ("until", "months", "day", "end"),
    [
        (date(2020, 1, 31), 1, date(2020, 2, 10), date(2020, 2, 29)),
        (date(2020, 1, 31), 1, date(2020, 3, 1), date(2020, 3, 31)),
        (date(2020, 2, 29), 12, date(2020, 3, 1), date(2021, 2, 28)),
        (date(2020, 2, 29), 48, date(2023, 3, 1), date(2024, 2, 29)),
        (date(2019, 2, 28), 12, date(2019, 3, 1), date(2020, 2, 29)),
        (date(2020, 2, 28), 12, date(2020, 2, 29), date(2021, 2, 28)),
        (date(2020, 1, 30), 1, date(2020, 2, 1), date(2020, 2, 29)),
        (date(2020, 1, 30), 1, date(2020, 3, 1), date(2020, 3, 30)),
        (date(2020, 12, 31), 6, date(2021, 1, 1), date(2021, 6, 30)),
    ],
)
def test_month_ends_and_the_29th_of_february(
    until: date, months: int, day: date, end: date
) -> None:
    assert term_end(Terms(until=until, renewal_months=months), day) == end


def test_dates_at_the_ends_of_the_calendar_are_answered() -> None:
    endless = Terms(date.min, date.min, date(2020, 12, 31), 60, 6)
    objected = Terms(date.min, date.min, date(2020, 12, 31), 60, 6, objected_on=date(9999, 12, 1))

    assert status_on(endless, date.max) == Status.NOTICE
    assert last_day(objected, date.max) == date.max
    assert notice_day(Terms(until=date(1, 2, 1), renewal_months=1, notice_months=3), date.min) == (
        date.min
    )


def test_a_term_without_an_end_has_no_notice_day() -> None:
    assert term_end(Terms(), date(2020, 1, 1)) is None
    assert notice_day(Terms(), date(2020, 1, 1)) is None
    assert is_prolonged_on(Terms(), date(2020, 1, 1)) is False
    assert prolonged_until(Terms(until=date(2020, 1, 1)), date(2020, 1, 1)) is None


def test_later_changes_are_folded_back_to_the_earliest_before() -> None:
    later = [
        {"until": ["2020-12-31", "2025-12-31"]},
        {"until": ["2025-12-31", None], "number": ["", "2"]},
    ]

    assert as_it_stood({"until": None, "number": "2", "kind": "x"}, later) == {
        "until": "2020-12-31",
        "number": "",
        "kind": "x",
    }


days = st.dates(date(1950, 1, 1), date(2100, 12, 31))
months = st.integers(1, 130)


@st.composite
def any_terms(draw: st.DrawFn) -> Terms:
    until = draw(st.none() | days)
    return Terms(
        signed_on=draw(st.none() | days),
        in_force_from=draw(st.none() | days),
        until=until,
        renewal_months=draw(st.none() | months) if until else None,
        notice_months=draw(st.none() | st.integers(0, 120)),
        objected_on=draw(st.none() | days),
        ended_on=draw(st.none() | days),
    )


@st.composite
def renewing(draw: st.DrawFn) -> Terms:
    return Terms(
        signed_on=date(1950, 1, 1),
        in_force_from=date(1950, 1, 1),
        until=draw(days),
        renewal_months=draw(months),
        notice_months=draw(st.none() | st.integers(0, 120)),
    )


@given(any_terms(), st.dates())
def test_every_day_has_a_status(terms: Terms, day: date) -> None:
    assert status_on(terms, day) in Status


@given(any_terms(), days)
def test_before_signing_it_is_a_draft(terms: Terms, day: date) -> None:
    if terms.signed_on is None or day < terms.signed_on:
        assert status_on(terms, day) == Status.DRAFT


@given(renewing(), days)
def test_a_renewing_one_never_expires_without_an_objection(terms: Terms, day: date) -> None:
    assert status_on(terms, day) in (Status.IN_FORCE, Status.NOTICE)


@given(renewing(), days)
def test_terms_end_their_months_apart(terms: Terms, day: date) -> None:
    end = term_end(terms, day)
    following = prolonged_until(terms, day)
    assert end is not None
    assert following is not None
    assert terms.renewal_months is not None
    apart = (following.year - end.year) * 12 + following.month - end.month
    assert apart == terms.renewal_months
    assert term_end(terms, end + timedelta(days=1)) == following
    if terms.until == month_end(terms.until or end):
        assert following == month_end(following)


@given(renewing(), days)
def test_the_running_term_holds_the_day(terms: Terms, day: date) -> None:
    end = term_end(terms, day)
    assert end is not None
    assert day <= end
    assert term_end(terms, end) == end


@given(renewing(), days)
def test_the_notice_window_is_the_last_months_of_the_running_term(terms: Terms, day: date) -> None:
    end = term_end(terms, day)
    assert end is not None
    in_window = bool(terms.notice_months) and add_months(end, -(terms.notice_months or 0)) <= day
    assert (status_on(terms, day) == Status.NOTICE) == in_window


@given(renewing(), days, days)
def test_an_objection_ends_it_with_the_first_term_it_is_in_time_for(
    terms: Terms, objected_on: date, day: date
) -> None:
    objected = Terms(
        terms.signed_on,
        terms.in_force_from,
        terms.until,
        terms.renewal_months,
        terms.notice_months,
        objected_on,
    )
    last = last_day(objected, max(day, objected_on))
    assert last is not None
    assert add_months(last, -(terms.notice_months or 0)) >= objected_on
    assert (status_on(objected, day) == Status.EXPIRED) == (day > last and day >= objected_on)
