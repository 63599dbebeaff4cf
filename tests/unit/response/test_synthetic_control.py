"""Synthetic control: weights are shares, the nearest mixture is found, and a mixture that is there is recovered."""

from __future__ import annotations

from datetime import timedelta

import numpy as np
import pytest
from geo_makers import FIRST, make_test
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy.optimize import minimize

from quarterdeck.response.experiments.geo_test import GeoDays, build_geo_test
from quarterdeck.response.experiments.synthetic import nearest_mixture, to_simplex, weigh_controls


@given(arrays(np.float64, st.integers(1, 30), elements=st.floats(-50, 50)))
def test_the_nearest_shares_are_shares_and_no_nearer_ones_lie_on_the_way_to_any_corner(point):
    shares = to_simplex(point)

    assert (shares >= 0).all()
    assert shares.sum() == pytest.approx(1.0)
    # nearest on a convex set: the way to every corner leads away from the point
    away = point - shares
    assert (away <= float(away @ shares) + 1e-6).all()


@pytest.mark.parametrize("seed", range(4))
def test_the_quick_way_finds_what_a_general_optimiser_finds(seed):
    # given
    rng = np.random.default_rng(seed)
    index = 1 + 0.1 * rng.normal(size=(30, 6))
    aim = index @ np.array([0.5, 0.3, 0.2, 0, 0, 0]) + 0.02 * rng.normal(size=30)

    def loss(weights):
        return float(((index @ weights - aim) ** 2).sum() + 0.01 * (weights**2).sum())

    # when
    found = nearest_mixture(index, aim, 0.01)
    slow = minimize(loss, np.full(6, 1 / 6), bounds=[(0, 1)] * 6, constraints={"type": "eq", "fun": lambda w: w.sum() - 1}, tol=1e-14)

    # then
    assert found.sum() == pytest.approx(1.0)
    assert loss(found) <= loss(slow.x) + 1e-9


def test_a_treated_group_that_is_a_mixture_of_two_places_is_recovered_and_the_others_are_left_out():
    # given treated = 3 a + 1 b in units of each one's mean; c and d go their own ways
    rng = np.random.default_rng(5)
    walks = np.exp(np.cumsum(0.1 * rng.normal(size=(80, 4)), axis=0))
    a, b, c, d = (walks / walks[:60].mean(axis=0)).T
    treated = 400 * (0.75 * a + 0.25 * b)
    treated[60:] += 50
    values = {"a": 10 * a, "b": 900 * b, "c": c, "d": d, "t": treated}
    rows = [(name, FIRST + timedelta(days=day), float(column[day]), 0.0) for name, column in values.items() for day in range(80)]
    test = build_geo_test(rows, {name: name == "t" for name in values}, GeoDays(FIRST, FIRST + timedelta(days=60), FIRST + timedelta(days=79)))

    # when
    found = weigh_controls(test)

    # then
    weights = dict(zip(found.geos, found.weights, strict=True))
    assert weights["a"] == pytest.approx(0.75, abs=0.03)
    assert weights["b"] == pytest.approx(0.25, abs=0.03)
    assert found.effect == pytest.approx(1000, rel=0.03)


def test_a_place_with_nothing_before_the_test_is_left_out():
    made = make_test(1)
    quiet = made.test.outcome.copy()
    quiet[:, 0] = 0.0

    found = weigh_controls(type(made.test)(made.test.geos, made.test.starts, quiet, made.test.spend, made.test.is_treated, made.test.days))

    assert made.test.geos[0] not in found.geos
    assert len(found.geos) == 9


def test_what_was_left_out_of_the_fit_is_missed_by_more_than_what_was_in_it():
    made = make_test(2)

    found = weigh_controls(made.test)

    inside = (made.test.total(made.test.outcome, treated=True) - found.expected)[made.test.before]
    assert (found.off**2).mean() > (inside**2).mean()
