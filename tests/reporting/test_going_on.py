"""A report that was accepted as under way is gone on with, as its day is still open."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from comity.accounts.models import Role
from comity.audit.models import Event
from comity.programmes.due import DueRule
from comity.reminders.planning import plan
from comity.reporting.actions import (
    accept_report,
    continue_report,
    make_link,
    reopen_report,
    return_report,
    save_report,
    submit_report,
    take_back_report,
)
from comity.reporting.content import Content
from comity.reporting.counting import counted
from comity.reporting.models import Outcome, Report, ReportingPeriod, Stage, StepKind
from comity.reporting.then import report_then
from tests.factories import a_coordinator, somebody
from tests.reporting.pages import page, send, signed_in, words, write
from tests.reporting.world import DONE, DUE, World, changed, two_sides

pytestmark = pytest.mark.django_db

UNDER_WAY = Content(outcome=Outcome.UNDER_WAY, told="The hall is rented.")


def again(world: World, side: str = "BY", content: Content = DONE) -> Report:
    """Continued and submitted with something else."""
    by = world.reporters[side]
    report = continue_report(report=Report.objects.get(side=side), by=by)
    return submit_report(
        report=report, expected_version=report.version, by=by, content=content
    )  # fmt: skip


def steps(report: Report) -> list[str]:
    return list(report.steps.values_list("kind", flat=True))


def told(days: int) -> dict[str, list[int]]:
    """The rungs that a run on that day would tell of each side."""
    found: dict[str, list[int]] = {}
    for lines in plan(DUE + timedelta(days=days)).lines.values():
        for line in lines:
            found.setdefault(line.side, []).append(line.rung)
    return found


def soon() -> DueRule:
    today = timezone.localdate()
    return DueRule("window", today - timedelta(days=3), today + timedelta(days=5))


def test_what_was_accepted_as_under_way_is_reported_again_when_it_is_done() -> None:
    world = two_sides()
    first = world.accepted("BY", UNDER_WAY)
    report = continue_report(report=first, by=world.reporters["BY"])
    assert (report.stage, report.version, report.told) == (
        Stage.GONE_ON, first.version + 1, "The hall is rented.",
    )  # fmt: skip
    assert continue_report(report=report, by=world.reporters["BY"]).version == report.version
    report = again(world)
    assert report.stage == Stage.SUBMITTED
    report = accept_report(report=report, expected_version=report.version, by=world.verifiers["BY"])
    assert steps(report) == [
        StepKind.SUBMITTED, StepKind.ACCEPTED, StepKind.GONE_ON, StepKind.SUBMITTED,
        StepKind.ACCEPTED,
    ]  # fmt: skip
    said = [step.content["told"] for step in report.steps.all() if step.content]
    assert said == ["The hall is rented.", "The exhibition was held."]
    event = Event.objects.get(verb="report.continued")
    assert event.actor_id == world.reporters["BY"].pk
    world.accepted("RU")
    assert world.occurrence.done_on == DONE.done_on


@pytest.mark.parametrize("outcome", [Outcome.DONE, Outcome.IMPOSSIBLE])
def test_what_is_done_or_given_up_is_not_gone_on_with(outcome: Outcome) -> None:
    world = two_sides()
    done_on = DONE.done_on if outcome == Outcome.DONE else None
    report = world.accepted("BY", changed(DONE, outcome=outcome, done_on=done_on))
    with pytest.raises(ValidationError, match="on a day that is still open"):
        continue_report(report=report, by=world.reporters["BY"])


def test_what_waits_or_is_no_longer_due_is_not_gone_on_with() -> None:
    world = two_sides()
    report = world.submitted("BY", UNDER_WAY)
    with pytest.raises(ValidationError, match="on a day that is still open"):
        continue_report(report=report, by=world.reporters["BY"])
    report = world.accepted("RU", UNDER_WAY)
    world.measure.occurrences.update(withdrawn=True)
    with pytest.raises(ValidationError, match="on a day that is still open"):
        continue_report(report=report, by=world.reporters["RU"])


def test_only_who_reports_for_the_side_goes_on() -> None:
    world = two_sides()
    report = world.accepted("BY", UNDER_WAY)
    for person in (world.reporters["RU"], world.verifiers["BY"], somebody(Role.AUDITOR)):
        with pytest.raises(PermissionDenied):
            continue_report(report=report, by=person)


def test_taken_back_it_is_gone_on_with_again() -> None:
    world = two_sides()
    by = world.reporters["BY"]
    world.accepted("BY", UNDER_WAY)
    report = again(world)
    report = take_back_report(report=report, expected_version=report.version, by=by)
    assert report.stage == Stage.GONE_ON
    report = submit_report(report=report, expected_version=report.version, by=by)
    report = return_report(
        report=report, expected_version=report.version, by=world.verifiers["BY"], reason="Where?"
    )
    report = submit_report(report=report, expected_version=report.version, by=by)
    report = take_back_report(report=report, expected_version=report.version, by=by)
    assert report.stage == Stage.RETURNED


def test_a_dispute_stays_one_while_a_side_goes_on() -> None:
    world = two_sides()
    world.accepted("RU")
    world.accepted("BY", UNDER_WAY)
    since = world.occurrence.disputed_since
    assert since == timezone.localdate()
    continue_report(report=Report.objects.get(side="BY"), by=world.reporters["BY"])
    assert world.occurrence.disputed_since == since
    again(world)
    assert world.occurrence.disputed_since is None


def shown_to(client: Client, world: World) -> tuple[bool, bool, bool]:
    """Whether the page of the day tells the accepted words, the newer ones, and “accepted”."""
    text = words(page(client, "occurrence", world.occurrence.pk))
    return "The hall is rented." in text, "The exhibition was held." in text, "accepted" in text


def test_others_go_on_seeing_what_was_accepted() -> None:
    world = two_sides()
    outsider, verifier = Client(), signed_in(world.verifiers["BY"])
    report = world.accepted("BY", UNDER_WAY)
    as_accepted = (True, False, True)
    assert shown_to(outsider, world) == as_accepted
    by = world.reporters["BY"]
    report = continue_report(report=report, by=by)
    report = save_report(report=report, content=DONE, expected_version=report.version, by=by)
    assert shown_to(outsider, world) == as_accepted
    assert shown_to(verifier, world) == as_accepted
    assert shown_to(signed_in(by), world) == (False, True, True)
    report = submit_report(report=report, expected_version=report.version, by=by)
    assert shown_to(outsider, world) == as_accepted
    assert "The hall is rented." in words(page(outsider, "report", report.pk))
    assert "The exhibition was held." not in words(page(outsider, "report", report.pk))
    assert shown_to(verifier, world) == (False, True, False)
    report = return_report(
        report=report, expected_version=report.version, by=world.verifiers["BY"], reason="Where?"
    )
    assert shown_to(outsider, world) == as_accepted
    report = submit_report(report=report, expected_version=report.version, by=by)
    accept_report(report=report, expected_version=report.version, by=world.verifiers["BY"])
    assert shown_to(outsider, world) == (False, True, True)


def test_what_a_verifier_opened_again_since_is_told_to_be_open_again() -> None:
    world = two_sides()
    world.accepted("BY", UNDER_WAY)
    report = again(world, content=changed(UNDER_WAY, told="The stands are built."))
    by = world.verifiers["BY"]
    report = accept_report(report=report, expected_version=report.version, by=by)
    reopen_report(
        report=report, expected_version=report.version, by=by, reason="Wrong.", words_only=False
    )
    answer = page(Client(), "report", report.pk)
    assert answer.context["report"].stage == Stage.REOPENED
    assert "The stands are built." in words(answer)


def test_what_was_accepted_counts_in_its_period_meanwhile() -> None:
    world = two_sides()
    ReportingPeriod.objects.create(programme=world.programme, start=DUE, end=DUE)
    report = world.accepted("BY", UNDER_WAY)
    continue_report(report=report, by=world.reporters["BY"])
    assert [(one.due, one.reported, one.silent) for one in counted(world.programme)] == [(1, 1, 0)]


def test_on_the_day_and_after_it_reminders_go_on() -> None:
    world = two_sides()
    world.accepted("BY", UNDER_WAY)
    assert told(-7) == {"RU": [-7]}
    assert told(0) == {"BY": [0], "RU": [0]}
    assert told(7) == {"BY": [7], "RU": [7]}
    again(world, content=changed(UNDER_WAY, told="The stands are built."))
    assert told(7) == {"RU": [7]}
    report = Report.objects.get()
    accept_report(report=report, expected_version=report.version, by=world.verifiers["BY"])
    assert told(7) == {"BY": [7], "RU": [7]}


def test_what_is_done_is_not_reminded_of_although_the_other_side_is_silent() -> None:
    world = two_sides()
    world.accepted("BY")
    assert told(7) == {"RU": [7]}


def test_it_stands_in_my_work_until_it_is_done() -> None:
    world = two_sides(soon())
    client = signed_in(world.reporters["BY"])
    report = world.accepted("BY", UNDER_WAY)
    shown = words(client.get("/work/"))
    assert "1 report is owed by you" in shown
    assert "accepted as “under way”: report again when it is done" in shown
    assert reverse("reporting:continue", args=[report.pk]) in client.get("/work/").content.decode()
    opened = send(client, "continue", report.pk)
    assert opened.headers["Location"] == reverse("reporting:write", args=[report.pk])
    assert "What was accepted before stays and stands" in words(page(client, "write", report.pk))
    today = timezone.localdate().isoformat()
    write(client, report, done_on=today)
    assert "Nothing waits for you today." in words(client.get("/work/"))
    report.refresh_from_db()
    accept_report(report=report, expected_version=report.version, by=world.verifiers["BY"])
    assert "Nothing waits for you today." in words(client.get("/work/"))


def test_pages_offer_to_go_on_to_who_may() -> None:
    world = two_sides()
    report = world.accepted("BY", UNDER_WAY)
    offered = {
        name: [
            "Report again" in words(page(signed_in(person), name, pk))
            for person in (world.reporters["BY"], world.verifiers["BY"], world.reporters["RU"])
        ]
        for name, pk in (
            ("report", report.pk),
            ("occurrence", world.occurrence.pk),
            ("of_measure", world.measure.pk),
        )
    }
    assert offered == {name: [True, False, False] for name in offered}


def test_a_reminder_leads_to_the_form() -> None:
    world = two_sides()
    report = world.accepted("BY", UNDER_WAY)
    address = reverse("reminders:form", args=[world.occurrence.pk, "BY"])
    opened = signed_in(world.reporters["BY"]).get(address)
    assert f'action="{reverse("reporting:continue", args=[report.pk])}"' in opened.content.decode()


def test_a_guest_goes_on_by_a_new_link() -> None:
    world = two_sides()
    world.accepted("BY", UNDER_WAY)
    secret = make_link(
        occurrence=world.occurrence, side="BY", email="plant@example.org", days=7,
        by=a_coordinator(),
    )[1]  # fmt: skip
    address = reverse("reporting:by_link", args=[secret])
    assert "Open the form" in words(Client().get(address))
    assert Report.objects.get().stage == Stage.ACCEPTED
    Client().post(address)
    report = Report.objects.get()
    assert (report.stage, report.steps.last().by_name) == (Stage.GONE_ON, "plant@example.org")  # type: ignore[union-attr]  # it has one
    assert "Report on what is due on 31 May 2018" in words(Client().get(address))


def test_on_a_past_day_others_are_told_what_was_accepted_by_then() -> None:
    world = two_sides()
    world.accepted("BY", UNDER_WAY)
    again(world)
    report = Report.objects.get()
    told_to = [report_then(report, timezone.localdate(), as_party=part) for part in (True, False)]
    assert [(then[0].stage, then[1].told) for then in told_to if then] == [
        (Stage.SUBMITTED, "The exhibition was held."),
        (Stage.ACCEPTED, "The hall is rented."),
    ]
