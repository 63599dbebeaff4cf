"""What is believed about a channel's return before the outcome is looked at, and where that belief comes from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import pi, sqrt
from typing import Literal

import numpy as np

from quarterdeck.response.numerics import log_normal_mass
from quarterdeck.response.series import FloatArray, WeeklySeries

Source = Literal["experiment", "history", "judgement", "published", "default"]

SHARE_OF_MEDIA = 0.25
_WIDTHS = np.array([0.5, 1.0, 2.0, 4.0])
_WEIGHTS = np.array([0.3, 0.4, 0.2, 0.1])
_HALF_NORMAL_MEAN = sqrt(2.0 / pi)


@dataclass(frozen=True)
class ReturnPrior:
    """A belief about the return of a channel over the fitted rows, in units of the outcome per unit of money.

    A normal distribution of `mean` and `sd`, cut off below 0: an experiment that found 0.2 with a standard error of 0.5 is
    `ReturnPrior(0.2, 0.5, "experiment")`.
    Raises ValueError when `sd` is not above 0 or a figure is not finite.
    """

    mean: float
    sd: float
    source: Source

    def __post_init__(self) -> None:
        if not (np.isfinite(self.mean) and np.isfinite(self.sd) and self.sd > 0):
            raise ValueError(f"a prior needs a finite mean and an sd above 0, found mean {self.mean} and sd {self.sd}")


@dataclass(frozen=True, eq=False)
class ReturnBeliefs:
    """Priors as the sampler reads them: mixtures of normals cut off below 0. All `[channel, component]`, in units of the outcome per unit of money.

    `stated` is what a person may read: mean and standard deviation of each, with its source.
    """

    location: FloatArray
    scale: FloatArray
    weight: FloatArray
    stated: tuple[ReturnPrior, ...]


def build_beliefs(series: WeeklySeries, priors: Mapping[str, ReturnPrior]) -> ReturnBeliefs:
    """One belief for each channel of `series`: the one given, or the default.

    Default: paid media together bring about a quarter of the outcome (mean `SHARE_OF_MEDIA`), every channel with the same distribution of its
    return, so that shares follow spend: half-normal of a width that is itself uncertain (half to four times), so heavy-tailed that a channel may
    return ten times the average. Source: the form is Meridian's "total paid media contribution prior" (Google, "When the KPI is not revenue"),
    which takes 40 % with an sd of 20 %; less is taken here because a claim too high costs money, and the tail still reaches 40 %.
    """
    default = _default_return(series)
    rows = [_row(priors.get(channel), default) for channel in series.channels]
    location, scale, weight = (np.array([row[part] for row in rows]) for part in range(3))
    stated = tuple(_stated(priors.get(channel), default) for channel in series.channels)
    return ReturnBeliefs(location, scale, weight, stated)


def prior_sds(beliefs: ReturnBeliefs, returns: FloatArray) -> FloatArray:
    """How wide each channel's prior was where the answer lies [channel]: sd of the component that each draw of `returns` [draw, channel] speaks for.

    A heavy-tailed prior is narrow for small returns and wide for large ones; its overall sd would call every ordinary answer certain.
    """
    location, scale, weight = beliefs.location, beliefs.scale, np.maximum(beliefs.weight, 1e-300)
    log_share = np.log(weight) - np.log(scale) - log_normal_mass(location / scale) - 0.5 * ((returns[:, :, None] - location) / scale) ** 2
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


def _default_return(series: WeeklySeries) -> float:
    """The width at which the default's mean return, times all spend, is `SHARE_OF_MEDIA` of the outcome."""
    size = max(float(np.abs(series.outcome).sum()), float(series.outcome.std()) * len(series))
    mean_return = SHARE_OF_MEDIA * size / float(series.spend.sum())
    return mean_return / (_HALF_NORMAL_MEAN * float(_WIDTHS @ _WEIGHTS))


def _row(prior: ReturnPrior | None, default: float) -> tuple[FloatArray, FloatArray, FloatArray]:
    if prior is None:
        return np.zeros(len(_WIDTHS)), default * _WIDTHS, _WEIGHTS
    only = np.zeros(len(_WIDTHS))
    only[0] = 1.0
    return np.full(len(_WIDTHS), prior.mean), np.full(len(_WIDTHS), prior.sd), only


def _stated(prior: ReturnPrior | None, default: float) -> ReturnPrior:
    if prior is not None:
        return prior
    mean = default * _HALF_NORMAL_MEAN * float(_WIDTHS @ _WEIGHTS)
    square = default**2 * float(_WIDTHS**2 @ _WEIGHTS)
    return ReturnPrior(mean, sqrt(square - mean * mean), "default")
