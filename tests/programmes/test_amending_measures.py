from datetime import date
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from comity.accounts.models import Role
from comity.audit.models import Event
from comity.lib.versions import Stale
from comity.programmes.actions import (
    agree_amendment,
    amend_measure,
    change_programme,
    create_programme,
    decline_amendment,
    remove_measure,
    restore_measure,
    settle_occurrence,
    strike_measure,
    withdraw_amendment,
)
from comity.programmes.amended import told, told_beside
from comity.programmes.models import AmendmentState, MeasureAmendment
from comity.programmes.queries.amendments import waiting_for_consent
from comity.programmes.queries.measures import in_state
from comity.programmes.queries.progress import MeasureState, progress
from comity.programmes.rows import NewBody
from tests.factories import (
    a_coordinator,
    a_region,
    an_organisation,
    somebody,
)
from tests.programmes.consent import JULY, MOVED, Sides, sides_that_consent
from tests.programmes.rows import FOUR_YEARS, MAY_2018, a_row, change_measure, with_measures

pytestmark = pytest.mark.django_db


@pytest.fixture
def sides() -> Sides:
    return sides_that_consent()


def test_without_consent_a_change_stands_at_once_with_its_reason() -> None:
    (measure,) = with_measures(a_row(due=MAY_2018))
    by = a_coordinator()
    made = amend_measure(measure=measure, new=MOVED, expected_version=1, by=by, reason=" Closed. ")
    measure.refresh_from_db()
    assert (measure.title_en, measure.due, measure.version) == ("Hold a fair", JULY, 2)
    assert (made.state, made.reason, made.decided_by_name) == ("made", "Closed.", str(by))
    assert list(Event.objects.order_by("-seq").values_list("verb", "reason")[:2]) == [
        ("measure.changed", "Closed."), ("measure.amendment_made", "Closed."),
    ]  # fmt: skip


def test_with_consent_the_measure_stands_until_the_other_side_agrees(sides: Sides) -> None:
    proposed = sides.proposed()
    sides.measure.refresh_from_db()
    assert (proposed.state, proposed.side, proposed.awaited) == ("proposed", "BY", ("RU",))
    assert (sides.measure.title_en, sides.measure.version) == ("Hold an exhibition", 1)
    assert [(field.label, field.was, field.new) for field in told(proposed)] == [
        ("Title in English", "Hold an exhibition", "Hold a fair"),
        ("Deadline", "May 2018", "by 1 July 2018"),
        ("Deadline as written", "May", "by 1 July"),
    ]
    assert list(waiting_for_consent(sides.there)) == [proposed]
    assert list(waiting_for_consent(sides.here)) == []
    agreed = agree_amendment(amendment=proposed, side="RU", by=sides.there)
    sides.measure.refresh_from_db()
    assert (sides.measure.title_en, sides.measure.due) == ("Hold a fair", JULY)
    assert (agreed.state, agreed.decided_by_name) == ("agreed", str(sides.there))
    assert [occurrence.due_on for occurrence in sides.measure.occurrences.all()] == [JULY.end]
    assert list(waiting_for_consent(sides.there)) == []


def test_a_declined_or_withdrawn_change_leaves_the_measure(sides: Sides) -> None:
    proposed = sides.proposed()
    with pytest.raises(ValidationError, match="Say why the change is declined"):
        decline_amendment(amendment=proposed, by=sides.there, reason=" ")
    declined = decline_amendment(amendment=proposed, by=sides.there, reason="Too late.")
    assert (declined.state, declined.decision_reason) == ("declined", "Too late.")
    withdrawn = withdraw_amendment(amendment=sides.proposed(), by=sides.here)
    assert withdrawn.state == "withdrawn"
    sides.measure.refresh_from_db()
    assert (sides.measure.title_en, sides.measure.version) == ("Hold an exhibition", 1)
    for again in (declined, withdrawn):
        with pytest.raises(ValidationError, match="decided already"):
            agree_amendment(amendment=again, side="RU", by=sides.there)


def test_nobody_consents_for_their_own_side_or_to_their_own_proposal(sides: Sides) -> None:
    proposed = sides.proposed()
    other_of_here = somebody(Role.COORDINATOR, sides.here.memberships.get().organisation)
    for who, side in ((sides.here, "RU"), (other_of_here, "RU"), (sides.there, "BY")):
        with pytest.raises(PermissionDenied):
            agree_amendment(amendment=proposed, side=side, by=who)
    for who in (sides.here, other_of_here):
        with pytest.raises(PermissionDenied):
            decline_amendment(amendment=proposed, by=who, reason="No.")
    with pytest.raises(PermissionDenied):
        withdraw_amendment(amendment=proposed, by=sides.there)
    assert withdraw_amendment(amendment=proposed, by=other_of_here).state == "withdrawn"


@pytest.mark.parametrize("role", [r for r in Role if r not in ("coordinator", "administrator")])
def test_other_roles_neither_propose_nor_decide(sides: Sides, role: str) -> None:
    proposed = sides.proposed()
    people = [somebody(role, within) for within in (None, sides.programme)]
    people += [somebody(role, m.memberships.get().organisation) for m in (sides.here, sides.there)]
    acts: list[Any] = [
        lambda by: agree_amendment(amendment=proposed, side="RU", by=by, note="x"),
        lambda by: decline_amendment(amendment=proposed, by=by, reason="x"),
        lambda by: withdraw_amendment(amendment=proposed, by=by),
        lambda by: strike_measure(measure=sides.measure, expected_version=1, by=by, reason="x"),
        lambda by: restore_measure(measure=sides.measure, expected_version=1, by=by, reason="x"),
        lambda by: amend_measure(
            measure=sides.measure, new=MOVED, expected_version=1, by=by, reason="x"
        ),
    ]
    for person in people:
        assert list(waiting_for_consent(person)) == []
        for act in acts:
            with pytest.raises(PermissionDenied):
                act(person)


def test_who_speaks_for_every_side_says_on_what_the_consent_rests(sides: Sides) -> None:
    proposed, secretary = sides.proposed(), somebody(Role.COORDINATOR, sides.programme)
    assert list(waiting_for_consent(secretary)) == [proposed]
    with pytest.raises(ValidationError, match="such as its letter"):
        agree_amendment(amendment=proposed, side="RU", by=secretary)
    agree_amendment(amendment=proposed, side="RU", by=secretary, note="Letter 5 of 1 June")
    consent = proposed.consents.get()
    assert (consent.side, consent.by_name, consent.note) == (
        "RU", str(secretary), "Letter 5 of 1 June",
    )  # fmt: skip


def test_what_no_side_proposed_needs_the_consent_of_each(sides: Sides) -> None:
    by = a_coordinator()
    proposed = amend_measure(
        measure=sides.measure, new=MOVED, expected_version=1, by=by, reason="Both wrote."
    )
    assert (proposed.side, proposed.awaited) == ("", ("BY", "RU"))
    with pytest.raises(PermissionDenied):
        agree_amendment(amendment=proposed, side="BY", by=by, note="Mine.")
    assert agree_amendment(amendment=proposed, side="BY", by=sides.here).state == "proposed"
    assert list(waiting_for_consent(sides.here)) == []
    assert list(waiting_for_consent(sides.there)) == [proposed]
    assert agree_amendment(amendment=proposed, side="RU", by=sides.there).state == "agreed"


def test_a_change_made_from_an_older_version_is_refused_with_both_shown(sides: Sides) -> None:
    proposed = sides.proposed()
    change_measure(
        measure=sides.measure, new=a_row("Hold it", due=MAY_2018, due_text="May"),
        expected_version=1, by=a_coordinator(), reason="New version of the programme.",
    )  # fmt: skip
    with pytest.raises(Stale) as stale:
        agree_amendment(amendment=proposed, side="RU", by=sides.there)
    sides.measure.refresh_from_db()
    assert stale.value.current == sides.measure
    assert (sides.measure.title_en, proposed.consents.count()) == ("Hold it", 0)
    shown = told_beside(proposed, sides.measure)[0]
    assert (shown.was, shown.new, shown.now) == ("Hold an exhibition", "Hold a fair", "Hold it")
    assert decline_amendment(amendment=proposed, by=sides.there, reason="Old.").state == "declined"


def test_one_change_of_a_measure_is_proposed_at_a_time(sides: Sides) -> None:
    first = sides.proposed()
    with pytest.raises(ValidationError, match="proposed already"):
        sides.proposed()
    with pytest.raises(IntegrityError), transaction.atomic():
        MeasureAmendment.objects.create(
            programme=sides.programme, measure=sides.measure, kind="strike", state="proposed",
            was={}, new={}, from_version=1, reason="x",
        )  # fmt: skip
    assert list(sides.measure.amendments.all()) == [first]


def test_a_change_has_a_reason_and_changes_something(sides: Sides) -> None:
    said = {"measure": sides.measure, "expected_version": 1, "by": sides.here}
    with pytest.raises(ValidationError, match="Say why the measure is changed"):
        amend_measure(**said, new=MOVED, reason=" ")
    same = a_row(due=MAY_2018, due_text="May")
    with pytest.raises(ValidationError, match="says this already"):
        amend_measure(**said, new=same, reason="x")
    with pytest.raises(Stale):
        amend_measure(**{**said, "expected_version": 7}, new=MOVED, reason="x")
    assert MeasureAmendment.objects.count() == 0


def test_other_bodies_are_a_change_too(sides: Sides) -> None:
    body = an_organisation("Plant")
    new = a_row(due=MAY_2018, due_text="May", bodies=(NewBody("Plant", "BY", body.pk),))
    agree_amendment(amendment=sides.proposed(new), side="RU", by=sides.there)
    assert [b.organisation for b in sides.measure.responsibilities.all()] == [body]


def test_a_measure_struck_out_stays_readable_and_is_due_no_more() -> None:
    (measure,) = with_measures(a_row(due=FOUR_YEARS))
    by, programme = a_coordinator(), measure.programme
    done = measure.occurrences.get(due_on=date(2017, 12, 31))
    settle_occurrence(occurrence=done, done_on=date(2017, 12, 1), note="held", by=by)
    strike_measure(measure=measure, expected_version=1, by=by, reason="No money.")
    measure.refresh_from_db()
    assert (measure.struck_reason, measure.next_due_on, measure.version) == ("No money.", None, 2)
    assert [(o.due_on.year, o.done_note, o.withdrawn) for o in measure.occurrences.all()] == [
        (2017, "held", False), (2018, "", True), (2019, "", True), (2020, "", True),
    ]  # fmt: skip
    for day in (date(2019, 1, 1), date(2199, 1, 1)):
        told = progress(programme, day)
        assert (told.struck, told.total, told.occurrences.total) == (1, 0, 0)
        states = {s: in_state(programme.measures.all(), s, day).count() for s in MeasureState}
        assert states == {s: int(s == MeasureState.STRUCK) for s in MeasureState}
    with pytest.raises(ValidationError, match="put it back in force first"):
        amend_measure(measure=measure, new=MOVED, expected_version=2, by=by, reason="x")
    restored = restore_measure(measure=measure, expected_version=2, by=by, reason="Money came.")
    measure.refresh_from_db()
    assert (restored.kind, measure.struck_on, measure.struck_reason) == ("restore", None, "")
    assert [o.withdrawn for o in measure.occurrences.all()] == [False] * 4
    with pytest.raises(ValidationError, match="not struck out"):
        restore_measure(measure=measure, expected_version=3, by=by, reason="x")


def test_striking_out_waits_for_consent_and_removing_is_refused(sides: Sides) -> None:
    with pytest.raises(ValidationError, match="strike the measure out instead"):
        remove_measure(measure=sides.measure, by=sides.here, reason="x")
    struck = strike_measure(measure=sides.measure, expected_version=1, by=sides.here, reason="x")
    sides.measure.refresh_from_db()
    assert (struck.state, sides.measure.struck_on) == ("proposed", None)
    agree_amendment(amendment=struck, side="RU", by=sides.there)
    sides.measure.refresh_from_db()
    assert sides.measure.struck_on is not None


def test_one_side_alone_does_not_do_away_with_consent(sides: Sides) -> None:
    said = {"programme": sides.programme, "expected_version": 1}
    with pytest.raises(PermissionDenied):
        change_programme(**said, by=sides.here, needs_consent=False)
    with pytest.raises(PermissionDenied):
        change_programme(**said, by=sides.here, sides=[a_region("BY-HO")])
    same = [a_region("BY-HO"), a_region("RU-BRY")]
    changed = change_programme(**said, by=sides.here, sides=same, title_en="Other")
    assert changed.needs_consent
    waived = change_programme(
        programme=changed, expected_version=2, by=a_coordinator(), needs_consent=False
    )
    assert not waived.needs_consent
    back = change_programme(
        programme=waived, expected_version=3, by=sides.there, needs_consent=True
    )
    assert back.needs_consent


def test_consent_needs_sides_of_two_countries() -> None:
    said = {"by": a_coordinator(), "language": "en", "title_en": "Plan", "needs_consent": True}
    with pytest.raises(ValidationError, match="sides of two countries"):
        create_programme(**said, sides=[a_region("BY-HO"), a_region("BY-BR")])
    made = create_programme(**said, sides=[a_region("BY-HO"), a_region("RU-BRY")])
    assert made.countries == ("BY", "RU")


def test_what_was_not_agreed_stays_between_the_parties(sides: Sides) -> None:
    proposed, stranger = sides.proposed(), somebody(Role.COORDINATOR, an_organisation(
        seat=a_region("BY-VI"))
    )  # fmt: skip
    seen = MeasureAmendment.objects.visible_to
    assert [list(seen(who)) for who in (sides.here, sides.there)] == [[proposed]] * 2
    assert list(seen(stranger)) == []
    agree_amendment(amendment=proposed, side="RU", by=sides.there)
    assert list(seen(stranger)) == [proposed]
    assert MeasureAmendment.objects.get().state == AmendmentState.AGREED
