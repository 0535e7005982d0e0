"""What was typed into a form that came after the sign-in had expired is there again afterwards."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import open_context, sign_in

COORDINATOR = "coordinator@example.org"
TOLD = "Your sign-in had expired before this was sent, so nothing was written."


@pytest.fixture
def reader(browser: Browser, server: str) -> Iterator[Page]:
    context = open_context(browser, server)
    page = context.new_page()
    sign_in(page, COORDINATOR)
    yield page
    context.close()


def expire(page: Page) -> None:
    page.context.clear_cookies(name="sessionid")


def sign_in_here(page: Page, email: str = COORDINATOR) -> None:
    """On the page of the sign-in to which a form led."""
    page.wait_for_url(lambda url: "/account/login/?next=" in url)
    page.fill("[name=login]", email)
    page.fill("[name=password]", "example")
    page.click("form.narrow button[type=submit] >> nth=0")
    page.wait_for_url(lambda url: "/account/login/" not in url)


def kept(page: Page) -> str | None:
    answer: str | None = page.evaluate("sessionStorage.getItem('sent')")
    return answer


def open_a_waiting_report(page: Page) -> None:
    """One that the person may decide about."""
    page.goto("/work/")
    page.click("#waiting a[href^='/reports/'] >> nth=0")
    page.wait_for_url("**/reports/*/")


def test_a_reason_is_there_again_and_nothing_was_written(reader: Page) -> None:
    open_a_waiting_report(reader)
    address = reader.url
    reader.fill("[name=reason]", "The list of firms is missing.")
    expire(reader)
    reader.click("text=Return with the reason")
    sign_in_here(reader)
    assert reader.url == address
    expect(reader.locator(".notice.error")).to_contain_text(TOLD)
    assert reader.input_value("[name=reason]") == "The list of firms is missing."
    assert kept(reader) is None
    reader.reload()
    expect(reader.locator(".notice.error")).to_have_count(0)
    assert reader.input_value("[name=reason]") == ""


def test_a_long_form_is_there_again_as_it_was_sent(reader: Page) -> None:
    reader.goto("/measures/")
    measure = reader.get_attribute("main td a[href^='/measures/'] >> nth=0", "href")
    reader.goto(f"{measure}change/")
    before = _typed(reader)
    reader.locator("main textarea:visible").first.fill("Typed for a long time.")
    reader.check("main [name=is_correction]")
    reader.select_option("main [name=bodies-1-country]", "RU")
    reader.fill("main [name=reason]", "A slip of the pen.")
    typed = _typed(reader)
    assert typed != before
    expire(reader)
    reader.click("main form:has([name=reason]) button >> nth=-1")
    sign_in_here(reader)
    expect(reader.locator(".notice.error")).to_contain_text(TOLD)
    assert _typed(reader) == typed


def test_what_the_record_no_longer_stands_for_is_only_shown(reader: Page) -> None:
    open_a_waiting_report(reader)
    reader.fill("[name=reason]", "Of an older version.")
    form = "form[action$='/return/']"
    reader.eval_on_selector(f"{form} [name=version]", "field => { field.value = '0' }")
    expire(reader)
    reader.click("text=Return with the reason")
    sign_in_here(reader)
    assert reader.input_value("[name=reason]") == ""
    expect(reader.locator(".notice.error blockquote")).to_have_text("Of an older version.")
    expect(reader.locator(".notice.error")).to_contain_text("This was typed, and the page has")
    assert reader.input_value(f"{form} [name=version]") != "0"


def test_an_invitation_is_there_again(browser: Browser, server: str) -> None:
    administrator = "administrator@example.org"
    context = open_context(browser, server)
    page = context.new_page()
    sign_in(page, administrator)
    page.goto("/account/people/whole/0/")
    page.fill("main [name=email]", "somebody@example.org")
    page.select_option("main form.panel [name=role]", "auditor")
    expire(page)
    page.click("text=Send the invitation")
    sign_in_here(page, administrator)
    assert page.input_value("main [name=email]") == "somebody@example.org"
    assert page.input_value("main form.panel [name=role]") == "auditor"
    context.close()


def test_nobody_else_is_shown_what_was_typed(reader: Page) -> None:
    open_a_waiting_report(reader)
    reader.fill("[name=reason]", "For my eyes.")
    expire(reader)
    reader.click("text=Return with the reason")
    sign_in_here(reader, "administrator@example.org")
    assert "For my eyes." not in reader.content()
    assert kept(reader) is None


def _typed(page: Page) -> list[list[object]]:
    fields: list[list[object]] = page.eval_on_selector_all(
        "main form[method=post] :is(input:not([type=hidden]), select, textarea)",
        "all => all.map(field => [field.name, field.value, field.checked ?? null])",
    )
    return fields
