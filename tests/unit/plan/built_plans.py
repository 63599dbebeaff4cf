"""Plans that were built, and how their money is read: used by the tests of building."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

import numpy as np
from plan_makers import QUARTER, shop_fit, shop_inputs, shop_strategy

from quarterdeck.plan.plan_inputs import Ahead, PlanInputs
from quarterdeck.plan.quarter_plan import BudgetLine, ChannelMoney, QuarterPlan


def channel(plan: QuarterPlan, name: str) -> ChannelMoney:
    return next(row for row in plan.budget.channels if row.channel == name)


def money_of(plan: QuarterPlan, name: str) -> Decimal:
    return sum((line.amount for line in plan.budget.lines if line.channel == name), Decimal(0))


def assert_money_adds_up(plan: QuarterPlan) -> None:
    budget = plan.budget
    assert sum(line.amount for line in budget.lines) + budget.for_tasks + budget.held_back + budget.reserve == budget.budget
    assert {row.channel: row.planned for row in budget.channels} == {row.channel: money_of(plan, row.channel) for row in budget.channels}


def spent_lines(weeks: Sequence[date], **pounds: str) -> tuple[BudgetLine, ...]:
    return tuple(
        BudgetLine(channel=name, campaign=None, week=week, amount=Decimal(amount), is_spent=True) for week in weeks for name, amount in pounds.items()
    )


def mid_quarter(**changes: object) -> PlanInputs:
    """Four weeks are over: the fit knows them, the money is gone."""
    fit = shop_fit(QUARTER.weeks[3])
    ahead = {"new_customers": Ahead(np.full((9, 1), 10.0), np.zeros((9, 0)))}
    spent = spent_lines(QUARTER.weeks[:4], search="1000.25", social="500", video="700")
    settings = {"fits": {"new_customers": fit}, "ahead": ahead, "spent": spent, "as_of": date(2027, 1, 31), "first_open_week": QUARTER.weeks[4]}
    return shop_inputs(**{**settings, **changes})


def with_channels(*more: dict[str, object], budget: int = 30000, **changes: object) -> PlanInputs:
    document = shop_strategy().model_dump(mode="json", by_alias=True)
    strategy = shop_strategy(channels=[*document["channels"], *more], management={"budget": {"quarter": budget, "reserve": 1000}}, **changes)
    return shop_inputs(strategy=strategy)
