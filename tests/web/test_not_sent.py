"""What is sent after the sign-in had expired is not written, and the next page says so."""

from typing import Any
from urllib.parse import quote

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from comity.reporting.models import Report, Stage
from tests.reporting.pages import words
from tests.reporting.world import two_sides

pytestmark = pytest.mark.django_db
HOST = "http://testserver"
TOLD = (
    "Your sign-in had expired before this was sent, so nothing was written. "
    "Look through it and press the button again."
)


def sent(client: Client, address: str, came_from: str, **fields: Any) -> str:
    """Where a form that somebody not signed in sends leads."""
    headers = {"Referer": came_from} if came_from else {}
    answer = client.post(address, fields, headers=headers)
    assert answer.status_code == 302
    return answer.headers["Location"]


def sign_in_to(page: str) -> str:
    return f"/account/login/?next={quote(page)}"


def test_sign_in_leads_back_to_the_page_of_the_form_which_says_it_once() -> None:
    world = two_sides()
    report = world.submitted("BY")
    client, page = Client(), report.get_absolute_url()
    address = reverse("reporting:return", args=[report.pk])
    where = sent(client, address, f"{HOST}{page}", reason="No list.", version=report.version)
    assert where == sign_in_to(page)
    verifier = world.verifiers["BY"]
    back = client.post(where, {"login": verifier.email, "password": "pass", "next": page})
    assert back.headers["Location"] == page
    assert TOLD in words(client.get(page))
    assert TOLD not in words(client.get(page))
    report.refresh_from_db()
    assert report.stage == Stage.SUBMITTED


@pytest.mark.parametrize(
    ("came_from", "page"),
    [
        (f"{HOST}/work/?a=b&c=d", "/work/?a=b&c=d"),
        ("", "/"),
        ("http://elsewhere.example/work/", "/"),
        ("https://testserver/work/", "/"),
        (f"{HOST}//elsewhere.example/", "/"),
        ("nonsense", "/"),
        ("http://[testserver/work/", "/"),
    ],
)
def test_only_a_page_of_this_register_is_led_back_to(came_from: str, page: str) -> None:
    where = sent(Client(), "/work/accept/", came_from)
    assert where == sign_in_to(page)


@pytest.mark.parametrize(
    "address",
    [
        "/work/accept/", "/measures/amendments/2/decline/", "/reports/12/return/",
        "/measures/7/change/", "/account/people/programme/3/", "/reports/12/write/",
        "/account/password/change/",
    ],
)  # fmt: skip
def test_it_is_so_for_whatever_asks_for_an_account(address: str) -> None:
    assert sent(Client(), address, f"{HOST}/measures/7/") == sign_in_to("/measures/7/")


def test_a_file_has_to_be_chosen_again() -> None:
    world = two_sides()
    report = world.draft()
    client, page = Client(), reverse("reporting:write", args=[report.pk])
    sent(client, page, f"{HOST}{page}", file=SimpleUploadedFile("fair.jpg", b"x"))
    client.force_login(world.reporters["BY"])
    assert f"{TOLD} A file has to be chosen again." in words(client.get(page))


def test_a_fragment_takes_the_whole_page_to_the_sign_in() -> None:
    headers = {"Referer": f"{HOST}/measures/7/", "HX-Request": "true"}
    answer = Client().post("/reports/follow/measure/7/", headers=headers)
    assert answer.headers["HX-Redirect"] == sign_in_to("/measures/7/")
    assert answer.status_code == 200


def test_a_form_sent_from_its_own_answer_leads_to_the_page_above() -> None:
    world = two_sides()
    report = world.submitted("BY")
    client = Client()
    address = reverse("reporting:return", args=[report.pk])
    assert sent(client, address, f"{HOST}{address}") == sign_in_to(address)
    client.force_login(world.verifiers["BY"])
    onward = client.get(address)
    assert (onward.status_code, onward.headers["Location"]) == (302, report.get_absolute_url())
    assert TOLD in words(client.get(report.get_absolute_url()))


def a_strict_client(who: Any) -> Client:
    """Of somebody who signed in anew since they opened the page."""
    client = Client(enforce_csrf_checks=True)
    client.force_login(who)
    client.cookies["csrftoken"] = "n" * 32
    return client


def test_a_page_from_before_the_present_sign_in_is_led_back_to() -> None:
    world = two_sides()
    report = world.submitted("BY")
    client, page = a_strict_client(world.verifiers["BY"]), report.get_absolute_url()
    address = reverse("reporting:return", args=[report.pk])
    old = {"reason": "No list.", "version": report.version, "csrfmiddlewaretoken": "o" * 32}
    assert sent(client, address, f"{HOST}{page}", **old) == page
    assert TOLD in words(client.get(page))
    report.refresh_from_db()
    assert report.stage == Stage.SUBMITTED


def test_what_is_kept_while_one_types_is_refused_without_leaving_the_page() -> None:
    world = two_sides()
    report = world.draft()
    client, page = (
        a_strict_client(world.reporters["BY"]),
        reverse("reporting:save", args=[report.pk]),
    )
    headers = {"Referer": f"{HOST}{page}", "HX-Request": "true"}
    assert client.post(page, {"told": "x"}, headers=headers).status_code == 403
    assert TOLD not in words(client.get(report.get_absolute_url()))


@pytest.mark.parametrize("came_from", ["http://elsewhere.example/work/", f"{HOST}/account/login/"])
def test_what_another_site_sends_is_refused(came_from: str) -> None:
    client = Client(enforce_csrf_checks=True)
    answer = client.post("/account/login/", {"login": "x"}, headers={"Referer": came_from})
    assert answer.status_code == 403
    assert "does not come from a page that was opened here. Nothing was written." in words(answer)


def test_who_only_reads_is_sent_to_the_very_page() -> None:
    answer = Client().get("/work/", headers={"Referer": f"{HOST}/measures/"})
    assert answer.headers["Location"] == sign_in_to("/work/")


def test_an_address_for_forms_alone_says_so_and_where_to_go() -> None:
    world = two_sides()
    report = world.submitted("BY")
    client = Client()
    client.force_login(world.verifiers["BY"])
    answer = client.get(reverse("reporting:return", args=[report.pk]))
    assert (answer.status_code, answer.headers["Allow"]) == (405, "POST")
    text = words(answer)
    assert "It only takes what a form sends. Nothing was changed" in text
    links = answer.content.decode()
    assert f'<a href="{report.get_absolute_url()}">To the page above</a>' in links
    assert '<a href="/">To the overview</a>' in links
    assert Report.objects.get().stage == Stage.SUBMITTED


def test_the_overview_is_named_once_where_nothing_else_is_above() -> None:
    answer = Client().get("/language/")
    assert answer.status_code == 405
    assert "To the page above" not in words(answer)
    assert "To the overview" in words(answer)
