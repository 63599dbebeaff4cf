"""Small markets, spends and shocks to test with."""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache

import numpy as np

from quarterdeck.market.market import Market, build_market
from quarterdeck.market.spend import DailySpend, spread_weeks

FIRST_DAY = date(2024, 1, 1)


@lru_cache(maxsize=64)
def a_market(preset: str = "shop", seed: int = 7) -> Market:
    return build_market(preset, seed=seed, first_day=FIRST_DAY)


def usual(market: Market, weeks: int = 60) -> DailySpend:
    return market.usual_spend(market.first_day + timedelta(days=7 * weeks - 1))


def steady(market: Market, weeks: int = 40, factor: float = 1.0) -> DailySpend:
    """The usual money of each channel, the same every day."""
    week = np.array([channel.weekly_spend for channel in market.preset.channels]) * factor
    return spread_weeks(np.tile(week, (weeks, 1)), market.first_day, market.channels)


def only(spend: DailySpend, channel: str, rows: slice) -> DailySpend:
    """`spend` of one channel on these rows alone."""
    amount = np.zeros_like(spend.amount)
    for n, line in enumerate(spend.lines):
        if line[0] == channel:
            amount[rows, n] = spend.amount[rows, n]
    return DailySpend(spend.first_day, spend.lines, amount)


def cut(spend: DailySpend, weeks: int) -> tuple[DailySpend, DailySpend]:
    """The first `weeks` weeks of `spend`, and the rest."""
    middle = spend.first_day + timedelta(weeks=weeks)
    return spend.between(spend.first_day, middle - timedelta(days=1)), spend.between(middle, spend.last_day)
