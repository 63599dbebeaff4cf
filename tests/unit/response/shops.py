"""Small shops whose truth is known: weekly series simulated from carry-over, saturation, season, trend and noise."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from quarterdeck.response.model.cells import carry_before, carry_over
from quarterdeck.response.series.series import FloatArray, ResponseSeries

FIRST_MONDAY = date(2022, 1, 3)


@dataclass(frozen=True)
class Shop:
    """A series and what each channel truly brought over its rows [channel]."""

    series: ResponseSeries
    brought: FloatArray

    @property
    def returns(self) -> FloatArray:
        """What a unit of money truly brought [channel]."""
        return self.brought / self.series.spend.sum(axis=0)


def mondays(count: int, first: date = FIRST_MONDAY) -> tuple[date, ...]:
    """`count` Mondays in a row."""
    return tuple(first + timedelta(weeks=number) for number in range(count))


def simulate_shop(
    seed: int,
    *,
    weeks: int = 104,
    returns: tuple[float, ...] = (2.0, 1.0),
    noise: float = 60.0,
    size: float = 1000.0,
    season: float = 100.0,
    unit: float = 1.0,
    context: bool = False,
    decay: tuple[float, ...] = (0.3, 0.6),
    wander: float = 0.0,
) -> Shop:
    """A shop of base sales `size` whose channels return `returns` for each unit of money, some 100 a week, saturating hyperbolically.

    `unit` scales all amounts; `wander` is the sd of the weekly step of the base."""
    rng = np.random.default_rng(seed)
    channels = len(returns)
    spend = rng.gamma(2.0, 50.0, size=(weeks, channels)) * (rng.random((weeks, channels)) < 0.8)
    spend[0] = 50.0
    brought = np.empty((weeks, channels))
    for number in range(channels):
        level = carry_over(spend[:, [number]], carry_before(spend)[[number]], np.array([decay[number % len(decay)]]))[0, 0]
        shape = level / (level + 120.0)
        brought[:, number] = shape * returns[number] * spend[:, number].sum() / shape.sum()
    price = rng.standard_normal((weeks, 1)) if context else np.zeros((weeks, 0))
    time = np.arange(weeks)
    base = size + season * np.sin(2.0 * np.pi * time / 52.18) + 0.5 * time + (40.0 * price[:, 0] if context else 0.0)
    base = base + np.cumsum(wander * rng.standard_normal(weeks))
    outcome = np.maximum(base + brought.sum(axis=1) + noise * rng.standard_normal(weeks), 0.0)
    series = ResponseSeries(
        "revenue",
        mondays(weeks),
        tuple(f"channel_{number}" for number in range(channels)),
        spend * unit,
        outcome * unit,
        context_names=("price",) if context else (),
        context=price,
    )
    return Shop(series, brought.sum(axis=0) * unit)
