"""What lies ahead of a review: the outlook from here, the money that can still be moved, and objectives carried into the next quarter."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

import numpy as np

from quarterdeck.kernel.metrics import METRICS
from quarterdeck.kernel.periods import Quarter
from quarterdeck.plan.expected import curves_at
from quarterdeck.plan.limits import ChannelLimit
from quarterdeck.plan.money_left import fit_floors, money_left, open_limits
from quarterdeck.plan.outlook import expect_outcomes, objective_outlooks, settled
from quarterdeck.plan.placement import place_money
from quarterdeck.plan.plan_inputs import PlanInputs
from quarterdeck.plan.quarter_plan import ObjectiveOutlook, QuarterPlan
from quarterdeck.plan.reach import within_reach
from quarterdeck.review.corrections_money import Ahead
from quarterdeck.review.record import CorrectionDraft
from quarterdeck.review.review import ReviewFacts
from quarterdeck.strategy.parts.aim import value_to_place_by

if TYPE_CHECKING:
    from quarterdeck.response.curves.fitted import ResponseFit

LIKELY = 0.4
"""A carried-over target lies where 6 of 10 cases reach it."""


def outlook_of(inputs: PlanInputs, plan: QuarterPlan) -> tuple[ObjectiveOutlook, ...]:
    """Every objective's chance from here, if the open weeks are spent as planned; reached or not, once the quarter is over."""
    amounts = {channel.id: _planned(plan, channel.id, inputs) for channel in inputs.strategy.paid_channels}
    outlooks = objective_outlooks(inputs, expect_outcomes(inputs, amounts))
    return tuple(settled(outlook) if not inputs.open_weeks else outlook for outlook in outlooks)


def ahead_of_review(inputs: PlanInputs, plan: QuarterPlan, fit: ResponseFit, facts: ReviewFacts) -> Ahead | None:
    """The open weeks' money and limits with the plan's own curves at today; None when no money can be placed."""
    money = money_left(inputs)
    limits = within_reach(fit_floors(open_limits(inputs, money), max(money.left, Decimal(0)), inputs.step), inputs, money)
    by_hand = [limit.channel for limit in limits if limit.channel not in fit.channels]
    budget = max(money.left - sum((sum(_planned(plan, channel, inputs), Decimal(0)) for channel in by_hand), Decimal(0)), Decimal(0))
    if not inputs.open_weeks or budget <= 0:
        return None
    value = value_to_place_by(inputs.strategy, inputs.aim)
    standing = np.array([[float(amount) for amount in _planned(plan, channel, inputs)] for channel in fit.channels]).T
    is_same_quarter = inputs.quarter == plan.period
    return Ahead(
        weeks=inputs.open_weeks,
        budget=budget,
        limits=(*(limit for limit in limits if limit.channel in fit.channels), *closed_channels(fit.channels, inputs)),
        standing=standing if is_same_quarter else None,
        curves=curves_at(fit.curves, inputs.open_weeks[0], facts.spend).thinned(200),
        spent=dict(money.spent),
        value_per_unit=None if value is None else float(value),
    )


def closed_channels(channels: Sequence[str], inputs: PlanInputs) -> list[ChannelLimit]:
    """No money for channels that were learned from and that the strategy has no longer."""
    kept = {channel.id for channel in inputs.strategy.paid_channels}
    return [ChannelLimit(channel, floor=Decimal(0), cap=Decimal(0)) for channel in channels if channel not in kept]


def roll_objectives(inputs: PlanInputs, closed: Quarter) -> tuple[CorrectionDraft, ...]:
    """Objectives that ended with the closed quarter, carried into the next with what was counted as baseline and a target that is likely."""
    ending = [objective for objective in inputs.strategy.objectives if closed.first_day <= objective.due_on <= closed.last_day]
    if not ending or not inputs.open_weeks:
        return ()
    money = money_left(inputs)
    limits = within_reach(fit_floors(open_limits(inputs, money), max(money.left, Decimal(0)), inputs.step), inputs, money)
    expected = expect_outcomes(inputs, place_money(inputs, money, limits, value_to_place_by(inputs.strategy, inputs.aim)).amounts)
    changes: dict[str, object] = {}
    before: dict[str, object] = {}
    for objective in ending:
        place = f"objectives[{objective.id}]"
        changes[f"{place}.due_on"], before[f"{place}.due_on"] = inputs.quarter.last_day.isoformat(), objective.due_on.isoformat()
        target: Decimal | None = None
        if objective.metric in expected and METRICS[objective.metric].direction == "increase":
            target = Decimal(f"{float(np.quantile(expected[objective.metric].planned.total_draws, LIKELY)):.3g}")
            changes[f"{place}.target"], before[f"{place}.target"] = f"{target:f}", str(objective.target)
            changes[f"{place}.baseline"], before[f"{place}.baseline"] = None, None if objective.baseline is None else str(objective.baseline)
        statement = _carried_over(objective.statement, closed, inputs.quarter, objective.target, target)
        if statement != objective.statement:
            changes[f"{place}.statement"], before[f"{place}.statement"] = statement, objective.statement
    is_aimed = any(place.endswith(".target") for place in changes)
    return (
        CorrectionDraft(
            key="next-quarter",
            kind="target",
            title=f"Carry the objectives into {inputs.quarter.label}.",
            because="close",
            changes=changes,
            before=before,
            expected_text=(
                "Targets are set where 6 of 10 cases reach them; change them if you want more."
                if is_aimed
                else "Targets stay as they are: no forecast can be trusted to set others. Change them if you know better."
            ),
            evidence=(
                "The forecast for the next thirteen weeks, with the money placed as it would be planned today."
                if is_aimed
                else "What was counted alone; the forecast did not pass its check."
            ),
        ),
    )


def _carried_over(statement: str, closed: Quarter, ahead: Quarter, was: Decimal, target: Decimal | None) -> str:
    """The objective's sentence with the days and, where it is another one, the figure of the quarter ahead, as far as they stand in it."""
    for old, new in ((closed.first_day, ahead.first_day), (closed.last_day, ahead.last_day)):
        statement = statement.replace(f"{old.day} {old:%B} {old.year}", f"{new.day} {new:%B} {new.year}").replace(
            f"{old.day} {old:%B}", f"{new.day} {new:%B}"
        )
    return statement if target is None else statement.replace(f"{was:,f}", f"{target:,f}")


def _planned(plan: QuarterPlan, channel: str, inputs: PlanInputs) -> tuple[Decimal, ...]:
    """The plan's money of a channel in each open week; a week that it does not speak of has none."""
    made: dict[object, Decimal] = {}
    for line in plan.budget.lines:
        if line.channel == channel:
            made[line.week] = made.get(line.week, Decimal(0)) + line.amount
    return tuple(made.get(week, Decimal(0)) for week in inputs.open_weeks)
