"""Addresses and forms with letters that no database or file can hold are read without them."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from comity.programmes.models import Measure
from tests.factories import a_coordinator
from tests.reporting.pages import FILLED, signed_in
from tests.reporting.world import two_sides

pytestmark = pytest.mark.django_db
LISTS = (
    "/search/", "/measures/", "/programmes/", "/portfolio/", "/organisations/", "/agreements/",
    "/territories/", "/organisations/suggestions/", "/agreements/parties/",
)  # fmt: skip
NAMES = (
    "q", "territory", "organisation", "day", "state", "page", "kind", "side", "body", "field",
    "order", "name", "seat", "text", "number",
)  # fmt: skip


@pytest.mark.parametrize("path", LISTS)
def test_an_address_with_a_nul_is_answered(path: str) -> None:
    reader = signed_in(a_coordinator())
    answers = {name: reader.get(path, {name: "\x00"}).status_code for name in NAMES}
    assert [name for name, status in answers.items() if status >= 500] == []


def test_what_is_asked_for_is_found_without_the_letter(client: Client) -> None:
    plain, with_nul = (client.get("/search/", {"q": word}) for word in ("fair", "\x00fair\x07"))
    assert with_nul.context["request"].GET["q"] == " fair "
    assert plain.status_code == with_nul.status_code == 200


def test_a_text_that_is_handed_in_keeps_its_lines_and_loses_such_letters() -> None:
    world = two_sides(start=date(2018, 1, 1), end=date(2018, 12, 31))
    report = world.draft()
    told = "Held\x00indeed\ufffe.\r\nTwice\x0bover,\tso"
    address = reverse("reporting:write", args=[report.pk])
    said: dict[str, Any] = {**FILLED, "version": report.version, "do": "save", "told": told}
    answer = signed_in(world.reporters["BY"]).post(address, said)
    report.refresh_from_db()
    assert (answer.status_code, report.told) == (302, "Held indeed .\r\nTwice over,\tso")


def test_a_section_and_a_title_come_in_without_them() -> None:
    world = two_sides(start=date(2018, 1, 1), end=date(2018, 12, 31))
    said = {
        "title_en": "A\x07fair", "section": "Trade\x07and\ufffetourism", "due_kind": "window",
        "due_start": "2018-04-01", "due_end": "2018-05-31", "bodies-TOTAL_FORMS": "0",
        "bodies-INITIAL_FORMS": "0",
    }  # fmt: skip
    address = reverse("programmes:add_measure", args=[world.programme.pk])
    assert signed_in(a_coordinator()).post(address, said).status_code == 302
    measure = Measure.objects.latest("pk")
    assert (measure.title_en, str(measure.section)) == ("A fair", "Trade and tourism")
