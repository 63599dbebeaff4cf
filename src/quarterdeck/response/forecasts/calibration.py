"""Chances corrected by how earlier forecasts turned out: ranges are stretched, or drawn in, by what the company's own backtest and other series say.

What came lies `spread` times as far from the forecast's mean as the forecast says, in the long run. How much that is is not known: over many companies it
is believed to lie as `OTHERS` says (fixed on half of the series of docs/proof/chances.md), and the company's own backtest moves that belief by Bayes' rule. Few
forecasts of the past move it little. The doubt that is left goes into the forecast: each draw is stretched by a spread of its own.
Sources: Dawid 1984 (the PIT); Gelman et al. 2013, "Bayesian data analysis", section 5.4 (a scale known from others of its kind).
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from quarterdeck.response.forecasts.backtest import Backtest, Kind
from quarterdeck.response.forecasts.forecast import Forecast
from quarterdeck.response.series.series import FloatArray

_GRID = np.exp(np.linspace(np.log(0.25), np.log(6.0), 121))
_STREAM = 23


@dataclass(frozen=True)
class SpreadBelief:
    """The spread of other companies' forecasts: its logarithm is normal. `location` and `scale` are of the logarithm."""

    location: float
    scale: float


OTHERS: dict[Kind, SpreadBelief] = {"curves": SpreadBelief(0.06, 0.34), "level": SpreadBelief(-0.1, 0.35)}
"""Curves: as benchmarks/chances.py prints it for the half of the series that is not reported. Level: more careful than what is printed there, because
ranges drawn in that far held 74 instead of 80 of 100 on the other half."""


@dataclass(frozen=True, eq=False)
class Spread:
    """How far ranges are to be stretched: `weight [spread]` of each `size [spread]`."""

    size: FloatArray
    weight: FloatArray

    @property
    def mean(self) -> float:
        """The spread to expect: above 1 where forecasts were too sure."""
        return float(self.size @ self.weight)

    def quantiles(self, shares: FloatArray) -> FloatArray:
        """The sizes below which `shares` of the weight lie."""
        return np.interp(shares, np.cumsum(self.weight) - 0.5 * self.weight, self.size)


def spread_of(record: Backtest | None, *, kind: Kind = "curves", others: SpreadBelief | None = None) -> Spread:
    """What is believed of the spread after `record`; without one, what is believed of any company. Forecasts that share weeks count for fewer."""
    belief = others or OTHERS[record.kind if record is not None else kind]
    log_weight = -0.5 * ((np.log(_GRID) - belief.location) / belief.scale) ** 2
    if record is not None and record.origins:
        surprises = np.array([origin.surprise for origin in record.origins])
        log_weight += record.weight / len(surprises) * log_likelihood(surprises)
    weight = np.exp(log_weight - log_weight.max())
    return Spread(_GRID, weight / weight.sum())


def log_likelihood(surprises: FloatArray) -> FloatArray:
    """Log likelihood of `surprises` (standard deviations of their own forecasts) under each spread of the grid."""
    return np.asarray((-np.log(_GRID)[:, None] - 0.5 * (surprises / _GRID[:, None]) ** 2).sum(axis=1))


def calibrate(forecast: Forecast, record: Backtest | None, *, kind: Kind = "curves", others: SpreadBelief | None = None) -> Forecast:
    """The forecast with every draw stretched about the mean of its weeks; what is added is noise, so that means of all parts stay what they are.

    Two forecasts with the same draws are stretched alike: the same chance events meet a plan and what it is compared with.
    """
    stretched = stretch(forecast.baseline + forecast.media.sum(axis=2) + forecast.noise, spread_of(record, kind=kind, others=others))
    return replace(forecast, noise=stretched - forecast.baseline - forecast.media.sum(axis=2))


def stretch(draws: FloatArray, spread: Spread) -> FloatArray:
    """`draws` [draw, row], each stretched about the mean of its row by a spread of its own; the means stay what they are."""
    count = len(draws)
    order = np.random.default_rng(_STREAM).permutation(count)
    size = spread.quantiles((order + 0.5) / count)
    middle = draws.mean(axis=0)
    away = (draws - middle) * size[:, None]
    return np.asarray(middle + away - away.mean(axis=0))
