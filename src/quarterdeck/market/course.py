"""The course of a market under some spend: competitor, exposure, effect and what demand and media bring, before any chance of counting.

The one place where spend meets the surroundings; runs and truth both start from here.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np

from quarterdeck.kernel.periods import DAYS_PER_WEEK
from quarterdeck.kernel.problems import InvalidInput, Problem
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

    Shapes: `money [day, channel]`, `rival_weeks [week]` from the market's first week, `rival`, `common` (what demand, prices and the
    competitor multiply everything by) and `response` (expected units of what the metrics are made of) `[day]`.
    """

    preset: Preset
    around: Surroundings
    start: int
    money: FloatArray
    rival_weeks: FloatArray
    rival: FloatArray
    media: MediaEffect
    common: FloatArray
    response: FloatArray

    @property
    def span(self) -> slice:
        """The rows of `around` that the spend covers."""
        return slice(self.start, self.start + len(self.money))


def follow(preset: Preset, seed: int, first_day: date, spend: DailySpend, shocks: tuple[Shock, ...] = (), *,
           rival_weeks: FloatArray | None = None) -> Course:
    """The course under `spend`. `rival_weeks` holds the competitor on a path that is given; without it the competitor answers the spend.

    Raises InvalidInput when the spend starts before the market does or names a channel that there is not.
    """
    _refuse_strangers(preset, first_day, spend, shocks)
    start = (spend.first_day - first_day).days
    around = look_around(preset, seed, first_day, start + spend.days, shocks)
    span = slice(start, start + spend.days)
    money = spend.channel_totals(preset.channel_ids)
    weighted = add_up_lines(spend.amount * campaign_quality(seed, first_day, spend), spend.lines, preset.channel_ids)
    if rival_weeks is None:
        rival_weeks = rival_pressure(preset, around, money.sum(axis=1), span)
    rival = rival_weeks[around.week[span]]
    price = exposure_price(media_forms(preset), money, around.ad_price[span], rival)
    media = media_effect(preset, money, weighted, price, around.effect[span], around.demand[span])
    common = common_factor(preset, around, span, rival)
    return Course(preset, around, start, money, rival_weeks, rival, media, common, preset.level * common * (preset.baseline_share + media.total))


def rival_pressure(preset: Preset, around: Surroundings, money: FloatArray, span: slice) -> FloatArray:
    """The competitor's pressure by week, 1 is usual: it answers our spend some weeks later, follows the season, and forgets slowly."""
    from scipy.signal import lfilter

    rival, weeks = preset.rival, len(around.rival_push)
    spent = np.bincount(around.week[span], weights=money, minlength=weeks) / preset.weekly_spend
    answer = rival.answers * (np.exp(-1.0) - np.exp(-spent))
    later = np.concatenate([np.full(rival.lag_weeks, rival.answers * (np.exp(-1.0) - 1.0)), answer])[:weeks]
    pressure: FloatArray = 1.0 + lfilter([1.0 - rival.memory], [1.0, -rival.memory], around.rival_push + later)
    return pressure


def rival_price(preset: Preset, around: Surroundings, span: slice, rival: FloatArray) -> FloatArray:
    """The competitor's own price relative to the usual one, lower when it presses."""
    return around.rival_price[span] * np.exp(-preset.rival.cuts_price * (rival - 1.0))


def common_factor(preset: Preset, around: Surroundings, span: slice, rival: FloatArray) -> FloatArray:
    """What multiplies baseline and media alike: demand, weekday, both prices, and the share that the competitor takes."""
    return (around.weekday_demand[span] * around.demand[span] * np.exp(-preset.rival.takes * (rival - 1.0))
            * around.own_price[span] ** -preset.demand.elasticity * rival_price(preset, around, span, rival) ** preset.rival.price_elasticity)


def campaign_quality(seed: int, first_day: date, spend: DailySpend) -> FloatArray:
    """How well each line's campaign works, `[day, line]`, 1 on average and for lines without a campaign; it drifts from week to week."""
    start = (spend.first_day - first_day).days
    week = (np.arange(start, start + spend.days) + first_day.weekday()) // DAYS_PER_WEEK
    quality = np.ones((spend.days, len(spend.lines)))
    for n, line in enumerate(spend.lines):
        if line[1] is not None and spend.days:
            quality[:, n] = _line_quality(seed, line, int(week[-1]) + 1)[week]
    return quality


def _line_quality(seed: int, line: Line, weeks: int) -> FloatArray:
    rng = stream(seed, "campaign", line[0], str(line[1]))
    luck = QUALITY_SPREAD * rng.standard_normal() - (QUALITY_SPREAD**2 + QUALITY_DRIFT**2) / 2
    return np.exp(luck + wandering(rng, weeks, memory=0.95, spread=QUALITY_DRIFT))


def _refuse_strangers(preset: Preset, first_day: date, spend: DailySpend, shocks: tuple[Shock, ...]) -> None:
    problems, known = [], ", ".join(preset.channel_ids)
    if spend.first_day < first_day:
        problems.append(Problem("MARKET-021", "spend.first_day", spend.first_day.isoformat(), f"{first_day.isoformat()} or later",
                                "The market starts then: cut the earlier days off, or build it with an earlier first day."))
    problems.extend(Problem("MARKET-022", "spend.lines", channel, f"one of {known}", "Rename the channel, or leave its money out.")
                    for channel in dict.fromkeys(line[0] for line in spend.lines) if channel not in preset.channel_ids)
    problems.extend(Problem("MARKET-022", "shock.channel", shock.channel, f"one of {known}", "Name a channel of this market.")
                    for shock in shocks if shock.channel is not None and shock.channel not in preset.channel_ids)
    if problems:
        raise InvalidInput(problems)
