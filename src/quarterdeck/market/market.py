"""A market to spend in: what a company sees of it. Its truth stands in `truth.py`, for tests and reports alone.

The door for single people and their touches: `impressions` and `clicks` by day and line are the totals that people's touches must add up to, and the
exposures behind them carry the channel, the campaign and the day. A room that draws people takes the same spend, seed and shocks, shares each
day's totals out among people, and leaves these totals as they are.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from quarterdeck.kernel.problems import InvalidInput, Problem
from quarterdeck.market.competitor import rival_prices
from quarterdeck.market.course import Course, follow
from quarterdeck.market.habits import habitual_spend
from quarterdeck.market.outcomes import counted_metrics, recorded_metrics
from quarterdeck.market.presets import Preset, find_preset
from quarterdeck.market.shocks import Shock
from quarterdeck.market.spend import DailySpend, Line
from quarterdeck.market.streams import FloatArray, stream

CONTEXT_NAMES = ("temperature", "own_price_index", "competitor_price_index", "promotion", "demand_index")


@dataclass(frozen=True, eq=False)
class MarketDays:
    """What the company's records show. `spend`, `impressions`, `clicks` `[day, line]`; `outcomes` and `context` `{name: [day]}`.

    Counts are whole numbers; money outcomes are rounded to cents; clicks are NaN (not known) where nothing can be clicked. `temperature` is in
    degrees Celsius, `promotion` 1 or 0, prices and the demand index are 100 when nothing is unusual (the index as at the market's first day).
    """

    days: tuple[date, ...]
    lines: tuple[Line, ...]
    spend: FloatArray
    impressions: FloatArray
    clicks: FloatArray
    outcomes: dict[str, FloatArray]
    context: dict[str, FloatArray]


@dataclass(frozen=True)
class Market:
    """One market, fixed by preset, seed and first day. Two runs of one market share all chance that their spend does not touch."""

    preset: Preset
    seed: int
    first_day: date

    @property
    def channels(self) -> tuple[str, ...]:
        """Ids of the paid channels."""
        return self.preset.channel_ids

    @property
    def metrics(self) -> tuple[str, ...]:
        """Ids of the metrics that a run has outcomes for."""
        return tuple(metric.id for metric in self.preset.metrics)

    @property
    def context_names(self) -> tuple[str, ...]:
        """Names of what a run has context for."""
        return CONTEXT_NAMES

    @property
    def aim(self) -> str:
        """The metric that this company is about."""
        return self.preset.aim

    @property
    def value_per_unit(self) -> float:
        """Profit before marketing of one unit of the aim, in money; later purchases are in it."""
        return self.preset.value_per_unit

    def usual_spend(self, last_day: date, lines: tuple[Line, ...] | None = None) -> DailySpend:
        """How the company spent on its own from the first day to `last_day`: by season, by habit, in bursts, with campaigns.

        `lines` books the money evenly on these lines of each channel; a channel without a line is left out.
        """
        return habitual_spend(self.preset, self.seed, self.first_day, last_day, lines)

    def run(self, spend: DailySpend, *, shocks: tuple[Shock, ...] = ()) -> MarketDays:
        """The records of the days that `spend` covers. No spend is known before its first day: carry-over starts at nothing.

        A function of preset, seed, first day, spend and shocks alone; a longer spend leaves the earlier days as they are.
        Raises InvalidInput when the spend starts before the market or names a channel that there is not.
        """
        course = follow(self.preset, self.seed, self.first_day, spend, tuple(shocks))
        impressions, clicks = _exposures(course, self.seed, spend)
        outcomes = recorded_metrics(course, self.seed, counted_metrics(course, self.seed))
        days = tuple(spend.first_day + timedelta(days=n) for n in range(spend.days))
        return MarketDays(days, spend.lines, spend.amount, impressions, clicks, outcomes, _context(course))


def build_market(preset: str | Preset, *, seed: int, first_day: date) -> Market:
    """The market of that preset (an id of `PRESETS`, or a Preset). Raises InvalidInput for an unknown id or a negative seed."""
    if seed < 0:
        raise InvalidInput([Problem("MARKET-024", "seed", str(seed), "0 or more", "Take a whole number from 0 on.")])
    return Market(find_preset(preset), seed, first_day)


def _context(course: Course) -> dict[str, FloatArray]:
    around, span = course.around, course.span
    prices = rival_prices(course.preset.rival, around.rival_price[span], course.rival)
    values = (
        np.round(around.temperature[span], 1),
        np.round(100.0 * around.own_price[span], 1),
        np.round(100.0 * prices, 1),
        around.promotion[span].copy(),
        np.round(100.0 * around.demand_index[span], 1),
    )
    return dict(zip(CONTEXT_NAMES, values, strict=True))


def _exposures(course: Course, seed: int, spend: DailySpend) -> tuple[FloatArray, FloatArray]:
    column = {channel.id: n for n, channel in enumerate(course.preset.channels)}
    impressions, clicks = np.zeros_like(spend.amount), np.full_like(spend.amount, np.nan)
    days = course.start + spend.days
    for n, (channel_id, campaign) in enumerate(spend.lines):
        channel = course.preset.channels[column[channel_id]]
        noise = stream(seed, "exposures", channel_id, str(campaign)).standard_normal((days, 2))[course.span]
        bought = 1000.0 * spend.amount[:, n] / (channel.exposure_cost * course.media.price[:, column[channel_id]])
        impressions[:, n] = np.round(bought * np.exp(0.04 * noise[:, 0]))
        if channel.click_rate is not None:
            expected = channel.click_rate * impressions[:, n]
            clicks[:, n] = np.clip(np.round(expected * np.exp(0.05 * noise[:, 1])), 0, impressions[:, n])
    return impressions, clicks
