"""The opening: was money already at work before the first row, or did the company begin to advertise with it? The outcome decides."""

from __future__ import annotations

import numpy as np

from quarterdeck.response.curves.curves import HYPERBOLIC
from quarterdeck.response.fitting.likelihood import Likelihood
from quarterdeck.response.model.cells import DECAYS, DELAYS, Grid, build_cells, carry_before
from quarterdeck.response.series.series import FloatArray, ResponseSeries

COLD_ODDS = 0.25
"""How likely a cold start is, against a running one, before the outcome is seen: most companies export part of a longer history."""
_BEND = 0.9


def choose_carry_in(series: ResponseSeries, likelihood: Likelihood) -> FloatArray:
    """Carried-over spend at the eve of the first row [channel]: as in the first four weeks, or nothing where that is likelier given the outcome.

    With long carry-over the two differ for months, and a wrong one is taken for an effect of the channels. Source: Bayes factor, Kass & Raftery 1995,
    with coefficients integrated out.
    """
    running = carry_before(series.spend, series.step_days)
    if not running.any():
        return running
    cold = np.zeros_like(running)
    gain = likelihood_of_spend(series, likelihood, carry_in=cold) - likelihood_of_spend(series, likelihood)
    return cold if gain + np.log(COLD_ODDS) > 0 else running


def likelihood_of_spend(series: ResponseSeries, likelihood: Likelihood, *, carry_in: FloatArray | None = None) -> float:
    """Log marginal likelihood of the outcome given the spend of `series`, the mean over some carry-overs that all channels share."""
    cells = build_cells(series.spend, step_days=series.step_days, grid=usual_carries(series.step_days), carry_in=carry_in)
    found = [likelihood.with_columns(likelihood.beside(cells.feature[:, cell].T)) for cell in range(len(cells.decay))]
    return float(np.logaddexp.reduce(found, axis=None)) - float(np.log(len(found)))


def usual_carries(step_days: int) -> Grid:
    """A short, a middling and a long carry-over, and two delayed ones, of one bend."""
    decay = np.array([*DECAYS[step_days][2::2], *DELAYS[step_days][1:]])
    delay = np.array([*np.zeros(len(DECAYS[step_days][2::2])), *DELAYS[step_days][1:]])
    one = np.ones(len(decay))
    return Grid(decay, delay, _BEND * one, np.full(len(decay), HYPERBOLIC, dtype=np.uint8), one, -np.log(len(decay)) * one, one)
