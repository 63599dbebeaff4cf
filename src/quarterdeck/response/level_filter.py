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


@dataclass(frozen=True, eq=False)
class OddRows:
    """Rows that may be odd: `rate` of them, above 0, with `variance [draw]` on top of the noise; `chance [draw, row]`: uniform numbers to decide by."""

    rate: float
    variance: FloatArray
    chance: FloatArray


def filter_level(left: FloatArray, noise: FloatArray, step: FloatArray, odd: OddRows | None = None) -> LevelFilter:
    """The filter over `left` [draw, row], the outcome of the new rows less what was foreseen with the level held. noise [draw, row] and step [draw]: sds.

    Where rows may be `odd`, each draw decides by chance, in proportion to how likely it is, whether a row was; the likelihood is that of both together.
    Source: Chen & Liu 2000, "Mixture Kalman filters", section 2.
    """
    draws, rows = left.shape
    mean, variance = np.zeros(draws), np.zeros(draws)
    means, variances = np.empty((draws, rows)), np.empty((draws, rows))
    total = np.zeros(draws)
    for row in range(rows):
        variance = variance + step**2
        off, usual = left[:, row] - mean, noise[:, row] ** 2
        spread = variance + usual
        likely = _log_normal(off, spread)
        if odd is not None:
            wide = spread + odd.variance
            strange = _log_normal(off, wide) + np.log(odd.rate)
            likely = likely + np.log1p(-odd.rate)
            together = np.logaddexp(likely, strange)
            spread = np.where(odd.chance[:, row] < np.exp(strange - together), wide, spread)
            likely = together
        total += likely
        gain = variance / spread
        mean, variance = mean + gain * off, variance * (1.0 - gain)
        means[:, row], variances[:, row] = mean, variance
    return LevelFilter(total, means, variances, step)


def _log_normal(off: FloatArray, variance: FloatArray) -> FloatArray:
    return np.asarray(-0.5 * (np.log(2.0 * np.pi * variance) + off**2 / variance))
