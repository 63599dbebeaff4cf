"""Objectives without curves get a chance from their own past; calibrated chances reach the plan; plans of earlier days keep their bytes."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest
from plan_makers import QUARTER, shop_inputs, shop_strategy

from quarterdeck.plan.build import build_quarter_plan
from quarterdeck.plan.plan_inputs import Level
from quarterdeck.plan.quarter_plan import ObjectiveOutlook, render_plan
from quarterdeck.response.forecasts.backtest import Backtest, Origin
from quarterdeck.response.forecasts.forecast import Forecast

LEADS = {"id": "leads", "goal": "grow", "statement": "More leads", "metric": "leads", "target": 1300, "due_on": "2027-04-04"}


def leads_level(mean: float = 100.0, weeks: int = 13) -> Level:
    """A level of `mean` leads a week, 10 either way, to the quarter's end."""
    noise = 10.0 * np.random.default_rng(0).standard_normal((400, weeks))
    starts = QUARTER.weeks[-weeks:]
    return Level(Forecast("leads", starts, (), np.full((400, weeks), mean), np.zeros((400, weeks, 0)), noise), weeks=30)


def leads_outlook(**changes: object) -> ObjectiveOutlook:
    objectives = [each.model_dump(mode="json") for each in shop_strategy().objectives]
    return build_quarter_plan(shop_inputs(strategy=shop_strategy(objectives=[*objectives, LEADS]), **changes)).outlook[1]


def test_an_objective_without_curves_gets_its_chance_from_its_own_past():
    found = leads_outlook(levels={"leads": leads_level()})
    assert found.chance == pytest.approx(0.5, abs=0.1)
    assert found.by_level == 30
    assert found.chance_unchanged is None
    assert found.why_unknown is None
    assert found.expected is not None
    assert found.expected.expected == pytest.approx(1300, rel=0.01)


def test_what_was_counted_in_the_quarter_counts_and_the_rest_comes_from_the_level():
    from decimal import Decimal

    found = leads_outlook(levels={"leads": leads_level(weeks=9)}, so_far={"leads": Decimal(600)})
    assert found.expected is not None
    assert found.expected.expected == pytest.approx(600 + 900, rel=0.01)
    assert found.chance is not None
    assert found.chance > 0.99


def test_without_a_level_either_it_is_not_known_and_said_why():
    found = leads_outlook()
    assert found.chance is None
    assert "no forecast of leads" in (found.why_unknown or "")


def test_a_plan_without_levels_has_the_bytes_that_it_always_had():
    plan = build_quarter_plan(shop_inputs())
    assert b"by_level" not in render_plan(plan)
    assert b"by_level" in render_plan(plan.model_copy(update={"outlook": (plan.outlook[0].model_copy(update={"by_level": 20}),)}))


def test_forecasts_that_missed_before_widen_the_range_of_the_plan_and_move_its_chance_to_the_middle():
    # given: six forecasts of the past that were off by three of their standard deviations
    origins = tuple(
        Origin(date(2024, 1, 1) + timedelta(weeks=13 * n), 40 + 13 * n, 13, 100.0, 10.0, (84.0, 87.0, 93.0, 100.0, 107.0, 113.0, 116.0), 100.0 + 30.0 * (-1) ** n, 0.5, 1.0, None)
        for n in range(6)
    )  # fmt: skip
    record = Backtest("new_customers", "curves", origins)
    # when
    plain, wary = (build_quarter_plan(shop_inputs(backtests=known)).outlook[0] for known in ({}, {"new_customers": record}))
    # then
    assert plain.expected is not None
    assert wary.expected is not None
    assert wary.expected.high - wary.expected.low > 1.15 * (plain.expected.high - plain.expected.low)
    assert wary.expected.expected == pytest.approx(plain.expected.expected, rel=1e-6)
    assert plain.chance is not None
    assert wary.chance is not None
    assert abs(wary.chance - 0.5) <= abs(plain.chance - 0.5)
