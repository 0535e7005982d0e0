"""Every page, as the public and as a coordinator: no violation, no complaint, nothing too wide."""

import json
from collections import Counter
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import Resolver404, resolve
from playwright.sync_api import Browser, ConsoleMessage, Page

from tests.browser.conftest import open_context, sign_in

#: So many pages of each kind are looked at.
OF_EACH_KIND = 1
#: Addresses that give files, or that end the session.
NOT_PAGES = {
    "account_logout",
    "agreements:document",
    "intake:file",
    "mfa_download_recovery_codes",
    "programmes:csv",
    "programmes:excel",
}


def kind_of(path: str) -> str | None:
    """The name of the view behind an address; None if it is no page of ours."""
    try:
        name = resolve(path).view_name
    except Resolver404:
        return None
    return None if name in NOT_PAGES else name


def pages_from(page: Page, start: str) -> list[str]:
    """Addresses reachable by links, a few of each kind."""
    found, waiting, kinds = [], [start], Counter[str]()
    seen = {start}
    while waiting:
        address = waiting.pop(0)
        kind = kind_of(urlsplit(address).path)
        if kind is None or kinds[kind] >= OF_EACH_KIND:
            continue
        response = page.goto(address)
        assert response is not None
        assert response.status == 200, address
        kinds[kind] += 1
        found.append(address)
        links = page.eval_on_selector_all(
            "a[href^='/']", "all => all.map(a => a.getAttribute('href'))"
        )
        for link in links:
            if link not in seen and not link.startswith("/static/"):
                seen.add(link)
                waiting.append(link)
    return found


def problems(page: Page, address: str, width: int) -> list[str]:
    """What is wrong with a page: accessibility, console, width."""
    said: list[str] = []

    def listen(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            said.append(f"console: {message.text}")

    page.on("console", listen)
    page.goto(address)
    page.wait_for_load_state("networkidle")
    page.remove_listener("console", listen)
    for violation in Axe().run(page).response["violations"]:
        where = [node["target"] for node in violation["nodes"]][:3]
        said.append(f"axe {violation['id']}: {json.dumps(where)}")
    wide = page.evaluate("document.documentElement.scrollWidth")
    if wide > width:
        said.append(f"{wide} pixels wide on a screen of {width}")
    return [f"{address}: {problem}" for problem in said]


@pytest.mark.parametrize("who", ["", "coordinator@example.org"])
def test_every_page_is_accessible_silent_and_fits(browser: Browser, server: str, who: str) -> None:
    context = open_context(browser, server)
    page = context.new_page()
    if who:
        sign_in(page, who)
    addresses = pages_from(page, "/")
    assert len(addresses) > 15
    wrong = [problem for address in addresses for problem in problems(page, address, 1440)]
    page.set_viewport_size({"width": 390, "height": 900})
    wrong += [problem for address in addresses for problem in problems(page, address, 390)]
    context.close()
    assert wrong == []


@pytest.mark.parametrize("language", ["be", "ru"])
def test_every_public_page_in_the_other_languages(
    browser: Browser, server: str, language: str
) -> None:
    context = open_context(browser, server, language, 390)
    page = context.new_page()
    addresses = pages_from(page, "/")
    wrong = [problem for address in addresses for problem in problems(page, address, 390)]
    assert page.get_attribute("html", "lang") == language
    context.close()
    assert wrong == []
