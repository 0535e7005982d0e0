from dataclasses import replace
from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from comity.accounts.models import Role
from comity.audit.models import Event
from comity.lib.versions import Stale
from comity.programmes.actions import remove_measure, settle_occurrence
from comity.programmes.due import DueRule
from comity.programmes.models import Measure, Occurrence
from comity.programmes.rows import NewBody
from tests.factories import a_coordinator, somebody
from tests.programmes.rows import FOUR_YEARS, MAY_2018, a_row, change_measure, with_measures

pytestmark = pytest.mark.django_db


def test_it_says_the_new_things_and_leaves_an_event() -> None:
    (measure,) = with_measures(a_row(section="A", bodies=(NewBody("One"),), due=MAY_2018))
    by, kept = a_coordinator(), measure.occurrences.get()
    new = a_row("Hold two", section="B", bodies=(NewBody("One"), NewBody("Two")), due=MAY_2018)
    changed = change_measure(
        measure=measure, new=new, expected_version=1, by=by, reason="protocol 4"
    )
    assert (changed.title_en, changed.version, changed.position) == ("Hold two", 2, 1)
    assert changed.section is not None
    assert changed.section.title == "B"
    assert [body.text for body in changed.responsibilities.all()] == ["One", "Two"]
    assert changed.occurrences.get() == kept
    event = Event.objects.latest("seq")
    assert (event.verb, event.actor_id, event.reason) == ("measure.changed", by.pk, "protocol 4")
    changes = event.entries.get(model="programmes.measure").changes
    assert changes["title_en"] == ["Hold an exhibition", "Hold two"]
    assert changes["bodies"] == [[["One", "", None]], [["One", "", None], ["Two", "", None]]]


def test_bodies_that_stay_are_not_written_again() -> None:
    (measure,) = with_measures(a_row(bodies=(NewBody("One"),)))
    body = measure.responsibilities.get()
    change_measure(
        measure=measure,
        new=a_row("Other", bodies=(NewBody("One"),), position=5),
        expected_version=1,
        by=a_coordinator(),
    )
    assert measure.responsibilities.get() == body
    entry = Event.objects.latest("seq").entries.get()
    assert set(entry.changes) == {"title_en", "version", "position"}


def test_a_section_may_be_left() -> None:
    (measure,) = with_measures(a_row(section="A"))
    changed = change_measure(measure=measure, new=a_row(), expected_version=1, by=a_coordinator())
    assert changed.section is None


def test_occurrences_follow_the_new_deadline_without_losing_work() -> None:
    (measure,) = with_measures(a_row(due=FOUR_YEARS))
    by = a_coordinator()
    first = measure.occurrences.get(due_on=date(2017, 12, 31))
    settle_occurrence(occurrence=first, done_on=date(2017, 12, 1), note="held", by=by)
    change_measure(measure=measure, new=a_row(due=MAY_2018), expected_version=1, by=by)
    assert list(measure.occurrences.values_list("due_on", "done_note", "withdrawn")) == [
        (date(2017, 12, 31), "held", True),
        (date(2018, 5, 31), "", False),
    ]
    measure.refresh_from_db()
    assert (measure.next_due, measure.next_opens) == (MAY_2018.end, MAY_2018.start)
    until_2018 = replace(FOUR_YEARS, end=date(2018, 12, 31))
    change_measure(measure=measure, new=a_row(due=until_2018), expected_version=2, by=by)
    assert measure.occurrences.values_list("pk", "done_note", "withdrawn").first() == (
        first.pk, "held", False,
    )  # fmt: skip
    assert [o.due_on for o in measure.occurrences.all()] == [
        date(2017, 12, 31), date(2018, 12, 31),
    ]  # fmt: skip


def test_a_window_that_opens_earlier_moves_its_occurrence() -> None:
    (measure,) = with_measures(a_row(due=MAY_2018))
    kept = measure.occurrences.get()
    wider = DueRule("window", date(2018, 1, 1), MAY_2018.end)
    change_measure(measure=measure, new=a_row(due=wider), expected_version=1, by=a_coordinator())
    moved = measure.occurrences.get()
    assert (moved.pk, moved.opens_on, moved.due_on) == (kept.pk, wider.start, wider.end)


def test_a_second_person_sees_both_versions() -> None:
    (measure,) = with_measures()
    by = a_coordinator()
    change_measure(measure=measure, new=a_row("first"), expected_version=1, by=by)
    with pytest.raises(Stale) as stale:
        change_measure(measure=measure, new=a_row("second"), expected_version=1, by=by)
    assert str(stale.value.current) == "first"
    assert Measure.objects.get().title_en == "first"


def test_a_change_that_contradicts_itself_is_refused() -> None:
    (measure,) = with_measures()
    with pytest.raises(ValidationError):
        change_measure(
            measure=measure, new=a_row(titles={}), expected_version=1, by=a_coordinator()
        )
    assert Measure.objects.get().version == 1


def test_only_coordinators_change_a_measure() -> None:
    (measure,) = with_measures()
    with pytest.raises(PermissionDenied):
        change_measure(
            measure=measure,
            new=a_row("other"),
            expected_version=1,
            by=somebody(Role.OBSERVER, measure.programme),
        )
    assert Measure.objects.get().title_en == "Hold an exhibition"


def test_a_measure_that_should_not_be_there_is_removed_and_told() -> None:
    (measure,) = with_measures(a_row(due=FOUR_YEARS, bodies=(NewBody("One"),)))
    pk = measure.pk
    remove_measure(measure=measure, by=a_coordinator(), reason="entered twice")
    assert (Measure.objects.count(), Occurrence.objects.count()) == (0, 0)
    event = Event.objects.latest("seq")
    assert (event.verb, event.reason) == ("measure.removed", "entered twice")
    entry = event.entries.get()
    assert (entry.record_id, entry.kind) == (pk, "removed")
    assert entry.changes["bodies"] == [[["One", "", None]], None]


def test_a_measure_for_which_something_was_done_stays() -> None:
    (measure,) = with_measures(a_row(due=MAY_2018))
    by = a_coordinator()
    settle_occurrence(
        occurrence=measure.occurrences.get(), done_on=date(2018, 5, 2), note="", by=by
    )
    with pytest.raises(ValidationError) as refused:
        remove_measure(measure=measure, by=by, reason="why not")
    assert refused.value.messages == [
        "Something was shown or registered for this measure, so it stays. "
        "Change its deadline instead: what no longer fits is withdrawn."
    ]
    assert Measure.objects.get() == measure


def test_removing_needs_a_reason_and_a_coordinator() -> None:
    (measure,) = with_measures()
    with pytest.raises(ValidationError, match="Say why the measure is removed"):
        remove_measure(measure=measure, by=a_coordinator(), reason=" ")
    with pytest.raises(PermissionDenied):
        remove_measure(measure=measure, by=somebody(Role.OBSERVER, measure.programme), reason="x")
    assert Measure.objects.get() == measure
