"""One quarter moves a channel's money only so far."""

from __future__ import annotations

from decimal import Decimal

import pytest
from plan_makers import shop_inputs, shop_strategy

from quarterdeck.plan.build import build_quarter_plan
from quarterdeck.plan.money_left import fit_floors, money_left, open_limits
from quarterdeck.plan.reach import usual_quarter, within_reach


def limits_of(inputs):
    money = money_left(inputs)
    return {limit.channel: limit for limit in within_reach(fit_floors(open_limits(inputs, money), money.left, inputs.step), inputs, money)}


def with_change(share):
    return shop_inputs(strategy=shop_strategy(ads={"guardrails": {"max_change_share": share}}))


@pytest.mark.parametrize("share", ["0.1", "0.35", "0.8"])
def test_no_channel_moves_further_than_the_guardrail_allows(share):
    inputs = with_change(share)

    plan = build_quarter_plan(inputs)

    placed = float(plan.budget.budget - plan.budget.reserve)
    everything = [usual_quarter(name, inputs) for name in ("search", "social", "video")]
    more, less = max(1.0, placed / sum(low for low, _ in everything)), min(1.0, placed / sum(high for _, high in everything))
    for row in plan.budget.channels:
        low, high = usual_quarter(row.channel, inputs)
        assert low * less * (1 - float(share)) - 1 <= float(row.planned) <= max(high * more * (1 + float(share)), float(row.floor)) + 1


def test_without_a_guardrail_a_channel_moves_by_half_at_most():
    inputs = shop_inputs()
    low, high = usual_quarter("video", inputs)

    limit = limits_of(inputs)["video"]

    assert float(limit.floor) == pytest.approx(low * 0.5, rel=0.2)
    assert float(limit.cap) == pytest.approx(high * 1.5, rel=0.2)


def test_the_strategys_own_limits_go_first():
    limit = limits_of(with_change("0.0"))["social"]

    assert limit.cap <= Decimal(9000) and limit.floor >= Decimal(2000)


def test_a_budget_that_halves_lets_every_channel_fall():
    halved = shop_strategy(management={"budget": {"quarter": 14000, "reserve": 0}})

    plan = build_quarter_plan(shop_inputs(strategy=halved))

    assert sum(row.planned for row in plan.budget.channels) <= 14000
    assert not any(collision.code == "PLAN-106" for collision in plan.collisions)


def test_without_trusted_curves_nothing_is_drawn_in():
    inputs = shop_inputs(refused={"new_customers": ("it missed the held-out weeks",)})
    money = money_left(inputs)
    asked = open_limits(inputs, money)

    assert within_reach(asked, inputs, money) == tuple(asked)
