"""The essential path by keyboard alone, on a phone's width and in dark colours: what has the focus can be seen at every stop."""

from __future__ import annotations

import re

from loop_steps import heading, notices, wait_for_job
from watching import PASSWORD, PHONE, Visit

MOST_STOPS = 150
_FOCUSED = """(wanted) => {
  const here = document.activeElement, style = getComputedStyle(here), box = here.getBoundingClientRect();
  const seen = (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0) || style.boxShadow !== "none";
  return {matches: here.matches(wanted), seen, tag: here.tagName, what: here.outerHTML.slice(0, 140), width: box.width, href: here.getAttribute("href")};
}"""


def test_the_essential_path_needs_no_mouse(fresh_site, visit):
    window = visit(fresh_site("planned"), person=None, viewport=PHONE, color_scheme="dark")

    _sign_in_by_keyboard(window)
    _skip_to_the_page(window)
    _open_and_leave_a_menu(window)
    _move_the_slider(window)
    _press(window, "main form[action$='plan/approve/'] button")
    assert notices(window)
    window.go("do/")
    _press(window, ".do-head form button[value=approve]")
    assert notices(window)
    _press(window, "form.next-week button")
    wait_for_job(window)
    _press(window, "main a.btn.main")
    window.page.wait_for_url("**/play/")
    _press(window, "a[href$='/review/']")
    assert heading(window)
    _press(window, "main form[action$='review/make/'] button")
    wait_for_job(window)
    _press(window, "main a.btn.main")
    window.page.wait_for_url("**/review/")
    _move_an_item_by_keys(window)


def _sign_in_by_keyboard(window: Visit) -> None:
    page = window.page
    window.go("/sign-in/")
    page.wait_for_function("document.activeElement.matches('input')")  # the browser moves the focus there when it first draws the page
    page.keyboard.type("Olena")
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD.format("Olena"))
    page.keyboard.press("Enter")
    page.wait_for_url("**/w/harbour/")


def _skip_to_the_page(window: Visit) -> None:
    page = window.page
    page.keyboard.press("Tab")
    assert page.evaluate(_FOCUSED, "a.skip")["matches"]
    assert page.locator("a.skip").bounding_box()["y"] >= 0
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")


def _open_and_leave_a_menu(window: Visit) -> None:
    page = window.page
    window.go("")
    _reach(window, "details.ws > summary")
    page.keyboard.press("Enter")
    assert page.locator("details.ws .menu-card").is_visible()
    page.keyboard.press("Escape")
    assert not page.locator("details.ws .menu-card").is_visible()
    assert page.evaluate(_FOCUSED, "details.ws > summary")["matches"]


def _move_the_slider(window: Visit) -> None:
    page = window.page
    window.go("plan/")
    before = page.locator("#answer").inner_text()
    _reach(window, "#move")
    for _ in range(5):
        page.keyboard.press("ArrowRight")
    page.wait_for_function("before => document.querySelector('#answer').innerText !== before", arg=before)
    page.wait_for_url(re.compile("move="))
    window.go("plan/")


def _move_an_item_by_keys(window: Visit) -> None:
    page = window.page
    window.go("plan/calendar/?view=month&month=2027-03")
    _reach(window, ".it[data-drag]")
    name = page.evaluate("document.activeElement.dataset.drag")
    was = page.evaluate("document.activeElement.closest('[data-set]').dataset.set")
    page.keyboard.press("Alt+ArrowRight")
    page.locator("#effect form button.main").wait_for()
    _press(window, "#effect form button.main")
    assert notices(window)
    assert page.locator(f"[data-drag='{name}']").first.evaluate("item => item.closest('[data-set]').dataset.set") != was


def _reach(window: Visit, wanted: str) -> None:
    """Tab until what is wanted has the focus; each stop on the way must be seen."""
    page = window.page
    stops = []
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        found = page.evaluate(_FOCUSED, wanted)
        if found["tag"] != "BODY":
            assert found["seen"], f"{page.url}: no focus is seen on {found['what']}"
        stops.append(found["what"][:60])
        if found["matches"]:
            return
    raise AssertionError(f"{page.url}: {wanted} is not reached by Tab: {stops}")


def _press(window: Visit, wanted: str) -> None:
    _reach(window, wanted)
    window.page.keyboard.press("Enter")
