"""Steps of the loop that several ways of going through it share."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from watching import Visit

if TYPE_CHECKING:
    from playwright.sync_api import Locator

JOB_SECONDS = 180


def wait_for_job(window: Visit) -> None:
    """The page of a job, followed until it says how long it took; nobody presses anything."""
    page = window.page
    page.wait_for_url(re.compile(r"/jobs/\d+/$"))
    page.get_by_text(re.compile(r"^It took ")).wait_for(timeout=JOB_SECONDS * 1000)
    assert page.locator(".note.bad").count() == 0, page.locator("main").inner_text()


def heading(window: Visit) -> str:
    """The sentence that the page opens with."""
    return str(window.page.locator("h1.say").inner_text())


def button(window: Visit, name: str | re.Pattern[str]) -> Locator:
    """The first button with that name in the page (not in its frame)."""
    return window.page.locator("main").get_by_role("button", name=name).first


def link(window: Visit, name: str | re.Pattern[str]) -> Locator:
    """The first link with that name in the page (not in its frame)."""
    return window.page.locator("main").get_by_role("link", name=name).first


def notices(window: Visit) -> str:
    """What the page says about what was just done."""
    found = window.page.locator("#notices .notice")
    found.first.wait_for()
    return " ".join(found.all_inner_texts())


def undo(window: Visit) -> Locator:
    """The button that takes back what was just done."""
    return window.page.locator("#notices").get_by_role("button", name=re.compile("Undo|Take it back")).first
