from re import findall

import pytest
from django.test import Client

from comity.accounts.models import Role
from tests.factories import a_coordinator, a_person, somebody

pytestmark = pytest.mark.django_db

POLICY = {
    "default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self' data:",
    "font-src 'self'", "connect-src 'self'", "form-action 'self'", "frame-ancestors 'none'",
    "base-uri 'none'", "manifest-src 'self'",
}  # fmt: skip


def test_every_page_carries_the_strict_policy(client: Client) -> None:
    headers = client.get("/about/figures/").headers
    assert set(headers["Content-Security-Policy"].split("; ")) == POLICY
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "same-origin"


@pytest.mark.parametrize("page", ["/about/figures/", "/about/accessibility/"])
def test_a_standing_page_has_one_heading(client: Client, page: str) -> None:
    assert client.get(page).content.decode().count("<h1>") == 1


def test_the_health_page_answers(client: Client) -> None:
    response = client.get("/healthz/")
    assert (response.status_code, response.content) == (200, b"ok\n")


def test_an_unknown_address_says_what_to_do(client: Client) -> None:
    response = client.get("/nothing-here/")
    assert response.status_code == 404
    assert "There is no such page" in response.content.decode()


def test_bringing_in_stands_in_the_navigation_of_those_who_may(client: Client) -> None:
    def entries() -> list[str]:
        return [place.label for place in client.get("/forum/").context["navigation"]()]

    assert "Bring in" not in entries()
    client.force_login(a_coordinator())
    assert entries()[-1] == "Bring in"


@pytest.mark.parametrize(
    ("page", "leads_to"),
    [
        ("/", "/account/login/"),
        ("/forum/", "/account/login/?next=/forum/"),
        ("/?field=tourism", "/account/login/?next=/%3Ffield%3Dtourism"),
    ],
)
def test_signing_in_leads_back_to_the_page_and_from_the_first_one_to_my_work(
    client: Client, page: str, leads_to: str
) -> None:
    links = findall(r'href="(/account/login/[^"]*)"', client.get(page).content.decode())
    assert links == [leads_to]


def test_the_styleguide_is_for_those_who_run_comity(client: Client) -> None:
    assert client.get("/styleguide/").status_code == 302
    client.force_login(a_person())
    refused = client.get("/styleguide/")
    assert refused.status_code == 403
    assert "The styleguide is for the staff of this register." in refused.content.decode()
    administrator = somebody(Role.ADMINISTRATOR)
    administrator.is_staff = True
    administrator.save()
    client.force_login(administrator)
    page = client.get("/styleguide/").content.decode()
    assert "<h1>Styleguide</h1>" in page
    assert "This field is required." in page
    part = client.get("/styleguide/?part=1", headers={"hx-request": "true"}).content.decode()
    assert part.startswith('<ul class="list">')


def test_a_failure_is_told_without_a_traceback(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_args: object) -> None:
        raise RuntimeError("secret detail")

    monkeypatch.setattr("comity.web.views.picture", broken)
    client.raise_request_exception = False
    response = client.get("/")
    assert response.status_code == 500
    assert "Something went wrong on our side" in response.content.decode()
    assert "secret detail" not in response.content.decode()


def test_a_refused_form_says_so() -> None:
    response = Client(enforce_csrf_checks=True).post("/account/login/", {"login": "x"})
    assert response.status_code == 403
