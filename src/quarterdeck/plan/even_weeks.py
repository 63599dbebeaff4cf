"""EvenWeeks: the worth of each channel's money when every open week of it gets the same; what the allocator climbs and branches over."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from quarterdeck.plan.branch import Ladders
from quarterdeck.plan.feasible import Feasible
from quarterdeck.plan.window import Window
from quarterdeck.response.series.series import FloatArray

_FIRST_RUNGS, _RUNGS, _FINE_RUNGS = 17, 65, 25
_SPLIT = 3
"""Steps between rungs that are replaced by finer ones: that of the best split, and one on either side."""
_EVEN_SHARE = 0.25
"""Of the second ladder, so much is spread evenly; the rest stands closer where the curve bends."""


@dataclass(frozen=True, eq=False)
class EvenWeeks:
    """`value` of the outcome less `cost` of each step of money, for money [1, channel] that the open weeks share evenly."""

    window: Window
    value: float
    cost: float

    def __call__(self, money: FloatArray) -> tuple[float, FloatArray]:
        """Worth, and what one more step of each channel's money adds [1, channel]."""
        worth, slope = self.window.value_and_slope(self.by_week(money))
        return self.value * worth - self.cost * float(money.sum()), self.value * slope.mean(axis=0, keepdims=True) - self.cost

    def bend(self, money: FloatArray) -> FloatArray:
        """About how fast those slopes fall. [1, channel]."""
        bend: FloatArray = self.value * self.window.bend(self.by_week(money)).mean(axis=0, keepdims=True)
        return bend

    def by_week(self, money: FloatArray) -> FloatArray:
        """[1, channel] -> [week, channel]."""
        return np.repeat(money / self.window.weeks, self.window.weeks, axis=0)

    def worth_of(self, spend: FloatArray) -> float:
        """Worth of any spend [week, channel]."""
        worth, _ = self.window.value_and_slope(spend)
        return self.value * worth - self.cost * float(spend.sum())

    def ladders(self, limits: Feasible) -> Ladders:
        """Rungs from each channel's floor to its cap: a few evenly, then more where the worth bends most."""
        share = np.linspace(0.0, 1.0, _FIRST_RUNGS)[:, None]
        coarse = limits.floor + share * (limits.cap - limits.floor)
        _, above = self.window.ladder(coarse)
        money = _closer(coarse, np.sqrt(above), _RUNGS)
        return Ladders(money, *self._climbed(money), limits.total, limits.spend_all)

    def finer(self, ladders: Ladders, near: FloatArray) -> Ladders:
        """The same with more rungs around `near` [channel], the best split so far: only there does the height between rungs count."""
        last, columns = len(ladders.money) - 1, np.arange(ladders.money.shape[1])
        cell = np.array([np.searchsorted(ladders.money[:, i], near[i], side="right") - 1 for i in columns])
        low = np.clip(cell - 1, 0, last - _SPLIT)
        ends = ladders.money[low, columns], ladders.money[low + _SPLIT, columns]
        inside = ends[0] + np.linspace(0.0, 1.0, _FINE_RUNGS)[:, None] * (ends[1] - ends[0])
        worth, above = self._climbed(inside)
        return Ladders(
            _spliced(ladders.money, inside, low, _SPLIT + 1),
            _spliced(ladders.worth, worth, low, _SPLIT + 1),
            _spliced(ladders.above, above, low, _SPLIT),
            ladders.total,
            ladders.spend_all,
        )

    def _climbed(self, money: FloatArray) -> tuple[FloatArray, FloatArray]:
        worth, above = self.window.ladder(money)
        return self.value * worth - self.cost * money, self.value * above


def _closer(coarse: FloatArray, bends: FloatArray, rungs: int) -> FloatArray:
    """Rungs between the first and the last of `coarse` [rung, channel], dense where `bends` [rung - 1, channel] is large."""
    heaped = np.maximum(bends.sum(axis=0), 1e-300)
    weight = _EVEN_SHARE / len(bends) + (1.0 - _EVEN_SHARE) * bends / heaped
    before = np.vstack([np.zeros((1, weight.shape[1])), np.cumsum(weight, axis=0)])
    wanted = np.linspace(0.0, 1.0, rungs)
    money = np.column_stack([np.interp(wanted * before[-1, i], before[:, i], coarse[:, i]) for i in range(coarse.shape[1])])
    money[0], money[-1] = coarse[0], coarse[-1]
    return money


def _spliced(rows: FloatArray, new: FloatArray, low: npt.NDArray[np.intp], count: int) -> FloatArray:
    """`rows` with `count` of them, from each channel's own `low` on, replaced by `new`. [row, channel]."""
    return np.column_stack([np.concatenate([rows[: low[i], i], new[:, i], rows[low[i] + count :, i]]) for i in range(rows.shape[1])])
