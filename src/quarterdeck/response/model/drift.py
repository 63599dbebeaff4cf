"""Drift: how what a channel brings changed over time, beside its effect over all rows."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Self

import numpy as np
import numpy.typing as npt

from quarterdeck.response.fitting.numerics import IntArray
from quarterdeck.response.series.series import FloatArray

MOST = 3.0
"""The effect at the end is at most that many times the one over all rows, and never below none."""


@dataclass(frozen=True, eq=False)
class Drift:
    """Changes of effects by draw; draws in which nothing changed have zeros.

    `knots [knot]`: rows counted from the last one that was fitted (0); `change [draw, channel, knot]`: straight between knots, units of the metric a row
    where `feature` is 1; `feature [row, channel]`: the channel's usual curve over the rows that were fitted, mean 1; `ceiling [draw, channel]`: of the curves
    over all those rows. Changes add up to nothing over them, so that returns are not touched.
    """

    knots: FloatArray
    change: FloatArray
    feature: FloatArray
    ceiling: FloatArray

    def brought(self) -> FloatArray:
        """What the changes brought or took in each fitted row [draw, row, channel]."""
        rows = np.arange(1 - len(self.feature), 1, dtype=np.float64)
        along = np.stack([np.interp(rows, self.knots, unit) for unit in np.eye(len(self.knots))], axis=1)
        return np.asarray(np.einsum("dck,rk->drc", self.change, along) * self.feature)

    def picked(self, pick: IntArray) -> Self:
        """The draws numbered `pick`, in that order."""
        return replace(self, change=self.change[pick], ceiling=self.ceiling[pick])

    def beside(self, ceiling: FloatArray) -> Self:
        """With one more channel whose effect never changed. ceiling [draw]."""
        none = np.zeros((len(self.change), 1, len(self.knots)))
        feature = np.column_stack([self.feature, np.ones(len(self.feature))])
        return replace(self, change=np.concatenate([self.change, none], axis=1), feature=feature, ceiling=np.column_stack([self.ceiling, ceiling]))


@dataclass(frozen=True, eq=False)
class Varying:
    """Which columns of the blocks are changes of effects: the last ones, `pieces` for each of `channels` in turn.

    `feature [row, channel]` of all channels, mean 1; `knots [piece + 1]` in rows from the last one; `rise [piece + 1, channel, piece]`: h at the knots;
    `blocks [block]`: the numbers of the channels whose effect varies in each block of the problem.
    """

    channels: tuple[int, ...]
    feature: FloatArray
    knots: FloatArray
    rise: FloatArray
    blocks: tuple[tuple[int, ...], ...]

    @property
    def columns(self) -> int:
        """How many columns there are."""
        return len(self.channels) * int(self.rise.shape[2])

    def drift(self, drawn: FloatArray, ceiling: FloatArray) -> Drift:
        """From coefficients of those columns [draw, column], in units of the outcome. ceiling [draw, channel]."""
        steps = drawn.reshape(len(drawn), len(self.channels), self.rise.shape[2])
        change = np.zeros((len(drawn), self.feature.shape[1], len(self.knots)))
        change[:, list(self.channels)] = np.einsum("dcp,kcp->dck", steps, self.rise)
        return Drift(self.knots, change, self.feature, ceiling)

    def varies(self, block: IntArray) -> npt.NDArray[np.bool_]:
        """Whether the effect of each channel varies in the draws' blocks. block [draw] -> [draw, channel]."""
        table = np.array([[number in group for number in range(self.feature.shape[1])] for group in self.blocks])
        return np.asarray(table[block])


def times_usual(change: FloatArray, brings: FloatArray) -> FloatArray:
    """The effect once it has changed by `change`, as a multiple of what it `brings` over all rows; elementwise, between 0 and `MOST`."""
    known = brings > 1e-12
    return np.asarray(np.where(known, np.clip(1.0 + change / np.where(known, brings, 1.0), 0.0, MOST), 1.0))
