"""Every page that can be reached by links from the first page of a served site, as somebody signed in reaches them."""

from __future__ import annotations

import http.client
import os
import re
from collections import Counter
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import parse_qsl, urljoin, urlsplit

from served_site import Address, ServedSite

IS_PROOF = bool(os.environ.get("QUARTERDECK_PROOF"))
PARSED_OF_A_KIND = 3 if IS_PROOF else 2
"""How many pages of one route with the same names in its query are read for further links; the calendar alone has no end."""
ASKED_OF_A_KIND = 25 if IS_PROOF else 3


@dataclass(frozen=True)
class Found:
    """One answer: `kind` is the route and the names in the query; `linked_from` the page that has the link."""

    path: str
    kind: str
    status: int
    content_type: str
    size: int
    linked_from: str

    @property
    def is_page(self) -> bool:
        """Whether it is a page to look at."""
        return self.status == 200 and self.content_type.startswith("text/html")


@dataclass
class Links(HTMLParser):
    """The addresses that a page links to (forms are filled in by other tests), and the identifiers in it."""

    hrefs: list[str] = field(default_factory=list)
    ids: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Notes what a tag carries."""
        for name, value in attrs:
            if name == "id" and value:
                self.ids.add(value)
            if value and tag == "a" and name == "href":
                self.hrefs.append(value)


@dataclass
class Crawl:
    """What was found from `starts`, and links to places within a page that are not there."""

    served: ServedSite
    cookie: str
    found: dict[str, Found] = field(default_factory=dict)
    broken: list[str] = field(default_factory=list)

    def run(self, starts: list[str]) -> None:
        """Asks every address once and reads the links of pages, up to some of a kind."""
        waiting = [(path, "") for path in starts]
        parsed: Counter[str] = Counter()
        asked: Counter[str] = Counter()
        while waiting:
            path, source = waiting.pop(0)
            kind = self._kind(path)
            if path in self.found or asked[kind] >= ASKED_OF_A_KIND:
                continue
            asked[kind] += 1
            status, content_type, body, to = self._ask(path)
            self.found[path] = Found(path, kind, status, content_type, len(body), source)
            if to:
                waiting.append((to, path))
            if self.found[path].is_page and parsed[kind] < PARSED_OF_A_KIND:
                parsed[kind] += 1
                waiting += [(each, path) for each in self._links(path, body.decode())]

    def pages(self, most_of_a_route: int) -> list[Found]:
        """Pages to look at: one of each kind, up to some of a route."""
        chosen: dict[str, Found] = {}
        of_route: Counter[str] = Counter()
        for each in self.found.values():
            route = each.kind.partition("?")[0]
            if each.is_page and each.kind not in chosen and of_route[route] < most_of_a_route:
                chosen[each.kind] = each
                of_route[route] += 1
        return list(chosen.values())

    def _links(self, path: str, body: str) -> list[str]:
        links = Links()
        links.feed(body)
        internal = []
        for href in links.hrefs:
            whole = urlsplit(urljoin(self.served.address + path, href))
            if f"{whole.scheme}://{whole.netloc}" != self.served.address:
                continue
            bare = whole.path + (f"?{whole.query}" if whole.query else "")
            if href == "#" or (whole.fragment and bare == path and whole.fragment not in links.ids):
                self.broken.append(f"{path} links to {href}, which is not in it")
            internal.append(bare)
        return list(dict.fromkeys(internal))

    def _kind(self, path: str) -> str:
        address, _, query = path.partition("?")
        names = sorted({name for name, _ in parse_qsl(query, keep_blank_values=True)})
        return route_of(address, self.served.pages) + (f"?{'&'.join(names)}" if names else "")

    def _ask(self, path: str) -> tuple[int, str, bytes, str | None]:
        connection = http.client.HTTPConnection("127.0.0.1", int(self.served.address.rpartition(":")[2]), timeout=60)
        try:
            connection.request("GET", path, headers={"Cookie": f"quarterdeck_session={self.cookie}"})
            answer = connection.getresponse()
            to = answer.headers.get("Location")
            return answer.status, answer.headers.get("Content-Type", ""), answer.read(), to
        finally:
            connection.close()


def route_of(path: str, addresses: list[Address]) -> str:
    """The route that answers `path`; the path itself when none does."""
    for each in addresses:
        if re.fullmatch(_as_pattern(each.route), path):
            return each.route
    return path


def _as_pattern(route: str) -> str:
    kinds = {"int": r"\d+", "path": ".+", "slug": "[-a-zA-Z0-9_]+", "str": "[^/]+", "": "[^/]+"}
    parts = re.split(r"(<(?:\w+:)?\w+>)", route)
    return "".join(kinds[part[1:-1].rpartition(":")[0]] if part.startswith("<") else re.escape(part) for part in parts)
