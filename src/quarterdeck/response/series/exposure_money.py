"""Money that worked: spend counted by what it bought (impressions, or reach and frequency), so that weeks with dear or wasted media count for less.

A change of the series before it is fitted: amounts add up to the same money, so that returns and curves stay in money.
"""

from __future__ import annotations

import numpy as np

from quarterdeck.response.series.series import FloatArray

FREQUENCY_RATE = 1.5
"""How fast more contacts with the same person stop counting: at the mean frequency 1 - exp(-1.5) = 78 % of the ceiling is reached."""


def effective_spend(spend: FloatArray, exposure: FloatArray) -> FloatArray:
    """Spend of each row as if all exposure had been bought at the average price. Both [row] of one channel -> [row].

    Rows with spend and no exposure count for nothing; without any exposure the spend stays as it is. Raises ValueError for negative figures.
    """
    _check(spend, exposure)
    total = float(exposure.sum())
    return np.asarray(exposure * (float(spend.sum()) / total)) if total > 0 else np.asarray(spend, dtype=np.float64)


def reach_spend(spend: FloatArray, reach: FloatArray, frequency: FloatArray, *, rate: float = FREQUENCY_RATE) -> FloatArray:
    """Spend of each row as if paid for what it reached: people times how much their contacts count. All [row] of one channel -> [row].

    Contacts count 1 - exp(-rate * frequency / mean frequency): the third contact adds less than the first. Source: Zhang et al. 2023, "Bayesian
    hierarchical media mix model incorporating reach and frequency data", section 3, with an exponential in place of their Hill curve.
    """
    _check(spend, reach, frequency)
    seen = reach > 0
    usual = float(frequency[seen].mean()) if seen.any() else 0.0
    counts = reach * -np.expm1(-rate * frequency / usual) if usual > 0 else reach
    return effective_spend(spend, counts)


def _check(*columns: FloatArray) -> None:
    if any((np.asarray(column) < 0).any() or not np.isfinite(column).all() for column in columns):
        raise ValueError("spend, exposure, reach and frequency are finite and not negative")
