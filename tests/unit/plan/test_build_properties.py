"""Whatever the limits, the past and the state of the fit: a plan is made, it adds up, and no cap is broken."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from plan_makers import CHANNELS, QUARTER, shop_fit, shop_inputs, shop_strategy

from quarterdeck.plan.build import build_quarter_plan
from quarterdeck.plan.plan_inputs import Ahead, PlanInputs
from quarterdeck.plan.quarter_plan import BudgetLine, parse_plan, render_plan


def random_inputs(rng: np.random.Generator) -> PlanInputs:
    def pounds(most: float) -> Decimal:
        return Decimal(str(round(float(rng.uniform(0, most)), int(rng.integers(0, 3)))))

    names = [*CHANNELS, "radio", "print"][: int(rng.integers(1, 6))]
    channels = []
    for name in names:
        cap = pounds(20000) if rng.integers(2) else None
        floor = pounds(8000) if rng.integers(2) else Decimal(0)
        channels.append(
            {
                "id": name,
                "kind": "other",
                "ownership": "paid",
                "use": str(rng.choice(["in_use", "wanted"])),
                "spend": {"floor": floor if cap is None else min(floor, cap), "cap": cap},
            }
        )
    starts = [QUARTER.first_day + timedelta(days=int(day)) for day in rng.integers(-20, 90, 3)]
    campaigns = [
        {"id": f"c{i}", "objective": "q1", "channels": list(rng.choice(names, 2)), "starts_on": start, "ends_on": start + timedelta(days=30)}
        for i, start in enumerate(starts)
    ]
    tasks = [{"id": "film", "title": "Film", "serves": "q1", "effort_hours": 3, "budget": pounds(5000)}]
    budget = pounds(60000) if rng.integers(5) else Decimal(0)
    management = {"budget": {"quarter": budget, "reserve": pounds(3000)}, "tasks": tasks} if rng.integers(5) else {}
    conversions = [{"id": "buy", "group": "g", "event": "e", "metric": "new_customers", "margin": pounds(200)}] if rng.integers(2) else []
    past = int(rng.integers(0, 14))
    first_open = QUARTER.first_day + timedelta(weeks=past)
    known = int(rng.integers(0, 3))
    fit = shop_fit(first_open - timedelta(weeks=1 + known))
    spent = tuple(
        BudgetLine(channel=str(name), campaign=None, week=week, amount=pounds(1500), is_spent=True)
        for week in QUARTER.weeks[:past]
        for name in rng.choice([*names, "old"], 2, replace=False)
    )
    usual = {name: pounds(12000) for name in names if rng.integers(3)}
    ahead = len(QUARTER.weeks) - past + known
    return shop_inputs(
        strategy=shop_strategy(channels=channels, campaigns=campaigns, management=management, conversions=conversions),
        first_open_week=first_open,
        spent=spent,
        fits={"new_customers": fit} if rng.integers(6) else {},
        ahead={"new_customers": Ahead(np.full((ahead, 1), 10.0), np.zeros((ahead, 0)))},
        refused={"new_customers": ("no",)} if rng.integers(4) == 0 else {},
        committed={names[0]: pounds(3000)} if rng.integers(3) == 0 else {},
        last_quarter_spend=usual,
        last_quarter_weeks={},
        step=Decimal(str(rng.choice(["1", "0.01", "10"]))),
        as_of=min(first_open, date(2027, 4, 4)),
    )


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 2**32 - 1))
def test_any_plan_adds_up_and_keeps_to_caps(seed: int) -> None:
    inputs = random_inputs(np.random.default_rng(seed))

    plan = build_quarter_plan(inputs)

    budget, open_lines = plan.budget, [line for line in plan.budget.lines if not line.is_spent]
    gone = sum(line.amount for line in plan.budget.lines if line.is_spent)
    placed = sum(line.amount for line in open_lines)
    assert all(line.amount > 0 and line.amount % inputs.step == 0 for line in open_lines)
    assert len({line.key for line in open_lines}) == len(open_lines)
    assert budget.held_back >= 0
    if placed or gone + budget.for_tasks + budget.reserve <= budget.budget:
        assert gone + placed + budget.for_tasks + budget.held_back + budget.reserve == budget.budget
    for row in budget.channels:
        open_money = sum(line.amount for line in open_lines if line.channel == row.channel)
        before = sum(line.amount for line in plan.budget.lines if line.is_spent and line.channel == row.channel)
        assert row.planned == open_money + before
        assert row.cap is None or open_money == 0 or row.planned <= max(row.cap, before + inputs.committed.get(row.channel, Decimal(0)))
        assert row.why.endswith(".")
    if budget.worth is not None and budget.bound is not None:
        assert budget.bound >= budget.worth
    if not any(collision.code == "PLAN-106" for collision in plan.collisions) and inputs.open_weeks:
        for row in budget.channels:
            assert row.planned > min(row.floor, Decimal("Infinity") if row.cap is None else row.cap) - inputs.step
    assert parse_plan(render_plan(plan)) == plan
