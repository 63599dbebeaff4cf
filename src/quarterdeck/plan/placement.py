"""Placement: money of the open weeks per channel, by the curves where they can be trusted and as last quarter where not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_FLOOR, Decimal
from typing import Literal

import numpy as np

from quarterdeck.plan.allocate import Allocation, allocate_budget
from quarterdeck.plan.expected import curves_at
from quarterdeck.plan.limits import ChannelLimit, amounts_of, to_feasible
from quarterdeck.plan.money_left import ALL_TRIALS_SHARE, NOTHING, TRIAL_SHARE, MoneyLeft
from quarterdeck.plan.plan_inputs import PlanInputs
from quarterdeck.plan.rounding import round_to_whole
from quarterdeck.plan.spend_ahead import spend_before
from quarterdeck.response.curves.curves import ResponseCurves
from quarterdeck.response.series.series import FloatArray

PLAN_DRAWS = 400
"""Draws that the money is placed on; more change the plan by less than its proven gap."""
TAIL_WEEKS = 13
"""Carry-over is counted for another quarter, in which spending is taken to go on as in this one."""
_ROUGH, _PROVEN = 1e-2, 1e-4
_HALVINGS = 100


@dataclass(frozen=True, eq=False)
class Placement:
    """Who gets what in the open weeks, and how it was decided."""

    method: Literal["best_known", "as_last_quarter"]
    amounts: Mapping[str, tuple[Decimal, ...]]
    """By channel, in the order of the strategy: money of each open week."""
    limits: Mapping[str, ChannelLimit]
    """As they were kept, with the size of trials as their cap."""
    trials: frozenset[str]
    """Channels that nothing is known about yet."""
    allocation: Allocation | None = None
    """The proven part, over the channels that have curves. None when it was not decided by curves."""
    curves: ResponseCurves | None = None
    """The curves used, as they stand on the eve of the first open week."""
    slopes_before: Mapping[str, float] = field(default_factory=dict)
    """By channel: units of the aim that the next unit of money would bring at last quarter's weekly spend."""

    @property
    def total(self) -> Decimal:
        """Money of all channels and open weeks."""
        return sum((amount for weeks in self.amounts.values() for amount in weeks), NOTHING)


def place_money(inputs: PlanInputs, money: MoneyLeft, limits: Sequence[ChannelLimit], value: Decimal | None) -> Placement:
    """The open weeks' money; `limits` (one a paid channel) must have floors that `money.left` can pay for.

    Channels without curves come first: floor, last quarter's rate, or a trial for one that is wanted. The rest goes where it is worth most.
    """
    left = max(money.left, NOTHING)
    weeks = len(inputs.open_weeks)
    fit = inputs.fits[inputs.aim] if inputs.is_trusted(inputs.aim) else None
    proven = () if fit is None else tuple(c for i, c in enumerate(fit.channels) if fit.spend[:, i].any())
    trials = _trials(inputs, limits, proven)
    share = min(TRIAL_SHARE, ALL_TRIALS_SHARE / max(1, len(trials)))
    limits = tuple(_trial_limit(limit, left * share, inputs.step) if limit.channel in trials else limit for limit in limits)
    by_name = {limit.channel: limit for limit in limits}
    if not weeks:
        return Placement("best_known" if fit else "as_last_quarter", dict.fromkeys(by_name, ()), by_name, trials)
    if fit is None:
        return Placement("as_last_quarter", _as_last_quarter(inputs, limits, trials, left), by_name, trials)
    by_hand = tuple(limit for limit in limits if limit.channel not in fit.channels)
    by_curve = tuple(limit for limit in limits if limit.channel in fit.channels)
    kept_for_floors = sum((limit.floor for limit in by_curve), NOTHING)
    given = _by_hand(inputs, by_hand, trials, left - kept_for_floors)
    rest = left - sum((sum(row, NOTHING) for row in given.values()), NOTHING)
    curves = curves_at(fit.curves, inputs.open_weeks[0], spend_before(inputs, fit))
    allocation, slopes = _by_curves(inputs, curves, by_curve, rest, value)
    placed = {c: tuple(row[i] for row in allocation.amounts) for i, c in enumerate(allocation.channels)}
    amounts = {limit.channel: {**given, **placed}[limit.channel] for limit in limits}
    return Placement("best_known", amounts, by_name, trials, allocation, curves, slopes)


def _trials(inputs: PlanInputs, limits: Sequence[ChannelLimit], proven: Sequence[str]) -> frozenset[str]:
    """Channels on which, as far as anybody knows, nothing was ever spent; none where that is true of all: there is nothing to compare with."""
    new = frozenset(limit.channel for limit in limits if limit.channel not in proven and inputs.usual_week(limit.channel) == 0)
    return new if len(new) < len(limits) else frozenset()


def _trial_limit(limit: ChannelLimit, size: Decimal, step: Decimal) -> ChannelLimit:
    size = max((size / step).to_integral_value(rounding=ROUND_FLOOR) * step, limit.floor)
    return ChannelLimit(limit.channel, limit.floor, size if limit.cap is None else min(size, limit.cap), None)


def _by_curves(
    inputs: PlanInputs, curves: ResponseCurves, limits: Sequence[ChannelLimit], money: Decimal, value: Decimal | None
) -> tuple[Allocation, dict[str, float]]:
    """Twice: roughly, to know at which level spending goes on after the quarter, then to the proven gap."""
    thin = curves.thinned(PLAN_DRAWS)
    planned = {limit.channel for limit in limits}
    closed = [ChannelLimit(channel, cap=NOTHING) for channel in curves.channels if channel not in planned]
    usual = np.array([inputs.usual_week(channel) for channel in curves.channels])
    tail: FloatArray = usual
    for tolerance in (_ROUGH, _PROVEN):
        allocation = allocate_budget(
            thin,
            weeks=inputs.open_weeks,
            budget=money,
            limits=[*limits, *closed],
            step=inputs.step,
            tail_weeks=TAIL_WEEKS,
            value_per_unit=None if value is None else float(value),
            tail_spend=tail,
            tolerance=tolerance,
        )
        tail = np.array(allocation.amounts, dtype=np.float64).reshape(len(inputs.open_weeks), len(curves.channels)).mean(axis=0)
    before = np.vstack([np.tile(usual, (len(inputs.open_weeks), 1)), np.tile(usual, (TAIL_WEEKS, 1))])
    slopes = thin.marginal(before)[:, : len(inputs.open_weeks)].mean(axis=(0, 1))
    return allocation, {channel: float(slope) for channel, slope in zip(curves.channels, slopes, strict=True)}


def _by_hand(inputs: PlanInputs, limits: Sequence[ChannelLimit], trials: frozenset[str], money: Decimal) -> dict[str, tuple[Decimal, ...]]:
    """Channels without curves: last quarter's rate or the trial, within limits; less, in proportion, if `money` does not reach."""
    wishes = np.array([_wish(inputs, limit, trials) for limit in limits])
    return _spread(inputs, limits, wishes, min(money, Decimal(str(round(float(wishes.sum()), 2)))))


def _wish(inputs: PlanInputs, limit: ChannelLimit, trials: frozenset[str]) -> float:
    floor = float(limit.floor)
    cap = np.inf if limit.cap is None else float(limit.cap)
    if limit.channel not in trials:
        return float(np.clip(inputs.usual_week(limit.channel) * len(inputs.open_weeks), floor, cap))
    is_wanted = any(channel.id == limit.channel and channel.use == "wanted" for channel in inputs.strategy.paid_channels)
    return cap if is_wanted else floor


def _as_last_quarter(inputs: PlanInputs, limits: Sequence[ChannelLimit], trials: frozenset[str], left: Decimal) -> dict[str, tuple[Decimal, ...]]:
    """Last quarter's split, stretched to the money that is left and bent to the limits; an even split where nothing is known of any channel."""
    wishes = np.array([_wish(inputs, limit, trials) for limit in limits])
    known = np.array([limit.channel not in trials for limit in limits], dtype=bool)
    usual = np.array([inputs.usual_week(limit.channel) for limit in limits])
    weights = usual[known] if usual.any() else np.ones(int(known.sum()))
    floors, caps = _bounds(limits)
    wishes[known] = _stretched(weights, floors[known], caps[known], max(float(left) - float(wishes[~known].sum()), 0.0))
    return _spread(inputs, limits, wishes, left)


def _bounds(limits: Sequence[ChannelLimit]) -> tuple[FloatArray, FloatArray]:
    return (np.array([float(limit.floor) for limit in limits]), np.array([np.inf if limit.cap is None else float(limit.cap) for limit in limits]))


def _stretched(weights: FloatArray, floors: FloatArray, caps: FloatArray, money: float) -> FloatArray:
    """clip(scale * weights, floors, caps) with the scale at which it adds up to `money`, or as near as the limits allow."""
    low, high = 0.0, (money + 1.0) / float(weights[weights > 0].min()) if weights.any() else 0.0
    for _ in range(_HALVINGS):
        middle = (low + high) / 2.0
        low, high = (middle, high) if np.clip(middle * weights, floors, caps).sum() <= money else (low, middle)
    return np.clip(low * weights, floors, caps)


def _spread(inputs: PlanInputs, limits: Sequence[ChannelLimit], wishes: FloatArray, money: Decimal) -> dict[str, tuple[Decimal, ...]]:
    """`wishes` [channel] evenly over the open weeks, in whole steps, within limits and `money`."""
    weeks = len(inputs.open_weeks)
    if not limits:
        return {}
    allowed = to_feasible(limits, weeks=weeks, budget=max(money, NOTHING), step=inputs.step, spend_all=False, whole=True)
    even = np.tile(wishes / float(inputs.step) / weeks, (weeks, 1))
    rounded = round_to_whole(allowed.nearest(even, np.ones(allowed.shape)), allowed)
    rows = amounts_of(rounded, inputs.step)
    return {limit.channel: tuple(row[i] for row in rows) for i, limit in enumerate(limits)}
