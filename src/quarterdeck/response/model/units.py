"""Units: a channel whose amounts are plainly not counted as those of the others (people reached, shares, thousands) is not believed to return alike."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from quarterdeck.response.fitting.diagnostics import Finding
from quarterdeck.response.fitting.likelihood import Likelihood
from quarterdeck.response.model.cells import plain_features
from quarterdeck.response.priors.priors import ReturnBeliefs, ReturnPrior
from quarterdeck.response.series.series import FloatArray, ResponseSeries

APART = 20.0
"""How many times smaller than any other a channel must be to be suspect."""
_CLEAR = 20.0


def other_units(series: ResponseSeries, likelihood: Likelihood) -> FloatArray:
    """By how much each channel's amounts would have to be multiplied to be as large as the others' on average; 1 for a usual channel [channel].

    Suspect is a channel with less than a twentieth of the spend of any other that the outcome nevertheless plainly moves with: more than its money could
    bring if it returned as the others do. Source: Bayes factor, as for `opening.choose_carry_in`.
    """
    total, times = series.spend.sum(axis=0), np.ones(len(series.channels))
    spent = np.flatnonzero(total > 0)
    media = likelihood.beside(plain_features(series.spend, series.step_days))
    for channel in spent:
        others = spent[spent != channel]
        if len(others) and total[channel] * APART < total[others].min():
            gain = likelihood.with_columns(media).max() - likelihood.with_columns(np.delete(media, channel, axis=1)).max()
            times[channel] = total[others].mean() / total[channel] if gain > np.log(_CLEAR) else 1.0
    return times


def in_own_units(beliefs: ReturnBeliefs, times: FloatArray) -> ReturnBeliefs:
    """`beliefs` in which channels without a belief of their own return `times` [channel] as much for each unit of their amounts."""
    times = np.where(beliefs.shared, times, 1.0)
    stated = tuple(
        ReturnPrior(each.mean * by, each.sd * by, each.source, each.weighed, each.widened) for each, by in zip(beliefs.stated, times, strict=True)
    )
    return replace(beliefs, location=beliefs.location * times[:, None], scale=beliefs.scale * times[:, None], stated=stated)


def say_units(series: ResponseSeries, times: FloatArray) -> tuple[Finding, ...]:
    """One finding for each channel that is counted in another unit."""
    return tuple(
        Finding(
            "unit_apart",
            name,
            f"{name} has so little spend beside what the outcome shows of it that its figures cannot be money as the others' are (people reached? "
            "thousands?): it is fitted on its own scale, and its return cannot be compared. Import its cost.",
        )
        for name, by in zip(series.channels, times, strict=True)
        if by != 1.0
    )
