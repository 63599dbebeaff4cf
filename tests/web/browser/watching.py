"""Visit: a browser window that notes what must never happen: a request to another host, an error in the console, a policy that was broken, a server error."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playwright.sync_api import ConsoleMessage, Page, Request, Response

WIDE, PHONE = {"width": 1440, "height": 900}, {"width": 390, "height": 844}
PASSWORD = "{}-sails-at-dawn"
MEASURES = """
window.shifted = 0; window.broken = [];
new PerformanceObserver((list) => { for (const each of list.getEntries()) if (!each.hadRecentInput) window.shifted += each.value; })
  .observe({type: "layout-shift", buffered: true});
document.addEventListener("securitypolicyviolation", (event) => console.error("policy: " + event.violatedDirective + " " + event.blockedURI));
"""
"""Put into every page by the browser itself, which its policy does not forbid."""


@dataclass
class Visit:
    """A page of a browser, the address of the site, and the faults that were seen so far. `expects` are refusals (HTTP 4xx) that a test brings about."""

    page: Page
    home: str
    slug: str
    faults: list[str] = field(default_factory=list)
    expects: set[int] = field(default_factory=set)
    weight: int = 0

    def __post_init__(self) -> None:
        self.page.set_default_timeout(60_000)
        self.page.on("request", self._asked)
        self.page.on("response", self._answered)
        self.page.on("console", self._said)
        self.page.on("pageerror", lambda error: self.faults.append(f"{self.page.url}: script failed: {error}"))

    def go(self, path: str) -> Response:
        """The answer of the page at `path`; a path without a slash at its start stands below the company's address."""
        answer = self.page.goto(self.home + (path if path.startswith("/") else f"/w/{self.slug}/{path}"))
        assert answer is not None
        return answer

    def says(self, text: str | re.Pattern[str]) -> Any:
        """The first visible element with that text, waited for."""
        found = self.page.get_by_text(text).first
        found.wait_for()
        return found

    def check(self) -> None:
        """Raises AssertionError when anything was seen that must never happen."""
        assert self.faults == []

    def _asked(self, request: Request) -> None:
        if not request.url.startswith((self.home, "data:", "blob:")):
            self.faults.append(f"{self.page.url} asks {request.url}")

    def _answered(self, response: Response) -> None:
        if response.status >= 500 or (response.status >= 400 and response.status not in self.expects):
            self.faults.append(f"{response.request.method} {response.url}: {response.status}")

    def _said(self, message: ConsoleMessage) -> None:
        refused = re.search(r"the server responded with a status of (\d+)", message.text)
        if message.type in ("error", "warning") and not refused:
            self.faults.append(f"{self.page.url}: {message.text}")
