"""Money where curves may be S-shaped or take away: the better of two tops is found, and the bound is proven and tight."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from itertools import product

import numpy as np
import pytest
from curve_makers import open_weeks, plain_curves
from hypothesis import given, settings
from hypothesis import strategies as st

from quarterdeck.plan.allocate import Allocation, allocate_budget
from quarterdeck.plan.branch import Ladders, best_of_ladders
from quarterdeck.plan.limits import ChannelLimit
from quarterdeck.response.curves.curves import EXPONENTIAL, HILL, HYPERBOLIC, ResponseCurves
from quarterdeck.response.series.series import FloatArray

WEEKS, TAIL = 4, 8


def s_curves(rng: np.random.Generator, channels: int, draws: int, *, harm: float = 0.1) -> ResponseCurves:
    """Draws of every form, half of them steep, some delayed, some that take away: means with several bends."""
    shape = (draws, channels)
    form = rng.choice(np.array([HYPERBOLIC, EXPONENTIAL, HILL, HILL], dtype=np.uint8), shape)
    half, sign = rng.gamma(3.0, 80.0, shape), np.where(rng.random(shape) < harm, -0.5, 1.0)
    delay = np.where(rng.random(shape) < 0.3, 0.6, 0.0)
    carry = rng.uniform(0.0, 40.0, shape)
    return replace(
        plain_curves(*[(1.0, 1.0)] * channels),
        decay=rng.uniform(0.0, 0.8, shape),
        half=half,
        ceiling=rng.gamma(3.0, 10.0, shape) * sign,
        form=form,
        carry=carry,
        steepness=np.where(form == HILL, rng.choice([2.0, 3.0, 5.0], shape), 1.0),
        delay=delay,
        waiting=np.where(delay[:, :, None] > 0, rng.uniform(0.0, 40.0, (draws, channels, 2)), carry[:, :, None]),
    )


def worth_of(curves: ResponseCurves, money: FloatArray, value: float | None) -> float:
    """What is maximised, from the curves alone: `money` [channel] spread evenly over the open weeks."""

    def brought(spend: FloatArray) -> float:
        return float(curves.contribution(np.vstack([spend, np.zeros((TAIL, len(curves.channels)))])).sum(axis=(1, 2)).mean())

    gained = brought(np.tile(money / WEEKS, (WEEKS, 1))) - brought(np.zeros((WEEKS, len(curves.channels))))
    return gained if value is None else value * gained - float(money.sum())


def every_split(budget: int, channels: int, step: int, *, spend_all: bool) -> list[FloatArray]:
    rungs = range(0, budget + 1, step)
    if spend_all:
        first = [np.array([*split, budget - sum(split)], dtype=float) for split in product(rungs, repeat=channels - 1)]
        return [split for split in first if split[-1] >= 0]
    return [np.array(split, dtype=float) for split in product(rungs, repeat=channels) if sum(split) <= budget]


def allocated(curves: ResponseCurves, budget: int, value: float | None = None, limits: tuple[ChannelLimit, ...] = ()) -> Allocation:
    return allocate_budget(curves, weeks=open_weeks(WEEKS), budget=Decimal(budget), value_per_unit=value, limits=limits)


# Known answers


def two_tops() -> ResponseCurves:
    """Two channels alike, of which either wants 100 a week before it brings much, and one that brings a little from the first pound on."""
    curves = plain_curves((100, 100), (100, 100), (40, 300))
    return replace(curves, form=np.array([[HILL, HILL, HYPERBOLIC]], dtype=np.uint8), steepness=np.array([[5.0, 5.0, 1.0]]))


def test_money_goes_to_one_of_two_steep_channels_where_half_for_each_would_bring_next_to_nothing() -> None:
    # given: 560 for four weeks is 140 a week: one channel works with it (140 / 100 is 84 % of its ceiling), two halves (16 % each) do not;
    # seen through straight lines from nothing to where they touch the curves, half for each is as good as all for one
    curves = two_tops()

    allocation = allocated(curves, 560)

    halves = worth_of(curves, np.array([280.0, 280.0, 0.0]), None)
    steep = sorted(float(allocation.by_channel[name]) for name in ("channel_1", "channel_2"))
    assert steep[0] < 10
    assert steep[1] > 480
    assert allocation.worth > 2.4 * halves
    assert allocation.pieces > 0
    assert allocation.gap_share < 1e-3


def test_a_steep_channel_that_the_money_cannot_lift_gets_none() -> None:
    # given: 40 a week; the steep channels bring 1 % of their ceiling for that
    allocation = allocated(two_tops(), 160)

    assert allocation.by_channel["channel_3"] >= 158
    assert allocation.gap_share < 1e-3


def test_a_channel_that_takes_away_gets_its_floor_and_no_more() -> None:
    curves = plain_curves((-30, 100), (40, 300))

    allocation = allocated(curves, 800, limits=(ChannelLimit("channel_1", floor=Decimal(50)),))

    assert allocation.by_channel == {"channel_1": Decimal(50), "channel_2": Decimal(750)}
    assert allocation.gap_share < 1e-3


# Slow twins


@pytest.mark.parametrize("value", [None, 12.0])
@pytest.mark.parametrize("seed", range(8))
def test_a_dense_grid_of_three_channels_finds_nothing_better(seed: int, value: float | None) -> None:
    curves = s_curves(np.random.default_rng(seed), 3, 2)

    allocation = allocated(curves, 2400, value)

    best = max(worth_of(curves, split, value) for split in every_split(2400, 3, 120 if value is None else 200, spend_all=value is None))
    assert allocation.bound >= best - 1e-9 * abs(best)
    assert allocation.worth >= best - 1e-3 * abs(best)


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 2**32 - 1))
def test_no_random_split_beats_the_bound_and_the_bound_is_near(seed: int) -> None:
    rng = np.random.default_rng(seed)
    channels = int(rng.integers(1, 5))
    curves = s_curves(rng, channels, int(rng.integers(1, 6)))
    caps = rng.integers(200, 3000, channels)
    floors = (caps * rng.uniform(0, 0.4, channels)).astype(int)
    limits = tuple(ChannelLimit(name, Decimal(int(low)), Decimal(int(high))) for name, low, high in zip(curves.channels, floors, caps, strict=True))
    budget, value = int(rng.integers(floors.sum(), caps.sum() + 1)), None if rng.integers(2) else float(rng.uniform(2, 50))

    allocation = allocated(curves, budget, value, limits)

    money = np.array([float(allocation.by_channel[name]) for name in curves.channels])
    assert (floors <= money).all()
    assert (money <= caps).all()
    assert money.sum() == budget if value is None else money.sum() <= budget
    assert allocation.worth == pytest.approx(worth_of(curves, money, value), rel=2e-2, abs=0.5)
    for _ in range(12):
        wish = floors + rng.dirichlet(np.ones(channels)) * (budget - floors.sum())
        if (wish <= caps).all():
            assert worth_of(curves, wish, value) <= allocation.bound + 1e-9 * abs(allocation.bound)
    least = max(abs(allocation.bound), 0.01 * (value or 1.0) * float(np.abs(curves.ceiling).mean(axis=0).sum()) * WEEKS)
    assert allocation.bound - allocation.worth <= 0.01 * least


# Pieces


def ladders_of(seed: int, channels: int) -> Ladders:
    """Rungs whose worth jumps: as far from concave as can be."""
    rng = np.random.default_rng(seed)
    money = np.repeat(np.linspace(0.0, 10.0, 11)[:, None], channels, axis=1)
    worth = np.cumsum(rng.exponential(1.0, (11, channels)) ** 3, axis=0)
    worth[0] = 0.0
    return Ladders(money, worth, np.zeros((10, channels)), 4.0 * channels, spend_all=True)


@pytest.mark.parametrize("seed", range(6))
def test_branching_ends_at_the_best_of_every_split_on_the_rungs(seed: int) -> None:
    ladders = ladders_of(seed, 3)

    peak = best_of_ladders(ladders, tolerance=1e-9)

    splits = [split for split in product(range(11), repeat=3) if sum(split) == 12]
    best = max(sum(ladders.worth[rung, channel] for channel, rung in enumerate(split)) for split in splits)
    assert peak.bound >= best - 1e-9
    assert peak.bound == pytest.approx(sum(np.interp(peak.money[i], ladders.money[:, i], ladders.worth[:, i]) for i in range(3)), rel=1e-6)


def test_when_pieces_run_out_the_bound_still_holds_and_is_wider() -> None:
    ladders = ladders_of(1, 6)

    full, cut = best_of_ladders(ladders, tolerance=1e-9), best_of_ladders(ladders, tolerance=1e-9, max_pieces=1)

    assert cut.pieces == 1
    assert full.pieces > 1
    assert cut.bound > full.bound


def test_the_same_question_gets_the_same_answer_to_the_last_bit() -> None:
    first, second = (allocated(s_curves(np.random.default_rng(5), 5, 40), 4000) for _ in range(2))

    assert repr(first) == repr(second)
