"""Geos with known truth: hyperbolic curves over carried-over spend per head, alike in all geos up to a stated spread, on baselines of their own."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np

from quarterdeck.response.geo.series import GeoSeries
from quarterdeck.response.series.series import FloatArray


def simulate_geos(
    *,
    geos: int = 4,
    weeks: int = 104,
    seed: int = 0,
    spread: float = 0.15,
    shock: float = 0.0,
    noise: float = 0.03,
    strong: tuple[float, ...] = (0.15, 0.1),
) -> tuple[GeoSeries, FloatArray]:
    """A series and the true contribution [geo, channel]. `strong` [channel]: what each channel brings of a usual week's outcome."""
    rng = np.random.default_rng(seed)
    heads, time = rng.uniform(500.0, 3000.0, geos), np.arange(weeks)
    season = 1.0 + 0.1 * np.sin(2.0 * np.pi * time / 52.0)
    outcome = heads[:, None] * rng.uniform(0.8, 1.2, geos)[:, None] * season
    outcome += heads[:, None] * (rng.normal(0.0, shock, weeks) + rng.normal(0.0, noise, (geos, weeks)))
    spend, truth = np.zeros((geos, weeks, len(strong))), np.zeros((geos, len(strong)))
    for channel, part in enumerate(strong):
        decay, half = (0.3, 0.0)[channel % 2], 0.02
        for geo in range(geos):
            money = 0.02 * np.exp(rng.normal(0.0, 0.5, weeks)) * (rng.random(weeks) < 0.5)
            level, carried = np.zeros(weeks), 0.0
            for week in range(weeks):
                carried = level[week] = (1.0 - decay) * money[week] + decay * carried
            share = level / (level + half)
            brought = heads[geo] * part * max(0.0, 1.0 + spread * rng.normal()) * share / 0.25
            spend[geo, :, channel], truth[geo, channel] = money * heads[geo], brought.sum()
            outcome[geo] += brought
    starts = tuple(date(2023, 1, 2) + timedelta(weeks=number) for number in range(weeks))
    names = tuple(f"region {number}" for number in range(geos))
    return GeoSeries("revenue", names, starts, tuple(f"channel {number}" for number in range(len(strong))), spend, outcome, heads), truth
