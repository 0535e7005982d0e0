"""Everybody reads what was accepted last; the parties also what waits, marked as such."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client
from django.utils import timezone

from comity.accounts.rules import Reader
from comity.portfolio.queries.standing import DayState, standing_of
from comity.reporting.actions import (
    accept_report,
    add_link,
    reopen_report,
    return_report,
    save_report,
    submit_report,
)
from comity.reporting.models import Report, Stage, Step
from comity.reporting.shown import Said
from tests.factories import a_programme, somebody
from tests.reporting.pages import page, signed_in, words
from tests.reporting.world import DONE, World, changed, two_sides

pytestmark = pytest.mark.django_db
ACCEPTED, NEWER = "The exhibition was held.", "The fair was held."
AGAIN = "The report was opened again. This is what was accepted last."


def reopened(world: World, report: Report, *, words_only: bool) -> Report:
    report.refresh_from_db()
    return reopen_report(
        report=report, expected_version=report.version, by=world.verifiers[report.side],
        reason="Look again.", words_only=words_only,
    )  # fmt: skip


def said_again(world: World, report: Report, told: str = NEWER) -> Report:
    return submit_report(
        report=report, expected_version=report.version, by=world.reporters[report.side],
        content=changed(DONE, told=told),
    )  # fmt: skip


def given_back(world: World, report: Report) -> Report:
    return return_report(
        report=report, expected_version=report.version, by=world.verifiers[report.side],
        reason="Not so.",
    )  # fmt: skip


def read_by(client: Client, world: World, report: Report) -> set[tuple[str | None, str | None]]:
    """The stage and the words of a report on each page that shows them."""
    alone = page(client, "report", report.pk).context
    found = [(alone["report"], alone["said"])]
    on = page(client, "occurrence", world.occurrence.pk).context["answers"]
    ((_occurrence, of),) = page(client, "of_measure", world.measure.pk).context["rows"]
    for answers in (on, of):
        found += [(one.report, one.said) for one in answers if one.side == report.side]
    return {(one and one.stage, said and said.told) for one, said in found}


def outsiders() -> list[Client]:
    return [Client(), signed_in(somebody("coordinator", a_programme()))]


def test_new_words_are_public_once_they_are_accepted() -> None:
    world = two_sides()
    report = reopened(world, world.accepted(), words_only=True)
    other = signed_in(world.reporters["RU"])
    report = said_again(world, report)
    for reader in outsiders():
        assert read_by(reader, world, report) == {(Stage.TEXT_REOPENED, ACCEPTED)}
    assert read_by(other, world, report) == {(Stage.TEXT_SUBMITTED, NEWER)}
    assert "submitted with other words not accepted yet" in words(page(other, "report", report.pk))
    report = given_back(world, report)
    for reader in (*outsiders(), other):
        assert read_by(reader, world, report) == {(Stage.TEXT_REOPENED, ACCEPTED)}
    report = said_again(world, report)
    accept_report(report=report, expected_version=report.version, by=world.verifiers["BY"])
    for reader in (*outsiders(), other):
        assert read_by(reader, world, report) == {(Stage.ACCEPTED, NEWER)}


def test_the_programme_tells_no_words_that_nobody_accepted() -> None:
    world = two_sides()
    report = world.accepted("BY")
    other = world.submitted("RU", changed(DONE, told="Guests came."))
    report = reopened(world, report, words_only=True)
    save_report(
        report=report, content=changed(DONE, told="A draft."), expected_version=report.version,
        by=world.reporters["BY"],
    )  # fmt: skip
    accept_report(report=other, expected_version=other.version, by=world.verifiers["RU"])
    accepted = f"{ACCEPTED}\nGuests came."
    assert world.occurrence.done_note == accepted
    report.refresh_from_db()
    report = said_again(world, report)
    assert world.occurrence.done_note == accepted
    panel = Client().get(world.programme.get_absolute_url()).content.decode()
    measure = Client().get(world.measure.get_absolute_url()).content.decode()
    assert NEWER not in panel + measure
    report = given_back(world, report)
    assert world.occurrence.done_note == accepted
    report = said_again(world, report)
    accept_report(report=report, expected_version=report.version, by=world.verifiers["BY"])
    assert world.occurrence.done_note == f"{NEWER}\nGuests came."


def test_a_report_opened_as_a_whole_is_read_as_it_was_accepted() -> None:
    world = two_sides()
    report = reopened(world, world.accepted(), words_only=False)
    told = {(Stage.REOPENED, ACCEPTED)}
    for reader in outsiders():
        assert read_by(reader, world, report) == told
        assert AGAIN in words(page(reader, "report", report.pk))
        assert AGAIN in words(page(reader, "occurrence", world.occurrence.pk))
    report = said_again(world, report)
    for reader in outsiders():
        assert read_by(reader, world, report) == told
    assert read_by(signed_in(world.reporters["RU"]), world, report) == {(Stage.SUBMITTED, NEWER)}
    report = given_back(world, report)
    for reader in outsiders():
        assert read_by(reader, world, report) == told
    report = said_again(world, report)
    accept_report(report=report, expected_version=report.version, by=world.verifiers["BY"])
    for reader in outsiders():
        assert read_by(reader, world, report) == {(Stage.ACCEPTED, NEWER)}
        assert AGAIN not in words(page(reader, "report", report.pk))


def test_evidence_is_public_once_it_is_accepted() -> None:
    world = two_sides()
    report = reopened(world, world.accepted(), words_only=False)
    piece = add_link(
        report=report, expected_version=report.version, link="https://example.org/proof",
        caption="New proof",        by=world.reporters["BY"],
    )  # fmt: skip
    report = said_again(world, piece.report)
    said: list[Said] = [
        page(reader, "report", report.pk).context["said"]
        for reader in (Client(), signed_in(world.reporters["RU"]))
    ]
    assert [one.evidence for one in said] == [(), (piece,)]


def test_figures_tell_others_nothing_of_what_waits_or_came_back() -> None:
    world = two_sides()
    report = said_again(world, reopened(world, world.accepted(), words_only=False))
    assert _states(world, world.reporters["RU"]) == {DayState.WAITING}
    assert _states(world, AnonymousUser()) == {DayState.OVERDUE}
    given_back(world, report)
    assert _states(world, world.reporters["RU"]) == {DayState.RETURNED}
    assert _states(world, AnonymousUser()) == {DayState.OVERDUE}


def _states(world: World, reader: Reader) -> set[DayState]:
    numbers = standing_of(world.programme, reader, timezone.localdate()).whole.numbers
    return {state for state, number in numbers.items() if number}


def test_of_a_past_day_others_read_what_had_been_accepted_by_then() -> None:
    world = two_sides()
    report = said_again(world, reopened(world, world.accepted(), words_only=False))
    report = accept_report(report=report, expected_version=report.version, by=world.verifiers["BY"])
    for step, days in zip(report.steps.order_by("pk"), (9, 8, 7, 5, 3), strict=True):
        Step.objects.filter(pk=step.pk).update(at=timezone.now() - timedelta(days=days))
    path, told = report.get_absolute_url(), []
    for days in (9, 8, 7, 5, 3):
        day = (timezone.localdate() - timedelta(days=days)).isoformat()
        context = Client().get(path, {"day": day}).context
        told.append((context["report"] and context["report"].stage, context["said"]))
    assert [(stage, said and (said.told, said.was_opened_again)) for stage, said in told] == [
        (None, None),
        (Stage.ACCEPTED, (ACCEPTED, False)),
        (Stage.REOPENED, (ACCEPTED, True)),
        (Stage.REOPENED, (ACCEPTED, True)),
        (Stage.ACCEPTED, (NEWER, False)),
    ]
