"""combine_evidence: all tests of one channel as one belief about its return, wider when they are old, of another spend, or at odds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from quarterdeck.response.experiments.evidence import Evidence
from quarterdeck.response.fitting.numerics import normal_mass
from quarterdeck.response.priors.priors import ReturnPrior
from quarterdeck.response.series.series import FloatArray

_STEPS = 200
_P10_TO_P90 = 2.5631031310892007
_AT_ODDS = 1.0


@dataclass(frozen=True)
class ExperimentBelief:
    """What the tests of a channel found and what a fit starts from.

    `weights` [test]: how much each counts, adding up to 1. `between`: sd of the returns from test to test beyond what their ranges explain
    (median of its posterior; 0 for a single test). `is_at_odds`: whether that is larger than what a typical test is unsure of.
    """

    channel: str
    prior: ReturnPrior
    evidence: tuple[Evidence, ...]
    weights: tuple[float, ...]
    between: float
    is_at_odds: bool
    as_of: date


def combine_evidence(evidence: Sequence[Evidence], *, as_of: date) -> ExperimentBelief:
    """The belief about the average return of the channel at `as_of`.

    Each test counts by its own standard error, widened for its age and for the level of spend that it was made at (`Evidence.sd_carried`). Several
    are combined as random effects: return of test i ~ Normal(mu, between), between unknown with the prior s / (s + between)^2, s the harmonic mean of
    the standard errors; summed over a grid of `between` that is even in that prior. The prior for the fit is the posterior of mu (sd from its 10th
    and 90th percentile, because its tails are long when there are two), at least as wide as the tests may be off the average return: they share that curve.
    Source: DerSimonian & Laird 1986 for the model; DuMouchel 1994 for the prior of `between`; Roever 2020, "Bayesian random-effects
    meta-analysis using the bayesmeta R package", sections 2.2 and 2.3.
    Raises ValueError when there is no evidence, or it is of several channels or metrics.
    """
    if len({(one.channel, one.metric) for one in evidence}) != 1:
        raise ValueError("evidence on one metric of one channel is combined")
    ordered = tuple(sorted(evidence, key=lambda one: (one.last_day, one.name)))
    mean, sds = np.array([one.mean for one in ordered]), np.array([one.sd for one in ordered])
    size = max(abs(float((mean / sds**2).sum() / (1.0 / sds**2).sum())), float(sds.min()))
    carried = np.array([one.sd_carried(size, as_of) for one in ordered])
    if len(ordered) == 1:
        prior = ReturnPrior(float(mean[0]), float(carried[0]), "experiment")
        return ExperimentBelief(ordered[0].channel, prior, ordered, (1.0,), 0.0, False, as_of)
    between, chance = _between(mean, carried)
    middle, spread = _given_between(mean, carried, between)
    weights = ((1.0 / (carried**2 + between[:, None] ** 2)) * spread[:, None] ** 2 * chance[:, None]).sum(axis=0)
    median = float(between[np.searchsorted(np.cumsum(chance), 0.5)])
    off_average = size * float(weights @ [one.off_average() for one in ordered])
    prior = ReturnPrior(float(chance @ middle), max(_mixture_sd(middle, spread, chance), off_average), "experiment")
    is_at_odds = median > _AT_ODDS * _typical(carried)
    return ExperimentBelief(ordered[0].channel, prior, ordered, tuple(float(w) for w in weights), median, is_at_odds, as_of)


def _typical(sds: FloatArray) -> float:
    """Harmonic mean of variances, as an sd."""
    return float(np.sqrt(len(sds) / (1.0 / sds**2).sum()))


def _between(mean: FloatArray, sds: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Values of `between` that are equally likely beforehand [step], and how likely each is now."""
    share = (np.arange(_STEPS) + 0.5) / _STEPS
    between = _typical(sds) * share / (1.0 - share)
    variance = sds**2 + between[:, None] ** 2
    middle, spread = _given_between(mean, sds, between)
    log = -0.5 * np.log(variance).sum(axis=1) - 0.5 * ((mean - middle[:, None]) ** 2 / variance).sum(axis=1) + np.log(spread)
    weight = np.exp(log - log.max())
    return between, weight / weight.sum()


def _given_between(mean: FloatArray, sds: FloatArray, between: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Mean and sd of mu for each `between` [step]."""
    precision = 1.0 / (sds**2 + between[:, None] ** 2)
    total = precision.sum(axis=1)
    return (precision * mean).sum(axis=1) / total, 1.0 / np.sqrt(total)


def _mixture_sd(middle: FloatArray, spread: FloatArray, chance: FloatArray) -> float:
    """Sd of the normal that has as much between its 10th and 90th percentile as the mixture."""
    low, high = (_mixture_quantile(middle, spread, chance, share) for share in (0.1, 0.9))
    return (high - low) / _P10_TO_P90


def _mixture_quantile(middle: FloatArray, spread: FloatArray, chance: FloatArray, share: float) -> float:
    """By halving."""
    low, high = float((middle - 9.0 * spread).min()), float((middle + 9.0 * spread).max())
    for _ in range(80):
        guess = 0.5 * (low + high)
        below = float(chance @ normal_mass((guess - middle) / spread))
        low, high = (guess, high) if below < share else (low, guess)
    return 0.5 * (low + high)
