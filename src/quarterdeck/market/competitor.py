"""The competitor: it answers our spend some weeks later, follows the season, and takes demand, lowers prices and bids for the same exposure."""

from __future__ import annotations

import numpy as np

from quarterdeck.kernel.periods import DAYS_PER_WEEK
from quarterdeck.market.preset import Preset, RivalTruth
from quarterdeck.market.streams import FloatArray


def rival_pressure(preset: Preset, push: FloatArray, money: FloatArray) -> FloatArray:
    """The competitor's pressure by day, 1 is usual. `push [day]` and our whole spend `money [day]` from the market's first day on.

    Its answer grows with our last seven days' spend and levels off; each day it keeps a part of where it was.
    """
    answer = preset.rival.answers * (np.exp(-1.0) - np.exp(-_last_seven(money) / preset.weekly_spend))
    return 1.0 + _settled(preset.rival, push + _later(preset.rival, answer, before=preset.rival.answers * (np.exp(-1.0) - 1.0)))


def rival_slope(preset: Preset, money: FloatArray, of_rival: FloatArray) -> FloatArray:
    """What one more unit of money on each day is worth through the competitor's answer, `[day]`, when its pressure is worth `of_rival [day]`.

    The transpose of `rival_pressure`, step by step backwards; `money` and `of_rival` from the market's first day on.
    """
    of_push = _settled(preset.rival, of_rival[::-1])
    of_answer = _later(preset.rival, of_push, before=0.0)[::-1]
    of_week = of_answer * preset.rival.answers * np.exp(-_last_seven(money) / preset.weekly_spend) / preset.weekly_spend
    return _last_seven(of_week[::-1])[::-1]


def rival_prices(rival: RivalTruth, own_way: FloatArray, pressure: FloatArray) -> FloatArray:
    """The competitor's own price relative to the usual one: `own_way [day]`, lower when it presses."""
    return own_way * np.exp(-rival.cuts_price * (pressure - 1.0))


def demand_left(rival: RivalTruth, prices: FloatArray, pressure: FloatArray) -> FloatArray:
    """What the competitor leaves us of demand, by day, 1 when its pressure and its prices are usual."""
    left: FloatArray = np.exp(-rival.takes * (pressure - 1.0)) * prices**rival.price_elasticity
    return left


def demand_left_slope(rival: RivalTruth) -> float:
    """The relative change of `demand_left` for one more unit of pressure, its price cut included."""
    return -(rival.takes + rival.price_elasticity * rival.cuts_price)


def _settled(rival: RivalTruth, push: FloatArray) -> FloatArray:
    from scipy.signal import lfilter

    keep = rival.memory ** (1.0 / DAYS_PER_WEEK)
    settled: FloatArray = lfilter([1.0 - keep], [1.0, -keep], push)
    return settled


def _later(rival: RivalTruth, series: FloatArray, *, before: float) -> FloatArray:
    lag = rival.lag_weeks * DAYS_PER_WEEK
    return np.concatenate([np.full(lag, before), series])[: len(series)]


def _last_seven(series: FloatArray) -> FloatArray:
    total = series.copy()
    for back in range(1, min(DAYS_PER_WEEK, len(series))):
        total[back:] += series[:-back]
    return total
