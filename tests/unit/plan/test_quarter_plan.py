"""The plan as a value: same plan, same bytes; bytes and back."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from plan_makers import shop_inputs
from pydantic import ValidationError

from quarterdeck.plan.build import build_quarter_plan
from quarterdeck.plan.quarter_plan import BudgetLine, BudgetPlan, parse_plan, render_plan


def budget_plan(worth: float | None, bound: float | None) -> BudgetPlan:
    return BudgetPlan(
        currency="GBP",
        budget=Decimal(1),
        reserve=Decimal(0),
        held_back=Decimal(0),
        method="best_known",
        aim="leads",
        value_per_unit=None,
        lines=(),
        channels=(),
        worth=worth,
        bound=bound,
    )


def test_a_plan_that_is_rendered_and_parsed_is_the_same_plan() -> None:
    plan = build_quarter_plan(shop_inputs())

    again = parse_plan(render_plan(plan))

    assert again == plan
    assert render_plan(again) == render_plan(plan)
    assert again.id == plan.id


def test_any_difference_gives_another_id() -> None:
    assert build_quarter_plan(shop_inputs()).id != build_quarter_plan(shop_inputs(seed=6)).id


def test_a_plan_with_an_unknown_field_is_refused() -> None:
    with pytest.raises(ValidationError):
        parse_plan(render_plan(build_quarter_plan(shop_inputs())).replace(b'"remarks"', b'"notes"'))


@pytest.mark.parametrize(("worth", "bound", "expected"), [(90.0, 100.0, 0.1), (100.0, 100.0, 0.0), (None, None, None), (-1.0, 0.0, None)])
def test_the_gap_is_a_share_of_the_bound_and_unknown_without_one(worth: float | None, bound: float | None, expected: float | None) -> None:
    assert budget_plan(worth, bound).gap_share == (None if expected is None else pytest.approx(expected))


def test_a_line_is_named_by_channel_campaign_and_week() -> None:
    line = BudgetLine(channel="search", campaign=None, week=date(2027, 1, 4), amount=Decimal(5))

    assert line.key == "search/always-on/2027-01-04"
    assert line.model_copy(update={"campaign": "spring"}).key == "search/spring/2027-01-04"
