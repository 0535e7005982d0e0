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


def place(page: Page, selector: str) -> dict[str, float]:
    box = page.locator(selector).first.bounding_box()
    assert box is not None
    return dict(box)


def test_the_menu_of_the_account_opens_without_moving_the_name(page: Page) -> None:
    sign_in(page)
    name, link, leave = "details.account summary", ".account ul a", ".account ul button"
    closed = place(page, name)
    page.locator(name).click()
    assert place(page, name) == closed
    assert place(page, leave)["x"] == place(page, link)["x"]
    sizes = [page.locator(one).first.evaluate(SIZE) for one in (leave, link)]
    assert sizes[0] == sizes[1]


SIZE = "element => getComputedStyle(element).fontSize"
RING = "element => getComputedStyle(element).outline"


def test_what_folds_shows_its_focus_as_links_do(page: Page) -> None:
    sign_in(page)
    page.goto("/")
    rings = []
    for selector in ("a.brand", "details.account summary", "#map details summary"):
        page.keyboard.press("Tab")  # the keyboard is in use
        page.locator(selector).focus()
        rings.append(page.locator(selector).evaluate(RING))
    assert rings == ["rgb(224, 161, 0) solid 3px"] * 3


def test_the_name_of_whoever_is_signed_in_is_whole_on_a_narrow_page(
    browser: Browser, server: str
) -> None:
    context = open_context(browser, server, width=390)
    page = context.new_page()
    sign_in(page, "reporter@example.org")
    summary = page.locator("details.account summary")
    inside = summary.evaluate("one => [one.scrollWidth <= one.clientWidth, one.textContent]")
    assert inside == [True, "В. Справаздачнік"]
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    context.close()


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
