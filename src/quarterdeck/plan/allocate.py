"""allocate_budget: money over channels for the best outcome within limits, the same every week, with a proof of how far from the best it can be.

Curves that only flatten: the outcome is concave in the money, so the plane that touches it at any split lies above it everywhere: no split is worth more than
worth(x) + max over s of slope(x) * (s - x), the Frank-Wolfe gap. Source: Jaggi 2013, "Revisiting Frank-Wolfe", section 2.
Curves of which some are S-shaped, or take away: see `branch`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

import numpy as np

from quarterdeck.plan.branch import best_of_ladders
from quarterdeck.plan.climb import Top, climb
from quarterdeck.plan.even_weeks import EvenWeeks
from quarterdeck.plan.expected import curves_at
from quarterdeck.plan.feasible import Feasible
from quarterdeck.plan.limits import ChannelLimit, amounts_of, check_limits, complete_limits, to_feasible
from quarterdeck.plan.rounding import round_to_whole
from quarterdeck.plan.window import Window
from quarterdeck.response.curves.curves import ResponseCurves
from quarterdeck.response.series.series import FloatArray

_FINER = 8
"""Times that rungs are drawn closer around the best split, at most, while the bound is not near."""


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
    """No split within the limits, with weeks of a channel that get the same, is worth more under the same curves."""
    held_back: Decimal
    """Budget that is not placed: caps are reached, it would not pay for itself, or it is less than a step."""
    next_unit: dict[str, float]
    """By channel: units of the metric that one more unit of money brings in the best week with room. Empty without open weeks."""
    iterations: int
    """Steps of the climb."""
    pieces: int = 0
    """Pieces that were cut to prove the bound; 0 where curves only flatten."""

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
    tolerance: float = 1e-4,
) -> Allocation:
    """The best split of `budget` over the channels of `curves`, each spread evenly over `weeks`, and a bound that proves it.

    Counts what is brought in the open weeks and in `tail_weeks` after them; spend before shifts it through the carry-over. Nothing is
    spent in the tail unless `tail_spend` [channel] (money a week) says that spending goes on.
    With `value_per_unit` (profit of one unit before marketing) money that does not pay for itself is held back; without it, all that
    the caps allow is spent. Every week gets the same, to a step (decision 0020).
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
    aim = EvenWeeks(window, value=1.0 if value_per_unit is None else value_per_unit, cost=0.0 if value_per_unit is None else float(step))
    found, pieces = _top(aim, exact.all_weeks, whole.all_weeks, is_concave=curves.is_concave, tolerance=tolerance)
    rounded = round_to_whole(aim.by_week(found.spend), whole)
    worth = aim.worth_of(rounded)
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
        pieces,
    )


def _top(aim: EvenWeeks, exact: Feasible, whole: Feasible, *, is_concave: bool, tolerance: float) -> tuple[Top, int]:
    """The best money of each channel within `whole`, a bound for all of `exact`, and how many pieces that took."""
    if is_concave:
        return climb(aim, whole, certify=exact, start=None, tolerance=tolerance), 0
    ladders = aim.ladders(exact)
    peak = best_of_ladders(ladders, tolerance=tolerance)
    bound, pieces = peak.bound, peak.pieces
    for _ in range(_FINER):
        if peak.is_near:
            break
        ladders = aim.finer(ladders, peak.money)
        peak = best_of_ladders(ladders, tolerance=tolerance)
        bound, pieces = min(bound, peak.bound), pieces + peak.pieces
    top = climb(aim, whole, certify=whole, start=peak.money[None], tolerance=tolerance)
    return replace(top, bound=bound), pieces


def _next_unit(window: Window, spend: FloatArray, limits: Feasible, step: float, channels: Sequence[str]) -> dict[str, float]:
    _, slope = window.value_and_slope(spend)
    has_room = spend < limits.weekly
    best = np.where(has_room.any(axis=0), np.where(has_room, slope, -np.inf).max(axis=0), slope.max(axis=0))
    return {channel: float(gain) / step for channel, gain in zip(channels, best, strict=True)}
