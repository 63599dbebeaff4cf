"""What the money at the margin brings is said, whether it is spent or held back."""

from __future__ import annotations

import re
from decimal import Decimal

from plan_makers import shop_inputs, shop_strategy

from quarterdeck.plan.build import build_quarter_plan

BUY = [{"id": "buy", "group": "buyers", "event": "order", "metric": "new_customers", "margin": 45}]
FREE = {"guardrails": {"max_change_share": 1}}


def plan_that_spends(what, conversions=BUY):
    budget = {"quarter": 30000, "reserve": 1000, "spend": what}
    return build_quarter_plan(shop_inputs(strategy=shop_strategy(conversions=conversions, ads=FREE, management={"budget": budget})))


def figures(sentence):
    return [Decimal(found.replace(",", "")) for found in re.findall(r"£([\d,]+)", sentence)]


def test_what_pays_holds_back_and_says_what_that_money_would_bring():
    plan = plan_that_spends("what_pays")

    extra, price, worth = figures(plan.budget.last_money)
    assert plan.budget.held_back > 0
    assert extra <= plan.budget.held_back
    assert price > worth == 45
    assert "`spend: all`" in plan.budget.last_money


def test_all_spends_the_budget_and_says_what_the_last_of_it_costs():
    saving, spending = plan_that_spends("what_pays"), plan_that_spends("all")

    assert spending.budget.held_back < 1
    assert spending.budget.value_per_unit == 45
    extra, price, worth = figures(spending.budget.last_money)
    assert abs(extra - saving.budget.held_back) <= 1
    assert price > worth
    assert "`spend: what_pays`" in spending.budget.last_money


def test_spending_all_never_lowers_the_chance_of_the_target():
    saving, spending = plan_that_spends("what_pays"), plan_that_spends("all")

    assert spending.outlook[0].chance >= saving.outlook[0].chance
    assert spending.outlook[0].expected.expected > saving.outlook[0].expected.expected


def test_nothing_is_said_where_nobody_knows_what_one_is_worth_or_all_of_it_pays():
    assert plan_that_spends("what_pays", conversions=[]).budget.last_money is None
    assert plan_that_spends("what_pays", conversions=[{**BUY[0], "margin": 100000}]).budget.last_money is None
