"""A number typed with a decimal comma is kept as that number, whatever the browser's language."""

from playwright.sync_api import Browser, expect

from tests.browser.conftest import open_context, sign_in


def test_a_sum_with_a_decimal_comma_is_kept_as_it_was_typed(browser: Browser, server: str) -> None:
    context = open_context(browser, server)
    page = context.new_page()
    sign_in(page, "reporter@example.org")
    page.goto("/work/")
    # not one of which the words alone are open
    page.locator("li", has_text="returned").locator("a[href$='/write/']").first.click()
    page.wait_for_url("**/write/")
    money = page.locator("[name=spent_amount]")
    if not money.is_visible():
        page.click("form.report-form details summary")
    money.fill("")
    money.press_sequentially("12500,50")
    page.locator("[name=spent_currency]").fill("BYN")
    expect(page.locator("#saved")).to_contain_text(
        "Money spent: 12,500.50\u00a0BYN", timeout=10_000
    )
    page.reload()
    assert money.input_value() == "12500.50"
    context.add_cookies([{"name": "comity_language", "value": "ru", "url": server}])
    page.reload()
    assert money.input_value() == "12\u00a0500,50"
    context.close()
