"""Every page that links lead to, in a browser: nothing that axe calls serious, nothing sideways, nothing that jumps, no link to nowhere."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import pytest
from crawl import IS_PROOF, Crawl
from page_checks import axe_findings, wrong_on_page
from watching import PHONE, WIDE, Visit

if TYPE_CHECKING:
    from served_site import ServedSite

STARTS = ("/", "/w/{slug}/", "/w/{slug}/review/close/4/", "/w/{slug}/jobs/1/", "/w/{slug}/no-such-page/", "/w/{slug}/search/?q=search", "/account/")
OF_A_ROUTE = 8 if IS_PROOF else 2
"""How many pages of one route are looked at: the same page with other things chosen in it."""
LOOKS = {"wide": WIDE, "phone": PHONE}


@pytest.fixture(scope="package")
def crawled(lasting_site: Callable[[str], ServedSite]) -> Iterator[Callable[[str, Visit], Crawl]]:
    """What links lead to in a prepared site, found once."""
    known: dict[str, Crawl] = {}

    def find(state: str, window: Visit) -> Crawl:
        if state not in known:
            cookie = next(each["value"] for each in window.page.context.cookies() if each["name"] == "quarterdeck_session")
            known[state] = Crawl(lasting_site(state), cookie)
            known[state].run([start.format(slug=window.slug) for start in STARTS])
        return known[state]

    return find


@pytest.mark.parametrize("state", ["played", "empty"])
def test_every_link_leads_somewhere(lasting_site, visit, crawled, state):
    crawl = crawled(state, visit(lasting_site(state)))

    dead = [f"{each.path}: {each.status}, linked from {each.linked_from}" for each in crawl.found.values() if each.status >= 400 and each.linked_from]

    assert dead + sorted(set(crawl.broken)) == []


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("state", ["played", "empty"])
def test_a_page_can_be_read_by_everybody(lasting_site, visit, crawled, axe_script, state, look, capsys):
    window = visit(lasting_site(state), viewport=LOOKS[look])
    pages = crawled(state, window).pages(OF_A_ROUTE)
    window.expects.update({404, 409})
    found: list[str] = []
    for page in pages:
        window.page.emulate_media(color_scheme="light")
        window.go(page.path)
        found += [f"{page.path} {line}" for line in wrong_on_page(window)]
        found += [f"{page.path} {line}" for line in axe_findings(window, axe_script)]
        window.page.emulate_media(color_scheme="dark")
        found += [f"{page.path} dark: {line}" for line in axe_findings(window, axe_script, only_contrast=True)]

    with capsys.disabled():
        if found and os.environ.get("QUARTERDECK_PRINT_FINDINGS"):
            print(f"\n{state} {look}, {len(pages)} pages", *found, sep="\n")
    assert [line for line in found if " moderate " not in line and " minor " not in line] == []
