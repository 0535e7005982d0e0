"""A measure with many days: by year, what is past and settled folded away."""

from dataclasses import replace
from datetime import date

import pytest
from django.test import Client

from comity.programmes.actions import settle_occurrence
from comity.programmes.due import DueRule
from comity.programmes.models import Measure, Occurrence
from comity.programmes.years import MOST, Year, by_year
from tests.factories import a_coordinator, a_programme
from tests.programmes.rows import FOUR_YEARS, a_row, with_measures

pytestmark = pytest.mark.django_db

MONTHLY = replace(FOUR_YEARS, recurrence="monthly")


def a_measure(due: DueRule = MONTHLY) -> Measure:
    programme = a_programme(start=date(2017, 1, 1), end=date(2020, 12, 31))
    (measure,) = with_measures(a_row(due=due), programme=programme)
    return measure


def years_of(measure: Measure, day: date) -> list[Year[None]]:
    occurrences = list(measure.occurrences.all())
    years = by_year([(one, None) for one in occurrences], day)
    assert not years or [row for year in years for row in year.rows] == [
        (one, None) for one in occurrences
    ]
    return years


def told(measure: Measure, day: date) -> list[tuple[int, int, int, int, bool]]:
    return [
        (one.number, one.settled, one.all, one.overdue, one.is_open)
        for one in years_of(measure, day)
    ]


def settle(occurrences: list[Occurrence]) -> None:
    by = a_coordinator()
    for one in occurrences:
        settle_occurrence(occurrence=one, done_on=one.due_on, note="", by=by)


def test_past_settled_years_are_folded_and_this_one_is_open() -> None:
    measure = a_measure()
    settle(list(measure.occurrences.all()[:24]))
    assert told(measure, date(2019, 3, 15)) == [
        (2017, 12, 12, 0, False),
        (2018, 12, 12, 0, False),
        (2019, 0, 12, 2, True),
        (2020, 0, 12, 0, False),
    ]


def test_a_past_year_with_something_not_settled_stays_open() -> None:
    measure = a_measure()
    settle(list(measure.occurrences.all()[1:24]))
    assert [(one[0], one[4]) for one in told(measure, date(2019, 1, 1))] == [
        (2017, True), (2018, False), (2019, True), (2020, False),
    ]  # fmt: skip


def test_of_what_is_yet_to_come_the_first_year_is_open_and_none_of_what_is_over() -> None:
    measure = a_measure()
    assert [one.is_open for one in years_of(measure, date(2016, 5, 1))] == [
        True, False, False, False,
    ]  # fmt: skip
    settle(list(measure.occurrences.all()))
    assert [one.is_open for one in years_of(measure, date(2026, 5, 1))] == [
        False, False, False, False,
    ]  # fmt: skip


def test_a_year_asks_for_no_day_that_was_withdrawn() -> None:
    measure = a_measure()
    Occurrence.objects.filter(due_on=date(2017, 1, 31)).update(withdrawn=True)
    assert told(measure, date(2017, 3, 15))[0] == (2017, 0, 11, 1, True)


def test_few_days_stand_together() -> None:
    assert years_of(a_measure(FOUR_YEARS), date(2018, 1, 1)) == []
    one_year = DueRule("recurring", date(2017, 1, 1), date(2017, 12, 31), "monthly")
    assert len(a_measure(one_year).occurrences.all()) == MOST
    assert years_of(a_measure(one_year), date(2018, 1, 1)) == []


def test_the_page_folds_years_in_both_of_its_lists(client: Client) -> None:
    measure = a_measure()
    settle(list(measure.occurrences.all()[:24]))
    client.force_login(a_coordinator())
    for address in (measure.get_absolute_url(), f"/reports/of-measure/{measure.pk}/"):
        page = client.get(address).content.decode()
        assert page.count('<details class="year">') == 2
        assert page.count('<details class="year" open>') == 2
        assert page.count("12 of 12 days settled") == 2
