"""The sampler against answers that need no sampler."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import integrate, stats

from quarterdeck.response import sampler
from quarterdeck.response.baseline import Block
from quarterdeck.response.diagnostics import ess, rhat
from quarterdeck.response.numerics import cholesky_diagonal, draw_above, draw_between, inverse_factor, matmul_in_rows


def tiny_problem(seed: int, *, channels: int = 1, cells: int = 4, weeks: int = 14, blocks: int = 1) -> sampler.Problem:
    rng = np.random.default_rng(seed)
    feature = rng.gamma(2.0, 0.5, size=(channels, cells, weeks))
    columns = [np.concatenate([np.full((weeks, 1), 3.0), rng.standard_normal((weeks, 2)) * (0.5 + number)], axis=1)
               for number in range(blocks)]
    outcome = 0.5 * feature[0, 1] + columns[0] @ rng.standard_normal(3) * 0.4 + 0.5 * rng.standard_normal(weeks)
    weight, one = np.arange(1.0, cells + 1.0), np.ones((channels, 1))
    return sampler.Problem(outcome - outcome.mean(), feature, np.log(weight / weight.sum()), 0.3 * one, 0.6 * one, one,
                           tuple(Block(0.0, each, np.ones(3)) for each in columns), np.log(np.full(blocks, 1.0 / blocks)))


def test_the_weight_of_a_cell_is_the_integral_over_all_coefficients_and_the_whole_linear_block():
    # given: one channel, and a noise variance
    problem, noise = tiny_problem(1), 0.4
    whitened = sampler.Whitened(problem)
    pull = whitened.seen[0, 0] @ problem.outcome
    # when
    log_weight, _, _ = sampler.cell_log_weights(whitened.strength[0, 0], pull, np.array([noise]), np.array([0.3]), np.array([0.6]))
    # then: the same as integrating the coefficient numerically, with the linear block in the covariance of the outcome
    columns = problem.blocks[0].columns
    covariance = noise * (np.eye(len(problem.outcome)) + columns @ columns.T)
    likely = stats.multivariate_normal(cov=covariance).pdf
    brute = [integrate.quad(lambda b, f=f: likely(problem.outcome - b * f) * stats.norm.pdf(b, 0.3, 0.6), 0, 6)[0] for f in problem.feature[0]]
    assert log_weight - log_weight[0] == pytest.approx(np.log(brute) - np.log(brute[0]), abs=1e-6)


def test_the_sampler_agrees_with_enumeration_and_quadrature_for_one_channel():
    # given: the exact posterior of cell, block and coefficient, with the noise integrated out by its closed form on a grid of coefficients
    problem = tiny_problem(2, blocks=2)
    grid = np.linspace(0.0, 5.0, 4001)
    exact = np.zeros((2, 4, len(grid)))
    for block, each in enumerate(problem.blocks):
        inside = np.eye(len(problem.outcome)) + each.columns @ each.columns.T
        inverse, log_det = np.linalg.inv(inside), np.linalg.slogdet(inside)[1]
        for cell, feature in enumerate(problem.feature[0]):
            left = problem.outcome - grid[:, None] * feature
            rate = sampler.NOISE_RATE + 0.5 * np.einsum("gt,ts,gs->g", left, inverse, left)
            exact[block, cell] = (problem.log_prior[cell] - 0.5 * log_det - (sampler.NOISE_SHAPE + 0.5 * len(problem.outcome)) * np.log(rate)
                                  - 0.5 * ((grid - 0.3) / 0.6) ** 2)
    exact = np.exp(exact - exact.max())
    exact /= exact.sum()
    # when
    whitened, rng = sampler.Whitened(problem), np.random.default_rng(5)
    state = sampler.start(whitened, 64, rng)
    sampler.run(whitened, state, 50, rng)
    chains = sampler.run(whitened, state, 600, rng)
    # then
    seen = np.bincount(chains.cell.ravel(), minlength=4) / chains.cell.size
    assert seen == pytest.approx(exact.sum(axis=(0, 2)), abs=0.012)
    assert (chains.block == 0).mean() == pytest.approx(exact[0].sum(), abs=0.012)
    mean = float((exact.sum(axis=(0, 1)) * grid).sum())
    sd = float(np.sqrt((exact.sum(axis=(0, 1)) * grid**2).sum() - mean**2))
    assert chains.coefficient.mean() == pytest.approx(mean, abs=0.02 * sd + 0.005)
    assert chains.coefficient.std() == pytest.approx(sd, rel=0.03)


def test_joint_moves_and_swaps_leave_the_posterior_of_two_channels_as_it_is():
    # given: two channels of two cells each, enumerated on a grid of both coefficients with the noise integrated out
    problem = tiny_problem(3, channels=2, cells=2, weeks=10)
    inside = np.eye(10) + problem.blocks[0].columns @ problem.blocks[0].columns.T
    inverse, grid = np.linalg.inv(inside), np.linspace(0.0, 3.5, 161)
    exact = np.zeros((2, 2, len(grid), len(grid)))
    for one in range(2):
        for two in range(2):
            f, g, y = problem.feature[0, one], problem.feature[1, two], problem.outcome
            pairs = {"yy": (y, y), "yf": (y, f), "yg": (y, g), "ff": (f, f), "gg": (g, g), "fg": (f, g)}
            form = {name: float(a @ inverse @ b) for name, (a, b) in pairs.items()}
            b, c = grid[:, None], grid[None, :]
            squares = form["yy"] - 2 * b * form["yf"] - 2 * c * form["yg"] + b * b * form["ff"] + c * c * form["gg"] + 2 * b * c * form["fg"]
            exact[one, two] = (problem.log_prior[one] + problem.log_prior[two] - 6.0 * np.log(sampler.NOISE_RATE + 0.5 * squares)
                               - 0.5 * ((b - 0.3) / 0.6) ** 2 - 0.5 * ((c - 0.3) / 0.6) ** 2)
    exact = np.exp(exact - exact.max())
    edge = np.ones(len(grid))
    edge[[0, -1]] = 0.5
    exact *= edge[:, None] * edge
    exact /= exact.sum()
    # when
    whitened, rng = sampler.Whitened(problem), np.random.default_rng(8)
    state = sampler.start(whitened, 64, rng)
    sampler.run(whitened, state, 50, rng)
    chains = sampler.run(whitened, state, 600, rng)
    # then
    both = chains.cell[:, :, 0] * 2 + chains.cell[:, :, 1]
    assert np.bincount(both.ravel(), minlength=4) / both.size == pytest.approx(exact.sum(axis=(2, 3)).ravel(), abs=0.015)
    for channel, along in ((0, exact.sum(axis=(0, 1, 3))), (1, exact.sum(axis=(0, 1, 2)))):
        assert chains.coefficient[:, :, channel].mean() == pytest.approx(float(along @ grid), abs=0.012)


@settings(max_examples=40, deadline=None)
@given(edge=st.floats(-8, 80), width=st.floats(0.01, 20), seed=st.integers(0, 1000))
def test_cut_off_normals_stay_inside_their_edges_however_far_out(edge: float, width: float, seed: int):
    rng = np.random.default_rng(seed)
    above = draw_above(np.full(50, edge), rng)
    between = draw_between(np.full(50, edge), np.full(50, edge + width), rng)
    assert (above >= edge).all()
    assert np.isfinite(above).all()
    assert ((between >= edge) & (between <= edge + width)).all()


def test_cut_off_normals_have_the_mean_of_the_formula():
    drawn = draw_above(np.full(40_000, 1.5), np.random.default_rng(0))
    assert drawn.mean() == pytest.approx(stats.truncnorm.mean(1.5, np.inf), abs=0.01)


def test_products_and_factors_in_parts_equal_those_in_one():
    rng = np.random.default_rng(0)
    left, right = rng.standard_normal((300, 200)), rng.standard_normal((200, 150))
    matrix = right @ right.T + np.eye(200)
    assert matmul_in_rows(left, right) == pytest.approx(left @ right)
    assert cholesky_diagonal(matrix) == pytest.approx(np.diag(np.linalg.cholesky(matrix)))
    inverse = inverse_factor(matrix)
    assert inverse.T @ inverse == pytest.approx(np.linalg.inv(matrix), abs=1e-8)


def test_rhat_and_ess_know_good_chains_from_chains_that_disagree_or_drag():
    rng = np.random.default_rng(0)
    good = rng.standard_normal((400, 8))
    apart = good + np.arange(8) * 0.5
    dragging = np.zeros((400, 8))
    for row in range(1, 400):
        dragging[row] = 0.9 * dragging[row - 1] + rng.standard_normal(8)
    assert rhat(good) < 1.01
    assert rhat(apart) > 1.2
    assert 2600 < ess(good) < 4000
    # an autoregression of 0.9 has (1 - 0.9) / (1 + 0.9) of its draws
    assert ess(dragging) == pytest.approx(3200 / 19, rel=0.35)
