from datetime import date

import pytest
from django.utils import translation

from comity.programmes.due import DueRule, state_on
from comity.programmes.wording import deadline, distance, season

JAN, DEC = date(2017, 1, 1), date(2020, 12, 31)


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        (DueRule("unscheduled"), ""),
        (DueRule("date", None, date(2018, 12, 1)), "by 1 December 2018"),
        (DueRule("date", date(2018, 12, 1), date(2018, 12, 1)), "on 1 December 2018"),
        (DueRule("window", date(2018, 4, 1), date(2018, 6, 30)), "Q2 2018"),
        (DueRule("window", date(2018, 5, 1), date(2018, 5, 31)), "May 2018"),
        (DueRule("window", date(2018, 5, 3), date(2018, 5, 7)), "3–7 May 2018"),
        (DueRule("window", JAN, DEC), "2017–2020"),
        (DueRule("window", JAN, date(2017, 6, 30)), "first half of 2017"),
        (DueRule("window", date(2017, 7, 1), date(2017, 12, 31)), "second half of 2017"),
        (DueRule("continuous", JAN, DEC), "all the time 2017–2020"),
        (DueRule("continuous"), "all the time"),
        (DueRule("recurring", JAN, DEC, "quarterly"), "every quarter 2017–2020"),
        (DueRule("recurring", JAN, DEC, "yearly", "10-01/12-31"), "every year, Q4, 2017–2020"),
    ],
)
def test_deadlines_in_words(rule: DueRule, words: str) -> None:
    assert deadline(rule) == words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("07-01/07-31", "July"),
        ("06-01/08-31", "June – August"),
        ("12-01/02-28", "December – February"),
        ("02-01/02-01", "1 February"),
        ("03-15/04-10", "15 March – 10 April"),
    ],
)
def test_seasons_in_words(text: str, words: str) -> None:
    assert season(text) == words


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "Q2 2018"),
        ("ru", "II\N{NO-BREAK SPACE}квартал 2018\N{NO-BREAK SPACE}г."),
        ("be", "II\N{NO-BREAK SPACE}квартал 2018\N{NO-BREAK SPACE}г."),
    ],
)
def test_quarters_are_numbered_as_the_reader_writes_them(language: str, words: str) -> None:
    with translation.override(language):
        assert deadline(DueRule("window", date(2018, 4, 1), date(2018, 6, 30))) == words


def test_months_are_named_in_the_readers_language() -> None:
    with translation.override("ru"):
        assert season("07-01/07-31") == "июль"


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2018, 3, 1), "from 1 Apr 2018"),
        (date(2018, 6, 22), "due in 8 days"),
        (date(2018, 6, 29), "due in 1 day"),
        (date(2018, 6, 30), "due today"),
        (date(2018, 7, 1), "1 day late"),
        (date(2018, 7, 12), "12 days late"),
    ],
)
def test_how_far_it_is(day: date, words: str) -> None:
    opens, due = date(2018, 4, 1), date(2018, 6, 30)
    assert distance(state_on(opens, due, None, day), opens, due, day) == words
