"""Where a report is open for its words alone, what shows the accepted state stays as it was."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from comity.reporting.actions import (
    accept_report,
    add_file,
    add_link,
    reopen_report,
    submit_report,
    take_off,
)
from comity.reporting.models import Evidence, Report, Stage
from tests.reporting.pages import page, signed_in, words, write
from tests.reporting.world import DONE, World, two_sides

pytestmark = pytest.mark.django_db
SENTENCE = "Only the words of this report are open: its evidence stays as it was accepted."
LINK = "https://example.org/proof"


def opened_for_its_words() -> tuple[World, Report, Evidence]:
    world = two_sides()
    by, report = world.reporters["BY"], world.draft()
    piece = add_link(report=report, expected_version=1, link=LINK, caption="The proof", by=by)
    report = submit_report(
        report=piece.report, expected_version=2, by=by, content=DONE
    )  # fmt: skip
    verifier = world.verifiers["BY"]
    report = accept_report(report=report, expected_version=report.version, by=verifier)
    report = reopen_report(
        report=report, expected_version=report.version, by=verifier, reason="A name.",
        words_only=True,
    )  # fmt: skip
    return world, report, piece


def test_evidence_is_neither_taken_off_nor_added_while_only_words_are_open() -> None:
    world, report, piece = opened_for_its_words()
    now: dict[str, Any] = {"expected_version": report.version, "by": world.reporters["BY"]}
    other = {"report": report, "content": b"%PDF-1.4 other", "name": "o.pdf"}
    for act in (
        lambda: take_off(evidence=piece, **now),
        lambda: add_link(report=report, link="https://example.org/other", **now),
        lambda: add_file(**other, **now),
    ):
        with pytest.raises(ValidationError) as refused:
            act()
        assert refused.value.messages == [SENTENCE]
    stands = report.evidence.values_list("pk", "is_taken_off")
    assert list(stands) == [(piece.pk, False)]


def test_the_form_shows_the_evidence_and_offers_no_change_of_it() -> None:
    world, report, _piece = opened_for_its_words()
    shown = page(signed_in(world.reporters["BY"]), "write", report.pk)
    text, markup = words(shown), shown.content.decode()
    assert "The proof" in text
    assert SENTENCE in text
    assert [name in markup for name in ("take_off:", 'name="file"', 'name="link"')] == [False] * 3


def test_a_form_that_sends_evidence_all_the_same_is_refused_and_keeps_the_words() -> None:
    world, report, piece = opened_for_its_words()
    client = signed_in(world.reporters["BY"])
    other = SimpleUploadedFile("o.pdf", b"%PDF-1.4 other")
    for do, fields in (
        ("submit", {"file": other}),
        (f"take_off:{piece.pk}", {}),
        ("add", {"link": LINK}),
    ):
        answer = write(client, report, do, told="The fair was held.", **fields)
        assert SENTENCE in words(answer)
    report.refresh_from_db()
    assert (report.stage, report.told) == (Stage.TEXT_REOPENED, "The fair was held.")
    assert list(report.evidence.values_list("pk", "is_taken_off")) == [(piece.pk, False)]
