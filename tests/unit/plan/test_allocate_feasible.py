"""The set of allowed splits: its best corner against an exact LP solver, its nearest point against the conditions that define it."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from quarterdeck.plan.feasible import Feasible
from quarterdeck.plan.rounding import round_to_whole
from quarterdeck.response.series.series import FloatArray


def random_limits(rng: np.random.Generator) -> Feasible:
    weeks, channels = int(rng.integers(1, 6)), int(rng.integers(1, 5))
    weekly = rng.uniform(0, 10, channels).round(1) * (rng.uniform(size=channels) > 0.1)
    cap = np.minimum(rng.uniform(0, 30, channels).round(1), weekly * weeks)
    floor = (cap * rng.uniform(0, 1, channels) * (rng.uniform(size=channels) > 0.4)).round(2).clip(max=cap)
    total = float(rng.uniform(floor.sum(), cap.sum() + 1e-9))
    return Feasible(weeks=weeks, floor=floor, cap=cap, weekly=weekly, total=total, spend_all=bool(rng.integers(2)))


def best_by_linear_programming(limits: Feasible, gradient: FloatArray) -> float:
    weeks, channels = limits.shape
    by_channel = np.tile(np.eye(channels), weeks)
    rows, sides = [by_channel, -by_channel], [limits.cap, -limits.floor]
    whole = np.ones((1, weeks * channels))
    if not limits.spend_all:
        rows, sides = [*rows, whole], [*sides, np.array([limits.total])]
    solution = linprog(
        -gradient.ravel(),
        A_ub=np.vstack(rows),
        b_ub=np.concatenate(sides),
        A_eq=whole if limits.spend_all else None,
        b_eq=[limits.total] if limits.spend_all else None,
        bounds=[(0, limit) for _ in range(weeks) for limit in limits.weekly],
        method="highs",
    )
    assert solution.success
    return -float(solution.fun)


def assert_allowed(limits: Feasible, split: FloatArray) -> None:
    sums = split.sum(axis=0)
    assert (split >= -1e-9).all()
    assert (split <= limits.weekly + 1e-9).all()
    assert (sums <= limits.cap + 1e-8).all()
    assert (sums >= limits.floor - 1e-8).all()
    assert split.sum() <= limits.total + 1e-8
    if limits.spend_all:
        assert split.sum() == pytest.approx(limits.total, abs=1e-8)


@settings(max_examples=120, deadline=None)
@given(st.integers(0, 2**32 - 1))
def test_the_best_corner_is_allowed_and_as_good_as_linear_programming_finds(seed: int) -> None:
    rng = np.random.default_rng(seed)
    limits = random_limits(rng)
    gradient = rng.normal(0 if rng.integers(2) else 2, 1, limits.shape).round(int(rng.integers(0, 4)))

    corner = limits.best_corner(gradient)

    assert_allowed(limits, corner)
    assert float((gradient * corner).sum()) == pytest.approx(best_by_linear_programming(limits, gradient), abs=1e-7)


@settings(max_examples=150, deadline=None)
@given(st.integers(0, 2**32 - 1))
def test_the_nearest_point_is_allowed_and_no_allowed_direction_leads_closer(seed: int) -> None:
    rng = np.random.default_rng(seed)
    limits = random_limits(rng)
    point, metric = rng.normal(3, 6, limits.shape), rng.uniform(0.05, 20, limits.shape)

    nearest = limits.nearest(point, metric)

    assert_allowed(limits, nearest)
    pull = metric * (point - nearest)
    # The projection theorem: <pull, s - nearest> <= 0 for every allowed s; the best corner is the worst case.
    assert float((pull * (limits.best_corner(pull) - nearest)).sum()) <= 1e-7 * max(1.0, float(np.abs(pull).max()))


@settings(max_examples=100, deadline=None)
@given(st.integers(0, 2**32 - 1), st.sampled_from([1, 1000, 10**9]))
def test_whole_steps_keep_to_whole_limits_and_stay_next_to_the_split(seed: int, size: int) -> None:
    rng = np.random.default_rng(seed)
    weeks, channels = int(rng.integers(1, 14)), int(rng.integers(1, 6))
    weekly = rng.integers(0, 20, channels).astype(float) * size
    cap = np.minimum(rng.integers(0, 100, channels) * float(size), weekly * weeks)
    floor = np.floor(cap * rng.uniform(0, 1, channels))
    total = float(rng.integers(int(floor.sum()), int(cap.sum()) + 1))
    limits = Feasible(weeks=weeks, floor=floor, cap=cap, weekly=weekly, total=total, spend_all=bool(rng.integers(2)))
    split = limits.nearest(rng.exponential(5.0 * size, limits.shape), np.ones(limits.shape))

    whole = round_to_whole(split, limits)

    sums = whole.sum(axis=0)
    assert (whole == np.round(whole)).all()
    assert (whole >= 0).all()
    assert (whole <= weekly).all()
    assert (sums >= floor).all()
    assert (sums <= cap).all()
    assert sums.sum() <= total
    assert not limits.spend_all or sums.sum() == total
    assert np.abs(whole - split).max() <= 1 + 1e-5


def test_a_point_that_is_allowed_already_is_its_own_nearest() -> None:
    limits = Feasible(weeks=2, floor=np.array([1.0, 0.0]), cap=np.array([8.0, 8.0]), weekly=np.array([5.0, 5.0]), total=10.0, spend_all=False)
    point = np.array([[1.0, 2.0], [3.0, 0.5]])

    assert limits.nearest(point, np.ones((2, 2))) == pytest.approx(point)


def test_floors_come_first_and_the_rest_of_the_money_goes_to_the_best_slopes() -> None:
    # given: 10 of money; the weak channel must get 3; the strong one takes at most 4 a week
    limits = Feasible(weeks=2, floor=np.array([0.0, 3.0]), cap=np.array([6.0, 10.0]), weekly=np.array([4.0, 10.0]), total=10.0, spend_all=True)

    corner = limits.best_corner(np.array([[5.0, 1.0], [7.0, 2.0]]))

    assert corner == pytest.approx(np.array([[2.0, 0.0], [4.0, 4.0]]))


def test_slopes_below_zero_take_no_more_than_the_floor_when_money_may_be_kept() -> None:
    limits = Feasible(weeks=1, floor=np.array([2.0, 0.0]), cap=np.array([9.0, 9.0]), weekly=np.array([9.0, 9.0]), total=9.0, spend_all=False)

    assert limits.best_corner(np.array([[-1.0, -0.5]])) == pytest.approx(np.array([[2.0, 0.0]]))
