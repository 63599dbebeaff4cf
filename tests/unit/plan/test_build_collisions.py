"""Money that collides: floors, tasks and promises against the budget, with ways out that work."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from plan_makers import shop_inputs, shop_strategy

from quarterdeck.plan.budget_collisions import budget_collisions
from quarterdeck.plan.build import build_quarter_plan
from quarterdeck.plan.money_left import money_left, open_limits
from quarterdeck.plan.plan_inputs import PlanInputs
from quarterdeck.plan.quarter_plan import Collision
from quarterdeck.strategy.document import Strategy


def short_inputs(*, search: int = 7000, social: int = 4000, task: int = 1500, budget: int = 10000, reserve: int = 1000) -> PlanInputs:
    """Floors of 11,000 and a task of 1,500 on 9,000 of free money, unless said otherwise."""
    document = shop_strategy().model_dump(mode="json", by_alias=True)
    floors = {"search": {"floor": search}, "social": {"floor": social}}
    channels = [{**channel, "spend": floors.get(channel["id"])} for channel in document["channels"]]
    tasks = [{"id": "film", "title": "Make a film", "serves": "q1", "effort_hours": 8, "budget": task, "importance": 2}]
    management = {"budget": {"quarter": budget, "reserve": reserve}, "tasks": tasks}
    return shop_inputs(strategy=shop_strategy(channels=channels, management=management))


def found(inputs: PlanInputs) -> tuple[Collision, ...]:
    money = money_left(inputs)
    return budget_collisions(inputs, money, open_limits(inputs, money))


def changed(strategy: Strategy, change: dict[str, str]) -> Strategy:
    """The strategy with a fix carried out: `channels[search].spend.floor` and `management.budget.quarter` are the places that fixes name."""
    document: Any = strategy.model_dump(mode="json", by_alias=True)
    for place, value in change.items():
        part = document
        *way, last = place.replace("]", "").replace("[", ".@").split(".")
        for step in way:
            part = next(item for item in part if item["id"] == step[1:]) if step.startswith("@") else part[step]
        part[last] = value
    return Strategy.model_validate(document)


def test_money_that_is_enough_collides_with_nothing() -> None:
    assert found(short_inputs(budget=20000)) == ()
    assert found(short_inputs(budget=13500)) == ()


def test_what_is_missing_is_said_in_one_sentence() -> None:
    collision = found(short_inputs())[0]

    assert collision.code == "PLAN-106"
    assert collision.items == ("search", "social", "film")
    assert collision.sentence == (
        "The quarter needs £12,500 (£1,500 for tasks, £11,000 as floors and promises of channels) "
        "and has £9,000 after a reserve of £1,000: £3,500 are missing."
    )


def test_fixes_stand_cheapest_first_and_those_that_name_a_change_solve_it() -> None:
    inputs = short_inputs()
    fixes = found(inputs)[0].fixes

    assert [fix.cost_money for fix in fixes] == sorted(fix.cost_money for fix in fixes)
    assert fixes[-1].text == "Raise the budget of the quarter by £3,500 to £13,500."
    with_change = [fix for fix in fixes if fix.change]
    assert len(with_change) >= 3
    for fix in with_change:
        assert found(replace(inputs, strategy=changed(inputs.strategy, fix.change))) == ()


@pytest.mark.parametrize(
    ("settings", "text"),
    [
        pytest.param({"budget": 12000}, "Put off “Make a film” to the next quarter: that frees £1,500.", id="a_task_is_enough"),
        pytest.param({"budget": 13000}, "Take £500 out of the reserve, which leaves £500 in it.", id="the_reserve_is_enough"),
        pytest.param({"budget": 2500}, "Lower the floors of Search ads, Social ads by £11,000 together.", id="no_floor_is_enough_alone"),
    ],
)
def test_ways_out_depend_on_how_much_is_missing(settings: dict[str, int], text: str) -> None:
    assert text in [fix.text for fix in found(short_inputs(**settings))[0].fixes]


def test_promises_above_a_cap_collide_too() -> None:
    collision = found(shop_inputs(committed={"social": Decimal(9500)}))[0]

    assert collision.items == ("social",)
    assert collision.fixes[0].change == {"channels[social].spend.cap": "9500"}


def test_the_plan_is_made_all_the_same_with_floors_cut_in_proportion() -> None:
    plan = build_quarter_plan(short_inputs())

    assert [collision.code for collision in plan.collisions] == ["PLAN-106"]
    placed = {row.channel: row.planned for row in plan.budget.channels}
    assert sum(placed.values()) == 7500
    assert placed["search"] >= 4772
    assert placed["social"] >= 2727
    assert any("Floors were cut" in remark for remark in plan.remarks)


def test_a_budget_that_is_overspent_already_leaves_nothing_and_says_so() -> None:
    plan = build_quarter_plan(short_inputs(budget=1000, reserve=0))

    assert plan.budget.lines == ()
    assert plan.budget.held_back == 0
    assert plan.collisions[0].code == "PLAN-106"
