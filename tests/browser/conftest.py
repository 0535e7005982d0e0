"""A real server with the example in it, and a real Chromium in front of it."""

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

CHROMIUM = os.environ.get("COMITY_CHROMIUM", "/usr/bin/chromium")
COMITY = Path(sys.executable).parent / "comity"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)
            if not Path(CHROMIUM).exists():
                item.add_marker(pytest.mark.skip(reason="Chromium is not here"))


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory, example_register: Path) -> Iterator[str]:
    """The address of a Comity that was started as the README says."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    data = tmp_path_factory.mktemp("example") / "data"
    shutil.copytree(example_register, data)
    environment = {**os.environ, "COMITY_DATA": str(data), "COMITY_DATABASE_URL": ""}
    log = (data / "log").open("w")
    started = subprocess.Popen(
        [COMITY, "demo", "--port", str(port)], env=environment, stdout=log, stderr=log
    )
    address = f"http://127.0.0.1:{port}"
    try:
        _wait_until_open(address, started, data / "log")
        yield address
    finally:
        started.terminate()
        started.wait(20)
        log.close()


def _wait_until_open(address: str, started: "subprocess.Popen[bytes]", log: Path) -> None:
    for _attempt in range(600):
        if started.poll() is not None:
            pytest.fail(f"The server did not start: {log.read_text()}")
        try:
            with urlopen(f"{address}/healthz/", timeout=2):  # noqa: S310  # our own server
                return
        except OSError:
            time.sleep(0.2)
    pytest.fail("The server did not open within two minutes.")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(
            executable_path=CHROMIUM,
            args=[
                "--no-sandbox",
                "--disable-gpu",
                "--disable-background-networking",
                "--disable-component-update",
            ],
        )
        yield opened
        opened.close()


def open_context(
    browser: Browser, server: str, language: str = "en", width: int = 1440
) -> BrowserContext:
    context = browser.new_context(
        base_url=server, viewport={"width": width, "height": 900}, locale="en-GB"
    )
    context.add_cookies([{"name": "comity_language", "value": language, "url": server}])
    return context


@pytest.fixture
def page(browser: Browser, server: str) -> Iterator[Page]:
    """A page in English whose console must stay silent."""
    context = open_context(browser, server)
    opened = context.new_page()
    said: list[str] = []
    opened.on("console", lambda message: said.append(message.text))
    opened.on("pageerror", lambda error: said.append(str(error)))
    yield opened
    context.close()
    assert said == []


def sign_in(page: Page, email: str = "coordinator@example.org") -> None:
    page.goto("/account/login/")
    page.fill("[name=login]", email)
    page.fill("[name=password]", "example")
    page.click("form.narrow button[type=submit] >> nth=0")
    page.wait_for_url("**/")
