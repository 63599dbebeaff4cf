"""The baseline: what would have come without paid media, as a linear block of trend, season, context and unpaid exposures.

y = level (a random walk, straight between knots) + slope + yearly waves + context + exposures. All coefficients are Gaussian with variances in units of
the noise variance, so that the block can be integrated out exactly. Sources: Harvey 1989, "Forecasting, structural time series models and the Kalman
filter", section 2.3 (trend and season); Gelman et al. 2013, "Bayesian data analysis", section 14.8 (regression with known ratio of variances).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np

from quarterdeck.response.series import FloatArray, WeeklySeries

STEPS = np.array([0.0, 0.03, 0.08, 0.2, 0.5])
"""Candidates for the weekly step of the level, in units of the noise."""
STEP_WEIGHTS = np.array([0.3, 0.25, 0.2, 0.15, 0.1])
KNOT_WEEKS = 4
_YEAR_DAYS = 365.25
_FREE = 1e3  # sd of the intercept in units of the noise: as good as unknown, and harmless to the arithmetic
_RIDGES = np.array([0.03, 0.1, 0.3, 1.0, 3.0, 10.0])


@dataclass(frozen=True, eq=False)
class Scaling:
    """Centre and scale of columns: (x - centre) / scale. A column that never varies has scale 1, so that it counts for 0."""

    centre: FloatArray
    scale: FloatArray

    def applied(self, columns: FloatArray) -> FloatArray:
        """The columns [week, column] in standard units."""
        return (columns - self.centre) / self.scale


@dataclass(frozen=True, eq=False)
class Block:
    """The linear block for one choice of `step`: `columns` [week, p], each times its prior sd, so that every coefficient is N(0, noise variance)."""

    step: float
    columns: FloatArray
    prior_sd: FloatArray


@dataclass(frozen=True, eq=False)
class Baseline:
    """The layout of the block: how many columns of each kind, and how context and exposures are scaled."""

    knots: FloatArray
    harmonics: int
    context: Scaling
    exposures: Scaling
    ridge: tuple[float, float] = (1.0, 1.0)
    """Prior sd of the waves and of context and exposures (standard units), in units of the noise."""

    @property
    def sizes(self) -> tuple[int, int, int, int, int, int]:
        """Columns of: intercept, slope, level steps, waves, context, exposures."""
        return 1, int(self.knots[0] < 0), len(self.knots) - 1, 2 * self.harmonics, len(self.context.centre), len(self.exposures.centre)

    def split(self, coefficients: FloatArray) -> tuple[FloatArray, ...]:
        """The six parts of `coefficients` [draw, p]."""
        return tuple(np.split(coefficients, np.cumsum(self.sizes)[:-1], axis=1))


def build_baseline(series: WeeklySeries) -> Baseline:
    """The layout that the length of `series` supports: knots every four weeks that end at the last row; waves only from a whole year on."""
    last = len(series) - 1
    pieces = max(1, -(-last // KNOT_WEEKS))
    knots = np.arange(-pieces, 1, dtype=np.float64) * KNOT_WEEKS
    return Baseline(knots, harmonics_for(len(series)), _scaling(series.context), _scaling(series.exposures))


def harmonics_for(weeks: int) -> int:
    """How many yearly waves a series of that length supports: none below a year, two from a year and a half, four from three years."""
    return 0 if weeks < 52 else 1 if weeks < 78 else 2 if weeks < 104 else 3 if weeks < 156 else 4


def waves(weeks: tuple[date, ...], harmonics: int) -> FloatArray:
    """Sines and cosines of the day of the year [week, 2 * harmonics]; the same date has the same value in any series."""
    days = np.array([week.toordinal() for week in weeks], dtype=np.float64)
    angle = 2.0 * np.pi * days[:, None] / _YEAR_DAYS * np.arange(1, harmonics + 1)
    return np.concatenate([np.sin(angle), np.cos(angle)], axis=1)


def build_block(layout: Baseline, series: WeeklySeries, step: float) -> Block:
    """The columns of `layout` over the rows of `series`, scaled by their prior sd for a weekly level step of `step` (in units of the noise)."""
    time = np.arange(len(series), dtype=np.float64) - (len(series) - 1)
    ramps = np.clip((time[:, None] - layout.knots[:-1]) / KNOT_WEEKS, 0.0, 1.0)
    slope = time[:, None] / len(series)
    raw = np.concatenate([np.ones((len(series), 1)), slope[:, : layout.sizes[1]], ramps, waves(series.weeks, layout.harmonics),
                          layout.context.applied(series.context), layout.exposures.applied(series.exposures)], axis=1)
    wave_sd = np.tile(layout.ridge[0] / np.arange(1, layout.harmonics + 1), 2)
    sizes = layout.sizes
    sd = np.concatenate([[_FREE], np.full(sizes[1], 3.0), np.full(sizes[2], step * KNOT_WEEKS**0.5), wave_sd,
                         np.full(sizes[4] + sizes[5], layout.ridge[1])])
    return Block(step, raw * sd, sd)


def choose_ridge(layout: Baseline, series: WeeklySeries, outcome: FloatArray, media: FloatArray) -> Baseline:
    """The layout with the widths of waves and context under which `outcome` is most likely, with one plain feature for each channel beside them.

    media [week, channel]. Source: empirical Bayes by marginal likelihood, Gelman et al. 2013, section 5.1.
    """
    def fit_of(ridge: tuple[float, float]) -> float:
        trial = _with_ridge(layout, ridge)
        return max(_log_evidence(np.concatenate([build_block(trial, series, step).columns, 3.0 * media], axis=1), outcome) for step in (0.0, 0.08, 0.2))

    wave = _RIDGES if layout.harmonics else _RIDGES[3:4]
    other = _RIDGES if layout.sizes[4] + layout.sizes[5] else _RIDGES[3:4]
    options = [(float(a), float(b)) for a in wave for b in other]
    return _with_ridge(layout, max(options, key=fit_of))


def _with_ridge(layout: Baseline, ridge: tuple[float, float]) -> Baseline:
    return Baseline(layout.knots, layout.harmonics, layout.context, layout.exposures, ridge)


def _log_evidence(columns: FloatArray, outcome: FloatArray) -> float:
    """Log marginal likelihood up to a constant, coefficients and noise integrated out."""
    small = np.eye(columns.shape[1]) + columns.T @ columns
    factor = np.linalg.cholesky(small)
    part = np.linalg.solve(factor, columns.T @ outcome)
    left = float(outcome @ outcome - part @ part)
    return float(-np.log(np.diag(factor)).sum() - (0.5 * len(outcome) + 1.0) * np.log(0.01 + 0.5 * left))


def _scaling(columns: FloatArray) -> Scaling:
    scale = columns.std(axis=0) if len(columns) else np.zeros(columns.shape[1])
    return Scaling(columns.mean(axis=0), np.where(scale > 1e-12 * (1.0 + np.abs(columns).max(axis=0, initial=0.0)), scale, 1.0))
