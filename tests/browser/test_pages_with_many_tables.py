"""Pages that show one table for each of several things: all of them can be told apart."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.browser.conftest import sign_in


def violations(page: Page) -> list[str]:
    return [found["id"] for found in Axe().run(page).response["violations"]]


def amend(page: Page, title: str, field: str) -> None:
    page.goto("/agreements/1/amend/")
    page.fill("[name=amendment_title_en]", title)
    page.fill("[name=signed_on]", "2026-03-01")
    page.fill("[name=in_force_from]", "2026-04-01")
    page.check(f"[name=fields_of_cooperation][value={field}]")
    page.locator("main form button").last.click()
    page.wait_for_url("**/agreements/1/")


def test_amendments_and_their_history(page: Page) -> None:
    sign_in(page, "coordinator@example.org")
    amend(page, "First", "trade")
    amend(page, "Second", "culture")
    assert page.locator("section th:text-is('Fields added')").count() == 2
    assert violations(page) == []
    page.goto("/history/agreements.agreement/1/")
    assert page.locator("article").count() > 5
    assert violations(page) == []
