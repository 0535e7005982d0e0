"""My work where nothing is there yet: where to begin, and what a person's roles bring to it."""

from collections.abc import Callable
from re import findall

import pytest
from django.test import Client

from comity.accounts.models import Role, User
from comity.web.expecting import finds_it_empty, what_comes_to
from tests.factories import a_person, a_programme, a_region, an_agreement, an_organisation, somebody
from tests.reporting.pages import signed_in, words

pytestmark = pytest.mark.django_db

OWED = "Reports that you owe, from two months before their day."
WAITING = "Reports that were submitted and wait for your decision."
LOOKING = "You look on: no reports are asked of you."
FOLLOWED = "What you follow: there is a button on the page of each programme and measure."
STEPS = ["/territories/", "/agreements/add/", "/intake/"]


def steps(client: Client) -> list[str]:
    """Where the steps of an empty register lead from My work."""
    page = client.get("/work/").content.decode()
    return findall(r'href="([^"]+)"', page.partition("Where to begin")[2].partition("</ol>")[0])


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.COORDINATOR])
def test_who_may_fill_an_empty_register_is_told_where_to_begin_after_signing_in(
    role: Role,
) -> None:
    client = signed_in(somebody(role))
    assert steps(client) == STEPS
    assert "The register is empty so far." in words(client.get("/work/"))
    an_agreement(a_region("BY-HO"), a_region("RU-BRY"))
    assert steps(client) == []
    assert "Nothing waits for you today." in words(client.get("/work/"))


@pytest.mark.parametrize("role", [Role.OBSERVER, Role.VERIFIER, Role.AUDITOR, Role.REPORTER])
def test_others_are_not_shown_steps_that_they_cannot_take(role: Role) -> None:
    person = somebody(role)
    assert finds_it_empty(person) is False
    assert steps(signed_in(person)) == []


def in_the_whole(role: Role) -> User:
    return somebody(role)


def in_a_plant(role: Role) -> User:
    return somebody(role, an_organisation("Plant", kind="enterprise"))


def in_an_authority(role: Role) -> User:
    return somebody(role, an_organisation("Office"))


def in_a_programme(role: Role) -> User:
    return somebody(role, a_programme())


@pytest.mark.parametrize(
    ("somewhere", "role", "told"),
    [
        (in_the_whole, Role.OBSERVER, [LOOKING]),
        (
            in_the_whole, Role.AUDITOR,
            ["You read everything and change nothing: no reports are asked of you."],
        ),
        (
            in_the_whole, Role.REPORTER,
            ["You may report for any body, from the page of its measure."],
        ),
        (in_the_whole, Role.COORDINATOR, [WAITING]),
        (in_a_plant, Role.REPORTER, [OWED]),
        (in_a_plant, Role.COORDINATOR, [OWED]),
        (in_a_plant, Role.OBSERVER, [LOOKING]),
        (in_an_authority, Role.VERIFIER, [WAITING]),
        (in_an_authority, Role.COORDINATOR, [OWED, WAITING]),
        (in_a_programme, Role.REPORTER, [OWED]),
        (in_a_programme, Role.VERIFIER, [WAITING]),
    ],
)  # fmt: skip
def test_my_work_tells_what_the_roles_of_a_person_bring(
    somewhere: Callable[[Role], User], role: Role, told: list[str]
) -> None:
    person = somewhere(role)
    assert what_comes_to(person) == [*told, FOLLOWED]
    shown = words(signed_in(person).get("/work/"))
    assert [one for one in (OWED, WAITING, LOOKING) if one in shown] == [
        one for one in (OWED, WAITING, LOOKING) if one in told
    ]


def test_who_has_no_role_is_told_whom_to_ask() -> None:
    assert what_comes_to(a_person()) == [
        "You have no role yet. Ask whoever looks after the people of your organisation."
    ]


@pytest.mark.parametrize("page", ["/programmes/", "/portfolio/"])
def test_empty_lists_of_programmes_lead_to_what_fills_them(client: Client, page: str) -> None:
    def led(by: Client) -> list[str]:
        text = by.get(page).content.decode().partition("A programme comes in from")[2]
        return findall(r'<a href="([^"]+)"', text.partition("</p>")[0])

    assert led(client) == []
    assert led(signed_in(somebody(Role.OBSERVER))) == []
    assert led(signed_in(somebody(Role.COORDINATOR))) == ["/intake/", "/programmes/add/"]
