from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from comity.issuing.periods import latest_periods, must_be_reportable, period_of
from comity.lib.periods import Period
from tests.factories import a_programme


@pytest.mark.parametrize(
    ("code", "start", "end"),
    [
        ("2018Q1", date(2018, 1, 1), date(2018, 3, 31)),
        ("2018q2", date(2018, 4, 1), date(2018, 6, 30)),
        ("2018Q4", date(2018, 10, 1), date(2018, 12, 31)),
        ("2018H1", date(2018, 1, 1), date(2018, 6, 30)),
        (" 2020H2 ", date(2020, 7, 1), date(2020, 12, 31)),
        ("2020", date(2020, 1, 1), date(2020, 12, 31)),
    ],
)
def test_a_code_names_its_days(code: str, start: date, end: date) -> None:
    assert period_of(code).days == Period(start, end)


@pytest.mark.parametrize(
    "code", ["", "2018Q5", "2018Q0", "2018H3", "2018-2", "18Q1", "Q2", "1492Q1", "９０１８"]
)
def test_anything_else_is_refused_with_a_sentence(code: str) -> None:
    with pytest.raises(ValueError, match="is not a period; write 2018Q2, 2018H1 or 2018"):
        period_of(code)


def test_a_period_is_told_as_officials_tell_it() -> None:
    told = {}
    for language in ("en", "ru", "be"):
        with translation.override(language):
            told[language] = [period_of(c).in_words for c in ("2018Q3", "2018H1", "2018")]
    assert told == {
        "en": ["for the third quarter of 2018", "for the first half of 2018", "for the year 2018"],
        "ru": [
            "за III\u00a0квартал 2018\u00a0г.",
            "за I\u00a0полугодие 2018\u00a0г.",
            "за 2018 год",
        ],
        "be": [
            "за III\u00a0квартал 2018\u00a0г.",
            "за I\u00a0паўгоддзе 2018\u00a0г.",
            "за 2018 год",
        ],
    }


def test_a_report_tells_of_the_end_of_a_period_or_of_today() -> None:
    quarter = period_of("2018Q2")
    assert quarter.as_of(date(2018, 9, 1)) == date(2018, 6, 30)
    assert quarter.as_of(date(2018, 5, 2)) == date(2018, 5, 2)
    assert [quarter.is_over_on(date(2018, month, 30)) for month in (6, 7)] == [False, True]


def test_the_last_finished_quarter_is_offered_first() -> None:
    offered = latest_periods(date(2018, 8, 1), Period(date(2018, 1, 1), date(2020, 12, 31)))
    assert [one.code for one in offered] == [
        "2018Q2", "2018Q3", "2018Q1", "2018H2", "2018H1", "2018",
    ]  # fmt: skip


def test_of_a_programme_that_is_over_its_own_years_are_offered() -> None:
    offered = latest_periods(date(2026, 8, 1), Period(date(2017, 1, 1), date(2018, 12, 31)))
    assert offered[0].code == "2018Q4"
    assert {one.code[:4] for one in offered} == {"2017", "2018"}


def test_only_periods_that_touch_the_programme_are_offered() -> None:
    offered = latest_periods(date(2019, 2, 1), Period(date(2018, 7, 1), date(2020, 12, 31)))
    assert [one.code for one in offered] == [
        "2018Q4", "2019Q1", "2019H1", "2019", "2018Q3", "2018H2", "2018",
    ]  # fmt: skip
    assert latest_periods(date(2018, 2, 1), Period(date(2018, 7, 1), date(2020, 12, 31))) == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("start", "end", "told"),
    [
        (date(2025, 1, 1), date(2027, 12, 31), "The programme runs from 1 January 2025 to 31 "
         "December 2027: choose a period within it."),
        (date(2025, 1, 1), None, "The programme begins on 1 January 2025: choose a period after "
         "that."),
        (None, date(2023, 6, 30), "The programme ended on 30 June 2023: choose a period before "
         "that."),
    ],
)  # fmt: skip
def test_a_year_outside_the_programme_is_refused_with_its_days(
    start: date | None, end: date | None, told: str
) -> None:
    programme = a_programme(start=start, end=end)
    with pytest.raises(ValidationError) as refused:
        must_be_reportable(period_of("2024"), programme, date(2026, 8, 1))
    assert refused.value.messages == [told]
    inside = "2025" if start else "2023"
    must_be_reportable(period_of(inside), programme, date(2026, 8, 1))
