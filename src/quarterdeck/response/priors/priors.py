"""What is believed about a channel's return before the outcome is looked at, and where that belief comes from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import pi, sqrt
from typing import Literal

import numpy as np
import numpy.typing as npt

from quarterdeck.response.fitting.numerics import log_normal_mass
from quarterdeck.response.series.series import FloatArray, ResponseSeries

Source = Literal["experiment", "history", "judgement", "published", "default"]

SHARE_OF_MEDIA = 0.25
SPREAD = 0.5
"""How far a channel's return lies from what the company's channels return in common: sd as a share of it."""
LEVEL_SD = 0.5
"""Sd of the logarithm of that common level: it may well be half or twice of what `SHARE_OF_MEDIA` says."""
_LEVELS = np.exp(np.linspace(-2.0, 2.0, 11) * LEVEL_SD)
_WEIGHTS = np.exp(-0.5 * np.linspace(-2.0, 2.0, 11) ** 2)
_WEIGHTS = _WEIGHTS / _WEIGHTS.sum()


@dataclass(frozen=True)
class ReturnPrior:
    """A belief about the return of a channel over the fitted rows, in units of the outcome per unit of money.

    A normal distribution of `mean` and `sd`, cut off below 0: an experiment that found 0.2 with a standard error of 0.5 is
    `ReturnPrior(0.2, 0.5, "experiment")`. Where several sources were put together, `source` is the weightiest, `weighed` tells what each counted
    (adding up to 1, weightiest first; empty for a single source), and `widened` by what factor `sd` grew because they contradict each other.
    Raises ValueError when `sd` is not above 0 or a figure is not finite.
    """

    mean: float
    sd: float
    source: Source
    weighed: tuple[tuple[Source, float], ...] = ()
    widened: float = 1.0

    def __post_init__(self) -> None:
        object.__setattr__(self, "weighed", tuple((source, float(share)) for source, share in self.weighed))  # as read from JSON, too
        if not (np.isfinite(self.mean) and np.isfinite(self.sd) and self.sd > 0):
            raise ValueError(f"a prior needs a finite mean and an sd above 0, found mean {self.mean} and sd {self.sd}")


@dataclass(frozen=True, eq=False)
class ReturnBeliefs:
    """Priors as the sampler reads them: mixtures of normals cut off below 0. All `[channel, component]`, in units of the outcome per unit of money.

    `stated` is what a person may read: mean and standard deviation of each, with its source. Channels that are `shared` [channel] have one
    component in common, whichever it is: what one of them shows about the common level, the others learn.
    """

    location: FloatArray
    scale: FloatArray
    weight: FloatArray
    stated: tuple[ReturnPrior, ...]
    shared: npt.NDArray[np.bool_]


def build_beliefs(series: ResponseSeries, priors: Mapping[str, ReturnPrior]) -> ReturnBeliefs:
    """One belief for each channel of `series`: the one given, or the default.

    Default: paid media together bring about a quarter of the outcome (median `SHARE_OF_MEDIA`, uncertain by `LEVEL_SD`), and the channels of one
    company return alike: each lies around a common level that the facts decide, with a spread of `SPREAD` of it. A company that has paid for a
    channel for years has found it worth its money; believing that channels may differ tenfold would let noise move the budget. Source: the
    total prior is Meridian's "total paid media contribution prior" (Google, "When the KPI is not revenue"), which takes 40 % with an sd of
    20 %; less is taken here because a claim too high costs money. Partial pooling: Gelman et al. 2013, Bayesian Data Analysis, chapter 5.
    """
    default = default_return(series)
    rows = [_row(priors.get(channel), default) for channel in series.channels]
    location, scale, weight = (np.array([row[part] for row in rows]) for part in range(3))
    stated = tuple(_stated(priors.get(channel), default) for channel in series.channels)
    return ReturnBeliefs(location, scale, weight, stated, np.array([channel not in priors for channel in series.channels], dtype=bool))


def prior_sds(beliefs: ReturnBeliefs, returns: FloatArray) -> FloatArray:
    """How wide each channel's prior was where the answer lies [channel]: sd of the component that each draw of `returns` [draw, channel] speaks for.

    A mixture is narrow for small returns and wide for large ones; its overall sd would call every ordinary answer certain. Shared channels speak
    for their component together: each is measured against what is believed of it once the common level is known, so that a channel of which only
    the level is known, and that from others, counts as not known.
    """
    location, scale, weight = beliefs.location, beliefs.scale, np.maximum(beliefs.weight, 1e-300)
    log_share = -np.log(scale) - log_normal_mass(location / scale) - 0.5 * ((returns[:, :, None] - location) / scale) ** 2
    log_share[:, beliefs.shared] = log_share[:, beliefs.shared].sum(axis=1, keepdims=True)
    log_share = log_share + np.log(weight)
    share = np.exp(log_share - log_share.max(axis=2, keepdims=True))
    share = (share / share.sum(axis=2, keepdims=True)).mean(axis=0)
    sds: FloatArray = np.sqrt((share * _cut_variance(location, scale)).sum(axis=1))
    return sds


def _cut_variance(location: FloatArray, scale: FloatArray) -> FloatArray:
    """Variance of normals that are cut off below 0. Source: Johnson, Kotz & Balakrishnan 1994, vol. 1, section 13.10.1."""
    edge = -location / scale
    hazard = np.exp(-0.5 * edge**2 - 0.5 * np.log(2.0 * pi) - log_normal_mass(-edge))
    variance: FloatArray = scale**2 * np.maximum(1.0 + edge * hazard - hazard**2, 1e-12)
    return variance


def default_return(series: ResponseSeries) -> float:
    """The return at which all spend brings `SHARE_OF_MEDIA` of the outcome."""
    size = max(float(np.abs(series.outcome).sum()), float(series.outcome.std()) * len(series))
    return SHARE_OF_MEDIA * size / float(series.spend.sum())


def _row(prior: ReturnPrior | None, default: float) -> tuple[FloatArray, FloatArray, FloatArray]:
    if prior is None:
        return default * _LEVELS, SPREAD * default * _LEVELS, _WEIGHTS
    only = np.zeros(len(_LEVELS))
    only[0] = 1.0
    return np.full(len(_LEVELS), prior.mean), np.full(len(_LEVELS), prior.sd), only


def _stated(prior: ReturnPrior | None, default: float) -> ReturnPrior:
    """Mean and sd of the default over levels, as if it were not cut off: what is cut is little."""
    if prior is not None:
        return prior
    mean = default * float(_LEVELS @ _WEIGHTS)
    square = default**2 * float((1.0 + SPREAD**2) * (_LEVELS**2 @ _WEIGHTS))
    return ReturnPrior(mean, sqrt(square - mean * mean), "default")
