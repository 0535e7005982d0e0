"""What one page sends is its own, though the answer to it got lost; others are told apart."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from comity.reporting.actions import save_report
from comity.reporting.models import Report
from tests.reporting.pages import FILLED, signed_in, words
from tests.reporting.world import DONE, World, changed, two_sides

pytestmark = pytest.mark.django_db


def opened(world: World, report: Report) -> tuple[Client, dict[str, Any]]:
    """A browser that has the form open, and what the form sends by itself."""
    client = signed_in(world.reporters["BY"])
    form = client.get(reverse("reporting:write", args=[report.pk])).context["form"]
    page = form["page"].value()
    assert len(page) == 16
    return client, {**FILLED, "page": page, "version": report.version}


def typed(client: Client, report: Report, sent: dict[str, Any], told: str) -> str:
    return words(client.post(reverse("reporting:save", args=[report.pk]), {**sent, "told": told}))


def test_a_page_that_missed_an_answer_goes_on_from_its_own_words() -> None:
    world = two_sides()
    report = world.draft("BY")
    client, sent = opened(world, report)
    for told in ("It rained", "It rained", "It rained all day"):  # always from the first version
        assert "Kept as a draft" in typed(client, report, sent, told)
    report.refresh_from_db()
    assert report.told == "It rained all day"
    client.post(reverse("reporting:write", args=[report.pk]), {**sent, "do": "submit"})
    report.refresh_from_db()
    assert (report.stage, report.told) == ("submitted", FILLED["told"])


def test_what_another_page_typed_meanwhile_is_not_written_over() -> None:
    world = two_sides()
    report = world.draft("BY")
    client, sent = opened(world, report)
    _other, beside = opened(world, report)
    assert "Kept as a draft" in typed(client, report, sent, "First")
    assert "Somebody else wrote" in typed(client, report, beside, "Second")
    # nor what came by another way after its own words
    report.refresh_from_db()
    save_report(
        report=report,
        content=changed(DONE, told="By hand"),
        expected_version=report.version,
        by=world.reporters["BY"],
    )
    assert "Somebody else wrote" in typed(client, report, sent, "Third")
    report.refresh_from_db()
    assert report.told == "By hand"


def test_a_draft_that_somebody_wrote_in_meanwhile_is_not_thrown_away() -> None:
    world = two_sides()
    report = world.draft("BY")
    client = signed_in(world.reporters["BY"])
    address = reverse("reporting:discard", args=[report.pk])
    seen = client.get(address).context["report"].version
    save_report(report=report, content=DONE, expected_version=seen, by=world.reporters["BY"])
    refused = words(client.post(address, {"version": seen}))
    assert "Somebody wrote in it meanwhile" in refused
    assert DONE.told in refused
    assert Report.objects.filter(pk=report.pk).exists()
    assert client.post(address).status_code == 200  # nor without having seen it
    version = Report.objects.get(pk=report.pk).version
    assert client.post(address, {"version": version}).status_code == 302
    assert not Report.objects.filter(pk=report.pk).exists()
