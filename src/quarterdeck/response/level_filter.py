"""The level after the last fitted row: how likely new rows are under each draw, and its path drawn exactly.

y_t = foreseen_t + d_t + noise_t, d_t = d_{t-1} + step_t, d = 0 at the last fitted row; step and noise have the draw's own spreads.
Sources: Harvey 1989, "Forecasting, structural time series models and the Kalman filter", section 3.2 (filter); Carter & Kohn 1994 and
Fruehwirth-Schnatter 1994 (forward filter, backward sample).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from quarterdeck.response.series import FloatArray


@dataclass(frozen=True, eq=False)
class LevelFilter:
    """What the filter knew after each new row. `log_likelihood [draw]`: of all new rows; `mean`, `variance [draw, row]`: of the level's departure."""

    log_likelihood: FloatArray
    mean: FloatArray
    variance: FloatArray
    step: FloatArray

    def draw_paths(self, pick: np.ndarray[tuple[int, ...], np.dtype[np.int64]], rng: np.random.Generator) -> FloatArray:
        """The departures of the level from where it stood at the last fitted row, for the draws numbered `pick` [len(pick), row]."""
        mean, variance, steps = self.mean[pick], self.variance[pick], self.step[pick] ** 2
        raw = rng.standard_normal(mean.shape)
        path = np.empty_like(mean)
        for row in range(mean.shape[1] - 1, -1, -1):
            centre, spread = mean[:, row], variance[:, row]
            if row < mean.shape[1] - 1:
                gain = np.divide(spread, spread + steps, out=np.zeros_like(spread), where=spread + steps > 0)
                centre, spread = centre + gain * (path[:, row + 1] - centre), spread * (1.0 - gain)
            path[:, row] = centre + np.sqrt(np.maximum(spread, 0.0)) * raw[:, row]
        return path


def filter_level(left: FloatArray, noise: FloatArray, step: FloatArray) -> LevelFilter:
    """The filter over `left` [draw, row], the outcome of the new rows less what was foreseen with the level held. noise [draw, row] and step [draw]: sds."""
    draws, rows = left.shape
    mean, variance = np.zeros(draws), np.zeros(draws)
    means, variances = np.empty((draws, rows)), np.empty((draws, rows))
    total = np.zeros(draws)
    for row in range(rows):
        variance = variance + step**2
        spread = variance + noise[:, row] ** 2
        off = left[:, row] - mean
        total -= 0.5 * (np.log(2.0 * np.pi * spread) + off**2 / spread)
        gain = variance / spread
        mean, variance = mean + gain * off, variance * (1.0 - gain)
        means[:, row], variances[:, row] = mean, variance
    return LevelFilter(total, means, variances, step)
