"""Pages that the example leads nowhere to: about what a person has to write first."""

from datetime import date

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, Page

from tests.browser.conftest import open_context, sign_in
from tests.browser.looking import Looking
from tests.browser.test_every_page import ADMINISTRATOR, AXE_AT, BOTH

TODAY = date.today().isoformat()
SAVE = "main form.panel .actions button >> nth=0"


def written(page: Page, address: str, **fields: str) -> None:
    """Fills in a form and sends it; it has to be taken."""
    page.goto(address)
    for name, value in fields.items():
        page.fill(f"main [name={name}]", value)
    page.click(SAVE)
    page.wait_for_url(lambda url: not url.endswith(address))


def led_to(page: Page, ending: str) -> str:
    """Where the first link goes whose address ends so."""
    return str(page.get_attribute(f"main a[href$='{ending}'] >> nth=0", "href"))


@pytest.mark.parametrize("language", AXE_AT)
def test_they_are_accessible_silent_and_fit(browser: Browser, server: str, language: str) -> None:
    context = open_context(browser, server, language)
    page = context.new_page()
    sign_in(page, ADMINISTRATOR)
    looking = Looking(page, BOTH, axe_at=AXE_AT[language])
    for look in (an_amendment, a_contact, a_resident, a_programme, one_s_account):
        look(page, looking)
    context.close()
    assert looking.wrong == []


def an_amendment(page: Page, looking: Looking) -> None:
    page.goto("/agreements/?status=in_force")
    agreement = page.get_attribute("main td a[href^='/agreements/'] >> nth=0", "href")
    written(
        page, f"{agreement}amend/", amendment_title_en="Protocol", signed_on=TODAY,
        in_force_from=TODAY, until="2040-12-31", renewal_months="12", notice_months="3",
    )  # fmt: skip
    removal = led_to(page, "/remove/")
    looking.here()
    looking.at(led_to(page, "/object/"))
    looking.at(reverse("audit:as_of", args=["agreements.agreement", str(agreement).split("/")[2]]))
    looking.at(removal)
    written(page, removal, reason="An example")


def a_contact(page: Page, looking: Looking) -> None:
    written(page, reverse("directory:add_contact", args=[1]), name_en="A. Person")
    page.goto(reverse("directory:detail", args=[1]))
    change = str(page.get_attribute("main a[href*='/contacts/'][href$='/change/']", "href"))
    looking.at(change)
    removal = led_to(page, "/remove/")
    looking.at(removal)
    written(page, removal)


def a_resident(page: Page, looking: Looking) -> None:
    written(page, reverse("directory:add_resident", args=[1]), resident="№ 1")
    end = led_to(page, "/end/")
    looking.at(end)
    written(page, end, until="2020-01-01")


def a_programme(page: Page, looking: Looking) -> None:
    page.goto("/programmes/add/")
    page.fill("main [name=title_en]", "Plan")
    page.select_option("main select[name=language]", "en")
    page.click(SAVE)
    page.wait_for_url("**/programmes/*/")
    removal = led_to(page, "/remove/")
    looking.at(removal)
    written(page, removal, reason="An example")


def one_s_account(page: Page, looking: Looking) -> None:
    for address in ("/search/?q=соглашениями", reverse("account_email")):
        looking.at(address)
