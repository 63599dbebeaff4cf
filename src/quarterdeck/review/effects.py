"""What the facts of the weeks gone by say about channels and demand, beyond what the curves expected.

Counted less as-spent forecast is explained by a change of effect of each channel, a demand of its own, and noise, all Gaussian, starting from
the joint uncertainty of the forecast itself.
Source: Bayesian linear regression with a known noise level, Gelman et al. 2013, Bayesian Data Analysis, section 14.8.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from quarterdeck.response.series.series import FloatArray

DRIFT_SD = 0.35
"""How far a channel's effect may move within a quarter beyond what the curves' own uncertainty allows (share of itself)."""


DEMAND_SD = 0.12
"""How far demand may lie off for a whole quarter, for reasons that no figure shows, as a share of what would come without paid channels."""


@dataclass(frozen=True, eq=False)
class EffectEstimate:
    """Posterior of what changed. `effect`, `effect_sd [channel]` (1 is as fitted), `demand`, `demand_sd [week]` (units of the metric)."""

    effect: FloatArray
    effect_sd: FloatArray
    demand: FloatArray
    demand_sd: FloatArray


def estimate_effects(
    residual: FloatArray, media: FloatArray, baseline: FloatArray, *, uncertainty: FloatArray, noise_sd: float, drift_sd: float = DRIFT_SD
) -> EffectEstimate:
    """What changed, given `residual [week]` = counted (as if all had been recorded) less as-spent forecast.

    `media [week, channel]` and `baseline [week]` are the as-spent expectation. `uncertainty [channel + week, channel + week]` is the forecast's own covariance of
    each channel's effect (share of itself) and of the baseline by week (`forecast_uncertainty`): channels and baseline know little apart and much
    together, and what they know together must not be blamed on either. A week whose residual is NaN says nothing; with no usable week the prior comes back.
    """
    weeks, channels = media.shape
    prior = uncertainty + np.diag(np.concatenate([np.full(channels, drift_sd**2), np.zeros(weeks)]))
    prior[channels:, channels:] += DEMAND_SD**2 * np.outer(baseline, baseline)
    seen = np.isfinite(residual)
    design = np.hstack([media, np.eye(weeks)])[seen]
    covariance = design @ prior @ design.T + noise_sd**2 * np.eye(int(seen.sum()))
    gain = np.linalg.solve(covariance, design @ prior).T if seen.any() else np.zeros((channels + weeks, 0))
    mean = gain @ residual[seen]
    sd = np.sqrt(np.maximum(np.diag(prior - gain @ design @ prior), 0.0))
    return EffectEstimate(1.0 + mean[:channels], sd[:channels], mean[channels:], sd[channels:])


def forecast_uncertainty(media: FloatArray, baseline: FloatArray) -> FloatArray:
    """Covariance of each channel's total (as a share of its mean) and the baseline by week, over draws.

    media [draw, week, channel], baseline [draw, week] -> [channel + week, channel + week]. A channel that brings nothing has no uncertainty.
    """
    totals = media.sum(axis=1)
    mean = totals.mean(axis=0)
    effect = np.divide(totals - mean, mean, out=np.zeros_like(totals), where=mean > 0)
    apart = np.hstack([effect, baseline - baseline.mean(axis=0)])
    covariance: FloatArray = apart.T @ apart / len(apart)
    return covariance
