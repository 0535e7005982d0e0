"""Deadlines that were moved stay on record, each with what was late against it."""

from dataclasses import replace
from datetime import date
from importlib import import_module

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone

from comity.accounts.models import User
from comity.lib import wording
from comity.programmes.actions import amend_measure, change_programme, settle_occurrence
from comity.programmes.due import DueRule
from comity.programmes.former_deadlines import former_deadlines, late_before
from comity.programmes.models import Measure, Occurrence
from tests.factories import a_coordinator, an_organisation, somebody
from tests.programmes.past import (
    a_programme_on_record,
    ago,
    amend,
    due,
    that_was,
    with_measures,
)
from tests.programmes.rows import FOUR_YEARS, a_row

pytestmark = pytest.mark.django_db

Told = list[tuple[DueRule, int, bool]]


def told(measure: Measure, day: date | None = None) -> Told:
    measure = Measure.objects.get(pk=measure.pk)
    former = former_deadlines(measure, day or timezone.localdate())
    return [(one.rule, one.days_late, one.is_first) for one in former]


def late(measure: Measure, day: date | None = None) -> int:
    return late_before(measure.programme, day or timezone.localdate())


def settle(measure: Measure, days_ago: int) -> None:
    occurrence = measure.occurrences.get(withdrawn=False)
    settle_occurrence(occurrence=occurrence, done_on=ago(days_ago), note="", by=a_coordinator())


@pytest.fixture
def fair() -> Measure:
    """Due ninety days ago."""
    (measure,) = with_measures(a_row("Fair", due=due(90), due_text="in spring"))
    that_was(200)
    return measure


def test_what_was_never_moved_has_no_former_deadline(fair: Measure) -> None:
    assert (told(fair), late(fair)) == ([], 0)


def test_each_deadline_counts_however_often_it_was_moved(fair: Measure) -> None:
    amend(fair, due=due(50), due_text="in summer")
    that_was(80)
    amend(fair, due=due(-30))
    that_was(40)
    assert told(fair) == [(due(90), 90, True), (due(50), 50, False)]
    assert told(fair, ago(60)) == [(due(90), 30, True)]
    assert [late(fair, day) for day in (ago(100), ago(60), ago(0))] == [0, 1, 1]
    settle(fair, 45)
    assert told(fair) == [(due(90), 45, True), (due(50), 5, False)]
    texts = [one.written for one in former_deadlines(Measure.objects.get(), ago(0))]
    assert texts == ["in spring", "in summer"]


def test_one_that_was_brought_forward_missed_and_put_back_is_not_forgotten(fair: Measure) -> None:
    amend(fair, due=due(120))
    that_was(150)
    amend(fair, due=due(90))
    that_was(110)
    assert told(fair) == [(due(120), 120, False)]
    settle(fair, 95)
    assert (told(fair), late(fair)) == ([(due(120), 25, False)], 1)


def test_one_that_was_replaced_before_it_passed_was_not_missed(fair: Measure) -> None:
    amend(fair, due=due(120))
    that_was(150)
    amend(fair, due=due(-10))
    that_was(130)
    settle(fair, 92)
    assert told(fair) == [(due(90), 0, True), (due(120), 0, False)]
    assert late(fair) == 0


def test_a_slip_that_was_mended_on_the_same_day_is_not_told(fair: Measure) -> None:
    amend(fair, due=due(300))
    amend(fair, due=due(-10))
    that_was(80)
    assert [rule for rule, _late, _first in told(fair)] == [due(90)]


def test_each_of_many_days_is_held_against_its_own_first_day() -> None:
    (measure,) = with_measures(a_row(due=FOUR_YEARS))
    later = DueRule("recurring", date(2018, 1, 1), date(2021, 12, 31), "yearly")
    amend(measure, due=later)
    for year in range(2018, 2022):
        occurrence, day = measure.occurrences.get(due_on=date(year, 12, 31)), date(year, 12, 31)
        settle_occurrence(occurrence=occurrence, done_on=day, note="", by=a_coordinator())
    # the first of them was moved to the end of 2021, the others stayed where they were
    assert told(measure) == [(FOUR_YEARS, 1461, True)]
    amend(measure, due=FOUR_YEARS)
    assert told(measure) == []


def test_what_was_never_done_is_not_made_good_by_the_next() -> None:
    quarterly = DueRule("recurring", date(2017, 1, 1), date(2018, 12, 31), "quarterly")
    (measure,) = with_measures(a_row(due=quarterly))
    for occurrence in measure.occurrences.order_by("due_on")[1:]:
        settle_occurrence(
            occurrence=occurrence, done_on=occurrence.due_on, note="", by=a_coordinator()
        )
    amend(measure, due=replace(quarterly, start=date(2017, 4, 1), end=date(2019, 12, 31)))
    day = date(2018, 12, 31)
    measure = Measure.objects.get()
    measure.former_dues[0][-1] = "2018-12-30"
    assert [one.days_late for one in former_deadlines(measure, day)] == [640]


def test_a_day_that_still_stands_is_late_by_itself_and_not_against_a_former_deadline() -> None:
    yearly = DueRule("recurring", ago(800), ago(-400), "yearly")
    (measure,) = with_measures(a_row(due=yearly))
    that_was(810)
    amend(measure, due=replace(yearly, end=ago(-1500)))
    that_was(20)
    assert (told(measure), late(measure)) == ([(yearly, 0, True)], 0)


def test_a_day_that_takes_the_place_of_another_keeps_the_first(fair: Measure) -> None:
    for days in (50, -30):
        amend(fair, due=due(days))
        assert fair.occurrences.get().first_due_on == ago(90)
    occurrence = fair.occurrences.get()
    assert (occurrence.held_against, occurrence.is_put_off_on(ago(0))) == (ago(90), True)
    assert not occurrence.is_put_off_on(ago(90))
    amend(fair, due=due(90))
    assert fair.occurrences.get().first_due_on is None


def test_a_period_that_takes_days_away_is_a_change_of_measures() -> None:
    programme = a_programme_on_record(start=ago(800), end=ago(-400), needs_consent=True)
    yearly = DueRule("recurring", None, None, "yearly")
    (measure,) = with_measures(a_row(due=yearly), programme=programme)
    that_was(30)
    lost = [one for one in measure.occurrences.order_by("due_on") if one.due_on < ago(300)]
    assert lost

    def move(by: User, reason: str) -> None:
        programme.refresh_from_db()
        change_programme(
            programme=programme, expected_version=programme.version, by=by, reason=reason,
            start=ago(300),
        )  # fmt: skip

    with pytest.raises(ValidationError, match="the other side has to consent"):
        move(somebody("coordinator", an_organisation()), "Why not.")
    with pytest.raises(ValidationError, match="fall away: say why"):
        move(a_coordinator(), " ")
    assert Measure.objects.get().former_dues is None
    move(a_coordinator(), "It began late.")
    (former,) = former_deadlines(Measure.objects.get(), ago(0))
    assert (former.is_first, former.rule) == (True, replace(yearly, start=ago(800), end=ago(-400)))
    assert former.days_late == (ago(0) - lost[0].due_on).days


def test_registers_made_before_learn_which_day_was_first(fair: Measure) -> None:
    amend(fair, due=due(50))
    amend(fair, due=due(-30))
    (other,) = with_measures(a_row("Market", due=due(5)), programme=fair.programme)
    Occurrence.objects.update(first_due_on=None)
    migration = import_module("comity.programmes.migrations.0008_first_day_of_each_occurrence")
    migration.keep_first_days(apps, None)
    assert fair.occurrences.get().first_due_on == ago(90)
    assert other.occurrences.get().first_due_on is None


def test_what_the_register_had_wrong_is_held_against_nobody(fair: Measure) -> None:
    wrong = {"expected_version": 1, "by": a_coordinator(), "reason": "It says 2027."}
    made = amend_measure(
        measure=fair, new=a_row("Fair", due=due(-30)), is_correction=True, **wrong
    )  # fmt: skip
    assert (made.kind, str(made.get_kind_display())) == ("correct", "correction of the register")
    assert (told(fair), late(fair), fair.occurrences.get().first_due_on) == ([], 0, None)
    page = Client().get(fair.get_absolute_url()).content.decode()
    assert f"the register had: by {wording.day(ago(90))} <span" in page
    assert "«in spring»" in page
    assert "It says 2027." in page
    amend(fair, due=due(-60))
    assert fair.occurrences.get().first_due_on == ago(-30)
    fair.refresh_from_db()
    amend_measure(
        measure=fair, new=a_row("Fair", due=due(-70)), is_correction=True,
        **{**wrong, "expected_version": fair.version},
    )  # fmt: skip
    assert fair.occurrences.get().first_due_on == ago(-30)


def test_the_page_tells_every_deadline_and_the_list_the_worst(
    client: Client, fair: Measure
) -> None:
    amend(fair, due=due(50))
    that_was(80)
    amend(fair, due=due(-30))
    that_was(40)
    page = " ".join(client.get(fair.get_absolute_url()).content.decode().split())
    first, then = wording.day(ago(90)), wording.day(ago(50))
    assert f'<dt>First agreed</dt><dd>by {first} <span class="source">«in spring»</span>' in page
    assert "90 days late against the first deadline" in page
    assert f"<dt>Then agreed</dt><dd>by {then}<br>" in page
    assert "50 days late against this deadline" in page
    rows = client.get(fair.programme.get_absolute_url())
    assert rows.context["late_before"] == 1
    assert "90 days late against an earlier deadline" in rows.content.decode()


def test_registers_made_before_learn_all_of_them_from_their_history(fair: Measure) -> None:
    (other,) = with_measures(a_row("Market", due=due(5)), programme=fair.programme)
    amend(fair, due=due(50), due_text="in summer")
    that_was(80)
    amend(fair, due_text="in late summer", due=due(50))
    amend(fair, due=FOUR_YEARS)
    that_was(40)
    amend(fair, due=due(-30))
    kept = Measure.objects.get(pk=fair.pk).former_dues
    assert [(text, until) for _rule, text, until in kept] == [
        ("in spring", ago(80).isoformat()),
        ("in late summer", ago(40).isoformat()),
        ("", ago(0).isoformat()),
    ]
    migration = import_module("comity.programmes.migrations.0006_former_deadlines")
    history = migration.told_of(apps, [fair.pk, other.pk])
    assert list(migration.replaced(history[fair.pk])) == kept
    assert list(migration.replaced(history[other.pk])) == []
