"""Whitened: a sampling problem seen through the linear block that is integrated out; everything the sampler needs of it, computed once."""

from __future__ import annotations

from copy import copy
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from quarterdeck.response.baseline.block import Block
from quarterdeck.response.fitting.numerics import IntArray, inverse_factor, log_normal_mass, matmul_in_rows
from quarterdeck.response.series.series import FloatArray

NOISE_SHAPE, NOISE_RATE = 1.0, 0.01  # inverse gamma of the noise variance, in units of the outcome's variance: some 1 % of it, very wide


@dataclass(frozen=True, eq=False)
class SamplingProblem:
    """What is sampled, in standard units: `outcome [week]` centred with sd 1, `feature [channel, cell, week]` with mean 1.

    `location`, `scale`, `weight` `[channel, component]`: the prior of each coefficient; channels that are `shared` [channel] are always in the same
    component. `log_prior [cell]`, or `[channel, cell]` where channels have cells of their own; `blocks` with `log_step [block]`. The variance of the noise
    is inverse gamma of `noise_shape` and `noise_rate`.
    """

    outcome: FloatArray
    feature: FloatArray
    log_prior: FloatArray
    location: FloatArray
    scale: FloatArray
    weight: FloatArray
    blocks: tuple[Block, ...]
    log_step: FloatArray
    shared: npt.NDArray[np.bool_]
    noise_shape: float = NOISE_SHAPE
    noise_rate: float = NOISE_RATE


class Whitened:
    """The problem seen through W of each block: everything about the linear block that the sampler needs, computed once."""

    def __init__(self, problem: SamplingProblem) -> None:
        self.problem = problem
        self.log_prior = np.broadcast_to(problem.log_prior, problem.feature.shape[:2])
        self.log_weight = np.log(np.maximum(problem.weight, 1e-300))
        self.log_component = -np.log(problem.scale) - log_normal_mass(problem.location / problem.scale)
        self.across = np.ascontiguousarray(problem.feature.transpose(0, 2, 1))  # [channel, week, cell], which products run through faster
        self._look_through(problem.blocks)

    def _look_through(self, blocks: tuple[Block, ...]) -> None:
        """Everything that depends on the blocks."""
        problem = self.problem
        self.inverse = [inverse_factor(np.eye(b.columns.shape[1]) + matmul_in_rows(b.columns.T, b.columns)) for b in blocks]
        flat = problem.feature.reshape(-1, problem.feature.shape[2])
        self.half_log_det = np.array([np.log(np.diag(inverse)).sum() for inverse in self.inverse])
        self.root = np.stack([matmul_in_rows(b.columns, f.T) for f, b in zip(self.inverse, blocks, strict=True)])  # W = I - root root'
        self.seen = np.stack(
            [(flat - matmul_in_rows(matmul_in_rows(flat, root), root.T)).reshape(problem.feature.shape) for root in self.root]
        )  # [block, channel, cell, week]
        self.strength = np.einsum("bckt,ckt->bck", self.seen, problem.feature)
        self.outcome = np.stack([problem.outcome - root @ (root.T @ problem.outcome) for root in self.root])

    def with_blocks(self, blocks: tuple[Block, ...], log_step: FloatArray) -> Whitened:
        """The same problem with more `blocks`, whose columns go on after those of the others; to the others these count for nothing."""
        more = blocks[0].columns.shape[1] - self.root.shape[2]
        padded = tuple(
            replace(b, columns=np.pad(b.columns, ((0, 0), (0, more))), prior_sd=np.concatenate([b.prior_sd, np.zeros(more)]))
            for b in self.problem.blocks
        )
        wider, new = copy(self), copy(self)
        wider.problem = replace(self.problem, blocks=(*padded, *blocks), log_step=np.concatenate([self.problem.log_step, log_step]))
        new._look_through(blocks)
        size = self.root.shape[2]
        wider.inverse = [np.pad(each, ((0, more), (0, more))) + np.diag(np.arange(size + more) >= size) for each in self.inverse] + new.inverse
        wider.root = np.concatenate([np.pad(self.root, ((0, 0), (0, 0), (0, more))), new.root])
        for part in ("half_log_det", "seen", "strength", "outcome"):
            setattr(wider, part, np.concatenate([getattr(self, part), getattr(new, part)]))
        return wider

    def squares(self, left: FloatArray) -> FloatArray:
        """left' W left for every block. left [chain, week] -> [chain, block]."""
        whole = np.einsum("nt,nt->n", left, left)
        parts = np.stack([(matmul_in_rows(left, root) ** 2).sum(axis=1) for root in self.root], axis=1)
        left_over: FloatArray = np.maximum(whole[:, None] - parts, 1e-300)
        return left_over

    def squares_in(self, block: IntArray, left: FloatArray) -> FloatArray:
        """left' W left for the block that each chain is in. block [chain], left [chain, week] -> [chain]."""
        whole = np.einsum("nt,nt->n", left, left)
        for number, root in enumerate(self.root):
            there = np.flatnonzero(block == number)
            if len(there):
                whole[there] -= (matmul_in_rows(left[there], root) ** 2).sum(axis=1)
        left_over: FloatArray = np.maximum(whole, 1e-300)
        return left_over

    def draw_linear(self, block: IntArray, left: FloatArray, noise: FloatArray, rng: np.random.Generator) -> FloatArray:
        """One draw for each row of the coefficients of the linear block, in units of its scaled columns, given what media leave over.

        block [draw], left [draw, week], noise [draw] -> [draw, p].
        """
        projected = np.empty((len(left), self.root.shape[2]))
        for number, root in enumerate(self.root):
            there = np.flatnonzero(block == number)
            projected[there] = matmul_in_rows(left[there], root)
        return self.draw_linear_seen(block, projected, noise, rng)

    def draw_linear_seen(self, block: IntArray, projected: FloatArray, noise: FloatArray, rng: np.random.Generator) -> FloatArray:
        """As `draw_linear`, given what media leave over times the root of its block, `projected` [draw, p]."""
        drawn = np.sqrt(noise)[:, None] * rng.standard_normal(projected.shape) + projected
        for number, inverse in enumerate(self.inverse):
            there = np.flatnonzero(block == number)
            drawn[there] = matmul_in_rows(drawn[there], inverse)
        return drawn
