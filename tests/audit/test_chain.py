from types import SimpleNamespace

import pytest
from django.db import connection, transaction
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from comity.audit.actions import Installation, Trail, record_event, snapshot
from comity.audit.models import AuditIsAppendOnly, Entry, Event, Head
from comity.audit.queries import ChainBreak, fields_as_of, first_break, history_of
from tests.factories import a_measure, a_person, an_organisation

pytestmark = pytest.mark.django_db


def record(verb: str = "test.done", **told: object) -> Event:
    trail = Trail(verb, Installation(), **told)
    trail.created(an_organisation())
    return trail.record()


def test_an_empty_chain_is_whole() -> None:
    assert first_break() is None


def test_events_follow_each_other() -> None:
    first, second = record(), record()
    assert (first.seq, second.seq) == (1, 2)
    assert second.previous_hash == first.hash
    assert first_break() is None


def test_an_event_tells_who_and_why() -> None:
    person = a_person("A. Coordinator")
    event = Trail("test.done", person, "because").record()
    assert (event.actor_id, event.actor_name, event.reason) == (
        person.pk,
        "A. Coordinator",
        "because",
    )


def test_an_altered_event_is_found() -> None:
    record(), record(), record()
    sql("UPDATE audit_event SET actor_name = 'somebody else' WHERE seq = 2")
    assert first_break() == ChainBreak(2, "event 2 was altered after it was recorded")


def test_an_altered_entry_is_found() -> None:
    record(), record()
    sql("UPDATE audit_entry SET record_id = 99999 WHERE event_id = 1")
    assert first_break() == ChainBreak(1, "event 1 was altered after it was recorded")


def test_an_event_taken_out_is_found() -> None:
    record(), record(), record()
    sql("DELETE FROM audit_entry WHERE event_id = 2")
    sql("DELETE FROM audit_event WHERE seq = 2")
    assert first_break() == ChainBreak(2, "event 2 is missing")


def test_a_cut_off_end_is_found() -> None:
    record(), record()
    sql("DELETE FROM audit_entry WHERE event_id = 2")
    sql("DELETE FROM audit_event WHERE seq = 2")
    assert first_break() == ChainBreak(2, "events after 1 are missing")


def test_an_event_with_another_past_is_found() -> None:
    record(), record()
    sql("UPDATE audit_event SET previous_hash = 'x' WHERE seq = 2")
    assert first_break() == ChainBreak(2, "event 2 does not follow from the one before")


def test_progress_is_told_event_by_event() -> None:
    record(), record()
    seen: list[int] = []
    first_break(seen.append)
    assert seen == [1, 2]


def test_events_and_entries_cannot_be_changed_or_removed() -> None:
    event = record()
    entry = Entry.objects.get()
    for forbidden in (
        event.save,
        event.delete,
        entry.save,
        entry.delete,
        Event.objects.all().delete,
        lambda: Entry.objects.update(kind="removed"),
    ):
        with pytest.raises(AuditIsAppendOnly, match="only added to"):
            forbidden()


def test_an_event_outside_a_transaction_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    outside = SimpleNamespace(in_atomic_block=False)
    monkeypatch.setattr("comity.audit.actions.transaction.get_connection", lambda: outside)
    with pytest.raises(RuntimeError, match="inside the transaction"):
        record_event("test.done", Installation(), "", [])


def test_a_rolled_back_write_leaves_no_event() -> None:
    with transaction.atomic():
        record()
        transaction.set_rollback(True)
    assert (Event.objects.count(), Head.objects.count()) == (0, 0)


def test_only_what_differs_is_noted() -> None:
    organisation = an_organisation("Before")
    before = snapshot(organisation)
    organisation.name_en = "After"
    trail = Trail("test.changed", Installation())
    trail.changed(organisation, before)
    trail.changed(organisation, snapshot(organisation))
    assert [(e.kind, e.changes) for e in trail.entries] == [
        ("changed", {"name_en": ["Before", "After"]})
    ]


def test_a_record_can_be_seen_as_of_a_moment() -> None:
    measure = a_measure(title_en="First")
    trail = Trail("test.created", Installation())
    trail.created(measure)
    created = trail.record()
    before = snapshot(measure)
    measure.title_en = "Second"
    trail = Trail("test.changed", Installation())
    trail.changed(measure, before)
    changed = trail.record()
    trail = Trail("test.removed", Installation())
    trail.removed(measure)
    removed = trail.record()

    def title(event: Event) -> object:
        fields = fields_as_of(type(measure), measure.pk, event.at)
        return fields["title_en"] if fields else None

    assert [title(created), title(changed), title(removed)] == ["First", "Second", None]
    assert [e.kind for e in history_of(measure)] == ["removed", "changed", "created"]


class ChainLaw(TestCase):
    @settings(max_examples=20, deadline=None)
    @given(
        st.lists(
            st.text(alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\0")),
            max_size=5,
        )
    )
    def test_whatever_is_said_the_chain_stays_whole(self, reasons: list[str]) -> None:
        for reason in reasons:
            record(reason=reason)
        assert first_break() is None


def sql(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)
