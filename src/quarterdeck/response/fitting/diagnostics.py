"""Can a fit be believed: convergence of the chains, and findings about the data in plain words."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from quarterdeck.response.fitting.numerics import normal_quantile
from quarterdeck.response.series.series import FloatArray

RHAT_LIMIT, ESS_LIMIT = 1.02, 400.0


@dataclass(frozen=True)
class Finding:
    """Something about the data or the fit that a person should know.

    `code` is stable; `channel` is None when it concerns all; `other` is the second channel of a finding about two, `more` those after it; `column` the
    context that it is about.
    """

    code: str
    channel: str | None
    text: str
    other: str | None = None
    more: tuple[str, ...] = ()
    column: str | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "more", tuple(self.more))

    @property
    def channels(self) -> tuple[str, ...]:
        """Every channel that it names."""
        return tuple(name for name in (self.channel, self.other, *self.more) if name is not None)


@dataclass(frozen=True)
class FitDiagnostics:
    """How far the sampler got. `rhat_max` (1 is perfect) and `ess_min` (independent draws) are the worst over returns, their total and the noise.

    `ok` when `rhat_max` is at most `RHAT_LIMIT` and `ess_min` at least `ESS_LIMIT`. `media_gain`: how much
    better the weeks are explained with paid media than without (twice the log likelihood, averaged over draws, so that explaining by chance
    costs as much as it gains): 0 or below means that spend and outcome do not move together. Source: Spiegelhalter et al. 2002, section 3.
    """

    ok: bool
    rhat_max: float
    ess_min: float
    media_gain: float
    findings: tuple[Finding, ...]


def rhat(draws: FloatArray) -> float:
    """Rank-normalised split R-hat of `draws` [draw, chain]; 1 when all draws are equal. Source: Vehtari et al. 2021, section 4."""
    split = _split(draws)
    if np.ptp(split) == 0:
        return 1.0
    folded = np.abs(split - np.median(split))
    return max(_plain_rhat(_normal_scores(split)), _plain_rhat(_normal_scores(folded)))


def ess(draws: FloatArray) -> float:
    """Effective number of independent draws (bulk) in `draws` [draw, chain]. Source: Vehtari et al. 2021, section 3.2; Geyer 1992."""
    split = _split(draws)
    count, chains = split.shape
    if count < 4 or np.ptp(split) == 0:
        return float(split.size)
    scores = _normal_scores(split)
    covariance = _autocovariance(scores)
    within = float(covariance[:, 0].mean()) * count / (count - 1)
    total = within * (count - 1) / count + (float(scores.mean(axis=0).var(ddof=1)) if chains > 1 else 0.0)
    correlation = 1.0 - (within - covariance.mean(axis=0) * count / (count - 1)) / total
    correlation[0] = 1.0
    pairs = correlation[: count // 2 * 2].reshape(-1, 2).sum(axis=1)
    below = np.flatnonzero(pairs < 0)
    positive = np.minimum.accumulate(pairs[: below[0] if len(below) else len(pairs)])
    spread = max(-1.0 + 2.0 * float(positive.sum()), 1.0 / np.log10(split.size))
    return float(split.size / spread)


def _split(draws: FloatArray) -> FloatArray:
    half = len(draws) // 2
    return np.concatenate([draws[:half], draws[len(draws) - half :]], axis=1)


def _normal_scores(draws: FloatArray) -> FloatArray:
    _, inverse, counts = np.unique(draws, return_inverse=True, return_counts=True)
    average_rank = np.cumsum(counts) - 0.5 * (counts - 1)
    return normal_quantile((average_rank[inverse].reshape(draws.shape) - 0.375) / (draws.size + 0.25))


def _plain_rhat(draws: FloatArray) -> float:
    count = len(draws)
    within = float(draws.var(axis=0, ddof=1).mean())
    between = float(draws.mean(axis=0).var(ddof=1))
    return float(np.sqrt((count - 1) / count + between / within)) if within > 0 else float("inf")


def _autocovariance(draws: FloatArray) -> FloatArray:
    """[chain, lag], biased (divided by the number of draws)."""
    count = len(draws)
    spectrum = np.fft.rfft(draws - draws.mean(axis=0), n=2 * count, axis=0)
    return np.asarray(np.fft.irfft(np.abs(spectrum) ** 2, axis=0)[:count].T / count)
