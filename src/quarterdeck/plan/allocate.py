"""allocate_budget: money over channels and weeks for the best outcome within limits, with a proof of how far from the best it can be.

The outcome is concave in the whole table of spend (linear carry-over, concave saturation, mean over draws), so the plane that
touches it at any split lies above it everywhere: no split within the limits is worth more than worth(x) + max over s of
slope(x) * (s - x), the Frank-Wolfe gap. Source: Jaggi 2013, "Revisiting Frank-Wolfe", section 2.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

import numpy as np

from quarterdeck.plan.climb import Top, climb
from quarterdeck.plan.expected import curves_at
from quarterdeck.plan.feasible import Feasible
from quarterdeck.plan.limits import ChannelLimit, amounts_of, check_limits, complete_limits, to_feasible
from quarterdeck.plan.rounding import round_to_whole
from quarterdeck.plan.window import Window
from quarterdeck.response.curves import ResponseCurves
from quarterdeck.response.series import FloatArray

EVEN_SHARE = 2e-4
"""Share of what is gained that is given up, at most, for spending the same every week."""
_HALVINGS = 12


@dataclass(frozen=True, eq=False)
class Allocation:
    """Money per open week and channel, in whole steps within every limit, and how good it provably is."""

    channels: tuple[str, ...]
    weeks: tuple[date, ...]
    amounts: tuple[tuple[Decimal, ...], ...]
    """[week][channel]"""
    worth: float
    """What this money adds to spending nothing, tail included, mean over draws: units of the metric, or profit when a unit's value is known."""
    bound: float
    """No split within the limits is worth more under the same curves."""
    held_back: Decimal
    """Budget that is not placed: caps are reached, it would not pay for itself, or it is less than a step."""
    next_unit: dict[str, float]
    """By channel: units of the metric that one more unit of money brings in the best week with room. Empty without open weeks."""
    iterations: int

    @property
    def gap_share(self) -> float:
        """How far `worth` can be from the best possible, as a share of `bound` (of its size, where limits force a loss)."""
        return (self.bound - self.worth) / abs(self.bound) if self.bound != self.worth else 0.0

    @property
    def by_channel(self) -> dict[str, Decimal]:
        """Money of all open weeks."""
        return {channel: sum((row[i] for row in self.amounts), Decimal(0)) for i, channel in enumerate(self.channels)}


def allocate_budget(
    curves: ResponseCurves,
    *,
    weeks: Sequence[date],
    budget: Decimal,
    limits: Sequence[ChannelLimit] = (),
    value_per_unit: float | None = None,
    step: Decimal = Decimal(1),
    tail_weeks: int = 8,
    tail_spend: FloatArray | None = None,
    start: FloatArray | None = None,
    tolerance: float = 1e-4,
) -> Allocation:
    """The best split of `budget` over `weeks` and the channels of `curves`, and a bound that proves it.

    Counts what is brought in the open weeks and in `tail_weeks` after them; spend before shifts it through the carry-over. Nothing is
    spent in the tail unless `tail_spend` [channel] (money a week) says that spending goes on, which keeps the last open weeks from
    being filled for a market that will stay empty.
    With `value_per_unit` (profit of one unit before marketing) money that does not pay for itself is held back; without it, all that
    the caps allow is spent. Weeks that are nearly as good as each other get the same. `start` [week, channel] money only saves time.
    Weeks between the curves' last one and the first open one count as weeks without spend. No weeks or channels: nothing is placed.
    Raises InvalidInput when no split keeps to the limits.
    """
    weeks = tuple(weeks)
    check_limits(limits, channels=curves.channels, weeks=weeks, last_week=curves.last_week, budget=budget, step=step, value_per_unit=value_per_unit)
    ordered = complete_limits(limits, curves.channels)
    if not weeks or not curves.channels:
        return Allocation(curves.channels, weeks, tuple(() for _ in weeks), 0.0, 0.0, budget, {}, 0)
    exact, whole = (
        to_feasible(ordered, weeks=len(weeks), budget=budget, step=step, spend_all=value_per_unit is None, whole=whole) for whole in (False, True)
    )
    window = Window(curves_at(curves, weeks[0]), weeks=len(weeks), tail_weeks=tail_weeks, step=float(step), tail_spend=tail_spend)
    aim = _Aim(window, value=1.0 if value_per_unit is None else value_per_unit, cost=0.0 if value_per_unit is None else float(step))
    found = climb(aim, whole, certify=exact, start=None if start is None else np.asarray(start) / float(step), tolerance=tolerance)
    rounded = round_to_whole(_even_out(aim, found), whole)
    worth, _ = (aim if curves.is_concave else replace(aim, window=window.uncovered()))(rounded)
    amounts = amounts_of(rounded, step)
    return Allocation(
        curves.channels,
        weeks,
        amounts,
        worth,
        max(found.bound, worth),
        budget - sum((sum(row) for row in amounts), Decimal(0)),
        _next_unit(window, rounded, whole, float(step), curves.channels),
        found.iterations,
    )


@dataclass(frozen=True, eq=False)
class _Aim:
    """What is climbed: `value` of the outcome less `cost` of each step of money; falls away evenly when money is free."""

    window: Window
    value: float
    cost: float

    def __call__(self, spend: FloatArray) -> tuple[float, FloatArray]:
        worth, slope = self.window.value_and_slope(spend)
        return self.value * worth - self.cost * float(spend.sum()), self.value * slope - self.cost

    def bend(self, spend: FloatArray) -> FloatArray:
        return self.value * self.window.bend(spend)


def _even_out(aim: _Aim, found: Top) -> FloatArray:
    """Each channel's weeks moved towards their mean as far as all of it costs at most EVEN_SHARE of the worth.

    Channels gain apart from each other, so each gives up its part of that by itself; money per channel stays as it is.
    """
    spend, window = found.spend, aim.window
    even = np.broadcast_to(spend.mean(axis=0), spend.shape)
    brought = window.by_channel(spend)
    gained = np.maximum(0.0, brought - window.resting)
    all_gained = aim.value * float(gained.sum())
    if all_gained <= 0.0:
        return spend
    enough = brought - EVEN_SHARE * min(1.0, max(0.0, found.value / all_gained)) * gained
    reached, beyond = np.zeros(spend.shape[1]), np.ones(spend.shape[1])
    share = beyond
    for _ in range(_HALVINGS):
        fits = window.by_channel(spend + share * (even - spend)) >= enough
        reached, beyond = np.where(fits, share, reached), np.where(fits, beyond, share)
        share = (reached + beyond) / 2.0
    return spend + reached * (even - spend)


def _next_unit(window: Window, spend: FloatArray, limits: Feasible, step: float, channels: Sequence[str]) -> dict[str, float]:
    _, slope = window.value_and_slope(spend)
    has_room = spend < limits.weekly
    best = np.where(has_room.any(axis=0), np.where(has_room, slope, -np.inf).max(axis=0), slope.max(axis=0))
    return {channel: float(gain) / step for channel, gain in zip(channels, best, strict=True)}
