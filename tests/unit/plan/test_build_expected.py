"""What the quarter's plan expects of its objectives, and its reasons."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import numpy as np
import pytest
from built_plans import channel, mid_quarter, money_of
from plan_makers import NO_WORK, QUARTER, shop_fit, shop_inputs, shop_strategy

from quarterdeck.plan.build import build_quarter_plan
from quarterdeck.plan.plan_inputs import Ahead, PlanInputs
from quarterdeck.plan.quarter_plan import ObjectiveOutlook


def objective(**changes: object) -> dict[str, object]:
    return {"id": "q1", "goal": "grow", "statement": "More customers", "metric": "new_customers", "target": 2745, "due_on": "2027-04-04", **changes}


def outlook_of(*objectives: dict[str, object], inputs: PlanInputs | None = None) -> tuple[ObjectiveOutlook, ...]:
    inputs = shop_inputs() if inputs is None else inputs
    return build_quarter_plan(replace(inputs, strategy=shop_strategy(objectives=list(objectives)))).outlook


def test_the_plan_makes_a_target_within_reach_more_likely_than_last_quarters_spending() -> None:
    outlook = outlook_of(objective())[0]

    assert outlook.chance is not None
    assert outlook.chance_unchanged is not None
    assert 0 < outlook.chance_unchanged < outlook.chance < 1
    assert outlook.expected is not None
    assert outlook.expected.low < outlook.expected.expected < outlook.expected.high


def test_what_was_counted_already_counts_towards_the_target() -> None:
    plan = build_quarter_plan(mid_quarter())
    series = shop_fit(QUARTER.weeks[3]).series
    ahead = sum(week.outcome.expected for week in plan.forecast)

    outlook = plan.outlook[0]

    assert float(outlook.so_far or 0) == pytest.approx(float(series.outcome[-4:].sum()))
    assert outlook.expected is not None
    assert outlook.expected.expected == pytest.approx(float(outlook.so_far or 0) + ahead, rel=1e-6)


def test_an_objective_due_within_the_quarter_counts_the_weeks_until_then() -> None:
    half, whole = outlook_of(objective(id="half", due_on="2027-02-17"), objective(id="whole"))

    assert half.expected is not None
    assert whole.expected is not None
    # Six weeks and three of seven days out of thirteen weeks.
    assert half.expected.expected / whole.expected.expected == pytest.approx((6 + 3 / 7) / 13, rel=0.03)


def test_an_objective_due_a_few_days_after_the_quarter_is_judged_by_the_quarter() -> None:
    exact, soon = outlook_of(objective(), objective(id="soon", due_on="2027-04-08"))

    assert soon.chance == exact.chance


def test_an_objective_due_later_is_judged_by_its_milestone_or_not_at_all() -> None:
    with_milestone = objective(target=9000, due_on="2027-12-31", milestones=[{"on": "2027-03-28", "value": 2500}])

    judged, unknown = outlook_of(with_milestone, objective(id="year", target=9000, due_on="2027-12-31"))

    assert (judged.target, judged.due_on) == (Decimal(2500), date(2027, 3, 28))
    assert judged.chance is not None
    assert unknown.chance is None
    assert "after this quarter" in (unknown.why_unknown or "")


def test_an_objective_without_a_forecast_says_so() -> None:
    outlook = outlook_of(objective(metric="leads"))[0]

    assert outlook.chance is None
    assert "no forecast of leads" in (outlook.why_unknown or "")


def test_each_forecast_week_is_its_baseline_and_what_the_channels_bring() -> None:
    plan = build_quarter_plan(shop_inputs())

    assert len(plan.forecast) == 13
    for week in plan.forecast:
        assert week.baseline + sum(week.by_channel.values()) == pytest.approx(week.outcome.expected, rel=1e-6)


def test_weeks_that_nobody_reported_are_taken_as_last_quarters_and_the_plan_says_so() -> None:
    fit = shop_fit(QUARTER.first_day - timedelta(weeks=3))
    ahead = Ahead(np.full((15, 1), 10.0), np.zeros((15, 0)))

    plan = build_quarter_plan(shop_inputs(fits={"new_customers": fit}, ahead={"new_customers": ahead}))

    assert [week.week for week in plan.forecast] == list(QUARTER.weeks)
    assert any("Spend of 2 weeks before the first open one is not known yet" in remark for remark in plan.remarks)


def test_assumptions_of_used_forecasts_are_written_down() -> None:
    assert [assumption.name for assumption in build_quarter_plan(shop_inputs()).assumptions] == ["price"]
    assert build_quarter_plan(shop_inputs(refused={"new_customers": ("no",)})).assumptions == ()


def test_reasons_name_the_change_and_what_the_next_pound_brings() -> None:
    plan = build_quarter_plan(shop_inputs(strategy=shop_strategy(ads={"guardrails": {"max_change_share": 1}})))

    search, video = (f"to £{money_of(plan, name):,}" for name in ("search", "video"))
    next_pound = f"{channel(plan, 'search').next_unit:.2g} new customers"
    assert channel(plan, "search").why.startswith(f"Raised from £11,700 {search}: at last quarter's level the next pound brings 0.0")
    assert channel(plan, "search").why.endswith(f", at the new one {next_pound}.")
    assert channel(plan, "video").why.startswith(f"Lowered from £9,100 {video}, as far down as one quarter may move it: the next ")
    assert re.search(r"the next (pound|£100) brings [0-9.]+ new customers, elsewhere [0-9.]+ new customers\.$", channel(plan, "video").why)


def test_a_channel_at_its_cap_or_floor_says_so() -> None:
    document = shop_strategy().model_dump(mode="json", by_alias=True)

    def why(name: str, **limits: int) -> str:
        channels = [{**c, "spend": limits} if c["id"] == name else c for c in document["channels"]]
        return channel(build_quarter_plan(shop_inputs(strategy=shop_strategy(channels=channels))), name).why

    assert why("search", cap=9000).startswith("Held at its cap of £9,000: the next pound brings 0.0")
    assert why("search", cap=9000).endswith("more than on any other channel.")
    assert why("video", floor=8000).startswith("Kept at its floor of £8,000: the next £100 brings 0.")
    assert ", elsewhere 1." in why("video", floor=8000)


def test_the_work_and_calendar_are_taken_over_as_they_are() -> None:
    assert build_quarter_plan(shop_inputs()).work == NO_WORK
