"""Media: the curves that the chains of the sampler have chosen, as the outcome sees them once the linear block is integrated out."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from quarterdeck.response.fitting.numerics import IntArray
from quarterdeck.response.fitting.whitened import Whitened
from quarterdeck.response.series.series import FloatArray


@dataclass(frozen=True, eq=False)
class Media:
    """`feature [chain, channel, week]`; `gram [chain, channel, channel]` f'Wf; `pull [chain, channel]` f'W outcome.

    With gram and pull the squares that any coefficients leave need no product over weeks.
    """

    feature: FloatArray
    gram: FloatArray
    pull: FloatArray

    @classmethod
    def of(cls, whitened: Whitened, cell: IntArray, block: IntArray) -> Media:
        """The curves of `cell` [chain, channel], seen through W of `block` [chain]."""
        which = np.arange(cell.shape[1])
        feature = whitened.problem.feature[which, cell]
        seen = whitened.seen[block[:, None], which, cell]
        return cls(feature, np.matmul(feature, seen.transpose(0, 2, 1)), np.matmul(seen, whitened.problem.outcome))

    def left_over(self, outcome: FloatArray, coefficient: FloatArray) -> FloatArray:
        """What media leave of `outcome` [week] in each chain [chain, week]. coefficient [chain, channel]."""
        left: FloatArray = outcome - np.matmul(coefficient[:, None, :], self.feature)[:, 0]
        return left

    def explained(self, coefficient: FloatArray) -> FloatArray:
        """By how much media lessen the squares that are left, left'W left [chain]. coefficient [chain, channel]."""
        bent = np.matmul(self.gram, coefficient[:, :, None])[:, :, 0]
        gain: FloatArray = (coefficient * (2.0 * self.pull - bent)).sum(axis=1)
        return gain
