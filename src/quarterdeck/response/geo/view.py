"""GeoView: the outcome of all geos as the sampler sees it once each geo's linear block is integrated out; computed once, in arrays of fixed shape.

With columns Z of a geo (scaled to unit prior) W = (I + Z Z')^-1 = I - root root'. What is seen of a feature f is W f. What moves all geos alike (a
shock a week) is seen of each geo by its own W.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from quarterdeck.response.fitting.numerics import IntArray, inverse_factor, matmul_in_rows
from quarterdeck.response.geo.baseline import GeoBaselines
from quarterdeck.response.geo.cells import SingleArray
from quarterdeck.response.series.series import FloatArray

_ONE_THREAD = 2**18


@dataclass(frozen=True, eq=False)
class GeoProblem:
    """What is sampled, in standard units per head: `outcome [geo, row]`, `feature`: by channel `[geo, cell, row]`, `log_prior [channel, cell]`, baselines of geos.

    A channel's level (its coefficient in a usual geo) lies around a common level of the company, one of `company [component]` with `company_weight`:
    normal, sd `spread` of it, cut off below 0; channels with `stated` prior [channel] have `location`, `scale` [channel] of their own. A geo's
    coefficient lies around the level, sd one of `spreads [option]` (with `spread_weight`) of it. `week [row]`: the number of the shock that a row has
    (no shocks when there is one geo). `trust`: how much of a row each row counts, below 1 because no form of
    curve is quite right: see `setting.TRUSTED_ROWS`.
    """

    outcome: FloatArray
    feature: tuple[SingleArray, ...]
    log_prior: FloatArray
    baselines: GeoBaselines
    company: FloatArray
    company_weight: FloatArray
    money: FloatArray
    spread: float
    stated: FloatArray
    location: FloatArray
    scale: FloatArray
    spreads: FloatArray
    spread_weight: FloatArray
    week: IntArray
    trust: float = 1.0

    @property
    def shocks(self) -> int:
        """How many shocks there are."""
        return int(self.week[-1]) + 1 if len(self.outcome) > 1 else 0


class GeoView:
    """Everything about the linear blocks that the sampler needs. First axes: candidate of the level's step, geo. `seen` and `strength` by channel, as
    channels have different numbers of cells."""

    def __init__(self, problem: GeoProblem) -> None:
        self.problem = problem
        blocks = problem.baselines.blocks
        self.used = np.any([each.prior_sd > 0 for geo in blocks for each in geo], axis=0)
        columns = np.stack([[geo[number].columns[:, self.used] for geo in blocks] for number in range(len(blocks[0]))])
        self.inverse = np.stack([[inverse_factor(np.eye(z.shape[1]) + matmul_in_rows(z.T, z)) for z in each] for each in columns])
        self.half_log_det = np.log(np.diagonal(self.inverse, axis1=2, axis2=3)).sum(axis=2)
        pairs = zip(columns, self.inverse, strict=True)
        self.root = np.stack([[matmul_in_rows(z, f.T) for z, f in zip(*each, strict=True)] for each in pairs])
        single = self.root.astype(np.float32)
        self.seen = [_seen(features, single) for features in problem.feature]
        self.strength = [np.einsum("bgkt,gkt->bgk", seen, each).astype(np.float64) for seen, each in zip(self.seen, problem.feature, strict=True)]
        self.outcome = np.stack(
            [problem.outcome - np.einsum("gtp,gp->gt", root, np.einsum("gtp,gt->gp", root, problem.outcome)) for root in self.root]
        )
        self.first_rows = np.flatnonzero(np.diff(problem.week, prepend=-1))
        self.shock_gram = self._shock_gram() if problem.shocks else np.zeros((*self.outcome.shape[:2], 0, 0))

    def by_week(self, rows: FloatArray) -> FloatArray:
        """Rows added up by shock. [..., row] -> [..., shock]."""
        if self.problem.shocks == rows.shape[-1]:
            return rows
        return np.asarray(np.add.reduceat(rows, self.first_rows, axis=-1))

    def products(self, left: FloatArray) -> FloatArray:
        """root' left for every candidate. left [geo, chain, row] -> [candidate, geo, chain, p]."""
        return product(left, self.root)

    def back(self, parts: FloatArray) -> FloatArray:
        """root times `parts` [candidate, geo, chain, p] -> [candidate, geo, chain, row]."""
        return product(parts, self.root.transpose(0, 1, 3, 2))

    def _shock_gram(self) -> FloatArray:
        """What is seen of shocks in each other [candidate, geo, shock, shock]."""
        shocks = self.problem.shocks
        grouped = np.stack([self.by_week(np.ascontiguousarray(root.transpose(0, 2, 1))) for root in self.root])  # [candidate, geo, p, shock]
        gram = np.stack([[-matmul_in_rows(np.ascontiguousarray(each.T), each) for each in geos] for geos in grouped])
        rows = np.bincount(self.problem.week, minlength=shocks).astype(np.float64)
        gram[..., np.arange(shocks), np.arange(shocks)] += rows
        return gram


def product(left: FloatArray | SingleArray, right: FloatArray | SingleArray) -> FloatArray:
    """left @ right over the leading axes, in parts that OpenBLAS does not split over threads. left [..., n, k], right [..., k, m] -> [..., n, m]."""
    count, inner, wide = left.shape[-2], left.shape[-1], right.shape[-1]
    if count * inner * wide <= _ONE_THREAD:
        return np.asarray(np.matmul(left, right))
    size = max(1, _ONE_THREAD // (count * inner))
    return np.concatenate([np.matmul(left, right[..., first : first + size]) for first in range(0, wide, size)], axis=-1)


def _seen(features: SingleArray, roots: SingleArray) -> SingleArray:
    """W times the features of one channel. features [geo, cell, row], roots [candidate, geo, row, p] -> [candidate, geo, cell, row]."""
    seen = np.empty((len(roots), *features.shape), np.float32)
    for number, of_candidate in enumerate(roots):
        for geo, root in enumerate(of_candidate):
            seen[number, geo] = features[geo] - _in_rows(_in_rows(features[geo], root), root.T)
    return seen


def _in_rows(left: SingleArray, right: SingleArray) -> SingleArray:
    rows = max(1, _ONE_THREAD // (right.shape[0] * right.shape[1]))
    return np.concatenate([left[first : first + rows] @ right for first in range(0, len(left), rows)])
