"""No order of proposing, agreeing, declining, withdrawing and editing by two sides loses a text."""

from datetime import date

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    rule,
    run_state_machine_as_test,
)

from comity.audit.queries import fields_as_of, first_break
from comity.lib.versions import Stale
from comity.programmes.actions import (
    agree_amendment,
    amend_measure,
    decline_amendment,
    restore_measure,
    strike_measure,
    withdraw_amendment,
)
from comity.programmes.due import DueRule
from comity.programmes.former_deadlines import stood_before
from comity.programmes.keeping import as_json, of_measure
from comity.programmes.models import Measure, MeasureAmendment
from comity.programmes.models.amendment import STANDING
from comity.programmes.rows import NewMeasure
from tests.factories import a_coordinator, a_programme, a_region, an_agreement, an_organisation
from tests.factories import somebody as a_person_in
from tests.programmes.rows import MAY_2018, a_row, change_measure, with_measures

pytestmark = pytest.mark.django_db

SIDES = st.sampled_from(["BY", "RU"])
TEXTS = st.text("абвў xyz", min_size=1, max_size=8).filter(str.strip)
DAYS = st.dates(date(2018, 6, 1), date(2018, 6, 9))


class Amending(RuleBasedStateMachine):
    """A measure of two sides, a coordinator of each, and new versions of the programme."""

    def __init__(self) -> None:
        super().__init__()
        self.savepoint = transaction.atomic()
        self.savepoint.__enter__()
        programme = a_programme(an_agreement(), needs_consent=True)
        (self.measure,) = with_measures(a_row("First", due=MAY_2018), programme=programme)
        self.people = {
            "BY": a_person_in("coordinator", an_organisation()),
            "RU": a_person_in("coordinator", an_organisation(seat=a_region("RU-BRY"))),
        }
        self.by_document = a_coordinator()
        self.said = {1: "First"}
        self.proposals: dict[int, tuple[str, str]] = {}

    def teardown(self) -> None:
        assert first_break() is None
        transaction.set_rollback(True)
        self.savepoint.__exit__(None, None, None)

    def now(self) -> Measure:
        return Measure.objects.get(pk=self.measure.pk)

    def open(self) -> MeasureAmendment | None:
        return MeasureAmendment.objects.proposed().first()

    @rule(side=SIDES, text=TEXTS, day=DAYS)
    def propose(self, side: str, text: str, day: date) -> None:
        measure = self.now()
        new = NewMeasure({"en": text}, due=DueRule("date", None, day))
        is_same = as_json(new) | {"position": 1} == as_json(of_measure(measure))
        if self.open() or measure.struck_on or is_same:
            return
        amendment = amend_measure(
            measure=measure, new=new, expected_version=measure.version,
            by=self.people[side], reason=f"reason {text}",
        )  # fmt: skip
        self.proposals[amendment.pk] = (text, f"reason {text}".strip())

    @rule(side=SIDES)
    def propose_to_strike_or_restore(self, side: str) -> None:
        measure = self.now()
        if self.open():
            return
        act = restore_measure if measure.struck_on else strike_measure
        amendment = act(
            measure=measure, expected_version=measure.version, by=self.people[side], reason="why"
        )
        self.proposals[amendment.pk] = (measure.title_en, "why")

    @rule()
    def agree(self) -> None:
        amendment, measure = self.open(), self.now()
        if amendment is None:
            return
        (other,) = amendment.awaited
        if amendment.from_version != measure.version:
            with pytest.raises(Stale):
                agree_amendment(amendment=amendment, side=other, by=self.people[other])
            assert self.now().title_en == measure.title_en
            return
        agree_amendment(amendment=amendment, side=other, by=self.people[other])
        self.said[measure.version + 1] = self.proposals[amendment.pk][0]

    @rule(accept=st.booleans())
    def decline_or_withdraw(self, accept: bool) -> None:
        amendment = self.open()
        if amendment is None:
            return
        (other,) = amendment.awaited
        if accept:
            decline_amendment(amendment=amendment, by=self.people[other], reason="No.")
        else:
            withdraw_amendment(amendment=amendment, by=self.people[amendment.side])

    @rule(text=TEXTS, day=DAYS)
    def bring_in_a_new_version(self, text: str, day: date) -> None:
        measure = self.now()
        new = NewMeasure({"en": text}, due=DueRule("date", None, day))
        change_measure(
            measure=measure, new=new, expected_version=measure.version,
            by=self.by_document, reason="v. 2",
        )  # fmt: skip
        self.said[measure.version + 1] = text

    @invariant()
    def the_measure_says_what_was_agreed_last(self) -> None:
        measure = self.now()
        assert (measure.version, measure.title_en) == max(self.said.items())

    @invariant()
    def every_proposal_is_kept_whole(self) -> None:
        kept = {
            one.pk: (one.new["titles"]["en"], one.reason) for one in MeasureAmendment.objects.all()
        }
        assert kept == self.proposals
        for one in MeasureAmendment.objects.all():
            assert one.was["titles"]["en"] == self.said[one.from_version]
            assert one.consents.count() == (one.state in STANDING)

    @invariant()
    def the_first_deadline_stays(self) -> None:
        measure = self.now()
        former = [one.rule for one in stood_before(measure)]
        assert [*former, measure.due][0] == MAY_2018

    @invariant()
    def the_history_tells_what_stands(self) -> None:
        told = fields_as_of(Measure, self.measure.pk, timezone.now()) or {}
        measure = self.now()
        struck = measure.struck_on.isoformat() if measure.struck_on else None
        assert (told["title_en"], told["version"]) == (measure.title_en, measure.version)
        assert told["struck_on"] == struck


def test_no_order_of_acts_loses_a_text() -> None:
    run_state_machine_as_test(
        Amending,
        settings=settings(
            max_examples=8,
            stateful_step_count=15,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
