"""Cells: the grid of carry-over, half and form from which each channel's curve is drawn, and the feature that each cell makes of the spend."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from quarterdeck.response.curves import EXPONENTIAL, HYPERBOLIC
from quarterdeck.response.series import FloatArray

DECAYS = np.array([0.0, 0.15, 0.3, 0.45, 0.6, 0.75, 0.88])
BENDS = np.array([0.2, 0.45, 0.9, 1.8, 4.0, 10.0])
"""Half as a multiple of the typical level of carried-over spend: 0.2 is nearly saturated, 10 nearly straight."""
_WARM_WEEKS = 4


@dataclass(frozen=True, eq=False)
class Cells:
    """Every candidate curve of every channel.

    Shapes: `decay`, `form`, `log_prior` `[cell]`; `half` (money a week), `unit` (ceiling that makes the feature's mean 1) and `carry` (level after
    the last row) `[channel, cell]`; `feature [channel, cell, week]` with mean 1 over the rows (0 throughout for a channel without spend);
    `carry_in` `[channel]`; `spend` `[channel]`: money over the rows that a return is counted on (for a channel without spend, as if it had
    had the average).
    """

    decay: FloatArray
    form: npt.NDArray[np.uint8]
    log_prior: FloatArray
    half: FloatArray
    unit: FloatArray
    carry: FloatArray
    feature: FloatArray
    carry_in: FloatArray
    spend: FloatArray


def build_cells(spend: FloatArray) -> Cells:
    """All cells for `spend` [week, channel].

    Longer carry-over is believed less (weight 1 - decay); bends and forms are equally likely before the outcome is seen.
    """
    decay, bend, form = (grid.ravel() for grid in np.meshgrid(DECAYS, BENDS, [HYPERBOLIC, EXPONENTIAL], indexing="ij"))
    weight = 1.0 - decay
    carry_in = carry_before(spend)
    used, active = _as_if_spent(spend)
    levels = carry_over(used, np.where(active, carry_in, used[0]), DECAYS)
    typical = (levels**2).sum(axis=2) / levels.sum(axis=2)  # [decay, channel]: the level at which the money works
    index = np.searchsorted(DECAYS, decay)
    level = levels[index].transpose(1, 0, 2)  # [channel, cell, week]
    half = bend * typical[index].T
    shape = np.where(form[None, :, None] == HYPERBOLIC, level / (level + half[:, :, None]), -np.expm1(-level / half[:, :, None]))
    unit = 1.0 / shape.mean(axis=2)
    feature = np.ascontiguousarray(shape * unit[:, :, None] * active[:, None, None])
    return Cells(
        decay,
        form.astype(np.uint8),
        np.log(weight / weight.sum()),
        half,
        unit,
        level[:, :, -1] * active[:, None],
        feature,
        carry_in,
        used.sum(axis=0),
    )


def carry_before(spend: FloatArray) -> FloatArray:
    """Carried-over spend at the eve of the first row [channel]: the mean of the first weeks where money was already flowing, else 0."""
    running = spend[0] > 0
    return np.where(running, spend[:_WARM_WEEKS].mean(axis=0), 0.0)


def carry_over(spend: FloatArray, carry_in: FloatArray, decay: FloatArray) -> FloatArray:
    """Carried-over spend, a_t = (1 - decay) x_t + decay a_{t-1}. spend [week, channel], decay [d] -> [d, channel, week]."""
    level = np.broadcast_to(carry_in, (len(decay), len(carry_in)))
    weeks = np.empty((len(decay), spend.shape[1], len(spend)))
    for week, row in enumerate(spend):
        level = (1.0 - decay[:, None]) * row + decay[:, None] * level
        weeks[:, :, week] = level
    return weeks


def _as_if_spent(spend: FloatArray) -> tuple[FloatArray, npt.NDArray[np.bool_]]:
    """Spend where a channel that never had any is given the average week, so that its curve has a scale; and which channels had any."""
    active = spend.sum(axis=0) > 0
    average = spend[:, active].mean()
    return np.where(active, spend, average), active
