"""A dispute lasts, with what each side said last, until both say the same."""

from datetime import date

import pytest
from django.test import Client

from comity.programmes.models import Occurrence
from comity.reporting.actions import accept_report, ask_to_settle, return_report, submit_report
from comity.reporting.content import Content
from comity.reporting.models import Outcome, Report, Stage, StepKind
from tests.factories import a_coordinator
from tests.reporting.pages import page, signed_in, words
from tests.reporting.world import DONE, DONE_ON, World, changed, two_sides

pytestmark = pytest.mark.django_db
FIRST_DAY = date(2018, 6, 4)
GOING_ON = changed(DONE, outcome=Outcome.UNDER_WAY, done_on=None, told="The hall is not ready.")


def a_dispute() -> tuple[World, Report, Report]:
    """Both accepted; since a past day; both sides were asked to settle it."""
    world = two_sides()
    world.accepted("BY")
    world.accepted("RU", GOING_ON)
    Occurrence.objects.update(disputed_since=FIRST_DAY)
    ask_to_settle(occurrence=world.occurrence, by=a_coordinator(), reason="Which is it?")
    return world, *(Report.objects.get(side=side) for side in ("BY", "RU"))


def said_again(world: World, report: Report, content: Content) -> Report:
    report.refresh_from_db()
    return submit_report(
        report=report, expected_version=report.version, by=world.reporters[report.side],
        content=content,
    )  # fmt: skip


def accepted(world: World, report: Report) -> Report:
    return accept_report(
        report=report, expected_version=report.version, by=world.verifiers[report.side]
    )


def test_asking_to_settle_takes_no_word_away() -> None:
    world, _by, _ru = a_dispute()
    assert world.occurrence.disputed_since == FIRST_DAY
    for reader in (Client(), signed_in(a_coordinator())):
        shown = words(page(reader, "occurrence", world.occurrence.pk))
        for told in ("The sides say different things", "4 June 2018", DONE.told, GOING_ON.told):
            assert told in shown
        assert "no report yet" not in shown


def test_a_side_that_says_the_same_as_before_settles_nothing() -> None:
    world, by, ru = a_dispute()
    by = accepted(world, said_again(world, by, DONE))
    ru.refresh_from_db()
    assert (by.stage, ru.stage) == (Stage.ACCEPTED, Stage.REOPENED)
    assert (world.occurrence.disputed_since, world.occurrence.done_on) == (FIRST_DAY, None)
    accepted(world, said_again(world, ru, DONE))
    assert (world.occurrence.disputed_since, world.occurrence.done_on) == (None, DONE_ON)


def test_one_side_ends_the_dispute_by_what_the_other_said_last() -> None:
    """It counts as done once the other side says so again, and is accepted."""
    world, by, ru = a_dispute()
    accepted(world, said_again(world, ru, DONE))
    assert (world.occurrence.disputed_since, world.occurrence.done_on) == (None, None)
    accepted(world, said_again(world, by, DONE))
    assert world.occurrence.done_on == DONE_ON


def test_what_a_verifier_returns_ends_no_dispute() -> None:
    world, by, _ru = a_dispute()
    by = said_again(world, by, DONE)
    return_report(report=by, expected_version=by.version, by=world.verifiers["BY"], reason="Is it?")
    assert world.occurrence.disputed_since == FIRST_DAY


def test_sides_are_asked_again_together_once_one_has_answered() -> None:
    world, by, _ru = a_dispute()
    said_again(world, by, DONE)
    asked = ask_to_settle(occurrence=world.occurrence, by=a_coordinator(), reason="Which now?")
    assert {(report.side, report.stage) for report in asked} == {
        ("BY", Stage.REOPENED), ("RU", Stage.REOPENED),
    }  # fmt: skip
    for report in asked:
        assert report.steps.filter(kind=StepKind.SETTLING).count() == 2
    assert world.occurrence.disputed_since == FIRST_DAY
