"""The baseline: what would have come without paid media, as a linear block of trend, season, context and unpaid exposures.

y = level (a random walk, straight between knots) + slope + yearly waves + single weeks of the year + days of the week (where rows are days) + context
+ exposures. All coefficients are
Gaussian with variances in units of the noise variance, so that the block can be integrated out exactly.
Sources: Harvey 1989, "Forecasting, structural time series models and the Kalman filter", section 2.3 (trend and season);
Gelman et al. 2013, "Bayesian data analysis", section 14.8 (regression with known ratio of variances).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from quarterdeck.response.fitting.numerics import cholesky_diagonal, matmul_in_rows
from quarterdeck.response.series.series import FloatArray, ResponseSeries

STEPS = np.array([0.0, 0.03, 0.08, 0.2, 0.5])
"""Candidates for the weekly step of the level, in units of the noise; a day's step is a seventh of it (in units of a day's noise)."""
STEP_WEIGHTS = np.array([0.3, 0.25, 0.2, 0.15, 0.1])
KNOT_WEEKS = 4
WEEKS_OF_YEAR = 52
_YEAR_DAYS = 365.25
_FREE = 1e3  # sd of the intercept in units of the noise: as good as unknown, and harmless to the arithmetic
_NOTHING = 1e-4
_SLOPE_SD = 3.0  # of the change over the whole series
PLAIN_SD = 3.0
"""Prior sd of a channel's plain feature beside the block, in units of the noise, where widths and steps are weighed."""
_TRIED_STEPS = (0.0, 0.08, 0.2)
_WIDTHS = (0.03, 0.1, 0.3, 1.0, 3.0, 10.0)
_WEEK_WIDTHS = (0.0, 0.1, 0.3, 1.0, 2.0)
_DAYS = 7


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


@dataclass(frozen=True)
class Ridge:
    """Prior sd of waves, of single weeks of the year, of context and exposures (standard units), and of days of the week, in units of the noise."""

    waves: float = 1.0
    weeks: float = 0.0
    outside: float = 1.0
    weekdays: float = 1.0


@dataclass(frozen=True, eq=False)
class Baseline:
    """The layout of the block: how many columns of each kind, how context and exposures are scaled, and which context is `left_out`."""

    knots: FloatArray
    harmonics: int
    has_weeks: bool
    context: Scaling
    exposures: Scaling
    ridge: Ridge = Ridge()
    step_days: int = 7
    left_out: tuple[int, ...] = ()

    @property
    def knot_rows(self) -> int:
        """Rows from one knot to the next."""
        return KNOT_WEEKS * _DAYS // self.step_days

    @property
    def sizes(self) -> tuple[int, ...]:
        """Columns of: intercept, slope, level steps, waves, weeks of the year, context, exposures, days of the week."""
        weeks, weekdays = WEEKS_OF_YEAR if self.has_weeks else 0, _DAYS if self.step_days == 1 else 0
        return 1, 1, len(self.knots) - 1, 2 * self.harmonics, weeks, len(self.context.centre), len(self.exposures.centre), weekdays

    def split(self, coefficients: FloatArray) -> list[FloatArray]:
        """The eight parts of `coefficients` [draw, p]."""
        return np.split(coefficients, np.cumsum(self.sizes)[:-1], axis=1)


def build_baseline(series: ResponseSeries, left_out: Iterable[str] = ()) -> Baseline:
    """The layout that the length of `series` supports, context named in `left_out` counting for nothing.

    Knots every four weeks that end at the last row; waves only from a whole year on, single weeks of the year only from two.
    """
    rows, weeks = KNOT_WEEKS * _DAYS // series.step_days, int(series.weeks_long)
    pieces = max(1, -(-(len(series) - 1) // rows))
    knots = np.arange(-pieces, 1, dtype=np.float64) * rows
    scaled = _scaling(series.context), _scaling(series.exposures)
    without = tuple(sorted(series.context_names.index(name) for name in set(left_out)))
    return Baseline(knots, harmonics_for(weeks), weeks >= 2 * WEEKS_OF_YEAR, *scaled, step_days=series.step_days, left_out=without)


def harmonics_for(weeks: int) -> int:
    """How many yearly waves a series of that length supports: none below a year, two from a year and a half, four from three years."""
    return 0 if weeks < 52 else 1 if weeks < 78 else 2 if weeks < 104 else 3 if weeks < 156 else 4


def waves(weeks: tuple[date, ...], harmonics: int) -> FloatArray:
    """Sines and cosines of the day of the year [week, 2 * harmonics]; the same date has the same value in any series."""
    days = np.array([week.toordinal() for week in weeks], dtype=np.float64)
    angle = 2.0 * np.pi * days[:, None] / _YEAR_DAYS * np.arange(1, harmonics + 1)
    return np.concatenate([np.sin(angle), np.cos(angle)], axis=1)


def weeks_of_year(weeks: tuple[date, ...]) -> FloatArray:
    """1 where a week has that ISO number, else 0 [week, 52]; a 53rd counts as the 52nd."""
    return np.eye(WEEKS_OF_YEAR)[[min(week.isocalendar()[1], WEEKS_OF_YEAR) - 1 for week in weeks]]


def weekdays(days: tuple[date, ...]) -> FloatArray:
    """1 where a row is that day of the week, Monday first, else 0 [row, 7]."""
    return np.eye(_DAYS)[[day.weekday() for day in days]]


def build_block(layout: Baseline, series: ResponseSeries, step: float, factor: FloatArray | None = None) -> Block:
    """The columns of `layout` over the rows of `series`, scaled by their prior sd for a weekly level step of `step` (in units of the noise).

    factor [row]: what the noise of a row is times that of the others; rows are divided by it.
    """
    sd = column_sds(layout, step)
    columns = raw_columns(layout, series) * sd
    return Block(step, columns if factor is None else columns / factor[:, None], sd)


def choose_ridge(layout: Baseline, series: ResponseSeries, outcome: FloatArray, media: FloatArray) -> Baseline:
    """The layout with the widths under which `outcome` is most likely, with one plain feature for each channel beside them. media [week, channel].

    One width at a time, twice round. Source: empirical Bayes by marginal likelihood, Gelman et al. 2013, section 5.1.
    """
    raw = np.concatenate([raw_columns(layout, series), media], axis=1)
    gram, pull, whole = matmul_in_rows(raw.T, raw), outcome @ raw, float(outcome @ outcome)
    return replace(layout, ridge=likeliest_ridge(layout, lambda ridge: evidence_of(replace(layout, ridge=ridge), gram, pull, whole, len(outcome))))


def likeliest_ridge(layout: Baseline, evidence: Callable[[Ridge], float]) -> Ridge:
    """The widths under which `evidence` (a log likelihood) is highest, for the kinds of columns that `layout` has; one at a time, twice round."""
    best = layout.ridge
    for _ in range(2):
        for part, widths, is_used in (
            ("waves", _WIDTHS, layout.harmonics > 0),
            ("weeks", _WEEK_WIDTHS, layout.has_weeks),
            ("outside", _WIDTHS, sum(layout.sizes[5:7]) > 0),
            ("weekdays", _WIDTHS, layout.sizes[7] > 0),
        ):
            if is_used:
                best = max((replace(best, **{part: width}) for width in widths), key=evidence)
    return best


def evidence_of(layout: Baseline, gram: FloatArray, pull: FloatArray, whole: float, weeks: int) -> float:
    """`log_evidence` of the block of `layout` with plain media beside it, at the likeliest of a few steps of the level.

    gram [column, column] and pull [column]: of `raw_columns` followed by one feature a channel; whole: the sum of squares of the outcome.
    """
    plain = np.full(len(gram) - sum(layout.sizes), PLAIN_SD)
    return max(log_evidence(gram, pull, whole, np.concatenate([column_sds(layout, step), plain]), weeks) for step in _TRIED_STEPS)


def log_evidence(gram: FloatArray, pull: FloatArray, whole: float, sd: FloatArray, weeks: int) -> float:
    """Log marginal likelihood up to a constant, coefficients and noise integrated out."""
    bordered = np.empty((len(sd) + 1, len(sd) + 1))
    bordered[:-1, :-1] = np.eye(len(sd)) + gram * sd * sd[:, None]
    bordered[-1, :-1] = bordered[:-1, -1] = pull * sd
    bordered[-1, -1] = whole
    diagonal = cholesky_diagonal(bordered)  # the last one squared is what the columns leave of `whole`
    return float(-np.log(diagonal[:-1]).sum() - (0.5 * weeks + 1.0) * np.log(0.01 + 0.5 * diagonal[-1] ** 2))


def raw_columns(layout: Baseline, series: ResponseSeries) -> FloatArray:
    """The columns of `layout` over the rows of `series`, before they are scaled by their prior sd [row, column]."""
    time = np.arange(len(series), dtype=np.float64) - (len(series) - 1)
    ramps = np.clip((time[:, None] - layout.knots[:-1]) / layout.knot_rows, 0.0, 1.0)
    single = weeks_of_year(series.starts)[:, : layout.sizes[4]]
    return np.concatenate(
        [
            np.ones((len(series), 1)),
            time[:, None] / len(series),
            ramps,
            waves(series.starts, layout.harmonics),
            single,
            layout.context.applied(series.context),
            layout.exposures.applied(series.exposures),
            weekdays(series.starts)[:, : layout.sizes[7]],
        ],
        axis=1,
    )


def column_sds(layout: Baseline, step: float) -> FloatArray:
    """Prior sd of each raw column for a weekly level step of `step` [column], both in units of the noise. Higher waves are believed to be smaller."""
    sizes, ridge = layout.sizes, layout.ridge
    wave_sd = np.tile(ridge.waves / np.arange(1, layout.harmonics + 1), 2)
    return np.concatenate(
        [
            [_FREE, _SLOPE_SD],
            np.full(sizes[2], step * layout.step_days / _DAYS * layout.knot_rows**0.5),
            wave_sd,
            np.full(sizes[4], ridge.weeks),
            np.where(np.isin(np.arange(sizes[5] + sizes[6]), layout.left_out), _NOTHING, ridge.outside),
            np.full(sizes[7], ridge.weekdays),
        ]
    )


def _scaling(columns: FloatArray) -> Scaling:
    scale = columns.std(axis=0)
    return Scaling(columns.mean(axis=0), np.where(scale > 1e-12 * (1.0 + np.abs(columns).max(axis=0, initial=0.0)), scale, 1.0))
