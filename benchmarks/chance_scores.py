"""Scores of chances and ranges: reliability, Brier, coverage, CRPS, and the population's spread that calibration starts from."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from quarterdeck.response.forecasts.backtest import Backtest, Kind, Origin, crps_of
from quarterdeck.response.forecasts.calibration import SpreadBelief, log_likelihood, spread_of, stretch
from quarterdeck.response.series.series import FloatArray

BINS = (0.0, 0.05, 0.15, 0.25, 0.35, 0.45, 0.55, 0.65, 0.75, 0.85, 0.95, 1.0)
NAIVE_SHARES = (0.9, 0.95, 1.0, 1.05, 1.1)
QUANTILES = tuple(number / 10 for number in range(1, 10))


@dataclass(frozen=True, eq=False)
class Judged:
    """One forecast of the past with its draws of the total, what totals had been before it, and what the company's own record was on that day."""

    series: str
    kind: Kind
    origin: Origin
    totals: FloatArray
    sure: FloatArray
    """The totals as if what is assumed of context could not be wrong."""
    known_context: FloatArray
    """The totals with the context that came."""
    before: FloatArray
    own: Backtest | None

    def targets(self) -> list[float]:
        """Nine places of the forecast itself, and five around the same weeks a year before (or the last weeks, where that is not known)."""
        naive = self.naive
        return [float(np.quantile(self.totals, share)) for share in QUANTILES] + [naive * share for share in NAIVE_SHARES]

    @property
    def naive(self) -> float:
        """The same weeks a year before, else the last total that was known."""
        return self.origin.year_before if self.origin.year_before is not None else float(self.before[-1])


def chance_of(totals: FloatArray, target: float) -> float:
    """The share of draws that reach the target, half a draw of doubt added (as `chance_of_total`)."""
    return (float((totals >= target).sum()) + 0.5) / (len(totals) + 1.0)


def calibrated(judged: Judged, others: SpreadBelief, *, with_own: bool = True) -> FloatArray:
    """The totals after stretching by what others, and the company's own record, say."""
    return stretch(judged.totals[:, None], spread_of(judged.own if with_own else None, kind=judged.kind, others=others))[:, 0]


def fix_spread(backtests: Sequence[Backtest]) -> SpreadBelief:
    """The normal of log spreads under which the surprises of these series are likeliest. Source: empirical Bayes, Gelman et al. 2013, section 5.1."""
    grid = np.exp(np.linspace(np.log(0.25), np.log(6.0), 121))
    terms = np.array([each.weight / len(each.origins) * log_likelihood(np.array([o.surprise for o in each.origins])) for each in backtests])
    best, found = -np.inf, SpreadBelief(0.0, 0.3)
    for location in np.arange(-0.6, 0.61, 0.02):
        for scale in np.arange(0.1, 0.81, 0.02):
            prior = -0.5 * ((np.log(grid) - location) / scale) ** 2
            fit = float(np.logaddexp.reduce(terms + prior - np.logaddexp.reduce(prior), axis=1).sum())
            if fit > best:
                best, found = fit, SpreadBelief(round(float(location), 2), round(float(scale), 2))
    return found


def brier(chances: FloatArray, reached: FloatArray) -> float:
    """Mean squared distance of chances from what happened. Source: Brier 1950."""
    return float(((chances - reached) ** 2).mean())


def reliability_rows(chances: FloatArray, reached: FloatArray) -> list[str]:
    """One line a bin: what was said, how often it was reached, how many."""
    rows = []
    for low, high in pairwise(BINS):
        inside = (chances >= low) & ((chances < high) | (high == 1.0))
        if inside.any():
            said, came, count = chances[inside].mean(), reached[inside].mean(), int(inside.sum())
            rows.append(f"| {low:.0%} to {high:.0%} | {said:.1%} | {came:.1%} | {count:,} |")
    return rows


def reliability_error(chances: FloatArray, reached: FloatArray) -> float:
    """The mean distance of said from reached over bins, by their sizes (expected calibration error)."""
    place = np.clip(np.searchsorted(BINS, chances, side="right") - 1, 0, len(BINS) - 2)
    gaps = [abs(float((chances - reached)[place == n].mean())) * float((place == n).mean()) for n in range(len(BINS) - 1) if (place == n).any()]
    return float(sum(gaps))


@dataclass(frozen=True)
class RangeScore:
    """Coverage of 80 and 90 % ranges, mean width of the 90 % range and mean CRPS as shares of what came."""

    inside80: float
    inside90: float
    width90: float
    crps: float


def score_ranges(cases: Sequence[Judged], totals_of: Callable[[Judged], FloatArray]) -> RangeScore:
    """Over all `cases`, each with the totals that `totals_of` gives."""
    found = []
    for case in cases:
        totals, came = totals_of(case), case.origin.outcome
        p05, p10, p90, p95 = np.quantile(totals, (0.05, 0.1, 0.9, 0.95))
        found.append((p10 <= came <= p90, p05 <= came <= p95, (p95 - p05) / abs(came), crps_of(totals, came) / abs(came)))
    return RangeScore(*(float(each) for each in np.mean(np.array(found, dtype=np.float64), axis=0)))
