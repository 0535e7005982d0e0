"""Which days a change of a deadline moves, and what its page says of that."""

from datetime import date
from re import findall

import pytest
from django.test import Client

from comity.programmes.actions import amend_measure
from comity.programmes.amended import MovedDays, moved_days
from comity.programmes.due import DueRule
from comity.programmes.models import MeasureAmendment
from tests.factories import a_coordinator
from tests.programmes.rows import FOUR_YEARS, MAY_2018, a_row, with_measures
from tests.programmes.test_measure_pages import words

pytestmark = pytest.mark.django_db
#: Half a year, on the same last day as May.
UNTIL_MAY = DueRule("window", date(2018, 1, 1), date(2018, 5, 31))


def amended(was: DueRule, new: DueRule, title: str = "Hold an exhibition") -> MeasureAmendment:
    measure = with_measures(a_row(due=was))[0]
    return amend_measure(
        measure=measure,
        new=a_row(title, due=new),
        expected_version=measure.version,
        by=a_coordinator(),
        reason="Closed.",
    )


def days_of(amendment: MeasureAmendment) -> MovedDays | None:
    return moved_days(amendment, amendment.programme.period)


def test_a_moved_deadline_tells_the_old_day_and_the_new_one(client: Client) -> None:
    amendment = amended(MAY_2018, DueRule("date", None, date(2018, 7, 1)))
    assert days_of(amendment) == MovedDays([date(2018, 5, 31)], [date(2018, 7, 1)])
    assert "Days that move: 31 May 2018 → 1 Jul 2018" in words(
        client.get(amendment.get_absolute_url())
    )


def test_many_days_are_named_in_part_and_counted(client: Client) -> None:
    quarterly = DueRule("recurring", date(2017, 1, 1), date(2020, 12, 31), "quarterly")
    amendment = amended(FOUR_YEARS, quarterly)
    assert days_of(amendment) == MovedDays(
        [],
        [date(2017, 3, 31), date(2017, 6, 30), date(2017, 9, 30), date(2018, 3, 31)],
        more_come=8,
    )
    told = "Days that are added: 31 Mar 2017, 30 Jun 2017, 30 Sept 2017, 31 Mar 2018 and 8 more"
    assert told in words(client.get(amendment.get_absolute_url()))


def test_days_that_fall_away_are_told(client: Client) -> None:
    amendment = amended(MAY_2018, DueRule("unscheduled"))
    assert days_of(amendment) == MovedDays([date(2018, 5, 31)], [])
    assert "Days that fall away: 31 May 2018" in words(client.get(amendment.get_absolute_url()))


def test_a_deadline_that_ends_on_the_same_day_moves_none(client: Client) -> None:
    amendment = amended(MAY_2018, UNTIL_MAY)
    assert days_of(amendment) == MovedDays([], [])
    assert "No day moves: something has to be shown on the same days." in words(
        client.get(amendment.get_absolute_url())
    )


def test_a_change_of_words_says_nothing_of_days(client: Client) -> None:
    amendment = amended(MAY_2018, MAY_2018, title="Hold an annual exhibition")
    assert days_of(amendment) is None
    shown = client.get(amendment.get_absolute_url())
    assert "No day moves" not in words(shown)
    assert findall(r'<td data-label="As [^"]*">(.*?)</td>', shown.content.decode()) == [
        "Hold an exhibition",
        "Hold an <ins>annual</ins> exhibition",
    ]
