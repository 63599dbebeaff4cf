"""Remarks: what a reader must know before trusting the plan, in sentences."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from quarterdeck.kernel.metrics import METRICS
from quarterdeck.plan.money_left import NOTHING, MoneyLeft
from quarterdeck.plan.placement import Placement
from quarterdeck.plan.plan_inputs import PlanInputs
from quarterdeck.plan.reasons import say_money
from quarterdeck.plan.spend_ahead import assumed_weeks

MOSTLY_JUDGEMENT = 0.8
"""From this `prior_share` on, a channel's curve says more about what was believed than about what was counted."""


def say_remarks(inputs: PlanInputs, money: MoneyLeft, placement: Placement, value: Decimal | None, *, floors_were_cut: bool) -> tuple[str, ...]:
    """Assumed money, refused or overruled fits, cut floors, figures that nobody knows, judgement used, holidays that moved."""
    aim = _metric_name(inputs.aim)
    curves = (*_fit_remarks(inputs), *_curve_remarks(inputs, placement, value, aim), *_ahead_remarks(inputs))
    return (*_money_remarks(inputs, money, floors_were_cut), *curves)


def _money_remarks(inputs: PlanInputs, money: MoneyLeft, floors_were_cut: bool) -> Iterator[str]:
    if money.is_assumed:
        assumed = say_money(money.budget, inputs.strategy.company.currency)
        yield f"The strategy names no budget: last quarter's spending of {assumed} is taken instead."
    if floors_were_cut:
        yield "Floors were cut in proportion: together they ask for more than the quarter has. The conflict in the plan says how to mend it."


def _fit_remarks(inputs: PlanInputs) -> Iterator[str]:
    for metric in sorted({*inputs.refused, inputs.aim}):
        name, reasons = _metric_name(metric), "; ".join(inputs.refused.get(metric, ()))
        kept = f" {_without_reading(inputs)}" if metric == inputs.aim else ""
        if metric not in inputs.fits:
            yield f"There is no reading of what brings {name}{': ' + reasons if reasons else ''}.{kept}"
        elif reasons and metric in inputs.overruled:
            doubt = reasons.rstrip(".")
            yield f"The reading of what brings {name} is used although it is doubtful ({doubt}). The reason given: {inputs.overruled[metric]}"
        elif reasons:
            yield f"The reading of what brings {name} is not used. {reasons.rstrip('.')}.{kept}"


def _without_reading(inputs: PlanInputs) -> str:
    """How the money is split where nothing says what it brings, as `placement` does it."""
    if any(inputs.usual_week(channel.id) > 0 for channel in inputs.strategy.paid_channels):
        return "Last quarter's split of the money is kept."
    return "No spending of last quarter is known either: the money is split evenly, within the limits of the channels."


def _curve_remarks(inputs: PlanInputs, placement: Placement, value: Decimal | None, aim: str) -> Iterator[str]:
    if placement.allocation is None:
        return
    if value is None:
        yield (
            f"The strategy does not say what is left of {aim} after costs (`margin` of a conversion), so all the money is placed; "
            "with it the plan could hold back what does not pay for itself."
        )
    fit = inputs.fits[inputs.aim]
    unread = [channel for channel in sorted(placement.trials) if channel not in fit.channels]
    new = sum((sum(placement.amounts[channel], NOTHING) for channel in unread), NOTHING)
    if new:
        placed = say_money(new, inputs.strategy.company.currency)
        yield f"{placed} go to channels that nothing is known about yet; the forecast does not count on them."
    judged = [
        effect.channel
        for effect in fit.channel_effects().values()
        if effect.prior_share >= MOSTLY_JUDGEMENT and sum(placement.amounts.get(effect.channel, ()), NOTHING) > 0
    ]
    if judged:
        yield f"What is expected of {_listed(inputs, judged)} rests on judgement more than on counting: the facts say little about it so far."
    if assumed := assumed_weeks(inputs, fit):
        weeks = "week" if len(assumed) == 1 else "weeks"
        yield f"Spend of {len(assumed)} {weeks} before the first open one is not known yet; last quarter's mean week is taken there."


def _ahead_remarks(inputs: PlanInputs) -> Iterator[str]:
    ahead = inputs.ahead.get(inputs.aim)
    if ahead is not None and ahead.said and inputs.is_trusted(inputs.aim):
        yield ahead.said


def _metric_name(metric: str) -> str:
    return METRICS[metric].name.lower() if metric in METRICS else metric.replace("_", " ")


def _listed(inputs: PlanInputs, channels: Sequence[str]) -> str:
    names = {channel.id: channel.name or channel.id for channel in inputs.strategy.channels}
    said = [names.get(channel, channel) for channel in channels]
    return said[0] if len(said) == 1 else f"{', '.join(said[:-1])} and {said[-1]}"
