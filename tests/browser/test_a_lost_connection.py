"""A report that is written while the connection is lost loses nothing, and says so."""

import re

from playwright.sync_api import APIResponse, Browser, Page, Route, expect

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


def open_a_report(page: Page) -> None:
    """One of which all is open."""
    sign_in(page, "reporter@example.org")
    page.goto("/work/")
    page.locator("li", has_text="returned").locator("a[href$='/write/']").first.click()
    page.wait_for_url("**/write/")


def test_a_report_that_is_pressed_to_go_without_a_connection_stays_with_its_file(
    browser: Browser, server: str
) -> None:
    context = open_context(browser, server)
    page = context.new_page()
    open_a_report(page)
    address, told = page.url, page.locator("form [role=alert]")
    chosen = {"name": "list.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4"}
    page.set_input_files("[name=file]", files=[chosen])
    page.fill("[name=caption]", "The list of firms")
    page.fill("[name=told]", "Written in a tunnel.")
    context.set_offline(True)
    for button in ("Add it", "Submit"):
        page.get_by_role("button", name=button, exact=True).click()
        expect(told).to_have_text("Not sent: there is no connection. Press again when it is back.")
        assert page.url == address
    assert page.eval_on_selector("[name=file]", "field => field.files[0].name") == "list.pdf"
    context.set_offline(False)
    page.reload()
    assert page.input_value("[name=told]") == "Written in a tunnel."
    assert page.input_value("[name=caption]") == "The list of firms"
    assert page.evaluate("sessionStorage.getItem('sent')") is None
    context.close()


def test_a_server_that_does_not_answer_is_noticed_and_pressing_again_sends(
    browser: Browser, server: str
) -> None:
    context = open_context(browser, server)
    page = context.new_page()
    open_a_report(page)
    context.add_cookies([{"name": "comity_language", "value": "ru", "url": server}])
    page.reload()
    page.fill("[name=link]", "https://example.org/list")
    context.route("**/healthz/", lambda route: route.abort())
    add = page.locator("button[value=add]")
    add.click()
    expect(page.locator("form [role=alert]")).to_have_text(
        "Не отправлено: нет связи. Нажмите ещё раз, когда она восстановится."
    )
    context.unroute("**/healthz/")
    add.click()
    expect(page.locator("ul.evidence")).to_contain_text("example.org")
    expect(page.locator(".notice.success")).to_have_text(re.compile("чернов"))
    assert page.input_value("[name=link]") == ""
    context.close()


def test_a_page_whose_answer_got_lost_goes_on_without_accusing_anybody(
    browser: Browser, server: str
) -> None:
    """The server keeps the words, but the page never hears of it; then a gateway fails."""
    context = open_context(browser, server)
    page = context.new_page()
    open_a_report(page)
    saved, told = page.locator("#saved"), page.locator("[name=told]")

    def lose(route: Route) -> None:
        route.fetch()
        route.abort()

    context.route("**/save/", lose, times=1)
    told.fill("The first half.")
    expect(saved).to_contain_text("There is no connection.", timeout=10_000)
    expect(saved).to_contain_text("Kept as a draft at", timeout=20_000)
    context.route("**/save/", lambda route: route.fulfill(status=502), times=1)
    told.fill("The first half. The second half.")
    expect(saved).to_contain_text("There is no connection.", timeout=10_000)
    expect(saved).to_contain_text("Kept as a draft at", timeout=20_000)
    page.reload()
    assert told.input_value() == "The first half. The second half."
    context.close()


def test_what_is_typed_while_an_answer_is_on_its_way_stays_in_the_browser(
    browser: Browser, server: str
) -> None:
    context = open_context(browser, server)
    page = context.new_page()
    open_a_report(page)
    told, held = page.locator("[name=told]"), list[tuple[Route, APIResponse]]()
    context.route("**/save/", lambda route: held.append((route, route.fetch())), times=1)
    told.fill("Before the answer.")
    for _tenth_of_a_second in range(100):
        if held:
            break
        page.wait_for_timeout(100)
    route, answer = held[0]
    told.fill("Before the answer. After it.")
    context.set_offline(True)
    route.fulfill(response=answer)
    expect(page.locator("#saved")).to_contain_text("There is no connection.", timeout=10_000)
    context.set_offline(False)
    other = context.new_page()
    other.goto(page.url)
    assert other.input_value("[name=told]") == "Before the answer. After it."
    context.close()
