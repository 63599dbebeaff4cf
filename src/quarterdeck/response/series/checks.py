"""Can a series be fitted at all: everything that stands against it, said at once."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from quarterdeck.kernel.problems import InvalidInput, Problem
from quarterdeck.response.priors.priors import ReturnPrior
from quarterdeck.response.series.series import ResponseSeries

LEAST_WEEKS = 8
MOST_CHANNELS = 100
"""A fit of 80 channels and 104 weeks takes 40 s of processor time, one of 40 takes 11 s."""


def check_series(series: ResponseSeries, priors: Mapping[str, ReturnPrior]) -> None:
    """Raises InvalidInput with everything that makes `series` impossible to fit."""
    problems = []
    if series.weeks_long < LEAST_WEEKS:
        problems.append(
            Problem(
                "RESPONSE-001",
                f"series of {series.metric}",
                f"{series.weeks_long:.0f} weeks",
                f"at least {LEAST_WEEKS} weeks",
                "Import earlier weeks, or plan without a fit until there are enough.",
            )
        )
    if len(series) and np.ptp(series.outcome) == 0:
        problems.append(
            Problem(
                "RESPONSE-002",
                f"outcome {series.metric}",
                f"{series.outcome[0]:g} in every week",
                "an outcome that changes from week to week",
                "Check the import: a constant outcome is usually a total that was spread over weeks.",
            )
        )
    if not series.channels or series.spend.sum() == 0:
        problems.append(Problem("RESPONSE-003", "spend", "no money in any channel", "at least one channel with spend", "Import spend first."))
    elif len(series) and not (np.ptp(series.spend, axis=0) > 0).any():
        problems.append(
            Problem(
                "RESPONSE-004",
                "spend",
                "the same amount every week in every channel",
                "a channel whose spend changes",
                "Vary one channel for some weeks, so that its effect can be seen; until then nothing can be learned.",
            )
        )
    if len(series.channels) > MOST_CHANNELS:
        problems.append(
            Problem(
                "RESPONSE-006",
                "spend",
                f"{len(series.channels)} channels",
                f"at most {MOST_CHANNELS}, because time grows with the square of their number and weeks cannot tell so many apart",
                "Add up those that do the same work, such as campaigns of one channel.",
            )
        )
    problems += [
        Problem(
            "RESPONSE-005",
            f"priors.{name}",
            "a prior for a channel that the series does not have",
            f"one of {', '.join(series.channels)}",
            "Correct the name or leave the prior out.",
        )
        for name in sorted(set(priors) - set(series.channels))
    ]
    if problems:
        raise InvalidInput(problems, state="Nothing was fitted.")
