"""Steady state: what a channel brings a week when the same money is spent on it week after week, as draws.

Carried-over spend of a steady amount is that amount (the weights of carry-over add up to 1), so a week brings what saturation makes of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from quarterdeck.response.curves.curves import ResponseCurves
from quarterdeck.response.series.series import FloatArray


def steady_outcome(curves: ResponseCurves, channel: str, spends: Sequence[float]) -> FloatArray:
    """Units of the metric a week at each steady weekly spend. [spend] -> [draw, spend]. Raises ValueError for a channel without a curve."""
    return _settled(curves, channel).contribution(_column(spends))[:, :, 0]


def steady_marginal(curves: ResponseCurves, channel: str, spends: Sequence[float]) -> FloatArray:
    """What one more unit of money every week adds a week, at each steady weekly spend. [spend] -> [draw, spend]."""
    return _settled(curves, channel).marginal(_column(spends))[:, :, 0]


def _settled(curves: ResponseCurves, channel: str) -> ResponseCurves:
    """The channel's curve alone, in the state in which each week is the end of a long run of equal ones."""
    only = curves.of_channels([curves.channels.index(channel)])
    nothing = np.zeros_like(only.decay)
    return replace(only, decay=nothing, delay=nothing).started(nothing)


def _column(spends: Sequence[float]) -> FloatArray:
    return np.asarray(spends, dtype=np.float64).reshape(-1, 1)
