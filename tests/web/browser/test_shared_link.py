"""A shared paper in a real browser, by somebody without an account: what its policy on addresses and forms allows, only a browser can tell."""

from __future__ import annotations

import pytest
from page_checks import axe_findings, wrong_on_page
from watching import PHONE, WIDE


def _shared(window, kind: str = "one-page") -> str:
    """The path of a link that the person of the window makes."""
    window.go(f"strategy/papers/{kind}/share/")
    window.page.get_by_label("For whom is it?").fill("Mary Jones")
    window.page.get_by_role("button", name="Make the link").click()
    return window.page.locator(".sh-address input").input_value().removeprefix(window.home)


@pytest.mark.parametrize("has_scripts", [True, False], ids=["scripts", "no_scripts"])
def test_a_stranger_comments_and_agrees_and_the_planner_settles_it(fresh_site, visit, has_scripts):
    served = fresh_site("played")
    petra = visit(served, person="Petra")
    path = _shared(petra)
    mary = visit(served, person=None, java_script_enabled=has_scripts)

    mary.go(path)
    part = mary.page.locator("#on-1")
    part.locator("summary").click()
    part.get_by_label("Your name").fill("Mary Jones")
    part.get_by_label("Your comment").fill("Is this not too much?")
    part.get_by_role("button", name="Send the comment").click()
    mary.says("Thank you. Your comment is kept")
    mary.page.locator("#agree").get_by_label("Your name").fill("Mary Jones")
    mary.page.get_by_role("button", name="I agree with this strategy").click()
    mary.says("Agreed by Mary Jones on")

    petra.go("strategy/")
    petra.page.get_by_role("link", name="1 new comment, 1 agreement").click()
    petra.page.get_by_role("link", name="Replies of Mary Jones").click()
    assert "Is this not too much?" in petra.page.locator("#replies").inner_text()
    petra.page.get_by_role("button", name="Settled (Mary Jones)").click()
    petra.page.get_by_role("button", name="Noted (Mary Jones)").click()
    petra.go("strategy/")
    assert petra.page.get_by_text("by the links that you gave out").count() == 0


def test_the_address_is_copied_by_a_button(fresh_site, visit):
    petra = visit(fresh_site("planned"), person="Petra", permissions=["clipboard-read", "clipboard-write"])
    path = _shared(petra)

    petra.page.get_by_role("button", name="Copy the address of the link for Mary Jones").click()

    petra.says("Copied")
    assert petra.page.evaluate("navigator.clipboard.readText()") == petra.home + path


@pytest.mark.parametrize("viewport", [WIDE, PHONE], ids=["wide", "phone"])
def test_a_shared_paper_can_be_read_by_everybody(fresh_site, visit, axe_script, viewport):
    served = fresh_site("played")
    petra, mary = visit(served, person="Petra", viewport=viewport), visit(served, person=None, viewport=viewport)
    found = []
    for kind in ("one-page", "report", "brief"):
        path = _shared(petra, kind)
        found += _seen(mary, path, axe_script)
    found += [f"cockpit: {line}" for page in (petra.page.url.removeprefix(petra.home), "strategy/papers/") for line in _seen(petra, page, axe_script)]
    petra.page.get_by_role("button", name="Close the link for Mary Jones").first.click()
    mary.expects.update({404, 410})
    found += [line for page in (path, "/s/unknown/") for line in _seen(mary, page, axe_script)]

    assert found == []


def _seen(window, path: str, axe_script: str) -> list[str]:
    """What is wrong on the page, in light and in dark."""
    window.page.emulate_media(color_scheme="light")
    window.go(path)
    for fold in window.page.locator(".sh-say summary").all()[:2]:
        fold.click()
    found = [*wrong_on_page(window), *axe_findings(window, axe_script)]
    window.page.emulate_media(color_scheme="dark")
    return [f"{path} {line}" for line in [*found, *axe_findings(window, axe_script, only_contrast=True)]]
