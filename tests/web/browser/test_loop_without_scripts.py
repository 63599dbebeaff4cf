"""The essential path in a browser that runs no script: forms and links do all of it."""

from __future__ import annotations

import re

from loop_steps import JOB_SECONDS, button, heading, link, notices, undo
from watching import Visit


def test_the_essential_path_needs_no_script(fresh_site, visit):
    window = visit(fresh_site("planned"), java_script_enabled=False)

    _try_the_money(window)
    _approve(window)
    _next_week(window)
    _review(window)
    _move_an_item(window)
    _save_a_step(window)


def _try_the_money(window: Visit) -> None:
    window.go("plan/?move=500")
    before = heading(window)
    window.page.locator("#try noscript button, #try button").last.click()
    assert heading(window) == before
    assert "move=" in window.page.url


def _approve(window: Visit) -> None:
    window.go("plan/")
    button(window, "Approve this plan").click()
    assert notices(window)
    window.go("do/")
    window.page.locator(".do-head form button[value=approve]").first.click()
    assert notices(window)
    assert undo(window).is_visible()


def _next_week(window: Visit) -> None:
    window.page.locator("form.next-week button").click()
    _follow_job(window)
    link(window, "See what it brought").click()
    assert window.page.locator(".play-weeks td b").count() == 1


def _review(window: Visit) -> None:
    window.go("review/")
    button(window, "Review now").click()
    _follow_job(window)
    link(window, "Read the review").click()
    assert heading(window)
    accept = window.page.locator(".correction button[value=accept]")
    if accept.count():
        accept.first.click()
        assert notices(window)
    else:
        assert window.page.locator("#corrections").inner_text()


def _move_an_item(window: Visit) -> None:
    page = window.page
    window.go("plan/calendar/?view=list")
    page.locator(".list-item.draft, .list-item").last.click()
    page.wait_for_url(re.compile("/calendar/item/"))
    address = page.url
    page.get_by_label("Move to").fill("2027-03-17")
    button(window, "See what that does").click()
    page.locator(".effect-in form button.main").click()
    assert notices(window)
    page.goto(address)
    assert page.get_by_label("Move to").input_value() == "2027-03-17"


def _save_a_step(window: Visit) -> None:
    page = window.page
    window.go("strategy/step/1/objectives/new_customers/")
    page.locator("#form [name='target']").fill("4800")
    page.locator("#form .foot button.main").click()
    assert notices(window)
    undo(window).click()
    assert notices(window)


def _follow_job(window: Visit) -> None:
    """The page loads itself anew every two seconds."""
    window.page.get_by_text(re.compile(r"^It took ")).wait_for(timeout=JOB_SECONDS * 1000)
