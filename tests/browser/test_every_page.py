"""Every page, as the public and signed in: no violation, no complaint, nothing too wide."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.conftest import open_context, sign_in
from tests.browser.looking import Looking

WIDE, NARROW = (1440,), (390,)
BOTH = WIDE + NARROW
#: In which widths accessibility is looked at in each language; both times two would take long.
AXE_AT = {"en": BOTH, "be": NARROW, "ru": WIDE}
#: Reports of the example by their numbers: one returned, two re-opened, one that waits, one of a
#: day that was given up.
REPORTS = {
    "reporter": (
        "/work/", "/reports/16/", "/reports/16/write/", "/reports/12/write/", "/reports/4/write/",
        "/work/calendar/", "/reports/of-measure/23/",
    ),
    "verifier": ("/work/", "/reports/14/", "/reports/2/"),
}  # fmt: skip
#: An administrator sees all that a coordinator sees, and the pages about people and looks.
ADMINISTRATOR = "administrator@example.org"
NEW = """№;Мероприятие;Срок;Исполнители
1;Провести выставку товаров;весна 2027 г.;Минпром, Правительство Сахалинской области
2;Подготовить доклад {language};по мере необходимости;стороны
"""


def test_every_page_of_an_administrator_is_accessible_silent_and_fits(
    browser: Browser, server: str
) -> None:
    context = open_context(browser, server)
    page = context.new_page()
    sign_in(page, ADMINISTRATOR)
    looking = Looking(page, BOTH)
    kinds = looking.everywhere()
    context.close()
    assert {"styleguide", "accounts:people", "agreements:add", "intake:list"} <= set(kinds)
    letters = {f"reminders:{page}" for page in ("mails", "mail", "mine", "ladder", "planned")}
    assert letters <= set(kinds)
    assert looking.wrong == []


@pytest.mark.parametrize("language", ["be", "ru"])
def test_every_page_of_an_administrator_in_the_other_languages(
    browser: Browser, server: str, language: str
) -> None:
    context = open_context(browser, server, language)
    page = context.new_page()
    sign_in(page, ADMINISTRATOR)
    looking = Looking(page, BOTH, axe_at=AXE_AT[language])
    kinds = looking.everywhere()
    assert page.get_attribute("html", "lang") == language
    context.clear_cookies(name="sessionid")
    for_strangers = looking.everywhere("/account/login/", besides=kinds)
    context.close()
    assert "account_login" in for_strangers
    assert "account_reset_password" in {*kinds, *for_strangers}
    assert looking.wrong == []


def test_every_public_page_is_accessible_silent_and_fits(browser: Browser, server: str) -> None:
    context = open_context(browser, server)
    looking = Looking(context.new_page(), BOTH)
    kinds = looking.everywhere()
    looking.at("/nowhere/", 404)
    looking.at("/search/?q=соглашениями")
    looking.at("/search/?q=qwxz")
    context.close()
    assert len(kinds) > 25
    assert looking.wrong == []


@pytest.mark.parametrize("language", AXE_AT)
def test_the_pages_of_those_who_report_and_verify(
    browser: Browser, server: str, language: str
) -> None:
    context = open_context(browser, server, language)
    page = context.new_page()
    for who in ("reporter", "verifier"):
        sign_in(page, f"{who}@example.org")
        looking = Looking(page, BOTH, axe_at=AXE_AT[language])
        for path in REPORTS[who]:
            looking.at(path)
        assert looking.wrong == []
        page.click("details.account summary")
        page.click("details.account button")
    context.close()


@pytest.mark.parametrize("language", AXE_AT)
def test_every_step_of_an_import(
    browser: Browser, server: str, tmp_path: Path, language: str
) -> None:
    file = tmp_path / f"новая программа {language}.csv"
    file.write_text(NEW.format(language=language), "utf-8")
    context = open_context(browser, server, language)
    page = context.new_page()
    sign_in(page)
    looking = Looking(page, BOTH, axe_at=AXE_AT[language])
    looking.at("/intake/")
    page.set_input_files("input[type=file]", file)
    page.click("form[data-drop] button")
    page.wait_for_url("**/columns/")
    draft = page.url.removesuffix("columns/")
    for step in ("columns", "check", "bodies", "target", "drop"):
        looking.at(f"{draft}{step}/")
    page.goto(f"{draft}bodies/")
    for way in ("choose", "create"):
        looking.at(str(page.get_attribute(f"a[href$='/{way}/'] >> nth=0", "href")))
        page.goto(f"{draft}bodies/")
    page.goto(f"{draft}target/")
    page.fill("[name=title_ru]", "Новая программа")
    page.click("form:has([name=title_ru]) .actions button")
    page.wait_for_url("**/commit/")
    looking.here()
    page.click("main form button")
    page.wait_for_url("**/programmes/*/")
    looking.here()
    looking.at(f"{draft}undo/")
    page.fill("[name=reason]", "an example")
    page.click("main form.panel button")
    page.wait_for_url(draft)
    looking.here()
    context.close()
    assert looking.wrong == []


@pytest.mark.parametrize("language", AXE_AT)
def test_what_a_form_says_when_something_is_wrong(
    browser: Browser, server: str, language: str
) -> None:
    context = open_context(browser, server, language)
    page, other = context.new_page(), context.new_page()
    sign_in(page, ADMINISTRATOR)
    looking = Looking(page, BOTH, axe_at=AXE_AT[language])
    for form in ("/organisations/add/", "/agreements/add/", "/programmes/add/"):
        page.goto(form)
        page.eval_on_selector("main form", "form => { form.noValidate = true; form.submit(); }")
        page.wait_for_selector(".problem, .problems")
        looking.here()
    page.goto("/organisations/1/change/")
    other.goto("/organisations/1/change/")
    for tab, address in ((other, "https://example.org/"), (page, "https://example.com/")):
        tab.fill("[name=website]", address)
        tab.click("main form.panel .actions button")
        tab.wait_for_load_state()
    page.wait_for_selector(".doubt[role=alert]")
    looking.here()
    context.close()
    assert looking.wrong == []


@pytest.mark.parametrize("language", AXE_AT)
def test_what_is_not_open_says_who_may(browser: Browser, server: str, language: str) -> None:
    context = open_context(browser, server, language)
    page = context.new_page()
    sign_in(page, "observer@example.org")
    looking = Looking(page, BOTH, axe_at=AXE_AT[language])
    looking.at("/agreements/add/", 403)
    looking.at("/styleguide/", 403)
    context.close()
    assert looking.wrong == []
