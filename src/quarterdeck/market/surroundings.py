"""All that happens to a market whatever the company spends: season, trend, weather, sales, own price, drift, ad prices, shocks."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date
from functools import lru_cache

import numpy as np

from quarterdeck.kernel.periods import DAYS_PER_WEEK
from quarterdeck.market.preset import DemandTruth, Preset
from quarterdeck.market.shocks import Shock, added, multiplier
from quarterdeck.market.streams import FloatArray, IntArray, stream, wandering

YEAR = 365.25


@dataclass(frozen=True, eq=False)
class Surroundings:
    """Day by day from the market's first day. All relative series are 1 when nothing is unusual.

    Shapes: `[day]`, but `effect` (how well a channel works) and `ad_price` (what its exposure costs, before the competitor and own
    intensity) `[day, channel]`, `week` the number of each day's calendar week. `rival_push` is added to the competitor's pressure.
    """

    week: IntArray
    weekday: IntArray
    season: FloatArray
    trend: FloatArray
    demand: FloatArray
    weekday_demand: FloatArray
    temperature: FloatArray
    promotion: FloatArray
    own_price: FloatArray
    demand_index: FloatArray
    effect: FloatArray
    ad_price: FloatArray
    rival_push: FloatArray
    rival_price: FloatArray
    recorded: FloatArray


@lru_cache(maxsize=16)
def look_around(preset: Preset, seed: int, first_day: date, days: int, shocks: tuple[Shock, ...]) -> Surroundings:
    """The surroundings of the first `days` days. More days leave the earlier ones as they are."""
    truth, calendar = preset.demand, _Calendar.of(first_day, days)
    season = expected_season(truth, calendar.day_of_year)
    trend = _trend(truth, days)
    temperature, weather = _weather(truth, seed, calendar)
    promotion, price_cut = _sales(truth, seed, calendar)
    lasting = season * trend * np.exp(_weekly(seed, "demand", calendar, memory=0.8, spread=truth.latent))
    hit = multiplier(shocks, "demand", first_day, days)
    demand = lasting * weather * (1.0 + truth.sale_lift * promotion) * hit
    own_price = (
        (1.0 + truth.price_follows_demand * (_weeks_ago(season * hit, 14) - 1.0))
        * np.exp(_weekly(seed, "own price", calendar, memory=0.9, spread=0.012))
        * (1.0 - price_cut)
    )
    seen = lasting * weather * multiplier(shocks, "demand", first_day, days, seen_only=True)
    found = Surroundings(
        week=calendar.week,
        weekday=calendar.weekday,
        season=season,
        trend=trend,
        demand=demand,
        weekday_demand=_weekday_shape(truth)[calendar.weekday],
        temperature=temperature,
        promotion=promotion,
        own_price=own_price,
        demand_index=seen**0.8 * np.exp(_weekly(seed, "demand index", calendar, memory=0.5, spread=0.03)),
        effect=_effects(preset, seed, calendar, shocks),
        ad_price=_ad_prices(preset, seed, calendar, demand, shocks),
        rival_push=_rival_push(preset, seed, calendar, season, shocks),
        rival_price=np.exp(_weekly(seed, "competitor price", calendar, memory=0.92, spread=0.02)),
        recorded=multiplier(shocks, "tracking_lost", first_day, days),
    )
    for field in fields(found):
        getattr(found, field.name).setflags(write=False)
    return found


def expected_season(truth: DemandTruth, day_of_year: FloatArray) -> FloatArray:
    """What the time of the year alone makes of demand: 1 on average over a year."""
    return _raw_season(truth, day_of_year) / float(_raw_season(truth, np.arange(1.0, 366.0)).mean())


@dataclass(frozen=True, eq=False)
class _Calendar:
    first_day: date
    week: IntArray
    weekday: IntArray
    year: IntArray
    day_of_year: FloatArray
    day: IntArray

    @classmethod
    def of(cls, first_day: date, days: int) -> _Calendar:
        stamps = np.datetime64(first_day) + np.arange(days)
        years = stamps.astype("datetime64[Y]")
        day = np.arange(days, dtype=np.int64)
        return cls(
            first_day,
            (day + first_day.weekday()) // DAYS_PER_WEEK,
            (day + first_day.weekday()) % DAYS_PER_WEEK,
            years.astype(np.int64) + 1970,
            ((stamps - years).astype(np.int64) + 1).astype(np.float64),
            day,
        )

    @property
    def weeks(self) -> int:
        return int(self.week[-1]) + 1 if len(self.week) else 0


def _raw_season(truth: DemandTruth, day_of_year: FloatArray) -> FloatArray:
    level = np.ones_like(day_of_year)
    for height, middle, width in truth.peaks:
        away = np.abs(day_of_year - middle)
        level += height * np.exp(-0.5 * (np.minimum(away, YEAR - away) / width) ** 2)
    return level


def _trend(truth: DemandTruth, days: int) -> FloatArray:
    years = np.arange(days) / YEAR
    level: FloatArray = np.exp(np.log1p(truth.growth) * truth.slows * -np.expm1(-years / truth.slows))
    return level


def _weather(truth: DemandTruth, seed: int, calendar: _Calendar) -> tuple[FloatArray, FloatArray]:
    unusual = wandering(stream(seed, "temperature"), len(calendar.day), memory=0.8, spread=3.2)
    normal = 10.5 - 7.0 * np.cos(2 * np.pi * (calendar.day_of_year - 20) / YEAR)
    return normal + unusual, np.exp(truth.warm_lift * np.tanh(unusual / 4.0))


def _sales(truth: DemandTruth, seed: int, calendar: _Calendar) -> tuple[FloatArray, FloatArray]:
    on, cut = np.zeros(len(calendar.day)), np.zeros(len(calendar.day))
    for year in sorted(set(calendar.year.tolist())):
        moves = stream(seed, "sales", str(year)).integers(-4, 5, size=len(truth.sales))
        for (month, day, length, size), move in zip(truth.sales, moves, strict=True):
            start = (date(year, month, day) - calendar.first_day).days + int(move)
            span = slice(max(start, 0), max(start + length, 0))
            on[span], cut[span] = 1.0, size
    return on, cut


def _weekly(seed: int, name: str, calendar: _Calendar, *, memory: float, spread: float, smooth: bool = False) -> FloatArray:
    walk = wandering(stream(seed, name), calendar.weeks + 1, memory=memory, spread=spread)
    if not smooth:
        return walk[calendar.week]
    part = calendar.weekday / DAYS_PER_WEEK
    return (1.0 - part) * walk[calendar.week] + part * walk[calendar.week + 1]


def _weeks_ago(series: FloatArray, days: int) -> FloatArray:
    if not len(series):
        return series
    return np.concatenate([np.full(min(days, len(series)), series[0]), series[: max(len(series) - days, 0)]])


def _weekday_shape(truth: DemandTruth) -> FloatArray:
    shape = np.array(truth.weekdays)
    relative: FloatArray = shape / shape.mean()
    return relative


def _effects(preset: Preset, seed: int, calendar: _Calendar, shocks: tuple[Shock, ...]) -> FloatArray:
    days = len(calendar.day)
    columns = [
        np.exp(_weekly(seed, f"drift {channel.id}", calendar, memory=0.975, spread=channel.drift, smooth=True) - channel.drift**2 / 2)
        * multiplier(shocks, "channel_worse", calendar.first_day, days, channel=channel.id)
        * multiplier(shocks, "channel_better", calendar.first_day, days, channel=channel.id)
        for channel in preset.channels
    ]
    return np.stack(columns, axis=1)


def _ad_prices(preset: Preset, seed: int, calendar: _Calendar, demand: FloatArray, shocks: tuple[Shock, ...]) -> FloatArray:
    days = len(calendar.day)
    everybody = 1.0 + 0.25 * np.exp(-0.5 * ((calendar.day_of_year - 332) / 18) ** 2)
    columns = [
        demand**channel.price_demand
        * (everybody if channel.price_demand > 0 else 1.0)
        * np.exp(_weekly(seed, f"ad price {channel.id}", calendar, memory=0.6, spread=0.05))
        * multiplier(shocks, "price_rise", calendar.first_day, days, channel=channel.id)
        for channel in preset.channels
    ]
    return np.stack(columns, axis=1)


def _rival_push(preset: Preset, seed: int, calendar: _Calendar, season: FloatArray, shocks: tuple[Shock, ...]) -> FloatArray:
    rival, days = preset.rival, len(calendar.day)
    noise = rival.wobble / np.sqrt(1 - rival.memory**2) * stream(seed, "competitor").standard_normal(calendar.weeks)
    push: FloatArray = rival.follows_season * (season - 1.0) + noise[calendar.week] + added(shocks, "competitor", calendar.first_day, days)
    return push
