"""Whatever rules follow each other: work is never lost, and what stands is what the rule says."""

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from comity.directory.models import Organisation
from comity.programmes.actions import settle_occurrence
from comity.programmes.due import DueRule, occurrences
from comity.programmes.models import Measure
from comity.programmes.models.measure import NEVER
from comity.programmes.occurrences import built_upon, pointed_at, regenerate_occurrences
from comity.territories.models import Territory
from tests.factories import a_coordinator, a_region, an_organisation
from tests.programmes.rows import FOUR_YEARS, a_row, change_measure, with_measures

pytestmark = pytest.mark.django_db

ends = st.dates(date(2017, 1, 1), date(2019, 12, 31))
rules = st.one_of(
    st.just(DueRule("unscheduled")),
    st.builds(lambda end: DueRule("date", None, end), ends),
    st.builds(lambda end: DueRule("window", date(2016, 6, 1), end), ends),
    st.builds(
        lambda end, often: DueRule("recurring", date(2016, 6, 1), end, often),
        ends,
        st.sampled_from(["quarterly", "half-yearly", "yearly"]),
    ),
    st.builds(
        lambda end: DueRule("recurring", date(2016, 6, 1), end, "yearly", "10-01/12-31"), ends
    ),
)


@given(st.lists(st.tuples(rules, st.integers(0, 5)), min_size=1, max_size=6))
@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_no_rule_that_follows_loses_work(steps: list[tuple[DueRule, int]]) -> None:
    by = a_coordinator()
    (measure,) = with_measures(a_row())
    done: dict[int, tuple[date, str]] = {}
    for number, (rule, chosen) in enumerate(steps):
        measure = change_measure(
            measure=measure, new=a_row(due=rule), expected_version=measure.version, by=by
        )
        found = list(measure.occurrences.all())
        standing = [o for o in found if not o.withdrawn]
        assert [(o.opens_on, o.due_on) for o in standing] == [
            (window.start, window.end) for window in occurrences(rule)
        ]
        assert {o.pk: (o.held_against, o.done_note) for o in found if o.done_on} == done
        assert {o.pk for o in found if o.withdrawn} <= done.keys()
        open_ = [o for o in standing if not o.done_on]
        assert (measure.next_due, measure.next_opens) == (
            min((o.due_on for o in open_), default=NEVER),
            min((o.opens_on for o in open_), default=NEVER),
        )
        if chosen < len(open_):
            kept = settle_occurrence(
                occurrence=open_[chosen], done_on=open_[chosen].due_on, note=f"{number}", by=by
            )
            done[kept.pk] = (kept.held_against, kept.done_note)


def test_a_second_time_changes_nothing() -> None:
    (measure,) = with_measures(a_row(due=FOUR_YEARS))
    before = list(measure.occurrences.values())
    regenerate_occurrences([measure], None)
    assert list(measure.occurrences.values()) == before
    regenerate_occurrences([], None)


def test_a_note_alone_keeps_an_occurrence() -> None:
    (measure,) = with_measures(a_row(due=FOUR_YEARS))
    measure.occurrences.filter(due_on=date(2018, 12, 31)).update(done_note="begun")
    measure.due_kind, measure.due_recurrence = "unscheduled", ""
    regenerate_occurrences([measure], None)
    assert [(o.due_on.year, o.withdrawn) for o in measure.occurrences.all()] == [(2018, True)]


def test_what_a_record_of_any_room_points_at_is_found() -> None:
    used, unused = a_region("BY-HO"), a_region("BY-VI")
    organisation = an_organisation(seat=used)
    assert pointed_at([used, unused]) == {used.pk}
    assert pointed_at(list(Organisation.objects.all())) == set()
    child = an_organisation(seat=used, parent=organisation)
    assert pointed_at([organisation, child]) == {organisation.pk}
    assert pointed_at(list(Territory.objects.none())) == set()


def test_an_occurrence_that_a_record_points_at_is_built_upon(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    (measure,) = with_measures(a_row(due=FOUR_YEARS))
    found = list(measure.occurrences.all())
    assert built_upon(found) == []
    monkeypatch.setattr("comity.programmes.occurrences.pointed_at", lambda _records: {found[1].pk})
    assert built_upon(found) == [found[1]]


def test_many_measures_follow_in_as_many_queries_as_few(
    django_assert_max_num_queries: object,
) -> None:
    rows = [a_row(due=FOUR_YEARS) for _n in range(30)]
    measures = with_measures(*rows)
    for measure in measures:
        measure.due_end = date(2021, 12, 31)
    with django_assert_max_num_queries(8):  # type: ignore[operator]  # a fixture without types
        regenerate_occurrences(measures, None)
    assert {m.occurrences.count() for m in Measure.objects.all()} == {5}
