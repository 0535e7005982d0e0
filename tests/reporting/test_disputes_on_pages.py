"""What pages tell of a dispute: the question, the other side's words, and that there was one."""

from datetime import date
from html import unescape
from re import findall, sub

import pytest
from django.test import Client
from django.utils import timezone

from comity.lib import wording
from comity.programmes.models import Occurrence
from comity.reporting.actions import ask_to_settle, submit_report
from comity.reporting.disputes import FormerDispute, former_disputes
from comity.reporting.models import Report
from tests.factories import a_coordinator
from tests.reporting.pages import page, signed_in, words
from tests.reporting.test_settling import FIRST_DAY, GOING_ON, a_dispute, accepted, said_again
from tests.reporting.world import DONE, World, changed, two_sides

pytestmark = pytest.mark.django_db


def panel_of_the_dispute(client: Client, name: str, pk: int) -> str:
    shown = page(client, name, pk).content.decode()
    panels = findall(r'<section class="panel doubt" role="note">.*?</section>', shown, flags=16)
    panel = next(one for one in panels if "The sides say different things" in one)
    return " ".join(unescape(sub(r"<[^>]+>", " ", panel)).split())


def test_the_page_of_the_day_quotes_what_the_sides_were_asked() -> None:
    world, by, _ru = a_dispute()
    step = by.steps.get(kind="settling")
    asked = (
        "The sides say different things Since 4 June 2018. It counts as open until both say the"
        f" same. {step.by_name} asked both sides on {wording.moment(step.at)} to settle it:"
        " «Which is it?»"
    )
    for reader in (world.reporters["RU"], world.verifiers["BY"], a_coordinator()):
        shown = panel_of_the_dispute(signed_in(reader), "occurrence", world.occurrence.pk)
        assert shown == f"{asked} None of the sides has answered yet."
    said_again(world, by, DONE)
    shown = panel_of_the_dispute(
        signed_in(world.reporters["RU"]), "occurrence", world.occurrence.pk
    )
    assert shown == asked


def test_those_without_a_part_are_not_told_what_the_sides_were_asked() -> None:
    world, _by, _ru = a_dispute()
    assert panel_of_the_dispute(Client(), "occurrence", world.occurrence.pk) == (
        "The sides say different things Since 4 June 2018. It counts as open until both say the"
        " same."
    )


def test_a_question_of_a_former_dispute_is_not_asked_in_the_next_one() -> None:
    world, by, _ru = a_dispute()
    accepted(world, said_again(world, by, DONE))
    Occurrence.objects.update(disputed_since=date(2999, 1, 1))
    shown = words(page(signed_in(a_coordinator()), "occurrence", world.occurrence.pk))
    assert "Which is it?" not in shown


def test_who_writes_in_a_dispute_sees_beside_the_form_what_the_other_side_says() -> None:
    world, by, _ru = a_dispute()
    told = changed(GOING_ON, told="Six of the halls\nare not ready.", figure="6")
    late = said_again(world, Report.objects.get(side="RU"), told).days_late
    shown = panel_of_the_dispute(signed_in(world.reporters["BY"]), "write", by.pk)
    assert shown == (
        "The sides say different things Since 4 June 2018. It counts as open until both say the"
        f" same. What Region RU-BRY says Bryansk plant submitted reported {late} days after the"
        " deadline"
        " State under way What was done Six of the halls are not ready. Reached 6"
    )


def test_a_form_without_a_dispute_shows_nothing_of_the_other_side() -> None:
    world = two_sides()
    world.accepted("RU", GOING_ON)
    report = world.draft("BY")
    shown = words(page(signed_in(world.reporters["BY"]), "write", report.pk))
    assert "The sides say different things" not in shown
    assert GOING_ON.told not in shown


def settled_today(world: World, by: Report, ru: Report) -> str:
    accepted(world, said_again(world, by, DONE))
    accepted(world, said_again(world, ru, DONE))
    return wording.day(timezone.localdate())


def test_the_page_of_a_settled_day_tells_from_when_to_when_it_was_disputed() -> None:
    world, by, ru = a_dispute()
    today = settled_today(world, by, ru)
    told = f"From 4 June 2018 to {today} the sides said different things."
    for reader in (Client(), signed_in(world.reporters["BY"])):
        shown = words(page(reader, "occurrence", world.occurrence.pk))
        assert told in shown
        assert "The sides say different things" not in shown


def test_a_dispute_that_lasts_is_no_former_one() -> None:
    world, _by, _ru = a_dispute()
    assert former_disputes(world.occurrence, a_coordinator(), timezone.localdate()) == []


def test_each_former_dispute_is_told_by_its_days_and_not_before_it_was_over() -> None:
    world, by, ru = a_dispute()
    settled_today(world, by, ru)
    today = timezone.localdate()
    found = former_disputes(world.occurrence, a_coordinator(), today)
    assert found == [FormerDispute(FIRST_DAY, today)]
    assert former_disputes(world.occurrence, a_coordinator(), FIRST_DAY) == []


def test_a_dispute_of_one_day_is_told_by_that_day() -> None:
    world = two_sides()
    by = world.submitted("BY")
    ru = world.accepted("RU", GOING_ON)
    ask_to_settle(occurrence=world.occurrence, by=a_coordinator(), reason="Which is it?")
    ru.refresh_from_db()
    submit_report(report=ru, expected_version=ru.version, by=world.reporters["RU"], content=DONE)
    day = wording.day(timezone.localdate())
    shown = words(page(signed_in(world.reporters["BY"]), "occurrence", world.occurrence.pk))
    assert f"On {day} the sides said different things; they settled it on the same day." in shown
    assert by.pk != ru.pk
