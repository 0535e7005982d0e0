"""Many measures changed or removed in one go: as if one by one, in a handful of queries."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from comity.accounts.models import Role
from comity.audit.models import Entry, Event
from comity.audit.queries import first_break
from comity.lib.versions import Stale
from comity.programmes.actions import (
    MeasureChange,
    change_measures,
    remove_measure,
    remove_measures,
    settle_occurrence,
)
from comity.programmes.due import DueRule
from comity.programmes.models import Measure, Occurrence, Responsibility, Section
from comity.programmes.rows import NewBody, NewMeasure
from comity.search.models import Entry as Found
from tests.factories import a_coordinator, a_country, a_programme, an_organisation, somebody
from tests.programmes.rows import FOUR_YEARS, MAY_2018, a_row, change_measure, with_measures

pytestmark = pytest.mark.django_db

UNTIL_2018 = DueRule("recurring", date(2017, 1, 1), date(2018, 12, 31), "yearly")


@pytest.fixture
def measures() -> list[Measure]:
    """Measures of many kinds; for the first year of the first two something was shown."""
    a_country("BY")
    found = with_measures(
        a_row("Exhibitions", section="Trade", due=FOUR_YEARS, bodies=(NewBody("One", "BY"),)),
        a_row("Fairs", section="Trade", due=FOUR_YEARS),
        a_row("Roads", due=MAY_2018, bodies=(NewBody("One"), NewBody("Two"))),
        a_row("Schools", section="Youth", number="4", expected_result="Ten"),
        a_row("As it is", due=MAY_2018, bodies=(NewBody("Three"),)),
    )
    for measure in found[:2]:
        settle_occurrence(
            occurrence=measure.occurrences.get(due_on=date(2017, 12, 31)),
            done_on=date(2017, 12, 1), note="held", by=a_coordinator(),
        )  # fmt: skip
    return found


def changes_of(measures: list[Measure]) -> list[MeasureChange]:
    company = an_organisation("Company")
    new: list[NewMeasure] = [
        a_row("Exhibitions", section="Trade", due=UNTIL_2018, bodies=(NewBody("One", "BY"),)),
        a_row("Fairs and markets", section="Markets", due=MAY_2018),
        a_row("Roads", section="Roads", due=DueRule("window", date(2018, 1, 1), MAY_2018.end),
              bodies=(NewBody("Two"), NewBody("One", "", company.pk)), position=9),
        a_row("Schools", number="4a", expected_result="Twelve", due=FOUR_YEARS),
        a_row("As it is", due=MAY_2018, bodies=(NewBody("Three"),)),
    ]  # fmt: skip
    return [MeasureChange(m, row, 1) for m, row in zip(measures, new, strict=True)]


def outcome(act: Callable[[], object]) -> dict[str, Any]:
    """All that an act leaves behind; it is taken back afterwards."""
    last = Event.objects.latest("seq").seq
    with transaction.atomic():
        act()
        found = _everything(last)
        transaction.set_rollback(True)
    return found


def _everything(last: int) -> dict[str, Any]:
    columns = [f.attname for f in Measure._meta.concrete_fields if f.name != "section"]
    sections = dict(Section.objects.values_list("pk", "title"))
    told = []
    for entry in Entry.objects.filter(event__gt=last):
        changes = dict(entry.changes)
        if "section_id" in changes:
            changes["section_id"] = [sections.get(key) for key in changes["section_id"]]
        record = sections.get(entry.record_id) if "section" in entry.model else entry.record_id
        told.append((entry.model, record, entry.kind, sorted(changes.items())))
    return {
        "measures": list(Measure.objects.order_by("pk").values(*columns, "section__title")),
        "sections": list(Section.objects.values_list("title", "position", "field")),
        "occurrences": sorted(
            Occurrence.objects.values_list(
                "measure", "opens_on", "due_on", "done_on", "done_note", "withdrawn"
            ),
            key=str,
        ),
        "bodies": sorted(
            Responsibility.objects.values_list(
                "measure", "position", "text", "country", "organisation"
            ),
            key=str,
        ),
        "told": sorted(told, key=str),
        "why": set(Event.objects.filter(seq__gt=last).values_list("verb", "actor_id", "reason")),
        "found": list(Found.objects.order_by("pk").values()),
        "chain": first_break(),
    }


def test_many_changes_leave_what_single_ones_leave(measures: list[Measure]) -> None:
    programme, by, changes = measures[0].programme, a_coordinator(), changes_of(measures)

    def one_by_one() -> None:
        for change in changes:
            change_measure(
                measure=change.measure, new=change.new, expected_version=1, by=by, reason="v. 2"
            )

    def at_once() -> None:
        change_measures(programme=programme, changes=changes, by=by, reason="v. 2")

    single, many = outcome(one_by_one), outcome(at_once)
    assert many == single
    assert [told[0] for told in many["told"]].count("programmes.measure") == 5
    assert [row["title_en"] for row in many["measures"]][1] == "Fairs and markets"


def test_many_removals_leave_what_single_ones_leave(measures: list[Measure]) -> None:
    programme, by = measures[0].programme, a_coordinator()
    gone = measures[2:]

    def one_by_one() -> None:
        for measure in Measure.objects.filter(pk__in=[measure.pk for measure in gone]):
            remove_measure(measure=measure, by=by, reason="v. 2")

    def at_once() -> None:
        remove_measures(programme=programme, measures=gone, by=by, reason="v. 2")

    single, many = outcome(one_by_one), outcome(at_once)
    assert many == single
    assert [row["id"] for row in many["measures"]] == [measure.pk for measure in measures[:2]]


def test_many_changes_ask_no_more_than_few() -> None:
    def asked(count: int) -> int:
        named = with_measures(
            *(a_row(f"Hold {n}", section="A", due=FOUR_YEARS, bodies=(NewBody("One"),))
              for n in range(count))
        )  # fmt: skip
        new = [
            MeasureChange(
                m, a_row(f"Hold fair {m.pk}", section="B", due=MAY_2018, bodies=(NewBody("X"),)), 1
            )
            for m in named
        ]
        by = a_coordinator()
        with CaptureQueriesContext(connection) as queries:
            change_measures(programme=named[0].programme, changes=new, by=by)
        return len(queries)

    assert asked(20) == asked(2)


def test_one_event_tells_of_all(measures: list[Measure]) -> None:
    by = a_coordinator()
    before = Event.objects.count()
    changed = change_measures(
        programme=measures[0].programme, changes=changes_of(measures), by=by, reason="v. 2"
    )
    assert [(m.pk, m.version) for m in changed] == [(m.pk, 2) for m in measures]
    assert Event.objects.count() == before + 1


def test_nothing_is_changed_if_one_cannot_be(measures: list[Measure]) -> None:
    by, programme, changes = a_coordinator(), measures[0].programme, changes_of(measures)
    change_measure(measure=measures[3], new=a_row("Other"), expected_version=1, by=by)
    stood = list(Measure.objects.values_list("title_en", "version"))
    with pytest.raises(Stale) as stale:
        change_measures(programme=programme, changes=changes, by=by)
    assert stale.value.current == measures[3]
    wrong = MeasureChange(measures[4], a_row(titles={}, number="5"), 1)
    with pytest.raises(ValidationError, match="Measure 5: "):
        change_measures(programme=programme, changes=[changes[0], wrong], by=by)
    assert list(Measure.objects.values_list("title_en", "version")) == stood


def test_nothing_is_removed_if_something_was_shown_for_one(measures: list[Measure]) -> None:
    with pytest.raises(ValidationError, match="Something was shown or registered"):
        remove_measures(
            programme=measures[0].programme, measures=measures[1:], by=a_coordinator(), reason="x"
        )
    assert Measure.objects.count() == 5


def test_a_measure_that_is_gone_or_of_another_programme_is_refused(
    measures: list[Measure],
) -> None:
    by, elsewhere = a_coordinator(), a_programme()
    for programme in (measures[0].programme, elsewhere):
        remove_measures(programme=programme, measures=measures[4:], by=by, reason="x")
        with pytest.raises(ValidationError, match="A measure was removed meanwhile"):
            change_measures(programme=programme, changes=changes_of(measures), by=by)


def test_only_coordinators_change_many(measures: list[Measure]) -> None:
    programme = measures[0].programme
    person = somebody(Role.OBSERVER, programme)
    with pytest.raises(PermissionDenied):
        change_measures(programme=programme, changes=changes_of(measures), by=person)
    with pytest.raises(PermissionDenied):
        remove_measures(programme=programme, measures=measures, by=person, reason="x")
    assert Measure.objects.count() == 5


def test_no_change_is_no_event(measures: list[Measure]) -> None:
    before, by = Event.objects.count(), a_coordinator()
    assert change_measures(programme=measures[0].programme, changes=[], by=by) == []
    remove_measures(programme=measures[0].programme, measures=[], by=by, reason="x")
    assert Event.objects.count() == before
