"""A quarter played by mouse, from signing in to signing out: everything is clicked, nothing is posted behind the browser's back."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from loop_steps import button, heading, link, notices, undo, wait_for_job

if TYPE_CHECKING:
    from watching import Visit


def test_a_quarter_is_played_by_mouse(fresh_site, visit):
    window = visit(fresh_site("planned"))

    _follow_the_tour(window)
    _try_the_money(window)
    _approve(window)
    _let_weeks_pass(window, 4)
    _review_and_correct(window)
    _plan_again(window)
    _receipt_and_files(window)
    _close_search_and_colours(window)
    _sign_out(window)


def test_an_item_is_dragged_and_a_target_is_edited(fresh_site, visit):
    window = visit(fresh_site("planned"))

    _drag_an_item(window)
    _move_an_item_by_form(window)
    _edit_an_objective(window)


def _follow_the_tour(window: Visit) -> None:
    page = window.page
    assert page.url.endswith("/w/harbour/")
    assert heading(window)
    for path in ("/w/harbour/strategy/", "/w/harbour/plan/"):
        page.get_by_role("button", name="Seen, go on").click()
        page.wait_for_url(f"**{path}")
    page.get_by_role("button", name="Seen, go on").click()
    page.wait_for_url("**/plan/")


def _try_the_money(window: Visit) -> None:
    page = window.page
    before = page.locator("#answer").inner_text()
    slider = page.locator("#move")
    slider.scroll_into_view_if_needed()
    box = slider.bounding_box()
    page.mouse.move(box["x"] + box["width"] * 0.5, box["y"] + box["height"] / 2)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.75, box["y"] + box["height"] / 2, steps=6)
    page.mouse.up()
    page.wait_for_function("before => document.querySelector('#answer').innerText !== before", arg=before)
    page.wait_for_url(re.compile("move="))


def _approve(window: Visit) -> None:
    page = window.page
    window.go("plan/")
    button(window, "Approve this plan").click()
    assert notices(window)
    page.locator(".loop").get_by_role("link", name="Do").click()
    page.locator(".do-head form button[value=approve]").first.click()
    assert notices(window)
    assert undo(window).is_visible()


def _let_weeks_pass(window: Visit, weeks: int) -> None:
    page = window.page
    for week in range(weeks):
        page.locator("header.top").get_by_role("button", name="Next week").click()
        wait_for_job(window)
        link(window, "See what it brought").click()
        page.wait_for_url("**/play/")
        assert page.locator(".play-weeks td b").count() == week + 1


def _review_and_correct(window: Visit) -> None:
    page = window.page
    page.locator(".loop").get_by_role("link", name="Review").click()
    button(window, "Review now").click()
    wait_for_job(window)
    link(window, "Read the review").click()
    page.wait_for_url("**/review/")
    page.locator(".vg .only-wide svg a").first.click()
    page.wait_for_url("**/review/causes/**")
    assert heading(window)
    page.go_back()
    accept = page.locator(".correction button[value=accept]").first
    accept.click()
    assert notices(window)
    assert undo(window).is_visible()


def _plan_again(window: Visit) -> None:
    page = window.page
    page.locator(".loop").get_by_role("link", name="Plan").click()
    button(window, "Plan again").click()
    wait_for_job(window)
    link(window, "Read the plan").click()
    button(window, "Approve this plan").click()
    assert notices(window)


def _receipt_and_files(window: Visit) -> None:
    page = window.page
    window.go("do/files/")
    with page.expect_download() as taken:
        page.locator("main form[action$='files/take/'] button").first.click()
    assert taken.value.path().stat().st_size > 0
    window.go("do/todo/")
    link(window, re.compile("^(Done by me|It happened)")).click()
    page.wait_for_url("**/do/done/**")
    button(window, "It is done").click()
    assert notices(window)


def _close_search_and_colours(window: Visit) -> None:
    page = window.page
    window.go("review/close/")
    assert heading(window)
    page.locator("header.top").get_by_role("link", name="Search", exact=True).click()
    page.get_by_role("searchbox").press_sequentially("letter", delay=20)
    page.locator("#found .hits a").first.click()
    page.wait_for_url(lambda address: "/search/" not in address)
    assert heading(window)
    page.locator(".me-menu summary").click()
    page.get_by_role("link", name="Your account").click()
    page.get_by_label("Dark").check()
    button(window, "Use these colours").click()
    page.wait_for_selector("html[data-bs-theme=dark]")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") != "rgb(255, 255, 255)"


def _sign_out(window: Visit) -> None:
    page = window.page
    window.go("")
    page.locator(".me-menu summary").click()
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url("**/sign-in/**")
    assert "signed out" in heading(window)
    window.go("")
    page.wait_for_url("**/sign-in/**")


def _drag_an_item(window: Visit) -> None:
    page = window.page
    window.go("plan/calendar/?view=month")
    item = page.locator(".it[data-drag]").first
    name = item.get_attribute("data-drag")
    day = page.locator(".d[data-set]").filter(has=page.locator(f"[data-drag='{name}']"))
    was = day.get_attribute("data-set")
    days = page.locator(".d[data-set]").evaluate_all("days => days.map(day => day.dataset.set)")
    target = days[days.index(was) + 1]
    item.drag_to(page.locator(f".d[data-set='{target}']"))
    effect = page.locator("#effect")
    effect.get_by_role("button").first.wait_for()
    effect.get_by_role("button").first.click()
    assert notices(window)
    page.locator(f".d[data-set='{target}'] [data-drag='{name}']").wait_for()
    undo(window).click()
    page.locator(f".d[data-set='{was}'] [data-drag='{name}']").wait_for()


def _move_an_item_by_form(window: Visit) -> None:
    page = window.page
    window.go("plan/calendar/?view=month")
    name = page.locator(".it[data-drag]").first.get_attribute("data-drag")
    window.go(f"plan/calendar/item/{name}/")
    if page.locator("details.about:not([open])").count():
        page.locator("details.about summary").click()
    page.get_by_label("Move to").fill("2027-03-10")
    button(window, "See what that does").click()
    page.locator("#effect form button.main").click()
    assert notices(window)
    window.go(f"plan/calendar/item/{name}/")
    assert page.get_by_label("Move to").input_value() == "2027-03-10"


def _edit_an_objective(window: Visit) -> None:
    page = window.page
    window.go("strategy/step/1/")
    link(window, re.compile("new customers", re.IGNORECASE)).click()
    page.wait_for_url("**/objectives/**")
    target = page.locator("#form [name='target']")
    was = target.input_value()
    before = page.locator("#checks").inner_text()
    target.fill("4800")
    page.wait_for_function("before => document.querySelector('#checks').innerText !== before", arg=before)
    page.locator("#form .foot button.main").click()
    assert notices(window)
    undo(window).click()
    page.locator("#notices .notice").first.wait_for()
    window.go("strategy/step/1/objectives/new_customers/")
    assert page.locator("#form [name='target']").input_value() == was
