import re

import pytest
from django.core.cache import cache
from django.test import Client

from comity.accounts.models import User, WholeGrant
from comity.post.models import Mail
from comity.post.sending import send_due
from tests.factories import a_coordinator, a_person

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _forget_rate_limits() -> None:
    cache.clear()


def sign_in(client: Client, email: str, password: str = "pass") -> str:
    response = client.post("/account/login/", {"login": email, "password": password})
    return response.headers.get("Location", response.content.decode())


def test_signing_in_leads_to_my_work(client: Client) -> None:
    person = a_person()
    assert sign_in(client, person.email.upper()) == "/work/"
    assert client.session["_auth_user_id"] == str(person.pk)


def test_a_wrong_password_is_refused(client: Client) -> None:
    assert "not correct" in sign_in(client, a_person().email, "wrong")
    assert "_auth_user_id" not in client.session


def test_guessing_is_slowed_down(client: Client) -> None:
    email = a_person().email
    for _attempt in range(5):
        sign_in(client, email, "wrong")
    assert "Too many failed login attempts" in sign_in(client, email)
    assert "_auth_user_id" not in client.session


def test_nobody_signs_up_by_themselves(client: Client) -> None:
    client.post(
        "/account/signup/",
        {"email": "x@example.org", "password1": "long-enough-1", "password2": "long-enough-1"},
    )
    assert User.objects.filter(email="x@example.org").count() == 0


def test_the_profile_shows_the_roles(client: Client) -> None:
    coordinator = a_coordinator()
    client.force_login(coordinator)
    page = client.get("/account/profile/").content.decode()
    assert "coordinator, the whole register" in page
    WholeGrant.objects.all().delete()
    assert "None yet" in client.get("/account/profile/").content.decode()


def test_the_profile_asks_to_sign_in(client: Client) -> None:
    response = client.get("/account/profile/")
    assert response.headers["Location"] == "/account/login/?next=/account/profile/"


@pytest.mark.parametrize("page", ["/account/login/", "/account/password/reset/", "/account/2fa/"])
def test_the_pages_of_the_account_are_in_our_frame(client: Client, page: str) -> None:
    if "2fa" in page:
        client.force_login(a_person())
    content = client.get(page).content.decode()
    assert content.count("<h1") == 1
    assert 'href="/static/comity/comity.css"' in content


@pytest.mark.parametrize(
    ("language", "subject"), [("be", "Новы пароль для Comity"), ("en", "A new password for Comity")]
)
def test_the_letter_for_a_new_password_waits_in_the_post(
    client: Client, mailoutbox: list[object], language: str, subject: str
) -> None:
    person = a_person(language=language)
    client.post("/account/password/reset/", {"email": person.email})
    letter = Mail.objects.get()
    assert (letter.to, letter.subject, letter.language) == (person.email, subject, language)
    assert (letter.kind, letter.private, mailoutbox) == ("account", True, [])
    (address,) = re.findall(r"http://testserver(/account/password/reset/key/\S+)", letter.body)
    page = client.get(address, follow=True)
    assert 'name="password1"' in page.content.decode()
    send_due()
    letter.refresh_from_db()
    assert (letter.state, letter.body, len(mailoutbox)) == ("sent", "", 1)


def test_an_address_without_an_account_is_told_so(client: Client) -> None:
    client.post("/account/password/reset/", {"email": "Nobody@Example.org"})
    letter = Mail.objects.get()
    assert letter.to == "nobody@example.org"
    assert "No account has this address." in letter.body
    assert "signup" not in letter.body
