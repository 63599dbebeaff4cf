"""A small shop with two years of facts, a real fit of them, and the inputs of its next quarter's plan."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from functools import cache

import numpy as np

from quarterdeck.kernel.periods import Quarter
from quarterdeck.plan.plan_inputs import Ahead, PlanInputs
from quarterdeck.plan.quarter_plan import Assumption, WorkPlan
from quarterdeck.response.curves.fitted import ResponseFit
from quarterdeck.response.fitting.fit import fit_response
from quarterdeck.response.series.series import ResponseSeries
from quarterdeck.strategy.document import Strategy

QUARTER = Quarter(date(2027, 1, 4))
CHANNELS = ("search", "social", "video")
NO_WORK = WorkPlan(assignments=(), unassignable=(), overloads=(), weighted_lateness=0, bound=None, method="rule")


def shop_fit(last_week: date = date(2026, 12, 28)) -> ResponseFit:
    """The shop's fit as if the same two years had ended with `last_week`."""
    fit = _fit()
    moved = tuple(week + (last_week - fit.weeks[-1]) for week in fit.weeks)
    return replace(fit, series=replace(fit.series, starts=moved), curves=replace(fit.curves, last_week=last_week))


@cache
def _fit() -> ResponseFit:
    """New customers by week against spend on three channels: search works best, video worst."""
    rng = np.random.default_rng(11)
    weeks = tuple(date(2026, 12, 28) - timedelta(weeks=103 - n) for n in range(104))
    spend = np.column_stack([rng.gamma(6, mean / 6, 104) for mean in (900, 600, 700)])
    brought = np.array([70, 35, 12]) * spend / (spend + np.array([900, 700, 900]))
    outcome = 150 + brought.sum(axis=1) + rng.normal(0, 4, 104)
    series = ResponseSeries(
        "new_customers", weeks, CHANNELS, spend.round(2), outcome.round(1), context_names=("price",), context=rng.normal(10, 1, (104, 1))
    )
    return fit_response(series, seed=3)


def shop_strategy(**changes: object) -> Strategy:
    """The shop's strategy; `changes` replace whole parts of the document."""
    return Strategy.model_validate(
        {
            "company": {"name": "Shop", "currency": "GBP"},
            "goals": [{"id": "grow", "statement": "Grow", "metric": "new_customers", "target": 12000, "due_on": "2027-12-31"}],
            "objectives": [
                {"id": "q1", "goal": "grow", "statement": "More customers", "metric": "new_customers", "target": 2900, "due_on": "2027-04-04"}
            ],
            "channels": [
                {"id": "search", "name": "Search ads", "kind": "search_ads", "ownership": "paid"},
                {"id": "social", "name": "Social ads", "kind": "social_ads", "ownership": "paid", "spend": {"floor": 2000, "cap": 9000}},
                {"id": "mail", "name": "E-mail", "kind": "email", "ownership": "owned"},
                {"id": "video", "name": "Video ads", "kind": "video_ads", "ownership": "paid"},
            ],
            "campaigns": [{"id": "spring", "objective": "q1", "channels": ["search"], "starts_on": "2027-02-01", "ends_on": "2027-02-28"}],
            "management": {"budget": {"quarter": 30000, "reserve": 1000}},
            **changes,
        }
    )


def shop_inputs(**changes: object) -> PlanInputs:
    """Everything for the plan of QUARTER, made on its eve; `changes` replace fields of PlanInputs."""
    weeks = len(QUARTER.weeks)
    price = Assumption(name="price", kind="context", values=(10.0,) * weeks, origin="mean")
    usual = {"search": Decimal(11700), "social": Decimal(7800), "video": Decimal(9100)}
    inputs = PlanInputs(
        strategy=shop_strategy(),
        strategy_hash="s" * 64,
        quarter=QUARTER,
        as_of=date(2027, 1, 3),
        first_open_week=QUARTER.first_day,
        seed=5,
        version="0.1.0",
        snapshot_hash="f" * 64,
        curves_hash="c" * 64,
        work_log_hash="w" * 64,
        answers_hash="a" * 64,
        aim="new_customers",
        fits={"new_customers": shop_fit()},
        ahead={"new_customers": Ahead(np.full((weeks, 1), 10.0), np.zeros((weeks, 0)), (price,))},
        work=NO_WORK,
        last_quarter_spend=usual,
        last_quarter_weeks={channel: (float(amount) / 13,) * 13 for channel, amount in usual.items()},
    )
    return replace(inputs, **changes)  # type: ignore[arg-type]  # fields by name, checked at run time by the dataclass
