"""The quarter's plan where a fit cannot be used, or nothing is known yet."""

from __future__ import annotations

from decimal import Decimal

import pytest
from built_plans import assert_money_adds_up, money_of, spent_lines
from plan_makers import QUARTER, shop_fit, shop_inputs, shop_strategy

from quarterdeck.plan.build import build_quarter_plan


def test_a_refused_fit_keeps_last_quarters_split_and_says_why() -> None:
    plan = build_quarter_plan(shop_inputs(refused={"new_customers": ("it missed the held-out weeks",)}))

    assert plan.budget.method == "as_last_quarter"
    assert plan.provenance.curves is None
    assert (plan.budget.worth, plan.budget.bound, plan.budget.gap_share) == (None, None, None)
    shares = [float(money_of(plan, name)) / 29000 for name in ("search", "social", "video")]
    assert shares == pytest.approx([11700 / 28600, 7800 / 28600, 9100 / 28600], abs=1e-3)
    assert any("it missed the held-out weeks" in remark and "Last quarter's split" in remark for remark in plan.remarks)
    assert plan.forecast == ()
    assert plan.outlook[0].chance is None
    assert_money_adds_up(plan)


def test_where_last_quarter_spent_nothing_the_even_split_is_called_what_it_is() -> None:
    plan = build_quarter_plan(shop_inputs(fits={}, ahead={}, last_quarter_spend={}, last_quarter_weeks={}))

    assert not any("Last quarter's split" in remark for remark in plan.remarks)
    assert any("split evenly, within the limits" in remark for remark in plan.remarks)


def test_last_quarters_split_bends_to_limits_and_the_rest_takes_the_difference() -> None:
    usual = {"search": Decimal(1000), "social": Decimal(8000), "video": Decimal(1000)}

    plan = build_quarter_plan(shop_inputs(fits={}, ahead={}, last_quarter_spend=usual, last_quarter_weeks={}))

    assert [money_of(plan, name) for name in ("search", "social", "video")] == [10000, 9000, 10000]


def test_an_overruled_refusal_uses_the_fit_and_repeats_the_reason() -> None:
    plan = build_quarter_plan(shop_inputs(refused={"new_customers": ("too few weeks",)}, overruled={"new_customers": "We know these channels well."}))

    assert plan.budget.method == "best_known"
    assert any("too few weeks" in remark and "We know these channels well." in remark for remark in plan.remarks)


def test_a_first_quarter_with_nothing_known_is_split_evenly() -> None:
    plan = build_quarter_plan(shop_inputs(fits={}, ahead={}, last_quarter_spend={}, last_quarter_weeks={}))

    assert abs(money_of(plan, "search") - money_of(plan, "video")) <= 1
    assert money_of(plan, "social") == 9000
    assert_money_adds_up(plan)


def test_without_a_named_budget_last_quarters_spending_stands_in() -> None:
    plan = build_quarter_plan(shop_inputs(strategy=shop_strategy(management={})))

    assert plan.budget.budget == 28600
    assert any("names no budget" in remark for remark in plan.remarks)


def test_a_quarter_that_is_over_has_no_money_left_to_place() -> None:
    spent = spent_lines(QUARTER.weeks, search="1000", social="400", video="300")
    fits = {"new_customers": shop_fit(QUARTER.weeks[-1])}

    plan = build_quarter_plan(shop_inputs(fits=fits, ahead={}, spent=spent, first_open_week=QUARTER.next().first_day, as_of=QUARTER.last_day))

    assert all(line.is_spent for line in plan.budget.lines)
    assert plan.forecast == ()
    assert plan.outlook[0].so_far is not None
    assert "date is past" in (plan.outlook[0].why_unknown or "")
    assert_money_adds_up(plan)
