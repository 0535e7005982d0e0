"""Programmes and measures as they stood at the end of a past day, whatever was changed since."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from comity.audit.actions import Installation, Trail
from comity.programmes.actions import (
    add_measures,
    amend_measure,
    change_programme,
    reopen_occurrence,
    settle_occurrence,
    strike_measure,
)
from comity.programmes.due import DueRule
from comity.programmes.models import Measure, Programme
from comity.programmes.occurrences import Settlement, note_settlement
from comity.programmes.rows import NewBody
from tests.factories import a_coordinator
from tests.programmes.past import (
    a_programme_on_record,
    ago,
    amend,
    due,
    open_up,
    that_was,
    with_measures,
)
from tests.programmes.rows import a_row

pytestmark = pytest.mark.django_db


def shown(client: Client, programme: Programme, days: int, **asked: str) -> dict[str, str]:
    """The measures that the page of a programme shows as of so many days ago, and their states."""
    context = client.get(programme.get_absolute_url(), {"day": ago(days), **asked}).context
    return {row.measure.title_en: str(row.standing.state) for row in context["rows"]}


def test_a_deadline_that_was_moved_since_stands_where_it_stood(client: Client) -> None:
    (measure,) = with_measures(a_row("Fair", due=due(15)))
    that_was(20)
    amend(measure, due=due(-60), titles={"en": "Great fair"})
    that_was(10)
    programme = measure.programme
    assert shown(client, programme, 0) == {"Great fair": "not_yet"}
    assert shown(client, programme, 9) == {"Great fair": "not_yet"}
    assert shown(client, programme, 12) == {"Fair": "overdue"}
    assert shown(client, programme, 16) == {"Fair": "due"}
    assert shown(client, programme, 12, state="overdue") == {"Fair": "overdue"}
    assert shown(client, programme, 12, state="due") == {}
    context = client.get(programme.get_absolute_url(), {"day": ago(12)}).context
    assert (context["progress"].overdue, context["progress"].occurrences.overdue) == (1, 1)
    assert [mark.state for mark in context["timeline"].tracks[0].marks] == ["overdue"]
    measure.refresh_from_db()
    assert (measure.title_en, measure.occurrences.get().due_on) == ("Great fair", ago(-60))


def test_the_page_of_a_measure_tells_what_was_due_then_and_offers_nothing(client: Client) -> None:
    (measure,) = with_measures(a_row("Fair", due=due(15)))
    that_was(20)
    amend(measure, due=due(-60))
    that_was(10)
    client.force_login(a_coordinator())
    then = client.get(measure.get_absolute_url(), {"day": ago(12)})
    days = [(one.due_on, str(state)) for one, state in then.context["occurrences"]]
    assert days == [(ago(15), "overdue")]
    assert then.context["former_deadlines"] == ()
    assert "Register as done" not in then.content.decode()
    now = client.get(measure.get_absolute_url())
    assert [one.due_on for one, _state in now.context["occurrences"]] == [ago(-60)]
    assert [one.days_late for one in now.context["former_deadlines"]] == [15]
    assert "Register as done" in now.content.decode()


def test_what_was_done_by_then_stays_done_where_the_deadline_was_moved(client: Client) -> None:
    """Two yearly days of which the first was settled; since, only the second year is asked for."""
    programme = a_programme_on_record(start=ago(800), end=ago(-800))
    first, second = ago(400), ago(100)
    rule = DueRule("recurring", ago(500), second, "yearly")
    (measure,) = add_measures(
        programme=programme, rows=[a_row("Fair", due=rule)], by=a_coordinator()
    )
    days = list(measure.occurrences.values_list("due_on", flat=True))
    assert days[-1] == second
    settle_occurrence(
        occurrence=measure.occurrences.get(due_on=days[0]),
        done_on=first,
        note="",
        by=a_coordinator(),
    )
    that_was(90)
    amend(measure, due=due(-30))
    that_was(10)
    then = client.get(measure.get_absolute_url(), {"day": ago(20)}).context["occurrences"]
    assert [(one.due_on, str(state)) for one, state in then] == [
        (day, "done" if day == days[0] else "overdue") for day in days
    ]


def test_measures_that_were_added_since_are_not_there_yet(client: Client) -> None:
    programme = a_programme_on_record()
    with_measures(a_row("Fair"), programme=programme)
    that_was(20)
    with_measures(a_row("Market"), programme=programme)
    that_was(10)
    assert set(shown(client, programme, 15)) == {"Fair"}
    assert set(shown(client, programme, 5)) == {"Fair", "Market"}


def test_a_programme_brought_in_since_is_told_as_it_was_first_recorded(client: Client) -> None:
    programme = a_programme_on_record()
    (fair,) = with_measures(a_row("Fair", due=due(300)), programme=programme)
    that_was(20)
    amend(fair, due=due(-250), titles={"en": "Great fair"})
    with_measures(a_row("Market", due=due(30)), programme=programme)
    that_was(10)
    assert shown(client, programme, 310) == {"Fair": "due", "Market": "not_yet"}
    assert shown(client, programme, 290) == {"Fair": "overdue", "Market": "not_yet"}
    assert shown(client, programme, 0) == {"Great fair": "not_yet", "Market": "overdue"}
    page = client.get("/measures/", {"day": ago(290), "state": "overdue"})
    assert [row.measure.title_en for row in page.context["rows"]] == ["Fair"]
    sums = client.get("/portfolio/", {"day": ago(290)}).context["sums"]
    assert (sums.overdue, sums.not_yet, sums.put_off) == (1, 1, 0)
    detail = client.get(fair.get_absolute_url(), {"day": ago(290)}).context
    assert (detail["amendments"], detail["former_deadlines"]) == ([], ())


def test_what_was_corrected_in_a_programme_brought_in_since_was_never_so(client: Client) -> None:
    programme = a_programme_on_record()
    (fair,) = with_measures(a_row("Fair", due=due(300)), programme=programme)
    amend_measure(
        measure=fair, new=a_row("Fair", due=due(200)), expected_version=1, by=a_coordinator(),
        reason="It was read wrong.", is_correction=True,
    )  # fmt: skip
    amend(fair, due=due(-30))
    that_was(10)
    assert [shown(client, programme, days)["Fair"] for days in (210, 190)] == ["due", "overdue"]
    page = client.get("/measures/", {"day": ago(190), "state": "overdue"})
    assert [row.measure.title_en for row in page.context["rows"]] == ["Fair"]
    assert not client.get("/measures/", {"day": ago(290), "state": "overdue"}).context["rows"]


def test_a_programme_that_was_closed_at_first_is_told_as_of_today(client: Client) -> None:
    programme = a_programme_on_record(visibility="internal")
    (fair,) = with_measures(a_row("Fair", due=due(300)), programme=programme)
    amend(fair, due=due(-250), titles={"en": "Great fair"})
    open_up(programme)
    that_was(10)
    assert shown(client, programme, 290) == {"Great fair": "not_yet"}
    page = client.get("/measures/", {"day": ago(290), "state": "overdue"})
    assert page.context["rows"] == []


def test_amendments_of_a_past_day_are_those_proposed_by_then(client: Client) -> None:
    (fair,) = with_measures(a_row("Fair", due=due(15)))
    that_was(40)
    amend(fair, due=due(-60))
    amendment = fair.amendments.get()
    for proposed, decided, told in ((30, 20, "proposed"), (30, 27, "made"), (20, 20, None)):
        moments = [timezone.now() - timedelta(days=days) for days in (proposed, decided)]
        fair.amendments.update(proposed_at=moments[0], decided_at=moments[1])
        page = client.get(fair.get_absolute_url(), {"day": ago(25)}).context
        assert [one.state for one in page["amendments"]] == ([told] if told else [])
        assert page["proposed"] is None
    amendment.refresh_from_db()
    assert amendment.state == "made"


def test_what_was_struck_out_since_was_still_due(client: Client) -> None:
    (measure,) = with_measures(a_row("Fair", due=due(15)))
    that_was(20)
    strike_measure(measure=measure, expected_version=1, reason="Nobody came.", by=a_coordinator())
    Measure.objects.update(struck_on=ago(10))
    that_was(10)
    assert shown(client, measure.programme, 12) == {"Fair": "overdue"}
    assert shown(client, measure.programme, 5) == {"Fair": "struck"}
    page = client.get(measure.get_absolute_url(), {"day": ago(12)}).content.decode()
    assert "Struck out" not in page


def test_what_was_counted_as_open_again_was_done_then(client: Client) -> None:
    (measure,) = with_measures(a_row("Fair", due=due(15)))
    (day,) = measure.occurrences.all()
    settle_occurrence(occurrence=day, done_on=ago(16), note="Held.", by=a_coordinator())
    that_was(14)
    reopen_occurrence(occurrence=day, reason="It was another fair.", by=a_coordinator())
    that_was(5)
    assert shown(client, measure.programme, 0) == {"Fair": "overdue"}
    assert shown(client, measure.programme, 8) == {"Fair": "done"}


def test_a_dispute_that_was_settled_since_is_shown(client: Client) -> None:
    (measure,) = with_measures(a_row("Fair", due=due(15)))
    (day,) = measure.occurrences.all()
    for since, written in ((ago(14), 14), (None, 5)):
        trail = Trail("report.submitted", Installation())
        note_settlement(day, Settlement(disputed_since=since), trail)
        trail.record()
        that_was(written)
    for days, is_disputed in ((0, False), (8, True), (14, True)):
        page = client.get(measure.get_absolute_url(), {"day": ago(days)})
        assert page.context["standing"].is_disputed == is_disputed


def test_the_period_of_then_tells_how_often_it_was_due(client: Client) -> None:
    programme = a_programme_on_record(start=date(2017, 1, 1), end=date(2020, 12, 31))
    with_measures(
        a_row("Fair", due=DueRule("recurring", None, None, "yearly")), programme=programme
    )
    that_was(20)
    programme.refresh_from_db()
    change_programme(
        programme=programme,
        expected_version=programme.version,
        by=a_coordinator(),
        end=date(2018, 12, 31),
        reason="It is shorter.",
    )
    that_was(10)
    measure = programme.measures.get()
    for days, years in ((15, [2017, 2018, 2019, 2020]), (5, [2017, 2018])):
        told = client.get(measure.get_absolute_url(), {"day": ago(days)}).context["occurrences"]
        assert [one.due_on.year for one, _state in told] == years


def test_to_whom_it_was_closed_then_it_is_told_as_of_today(client: Client) -> None:
    (measure,) = with_measures(
        a_row("Fair", due=due(15)), programme=a_programme_on_record(visibility="internal")
    )
    programme = measure.programme
    that_was(20)
    amend(measure, due=due(-60), titles={"en": "Great fair"})
    open_up(programme)
    that_was(10)
    assert shown(client, programme, 12) == {"Great fair": "not_yet"}
    client.force_login(a_coordinator())
    assert shown(client, programme, 12) == {"Fair": "overdue"}


def test_filters_of_section_and_side_narrow_the_past_too(client: Client) -> None:
    programme = a_programme_on_record()
    rows = [
        a_row("Fair", section="Trade", bodies=(NewBody("Hall", country="BY"),)),
        a_row("Match", section="Sport", bodies=(NewBody("Club", country="RU"),)),
    ]
    with_measures(*rows, programme=programme)
    that_was(20)
    section = programme.sections.get(title="Sport")
    assert set(shown(client, programme, 5, section=str(section.pk))) == {"Match"}
    assert set(shown(client, programme, 5, side="BY")) == {"Fair"}


def test_what_is_told_of_today_alone_is_left_out(client: Client) -> None:
    (measure,) = with_measures(a_row("Fair", due=due(15)))
    that_was(20)
    client.force_login(a_coordinator())
    path = measure.programme.get_absolute_url()
    now, then = (client.get(path, asked).content.decode() for asked in ({}, {"day": ago(12)}))
    assert "At risk" in now
    assert "What changed since the last quarter" in now
    assert "At risk" not in then
    assert "What changed since the last quarter" not in then
    assert f"?day={ago(12).isoformat()}" in then


def test_what_is_taken_away_is_of_that_day_too(client: Client) -> None:
    (measure,) = with_measures(a_row("Fair", due=due(15)))
    that_was(20)
    amend(measure, titles={"en": "Great fair"}, due=due(-60))
    path = measure.programme.get_absolute_url()
    page = client.get(path, {"day": ago(12)}).content.decode()
    asked = f"?day={ago(12).isoformat()}"
    assert f'{path}measures.csv{asked}"' in page
    for query, title in ((asked, "Fair"), ("", "Great fair")):
        told = client.get(f"{path}measures.csv{query}").content.decode("utf-8-sig")
        (line,) = [line for line in told.splitlines() if "fair" in line.lower()]
        assert ("Great fair" in line) == (title == "Great fair")
