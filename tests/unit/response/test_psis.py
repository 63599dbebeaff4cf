"""Pareto-smoothed weights and the level's filter do what their sources say."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from quarterdeck.response.learning.level_filter import OddRows, Rows, filter_level
from quarterdeck.response.learning.psis import independent_draws, k_limit, pick_evenly, smooth_weights


@pytest.mark.parametrize("shape", [0.2, 0.5, 0.9])
def test_the_shape_of_a_pareto_tail_is_found(shape: float):
    ratios = stats.genpareto.rvs(shape, size=20_000, random_state=np.random.default_rng(1)) + 1.0
    assert smooth_weights(np.log(ratios))[1] == pytest.approx(shape, abs=0.15)


def test_weights_move_draws_to_where_the_new_density_is():
    # given: draws of N(0, 1), and weights to N(0.5, 0.8)
    draws = np.random.default_rng(2).standard_normal(4000)
    weight, k = smooth_weights(stats.norm.logpdf(draws, 0.5, 0.8) - stats.norm.logpdf(draws))
    picked = draws[pick_evenly(weight, np.random.default_rng(3))]
    assert k < k_limit(4000)
    assert (weight @ draws, picked.mean()) == pytest.approx((0.5, 0.5), abs=0.05)
    assert picked.std() == pytest.approx(0.8, abs=0.05)


def test_equal_ratios_leave_every_draw_once():
    weight, k = smooth_weights(np.full(50, -3.0))
    assert k == 0.0
    assert independent_draws(weight) == pytest.approx(50.0)
    assert pick_evenly(weight, np.random.default_rng(0)).tolist() == list(range(50))


def test_a_target_far_away_is_not_trusted():
    draws = np.random.default_rng(4).standard_normal(400)
    assert smooth_weights(stats.norm.logpdf(draws, 6.0, 0.3) - stats.norm.logpdf(draws))[1] > k_limit(400)


@pytest.mark.parametrize("memory", [0.0, 0.6])
def test_the_filter_agrees_with_the_joint_normal_of_all_rows(memory: float):
    # given: three rows of a level that steps by 0.7, seen with noise 1, 2 and 0.5 that may carry on, after a row that left 0.8
    left, factor = np.array([[0.3, -1.2, 2.0]]), np.array([1.0, 2.0, 0.5])
    steps = 0.49 * np.minimum.outer(np.arange(1, 4), np.arange(1, 4))
    apart = np.abs(np.subtract.outer(np.arange(1, 4), np.arange(1, 4)))
    both = memory ** np.add.outer(np.arange(1, 4), np.arange(1, 4))
    noise = (memory**apart - both if memory else np.eye(3)) * np.outer(factor, factor)
    expected = 0.8 * memory ** np.arange(1, 4) * factor if memory else np.zeros(3)
    whole = steps + noise
    # when
    found = filter_level(Rows(left, np.ones(1), np.array([0.7]), factor, memory, np.array([0.8])))
    paths = found.draw_paths(np.zeros(40_000, dtype=np.int64), np.random.default_rng(1))
    # then
    assert found.log_likelihood[0] == pytest.approx(stats.multivariate_normal.logpdf(left[0], expected, whole))
    assert paths.mean(axis=0) == pytest.approx(steps @ np.linalg.solve(whole, left[0] - expected), abs=0.02)
    assert np.cov(paths.T) == pytest.approx(steps - steps @ np.linalg.solve(whole, steps), abs=0.02)


def test_a_level_that_never_steps_stays():
    found = filter_level(Rows(np.ones((2, 3)), np.ones(2), np.zeros(2), np.ones(3)))
    assert np.array_equal(found.draw_paths(np.array([0, 1]), np.random.default_rng(0)), np.zeros((2, 3)))


def test_rows_that_may_be_odd_are_as_likely_as_both_kinds_together_and_move_the_level_less():
    # given: 20,000 equal draws, one row far off
    rows = Rows(np.full((20_000, 1), 6.0), np.ones(20_000), np.ones(20_000), np.ones(1))
    odd = OddRows(0.1, np.full(20_000, 25.0), np.random.default_rng(1).random((20_000, 1)))
    # when
    usual, both = filter_level(rows), filter_level(rows, odd)
    # then
    density = 0.9 * stats.norm.pdf(6.0, 0.0, 2.0**0.5) + 0.1 * stats.norm.pdf(6.0, 0.0, 27.0**0.5)
    is_odd = 0.1 * stats.norm.pdf(6.0, 0.0, 27.0**0.5) / density
    assert both.log_likelihood[0] == pytest.approx(np.log(density))
    assert both.mean.mean() == pytest.approx(is_odd * 6.0 / 27.0 + (1.0 - is_odd) * 3.0, abs=0.02)
    assert usual.mean[0, 0] == pytest.approx(3.0)
