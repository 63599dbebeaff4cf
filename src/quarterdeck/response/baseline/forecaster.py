"""A light forecaster for one metric without spend: few points, gaps allowed, bounds kept, everything uncertain averaged over.

Values are read as y = level (a random walk) + a slope that dies away ahead + yearly waves + days of the week + noise, on their own scale or that of
their square root. All is linear and Gaussian once four widths are chosen (the level's step, the waves, the slope, the scale); those are averaged over a
grid by marginal likelihood, the noise variance is integrated out.
Sources: Harvey 1989, "Forecasting, structural time series models and the Kalman filter", section 2.3; Gardner & McKenzie 1985, "Forecasting trends in
time series" (a trend that is damped ahead); Gelman et al. 2013, "Bayesian data analysis", section 14.8 (the conjugate regression).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import product

import numpy as np

from quarterdeck.kernel.metrics import find_metric
from quarterdeck.kernel.problems import InvalidInput, Problem
from quarterdeck.response.baseline.block import harmonics_for, waves, weekdays
from quarterdeck.response.fitting.numerics import inverse_factor, matmul_in_rows
from quarterdeck.response.series.series import WEEK, FloatArray

LEAST_POINTS = 4
STEPS = (0.0, 0.04, 0.1, 0.25, 0.5, 1.0, 2.0)
"""Candidates for the level's step from row to row, in units of the noise."""
STEP_WEIGHTS = (0.1, 0.1, 0.2, 0.25, 0.2, 0.1, 0.05)
_WAVES = (0.3, 1.5)
_SLOPES = (0.0, 1.0)
"""Sd of the slope's change over `_SLOPE_WEEKS` (or the whole series, where that is shorter), in units of the noise."""
_SLOPE_WEEKS, _DAMPING_WEEKS = 26.0, 13.0
_FREE, _WEEKDAY_SD = 1e3, 2.0
_MOST_KNOTS = 40
_NOISE_SHAPE, _NOISE_SCALE = 2.0, 0.6
"""Inverse gamma prior of the noise variance in units of the variance of the values: noise is seldom a small part of few values."""
_USUAL_NOISE, _FEW = 0.1, 8
"""Noise as a share of the size of the values that is believed beside it while fewer than 8 values are known: few values lie close by luck."""
_LEAST_WEIGHT = 1e-3


@dataclass(frozen=True, eq=False)
class CountedSeries:
    """Values of one metric by row (a week, or a day), NaN where nothing was counted. `starts`: the first day of each row, one step after the other."""

    metric: str
    starts: tuple[date, ...]
    values: FloatArray
    step_days: int = WEEK

    def __len__(self) -> int:
        return len(self.starts)

    @property
    def counted(self) -> int:
        """How many rows have a value."""
        return int(np.isfinite(self.values).sum())

    def until(self, rows: int) -> CountedSeries:
        """The first `rows` rows."""
        return CountedSeries(self.metric, self.starts[:rows], self.values[:rows], self.step_days)

    def ahead(self, rows: int) -> tuple[date, ...]:
        """The first days of the `rows` rows that follow."""
        return tuple(self.starts[-1] + timedelta(days=self.step_days * number) for number in range(1, rows + 1))


@dataclass(frozen=True, eq=False)
class _Scale:
    """Values to standard units and back: on their own scale (power 1) or that of their square root (0.5), then centred."""

    power: float
    centre: float
    unit: float
    noise_scale: float

    def back(self, standard: FloatArray) -> FloatArray:
        raw = self.centre + self.unit * standard
        return raw if self.power == 1.0 else np.maximum(raw, 0.0) ** 2


@dataclass(frozen=True, eq=False)
class Member:
    """One choice of widths: `sd [column]` of the prior in units of the noise, the regression's answer, and how likely it makes the values."""

    scale: _Scale
    step: float
    sd: FloatArray
    mean: FloatArray
    root: FloatArray
    left: float
    log_evidence: float


def forecast_level(series: CountedSeries, rows: int, *, seed: int, draws: int = 400) -> FloatArray:
    """Draws [draw, row] of the metric in the `rows` rows that follow: within its bounds, and the same for the same input and seed.

    Raises: InvalidInput for fewer than 4 values, or rows that are not one step after the other.
    """
    _check(series)
    known = np.isfinite(series.values)
    ahead = series.ahead(rows)
    seen, coming = (columns_of(series, time_of(days, series), days) for days in (series.starts, ahead))
    members = members_of(series, seen[known], int(known.sum()))
    weight = np.exp([member.log_evidence for member in members])
    rng = np.random.default_rng(seed)
    parts = []
    for member, count in zip(members, _shares(weight / weight.sum(), draws), strict=True):
        if count:
            parts.append(member.scale.back(_drawn(member, coming, int(known.sum()), count, rng)))
    together = np.concatenate(parts)[rng.permutation(draws)]
    low, high = bounds_of(series.metric)
    return np.clip(together, low, high)


def bounds_of(metric: str) -> tuple[float, float]:
    """The least and the greatest that a value of the metric can be: infinite where nothing is known."""
    known = find_metric(metric)
    if known is None:
        return -np.inf, np.inf
    return (-100.0, 100.0) if known.unit == "score" else (0.0, np.inf)


def _check(series: CountedSeries) -> None:
    problems = []
    if series.counted < LEAST_POINTS:
        problems.append(
            Problem(
                "RESPONSE-040",
                f"series of {series.metric}",
                f"{series.counted} values",
                f"at least {LEAST_POINTS} values",
                "Import earlier values, or wait until there are enough.",
            )
        )
    step = timedelta(days=series.step_days)
    if len(series.values) != len(series.starts) or any(b - a != step for a, b in zip(series.starts, series.starts[1:], strict=False)):
        problems.append(
            Problem("RESPONSE-041", f"series of {series.metric}", "rows that do not follow each other", f"one row every {series.step_days} days",
                    "Give every row, with NaN where nothing was counted.")
        )  # fmt: skip
    if problems:
        raise InvalidInput(problems, state="Nothing was forecast.")


def time_of(days: tuple[date, ...], series: CountedSeries) -> FloatArray:
    """Weeks from the last row of the series; earlier ones are negative."""
    return np.array([(day - series.starts[-1]).days / WEEK for day in days], dtype=np.float64)


def _knots(series: CountedSeries) -> FloatArray:
    """Weeks of the knots between which the level walks: every row of a short series, at most 40, the last at the last row."""
    apart = max(1, -(-(len(series) - 1) // _MOST_KNOTS))
    count = -(-(len(series) - 1) // apart)
    return np.arange(-count, 1, dtype=np.float64) * apart * series.step_days / WEEK


def columns_of(series: CountedSeries, time: FloatArray, days: tuple[date, ...]) -> FloatArray:
    """Intercept, slope, level steps, waves, days of the week [row, column]."""
    knots = _knots(series)
    between = knots[1:] - knots[:-1]
    ramps = np.clip((time[:, None] - knots[:-1]) / between, 0.0, 1.0)
    damped = np.where(time > 0, _DAMPING_WEEKS * (1.0 - np.exp(-np.maximum(time, 0.0) / _DAMPING_WEEKS)), time)
    week = weekdays(days) if series.step_days == 1 else np.zeros((len(days), 0))
    return np.concatenate([np.ones((len(days), 1)), damped[:, None], ramps, waves(days, _harmonics(series)), week], axis=1)


def _harmonics(series: CountedSeries) -> int:
    return max(1, min(4, harmonics_for(len(series) * series.step_days // WEEK)))


def _prior_sd(series: CountedSeries, step: float, wave: float, slope: float) -> FloatArray:
    knots = _knots(series)
    weeks = min(_SLOPE_WEEKS, max(1.0, len(series) * series.step_days / WEEK))
    rows_apart = (knots[1:] - knots[:-1]) * WEEK / series.step_days
    harmonics = _harmonics(series)
    return np.concatenate(
        [
            [_FREE, slope / weeks],
            step * np.sqrt(rows_apart),
            np.tile(wave / np.arange(1, harmonics + 1), 2),
            np.full(WEEK if series.step_days == 1 else 0, _WEEKDAY_SD),
        ]
    )


def members_of(series: CountedSeries, seen: FloatArray, count: int) -> list[Member]:
    """Every choice of widths that is not hopeless, the likeliest with log evidence 0."""
    gram = matmul_in_rows(seen.T, seen)
    found = []
    widths = _WAVES if _harmonics(series) else _WAVES[:1]
    for scale, standard, jacobian in _scales(series):
        pull = np.einsum("tp,t->p", seen, standard)
        for (step, weight), wave, slope in product(zip(STEPS, STEP_WEIGHTS, strict=True), widths, _SLOPES):
            sd = _prior_sd(series, step, wave, slope)
            mean, root, left, evidence = _solved(gram, pull, float(standard @ standard), sd, count=count, noise_scale=scale.noise_scale)
            found.append(Member(scale, step, sd, mean, root, left, evidence + jacobian + float(np.log(weight))))
    best = max(member.log_evidence for member in found)
    return [
        Member(m.scale, m.step, m.sd, m.mean, m.root, m.left, m.log_evidence - best)
        for m in found
        if m.log_evidence - best > np.log(_LEAST_WEIGHT)
    ]  # fmt: skip


def _scales(series: CountedSeries) -> list[tuple[_Scale, FloatArray, float]]:
    """The scales that the values allow, the values in their standard units, and the log Jacobian that makes their likelihoods comparable."""
    values = series.values[np.isfinite(series.values)]
    found = []
    for power in (1.0, 0.5):
        if power == 0.5 and (values.min() < 0 or bounds_of(series.metric)[0] != 0.0):
            continue
        raw = values if power == 1.0 else np.sqrt(values)
        spread = float(raw.std())
        unit = spread if spread > 1e-9 * (1.0 + abs(float(raw.mean()))) else 0.05 * (abs(float(raw.mean())) or 1.0)
        slope = 0.0 if power == 1.0 else float(np.log(0.5 / np.maximum(np.sqrt(values), 0.5)).sum())
        usual = _NOISE_SHAPE * (_USUAL_NOISE * power * float(raw.mean()) / unit) ** 2 * min(1.0, _FEW / len(values)) ** 2
        found.append(
            (_Scale(power, float(raw.mean()), unit, _NOISE_SCALE + usual), (raw - raw.mean()) / unit, slope - len(values) * float(np.log(unit)))
        )
    return found


def _solved(
    gram: FloatArray, pull: FloatArray, whole: float, sd: FloatArray, *, count: int, noise_scale: float
) -> tuple[FloatArray, FloatArray, float, float]:
    """Posterior mean of the scaled coefficients, the inverse factor of their precision, the scale left for the noise, and the log evidence."""
    root = inverse_factor(np.eye(len(sd)) + gram * sd * sd[:, None])
    half = np.einsum("ij,j->i", root, pull * sd)
    left = noise_scale + 0.5 * max(whole - float(half @ half), 0.0)
    evidence = _NOISE_SHAPE * float(np.log(noise_scale)) + float(np.log(np.diag(root)).sum()) - (_NOISE_SHAPE + 0.5 * count) * float(np.log(left))
    return np.einsum("ji,j->i", root, half), root, left, evidence


def _shares(weight: FloatArray, draws: int) -> list[int]:
    """How many draws each member gets: in proportion to its weight, the largest remainders first."""
    exact = weight * draws
    count = np.floor(exact).astype(int)
    for index in np.argsort(-(exact - count), kind="stable")[: draws - int(count.sum())]:
        count[index] += 1
    return [int(each) for each in count]


def _drawn(member: Member, coming: FloatArray, points: int, draws: int, rng: np.random.Generator) -> FloatArray:
    """Draws of the coming rows in standard units: the regression's own doubt, steps of the level from here on, and noise."""
    sigma = np.sqrt(member.left / rng.gamma(_NOISE_SHAPE + 0.5 * points, size=draws))
    wander = matmul_in_rows(rng.standard_normal((draws, len(member.sd))), member.root)
    coefficient = (member.mean + sigma[:, None] * wander) * member.sd
    steps = np.cumsum(rng.standard_normal((draws, len(coming))), axis=1) * member.step
    noise = rng.standard_normal((draws, len(coming)))
    return matmul_in_rows(coefficient, coming.T) + sigma[:, None] * (steps + noise)
