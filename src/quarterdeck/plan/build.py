"""build_quarter_plan: thirteen weeks as one value, made from nothing but its inputs."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from quarterdeck.plan.budget_collisions import budget_collisions
from quarterdeck.plan.campaign_split import split_by_campaign
from quarterdeck.plan.channel_money import channel_money
from quarterdeck.plan.expected import to_plan
from quarterdeck.plan.last_money import say_last_money
from quarterdeck.plan.limits import ChannelLimit
from quarterdeck.plan.money_left import NOTHING, MoneyLeft, fit_floors, money_left, open_limits
from quarterdeck.plan.outlook import expect_outcomes, forecast_weeks, objective_outlooks
from quarterdeck.plan.placement import Placement, place_money
from quarterdeck.plan.plan_inputs import PlanInputs
from quarterdeck.plan.quarter_plan import Assumption, BudgetLine, BudgetPlan, Provenance, QuarterPlan
from quarterdeck.plan.reach import within_reach
from quarterdeck.plan.remarks import say_remarks
from quarterdeck.strategy.parts.aim import value_of_unit, value_to_place_by


def build_quarter_plan(inputs: PlanInputs) -> QuarterPlan:
    """The plan of `inputs.quarter`: the same inputs give the same bytes (`render_plan`).

    Money goes where the curves of the aim say it is worth most, within budget and limits; without a trusted fit last quarter's split is
    kept. Limits that the budget cannot meet do not stop the plan: floors are cut in proportion, and a collision says so with ways out.
    """
    money = money_left(inputs)
    asked = open_limits(inputs, money)
    payable = fit_floors(asked, money.left, inputs.step)
    limits = within_reach(payable, inputs, money)
    value = value_of_unit(inputs.strategy, inputs.aim)
    placement = place_money(inputs, money, limits, value_to_place_by(inputs.strategy, inputs.aim))
    expected = expect_outcomes(inputs, placement.amounts)
    collisions = [*inputs.collisions, *budget_collisions(inputs, money, asked)]
    return QuarterPlan(
        company=inputs.strategy.company.name,
        quarter=inputs.quarter.first_day,
        provenance=_provenance(inputs),
        first_open_week=inputs.first_open_week,
        budget=_budget(inputs, money, placement, limits, value),
        outlook=objective_outlooks(inputs, expected),
        forecast=forecast_weeks(inputs, expected),
        assumptions=_assumptions(inputs),
        work=inputs.work,
        calendar=tuple(inputs.calendar),
        collisions=tuple(sorted(collisions, key=lambda c: (c.first_day, c.code, c.items, c.sentence))),
        remarks=say_remarks(inputs, money, placement, value, floors_were_cut=payable != tuple(asked)),
    )


def _provenance(inputs: PlanInputs) -> Provenance:
    used = inputs.is_trusted(inputs.aim)
    return Provenance(
        strategy=inputs.strategy_hash,
        facts=inputs.snapshot_hash,
        curves=inputs.curves_hash if used else None,
        work_log=inputs.work_log_hash,
        answers=inputs.answers_hash,
        as_of=inputs.as_of,
        seed=inputs.seed,
        version=inputs.version,
    )


def _lines(inputs: PlanInputs, placement: Placement) -> tuple[BudgetLine, ...]:
    """Past weeks as they were spent, then the open ones over their campaigns."""
    past = [line.model_copy(update={"is_spent": True}) for line in inputs.spent_in_quarter]
    past.sort(key=lambda line: (line.week, line.channel, line.campaign or ""))
    return (*past, *split_by_campaign(placement.amounts, inputs.open_weeks, inputs.strategy.campaigns, step=inputs.step))


def _budget(inputs: PlanInputs, money: MoneyLeft, placement: Placement, limits: Sequence[ChannelLimit], value: Decimal | None) -> BudgetPlan:
    allocation = placement.allocation
    return BudgetPlan(
        currency=inputs.strategy.company.currency,
        budget=money.budget,
        reserve=money.reserve,
        for_tasks=money.for_tasks,
        held_back=max(NOTHING, money.left - placement.total),
        last_money=say_last_money(inputs, money, limits, placement, value),
        method=placement.method,
        aim=inputs.aim,
        value_per_unit=value,
        lines=_lines(inputs, placement),
        channels=channel_money(inputs, money, placement, value),
        worth=None if allocation is None else to_plan(allocation.worth),
        bound=None if allocation is None else to_plan(allocation.bound),
    )


def _assumptions(inputs: PlanInputs) -> tuple[Assumption, ...]:
    """Of every forecast that is used, each only once."""
    every = [assumption for metric, ahead in sorted(inputs.ahead.items()) if inputs.is_trusted(metric) for assumption in ahead.assumptions]
    return tuple(dict.fromkeys(a.model_copy(update={"values": tuple(to_plan(x) for x in a.values)}) for a in every))
