"""Whoever holds a one-time link looks at the evidence of the one report that it is for."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone
from PIL import Image

from comity.reporting.actions import (
    add_file,
    add_link,
    make_link,
    return_report,
    take_link_away,
    take_off,
)
from comity.reporting.models import Evidence, OneTimeLink
from tests.factories import a_coordinator
from tests.reporting.pages import FILLED
from tests.reporting.pictures import a_photograph
from tests.reporting.world import World, two_sides

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.4 plan"


def a_link(world: World, side: str = "BY") -> str:
    return make_link(
        occurrence=world.occurrence, side=side, email="plant@example.org", days=7,
        by=a_coordinator(),
    )[1]  # fmt: skip


def a_piece(world: World, side: str = "BY", content: bytes = PDF, name: str = "plan") -> Evidence:
    by, report = world.reporters[side], world.draft(side)
    return add_file(
        report=report, expected_version=report.version, content=content, name=name, by=by
    )


def asked(secret: str, piece: Evidence, small: str = "") -> HttpResponse:
    return Client().get(f"/reports/by-link/{secret}/evidence/{piece.pk}/{small}")


def given(answer: HttpResponse) -> bytes:
    return b"".join(answer.streaming_content)  # type: ignore[attr-defined]  # a file


def test_the_file_is_given_as_it_came() -> None:
    world = two_sides(visibility="internal")
    secret, piece = a_link(world), a_piece(world)
    page = Client().get(f"/reports/by-link/{secret}/").content.decode()
    assert f'href="/reports/by-link/{secret}/evidence/{piece.pk}/"' in page
    assert "/reports/evidence/" not in page
    answer = asked(secret, piece)
    assert given(answer) == PDF
    assert answer.headers["Content-Disposition"] == 'attachment; filename="plan.pdf"'
    assert "no-store" in answer.headers["Cache-Control"]


def test_a_photograph_is_shown_small() -> None:
    world = two_sides(visibility="internal")
    secret = a_link(world)
    piece = a_piece(world, content=a_photograph(1200, 600))
    small = asked(secret, piece, "preview/")
    address = f"/reports/by-link/{secret}/evidence/{piece.pk}/preview/"
    assert f'<img src="{address}"' in Client().get(f"/reports/by-link/{secret}/").content.decode()
    assert Image.open(BytesIO(small.content)).size == (480, 240)
    assert "no-store" in small.headers["Cache-Control"]
    assert asked(secret, a_piece(world), "preview/").status_code == 404


def test_nothing_else_is_given() -> None:
    world, elsewhere = two_sides(), two_sides()
    secret = a_link(world)
    a_link(elsewhere)
    by = world.reporters["BY"]
    page = add_link(report=world.draft(), expected_version=1, link="https://example.org/", by=by)
    others = [a_piece(world, "RU"), a_piece(elsewhere), page]
    taken_off = a_piece(world)
    report = world.submitted()
    report = return_report(
        report=report, expected_version=report.version, by=world.verifiers["BY"], reason="Which?"
    )
    take_off(evidence=taken_off, expected_version=report.version, by=by)
    assert Client().get(f"/reports/by-link/{secret}/").status_code == 200
    for piece in (*others, taken_off):
        for small in ("", "preview/"):
            assert asked(secret, piece, small).status_code == 404, piece


@pytest.mark.parametrize("way", ["taken away", "over", "used", "a newer one", "submitted", "never"])
def test_a_link_that_is_over_gives_nothing(way: str) -> None:
    world = two_sides()
    secret = a_link(world)
    piece = a_piece(world, content=a_photograph(20, 10))
    assert given(asked(secret, piece)) == piece.file.path.read_bytes()  # type: ignore[union-attr]
    if way == "taken away":
        take_link_away(link=OneTimeLink.objects.get(), by=a_coordinator())
    elif way == "over":
        OneTimeLink.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    elif way == "used":
        filled = {**FILLED, "version": piece.report.version, "do": "submit"}
        assert Client().post(f"/reports/by-link/{secret}/", filled).status_code == 302
    elif way == "a newer one":
        a_link(world)
    elif way == "submitted":
        world.submitted()
    else:
        secret = "never-was"
    for small in ("", "preview/"):
        answer = asked(secret, piece, small)
        assert answer.status_code == 404
        assert "This link does not work, or not any more" in answer.content.decode()
