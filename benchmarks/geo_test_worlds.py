"""Simulated geo tests whose effect is known: places of different size, shared demand, demand that places share unevenly, days that hang together."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from quarterdeck.response.experiments.geo_test import GeoDays, GeoTest, build_geo_test
from quarterdeck.response.series.series import FloatArray

FIRST = date(2026, 1, 5)


@dataclass(frozen=True)
class GeoWorld:
    """How a test is simulated. `noise`: sd of a middling place's own days, `sticky`: how much of it stays to the next day. `uneven`: sd of how unlike places
    share a second demand that lasts for days. `late`: share of the effect that comes in the days after, dying out."""

    name: str
    places: int = 40
    before: int = 56
    during: int = 28
    after: int = 0
    noise: float = 0.1
    sticky: float = 0.3
    uneven: float = 0.03
    spend_before: bool = False
    late: float = 0.0
    step_days: int = 1


WORLDS = (
    GeoWorld("days independent, demand shared evenly", sticky=0.0, uneven=0.0),
    GeoWorld("days hang together, demand shared unevenly"),
    GeoWorld("the same, spend before and more in the test", spend_before=True),
    GeoWorld("the same, late effects and 14 days to wait for them", after=14, late=0.2),
    GeoWorld("the same, 8 places", places=8),
    GeoWorld("the same, 4 weeks before", before=28),
    GeoWorld("20 places by week: a year before, 6 weeks of test", places=20, before=52, during=6, step_days=7),
)


def simulate(world: GeoWorld, seed: int, *, lift: float) -> tuple[GeoTest, float, float]:
    """A test in which half of the places, drawn at random, sold `lift` more; with its true effect and the money that it moved."""
    rng = np.random.default_rng(seed)
    rows = world.before + world.during + world.after
    size = np.exp(rng.normal(5.0, 1.0, world.places))
    common = 0.08 * _kept(0.9, (rows,), rng) + 0.001 * np.arange(rows)
    own = world.noise * np.sqrt(150.0 / size) * _kept(world.sticky, (rows, world.places), rng)
    shared = rng.normal(0.0, world.uneven, world.places) * _kept(0.8, (rows,), rng)[:, None]
    weekday = 1.0 + 0.2 * np.sin(2.0 * np.pi * np.arange(rows) / 7.0)
    base = size * weekday[:, None] * np.exp(common[:, None] + shared + own)
    treated = np.zeros(world.places, dtype=bool)
    treated[rng.permutation(world.places)[: world.places // 2]] = True
    window = slice(world.before, world.before + world.during)
    added, spend = np.zeros((2, rows, world.places))
    added[window] = lift * base[window] * treated
    if world.after and world.late:
        fade = 0.8 ** np.arange(world.after)
        added[world.before + world.during :] = world.late * added[window].sum(axis=0) * (fade / fade.sum())[:, None]
    if world.spend_before:
        spend += 0.02 * size * rng.gamma(20.0, 1.0 / 20.0, (rows, world.places))
    moved = np.zeros((rows, world.places))
    moved[window] = 0.03 * size * treated
    return _as_test(world, base + added, spend + moved, treated), float(added.sum()), float(moved.sum())


def _as_test(world: GeoWorld, outcome: FloatArray, spend: FloatArray, treated: np.ndarray) -> GeoTest:
    starts = [FIRST + timedelta(days=world.step_days * row) for row in range(len(outcome))]
    one_less = timedelta(days=world.step_days - 1)
    last = starts[world.before + world.during - 1] + one_less
    days = GeoDays(starts[0], starts[world.before], last, starts[-1] + one_less if world.after else None)
    rows = [(f"p{n}", start, float(outcome[row, n]), float(spend[row, n])) for row, start in enumerate(starts) for n in range(world.places)]
    return build_geo_test(rows, {f"p{n}": bool(is_treated) for n, is_treated in enumerate(treated)}, days)


def _kept(share: float, shape: tuple[int, ...], rng: np.random.Generator) -> FloatArray:
    """Standard normal rows of which each keeps `share` of the one before."""
    shocks = rng.normal(size=shape)
    rows = np.empty(shape)
    rows[0] = shocks[0]
    for row in range(1, shape[0]):
        rows[row] = share * rows[row - 1] + np.sqrt(1.0 - share**2) * shocks[row]
    return rows
