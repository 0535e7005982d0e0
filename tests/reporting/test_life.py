"""From a draft to an accepted report, and back again."""

from datetime import date, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from comity.accounts.models import Role
from comity.audit.models import Event
from comity.audit.queries import first_break
from comity.lib import wording
from comity.lib.versions import Stale
from comity.programmes.actions import reopen_occurrence, settle_occurrence
from comity.programmes.due import DueRule
from comity.reporting.actions import (
    accept_report,
    ask_to_settle,
    discard_report,
    reopen_report,
    return_report,
    save_report,
    start_news,
    start_report,
    submit_report,
    take_back_report,
)
from comity.reporting.content import Content
from comity.reporting.models import Outcome, Report, Stage, StepKind
from tests.factories import a_coordinator, somebody
from tests.reporting.world import DONE, DONE_ON, changed, content_of, two_sides

pytestmark = pytest.mark.django_db


def steps(report: Report) -> list[str]:
    return list(report.steps.values_list("kind", flat=True))


def test_a_report_is_begun_once_for_each_side() -> None:
    world = two_sides()
    first = world.draft("BY")
    assert (first.stage, first.side, first.body) == (Stage.DRAFT, "BY", world.bodies["BY"])
    assert world.draft("BY") == first
    assert world.draft("RU") != first
    assert Report.objects.count() == 2


def test_an_accepted_report_of_both_sides_settles_the_occurrence() -> None:
    world = two_sides()
    world.accepted("BY")
    assert world.occurrence.done_on is None
    world.accepted("RU", changed(DONE, done_on=date(2018, 5, 30), told="Held with guests."))
    occurrence = world.occurrence
    assert occurrence.done_on == date(2018, 5, 30)
    assert occurrence.done_note == "The exhibition was held.\nHeld with guests."
    world.measure.refresh_from_db()
    assert world.measure.next_due_on is None
    assert first_break() is None


def test_the_event_of_the_last_acceptance_tells_of_the_occurrence_too() -> None:
    world = two_sides()
    world.accepted("BY")
    world.accepted("RU")
    entries = Event.objects.latest("seq").entries.all()
    assert [entry.model for entry in entries] == ["reporting.report", "programmes.occurrence"]
    assert entries[1].changes["done_on"] == [None, DONE_ON.isoformat()]


def test_a_returned_report_is_written_and_submitted_again() -> None:
    world = two_sides()
    report = world.submitted()
    with pytest.raises(ValidationError, match="what to mend"):
        return_report(
            report=report, expected_version=report.version, by=world.verifiers["BY"], reason=" "
        )
    report = return_report(
        report=report, expected_version=report.version, by=world.verifiers["BY"],
        reason="No evidence.",
    )  # fmt: skip
    assert report.stage == Stage.RETURNED
    better = changed(DONE, told="Held in the city hall.")
    report = submit_report(
        report=report, expected_version=report.version, by=world.reporters["BY"], content=better
    )
    assert steps(report) == [StepKind.SUBMITTED, StepKind.RETURNED, StepKind.SUBMITTED]
    told = [step.content["told"] for step in report.steps.filter(kind=StepKind.SUBMITTED)]
    assert told == ["The exhibition was held.", "Held in the city hall."]


def test_nobody_accepts_their_own_report() -> None:
    world = two_sides()
    coordinator = a_coordinator()
    report = start_report(occurrence=world.occurrence, side="BY", by=coordinator)
    report = submit_report(
        report=report, expected_version=report.version, by=coordinator, content=DONE
    )
    with pytest.raises(PermissionDenied, match="You submitted this report yourself"):
        accept_report(report=report, expected_version=report.version, by=coordinator)
    accept_report(report=report, expected_version=report.version, by=a_coordinator())


def test_the_verifier_of_the_other_side_does_not_decide() -> None:
    world = two_sides()
    report = world.submitted("BY")
    with pytest.raises(PermissionDenied):
        accept_report(report=report, expected_version=report.version, by=world.verifiers["RU"])


def test_a_report_opened_again_whole_counts_as_not_accepted() -> None:
    world = two_sides()
    report = world.accepted("BY")
    world.accepted("RU")
    report.refresh_from_db()
    report = reopen_report(
        report=report, expected_version=report.version, by=world.verifiers["BY"],
        reason="It was another year.", words_only=False,
    )  # fmt: skip
    assert (report.stage, world.occurrence.done_on) == (Stage.REOPENED, None)
    world.measure.refresh_from_db()
    assert world.measure.next_due_on == date(2018, 5, 31)


def test_a_report_opened_for_its_words_keeps_what_follows_from_it() -> None:
    world = two_sides()
    world.accepted("RU")
    report = world.accepted("BY")
    report = reopen_report(
        report=report, expected_version=report.version, by=world.verifiers["BY"],
        reason="A name is misspelt.", words_only=True,
    )  # fmt: skip
    other = changed(DONE, told="The fair was held.", outcome=Outcome.UNDER_WAY, done_on=None)
    report = save_report(
        report=report, content=other, expected_version=report.version, by=world.reporters["BY"]
    )
    assert content_of(report) == changed(DONE, told="The fair was held.")
    report = submit_report(report=report, expected_version=report.version, by=world.reporters["BY"])
    assert (report.stage, world.occurrence.done_on) == (Stage.TEXT_SUBMITTED, DONE_ON)
    report = return_report(
        report=report, expected_version=report.version, by=world.verifiers["BY"], reason="Still."
    )
    assert (report.stage, world.occurrence.done_on) == (Stage.TEXT_REOPENED, DONE_ON)


def test_before_a_decision_a_report_can_be_taken_back() -> None:
    world = two_sides()
    report = world.submitted()
    report = take_back_report(
        report=report, expected_version=report.version, by=world.reporters["BY"]
    )
    assert report.stage == Stage.DRAFT
    with pytest.raises(ValidationError, match="it stays"):
        discard_report(report=report, expected_version=report.version, by=world.reporters["BY"])
    with pytest.raises(ValidationError, match="waits to be accepted"):
        take_back_report(report=report, expected_version=report.version, by=world.reporters["BY"])


def test_a_draft_can_be_thrown_away() -> None:
    world = two_sides()
    report = world.draft()
    discard_report(report=report, expected_version=report.version, by=world.reporters["BY"])
    assert not Report.objects.exists()
    assert Event.objects.latest("seq").verb == "report.discarded"


def test_the_second_of_two_people_sees_that_the_first_wrote() -> None:
    world = two_sides()
    report = world.draft()
    save_report(report=report, content=DONE, expected_version=1, by=world.reporters["BY"])
    other = changed(DONE, told="Something else.")
    for act in (save_report, submit_report):
        with pytest.raises(Stale):
            act(report=report, content=other, expected_version=1, by=a_coordinator())
    report.refresh_from_db()
    assert report.told == "The exhibition was held."


def test_two_verifiers_do_not_decide_twice() -> None:
    world = two_sides()
    report = world.submitted()
    accept_report(report=report, expected_version=report.version, by=world.verifiers["BY"])
    with pytest.raises(ValidationError, match="decided about this report already"):
        return_report(
            report=report, expected_version=report.version, by=a_coordinator(), reason="No."
        )


def test_a_dispute_is_shown_and_sides_are_asked_to_settle_it() -> None:
    world = two_sides()
    world.accepted("BY")
    world.submitted("RU", changed(DONE, outcome=Outcome.UNDER_WAY, done_on=None))
    assert world.occurrence.disputed_since is not None
    with pytest.raises(PermissionDenied):
        ask_to_settle(occurrence=world.occurrence, by=world.reporters["BY"], reason="Settle it.")
    with pytest.raises(ValidationError, match="what the sides should settle"):
        ask_to_settle(occurrence=world.occurrence, by=a_coordinator(), reason="")
    asked = ask_to_settle(occurrence=world.occurrence, by=a_coordinator(), reason="Which is it?")
    assert {(report.side, report.stage) for report in asked} == {
        ("BY", Stage.REOPENED), ("RU", Stage.REOPENED),
    }  # fmt: skip
    assert world.occurrence.disputed_since is not None
    world.accepted("BY")
    world.accepted("RU")
    occurrence = world.occurrence
    assert (occurrence.disputed_since, occurrence.done_on) == (None, DONE_ON)
    with pytest.raises(ValidationError, match="do not say different things"):
        ask_to_settle(occurrence=occurrence, by=a_coordinator(), reason="Why?")


def test_sides_that_have_not_answered_are_not_asked_again() -> None:
    world = two_sides()
    world.accepted("BY")
    world.submitted("RU", changed(DONE, outcome=Outcome.UNDER_WAY, done_on=None))
    by = a_coordinator()
    ask_to_settle(occurrence=world.occurrence, by=by, reason="Which is it?")
    day = wording.day(timezone.localdate())
    events = Event.objects.count()
    with pytest.raises(ValidationError) as refused:
        ask_to_settle(occurrence=world.occurrence, by=by, reason="Which is it, then?")
    assert refused.value.messages == [
        f"The sides were asked on {day} to settle it, and none has answered yet."
    ]
    assert Event.objects.count() == events
    world.submitted("BY", changed(DONE, outcome=Outcome.UNDER_WAY, done_on=None))
    world.submitted("RU")
    asked = ask_to_settle(occurrence=world.occurrence, by=by, reason="Which now?")
    assert {report.side for report in asked} == {"BY", "RU"}


@pytest.mark.parametrize(
    ("content", "field"),
    [
        (changed(DONE, outcome=""), "outcome"),
        (changed(DONE, done_on=None), "done_on"),
        (changed(DONE, done_on=date(2999, 1, 1)), "done_on"),
        (changed(DONE, outcome=Outcome.UNDER_WAY), "done_on"),
        (changed(DONE, told="  "), "told"),
        (changed(DONE, outcome=Outcome.IMPOSSIBLE, done_on=None, told=""), "told"),
        (changed(DONE, spent_amount=5, spent_currency=""), "spent_currency"),
        (changed(DONE, spent_amount=5, spent_currency="XXQ"), "spent_currency"),
        (changed(DONE, done_on=date(1900, 1, 1)), "done_on"),
        (changed(DONE, figure=-1), "figure"),
    ],
)
def test_an_incomplete_report_is_not_submitted(content: Content, field: str) -> None:
    world = two_sides()
    report = world.draft()
    with pytest.raises(ValidationError) as refused:
        submit_report(report=report, expected_version=1, by=world.reporters["BY"], content=content)
    assert set(refused.value.message_dict) == {field}
    report.refresh_from_db()
    assert (report.stage, report.version) == (Stage.DRAFT, 1)


def test_what_is_settled_by_hand_is_not_reported_on_and_the_other_way_round() -> None:
    world = two_sides()
    coordinator = a_coordinator()
    settle_occurrence(occurrence=world.occurrence, done_on=DONE_ON, note="", by=coordinator)
    with pytest.raises(ValidationError, match="registered this as done already"):
        world.draft()
    reopen_occurrence(occurrence=world.occurrence, reason="It was not.", by=coordinator)
    world.draft()
    with pytest.raises(ValidationError, match="There are reports on this day"):
        settle_occurrence(occurrence=world.occurrence, done_on=DONE_ON, note="", by=coordinator)


def test_days_late_are_counted_to_the_first_submission() -> None:
    world = two_sides()
    report = world.submitted()
    told_on = timezone.localdate(report.first_submitted_at)
    assert report.days_late == (told_on - date(2018, 5, 31)).days > 0


def test_a_reporter_of_the_other_side_does_not_write() -> None:
    world = two_sides()
    report = world.draft("BY")
    for stranger in (world.reporters["RU"], somebody(Role.AUDITOR), somebody(Role.OBSERVER)):
        with pytest.raises(PermissionDenied):
            save_report(report=report, content=DONE, expected_version=1, by=stranger)


def test_a_report_on_what_recurs_tells_no_day_of_the_one_before() -> None:
    world = two_sides(due=DueRule("recurring", date(2018, 1, 1), date(2018, 2, 28), "monthly"))
    by = world.reporters["BY"]
    report = start_report(occurrence=world.measure.occurrences.all()[1], side="BY", by=by)
    early = changed(DONE, done_on=date(2018, 1, 31))
    with pytest.raises(ValidationError) as refused:
        submit_report(report=report, expected_version=1, by=by, content=early)
    assert refused.value.message_dict == {
        "done_on": [
            "The one before was due on 31 January 2018: what was done by then belongs to it."
        ]
    }
    submit_report(
        report=report, expected_version=1, by=by,
        content=changed(DONE, done_on=date(2018, 2, 1)),
    )  # fmt: skip


def test_news_are_of_no_day_before_the_programme_began() -> None:
    world = two_sides(start=date(2018, 1, 1), end=date(2018, 12, 31))
    report = start_news(measure=world.measure, side="BY", by=world.reporters["BY"])
    with pytest.raises(ValidationError) as refused:
        submit_report(
            report=report, expected_version=1, by=world.reporters["BY"],
            content=changed(DONE, done_on=date(2017, 12, 31)),
        )  # fmt: skip
    assert refused.value.message_dict == {
        "done_on": ["Nothing of it can have been done before 1 January 2018; look at the year."]
    }


def test_what_was_handed_in_before_is_brought_in_with_its_day() -> None:
    world = two_sides()
    at = timezone.make_aware(datetime(2018, 6, 4, 10))
    report = submit_report(
        report=world.draft("BY"), expected_version=1, by=world.reporters["BY"], content=DONE, at=at
    )
    report = accept_report(
        report=report, expected_version=2, by=world.verifiers["BY"], at=at + timedelta(days=2)
    )
    assert (report.first_submitted_on, report.days_late) == (date(2018, 6, 4), 4)
    assert [step.at for step in report.steps.all()] == [at, at + timedelta(days=2)]
    submit_report(
        report=world.draft("RU"), expected_version=1, by=world.reporters["RU"], at=at,
        content=changed(DONE, outcome=Outcome.UNDER_WAY, done_on=None),
    )  # fmt: skip
    assert world.occurrence.disputed_since == date(2018, 6, 4)
