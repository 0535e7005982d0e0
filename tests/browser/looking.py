"""What is looked at on a page in a real browser: accessibility, silence of the console, width."""

import json
from collections.abc import Collection, Iterator
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from django.urls import Resolver404, resolve
from playwright.sync_api import ConsoleMessage, Page

#: Addresses that give files, or that end the session.
NOT_PAGES = {
    "account_logout",
    "agreements:document",
    "intake:file",
    "issuing:file",
    "issuing:template",
    "mfa_download_recovery_codes",
    "portfolio:csv",
    "portfolio:excel",
    "programmes:csv",
    "programmes:excel",
    "reporting:evidence",
    "reporting:file_by_link",
}
HEIGHT = 900
#: Everything that arrives after a page itself: the panels of other rooms, and the map.
HAS_ARRIVED = """() => !document.querySelector(
    "[hx-trigger=load]:empty, .htmx-request, [data-map]:not(:has(svg))")"""
#: Asked of axe once its script is in the page; only what is wrong comes back. No page has sound or
#: film, nor is anything asked of style sheets as files, so neither is fetched a second time.
#: Colours are the same in every language, and contrast takes longer than all other rules: it is
#: looked at in English.
VIOLATIONS = """() => axe.run({
    resultTypes: ["violations"], preload: false,
    rules: {"color-contrast": {enabled: document.documentElement.lang === "en"}},
}).then(found => found.violations.map(
    one => [one.id, one.nodes.slice(0, 3).map(node => node.target)]))"""
ADDRESSES = "all => all.map(a => a.getAttribute('href'))"


def kind_of(path: str) -> str | None:
    """The name of the view behind an address; None if it is no page of ours."""
    try:
        name = resolve(path).view_name
    except Resolver404:
        return None
    return None if name in NOT_PAGES else name


class Looking:
    """Looks at pages, one after the other, and keeps what is wrong with them.

    `axe_at` are the widths at which accessibility is looked at; all, unless given.
    """

    def __init__(
        self, page: Page, widths: tuple[int, ...], *, axe_at: tuple[int, ...] | None = None
    ) -> None:
        self.page, self.widths = page, widths
        self.axe_at = widths if axe_at is None else axe_at
        self.axe = Axe().axe_script if self.axe_at else ""
        self.wrong: list[str] = []
        page.on("console", self._listen)

    def at(self, address: str, status: int = 200) -> None:
        """Opens a page and looks at it."""
        response = self.page.goto(address)
        assert response is not None
        assert response.status == status, address
        self.here()

    def here(self) -> None:
        """Looks at the page that is open, in each width."""
        self.page.wait_for_function(HAS_ARRIVED)
        self.page.evaluate(self.axe)
        for width in self.widths:
            self.page.set_viewport_size({"width": width, "height": HEIGHT})
            self.wrong += [f"{self.page.url} at {width}: {one}" for one in self._problems(width)]

    def everywhere(self, start: str = "/", *, besides: Collection[str] = ()) -> list[str]:
        """Looks at one page of each kind that links lead to, and gives their kinds.

        Kinds `besides` were looked at before, and are not followed.
        """
        waiting, seen, kinds = [start], {start}, list[str]()
        while waiting:
            address = waiting.pop(0)
            kind = kind_of(urlsplit(address).path)
            if kind is None or kind in kinds or kind in besides:
                continue
            kinds.append(kind)
            self.at(address)
            links = self.page.eval_on_selector_all("a[href^='/']", ADDRESSES)
            waiting += [link for link in dict.fromkeys(links) if link not in seen]
            seen.update(links)
        return kinds

    def _listen(self, message: ConsoleMessage) -> None:
        # A page that is refused on purpose is told in the console too.
        if message.type in ("error", "warning") and "Failed to load resource" not in message.text:
            self.wrong.append(f"{self.page.url} in the console: {message.text}")

    def _problems(self, width: int) -> Iterator[str]:
        wide = self.page.evaluate("document.documentElement.scrollWidth")
        if wide > width:
            yield f"{wide} pixels wide"
        if width in self.axe_at:
            for rule, where in self.page.evaluate(VIOLATIONS):
                yield f"axe {rule}: {json.dumps(where)}"
