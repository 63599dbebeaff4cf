"""combine_beliefs: everything that is believed about the return of each channel before a fit, from five sources, as one prior with its parts.

In this order: the company's own experiments, its own history, the owner's judgement, published benchmarks, and what the company's channels have in
common (the default of `priors`). Each counts by how sure it is.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import exp, log, sinh, sqrt

import numpy as np

from quarterdeck.response.curves.fitted import ResponseFit
from quarterdeck.response.priors.priors import LEVEL_SD, SPREAD, ReturnPrior, Source, default_return
from quarterdeck.response.priors.published import PublishedBelief
from quarterdeck.response.series.series import ResponseSeries

JUDGEMENT_SD = 0.55
"""Sd of the logarithm of a return that a person stated: right within a factor of two in 8 cases of 10."""
DRIFT_A_YEAR = 0.35
"""Sd of the logarithm by which a return moves in a year: what earlier weeks taught is wider by this."""
STILL_BELIEF = 0.8
"""From this share of prior on, an earlier fit has nothing of its own to say about a channel."""
FEW_WEEKS_ON = 6
SHORT_WEEKS = 30
_DAYS_A_YEAR = 365.25
_P90 = 1.2815515655446004


@dataclass(frozen=True)
class Judgement:
    """What a person expects of a channel: `brings` units of the metric for `spend`."""

    brings: float
    spend: float

    @property
    def returns(self) -> float:
        """Units of the metric per unit of money."""
        return self.brings / self.spend


@dataclass(frozen=True)
class Told:
    """What one source says of a return: its median, above 0, and the sd of its logarithm."""

    source: Source
    median: float
    log_sd: float


def combine_beliefs(
    series: ResponseSeries,
    *,
    experiments: Mapping[str, ReturnPrior],
    history: Mapping[str, Told],
    judgements: Mapping[str, Judgement],
    published: Mapping[str, PublishedBelief],
) -> dict[str, ReturnPrior]:
    """By channel of `series`, one prior; channels of which no source but the default speaks are left out, so that they learn from each other.

    Published figures are asked only where the company's own facts are silent: with fewer than 30 weeks in all, or fewer than 6 in which the channel had
    money. Elsewhere its own channels know better, and a figure from elsewhere would take the channel out of what they have in common.
    """
    found: dict[str, ReturnPrior] = {}
    default = Told("default", default_return(series), default_log_sd())
    for channel in series.channels:
        told = [history[channel]] if channel in history else []
        if channel in judgements:
            told.append(judged(judgements[channel]))
        if channel in published and is_silent(series, channel):
            told.append(as_told(published[channel]))
        if told or channel in experiments:
            found[channel] = combine_told([*told, default], experiments.get(channel))
    return found


def combine_told(told: Sequence[Told], experiment: ReturnPrior | None = None) -> ReturnPrior:
    """One prior from what the sources say: each weighs by its precision.

    Sources that are sure by a factor are put together as logarithms, and the result with an experiment, which may have found nothing or less, as
    amounts. Where they contradict each other more than they allow for, the result is widened by sqrt(chi2 / (n - 1)).
    Source: scale factor of the Particle Data Group, Review of Particle Physics, introduction, section 5.2.2, after Birge 1932.
    Raises ValueError when nothing speaks.
    """
    if not told:
        if experiment is None:
            raise ValueError("no source speaks")
        return experiment
    precision = np.array([one.log_sd**-2.0 for one in told])
    logs = np.array([log(one.median) for one in told])
    middle, spread, widened = _weighed(logs, precision)
    shares = {one.source: float(part) for one, part in zip(told, precision / precision.sum(), strict=True)}
    mean, sd = exp(middle), exp(middle) * sinh(_P90 * spread) / _P90  # as far from its 10th to its 90th percentile as the amounts are
    if experiment is None:
        return _prior(mean, sd, shares, widened)
    both = np.array([experiment.mean, mean]), np.array([experiment.sd**-2.0, sd**-2.0])
    mean, sd, again = _weighed(*both)
    weight = float(both[1][0] / both[1].sum())
    return _prior(mean, sd, {"experiment": weight, **{source: share * (1.0 - weight) for source, share in shares.items()}}, max(widened, again))


def judged(judgement: Judgement) -> Told:
    """A judgement as a source."""
    return Told("judgement", judgement.returns, JUDGEMENT_SD)


def as_told(published: PublishedBelief) -> Told:
    """What is published as a source."""
    return Told("published", published.median, published.log_sd)


def default_log_sd() -> float:
    """Sd of the logarithm of a channel's return by default: of the common level, and around it."""
    return sqrt(LEVEL_SD**2 + SPREAD**2)


def told_by_history(earlier: ResponseFit, series: ResponseSeries) -> dict[str, Told]:
    """By channel, what a fit of earlier weeks says; empty when it saw any of the weeks of `series`, because no week may be counted twice.

    Wider by the drift of returns from the middle of those weeks to the middle of these. A channel of which that fit knew little more than its own
    prior is left out.
    """
    if earlier.series.starts[-1] + earlier.series.step > series.starts[0] or earlier.metric != series.metric:
        return {}
    years = (_middle(series) - _middle(earlier.series)).days / _DAYS_A_YEAR
    found = {}
    for channel, effect in earlier.channel_effects().items():
        middle = float(np.median(effect.returns))
        if effect.prior_share < STILL_BELIEF and middle > 0:
            found[channel] = Told("history", middle, sqrt(_log_sd(effect.returns / middle) ** 2 + DRIFT_A_YEAR**2 * years))
    return found


def is_silent(series: ResponseSeries, channel: str) -> bool:
    """Whether the facts say so little of a channel that published figures are asked."""
    weeks = len(series) * series.step_days / 7.0
    weeks_on = float((series.spend[:, series.channels.index(channel)] > 0).sum()) * series.step_days / 7.0
    return weeks < SHORT_WEEKS or weeks_on < FEW_WEEKS_ON


def _weighed(values: np.ndarray, precision: np.ndarray) -> tuple[float, float, float]:
    """Weighed mean, its sd after widening, and the factor of that."""
    total = float(precision.sum())
    mean = float((precision * values).sum()) / total
    chi2 = float((precision * (values - mean) ** 2).sum())
    widened = max(1.0, sqrt(chi2 / (len(values) - 1))) if len(values) > 1 else 1.0
    return mean, widened / sqrt(total), widened


def _prior(mean: float, sd: float, shares: Mapping[Source, float], widened: float) -> ReturnPrior:
    weighed = tuple(sorted(shares.items(), key=lambda each: -each[1]))
    return ReturnPrior(mean, sd, weighed[0][0], weighed if len(weighed) > 1 else (), widened)


def _log_sd(ratios: np.ndarray) -> float:
    """Sd of a logarithm from the 10th and 90th percentile; draws at 0 count as a hundredth."""
    low, high = np.quantile(np.maximum(ratios, 0.01), (0.1, 0.9))
    return float(np.log(high / low)) / (2.0 * _P90)


def _middle(series: ResponseSeries) -> date:
    return series.starts[len(series) // 2]
