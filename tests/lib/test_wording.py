from datetime import date

import pytest
from django.template.defaultfilters import filesizeformat
from django.utils import translation

from comity.lib.partial_dates import Precision
from comity.lib.wording import day, percents, period, short_day

NBSP = "\N{NO-BREAK SPACE}"
NARROW = "\N{NARROW NO-BREAK SPACE}"


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        (date(2017, 1, 1), date(2020, 12, 31), "2017–2020"),
        (date(2017, 1, 1), date(2017, 12, 31), "2017"),
        (date(2024, 6, 27), date(2024, 6, 28), "27–28 June 2024"),
        (date(2022, 6, 30), date(2022, 7, 1), "30 June – 1 July 2022"),
        (date(2021, 12, 30), date(2022, 1, 2), "30 December 2021 – 2 January 2022"),
        (date(2022, 6, 30), date(2022, 6, 30), "30 June 2022"),
        (date(2022, 6, 30), None, "30 June 2022"),
        (None, None, ""),
    ],
)
def test_a_period_is_written_as_short_as_it_can_be(
    start: date | None, end: date | None, words: str
) -> None:
    assert period(start, end) == words


@pytest.mark.parametrize(
    ("language", "words"),
    [("ru", "30 июня – 1 июля 2022 г."), ("be", "30 чэрвеня – 1 ліпеня 2022 г.")],
)
def test_months_of_a_period_stand_in_the_genitive(language: str, words: str) -> None:
    with translation.override(language):
        told = period(date(2022, 6, 30), date(2022, 7, 1))
    assert told.replace(NBSP, " ").replace(NARROW, " ") == words


@pytest.mark.parametrize(
    ("value", "words"),
    [(date(2025, 10, 1), "1 кас. 2025 г."), (date(2025, 5, 1), "1 мая 2025 г.")],
)
def test_short_days_in_belarusian_are_abbreviated_with_a_full_stop(value: date, words: str) -> None:
    with translation.override("be"):
        assert short_day(value).replace(NBSP, " ") == words


def test_a_month_alone_has_its_year_in_belarusian() -> None:
    with translation.override("be"):
        assert day(date(2026, 2, 1), Precision.MONTH) == f"люты 2026{NBSP}г."


@pytest.mark.parametrize(("language", "words"), [("be", "80,7"), ("ru", "80,7"), ("en", "80.7")])
def test_numbers_of_django_are_written_as_the_language_does(language: str, words: str) -> None:
    with translation.override(language):
        assert filesizeformat(82_637).split(NBSP)[0] == words


@pytest.mark.parametrize(
    ("language", "words"), [("en", "7–54%"), ("ru", "7–54\u00a0%"), ("be", "7–54\u00a0%")]
)
def test_a_range_of_shares_has_its_sign_once(language: str, words: str) -> None:
    with translation.override(language):
        assert percents(0.071, 0.538) == words
