"""Media: from money to exposure at a moving price, from exposure to pressure by carry-over, from pressure to effect.

Money buys exposure at a price that rises with demand, with the competitor and with the channel's own last seven days. Exposure arrives
by the channel's carry-over and saturates day by day; some channels lift others, some share a ceiling of reachable people.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from quarterdeck.kernel.periods import DAYS_PER_WEEK
from quarterdeck.market.carry_over import arrival, gather_back, spread_later
from quarterdeck.market.preset import ChannelTruth, Preset
from quarterdeck.market.streams import FloatArray


@dataclass(frozen=True, eq=False)
class MediaForms:
    """A preset's channels as arrays `[channel]`: the same truth, ready to be computed with. `lift [by, channel]`, `groups` (columns, ceiling)."""

    usual: FloatArray
    crowding: FloatArray
    half: FloatArray
    harvest: FloatArray
    price_rival: FloatArray
    size: FloatArray
    usual_rise: FloatArray
    lift: FloatArray
    groups: tuple[tuple[tuple[int, ...], float], ...]


@dataclass(frozen=True, eq=False)
class MediaEffect:
    """What media did, `[day, channel]`: `exposure` (money at the usual price), `pressure` (relative to the turn), `rise` (saturated), `parts`.

    `parts` are what each channel adds, as a share of the level, before the shared ceilings; `total [day]` is what all add after them.
    """

    exposure: FloatArray
    price: FloatArray
    pressure: FloatArray
    rise: FloatArray
    parts: FloatArray
    total: FloatArray


@lru_cache(maxsize=32)
def media_forms(preset: Preset) -> MediaForms:
    """The arrays of `preset`, with effect sizes such that usual spend brings each channel's `share`."""
    channels, ids = preset.channels, preset.channel_ids
    lift = np.zeros((len(ids), len(ids)))
    for by in preset.lifts:
        lift[ids.index(by.by), ids.index(by.channel)] = by.size
    half = np.array([channel.half for channel in channels])
    usual_rise = np.array([_rise(channel, np.array(1.0 / channel.half)) for channel in channels], dtype=np.float64)
    shares = np.array([channel.share for channel in channels])
    groups = []
    for name, ceiling in preset.ceilings:
        members = tuple(n for n, channel in enumerate(channels) if channel.reach_group == name)
        groups.append((members, ceiling))
        shares[list(members)] *= _before_ceiling(float(shares[list(members)].sum()), ceiling)
    return MediaForms(
        usual=np.array([channel.weekly_spend for channel in channels]) / DAYS_PER_WEEK,
        crowding=np.array([channel.crowding for channel in channels]),
        half=half,
        harvest=np.array([channel.harvest for channel in channels]),
        price_rival=np.array([channel.price_rival for channel in channels]),
        size=shares / usual_rise / (1.0 + lift.sum(axis=0)),
        usual_rise=usual_rise,
        lift=lift,
        groups=tuple(groups),
    )


def exposure_price(forms: MediaForms, money: FloatArray, ad_price: FloatArray, rival: FloatArray) -> FloatArray:
    """The price of exposure relative to the usual one. `money [day, channel]`, `ad_price [day, channel]`, `rival [day]` -> `[day, channel]`."""
    return ad_price * np.maximum(rival, 0.05)[:, None] ** forms.price_rival * ((1.0 + _last_week(money) / forms.usual) / 2.0) ** forms.crowding


def media_effect(preset: Preset, weighted: FloatArray, price: FloatArray, effect: FloatArray, demand: FloatArray) -> MediaEffect:
    """What media adds. `weighted` (money times campaign quality), `price` and `effect` `[day, channel]`, `demand [day]`."""
    forms = media_forms(preset)
    exposure = weighted / price
    pressure = np.empty_like(exposure)
    for n, channel in enumerate(preset.channels):
        pressure[:, n] = spread_later(exposure[:, n], arrival(channel.carry_over))
    pressure = np.maximum(pressure, 0.0) / _turn(forms, demand)
    rise = np.empty_like(pressure)
    for n, channel in enumerate(preset.channels):
        rise[:, n] = _rise(channel, pressure[:, n])
    parts, total = combine_parts(forms, rise, effect)
    return MediaEffect(exposure, price, pressure, rise, parts, total)


def combine_parts(forms: MediaForms, rise: FloatArray, effect: FloatArray) -> tuple[FloatArray, FloatArray]:
    """What each channel adds `[day, channel]` with the lift of others, and what all add `[day]` under the shared ceilings."""
    parts = forms.size * effect * rise * (1.0 + _lifted(forms, rise))
    return parts, _under_ceilings(forms, parts)


def media_slope(
    preset: Preset, media: MediaEffect, *, money: FloatArray, effect: FloatArray, demand: FloatArray, worth: FloatArray
) -> tuple[FloatArray, FloatArray]:
    """What one more unit of money, and a price of exposure higher by one part, are worth on each day, both `[day, channel]`.

    One unit of `total` on a day is worth `worth [day]`. The competitor is held, campaign quality is 1. It is the transpose of
    `media_effect`, step by step backwards.
    """
    forms = media_forms(preset)
    of_part = worth[:, None] * _ceiling_slope(forms, media.parts)
    scale = forms.size * effect
    of_rise = of_part * scale * (1.0 + _lifted(forms, media.rise)) + (of_part * scale * media.rise) @ forms.lift.T / forms.usual_rise
    of_exposure = np.empty_like(money)
    turn = _turn(forms, demand)
    for n, channel in enumerate(preset.channels):
        slope = of_rise[:, n] * _rise_slope(channel, media.pressure[:, n]) / turn[:, n]
        of_exposure[:, n] = gather_back(slope, arrival(channel.carry_over))
    dearer = -of_exposure * media.exposure
    crowded = dearer * forms.crowding / (forms.usual + _last_week(money))
    return of_exposure / media.price + _last_week(crowded[::-1])[::-1], dearer


def _turn(forms: MediaForms, demand: FloatArray) -> FloatArray:
    return forms.usual * forms.half * np.maximum(demand, 0.01)[:, None] ** forms.harvest


def _last_week(money: FloatArray) -> FloatArray:
    total = money.copy()
    for back in range(1, min(DAYS_PER_WEEK, len(money))):
        total[back:] += money[:-back]
    return total / DAYS_PER_WEEK


def _lifted(forms: MediaForms, rise: FloatArray) -> FloatArray:
    lifted = np.zeros_like(rise)
    for by, channel in zip(*np.nonzero(forms.lift), strict=True):
        lifted[:, channel] += forms.lift[by, channel] * rise[:, by] / forms.usual_rise[by]
    return lifted


def _under_ceilings(forms: MediaForms, parts: FloatArray) -> FloatArray:
    free = [n for n in range(parts.shape[1]) if not any(n in members for members, _ in forms.groups)]
    total: FloatArray = _row_sums(parts, free)
    for members, ceiling in forms.groups:
        total = total - ceiling * np.expm1(-_row_sums(parts, members) / ceiling)
    return total


def _ceiling_slope(forms: MediaForms, parts: FloatArray) -> FloatArray:
    slope = np.ones_like(parts)
    for members, ceiling in forms.groups:
        slope[:, list(members)] = np.exp(-_row_sums(parts, members) / ceiling)[:, None]
    return slope


def _row_sums(parts: FloatArray, columns: list[int] | tuple[int, ...]) -> FloatArray:
    return sum((parts[:, n] for n in columns), np.zeros(len(parts)))


def _before_ceiling(together: float, ceiling: float) -> float:
    return -ceiling / together * float(np.log1p(-together / ceiling)) if together > 0 else 1.0


def _rise(channel: ChannelTruth, pressure: FloatArray) -> FloatArray:
    if channel.saturation == "log":
        return np.log1p(pressure)
    raised = pressure**channel.slope
    if channel.saturation == "reach":
        return -np.expm1(-raised)
    return raised / (1.0 + raised)


def _rise_slope(channel: ChannelTruth, pressure: FloatArray) -> FloatArray:
    if channel.saturation == "log":
        return 1.0 / (1.0 + pressure)
    some = np.maximum(pressure, 1e-6)
    raised = some**channel.slope
    grows = channel.slope * raised / some
    return grows * np.exp(-raised) if channel.saturation == "reach" else grows / (1.0 + raised) ** 2
