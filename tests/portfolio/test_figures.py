"""How far programmes are: every state, past days, and what was written to since."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from comity.audit.actions import Installation
from comity.audit.kept import Kept
from comity.portfolio.queries.figures import (
    NOTHING,
    Figures,
    counted,
    figures_of_all,
    tallied,
    together,
    touched_since,
)
from comity.programmes.actions import remove_measure, settle_occurrence
from tests.portfolio.world import a_day, a_measure_of, a_running_programme

pytestmark = pytest.mark.django_db
DAY = date(2026, 6, 15)


def test_every_state_is_counted() -> None:
    programme = a_running_programme()
    measure = a_measure_of(programme)
    a_day(measure, date(2026, 1, 10), -2)
    a_day(measure, date(2026, 2, 10), 5)
    a_day(measure, date(2026, 3, 10))
    a_day(measure, date(2026, 4, 10), 3, given_up=True)
    a_day(measure, date(2026, 5, 10), None, disputed_since=date(2026, 5, 12))
    a_day(measure, date(2026, 7, 1))
    a_day(measure, date(2026, 9, 1))
    a_day(measure, date(2026, 6, 20), -10)
    a_day(measure, date(2026, 6, 1), withdrawn=True)
    assert counted(DAY) == {
        programme.pk: Figures(
            done=3, late=1, given_up=1, overdue=2, due=1, not_yet=1, disputed=1,
            fallen=4, on_time=1, next_due=date(2026, 7, 1),
        )
    }  # fmt: skip
    assert counted(DAY)[programme.pk].total == 8
    standing = programme.occurrences.standing()
    assert tallied(standing, DAY) == counted(DAY)[programme.pk]
    assert counted(DAY, without=[measure.pk]) == {}


def test_a_past_day_knows_nothing_of_what_came_after() -> None:
    measure = a_measure_of(a_running_programme())
    a_day(measure, date(2026, 2, 10), 5)
    a_day(measure, date(2026, 3, 10), 60, given_up=True)
    told = counted(date(2026, 2, 12))[measure.programme_id]
    assert told == Figures(overdue=1, due=1, fallen=1, next_due=date(2026, 3, 10))


def test_sums_have_the_first_of_the_next_days() -> None:
    one = Figures(done=2, overdue=1, next_due=date(2026, 9, 1))
    other = Figures(done=1, fallen=1, next_due=date(2026, 8, 1))
    assert together([one, other, NOTHING]) == Figures(
        done=3, overdue=1, fallen=1, next_due=date(2026, 8, 1)
    )
    assert together([]) == NOTHING


def test_only_what_was_written_to_is_counted_anew() -> None:
    changed, other = (a_measure_of(a_running_programme()) for _ in range(2))
    occurrence, gone = a_day(changed, date(2026, 3, 10)), a_measure_of(changed.programme)
    settle_occurrence(
        occurrence=a_day(other, date(2026, 3, 1)),
        done_on=date(2026, 3, 1),
        note="",
        by=Installation(),
    )
    before, mark = figures_of_all(Kept(), DAY), Kept().marks["programmes"]
    assert before[changed.programme_id].overdue == 1
    settle_occurrence(occurrence=occurrence, done_on=date(2026, 3, 9), note="", by=Installation())
    remove_measure(measure=gone, reason="twice", by=Installation())
    assert touched_since(mark) == {changed.programme_id}
    assert touched_since("not on record") == {changed.programme_id, other.programme_id}
    after = figures_of_all(Kept(), DAY)
    assert after == counted(DAY)
    assert (after[changed.programme_id].overdue, after[changed.programme_id].on_time) == (0, 1)
    with CaptureQueriesContext(connection) as queries:
        figures_of_all(Kept({"programmes": Kept().marks["programmes"]}), DAY)
    assert len(queries) == 1  # the marks


def test_after_very_much_all_is_counted_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("comity.portfolio.queries.figures.FOLLOWED", 0)
    measure = a_measure_of(a_running_programme())
    for month in (1, 2):
        settle_occurrence(
            occurrence=a_day(measure, date(2026, month, 10)),
            done_on=date(2026, month, 10),
            note="",
            by=Installation(),
        )
        assert figures_of_all(Kept(), DAY)[measure.programme_id].done == month
