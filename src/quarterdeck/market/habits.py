"""How the company spent on its own: by season and by habit, in bursts, a little more after good weeks. Never at random, so never an experiment."""

from __future__ import annotations

from datetime import date

import numpy as np

from quarterdeck.kernel.periods import DAYS_PER_WEEK
from quarterdeck.market.preset import ChannelTruth, Habit, Preset
from quarterdeck.market.spend import DailySpend, Line
from quarterdeck.market.streams import FloatArray, IntArray, stream, wandering
from quarterdeck.market.surroundings import Surroundings, look_around

BUDGET_FOLLOWS_GROWTH = 0.9
SALES_LAG_DAYS = 21


def habitual_spend(preset: Preset, seed: int, first_day: date, last_day: date, lines: tuple[Line, ...] | None = None) -> DailySpend:
    """Spend by day from `first_day` to `last_day`, to the cent.

    `lines` books each channel evenly on the lines given; a channel without one is left out.
    """
    days = (last_day - first_day).days + 1
    around = look_around(preset, seed, first_day, max(days, 0), ())
    stamps = np.datetime64(first_day) + np.arange(max(days, 0))
    months = stamps.astype("datetime64[M]").astype(np.int64) % 12 + 1
    booked: list[Line] = []
    columns: list[FloatArray] = []
    for channel in preset.channels:
        money = _channel_money(preset, channel, seed, around)
        for line, share in _shares(channel, months, lines):
            booked.append(line)
            columns.append(np.round(money * share, 2))
    amount = np.stack(columns, axis=1) if columns else np.zeros((len(stamps), 0))
    return DailySpend(first_day, tuple(booked), amount)


def _channel_money(preset: Preset, channel: ChannelTruth, seed: int, around: Surroundings) -> FloatArray:
    habit, week = channel.habit, around.week
    weeks = int(week[-1]) + 1 if len(week) else 0
    good = np.concatenate([np.ones(SALES_LAG_DAYS), around.demand / around.season / around.trend])[: len(week)]
    recent = np.convolve(np.concatenate([np.ones(DAYS_PER_WEEK - 1), good]), np.full(DAYS_PER_WEEK, 1 / DAYS_PER_WEEK), mode="valid")[: len(week)]
    wobble = np.exp(wandering(stream(seed, "habit", channel.id), weeks, memory=0.7, spread=habit.wobble))
    shape = np.array(habit.weekdays) / np.mean(habit.weekdays)
    money: FloatArray = (
        channel.weekly_spend
        / DAYS_PER_WEEK
        * around.trend**BUDGET_FOLLOWS_GROWTH
        * around.season**habit.season_pull
        * recent**habit.follows_sales
        * (wobble * _flights(habit, seed, channel.id, weeks))[week]
        * shape[around.weekday]
    )
    return money


def _flights(habit: Habit, seed: int, channel: str, weeks: int) -> FloatArray:
    if habit.bursts is None:
        return np.ones(weeks)
    on, every = habit.bursts
    rng = stream(seed, "flights", channel)
    flights = np.zeros(weeks + every)
    first = int(rng.integers(0, every))
    for cycle_start in range(first - every, weeks, every):
        start = cycle_start + int(rng.integers(0, max(every - on, 0) + 1))
        flights[max(start, 0) : max(start + on, 0)] = every / on
    return flights[:weeks]


def _shares(channel: ChannelTruth, months: IntArray, lines: tuple[Line, ...] | None) -> list[tuple[Line, FloatArray]]:
    if lines is not None:
        mine = [line for line in lines if line[0] == channel.id]
        return [(line, np.full(len(months), 1.0 / len(mine))) for line in mine]
    weights = [weight * _in_months(months, first, last) for _, weight, first, last in channel.habit.campaigns]
    total = sum(weights, np.zeros(len(months)))
    total[total == 0] = np.inf
    return [((channel.id, campaign[0]), weight / total) for campaign, weight in zip(channel.habit.campaigns, weights, strict=True)]


def _in_months(months: IntArray, first: int, last: int) -> FloatArray:
    if first <= last:
        return ((months >= first) & (months <= last)).astype(np.float64)
    return ((months >= first) | (months <= last)).astype(np.float64)
