"""Where programmes stand on a day: counted over measures and over occurrences."""

from datetime import date, timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from comity.programmes.actions import settle_occurrence
from comity.programmes.due import DueRule
from comity.programmes.models import Measure, Occurrence, Programme
from comity.programmes.occurrences import note_what_is_next
from comity.programmes.queries.measures import first_due_between, in_state
from comity.programmes.queries.occurrences import due_first, late_first
from comity.programmes.queries.progress import (
    MeasureState,
    Progress,
    Tally,
    progress,
    progress_of,
    state_of,
)
from tests.factories import a_coordinator, a_measure, a_programme
from tests.programmes.rows import FOUR_YEARS, MAY_2018, a_row, with_measures

pytestmark = pytest.mark.django_db


def test_a_programme_over_the_years() -> None:
    yearly, may, _free = with_measures(
        a_row(due=FOUR_YEARS), a_row(due=MAY_2018), a_row("without a date")
    )
    programme, by = yearly.programme, a_coordinator()
    for occurrence in yearly.occurrences.all()[:2]:
        settle_occurrence(occurrence=occurrence, done_on=occurrence.due_on, note="", by=by)
    assert progress(programme, date(2016, 12, 31)) == Progress(
        not_yet=2, unscheduled=1, occurrences=Tally(not_yet=5)
    )
    assert progress(programme, date(2018, 5, 31)) == Progress(
        due=2, unscheduled=1, occurrences=Tally(done=1, due=2, not_yet=2)
    )
    assert progress(programme, date(2018, 6, 1)) == Progress(
        due=1, overdue=1, unscheduled=1, occurrences=Tally(done=1, due=1, overdue=1, not_yet=2)
    )
    settle_occurrence(occurrence=may.occurrences.get(), done_on=date(2018, 6, 2), note="", by=by)
    assert progress(programme, date(2018, 6, 1)).overdue == 1
    assert progress(programme, date(2018, 12, 31)) == Progress(
        not_yet=1, done=1, unscheduled=1, occurrences=Tally(done=3, not_yet=2)
    )
    assert progress(programme, date(2021, 1, 1))["overdue"] == 1
    assert progress(programme, date(2021, 1, 1)).total == 3


def test_withdrawn_occurrences_do_not_count() -> None:
    (measure,) = with_measures(a_row(due=MAY_2018))
    measure.occurrences.update(withdrawn=True)
    assert progress(measure.programme, date(2020, 1, 1)) == Progress(unscheduled=1)
    assert state_of(measure.occurrences.all(), date(2020, 1, 1)) == MeasureState.UNSCHEDULED


def test_a_page_of_programmes_takes_one_query() -> None:
    with_measures(a_row(due=MAY_2018))
    with_measures(a_row(due=FOUR_YEARS))
    empty = a_programme()
    programmes = list(Programme.objects.all())
    with CaptureQueriesContext(connection) as captured:
        found = progress_of(programmes, date(2018, 6, 1))
    assert len(captured) == 1
    assert found[empty.pk] == Progress()
    assert sorted(p.overdue for p in found.values()) == [0, 1, 1]
    assert progress_of([], date(2018, 6, 1)) == {}


near = st.integers(-40, 40)


@given(
    st.lists(
        st.lists(
            st.tuples(near, st.integers(0, 30), st.none() | st.integers(-40, 0), st.booleans()),
            max_size=4,
        ),
        min_size=1,
        max_size=4,
    ),
    near,
)
@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_the_database_and_the_rows_tell_the_same_states(
    measures: list[list[tuple[int, int, int | None, bool]]], offset: int
) -> None:
    today, programme = timezone.localdate(), a_programme()
    day = today + timedelta(days=offset)
    for shown in measures:
        measure = a_measure(programme)
        for opens, length, done, withdrawn in {
            o + n: (o, n, d, w) for o, n, d, w in shown
        }.values():
            Occurrence.objects.create(
                measure=measure,
                programme=programme,
                opens_on=today + timedelta(days=opens),
                due_on=today + timedelta(days=opens + length),
                done_on=None if done is None else today + timedelta(days=done),
                withdrawn=withdrawn,
            )
    own = Measure.objects.filter(programme=programme)
    note_what_is_next(list(own))
    expected = {m.pk: state_of(m.occurrences.all(), day) for m in own}
    told = {
        measure.pk: state for state in MeasureState for measure in in_state(own, state.value, day)
    }
    assert told == expected
    tally = progress(programme, day)
    assert {state: tally[state] for state in MeasureState} == {
        state: list(expected.values()).count(state) for state in MeasureState
    }


def test_what_is_due_and_late_for_the_home_page() -> None:
    (may,) = with_measures(a_row(due=MAY_2018))
    (june,) = with_measures(a_row(due=DueRule("window", None, date(2018, 6, 30))))
    (hidden,) = with_measures(a_row(due=MAY_2018), programme=a_programme(visibility="internal"))
    anybody = AnonymousUser()
    due = due_first(anybody, date(2018, 5, 1), date(2018, 6, 30))
    assert [occurrence.measure for occurrence in due] == [may, june]
    late = late_first(a_coordinator(), date(2018, 7, 1))
    assert [occurrence.measure for occurrence in late] == [june, hidden, may]
    settle_occurrence(occurrence=due[0], done_on=date(2018, 5, 3), note="", by=a_coordinator())
    assert list(late_first(anybody, date(2018, 7, 1))) == [june.occurrences.get()]
    assert list(due_first(anybody, date(2018, 6, 1), date(2018, 6, 30))) == list(
        june.occurrences.all()
    )


def test_each_measure_is_found_once_by_its_first_day_due() -> None:
    yearly, may = with_measures(a_row(due=FOUR_YEARS), a_row(due=MAY_2018))
    found = first_due_between(date(2018, 1, 1), date(2019, 12, 31))
    assert [(o.measure_id, o.due_on) for o in found] == [
        (may.pk, MAY_2018.end), (yearly.pk, date(2018, 12, 31)),
    ]  # fmt: skip
    assert [o.due_on.year for o in first_due_between(date(2020, 1, 1), None)] == [2020]
    assert [o.due_on.year for o in first_due_between(None, date(2017, 12, 31))] == [2017]
