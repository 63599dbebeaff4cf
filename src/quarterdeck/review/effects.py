"""What the facts of the weeks gone by say about channels and demand, beyond what the curves expected.

Counted less as-spent forecast is explained by a change of effect of each channel, a demand of its own, and noise, all Gaussian.
Source: Bayesian linear regression with a known noise level, Gelman et al. 2013, Bayesian Data Analysis, section 14.8.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from quarterdeck.response.series import FloatArray

DRIFT_SD = 0.25
"""How far a channel's effect may move within a quarter beyond what the curves' own uncertainty allows (share of itself)."""


@dataclass(frozen=True, eq=False)
class EffectEstimate:
    """Posterior of what changed. `effect`, `effect_sd [channel]` (1 is as fitted), `demand`, `demand_sd [week]` (units of the metric)."""

    effect: FloatArray
    effect_sd: FloatArray
    demand: FloatArray
    demand_sd: FloatArray


def estimate_effects(
    residual: FloatArray, media: FloatArray, *, media_sd: FloatArray, baseline_sd: FloatArray, noise_sd: float, drift_sd: float = DRIFT_SD
) -> EffectEstimate:
    """What changed, given `residual [week]` = counted (as if all had been recorded) less as-spent forecast.

    `media [week, channel]` is the as-spent expectation per channel, `media_sd [channel]` the curves' own relative uncertainty about its
    total, `baseline_sd [week]` that of the baseline. A week whose residual is NaN says nothing. With no usable week the prior comes back.
    """
    weeks, channels = media.shape
    effect_prior = np.diag(media_sd**2 + drift_sd**2) if channels else np.zeros((0, 0))
    demand_prior = _demand_covariance(baseline_sd, noise_sd)
    prior = np.zeros((channels + weeks, channels + weeks))
    prior[:channels, :channels], prior[channels:, channels:] = effect_prior, demand_prior
    seen = np.isfinite(residual)
    design = np.hstack([media, np.eye(weeks)])[seen]
    covariance = design @ prior @ design.T + noise_sd**2 * np.eye(int(seen.sum()))
    gain = np.linalg.solve(covariance, design @ prior).T if seen.any() else np.zeros((channels + weeks, 0))
    mean = gain @ residual[seen]
    sd = np.sqrt(np.maximum(np.diag(prior - gain @ design @ prior), 0.0))
    return EffectEstimate(1.0 + mean[:channels], sd[:channels], mean[channels:], sd[channels:])


def _demand_covariance(baseline_sd: FloatArray, noise_sd: float) -> FloatArray:
    """A level that the whole quarter shares (as uncertain as the baseline) and a walk that wanders by a third of the noise a week."""
    weeks = len(baseline_sd)
    steps = np.minimum.outer(np.arange(1, weeks + 1), np.arange(1, weeks + 1))
    shared: FloatArray = np.outer(baseline_sd, baseline_sd) + (noise_sd / 3.0) ** 2 * steps
    return shared
