"""The course of a market under some spend: competitor, exposure, effect and what demand and media bring, before any chance of counting.

The one place where spend meets the surroundings; runs and truth both start from here.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import numpy as np

from quarterdeck.kernel.periods import DAYS_PER_WEEK
from quarterdeck.kernel.problems import InvalidInput, Problem
from quarterdeck.market.competitor import demand_left, rival_pressure, rival_prices, rival_slope
from quarterdeck.market.media import MediaEffect, exposure_price, media_effect, media_forms
from quarterdeck.market.preset import Preset
from quarterdeck.market.shocks import Shock
from quarterdeck.market.spend import DailySpend, Line, add_up_lines
from quarterdeck.market.streams import FloatArray, stream, wandering
from quarterdeck.market.surroundings import Surroundings, look_around

QUALITY_SPREAD, QUALITY_DRIFT = 0.15, 0.06


@dataclass(frozen=True, eq=False)
class Course:
    """What happens day by day. `around` starts at the market's first day, everything else at the spend's, `start` days later.

    Shapes: `money [day, channel]`, `rival` (the competitor's pressure), `common` (what demand, prices and the
    competitor multiply everything by) and `response` (expected units of what the metrics are made of) `[day]`.
    """

    preset: Preset
    around: Surroundings
    start: int
    money: FloatArray
    rival: FloatArray
    media: MediaEffect
    common: FloatArray
    response: FloatArray

    @property
    def span(self) -> slice:
        """The rows of `around` that the spend covers."""
        return slice(self.start, self.start + len(self.money))


def follow(
    preset: Preset, seed: int, first_day: date, spend: DailySpend, shocks: tuple[Shock, ...] = (), *, rival: FloatArray | None = None
) -> Course:
    """The course under `spend`. `rival [day]` holds the competitor on a path that is given; without it the competitor answers the spend.

    Raises InvalidInput when the spend starts before the market does or names a channel that there is not.
    """
    _refuse_strangers(preset, first_day, spend, shocks)
    start = (spend.first_day - first_day).days
    around = look_around(preset, seed, first_day, start + spend.days, shocks)
    span = slice(start, start + spend.days)
    money = spend.channel_totals(preset.channel_ids)
    weighted = add_up_lines(spend.amount * campaign_quality(seed, first_day, spend), spend.lines, preset.channel_ids)
    if rival is None:
        rival = rival_pressure(preset, around.rival_push, _from_the_start(start, money))[span]
    price = exposure_price(media_forms(preset), money, around.ad_price[span], rival)
    media = media_effect(preset, weighted, price, around.effect[span], around.demand[span])
    common = common_factor(preset, around, span, rival)
    return Course(preset, around, start, money, rival, media, common, preset.level * common * (preset.baseline_share + media.total))


def common_factor(preset: Preset, around: Surroundings, span: slice, rival: FloatArray) -> FloatArray:
    """What multiplies baseline and media alike: demand, weekday, our own price, and what the competitor leaves."""
    left = demand_left(preset.rival, rival_prices(preset.rival, around.rival_price[span], rival), rival)
    return around.weekday_demand[span] * around.demand[span] * around.own_price[span] ** -preset.demand.elasticity * left


def competitor_slope(course: Course, of_rival: FloatArray) -> FloatArray:
    """What one more unit of money on each day is worth through the competitor's answer, `[day]`, when its pressure is worth `of_rival [day]`."""
    padded = np.concatenate([np.zeros(course.start), of_rival])
    return rival_slope(course.preset, _from_the_start(course.start, course.money), padded)[course.start :]


def campaign_quality(seed: int, first_day: date, spend: DailySpend) -> FloatArray:
    """How well each line's campaign works, `[day, line]`, 1 on average and for lines without a campaign; it drifts from week to week."""
    start = (spend.first_day - first_day).days
    week = (np.arange(start, start + spend.days) + first_day.weekday()) // DAYS_PER_WEEK
    quality = np.ones((spend.days, len(spend.lines)))
    for n, line in enumerate(spend.lines):
        if line[1] is not None and spend.days:
            quality[:, n] = _line_quality(seed, line, int(week[-1]) + 1)[week]
    return quality


def _from_the_start(start: int, money: FloatArray) -> FloatArray:
    days = np.zeros(start + len(money))
    for n in range(money.shape[1]):
        days[start:] += money[:, n]
    return days


@lru_cache(maxsize=256)
def _line_quality(seed: int, line: Line, weeks: int) -> FloatArray:
    rng = stream(seed, "campaign", line[0], str(line[1]))
    luck = QUALITY_SPREAD * rng.standard_normal() - (QUALITY_SPREAD**2 + QUALITY_DRIFT**2) / 2
    quality: FloatArray = np.exp(luck + wandering(rng, weeks, memory=0.95, spread=QUALITY_DRIFT))
    quality.setflags(write=False)
    return quality


def _refuse_strangers(preset: Preset, first_day: date, spend: DailySpend, shocks: tuple[Shock, ...]) -> None:
    problems, known = [], ", ".join(preset.channel_ids)
    if spend.first_day < first_day:
        problems.append(
            Problem(
                "MARKET-021",
                "spend.first_day",
                spend.first_day.isoformat(),
                f"{first_day.isoformat()} or later",
                "The market starts then: cut the earlier days off, or build it with an earlier first day.",
            )
        )
    problems.extend(
        Problem("MARKET-022", "spend.lines", channel, f"one of {known}", "Rename the channel, or leave its money out.")
        for channel in dict.fromkeys(line[0] for line in spend.lines)
        if channel not in preset.channel_ids
    )
    problems.extend(
        Problem("MARKET-022", "shock.channel", shock.channel, f"one of {known}", "Name a channel of this market.")
        for shock in shocks
        if shock.channel is not None and shock.channel not in preset.channel_ids
    )
    if problems:
        raise InvalidInput(problems)
