"""The sampler against answers that need no sampler."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import integrate, special, stats

from quarterdeck.response.baseline.block import Block
from quarterdeck.response.fitting import sampler
from quarterdeck.response.fitting.diagnostics import ess, rhat
from quarterdeck.response.fitting.media import Media
from quarterdeck.response.fitting.numerics import cholesky_diagonal, draw_above, draw_between, inverse_factor, log_half_line, matmul_in_rows
from quarterdeck.response.fitting.whitened import NOISE_RATE, NOISE_SHAPE, SamplingProblem, Whitened
from quarterdeck.response.series.series import FloatArray

LEVELS = np.array([0.3, 0.6, 1.0, 1.7, 3.0])
LEVEL_WEIGHT = np.array([0.1, 0.25, 0.3, 0.25, 0.1])


def tiny_problem(seed: int, *, channels: int = 1, cells: int = 4, weeks: int = 14, blocks: int = 1, shared: tuple[bool, ...] = ()) -> SamplingProblem:
    """A problem small enough to enumerate. Channels that are `shared` [channel] lie around one of `LEVELS`; others have one belief."""
    rng = np.random.default_rng(seed)
    feature = rng.gamma(2.0, 0.5, size=(channels, cells, weeks))
    columns = [np.concatenate([np.full((weeks, 1), 3.0), rng.standard_normal((weeks, 2)) * (0.5 + number)], axis=1) for number in range(blocks)]
    outcome = 0.5 * feature[0, 1] + columns[0] @ rng.standard_normal(3) * 0.4 + 0.5 * rng.standard_normal(weeks)
    weight = np.arange(1.0, cells + 1.0)
    in_common = np.array(shared or [False] * channels)
    location = np.where(in_common[:, None], 0.5 * LEVELS, 0.3)
    scale = np.where(in_common[:, None], 0.3 * LEVELS, 0.6)
    of_component = np.where(in_common[:, None], LEVEL_WEIGHT, np.eye(len(LEVELS))[0])
    linear = tuple(Block(0.0, each, np.ones(3)) for each in columns)
    log_step = np.log(np.full(blocks, 1.0 / blocks))
    log_prior = np.log(weight / weight.sum())
    return SamplingProblem(outcome - outcome.mean(), feature, log_prior, location, scale, of_component, linear, log_step, in_common)


def prior_on(problem: SamplingProblem, grid: FloatArray) -> FloatArray:
    """The density of each channel's coefficient in each component [channel, component, grid]."""
    location, scale = problem.location[..., None], problem.scale[..., None]
    return np.asarray(stats.truncnorm.pdf(grid, -location / scale, np.inf, location, scale))


def test_the_weight_of_a_cell_is_the_integral_over_all_coefficients_and_the_whole_linear_block():
    # given: one channel, and a noise variance
    problem, noise = tiny_problem(1), 0.4
    whitened = Whitened(problem)
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
            rate = NOISE_RATE + 0.5 * np.einsum("gt,ts,gs->g", left, inverse, left)
            exact[block, cell] = (
                problem.log_prior[cell] - 0.5 * log_det - (NOISE_SHAPE + 0.5 * len(problem.outcome)) * np.log(rate) - 0.5 * ((grid - 0.3) / 0.6) ** 2
            )
    exact = np.exp(exact - exact.max())
    exact /= exact.sum()
    # when
    whitened, rng = Whitened(problem), np.random.default_rng(5)
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


@pytest.mark.parametrize("shared", [(False, False), (True, True), (True, False)], ids=["beliefs_apart", "a_common_level", "one_with_the_default"])
def test_every_move_leaves_the_posterior_of_two_channels_as_it_is(shared: tuple[bool, ...]):
    # given: two channels of two cells each, enumerated over cells, components and a grid of both coefficients, the noise integrated out
    problem = tiny_problem(3, channels=2, cells=2, weeks=10, shared=shared)
    inside = np.eye(10) + problem.blocks[0].columns @ problem.blocks[0].columns.T
    inverse, grid = np.linalg.inv(inside), np.linspace(0.0, 6.0, 401)
    density = prior_on(problem, grid)
    if all(shared):
        belief = np.einsum("k,kb,kc->kbc", LEVEL_WEIGHT, density[0], density[1])
    else:
        belief = np.einsum("kb,lc,k,l->kbc", density[0], density[1], *problem.weight)
    edge = np.ones(len(grid))
    edge[[0, -1]] = 0.5
    belief *= edge[:, None] * edge
    likely = np.zeros((2, 2, len(grid), len(grid)))
    for one in range(2):
        for two in range(2):
            f, g, y = problem.feature[0, one], problem.feature[1, two], problem.outcome
            pairs = {"yy": (y, y), "yf": (y, f), "yg": (y, g), "ff": (f, f), "gg": (g, g), "fg": (f, g)}
            form = {name: float(a @ inverse @ b) for name, (a, b) in pairs.items()}
            b, c = grid[:, None], grid[None, :]
            squares = form["yy"] - 2 * b * form["yf"] - 2 * c * form["yg"] + b * b * form["ff"] + c * c * form["gg"] + 2 * b * c * form["fg"]
            likely[one, two] = problem.log_prior[one] + problem.log_prior[two] - 6.0 * np.log(NOISE_RATE + 0.5 * squares)
    exact = np.exp(likely - likely.max())[:, :, None] * belief  # [cell, cell, component of the first channel, grid, grid]
    exact /= exact.sum()
    # when
    whitened, rng = Whitened(problem), np.random.default_rng(8)
    state = sampler.start(whitened, 64, rng)
    sampler.run(whitened, state, 50, rng)
    chains = sampler.run(whitened, state, 1000, rng)
    # then
    both = chains.cell[:, :, 0] * 2 + chains.cell[:, :, 1]
    assert np.bincount(both.ravel(), minlength=4) / both.size == pytest.approx(exact.sum(axis=(2, 3, 4)).ravel(), abs=0.015)
    for channel, along in ((0, exact.sum(axis=(0, 1, 2, 4))), (1, exact.sum(axis=(0, 1, 2, 3)))):
        drawn, spread = chains.coefficient[:, :, channel], float(np.sqrt(along @ grid**2 - (along @ grid) ** 2))
        assert drawn.mean() == pytest.approx(float(along @ grid), abs=0.04 * spread)
        assert drawn.std() == pytest.approx(spread, rel=0.04)
        for chance in (0.1, 0.5, 0.9):
            assert (drawn <= grid[np.searchsorted(np.cumsum(along), chance)]).mean() == pytest.approx(chance, abs=0.025)
    together = exact.sum(axis=(0, 1, 2))
    assert (chains.coefficient[:, :, 0] * chains.coefficient[:, :, 1]).mean() == pytest.approx(float(grid @ together @ grid), rel=0.05)


def saying_nothing(shared: tuple[bool, ...]) -> Whitened:
    """Channels that bring nothing whatever their coefficients, so that all that is left is the prior."""
    problem = tiny_problem(4, channels=3, cells=2, weeks=4, shared=shared)
    return Whitened(replace(problem, feature=np.zeros_like(problem.feature)))


def assert_spread_as_the_prior(problem: SamplingProblem, coefficient: FloatArray, *, within: float):
    """coefficient [draw, channel]: each channel's own distribution, and how the first two go together."""
    edges = np.linspace(0.05, 3.0, 25)
    location, scale = problem.location[..., None], problem.scale[..., None]
    below = np.einsum("ck,cke->ce", problem.weight, stats.truncnorm.cdf(edges, -location / scale, np.inf, location, scale))
    seen = (coefficient[:, :, None] <= edges).mean(axis=0)
    assert np.abs(seen - below).max() < within
    mean = problem.location + problem.scale * stats.truncnorm.mean(-problem.location / problem.scale, np.inf)
    assert (coefficient[:, 0] * coefficient[:, 1]).mean() == pytest.approx(float(problem.weight[0] @ (mean[0] * mean[1])), rel=5 * within)


def test_moves_of_the_common_level_leave_the_prior_as_it_is_and_do_move():
    # given: many chains that stand where the prior puts them
    whitened, rng = saying_nothing((True, True, False)), np.random.default_rng(2)
    state = sampler.start(whitened, 20_000, rng)
    before, first = state.component[:, 0].copy(), state.coefficient.copy()
    # when: nothing but the level is moved
    for _ in range(20):
        sampler._move_level(whitened, state, Media.of(whitened, state.cell, state.block), rng)
    # then
    assert_spread_as_the_prior(whitened.problem, state.coefficient, within=0.012)
    assert np.bincount(state.component[:, 0], minlength=5) / 20_000 == pytest.approx(LEVEL_WEIGHT, abs=0.012)
    assert abs(np.corrcoef(before, state.component[:, 0])[0, 1]) < 0.03
    assert (state.component[:, 0] == state.component[:, 1]).all()
    assert state.coefficient[:, 2].tobytes() == first[:, 2].tobytes()  # a channel with a belief of its own stays where it is
    assert state.coefficient[:, :2] / LEVELS[state.component[:, :1]] == pytest.approx(first[:, :2] / LEVELS[before[:, None]])


def test_an_outcome_that_says_nothing_leaves_the_prior_as_it_is():
    # given: many chains that do not stand where the prior puts them
    whitened, rng = saying_nothing((True, True, False)), np.random.default_rng(3)
    state = sampler.start(whitened, 10_000, rng)
    state.coefficient[:] = 3.0
    # when
    chains = sampler.run(whitened, state, 25, rng)
    # then
    assert_spread_as_the_prior(whitened.problem, chains.coefficient[-1], within=0.015)
    assert np.bincount(state.component[:, 0], minlength=5) / 10_000 == pytest.approx(LEVEL_WEIGHT, abs=0.015)


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


def test_the_weight_of_a_half_line_has_the_digits_of_the_exact_one_however_far_out():
    at = np.concatenate([np.linspace(-60.0, 60.0, 4001), -np.geomspace(60.0, 1e4, 200), np.geomspace(60.0, 1e6, 200)])
    assert log_half_line(at) - 0.5 * at**2 == pytest.approx(special.log_ndtr(at), abs=2e-6)


def test_what_media_explain_is_what_the_squares_lose_by_them():
    # given: chains in blocks, cells and coefficients of their own, seen through W once and for all
    problem = tiny_problem(5, channels=3, cells=4, blocks=2)
    whitened, rng = Whitened(problem), np.random.default_rng(1)
    state = sampler.start(whitened, 20, rng)
    media = Media.of(whitened, state.cell, state.block)
    # when
    explained = media.explained(state.coefficient)
    # then: the same as by the covariance of the outcome, written out
    for chain in range(20):
        inside = np.eye(len(problem.outcome)) + problem.blocks[state.block[chain]].columns @ problem.blocks[state.block[chain]].columns.T
        left = problem.outcome - state.coefficient[chain] @ problem.feature[np.arange(3), state.cell[chain]]
        squares = [float(each @ np.linalg.solve(inside, each)) for each in (problem.outcome, left)]
        assert explained[chain] == pytest.approx(squares[0] - squares[1])
        assert media.left_over(problem.outcome, state.coefficient)[chain] == pytest.approx(left)


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
