"""Whoever is refused stands at once in the field that is to be mended."""

from playwright.sync_api import Page, expect

from tests.browser.conftest import sign_in


def test_done_without_a_day_leads_to_the_day(page: Page) -> None:
    sign_in(page, "reporter@example.org")
    page.goto("/work/")
    page.locator("li", has_text="returned").locator("a[href$='/write/']").first.click()
    page.wait_for_url("**/write/")
    page.check("[name=outcome][value=done]")
    page.fill("[name=done_on]", "")
    page.get_by_role("button", name="Submit", exact=True).click()
    day = page.locator("[name=done_on]")
    expect(day).to_be_focused()
    expect(day).to_have_attribute("aria-invalid", "true")
    expect(page.locator("#id_done_on_error")).to_have_text("Say on which day it was done.")
