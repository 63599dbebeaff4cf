"""Geo tests whose truth is known: places of different size that share weekdays and demand, and an effect that was put in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from quarterdeck.response.experiments.geo_test import GeoDays, GeoTest, build_geo_test

FIRST = date(2027, 1, 4)


@dataclass(frozen=True)
class Made:
    """A test, what it truly brought and what money it truly moved."""

    test: GeoTest
    effect: float
    cost: float

    @property
    def returns(self) -> float:
        """What each unit of money truly brought."""
        return self.effect / self.cost


def make_test(
    seed: int,
    *,
    places: int = 20,
    before: int = 56,
    during: int = 28,
    after: int = 0,
    lift: float = 0.05,
    noise: float = 0.05,
    spend_before: float = 0.0,
    moved: float = 0.03,
    late: float = 0.0,
) -> Made:
    """`lift`: effect as a share of what the treated places sell, over the test; `late`: the same over the days after. `moved`: money added as a share."""
    rng = np.random.default_rng(seed)
    days = before + during + after
    size = np.exp(rng.normal(5.0, 0.7, places))
    demand = (1.0 + 0.2 * np.sin(2 * np.pi * np.arange(days) / 7)) * np.exp(np.cumsum(rng.normal(0.0, 0.02, days)))
    base = size * demand[:, None] * np.exp(noise * rng.normal(size=(days, places)))
    treated = np.arange(places) % 2 == 1
    window, tail = slice(before, before + during), slice(before + during, days)
    added = np.zeros((days, places))
    added[window], added[tail] = lift * base[window] * treated, late * base[tail] * treated
    spend = np.broadcast_to(spend_before * size, (days, places)) * (1.0 + 0.1 * rng.normal(size=(days, places)) * (spend_before > 0))
    extra = np.zeros((days, places))
    extra[window] = moved * size * treated
    last = FIRST + timedelta(days=before + during - 1)
    when = GeoDays(FIRST, FIRST + timedelta(days=before), last, last + timedelta(days=after) if after else None)
    rows = [
        (f"p{place}", FIRST + timedelta(days=day), float(base[day, place] + added[day, place]), float(spend[day, place] + extra[day, place]))
        for day in range(days)
        for place in range(places)
    ]
    test = build_geo_test(rows, {f"p{place}": bool(treated[place]) for place in range(places)}, when)
    return Made(test, float(added.sum()), float(extra.sum()))
