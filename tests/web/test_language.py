import pytest
from django.test import Client

from comity.accounts.models import User
from tests.factories import a_coordinator, a_person, a_programme

pytestmark = pytest.mark.django_db


def choose(client: Client, language: str, target: str = "/forum/") -> str:
    response = client.post("/language/", {"language": language, "next": target})
    return response.headers["Location"]


def test_the_chosen_language_is_remembered(client: Client) -> None:
    assert choose(client, "be") == "/forum/"
    response = client.get("/forum/")
    assert response.headers["Content-Language"] == "be"
    assert '<html lang="be"' in response.content.decode()


def test_it_is_kept_with_the_account(client: Client) -> None:
    person = a_person()
    client.force_login(person)
    choose(client, "ru")
    assert User.objects.get(pk=person.pk).language == "ru"


@pytest.mark.parametrize("language", ["de", "", "../be"])
def test_another_language_changes_nothing(client: Client, language: str) -> None:
    choose(client, language)
    assert client.get("/forum/").headers["Content-Language"] == "en"


@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example/", "javascript:x", ""])
def test_it_never_leads_elsewhere(client: Client, target: str) -> None:
    assert choose(client, "be", target) == "/"


def test_the_browser_is_heard_before_anything_was_chosen(client: Client) -> None:
    response = client.get("/forum/", headers={"accept-language": "ru,en;q=0.5"})
    assert response.headers["Content-Language"] == "ru"


def test_switching_needs_a_form(client: Client) -> None:
    assert client.get("/language/").status_code == 405
    assert (
        Client(enforce_csrf_checks=True).post("/language/", {"language": "be"}).status_code == 403
    )


def test_a_page_that_answers_to_a_form_leads_back_to_the_form(client: Client) -> None:
    """Where nothing but forms are taken, switching the language would find no page."""
    programme = a_programme(visibility="public")
    client.force_login(a_coordinator())
    form = f"/reports/periods/of-programme/{programme.pk}/?x=1"
    answer = client.post(
        f"/reports/periods/of-programme/{programme.pk}/open/",
        {},
        headers={"Referer": f"http://testserver{form}"},
    )
    assert answer.status_code == 200
    assert f'name="next" value="{form}"' in answer.content.decode()
    elsewhere = client.post(
        "/account/login/", {}, headers={"Referer": "https://elsewhere.example/x/"}
    )
    assert "elsewhere" not in elsewhere.content.decode()
