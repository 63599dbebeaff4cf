"""Cells: the grid of carry-over, half and form from which each channel's curve is drawn, and the feature that each cell makes of the spend."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from quarterdeck.response.curves.curves import EXPONENTIAL, HILL, HYPERBOLIC
from quarterdeck.response.model import saturation
from quarterdeck.response.series.series import WEEK, FloatArray

DECAYS = {WEEK: (0.0, 0.15, 0.3, 0.45, 0.6, 0.75, 0.88), 1: (0.0, 0.4, 0.65, 0.8, 0.88, 0.93, 0.97)}
"""Shares held back from row to row, by the days of a row."""
DELAYS = {WEEK: (0.5, 0.68, 0.8), 1: (0.88, 0.94, 0.97)}
"""The same for curves whose effect peaks later: all three stages hold back this share."""
BENDS = (0.2, 0.45, 0.9, 1.8, 4.0, 10.0)
"""Half as a multiple of the typical level of carried-over spend: 0.2 is nearly saturated, 10 nearly straight."""
S_BENDS = (0.3, 0.42, 0.58, 0.8, 1.1, 1.5)
S_STEEPNESS = (2.0, 3.0)
S_WEIGHT, DELAY_WEIGHT = 0.2, 0.15
"""How likely an S-shape and a delay are before the outcome is seen."""
HARM_WEIGHT = 0.04
"""How likely it is, before the outcome is seen, that a channel takes away more than it brings."""
HARM_BENDS = (0.45, 1.8)
_WARM_DAYS = 28


@dataclass(frozen=True, eq=False)
class Grid:
    """What a cell is. All `[cell]`: `decay`, `delay` (0: none), `bend`, `form`, `steepness`, `log_prior`, `sign` (-1: the channel takes away; left out: none does)."""

    decay: FloatArray
    delay: FloatArray
    bend: FloatArray
    form: npt.NDArray[np.uint8]
    steepness: FloatArray
    log_prior: FloatArray
    sign: FloatArray = field(default_factory=lambda: np.zeros(0))

    def __post_init__(self) -> None:
        if not len(self.sign):
            object.__setattr__(self, "sign", np.ones(len(self.decay)))


@dataclass(frozen=True, eq=False)
class Cells:
    """Every candidate curve of every channel.

    Shapes: `decay`, `delay`, `form`, `steepness`, `log_prior`, `sign` `[cell]`; `half` (money a row) and `unit` (ceiling that makes the feature's mean 1)
    `[channel, cell]`; `carry [channel, cell, 3]` (levels of the stages after the last row); `feature [channel, cell, row]` with mean 1 over the rows, -1 where
    the cell takes away (0 throughout for a channel without spend); `carry_in` `[channel]`; `spend` `[channel]`: money over the rows that a return is counted on (for a
    channel without spend, as if it had had the average). `plain`: the number of a cell that stands for a usual curve.
    """

    decay: FloatArray
    delay: FloatArray
    form: npt.NDArray[np.uint8]
    steepness: FloatArray
    log_prior: FloatArray
    half: FloatArray
    unit: FloatArray
    carry: FloatArray
    feature: FloatArray
    carry_in: FloatArray
    spend: FloatArray
    plain: int
    sign: FloatArray


def build_grid(step_days: int = WEEK, *, harm: float = 0.0) -> Grid:
    """All cells; with `harm` above 0 also some, together so likely, of channels that take away.

    Longer carry-over is believed less (weight 1 - decay); bends, and the two concave forms, are equally likely before the outcome is seen.
    """
    carries = [(decay, 0.0, (1.0 - DELAY_WEIGHT) * (1.0 - decay) / sum(1.0 - each for each in DECAYS[step_days])) for decay in DECAYS[step_days]]
    carries += [(delay, delay, DELAY_WEIGHT / len(DELAYS[step_days])) for delay in DELAYS[step_days]]
    concave, bent = (1.0 - S_WEIGHT) / (2 * len(BENDS)), S_WEIGHT / (len(S_BENDS) * len(S_STEEPNESS))
    shapes = [(bend, form, 1.0, concave) for bend in BENDS for form in (HYPERBOLIC, EXPONENTIAL)]
    shapes += [(bend, HILL, steep, bent) for bend in S_BENDS for steep in S_STEEPNESS]
    rows = [(decay, delay, bend, form, steep, carried * shaped) for decay, delay, carried in carries for bend, form, steep, shaped in shapes]
    decay, delay, bend, form, steep, weight = (np.array(column) for column in zip(*rows, strict=True))
    grid = Grid(decay, delay, bend, form.astype(np.uint8), steep, np.log(weight / weight.sum()), np.ones(len(decay)))
    return _with_harm(grid, harm) if harm > 0 else grid


def build_cells(spend: FloatArray, *, step_days: int = WEEK, grid: Grid | None = None, carry_in: FloatArray | None = None) -> Cells:
    """All cells of `grid` (the usual one) for `spend` [row, channel]. carry_in [channel]: carried-over spend before the first row (`carry_before`)."""
    grid = grid or build_grid(step_days)
    carry_in = carry_before(spend, step_days) if carry_in is None else carry_in
    used, active = _as_if_spent(spend)
    pairs, index = np.unique(np.stack([grid.decay, grid.delay]), axis=1, return_inverse=True)
    levels, left = _levels(used, np.where(active, carry_in, used[0]), pairs[0], pairs[1])
    typical = (levels**2).sum(axis=2) / levels.sum(axis=2)  # [pair, channel]: the level at which the money works
    level = levels[index].transpose(1, 0, 2)  # [channel, cell, row]
    half = grid.bend * typical[index].T
    shape = saturation.shape(grid.form[None, :, None], level / half[:, :, None], grid.steepness[None, :, None])
    unit = 1.0 / shape.mean(axis=2)
    feature = np.ascontiguousarray(shape * unit[:, :, None] * active[:, None, None] * grid.sign[:, None])
    carry = left[index].transpose(1, 0, 2) * active[:, None, None]
    plain = int(
        np.argmin(
            np.abs(grid.decay - DECAYS[step_days][2]) + grid.delay + 10.0 * (grid.form != HYPERBOLIC) + np.abs(grid.bend - 0.9) + (grid.sign < 0)
        )
    )
    of_cell = grid.decay, grid.delay, grid.form, grid.steepness, grid.log_prior
    return Cells(*of_cell, half, unit, carry, feature, carry_in, used.sum(axis=0), plain, grid.sign)


def plain_features(spend: FloatArray, step_days: int = WEEK) -> FloatArray:
    """A usual curve of each channel, with mean 1 over the rows: enough to choose how the baseline is laid out. [row, channel] -> the same."""
    one = np.ones(1)
    grid = Grid(DECAYS[step_days][2] * one, 0.0 * one, 0.9 * one, np.array([HYPERBOLIC], dtype=np.uint8), one, 0.0 * one, one)
    return build_cells(spend, step_days=step_days, grid=grid).feature[:, 0].T


def _with_harm(grid: Grid, harm: float) -> Grid:
    """`grid` and, likely by `harm` together, its undelayed hyperbolic cells of two bends once more with the sign turned."""
    turned = np.flatnonzero((grid.form == HYPERBOLIC) & (grid.delay == 0) & np.isin(grid.bend, HARM_BENDS))
    parts = {name: np.concatenate([getattr(grid, name), getattr(grid, name)[turned]]) for name in ("decay", "delay", "bend", "form", "steepness")}
    against = grid.log_prior[turned] - np.log(np.exp(grid.log_prior[turned]).sum())
    log_prior = np.concatenate([grid.log_prior + np.log1p(-harm), against + np.log(harm)])
    return Grid(**parts, log_prior=log_prior, sign=np.concatenate([grid.sign, -np.ones(len(turned))]))


def carry_before(spend: FloatArray, step_days: int = WEEK) -> FloatArray:
    """Carried-over spend at the eve of the first row [channel]: the mean of the first four weeks where money was already flowing, else 0."""
    running = spend[0] > 0
    return np.where(running, spend[: _WARM_DAYS // step_days].mean(axis=0), 0.0)


def carry_over(spend: FloatArray, carry_in: FloatArray, decay: FloatArray) -> FloatArray:
    """Carried-over spend, a_t = (1 - decay) x_t + decay a_{t-1}. spend [row, channel], decay [d] -> [d, channel, row]."""
    return _held(np.broadcast_to(spend, (len(decay), *spend.shape)), carry_in, decay).transpose(0, 2, 1)


def _levels(spend: FloatArray, carry_in: FloatArray, decay: FloatArray, delay: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Level that saturates [pair, channel, row], and the three stages after the last row [pair, channel, stage], all stages begun at `carry_in`."""
    stages = [_held(np.broadcast_to(spend, (len(decay), *spend.shape)), carry_in, decay)]
    for _ in range(2):
        stages.append(_held(stages[-1], carry_in, delay))
    return stages[-1].transpose(0, 2, 1), np.stack([stage[:, -1] for stage in stages], axis=2)


def _held(coming: FloatArray, carry_in: FloatArray, hold: FloatArray) -> FloatArray:
    """One stage of carry-over. coming [pair, row, channel], hold [pair] -> [pair, row, channel]."""
    level = np.broadcast_to(carry_in, (len(hold), coming.shape[2]))
    rows = np.empty(coming.shape)
    for row in range(coming.shape[1]):
        level = (1.0 - hold[:, None]) * coming[:, row] + hold[:, None] * level
        rows[:, row] = level
    return rows


def _as_if_spent(spend: FloatArray) -> tuple[FloatArray, npt.NDArray[np.bool_]]:
    """Spend where a channel that never had any is given the average row, so that its curve has a scale; and which channels had any."""
    active = spend.sum(axis=0) > 0
    average = spend[:, active].mean()
    return np.where(active, spend, average), active
