"""Carry-over: when the effect of one day's exposure arrives, for forms whose peak may come days later."""

from __future__ import annotations

from functools import lru_cache
from math import exp, lgamma, log

import numpy as np

from quarterdeck.market.preset import CarryOver, Wait
from quarterdeck.market.streams import FloatArray


@lru_cache(maxsize=256)
def arrival(carry: CarryOver) -> FloatArray:
    """Shares of the effect by day, today first, `[carry.days]`, adding up to 1.

    Source: negative binomial as in Hanssens, Parsons & Schultz 2001, "Market Response Models", section 4.1; Weibull as in Robyn (Meta 2021).
    """
    if carry.form == "weibull":
        weights = np.diff(-np.expm1(-((np.arange(carry.days + 1) / carry.middle) ** carry.shape)))
    else:
        size, stop = carry.shape, carry.shape / (carry.shape + carry.middle)
        weights = np.array([exp(lgamma(n + size) - lgamma(size) - lgamma(n + 1) + size * log(stop) + n * log(1 - stop)) for n in range(carry.days)])
    return _frozen(weights / weights.sum())


@lru_cache(maxsize=64)
def waiting(wait: Wait) -> FloatArray:
    """Shares of units by the days that they wait, today first, for the `gamma` form (shape 2, mean `wait.days`), adding up to 1."""
    days = np.arange(int(wait.days * 4) + 2)
    scaled = 2.0 * days / wait.days
    return _frozen(np.diff(-(1.0 + scaled) * np.exp(-scaled)) / -((1.0 + scaled[-1]) * np.exp(-scaled[-1]) - 1.0))


def spread_later(values: FloatArray, shares: FloatArray, before: float = 0.0) -> FloatArray:
    """`values [day]` arriving by `shares`; each day before the first held `before`. A longer series keeps its earlier days bit for bit."""
    if not len(values):
        return values
    return np.convolve(np.concatenate([np.full(len(shares) - 1, before), values]), shares, mode="valid")


def gather_back(values: FloatArray, shares: FloatArray) -> FloatArray:
    """The transpose of `spread_later`: what a unit on each day is worth, when units that arrive on a day are worth `values [day]`."""
    return spread_later(values[::-1], shares)[::-1]


def _frozen(weights: FloatArray) -> FloatArray:
    weights.setflags(write=False)
    return weights
