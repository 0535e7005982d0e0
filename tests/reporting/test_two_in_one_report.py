"""Two people in one report: evidence that one of them changes is no less seen than words."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client

from comity.audit.models import Event
from comity.lib.versions import Difference, Stale
from comity.reporting.actions import add_file, add_link, make_link, save_report, take_off
from comity.reporting.models import Evidence, Report, Stage
from tests.factories import a_coordinator
from tests.reporting.pages import FILLED, page, send, signed_in, words
from tests.reporting.world import DONE, World, two_sides

pytestmark = pytest.mark.django_db
LINK = "https://example.org/other"


def with_a_file() -> tuple[World, Report, Evidence]:
    world = two_sides()
    report, by = world.draft(), world.reporters["BY"]
    report = save_report(report=report, content=DONE, expected_version=1, by=by)
    piece = add_file(
        report=report, expected_version=2, content=b"%PDF-1.4 it", name="protocol.pdf", by=by
    )
    return world, piece.report, piece


def sent_with(opened: HttpResponse) -> dict[str, str | list[str]]:
    """What the form that was opened sends along by itself."""
    form = opened.context["form"]
    pieces = [f"{piece.pk} {piece}" for piece in opened.context["pieces"]]
    for value in pieces:
        assert f'<input type="hidden" name="piece" value="{value}">' in opened.content.decode()
    return {"version": str(form["version"].value()), "piece": pieces}


def swapped(report: Report, piece: Evidence) -> None:
    """A coordinator takes the piece off and adds a link; the words stay."""
    by = a_coordinator()
    report = take_off(evidence=piece, expected_version=report.version, by=by)
    add_link(report=report, expected_version=report.version, link=LINK, by=by)


def test_each_change_of_evidence_is_a_version_and_stands_in_the_history() -> None:
    world, report, piece = with_a_file()
    assert report.version == 3
    by = world.reporters["BY"]
    report = take_off(evidence=piece, expected_version=3, by=by)
    added = add_link(report=report, expected_version=4, link=LINK, by=by)
    assert (report.version, added.report.version) == (4, 5)
    told = [
        [(entry.model, entry.kind, entry.changes.get("version")) for entry in event.entries.all()]
        for event in Event.objects.filter(verb__startswith="report.evidence").order_by("seq")
    ]
    record, of_it = "reporting.report", "reporting.evidence"
    assert told == [
        [(of_it, "created", None), (record, "changed", [2, 3])],
        [(of_it, "removed", None), (record, "changed", [3, 4])],
        [(of_it, "created", None), (record, "changed", [4, 5])],
    ]


def test_evidence_is_not_changed_by_who_saw_an_older_version() -> None:
    _world, report, piece = with_a_file()
    by = a_coordinator()
    for act in (
        lambda: take_off(evidence=piece, expected_version=2, by=by),
        lambda: add_link(report=report, expected_version=2, link=LINK, by=by),
        lambda: add_file(
            report=report, expected_version=2, content=b"%PDF-1.4 other", name="o.pdf", by=by
        ),
    ):
        with pytest.raises(Stale):
            act()
    report.refresh_from_db()
    assert (report.version, list(report.evidence.all())) == (3, [piece])


def test_who_submits_is_shown_the_evidence_that_was_changed_meanwhile() -> None:
    world, report, piece = with_a_file()
    client = signed_in(world.reporters["BY"])
    sent = sent_with(page(client, "write", report.pk))
    swapped(report, piece)
    answer = send(client, "write", report.pk, **{**FILLED, **sent, "do": "submit"})
    assert answer.status_code == 409
    assert answer.context["stale"] == [Difference("What shows it", "protocol.pdf", LINK)]
    shown = words(answer)
    assert "Somebody changed this while you were writing" in shown
    assert f"What shows it protocol.pdf {LINK}" in shown
    report.refresh_from_db()
    assert (report.stage, report.version) == (Stage.DRAFT, 5)
    again = sent_with(answer)
    assert again["version"] == "5"
    send(client, "write", report.pk, **{**FILLED, **again, "do": "submit"})
    report.refresh_from_db()
    assert (report.stage, report.steps.get().content["evidence"]) == (
        Stage.SUBMITTED, [report.evidence.get().pk],
    )  # fmt: skip


def test_what_is_typed_is_not_kept_over_it_either() -> None:
    world, report, piece = with_a_file()
    client = signed_in(world.reporters["BY"])
    sent = sent_with(page(client, "write", report.pk))
    swapped(report, piece)
    answer = send(client, "save", report.pk, **{**FILLED, **sent, "told": "Other words."})
    assert "Somebody else wrote in this report meanwhile" in words(answer)
    report.refresh_from_db()
    assert report.told == DONE.told


def test_one_person_adds_takes_off_and_submits_from_page_to_page() -> None:
    world = two_sides()
    client, report = signed_in(world.reporters["BY"]), world.draft()

    def press(do: str, **fields: object) -> HttpResponse:
        sent = sent_with(page(client, "write", report.pk))
        return send(client, "write", report.pk, **{**FILLED, **sent, "do": do, **fields})

    press("add", file=SimpleUploadedFile("a.pdf", b"%PDF-1.4 a"), link=LINK)
    first, second = report.evidence.order_by("pk")
    press(f"take_off:{first.pk}")
    assert list(report.evidence.all()) == [second]
    press("submit", file=SimpleUploadedFile("b.pdf", b"%PDF-1.4 b"))
    report.refresh_from_db()
    assert report.stage == Stage.SUBMITTED
    assert [str(piece) for piece in report.evidence.order_by("pk")] == [LINK, "b.pdf"]


def test_a_page_that_tells_of_a_mistake_goes_on_from_what_it_kept() -> None:
    """The file is kept although the link beside it is there already, or something else lacks."""
    world = two_sides()
    client, report = signed_in(world.reporters["BY"]), world.draft()
    add_link(report=report, expected_version=1, link=LINK, by=world.reporters["BY"])
    sent = sent_with(page(client, "write", report.pk))
    file = SimpleUploadedFile("a.pdf", b"%PDF-1.4 a")
    told = {**FILLED, **sent, "do": "add", "file": file, "link": LINK}
    answer = send(client, "write", report.pk, **told)
    assert "This report has the same link already." in words(answer)
    assert [str(piece) for piece in answer.context["pieces"]] == [LINK, "a.pdf"]
    file = SimpleUploadedFile("b.pdf", b"%PDF-1.4 b")
    told = {**FILLED, **sent_with(answer), "do": "submit", "file": file, "told": ""}
    answer = send(client, "write", report.pk, **told)
    assert "Say in a few words what was done." in words(answer)
    told = {**FILLED, **sent_with(answer), "do": "submit"}
    assert send(client, "write", report.pk, **told).headers["Location"] == report.get_absolute_url()
    assert [str(piece) for piece in report.evidence.order_by("pk")] == [LINK, "a.pdf", "b.pdf"]


def test_a_guest_is_shown_it_too() -> None:
    world, report, piece = with_a_file()
    secret = make_link(
        occurrence=world.occurrence, side="BY", email="plant@example.org", days=7,
        by=a_coordinator(),
    )[1]  # fmt: skip
    guest, path = Client(), f"/reports/by-link/{secret}/"
    sent = sent_with(guest.get(path))
    swapped(report, piece)
    answer = guest.post(path, {**FILLED, **sent, "do": "submit"})
    assert answer.context["stale"] == [Difference("What shows it", "protocol.pdf", LINK)]
    done = guest.post(path, {**FILLED, **sent_with(answer), "do": "submit"})
    assert done.headers["Location"].partition("?")[0] == "/reports/by-link/thanks/"
    report.refresh_from_db()
    assert report.stage == Stage.SUBMITTED
