"""Feasible: every split of money over weeks and channels that keeps to the limits, with its nearest point and its best corner.

The set is {0 <= x <= weekly, floor <= sum over weeks <= cap, total spend <= total (or == total)}. The limits are nested
(cell in channel in total), which is why both questions have exact answers without a general solver.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from quarterdeck.response.series.series import FloatArray


@dataclass(frozen=True, eq=False)
class Feasible:
    """Limits in steps of money. Shapes: `floor`, `cap`, `weekly` [channel]; `cap` is at most `weeks * weekly`."""

    weeks: int
    floor: FloatArray
    cap: FloatArray
    weekly: FloatArray
    total: float
    spend_all: bool

    @property
    def shape(self) -> tuple[int, int]:
        """Weeks, channels."""
        return self.weeks, len(self.floor)

    @property
    def all_weeks(self) -> Feasible:
        """The same limits for the money of all weeks together, when each week gets the same."""
        return replace(self, weeks=1, weekly=self.cap)

    def best_corner(self, gradient: FloatArray) -> FloatArray:
        """The split s with the largest sum of gradient * s. [week, channel] -> [week, channel].

        Within a channel, weeks fill up in the order of their gradient, so what a channel gains is concave in its money: pieces of
        falling slope. Each channel takes its floor; the pieces between floor and cap are then taken best first while money lasts
        (a fractional knapsack of concave pieces, where greedy is exact). Source: Dantzig 1957, "Discrete-variable extremum problems".
        """
        order = np.argsort(-gradient, axis=0, kind="stable")
        slopes = np.take_along_axis(gradient, order, axis=0)
        filled = np.arange(self.weeks, dtype=np.float64)[:, None] * self.weekly
        needed = np.clip(self.floor - filled, 0.0, self.weekly)
        free = np.clip(self.cap - filled, 0.0, self.weekly) - needed
        taken = needed + _take_best(slopes, free, max(0.0, self.total - float(self.floor.sum())), stop_at_zero=not self.spend_all)
        corner = np.empty_like(taken)
        np.put_along_axis(corner, order, taken, axis=0)
        return corner

    def nearest(self, point: FloatArray, metric: FloatArray) -> FloatArray:
        """The split x with the smallest sum of metric * (x - point)^2. [week, channel], metric above 0.

        The answer is clip(point - level / metric, 0, weekly) with one level a channel: the common price of money, held between the
        levels at which the channel meets its cap and its floor. Sums of clipped lines are piecewise linear, so each level is exact.
        """
        upper, lower = metric * point, metric * (point - self.weekly)
        kinks = np.sort(np.concatenate([lower, upper]), axis=0)
        sums = np.clip(point - kinks[:, None, :] / metric, 0.0, self.weekly).sum(axis=1)
        at_cap, at_floor = _level_at(kinks, sums, self.cap), _level_at(kinks, sums, self.floor)
        at_cap = np.where(self.cap >= sums[0], -np.inf, at_cap)
        at_floor = np.where(self.floor <= 0.0, np.inf, at_floor)

        def split(price: float) -> FloatArray:
            level = np.maximum(np.minimum(price, at_floor), at_cap)
            return np.clip(point - level / metric, 0.0, self.weekly)

        if not self.spend_all:
            free = split(0.0)
            if free.sum() <= self.total:
                return free
        edges = np.concatenate([kinks.ravel(), at_cap, at_floor])
        return split(self._price(split, np.unique(edges[np.isfinite(edges)])))

    def _price(self, split: Callable[[float], FloatArray], edges: FloatArray) -> float:
        """The common price at which exactly the total is spent: between two kinks, where the sum is a straight line."""
        low, high = 0, len(edges) - 1
        if high < 0 or split(edges[low]).sum() <= self.total:
            return float(edges[low]) if high >= 0 else 0.0
        while high - low > 1:
            middle = (low + high) // 2
            if split(edges[middle]).sum() > self.total:
                low = middle
            else:
                high = middle
        above, below = float(split(edges[low]).sum()), float(split(edges[high]).sum())
        if above <= below:
            return float(edges[high])
        return float(edges[low] + (edges[high] - edges[low]) * (above - self.total) / (above - below))


def _take_best(slopes: FloatArray, free: FloatArray, money: float, *, stop_at_zero: bool) -> FloatArray:
    """How much of each piece is taken, best slope first, until `money` is gone (or, if asked, slopes turn negative)."""
    wanted = np.where(slopes > 0.0, free, 0.0).ravel() if stop_at_zero else free.ravel()
    order = np.argsort(-slopes.ravel(), kind="stable")
    before = np.concatenate([[0.0], np.cumsum(wanted[order])[:-1]]) if wanted.size else np.zeros(0)
    taken = np.zeros_like(wanted)
    taken[order] = np.clip(money - before, 0.0, wanted[order])
    return taken.reshape(slopes.shape)


def _level_at(kinks: FloatArray, sums: FloatArray, target: FloatArray) -> FloatArray:
    """Where a falling piecewise linear sum meets `target`. kinks, sums [kink, channel] -> [channel]."""
    last = len(kinks) - 1
    right = np.clip((sums > target).sum(axis=0), 1, last)
    columns = np.arange(kinks.shape[1])
    left = right - 1
    drop = sums[left, columns] - sums[right, columns]
    share = np.where(drop > 0.0, (sums[left, columns] - target) / np.where(drop > 0.0, drop, 1.0), 0.0)
    level: FloatArray = kinks[left, columns] + np.clip(share, 0.0, 1.0) * (kinks[right, columns] - kinks[left, columns])
    return level
