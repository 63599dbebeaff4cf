"""Likelihood: how likely the outcome is under columns that stand beside the linear block, before any curve is sampled."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from quarterdeck.response.baseline.block import Block, log_evidence
from quarterdeck.response.fitting.numerics import matmul_in_rows
from quarterdeck.response.series.series import FloatArray

PLAIN_SD = 3.0
"""Prior sd of what a usual curve brings, in units of the noise."""


@dataclass(frozen=True, eq=False)
class Likelihood:
    """`blocks`: candidates of the linear block; `standard [row]`: the outcome in standard units; `factor [row]`: its noise, by which blocks are divided."""

    blocks: tuple[Block, ...]
    standard: FloatArray
    factor: FloatArray

    @property
    def outcome(self) -> FloatArray:
        """What is explained [row]."""
        return np.asarray(self.standard / self.factor)

    def beside(self, media: FloatArray) -> FloatArray:
        """Usual curves [row, feature] as columns of unit prior."""
        return np.asarray(PLAIN_SD * media / self.factor[:, None])

    def with_columns(self, beside: FloatArray) -> FloatArray:
        """Log marginal likelihood under each block with the columns `beside` [row, p] it, which have unit prior, up to a constant [block]."""
        outcome, found = self.outcome, []
        for block in self.blocks:
            columns = np.concatenate([block.columns, beside], axis=1)
            gram, pull = matmul_in_rows(columns.T, columns), np.einsum("t,tp->p", outcome, columns)
            found.append(log_evidence(gram, pull, float(outcome @ outcome), np.ones(columns.shape[1]), len(outcome)))
        return np.array(found)
