"""What changed in a programme, and how its days stand."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from comity.audit.actions import Installation
from comity.audit.past import Past
from comity.lib.periods import quarter_of
from comity.portfolio.queries.changes import (
    ChangeKind,
    by_body,
    by_section,
    by_side,
    changes_between,
)
from comity.portfolio.queries.standing import DayState, standing_of
from comity.programmes.actions import add_measure, amend_measure, remove_measure, strike_measure
from comity.programmes.due import DueKind, DueRule
from comity.programmes.models import Programme
from comity.programmes.rows import NewBody, NewMeasure
from comity.reporting.models import Report
from tests.factories import a_coordinator, a_country, a_person, an_organisation
from tests.portfolio.world import a_day, a_measure_of, a_running_programme, ago

pytestmark = pytest.mark.django_db
BY = Installation()


def told(programme: Programme, start: date, end: date) -> list[tuple[str, str]]:
    found = changes_between(programme, start, end, Past())
    return sorted((str(one.kind), one.number) for one in found)


def test_what_was_settled_and_what_became_late_is_told() -> None:
    programme = a_running_programme()
    measure = a_measure_of(programme, number="7")
    a_day(measure, date(2026, 1, 10), 0)
    a_day(measure, date(2026, 4, 10), 0)
    a_day(measure, date(2026, 4, 20), 1, given_up=True)
    a_day(measure, date(2026, 5, 20))
    a_day(measure, date(2026, 5, 21), 60)
    a_day(measure, date(2026, 3, 1))
    a_day(measure, date(2026, 12, 1))
    start, end = date(2026, 3, 31), date(2026, 6, 30)
    assert told(programme, start, end) == [
        ("done", "7"), ("given_up", "7"), ("late", "7"), ("late", "7"),
    ]  # fmt: skip
    assert told(programme, date(2026, 6, 30), date(2026, 9, 30)) == [("done", "7")]


def a_row(number: str, end: date, *bodies: NewBody) -> NewMeasure:
    due = DueRule(DueKind.DATE, end=end)
    return NewMeasure(titles={"en": f"Do {number}"}, number=number, due=due, bodies=bodies)


def test_measures_that_came_went_and_were_moved_are_told() -> None:
    a_country("BY")
    programme = a_running_programme()
    first, second = date(2027, 1, 1), date(2027, 5, 1)
    moved = add_measure(programme=programme, row=a_row("1", first), by=BY)
    for end in (date(2027, 3, 1), second):
        amend_measure(
            measure=moved,
            new=a_row("1", end, NewBody("Minprom", "BY")),
            expected_version=moved.version,
            by=BY,
            reason="later",
        )
        moved.refresh_from_db()
    gone = add_measure(programme=programme, row=a_row("2", first), by=BY)
    remove_measure(measure=gone, by=BY, reason="twice")
    found = changes_between(programme, ago(1), timezone.localdate(), Past())
    assert sorted((str(one.kind), one.number, one.title) for one in found) == [
        ("added", "1", "Do 1"), ("moved", "1", "Do 1"), ("struck", "2", "Do 2"),
    ]  # fmt: skip
    (deadline,) = (one for one in found if one.kind == ChangeKind.MOVED)
    assert (deadline.before, deadline.after) == ("by 1 January 2027", "by 1 May 2027")
    assert [(group.name, group.cells[0]) for group in by_side(found)] == [("BY", 1), ("–", 0)]
    assert [group.name for group in by_body(found)] == ["Minprom", "–"]
    assert [group.numbers.total() for group in by_section(found)] == [3]
    assert told(programme, ago(9), ago(2)) == []


def test_a_deadline_that_came_back_was_not_moved() -> None:
    programme = a_running_programme()
    first = date(2027, 1, 1)
    measure = add_measure(programme=programme, row=a_row("1", first), by=BY)
    for end in (date(2027, 3, 1), first):
        amend_measure(
            measure=measure,
            new=a_row("1", end),
            expected_version=measure.version,
            by=BY,
            reason="x",
        )
        measure.refresh_from_db()
    assert told(programme, ago(1), timezone.localdate()) == [("added", "1")]


def test_a_measure_that_is_struck_out_is_told_with_its_bodies() -> None:
    programme = a_running_programme()
    row = a_row("1", date(2027, 1, 1), NewBody("Minprom", "BY"))
    measure = add_measure(programme=programme, row=row, by=BY)
    strike_measure(measure=measure, expected_version=measure.version, by=BY, reason="twice")
    found = changes_between(programme, ago(1), timezone.localdate(), Past())
    assert [(str(one.kind), one.number) for one in found] == [("struck", "1"), ("added", "1")]
    assert [(group.name, group.numbers["struck"]) for group in by_body(found)] == [("Minprom", 1)]


def test_what_happened_while_it_was_closed_is_not_told() -> None:
    programme = a_running_programme()
    add_measure(programme=programme, row=a_row("1", date(2027, 1, 1)), by=BY)
    closed = Past(closed=((0, 10**9),))
    assert changes_between(programme, ago(1), timezone.localdate(), closed) == []


def test_the_page_tells_of_the_last_quarter_unless_another_is_chosen(client: Client) -> None:
    programme = a_running_programme(start=date(2024, 1, 1))
    last = quarter_of(quarter_of(timezone.localdate()).start - timedelta(days=1))
    a_day(a_measure_of(programme), last.start + timedelta(days=20), 0)
    path = f"/portfolio/changes/of-programme/{programme.pk}/"
    response = client.get(path)
    assert (response.context["form"].start, response.context["changes"]) == (last.end, [])
    before = quarter_of(last.start - timedelta(days=1)).end.isoformat()
    assert [one.kind for one in client.get(path, {"since": before}).context["changes"]] == ["done"]
    nonsense = client.get(path, {"since": "x", "until": "y"})
    assert nonsense.context["form"].start == last.end


def test_each_day_stands_where_its_reports_left_it(client: Client) -> None:
    programme = a_running_programme()
    body = an_organisation()
    measure = a_measure_of(programme, body)
    day = timezone.localdate()
    a_day(measure, ago(50), -1)
    a_day(measure, ago(45), 3)
    a_day(measure, ago(40), 1, given_up=True)
    a_day(measure, ago(35))
    a_day(measure, ago(30), None, disputed_since=ago(3))
    for place, stage in enumerate(("submitted", "returned")):
        Report.objects.create(
            programme=programme, measure=measure, stage=stage, outcome="done",
            occurrence=a_day(measure, ago(20 + place)),
        )  # fmt: skip
    a_day(measure, day)
    a_day(measure, day + timedelta(days=90))
    everything = dict.fromkeys(DayState, 1)
    found = standing_of(programme, a_coordinator(), day)
    assert found.whole.numbers == everything
    assert [(line.name, line.numbers) for line in found.by_section] == [
        ("Section trade", everything)
    ]
    assert [line.name for line in found.by_body] == [str(body)]
    outside = standing_of(programme, a_person(), day).whole.numbers
    assert (outside[DayState.WAITING], outside[DayState.OVERDUE]) == (0, 3)
    page = client.get(f"/portfolio/standing/of-programme/{programme.pk}/").content.decode()
    assert "done late: 1" in page


@pytest.mark.parametrize("measures", [1, 30])
@pytest.mark.parametrize("panel", ["standing", "changes", "risk"])
def test_the_number_of_queries_of_a_panel_does_not_grow(
    client: Client,
    django_assert_max_num_queries: DjangoAssertNumQueries,
    measures: int,
    panel: str,
) -> None:
    programme = a_running_programme()
    for _ in range(measures):
        a_day(a_measure_of(programme, an_organisation()), ago(10))
    client.force_login(a_coordinator())
    with django_assert_max_num_queries(12):
        client.get(f"/portfolio/{panel}/of-programme/{programme.pk}/", headers={"HX-Request": "1"})
