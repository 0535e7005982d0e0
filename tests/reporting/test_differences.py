"""What one submission of a report says otherwise than the one before."""

from html import escape
from re import findall

import pytest

from comity.reporting.actions import add_link, return_report, submit_report, take_off
from comity.reporting.models import Report
from comity.reporting.shown import turns_of
from tests.reporting.pages import page, signed_in
from tests.reporting.world import DONE, World, changed, two_sides

pytestmark = pytest.mark.django_db


def linked(report: Report, caption: str, world: World) -> Report:
    return add_link(
        report=report, expected_version=report.version, link=f"https://example.org/{len(caption)}",
        caption=caption, by=world.reporters["BY"],
    ).report  # fmt: skip


def submitted_twice() -> tuple[World, Report]:
    """With one piece of evidence kept, one taken off and one added in between."""
    world = two_sides()
    report = linked(linked(world.draft("BY"), "The minutes", world), "A poster", world)
    by = world.reporters["BY"]
    first = changed(DONE, told="Six firms came.\nThe hall was full.")
    report = submit_report(report=report, expected_version=report.version, by=by, content=first)
    report = return_report(
        report=report, expected_version=report.version, by=world.verifiers["BY"], reason="Six?"
    )
    report = take_off(
        evidence=report.evidence.get(caption="A poster"), expected_version=report.version, by=by
    )
    report = linked(report, "The <list> of firms", world)
    second = changed(DONE, told="Nine firms came.\nThe hall was full.")
    return world, submit_report(
        report=report, expected_version=report.version, by=by, content=second
    )


def test_evidence_is_told_by_the_pieces_taken_off_and_added() -> None:
    _world, report = submitted_twice()
    changes = turns_of(report)[0].changes
    assert [(one.label, one.before, one.after) for one in changes] == [
        (
            "what was done",
            "Six firms came.\nThe hall was full.",
            "Nine firms came.\nThe hall was full.",
        ),
        ("evidence", "A poster", "The <list> of firms"),
    ]


def test_the_page_marks_only_the_words_that_changed() -> None:
    world, report = submitted_twice()
    shown = page(signed_in(world.verifiers["BY"]), "report", report.pk).content.decode()
    assert findall(r'<td data-label="(Before|After)">(.*?)</td>', shown) == [
        ("Before", "<del>Six</del> firms came.<br>The hall was full."),
        ("After", "<ins>Nine</ins> firms came.<br>The hall was full."),
        ("Before", "<del>A poster</del>"),
        ("After", f"<ins>{escape('The <list> of firms')}</ins>"),
    ]
