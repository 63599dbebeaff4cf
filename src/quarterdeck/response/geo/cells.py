"""Cells of geos: one grid of carry-over, half and form for all geos, with half in money per head, and the feature that each cell makes in each geo."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from quarterdeck.response.fitting.numerics import IntArray
from quarterdeck.response.geo.grid import GeoGrid
from quarterdeck.response.model import saturation
from quarterdeck.response.model.cells import carry_before
from quarterdeck.response.series.series import FloatArray

SingleArray = npt.NDArray[np.float32]


@dataclass(frozen=True, eq=False)
class GeoCells:
    """Every candidate curve of every channel, in every geo.

    Shapes: `grid` has what a cell is, for each channel; `half [channel, geo, cell]` (money per head a row); `unit [channel, cell]` (ceiling that makes the feature's mean 1, each geo
    weighing as many heads as it has); `carry [channel, geo, cell, 3]` (stages after the last row, money per head); `feature`: for each channel
    `[geo, cell, row]` of the cells that it has; `mean [channel, geo, cell]` of the feature over the rows; `carry_in [geo, channel]` and `spend [channel]` in money (as if it had had the average,
    for a channel without spend).
    """

    grid: GeoGrid
    half: FloatArray
    unit: FloatArray
    carry: FloatArray
    feature: tuple[SingleArray, ...]
    mean: FloatArray
    carry_in: FloatArray
    spend: FloatArray


def build_geo_cells(spend: FloatArray, heads: FloatArray, grid: GeoGrid) -> GeoCells:
    """All cells of `grid` for `spend` [geo, row, channel] of geos with `heads` [geo]."""
    geos, rows, channels = spend.shape
    cells, weight = grid.log_prior.shape[1], heads / heads.sum()
    decay, delay, steepness = grid.decay, grid.delay, grid.steepness
    active = spend.sum(axis=(0, 1)) > 0
    average = float(spend.sum(axis=(0, 1))[active].mean()) / (rows * float(heads.sum()))
    half, unit = np.ones((channels, geos, cells)), np.ones((channels, cells))
    carry, mean = np.zeros((channels, geos, cells, 3)), np.zeros((channels, geos, cells))
    feature = []
    carry_in = np.stack([carry_before(each, grid.step_days) for each in spend])
    for channel, count in enumerate(grid.counts):
        own = slice(count)
        each = spend[:, :, channel] / heads[:, None] if active[channel] else np.full((geos, rows), average)
        before = carry_in[:, channel] / heads if active[channel] else each[:, 0]
        pairs, index = np.unique(np.stack([decay[channel, own], delay[channel, own]]), axis=1, return_inverse=True)
        levels, left = _levels(each, before, pairs[0], pairs[1])
        half[channel, :, own] = _half(levels, weight, grid, channel, index)
        level = levels[index].transpose(1, 0, 2)
        shape = saturation.shape(grid.form[channel, own][:, None], level / half[channel, :, own][:, :, None], steepness[channel, own][:, None])
        unit[channel, own] = 1.0 / np.einsum("g,gk->k", weight, shape.mean(axis=2))
        shape *= unit[channel, own][:, None] * active[channel]
        feature.append(shape.astype(np.float32))
        mean[channel, :, own] = shape.mean(axis=2)
        carry[channel, :, own] = left[index].transpose(1, 0, 2) * active[channel]
    total = np.where(active, spend.sum(axis=(0, 1)), average * rows * heads.sum())
    return GeoCells(grid, half, unit, carry, tuple(feature), mean, carry_in, total)


def _half(levels: FloatArray, weight: FloatArray, grid: GeoGrid, channel: int, index: IntArray) -> FloatArray:
    """Money per head at which half of the ceiling is reached [geo, cell]. levels [pair, geo, row]; index [cell]: the pair of a cell."""
    count = len(index)
    squares, sums = (levels**2).sum(axis=2), levels.sum(axis=2)
    common = (squares @ weight) / (sums @ weight)
    own = np.where(sums > 0, squares / np.where(sums > 0, sums, 1.0), common[:, None])
    typical: FloatArray = np.where(grid.is_own[channel, :count, None], own[index], common[index][:, None])
    return np.asarray((grid.bend[channel, :count, None] * typical).T)


def _levels(spend: FloatArray, carry_in: FloatArray, decay: FloatArray, delay: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Level that saturates [pair, geo, row] and the three stages after the last row [pair, geo, stage], all begun at `carry_in` [geo]."""
    stages = [_held(np.broadcast_to(spend, (len(decay), *spend.shape)), carry_in, decay)]
    for _ in range(2):
        stages.append(_held(stages[-1], carry_in, delay))
    return stages[-1], np.stack([stage[:, :, -1] for stage in stages], axis=2)


def _held(coming: FloatArray, carry_in: FloatArray, hold: FloatArray) -> FloatArray:
    """One stage of carry-over. coming [pair, geo, row], hold [pair] -> the same shape."""
    level = np.broadcast_to(carry_in, coming.shape[:2])
    rows = np.empty(coming.shape)
    for row in range(coming.shape[2]):
        level = (1.0 - hold[:, None]) * coming[:, :, row] + hold[:, None] * level
        rows[:, :, row] = level
    return rows
