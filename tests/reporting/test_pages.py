"""Reports as people meet them: begun, written, decided about, read."""

from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from comity.accounts.models import Role
from comity.reporting.actions import return_report
from comity.reporting.models import Outcome, Report, Stage
from tests.factories import a_coordinator, a_programme, somebody
from tests.reporting.pages import page, send, signed_in, words, write
from tests.reporting.pictures import a_photograph
from tests.reporting.world import DONE, changed, two_sides

pytestmark = pytest.mark.django_db


def test_a_body_reports_in_three_steps() -> None:
    world = two_sides()
    client = signed_in(world.reporters["BY"])
    measure = client.get(world.measure.get_absolute_url())
    assert reverse("reporting:of_measure", args=[world.measure.pk]) in measure.content.decode()
    panel = words(page(client, "of_measure", world.measure.pk, HX_Request="true"))
    assert "Report for Region BY-HO" in panel
    assert "Report for Region RU-BRY" not in panel
    begun = send(client, "start", world.occurrence.pk, side="BY")
    report = Report.objects.get()
    assert begun.headers["Location"] == reverse("reporting:write", args=[report.pk])
    told = write(client, report)
    assert told.headers["Location"] == report.get_absolute_url()
    report.refresh_from_db()
    assert (report.stage, report.told) == (Stage.SUBMITTED, "The exhibition was held.")
    after = words(page(client, "report", report.pk))
    assert "Your report is submitted." in after
    assert "done, 20 May 2018" in after


def test_what_is_typed_is_kept_by_itself() -> None:
    world = two_sides()
    client, report = signed_in(world.reporters["BY"]), world.draft()
    answer = send(client, "save", report.pk, version=1, told="The exhib", outcome="", language="en")
    report.refresh_from_db()
    assert (report.told, report.version) == ("The exhib", 2)
    assert answer.headers["Comity-Kept"] == "yes"
    assert 'name="version" value="2"' in answer.content.decode()


def test_what_is_typed_after_somebody_else_wrote_is_not_kept_over_it() -> None:
    world = two_sides()
    report = world.draft()
    client = signed_in(world.reporters["BY"])
    send(client, "save", report.pk, version=1, told="First", outcome="", language="en")
    answer = send(
        signed_in(a_coordinator()), "save", report.pk,
        version=1, told="Second", outcome="", language="en",
    )  # fmt: skip
    assert "Somebody else wrote in this report meanwhile" in words(answer)
    assert "Comity-Kept" not in answer.headers
    stale = write(client, report, version=1, told="Third")
    assert stale.status_code == 409
    both = words(stale)
    assert "First" in both
    assert "Third" in both
    report.refresh_from_db()
    assert report.told == "First"


def test_whoever_was_signed_out_is_told_so_and_loses_nothing() -> None:
    world = two_sides()
    report = world.draft()
    answer = send(Client(), "save", report.pk, version=1, told="Lost?", outcome="", language="en")
    assert answer.status_code == 401
    assert "You are signed out. What you typed is kept in this browser" in words(answer)


def test_something_unclear_is_said_and_not_kept() -> None:
    world = two_sides()
    report = world.draft()
    client = signed_in(world.reporters["BY"])
    answer = send(
        client, "save", report.pk, version=1, told="x", outcome="", language="en", figure="many"
    )
    assert "Not kept yet, as something is not clear: A number reached" in words(answer)
    report.refresh_from_db()
    assert report.version == 1


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"outcome": ""}, "Say how it stands."),
        ({"done_on": ""}, "Say on which day it was done."),
        ({"told": ""}, "Say in a few words what was done."),
        ({"spent_amount": "5"}, "Say in which currency."),
        ({"done_on": "2999-01-01"}, "on a day that is yet to come"),
    ],
)
def test_what_is_missing_is_said_beside_its_field(fields: dict[str, Any], sentence: str) -> None:
    world = two_sides()
    report = world.draft()
    answer = write(signed_in(world.reporters["BY"]), report, **fields)
    assert sentence in words(answer)
    report.refresh_from_db()
    assert report.stage == Stage.DRAFT


def test_a_photograph_is_added_shown_small_and_taken_off() -> None:
    world = two_sides()
    client, report = signed_in(world.reporters["BY"]), world.draft()
    photograph = SimpleUploadedFile("fair.jpg", a_photograph(1200, 900))
    write(client, report, "add", file=photograph, caption="The stand")
    piece = report.evidence.get()
    assert (piece.name, piece.caption) == ("fair.jpg", "The stand")
    report.refresh_from_db()
    assert report.told == "The exhibition was held."
    small = page(client, "preview", piece.pk)
    assert (small.status_code, small.headers["Content-Type"]) == (200, "image/jpeg")
    whole = page(client, "evidence", piece.pk)
    assert b"".join(whole.streaming_content) == a_photograph(1200, 900)
    write(client, report, f"take_off:{piece.pk}")
    assert not report.evidence.exists()


def test_a_file_chosen_but_not_added_goes_along_when_submitting() -> None:
    world = two_sides()
    client, report = signed_in(world.reporters["BY"]), world.draft()
    write(client, report, file=SimpleUploadedFile("protocol.pdf", b"%PDF-1.4 example"))
    report.refresh_from_db()
    assert (report.stage, report.evidence.get().name) == (Stage.SUBMITTED, "protocol.pdf")


def test_a_bad_file_is_refused_and_the_words_stay() -> None:
    world = two_sides()
    client, report = signed_in(world.reporters["BY"]), world.draft()
    answer = write(client, report, file=SimpleUploadedFile("x.jpg", b"MZ no picture"))
    assert "By its content this is no PDF" in words(answer)
    report.refresh_from_db()
    assert (report.stage, report.told) == (Stage.DRAFT, "The exhibition was held.")


def test_a_verifier_accepts_or_returns_with_a_reason() -> None:
    world = two_sides()
    report = world.submitted()
    client = signed_in(world.verifiers["BY"])
    asked = page(client, "report", report.pk)
    assert "Return with the reason" in words(asked)
    refused = send(client, "return", report.pk, version=report.version, reason="")
    assert "Say why: whoever reported has to know what to mend." in words(refused)
    send(client, "return", report.pk, version=report.version, reason="Which hall?")
    report.refresh_from_db()
    assert report.stage == Stage.RETURNED
    reporter = signed_in(world.reporters["BY"])
    assert "«Which hall?»" in words(page(reporter, "write", report.pk))
    write(reporter, report, told="Held in the city hall.")
    report.refresh_from_db()
    send(client, "accept", report.pk, version=report.version)
    report.refresh_from_db()
    assert report.stage == Stage.ACCEPTED
    whole = words(page(client, "report", report.pk))
    assert "1 change since the submission before" in whole
    assert "The exhibition was held. Held in the city hall." in whole


def test_whoever_looked_at_an_older_version_decides_nothing() -> None:
    world = two_sides()
    report = world.submitted()
    client = signed_in(world.verifiers["BY"])
    answer = client.post(reverse("reporting:accept", args=[report.pk]), {"version": 1}, follow=True)
    assert "The report was changed meanwhile." in words(answer)
    report.refresh_from_db()
    assert report.stage == Stage.SUBMITTED


def test_both_texts_of_a_dispute_stand_side_by_side() -> None:
    world = two_sides()
    world.accepted("BY")
    world.submitted(
        "RU", changed(DONE, outcome=Outcome.UNDER_WAY, done_on=None, told="Still being built.")
    )
    shown = words(page(signed_in(world.verifiers["RU"]), "occurrence", world.occurrence.pk))
    assert "The sides say different things" in shown
    assert "The exhibition was held." in shown
    assert "Still being built." in shown
    for record in (world.programme, world.measure):
        assert "disputed" in words(Client().get(record.get_absolute_url()))
    coordinator = signed_in(a_coordinator())
    send(coordinator, "settle", world.occurrence.pk, reason="Which is it?")
    assert set(Report.objects.values_list("stage", flat=True)) == {Stage.REOPENED}
    sentence = "«Which is it?» None of the sides has answered yet."
    assert sentence in words(page(coordinator, "occurrence", world.occurrence.pk))
    again = words(send(coordinator, "settle", world.occurrence.pk, reason="Once more."))
    assert sentence in again
    assert "Both sides are asked to settle it" not in again


def test_the_public_reads_accepted_reports_and_nothing_before() -> None:
    world = two_sides()
    anybody = Client()
    report = world.submitted()
    assert page(anybody, "report", report.pk).status_code == 404
    assert "no report yet" in words(page(anybody, "occurrence", world.occurrence.pk))
    send(signed_in(world.verifiers["BY"]), "accept", report.pk, version=report.version)
    shown = words(page(anybody, "report", report.pk))
    assert "The exhibition was held." in shown
    assert str(world.reporters["BY"]) not in shown


def test_what_was_said_before_a_report_was_accepted_stays_with_the_parties() -> None:
    world = two_sides()
    report = world.submitted()
    return_report(
        report=report, expected_version=report.version, by=world.verifiers["BY"], reason="Which?"
    )
    world.accepted("BY", changed(DONE, told="Held in the hall."))
    stranger = signed_in(somebody(Role.COORDINATOR, a_programme()))
    for reader, is_told in ((stranger, False), (signed_in(world.reporters["RU"]), True)):
        shown = words(page(reader, "report", report.pk))
        assert "Held in the hall." in shown
        assert ("Which?" in shown) is is_told


def test_the_other_side_reads_what_was_submitted_not_what_is_being_written() -> None:
    world = two_sides()
    report = world.submitted()
    return_report(
        report=report, expected_version=report.version, by=world.verifiers["BY"], reason="More."
    )
    write(signed_in(world.reporters["BY"]), report, "save", told="A secret draft.")
    other = signed_in(world.reporters["RU"])
    shown = words(page(other, "report", report.pk))
    assert "The exhibition was held." in shown
    assert "A secret draft." not in shown
    history = other.get(reverse("audit:history", args=["reporting.report", report.pk]))
    assert history.status_code == 404
    own = signed_in(world.reporters["BY"])
    history = own.get(reverse("audit:history", args=["reporting.report", report.pk]))
    assert "A secret draft." in words(history)


def test_evidence_of_a_draft_is_not_given_to_others() -> None:
    world = two_sides()
    report = world.draft()
    client = signed_in(world.reporters["BY"])
    write(client, report, "add", file=SimpleUploadedFile("a.pdf", b"%PDF-1.4 draft"))
    piece = report.evidence.get()
    own = page(client, "evidence", piece.pk)
    assert b"".join(own.streaming_content) == b"%PDF-1.4 draft"
    for reader in (Client(), signed_in(world.reporters["RU"])):
        assert page(reader, "evidence", piece.pk).status_code == 404


def test_news_is_told_between_the_days() -> None:
    world = two_sides()
    client = signed_in(world.reporters["BY"])
    send(client, "start_news", world.measure.pk, side="BY")
    report = Report.objects.get()
    assert report.occurrence is None
    write(client, report, outcome="under_way", done_on="", told="A hall is found.")
    assert "A hall is found." in words(page(client, "of_measure", world.measure.pk))
    assert world.occurrence.done_on is None


def test_a_reader_without_a_part_begins_nothing() -> None:
    world = two_sides()
    for person in (somebody(Role.OBSERVER), somebody(Role.AUDITOR), world.reporters["RU"]):
        assert send(signed_in(person), "start", world.occurrence.pk, side="BY").status_code == 403
    assert not Report.objects.exists()


def test_a_draft_is_thrown_away_after_a_question() -> None:
    world = two_sides()
    client, report = signed_in(world.reporters["BY"]), world.draft()
    assert "Throw the draft away?" in words(page(client, "discard", report.pk))
    answer = send(client, "discard", report.pk, version=report.version)
    assert answer.headers["Location"] == world.measure.get_absolute_url()
    assert not Report.objects.exists()


def test_a_countable_result_is_asked_for_as_a_number() -> None:
    world = two_sides()
    world.measure.expected_result = "at least 12 contracts"
    world.measure.save()
    client, report = signed_in(world.reporters["BY"]), world.draft()
    assert "Reached, of 12 contracts" in words(page(client, "write", report.pk))
    write(client, report, figure="9")
    assert "9 of 12 contracts" in words(page(client, "report", report.pk))


def test_an_accepted_report_is_opened_again_for_its_words() -> None:
    world = two_sides()
    report = world.accepted()
    client = signed_in(world.verifiers["BY"])
    refused = send(client, "reopen", report.pk, version=report.version, words_only="words")
    assert "Say why" in words(refused)
    send(client, "reopen", report.pk, version=report.version, words_only="words", reason="A name.")
    report.refresh_from_db()
    assert report.stage == Stage.TEXT_REOPENED
    write(signed_in(world.reporters["BY"]), report, told="The fair was held.", done_on="2018-01-01")
    report.refresh_from_db()
    assert (report.stage, report.told) == (Stage.TEXT_SUBMITTED, "The fair was held.")
    assert report.done_on == date(2018, 5, 20)
