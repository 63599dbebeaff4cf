"""score_judgements: where what a person expected of a channel lay in what the facts then said."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from quarterdeck.response.curves.fitted import ResponseFit
from quarterdeck.response.curves.summary import Summary, summarise
from quarterdeck.response.priors.beliefs import JUDGEMENT_SD, Judgement
from quarterdeck.response.series.series import FloatArray

LEAST_SEEN = 0.4
"""A judgement is scored once at least this share of the answer comes from the facts."""


@dataclass(frozen=True)
class Score:
    """`judged` and `found` in units of the metric per unit of money; `rank`: the chance that the return is below what was judged.

    `is_early`: the facts say too little yet. `verdict`: near when the judgement lies in the 80 % range of the answer, else high or low.
    """

    channel: str
    judged: float
    found: Summary
    rank: float
    is_early: bool

    @property
    def verdict(self) -> str:
        """near, high or low: how the judgement compares with what was found."""
        return "near" if 0.1 <= self.rank <= 0.9 else "high" if self.rank > 0.9 else "low"


def score_judgements(fit: ResponseFit, judgements: Mapping[str, Judgement]) -> dict[str, Score]:
    """By channel with a judgement and a curve: the judgement held against the answer, its own weight in that answer taken out.

    The draws are weighted by 1 / (what the judgement believed of them) to the power of what it counted, so that nobody is judged by himself.
    Source: importance sampling with the prior as proposal, Gelman et al. 2013, "Bayesian data analysis", section 10.4.
    """
    scores = {}
    for channel, effect in fit.channel_effects().items():
        if channel not in judgements:
            continue
        judged = judgements[channel].returns
        counted = dict(effect.prior.weighed).get("judgement", 1.0 if effect.prior.source == "judgement" else 0.0)
        weight = _without(effect.returns, judged, counted)
        below = float((weight * (effect.returns < judged)).sum() / weight.sum())
        is_early = effect.prior_share > 1.0 - LEAST_SEEN
        scores[channel] = Score(channel, judged, summarise(_resampled(effect.returns, weight)), below, is_early)
    return scores


def _without(returns: FloatArray, judged: float, counted: float) -> FloatArray:
    """Weights [draw] that undo what the judgement added; limited, so that no draw in a far tail decides alone."""
    if counted <= 0:
        return np.ones_like(returns)
    log_weight = 0.5 * np.minimum(((returns - judged) / (JUDGEMENT_SD * judged)) ** 2, 4.0)
    return np.asarray(np.exp(log_weight - log_weight.max()))


def _resampled(returns: FloatArray, weight: FloatArray) -> FloatArray:
    """As many draws as there are, evenly by weight."""
    order = np.argsort(returns, kind="stable")
    reached = np.cumsum(weight[order]) / weight.sum()
    marks = (np.arange(len(returns)) + 0.5) / len(returns)
    return np.asarray(returns[order][np.minimum(np.searchsorted(reached, marks), len(returns) - 1)])
