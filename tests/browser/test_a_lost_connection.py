"""A report that is written while the connection is lost loses nothing, and says so."""

from playwright.sync_api import Browser, expect

from tests.browser.conftest import open_context, sign_in


def test_what_is_typed_without_a_connection_goes_to_the_server_once_there_is_one(
    browser: Browser, server: str
) -> None:
    context = open_context(browser, server)
    page = context.new_page()
    sign_in(page, "reporter@example.org")
    page.goto("/work/")
    page.click("a[href^='/reports/'][href$='/write/'] >> nth=0")
    page.wait_for_url("**/write/")
    saved, told = page.locator("#saved"), page.locator("[name=told]")
    context.set_offline(True)
    told.fill("Written on a train.")
    expect(saved).to_contain_text("There is no connection.", timeout=10_000)
    context.set_offline(False)
    expect(saved).to_contain_text("Kept as a draft at", timeout=20_000)
    page.reload()
    assert told.input_value() == "Written on a train."
    context.close()
