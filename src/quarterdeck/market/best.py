"""The best weekly plan of a market itself: the yardstick for any planner that does not know the truth."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from quarterdeck.kernel.periods import DAYS_PER_WEEK, week_start
from quarterdeck.market.competitor import demand_left_slope
from quarterdeck.market.course import competitor_slope, follow
from quarterdeck.market.limits import SplitLimits
from quarterdeck.market.market import Market
from quarterdeck.market.media import media_forms, media_slope
from quarterdeck.market.outcomes import aim_worth, expected_metrics
from quarterdeck.market.profit import TAIL_DAYS, true_profit
from quarterdeck.market.shocks import Shock
from quarterdeck.market.spend import DailySpend, spread_weeks
from quarterdeck.market.streams import FloatArray

_WINDOW_DAYS = 182
_ROUNDS = 150
_TRIES = 8
_ENOUGH = 2e-7


@dataclass(frozen=True, eq=False)
class BestPlan:
    """The best split found, `amounts [week, channel]` in money, its `true_profit`, and that of the two splits that it never falls below."""

    channels: tuple[str, ...]
    first_monday: date
    amounts: FloatArray
    profit: float
    equal_profit: float
    last_year_profit: float

    def daily(self) -> DailySpend:
        """The plan as days."""
        return spread_weeks(self.amounts, self.first_monday, self.channels)


def best_plan(
    market: Market,
    history: DailySpend,
    *,
    weeks: int,
    budget: float,
    floors: Mapping[str, float] | None = None,
    caps: Mapping[str, float] | None = None,
    week_caps: Mapping[str, float] | None = None,
    shocks: tuple[Shock, ...] = (),
) -> BestPlan:
    """The most profitable split of `budget` over the `weeks` whole weeks that follow `history`, all of it spent.

    `floors` and `caps` bind a channel's total over the plan, `week_caps` each week. Climbs from several starts along the true slope and takes
    a step only when true profit rises, so no start beats the answer; deterministic. No proof of a global best: effects with an S-shape
    have several tops. Raises InvalidInput when the limits leave no plan.
    """
    limits = SplitLimits.of(market.channels, weeks=weeks, budget=budget, floors=floors or {}, caps=caps or {}, week_caps=week_caps or {})
    hill = _Hill(market, history, limits, tuple(shocks))
    equal = limits.nearest(equal_split(market, weeks=weeks, budget=budget))
    last_year = limits.nearest(last_year_split(market, history, weeks=weeks, budget=budget))
    tops = [_climb(hill, limits, start) for start in (last_year, equal)]
    top = max(tops, key=lambda found: found[1])[0]
    tops.extend(_climb(hill, limits, start) for start in _other_starts(market, limits, top))
    candidates = [equal, last_year, *(amounts for amounts, _ in tops)]
    profits = [true_profit(market, history, spread_weeks(amounts, hill.first_monday, market.channels), shocks) for amounts in candidates]
    best = int(np.argmax(profits))
    return BestPlan(market.channels, hill.first_monday, candidates[best], profits[best], profits[0], profits[1])


def equal_split(market: Market, *, weeks: int, budget: float) -> FloatArray:
    """The same money for every channel in every week, `[week, channel]`."""
    return np.full((weeks, len(market.channels)), budget / weeks / len(market.channels))


def last_year_split(market: Market, history: DailySpend, *, weeks: int, budget: float) -> FloatArray:
    """The split of the same weeks a year (52 weeks) before, scaled to `budget`, `[week, channel]`.

    The mean split of all of `history` where that year is not in it or empty; an equal split where nothing was ever spent.
    """
    first = _plan_start(history) - timedelta(weeks=52)
    last = first + timedelta(days=weeks * DAYS_PER_WEEK - 1)
    year_ago = history.between(first, last).channel_totals(market.channels)
    if first < history.first_day or len(year_ago) < weeks * DAYS_PER_WEEK or year_ago.sum() <= 0:
        mean = history.channel_totals(market.channels).sum(axis=0)
        average: FloatArray = np.tile(mean, (weeks, 1)) * budget / weeks / max(mean.sum(), 1e-300)
        return average if mean.sum() > 0 else equal_split(market, weeks=weeks, budget=budget)
    by_week: FloatArray = year_ago.reshape(weeks, DAYS_PER_WEEK, -1).sum(axis=1)
    split: FloatArray = by_week * budget / by_week.sum()
    return split


class _Hill:
    """Profit and its slope as functions of the weekly split, with no more history than still matters."""

    def __init__(self, market: Market, history: DailySpend, limits: SplitLimits, shocks: tuple[Shock, ...]) -> None:
        self.market, self.shocks = market, shocks
        self.first_monday = _plan_start(history)
        self.plan_days = limits.weeks * DAYS_PER_WEEK
        self.recent = history.between(max(history.first_day, self.first_monday - timedelta(days=_WINDOW_DAYS)), history.last_day)
        counted = np.zeros(self.recent.days + (self.first_monday - self.recent.last_day).days - 1 + self.plan_days + TAIL_DAYS)
        counted[-(self.plan_days + TAIL_DAYS) :] = 1.0
        self.counted = counted

    def climb_facts(self, amounts: FloatArray) -> tuple[float, FloatArray]:
        """Value of the aim less nothing (all splits cost the same), and what one more unit of money brings in each week and channel."""
        market, plan = self.market, spread_weeks(amounts, self.first_monday, self.market.channels)
        course = follow(market.preset, market.seed, market.first_day, self.recent.then(plan).then_nothing(TAIL_DAYS), self.shocks)
        value = market.value_per_unit * float(expected_metrics(course)[market.aim] @ self.counted)
        worth = market.value_per_unit * market.preset.level * course.common * aim_worth(course, self.counted)
        slope, dearer = media_slope(
            market.preset,
            course.media,
            money=course.money,
            effect=course.around.effect[course.span],
            demand=course.around.demand[course.span],
            worth=worth,
        )
        taken = demand_left_slope(market.preset.rival) * worth * (market.preset.baseline_share + course.media.total)
        of_rival = taken + (dearer * media_forms(market.preset).price_rival).sum(axis=1) / course.rival
        slope = slope + competitor_slope(course, of_rival)[:, None]
        plan_rows = slope[-(self.plan_days + TAIL_DAYS) : -TAIL_DAYS]
        return value, plan_rows.reshape(-1, DAYS_PER_WEEK, slope.shape[1]).mean(axis=1)


def _climb(hill: _Hill, limits: SplitLimits, start: FloatArray) -> tuple[FloatArray, float]:
    """Multiplicative steps along the slope (mirror ascent). Source: Kivinen & Warmuth 1997, "Exponentiated gradient", section 3."""
    amounts = limits.nearest(start + 0.002 * limits.budget / start.size)
    value, slope = hill.climb_facts(amounts)
    step, still = 1.0, 0
    for _ in range(_ROUNDS):
        pull = slope - float((slope * amounts).sum() / amounts.sum())
        for _ in range(_TRIES):
            tried = limits.nearest(amounts * np.exp(np.clip(step * pull, -2.0, 2.0)))
            new_value, new_slope = hill.climb_facts(tried)
            if new_value > value:
                break
            step /= 2.5
        else:
            return amounts, value
        still = still + 1 if new_value - value < _ENOUGH * abs(value) else 0
        amounts, value, slope, step = tried, new_value, new_slope, min(step * 1.5, 50.0)
        if still >= 3:
            break
    return amounts, value


def _other_starts(market: Market, limits: SplitLimits, top: FloatArray) -> list[FloatArray]:
    """Places that a climb from an even split may never see: S-shaped channels in pulses, or left out."""
    steep = np.array([channel.saturation != "log" and channel.slope > 1.0 for channel in market.preset.channels])
    week = np.arange(limits.weeks)
    starts = []
    for on, every in ((2, 4), (1, 3)):
        pulse = np.where(week % every < on, every / on, 0.02)[:, None]
        starts.append(limits.nearest(np.where(steep, top * pulse, top)))
    weakest = np.where(steep, top.sum(axis=0), np.inf)
    if steep.any():
        starts.append(limits.nearest(np.where(np.arange(len(steep)) == int(np.argmin(weakest)), top * 0.01, top)))
    return starts


def _plan_start(history: DailySpend) -> date:
    return week_start(history.last_day) + timedelta(weeks=1)
