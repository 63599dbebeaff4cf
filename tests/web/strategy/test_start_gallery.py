"""Starting from an example: the gallery, the whole to read, the company's own name and dates, and the marks that it is not yet theirs."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from django.test import Client

from quarterdeck.operations.site import Site

Browser = Callable[..., Client]
BAKERY = "/w/north-bakery/strategy/"
EXAMPLES = ("shop", "b2b_service", "saas", "local_trade", "non_profit")


def _words(answer: object) -> str:
    text = re.sub(r"<[^>]+>", " ", answer.content.decode())  # type: ignore[attr-defined]
    return " ".join(text.replace("&#x27;", "'").replace("&amp;", "&").split())


def test_the_gallery_says_of_each_example_what_it_is_and_how_large(empty: Site, browser_of: Browser) -> None:
    page = _words(browser_of("Petra").get(f"{BAKERY}start/"))

    for kind in ("An online shop", "A service for other firms", "Software paid by the month", "A local trade", "A non-profit"):
        assert kind in page
    assert "2 goals, 2 objectives, 7 channels, 15 tasks, 14 pieces of content Poland · PLN · Polish and Ukrainian" in page


@pytest.mark.parametrize("name", EXAMPLES)
def test_an_example_is_read_as_a_whole_and_looking_saves_nothing(empty: Site, browser_of: Browser, name: str) -> None:
    from quarterdeck.ledger.models import Revision
    from quarterdeck.operations.first_strategy.read_examples import see_example

    strategy = see_example(name, today=date(2026, 11, 23)).strategy

    page = _words(browser_of("Petra").get(f"{BAKERY}start/{name}/"))

    for text in (
        strategy.goals[0].statement,
        strategy.proposition.claims[-1].text,
        strategy.audiences[0].needs[-1],
        strategy.evaluation[-1].question,
    ):
        assert text.rstrip(".") in page
    assert all(item.title in page for item in strategy.content.items)
    assert all(task.title[:100] in page for task in strategy.management.tasks)
    assert Revision.objects.count() == 0


def test_who_may_not_write_may_read_the_examples_and_finds_no_button(empty: Site, browser_of: Browser) -> None:
    browser = browser_of("Vera")

    pages = [browser.get(f"{BAKERY}start/{end}").content.decode() for end in ("", "shop/")]

    assert all(f'action="{BAKERY}start/"' not in page for page in pages)
    assert browser.post(f"{BAKERY}start/", {"from": "shop"}).status_code == 403
    assert browser.get(f"{BAKERY}start/harbour/").status_code == 404


def test_what_is_started_has_the_companys_name_and_money_and_asks_of_every_step_whether_it_is_so(empty: Site, browser_of: Browser) -> None:
    from quarterdeck.ledger.models import Revision

    browser = browser_of("Petra")
    browser.post(f"{BAKERY}start/", {"from": "local_trade"})
    document = Revision.objects.get().document

    company = {key: document["company"][key] for key in ("name", "currency", "timezone", "website")}
    assert company == {"name": "North Bakery", "currency": "GBP", "timezone": "Europe/London", "website": None}
    assert document["ads"]["brand_terms"] == ["north bakery"]
    assert "Termalka" not in str(document) + Revision.objects.get().text.replace("www.termalka.example", "")
    page = _words(browser.get(BAKERY))
    assert "Your strategy is written, but it is still the example's ." in page
    assert "Is every amount right in GBP? The example was written in PLN" in page
    for step in range(1, 9):
        assert "From the example, not yet yours" in _words(browser.get(f"{BAKERY}step/{step}/")), step


def test_an_answer_takes_the_mark_off_its_step(empty: Site, browser_of: Browser) -> None:
    browser = browser_of("Petra")
    browser.post(f"{BAKERY}start/", {"from": "shop"})
    address = f"{BAKERY}step/8/questions/yours_3/"
    page = browser.get(address).content.decode()
    hidden = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page))
    kept = {name: re.search(rf'name="{name}"[^>]*value="([^"]*)"', page) for name in ("id", "owner", "due_on")}

    sent = {**hidden, **{name: found.group(1) for name, found in kept.items() if found}}
    answer = browser.post(address, {**sent, "step": "3", "text": "Is this so?", "answer": "Yes, with our own proof."})

    assert answer.status_code == 302, _words(answer)[:400]
    assert "From the example, not yet yours" not in _words(browser.get(f"{BAKERY}step/3/"))
    assert "From the example, not yet yours" in _words(browser.get(f"{BAKERY}step/4/"))
    assert "seven of its steps are still the example's" in _words(browser.get(BAKERY))


@pytest.mark.parametrize("name", EXAMPLES)
@pytest.mark.parametrize(
    ("day", "ends"),
    [
        pytest.param(datetime(2027, 7, 6, 9, tzinfo=UTC), date(2027, 10, 3), id="in week 1"),
        pytest.param(datetime(2027, 8, 30, 9, tzinfo=UTC), date(2028, 1, 2), id="in week 9"),
    ],
)
def test_dates_are_those_of_the_quarter_that_begins_and_the_checks_find_nothing_wrong_on_that_day(
    empty: Site, name: str, day: datetime, ends: date
) -> None:
    from quarterdeck.operations.context import open_context
    from quarterdeck.operations.first_strategy.start_strategy import start_strategy
    from quarterdeck.operations.plan.gather_inputs import quarter_at_hand
    from quarterdeck.operations.strategy.save_strategy import current_strategy
    from quarterdeck.strategy.checks.all_checks import check_strategy

    context = open_context(empty, "north-bakery", "Petra", now=day)
    start_strategy(context, name)

    strategy = current_strategy(context).strategy
    assert {objective.due_on for objective in strategy.objectives} == {ends}
    assert {goal.due_on for goal in strategy.goals} == {date(ends.year, 12, 31)}
    found = check_strategy(strategy, as_of=context.today, quarter=quarter_at_hand(context.workspace, strategy, context.today))
    # Whoever starts is not among the people of the example, and is told so.
    assert [str(problem) for problem in found if problem.code not in ("STRATEGY-114", "STRATEGY-630")] == []


@pytest.mark.parametrize("name", EXAMPLES)
@pytest.mark.parametrize("day", [datetime(2027, 1, 4, 9, tzinfo=UTC), datetime(2026, 11, 23, 9, tzinfo=UTC)], ids=["first day", "six weeks before"])
def test_a_company_without_facts_plans_from_an_example_and_is_told_that_nothing_is_known(empty: Site, name: str, day: datetime) -> None:
    from quarterdeck.operations.context import open_context
    from quarterdeck.operations.first_strategy.start_strategy import start_strategy
    from quarterdeck.operations.plan.plan_quarter import plan_quarter

    context = open_context(empty, "north-bakery", "Petra", now=day)
    start_strategy(context, name)

    made = plan_quarter(context)

    assert made.plan.quarter == date(2027, 1, 4)
    assert [outlook.chance for outlook in made.plan.outlook if outlook.chance is not None] == []
    assert [collision.sentence for collision in made.plan.collisions] == []
    assert {entry.item for entry in made.plan.calendar} >= {item.id for item in made.strategy.content.items}


def test_once_the_running_quarter_is_planned_or_the_objective_is_far_off_the_running_quarter_stays_at_hand(empty: Site) -> None:
    from quarterdeck.operations.context import open_context
    from quarterdeck.operations.first_strategy.start_strategy import start_strategy
    from quarterdeck.operations.plan.gather_inputs import quarter_at_hand
    from quarterdeck.operations.plan.plan_quarter import plan_quarter
    from quarterdeck.operations.strategy.save_strategy import current_strategy
    from quarterdeck.strategy.changes.patch import apply_changes

    context = open_context(empty, "north-bakery", "Petra", now=datetime(2026, 11, 23, 9, tzinfo=UTC))
    start_strategy(context, "local_trade")
    strategy = current_strategy(context).strategy
    far = apply_changes(strategy, {"objectives[visits_booked].due_on": "2027-12-31"})

    at_hand = [quarter_at_hand(context.workspace, each, context.today).first_day for each in (strategy, far)]
    early = quarter_at_hand(context.workspace, strategy, date(2026, 10, 20)).first_day
    plan_quarter(context, quarter=date(2026, 11, 23))

    assert at_hand == [date(2027, 1, 4), quarter_at_hand(context.workspace, far, date(2026, 10, 20)).first_day]
    assert early == date(2026, 10, 5)
    assert quarter_at_hand(context.workspace, strategy, context.today).first_day == date(2026, 10, 5)
