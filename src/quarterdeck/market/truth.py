"""The truth of a market: what each channel brought, what a plan earns, what each shock did. For tests and reports alone.

Everything here is expected value: the same surroundings (season, weather, drift and other states) as the run, without the chance of counting.
"Held" means that the competitor keeps the path that it took in the run that is looked at.
"""

from __future__ import annotations

import numpy as np

from quarterdeck.market.best import BestPlan, best_plan, equal_split, last_year_split
from quarterdeck.market.causes import causes_between_periods, causes_of_change
from quarterdeck.market.course import Course, follow
from quarterdeck.market.market import Market
from quarterdeck.market.outcomes import expected_metrics, refuse_unknown_metric
from quarterdeck.market.profit import TAIL_DAYS, true_media_profit, true_profit
from quarterdeck.market.shocks import Shock
from quarterdeck.market.spend import DailySpend
from quarterdeck.market.streams import FloatArray

__all__ = [
    "TAIL_DAYS",
    "BestPlan",
    "best_plan",
    "causes_between_periods",
    "causes_of_change",
    "channel_drift",
    "competitor_pressure",
    "effect_of",
    "equal_split",
    "expected_outcome",
    "last_year_split",
    "next_pound_returns",
    "recorded_share",
    "true_contribution",
    "true_media_profit",
    "true_profit",
]


def expected_outcome(
    market: Market, spend: DailySpend, metric: str | None = None, shocks: tuple[Shock, ...] = (), *, recorded: bool = False
) -> FloatArray:
    """The expected outcome by day, in units of `metric` (the aim when None). `recorded` leaves out what lost tracking does not record.

    Raises InvalidInput for a metric that the market does not have.
    """
    course = _follow(market, spend, shocks)
    values = _metric(market, course, metric)
    return values * course.around.recorded[course.span] if recorded else values


def true_contribution(market: Market, spend: DailySpend, metric: str | None = None, shocks: tuple[Shock, ...] = ()) -> FloatArray:
    """What each channel brings, `[day, channel]`: expected outcome with everything, less that without the channel's spend, competitor held.

    Channels that lift each other are each credited with the lift, channels that share a ceiling only with what they add to the others:
    the columns do not add up to all that media brings.
    """
    course = _follow(market, spend, shocks)
    everything = _metric(market, course, metric)
    without = [
        _metric(
            market,
            follow(market.preset, market.seed, market.first_day, spend.scaled(0.0, channel), tuple(shocks), rival=course.rival),
            metric,
        )
        for channel in market.channels
    ]
    return np.stack([everything - values for values in without], axis=1)


def next_pound_returns(
    market: Market, history: DailySpend, plan: DailySpend, shocks: tuple[Shock, ...] = (), *, extra: float = 0.01
) -> dict[str, float]:
    """Profit before marketing from one more unit of money in each channel, spread as the plan spreads it; NaN where the plan spends nothing.

    Above 1 it pays. A small step of `extra` (a fraction), carry-over after the plan and the competitor's answer included.
    """
    usual = true_profit(market, history, plan, shocks)
    spent = dict(zip(market.channels, plan.channel_totals(market.channels).sum(axis=0), strict=True))
    return {
        channel: 1.0 + (true_profit(market, history, plan.scaled(1.0 + extra, channel), shocks) - usual) / (extra * money)
        if money > 0
        else float("nan")
        for channel, money in spent.items()
    }


def effect_of(
    market: Market, spend: DailySpend, shock: Shock, others: tuple[Shock, ...] = (), metric: str | None = None, *, recorded: bool = False
) -> float:
    """Expected outcome with `shock` less without it, over all days of `spend`; the competitor answers freely.

    Lost tracking only shows when `recorded`.
    """
    with_shock = expected_outcome(market, spend, metric, (*others, shock), recorded=recorded)
    return float((with_shock - expected_outcome(market, spend, metric, others, recorded=recorded)).sum())


def competitor_pressure(market: Market, spend: DailySpend, shocks: tuple[Shock, ...] = ()) -> FloatArray:
    """The competitor's pressure by day, 1 is usual."""
    return _follow(market, spend, shocks).rival.copy()


def recorded_share(market: Market, spend: DailySpend, shocks: tuple[Shock, ...] = ()) -> FloatArray:
    """The share of outcomes that the company's tracking records, by day; 1 when it works."""
    course = _follow(market, spend, shocks)
    return course.around.recorded[course.span].copy()


def channel_drift(market: Market, spend: DailySpend) -> FloatArray:
    """How well each channel works by day, `[day, channel]`, 1 on average: the slow drift alone, without shocks or campaigns."""
    course = _follow(market, spend, ())
    return course.around.effect[course.span].copy()


def _follow(market: Market, spend: DailySpend, shocks: tuple[Shock, ...]) -> Course:
    return follow(market.preset, market.seed, market.first_day, spend, tuple(shocks))


def _metric(market: Market, course: Course, metric: str | None) -> FloatArray:
    name = metric or market.aim
    refuse_unknown_metric(market.preset, name)
    return expected_metrics(course)[name]
