"""The budget page: its figures are the plan's, in every state, for every role."""

from __future__ import annotations

import csv
import html
import io
import re
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from quarterdeck.operations.site import Site
from quarterdeck.report.say_budget import say_next

if TYPE_CHECKING:
    from django.test import Client

    from quarterdeck.operations.context import Context

Browser = Callable[..., "Client"]
PAGE = "/w/harbour/plan/"


def text_of(answer) -> str:
    """What a person reads: without tags, spaces made one."""
    plain = re.sub(r"<[^>]+>", " ", answer.content.decode())
    return re.sub(r"\s+", " ", html.unescape(plain))


def context_of(site: Site, person: str = "Olena") -> Context:
    from world import NOW

    from quarterdeck.operations.context import open_context

    return open_context(site, "harbour", person, now=NOW)


def plan_and_words(site: Site):
    from quarterdeck.operations.plan.plan_quarter import latest_plan_of
    from quarterdeck.operations.plan.read_plan import plan_of
    from quarterdeck.operations.strategy.save_strategy import current_strategy
    from quarterdeck.report.words import Words

    context = context_of(site)
    return plan_of(latest_plan_of(context, None)), Words.of(current_strategy(context).strategy)


def everything_kept() -> dict[str, list[tuple[object, ...]]]:
    """Every row of the ledger but the sessions of browsers."""
    from django.db import connection

    with connection.cursor() as cursor:
        names = [name for name in connection.introspection.table_names() if "session" not in name]
        found = {}
        for name in names:
            cursor.execute(f'SELECT * FROM "{name}"')
            found[name] = cursor.fetchall()
        return found


def test_every_figure_of_the_table_is_the_plans(planned: Site, browser_of: Browser) -> None:
    plan, words = plan_and_words(planned)

    page = text_of(browser_of("Vera").get(PAGE))

    for channel in plan.budget.channels:
        for figure in (words.money(channel.planned), words.money(channel.last_quarter), say_next(channel.next_unit, plan.budget.aim, words)):
            assert f" {figure} " in page
        assert words.span(channel.brings, plan.budget.aim) in page
        assert channel.why in page
    for amount in (plan.budget.budget, plan.budget.reserve, plan.budget.for_tasks, sum(channel.planned for channel in plan.budget.channels)):
        assert words.money(amount) in page


def test_every_chance_is_the_plans_and_stands_beside_last_quarters(planned: Site, browser_of: Browser) -> None:
    plan, words = plan_and_words(planned)

    page = text_of(browser_of("Vera").get(PAGE))

    for outlook in plan.outlook:
        assert words.span(outlook.expected, outlook.metric) in page
        beside = (
            f"with last quarter’s spending {words.chance(outlook.chance_unchanged)}"
            if outlook.by_level is None
            else f"from {outlook.by_level} weeks of its own past alone, whatever is spent"
        )
        assert f"{words.chance(outlook.chance)} {beside}" in page
    assert "How such forecasts turned out before" in page
    assert "forecasts like this one on your own past" in page


def test_the_headline_says_what_the_plan_moves_and_what_that_brings_for_the_same_money(planned: Site, browser_of: Browser) -> None:
    plan, words = plan_and_words(planned)

    page = browser_of().get(PAGE).content.decode()

    headline = html.unescape(re.sub(r"<[^>]+>", "", re.search(r'<h1 class="say">(.*?)</h1>', page, re.DOTALL).group(1)))
    assert re.fullmatch(
        r"With £[\d,]+ moved from .+ to .+, the plan should bring \d+ more new customers than last quarter’s split of the same £[\d,]+\.", headline
    )
    assert headline.endswith(f"{words.money(sum(channel.planned for channel in plan.budget.channels))}.")
    assert page.count("<h1") == 1


@pytest.mark.parametrize(
    ("person", "approves", "plans", "proposes"),
    [
        ("Olena", True, True, True),
        ("Petra", False, True, True),
        ("Anna", True, False, False),
        ("Carl", False, False, False),
        ("Vera", False, False, False),
    ],
)
def test_each_role_sees_the_budget_and_only_the_buttons_it_may_press(
    planned: Site, browser_of: Browser, person: str, approves: bool, plans: bool, proposes: bool
) -> None:
    answer = browser_of(person).get(PAGE, {"from": "video", "to": "search", "move": "200"})

    page = answer.content.decode()
    assert answer.status_code == 200
    assert ('action="/w/harbour/plan/approve/"' in page) == approves
    assert ('action="/w/harbour/plan/make/"' in page) == plans
    assert ('action="/w/harbour/plan/propose/"' in page) == proposes


def test_looking_and_trying_changes_nothing(planned: Site, browser_of: Browser) -> None:
    browser, before = browser_of(), everything_kept()

    for query in ("", "?from=video&to=search&move=300&budget=9000", "?channel=radio", "?move=abc&budget=NaN&from=nobody&to="):
        assert browser.get(PAGE + query).status_code == 200
    browser.get("/w/harbour/plan/budget.csv")
    browser.get("/w/harbour/plan/versions/1/")

    assert everything_kept() == before


def test_a_plan_in_force_says_since_when_and_a_newer_week_makes_it_worth_planning_again(played: Site, browser_of: Browser) -> None:
    page = text_of(browser_of().get(PAGE))

    assert "Plan 1 of Q1 2027 is in force since" in page
    assert "4 weeks were counted: a new plan would know that." in page
    assert "planning again would bring" in page or "Planning again would move" in page
    assert "Approve this plan" not in page


def test_a_changed_strategy_makes_the_plan_stale_and_nobody_can_approve_it(planned: Site, browser_of: Browser) -> None:
    from quarterdeck.operations.strategy.change_strategy import change_strategy

    change_strategy(context_of(planned), {"channels[print].spend.cap": "8000"})

    page = text_of(browser_of().get(PAGE))

    assert "the strategy was changed: a new plan would know that." in page
    assert "Approve this plan" not in page
    assert "stale" in page


def test_when_the_quarter_is_over_there_is_nothing_to_try_and_the_next_one_to_plan(played: Site, browser_of: Browser, monkeypatch) -> None:
    from datetime import date

    monkeypatch.setattr("quarterdeck.operations.quarter.open_desk.day_of_company", lambda context: date(2027, 4, 6))

    page = text_of(browser_of().get(PAGE))

    assert "Q1 2027 is over. Plan the next quarter from what was learned in this one." in page


def test_without_anything_the_page_says_what_is_missing_and_where_to_add_it(empty: Site, browser_of: Browser) -> None:
    from quarterdeck.ledger.models import Workspace

    slug = Workspace.objects.get(name="North Bakery").slug
    answer = browser_of().get(f"/w/{slug}/plan/")

    page = text_of(answer)
    assert answer.status_code == 200
    assert "There is no plan yet, because nobody has said what the money is for." in page
    assert f'href="/w/{slug}/strategy/"' in answer.content.decode()
    assert "Make the plan" not in page
    assert browser_of().get(f"/w/{slug}/plan/budget.csv").status_code == 409


def test_without_a_plan_but_with_everything_it_needs_the_button_makes_one(planned: Site, browser_of: Browser, monkeypatch) -> None:
    monkeypatch.setattr("quarterdeck.operations.plan.look_at_budget.newest_plan", lambda context: None)

    assert "There is no plan yet. Everything that it needs is there." in text_of(browser_of().get(PAGE))
    assert 'action="/w/harbour/plan/make/"' in browser_of("Petra").get(PAGE).content.decode()
    assert 'action="/w/harbour/plan/make/"' not in browser_of("Vera").get(PAGE).content.decode()


def test_without_usable_curves_the_page_still_shows_the_split_and_says_why_nothing_can_be_tried(planned: Site, browser_of: Browser) -> None:
    from quarterdeck.operations.remember import forget_everything

    for file in planned.lake_of("harbour").rglob("*"):
        if file.is_file() and "fit" in str(file.relative_to(planned.lake_of("harbour"))):
            file.unlink()
    forget_everything()

    answer = browser_of().get(PAGE)

    page = text_of(answer)
    assert answer.status_code == 200
    assert "Nothing can be tried now" in page
    assert "£58,833" in page


def test_the_spreadsheet_holds_the_plans_figures_and_no_formula(planned: Site, browser_of: Browser) -> None:
    from quarterdeck.operations.strategy.change_strategy import change_strategy

    plan, _ = plan_and_words(planned)
    change_strategy(context_of(planned), {"channels[search].name": "=HYPERLINK(1)"})

    answer = browser_of("Vera").get("/w/harbour/plan/budget.csv")

    rows = list(csv.reader(io.StringIO(answer.content.decode())))
    assert rows[1][0] == "'=HYPERLINK(1)"
    assert [row[2] for row in rows[1:9]] == [f"{channel.planned:.2f}" for channel in plan.budget.channels]
    assert rows[-1][:3] == ["Budget", "", f"{plan.budget.budget:.2f}"]
    assert not any(cell.startswith(("=", "+", "@")) for row in rows for cell in row)


def test_plans_of_a_quarter_are_listed_and_compared_in_words(played: Site, browser_of: Browser) -> None:
    from quarterdeck.operations.plan.plan_quarter import plan_quarter

    plan_quarter(context_of(played), seed=1)
    browser = browser_of("Vera")

    assert "/w/harbour/plan/versions/1/" in browser.get(PAGE).content.decode()
    page = text_of(browser.get("/w/harbour/plan/versions/1/"))
    assert re.search(r"Plan 2 moves £[\d,]+ from .+ to .+, compared with plan 1\.", page)
    assert re.search(r"The chance of 4,500 new customers was \d+ % then", page)
    assert browser.get("/w/harbour/plan/versions/9/").status_code == 409


def test_strangers_are_not_told_that_there_is_a_budget(planned: Site, browser_of: Browser) -> None:
    for path in ("", "budget.csv", "versions/1/"):
        assert browser_of("Stranger").get(PAGE + path).status_code == 404
