import re

from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import open_context, sign_in


def test_the_first_page_says_what_it_is(page: Page) -> None:
    page.goto("/")
    expect(page.locator("h1")).to_have_text(
        re.compile(r"^\d+ agreements join \d+ territories of \d+ countries\.$")
    )
    expect(page.locator("svg.map .arc").first).to_be_attached()
    arcs, points = page.locator("svg.map .arc").count(), page.locator("svg.map .pt").count()
    page.locator("details summary", has_text="As a table").click()
    expect(page.locator("#map table tbody tr")).to_have_count(arcs)
    assert points > 10


def test_the_map_follows_its_filters_without_a_new_page(page: Page) -> None:
    page.goto("/")
    page.select_option("[name=territory]", label="— Republic of Tatarstan")
    expect(page).to_have_url(re.compile(r"/\?field=&territory=RU-TA&year=$"))
    page.locator("#map details summary").click()
    rows = page.locator("#map table tbody tr")
    expect(rows.first).to_be_visible()
    for row in rows.all_inner_texts():
        assert "Republic of Tatarstan" in row


def test_the_language_is_switched_and_remembered(page: Page) -> None:
    page.goto("/forum/")
    page.get_by_role("button", name="Бел").click()
    expect(page.locator("html")).to_have_attribute("lang", "be")
    assert page.url.endswith("/forum/")
    page.goto("/")
    expect(page.locator("html")).to_have_attribute("lang", "be")


def test_signing_in_and_out(page: Page) -> None:
    sign_in(page)
    expect(page.locator("details.account summary")).to_have_text("A. Coordinator")
    page.locator("details.account summary").click()
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("link", name="Sign in", exact=True)).to_be_visible()


def test_the_keyboard_alone_is_enough(page: Page) -> None:
    sign_in(page)
    page.goto("/agreements/")
    page.keyboard.press("Tab")
    expect(page.locator("a.skip")).to_be_focused()
    expect(page.locator("a.skip")).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.locator("main form [name=q]")).to_be_focused()
    menu = page.locator("details.account summary")
    menu.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="My account")).to_be_focused()
    page.keyboard.press("Escape")
    expect(menu).to_be_focused()
    expect(page.get_by_role("link", name="My account")).to_be_hidden()


def test_everything_works_without_javascript(browser: Browser, server: str) -> None:
    context = browser.new_context(base_url=server, java_script_enabled=False, locale="en-GB")
    page = context.new_page()
    page.goto("/?territory=RU-TA")
    assert "Republic of Tatarstan" in page.locator("#map").inner_text()
    page.fill("[name=q]", "соглашениями")
    page.press("[name=q]", "Enter")
    assert page.locator("main mark").count() > 0
    context.close()
    open_context(browser, server).close()
