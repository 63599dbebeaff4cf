"""The level after the last fitted row: how likely new rows are under each draw, and its path drawn exactly.

y_t = foreseen_t + d_t + factor_t u_t, d_t = d_{t-1} + step_t, d = 0 at the last fitted row, u_t = memory u_{t-1} + e_t with u known at that row; steps and
noise have the draw's own spreads. With memory, rows less their predecessor's share are looked at: y_t / factor_t - memory y_{t-1} / factor_{t-1}.
Sources: Harvey 1989, "Forecasting, structural time series models and the Kalman filter", section 3.2 (filter, correlated disturbances); Carter & Kohn 1994
and Fruehwirth-Schnatter 1994 (forward filter, backward sample).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from quarterdeck.response.series.series import FloatArray


@dataclass(frozen=True, eq=False)
class Rows:
    """New rows. `left [draw, row]`: the outcome less what was foreseen with the level held; `sigma`, `step [draw]`: sds of the noise of a usual row and of
    the level's step; `factor [row]`: what the noise of a row is times that; `memory`: the share of a row's noise that is there in the next one;
    `before [draw]`: what the last fitted row left, in units of its own factor; `factor_before`: that factor."""

    left: FloatArray
    sigma: FloatArray
    step: FloatArray
    factor: FloatArray
    memory: float = 0.0
    before: FloatArray | None = None
    factor_before: float = 1.0


@dataclass(frozen=True, eq=False)
class LevelFilter:
    """What the filter knew. `log_likelihood [draw]`: of all new rows; `mean`, `variance [draw, row]`: of the level's departure after each row;
    `seen`, `noise [draw, row]`: the row without memory and the variance of its noise; `now`, `then [row]`: what it holds of the level in its own row and
    (taken away) in the one before."""

    log_likelihood: FloatArray
    mean: FloatArray
    variance: FloatArray
    seen: FloatArray
    noise: FloatArray
    now: FloatArray
    then: FloatArray
    step: FloatArray

    def draw_paths(self, pick: npt.NDArray[np.int64], rng: np.random.Generator) -> FloatArray:
        """The departures of the level from where it stood at the last fitted row, for the draws numbered `pick` [len(pick), row]."""
        mean, variance, steps = self.mean[pick], self.variance[pick], self.step[pick] ** 2
        seen, noise = self.seen[pick], self.noise[pick]
        raw = rng.standard_normal(mean.shape)
        path = np.empty_like(mean)
        for row in range(mean.shape[1] - 1, -1, -1):
            centre, spread = mean[:, row], variance[:, row]
            if row < mean.shape[1] - 1:
                after, share = row + 1, self.then[row + 1]
                gain = -share * spread / (share**2 * spread + noise[:, after])
                centre = centre + gain * (seen[:, after] - self.now[after] * path[:, after] + share * centre)
                spread = spread * (1.0 + gain * share)
                gain = np.divide(spread, spread + steps, out=np.zeros_like(spread), where=spread + steps > 0)
                centre, spread = centre + gain * (path[:, after] - centre), spread * (1.0 - gain)
            path[:, row] = centre + np.sqrt(np.maximum(spread, 0.0)) * raw[:, row]
        return path


@dataclass(frozen=True, eq=False)
class OddRows:
    """Rows that may be odd: `rate` of them, above 0, with `variance [draw]` on top of the noise; `chance [draw, row]`: uniform numbers to decide by."""

    rate: float
    variance: FloatArray
    chance: FloatArray


def filter_level(rows: Rows, odd: OddRows | None = None) -> LevelFilter:
    """The filter over new rows, none of which may be missing.

    Where rows may be `odd`, each draw decides by chance, in proportion to how likely it is, whether a row was; the likelihood is that of both together.
    Source: Chen & Liu 2000, "Mixture Kalman filters", section 2.
    """
    draws, count = rows.left.shape
    scaled = rows.left / rows.factor
    earlier = np.column_stack([np.zeros(draws) if rows.before is None else rows.before, scaled[:, :-1]])[:, :count]
    seen = scaled - rows.memory * earlier
    now, then = 1.0 / rows.factor, rows.memory / np.append(rows.factor_before, rows.factor[:-1])[:count]
    usual = (1.0 - rows.memory**2) * rows.sigma**2
    mean, variance, total = np.zeros(draws), np.zeros(draws), np.full(draws, -float(np.log(rows.factor).sum()))
    means, variances, noises = (np.empty((draws, count)) for _ in range(3))
    for row in range(count):
        held = now[row] - then[row]
        noise, off = usual, seen[:, row] - held * mean
        spread = held**2 * variance + (now[row] * rows.step) ** 2
        likely = _log_normal(off, spread + usual)
        if odd is not None:
            wide = usual + odd.variance / rows.factor[row] ** 2
            strange = _log_normal(off, spread + wide) + np.log(odd.rate)
            together = np.logaddexp(likely + np.log1p(-odd.rate), strange)
            noise = np.where(odd.chance[:, row] < np.exp(strange - together), wide, usual)
            likely = together
        total += likely
        gain = (held * variance + now[row] * rows.step**2) / (spread + noise)
        mean, variance = mean + gain * off, np.maximum(variance + rows.step**2 - gain**2 * (spread + noise), 0.0)
        means[:, row], variances[:, row], noises[:, row] = mean, variance, noise
    return LevelFilter(total, means, variances, seen, noises, now, then, rows.step)


def _log_normal(off: FloatArray, variance: FloatArray) -> FloatArray:
    return np.asarray(-0.5 * (np.log(2.0 * np.pi * variance) + off**2 / variance))
