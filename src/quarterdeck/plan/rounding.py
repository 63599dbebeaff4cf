"""round_to_whole: a split in whole steps of money that still keeps to every limit."""

from __future__ import annotations

import numpy as np

from quarterdeck.plan.feasible import Feasible
from quarterdeck.response.series.series import FloatArray

_NOISE = 1e-6
"""A number this close to a whole step is one: it only misses it by rounding errors of floats."""


def round_to_whole(spend: FloatArray, limits: Feasible) -> FloatArray:
    """`spend` [week, channel] with every cell moved to one of its two nearest whole numbers, and every channel's sum too.

    `limits` are whole numbers. Total first, then channels, then weeks, each by largest remainder: a sum that lies between whole
    limits stays between them. Source: Cox & Ernst 1982, "Controlled rounding" (rows and total nest, so it always exists).
    """
    spend = np.clip(spend, 0.0, limits.weekly)
    sums = np.clip(spend.sum(axis=0), limits.floor, limits.cap)
    total = limits.total if limits.spend_all else min(limits.total, np.round(sums.sum() + _NOISE))
    channel_sums = _largest_remainder(sums, total)
    columns = [_largest_remainder(spend[:, i], channel_sums[i]) for i in range(spend.shape[1])]
    return np.stack(columns, axis=1)


def _largest_remainder(values: FloatArray, total: float) -> FloatArray:
    """Whole numbers next to `values` that add up to `total`; equal remainders are served in order."""
    near = np.round(values)
    values = np.where(np.abs(values - near) <= _NOISE, near, values)
    whole = np.floor(values)
    missing = round(float(total - whole.sum()))
    order = np.argsort(-np.round(values - whole, 9), kind="stable")
    whole[order[: max(0, missing)]] += 1.0
    # Sums of very many steps can come out a hair too large; what rounding errors added is taken back.
    whole[order[whole[order] > 0.0][missing:] if missing < 0 else []] -= 1.0
    return whole
