"""The opening: was money already at work before the first row, or did the company begin to advertise with it? The outcome decides."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from quarterdeck.response.baseline.block import Block, log_evidence
from quarterdeck.response.cells import DECAYS, DELAYS, Grid, build_cells, carry_before
from quarterdeck.response.curves import HYPERBOLIC
from quarterdeck.response.numerics import matmul_in_rows
from quarterdeck.response.series import FloatArray, ResponseSeries

COLD_ODDS = 0.25
"""How likely a cold start is, against a running one, before the outcome is seen: most companies export part of a longer history."""
_BEND = 0.9
_PLAIN_SD = 3.0


def choose_carry_in(series: ResponseSeries, blocks: Sequence[Block], standard: FloatArray, factor: FloatArray) -> FloatArray:
    """Carried-over spend at the eve of the first row [channel]: as in the first four weeks, or nothing where that is likelier given the outcome.

    blocks: the linear block by step; standard [row]: the outcome in standard units; factor [row]: its noise. With long carry-over the two differ for
    months, and a wrong one is taken for an effect of the channels. Source: Bayes factor, Kass & Raftery 1995, with coefficients integrated out.
    """
    running = carry_before(series.spend, series.step_days)
    if not running.any():
        return running
    cold = np.zeros_like(running)
    gain = _evidence(series, cold, blocks, standard / factor, factor) - _evidence(series, running, blocks, standard / factor, factor)
    return cold if gain + np.log(COLD_ODDS) > 0 else running


def _evidence(series: ResponseSeries, carry_in: FloatArray, blocks: Sequence[Block], outcome: FloatArray, factor: FloatArray) -> float:
    """Log marginal likelihood of the outcome, the mean over some carry-overs that all channels share."""
    cells = build_cells(series.spend, step_days=series.step_days, grid=_carries(series.step_days), carry_in=carry_in)
    found = []
    for cell in range(len(cells.decay)):
        media = _PLAIN_SD * cells.feature[:, cell].T / factor[:, None]
        for block in blocks:
            columns = np.concatenate([block.columns, media], axis=1)
            gram, pull = matmul_in_rows(columns.T, columns), outcome @ columns
            found.append(log_evidence(gram, pull, float(outcome @ outcome), np.ones(columns.shape[1]), len(outcome)))
    return float(np.logaddexp.reduce(found)) - float(np.log(len(found)))


def _carries(step_days: int) -> Grid:
    """A short, a middling and a long carry-over, and two delayed ones, of one bend."""
    decay = np.array([*DECAYS[step_days][2::2], *DELAYS[step_days][1:]])
    delay = np.array([*np.zeros(len(DECAYS[step_days][2::2])), *DELAYS[step_days][1:]])
    one = np.ones(len(decay))
    return Grid(decay, delay, _BEND * one, np.full(len(decay), HYPERBOLIC, dtype=np.uint8), one, -np.log(len(decay)) * one, one)
