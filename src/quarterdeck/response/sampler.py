"""Collapsed Gibbs sampling of channel curves, over many chains at once.

The linear block is integrated out exactly: with columns Z (scaled to unit prior) and W = (I + Z Z')^-1, the outcome less media has density
N(0, noise * W^-1). A channel's coefficient has a normal prior cut off at 0, so that its cell can be drawn with the coefficient integrated out in
closed form, then the coefficient given the cell. Joint moves along the axes of the coefficients' posterior keep collinear channels mixing.
Sources: Liu 1994, "The collapsed Gibbs sampler"; Gelman et al. 2013, "Bayesian data analysis", section 14.8; Chen & Schmeiser 1993 (hit and run).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from quarterdeck.response.numerics import IntArray, draw_above_zero, draw_between, log_normal_mass, matmul_in_rows, pick
from quarterdeck.response.series import FloatArray
from quarterdeck.response.whitened import SamplingProblem, Whitened

LEVEL_STEPS = (1, 2, 4)
"""How far the common level of all channels tries to jump in a sweep, in components."""
NOISE_SHAPE, NOISE_RATE = 1.0, 0.01  # inverse gamma of the noise variance, in units of the outcome's variance: some 1 % of it, very wide


@dataclass(frozen=True, eq=False)
class Chains:
    """Draws. Shapes: `cell`, `coefficient` `[draw, chain, channel]`; `noise` (variance), `block` `[draw, chain]`."""

    cell: IntArray
    coefficient: FloatArray
    noise: FloatArray
    block: IntArray

    def after(self, first: int) -> Chains:
        """Without the first draws."""
        return Chains(self.cell[first:], self.coefficient[first:], self.noise[first:], self.block[first:])

    def then(self, later: Chains) -> Chains:
        """These draws followed by `later` ones."""
        return Chains(
            np.concatenate([self.cell, later.cell]),
            np.concatenate([self.coefficient, later.coefficient]),
            np.concatenate([self.noise, later.noise]),
            np.concatenate([self.block, later.block]),
        )


@dataclass(eq=False)
class State:
    """Where the chains stand."""

    cell: IntArray
    coefficient: FloatArray
    noise: FloatArray
    block: IntArray
    component: IntArray


def start(whitened: Whitened, chains: int, rng: np.random.Generator) -> State:
    """Chains spread over the prior: cells and blocks anywhere, coefficients from their priors."""
    problem = whitened.problem
    channels, cells, _ = problem.feature.shape
    component = _in_common(problem, pick(np.broadcast_to(np.log(np.maximum(problem.weight, 1e-300)), (chains, *problem.weight.shape)), rng))
    which = np.arange(channels)
    coefficient = draw_above_zero(problem.location[which, component], problem.scale[which, component], rng)
    return State(
        rng.integers(cells, size=(chains, channels)), coefficient, np.full(chains, 0.5), rng.integers(len(problem.blocks), size=chains), component
    )


def run(whitened: Whitened, state: State, draws: int, rng: np.random.Generator) -> Chains:
    """`draws` sweeps of every chain from `state`, which moves along."""
    chains, channels = state.cell.shape
    kept = Chains(
        np.empty((draws, chains, channels), np.int64),
        np.empty((draws, chains, channels)),
        np.empty((draws, chains)),
        np.empty((draws, chains), np.int64),
    )
    for draw in range(draws):
        left = _left_over(whitened.problem, state)
        for channel in range(channels):
            left = _draw_curve(whitened, state, channel, left, rng)
        _draw_along_axes(whitened, state, rng)
        _swap_two(whitened, state, rng)
        _move_level(whitened, state, rng)
        _draw_noise(whitened, state, _left_over(whitened.problem, state), rng)
        _draw_components(whitened.problem, state, rng)
        kept.cell[draw], kept.coefficient[draw] = state.cell, state.coefficient
        kept.noise[draw], kept.block[draw] = state.noise, state.block
    return kept


def cell_log_weights(
    strength: FloatArray, pull: FloatArray, noise: FloatArray, location: FloatArray, scale: FloatArray
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Log marginal likelihood of each cell with the coefficient integrated out over [0, inf), up to a constant; and its posterior location and scale.

    strength f'Wf, pull f'W(outcome less the other channels) `[chain, cell]`; the others `[chain, 1]`.
    """
    precision = strength / noise + 1.0 / scale**2
    middle = (pull / noise + location / scale**2) / precision
    spread = precision**-0.5
    log_weight: FloatArray = 0.5 * (middle / spread) ** 2 + np.log(spread) + log_normal_mass(middle / spread)
    return log_weight, middle, spread


def _left_over(problem: SamplingProblem, state: State) -> FloatArray:
    chosen = problem.feature[np.arange(state.cell.shape[1]), state.cell]  # [chain, channel, week]
    left: FloatArray = problem.outcome - np.matmul(state.coefficient[:, None, :], chosen)[:, 0]
    return left


def _draw_curve(whitened: Whitened, state: State, channel: int, left: FloatArray, rng: np.random.Generator) -> FloatArray:
    """A new cell and coefficient of one channel in every chain; returns what media then leave over."""
    problem, rows = whitened.problem, np.arange(len(left))
    features = problem.feature[channel]
    left = left + state.coefficient[:, channel, None] * features[state.cell[:, channel]]
    pull = np.empty((len(left), features.shape[0]))
    for block in range(len(problem.blocks)):
        there = np.flatnonzero(state.block == block)
        if len(there):
            pull[there] = matmul_in_rows(left[there], whitened.seen[block, channel].T)
    component = state.component[:, channel]
    location, scale = problem.location[channel, component][:, None], problem.scale[channel, component][:, None]
    log_weight, middle, spread = cell_log_weights(whitened.strength[state.block, channel], pull, state.noise[:, None], location, scale)
    cell = pick(log_weight + problem.log_prior, rng)
    state.cell[:, channel] = cell
    state.coefficient[:, channel] = draw_above_zero(middle[rows, cell], spread[rows, cell], rng)
    after: FloatArray = left - state.coefficient[:, channel, None] * features[cell]
    return after


def _draw_along_axes(whitened: Whitened, state: State, rng: np.random.Generator) -> None:
    """Move all coefficients of a chain along each axis of their joint posterior, cells kept: exact draws on a line within the positive corner."""
    problem, channels = whitened.problem, np.arange(state.cell.shape[1])
    if len(channels) < 2:
        return
    chosen = problem.feature[channels, state.cell]
    seen = whitened.seen[state.block[:, None], channels, state.cell]
    location, scale = problem.location[channels, state.component], problem.scale[channels, state.component]
    precision = np.matmul(chosen, seen.transpose(0, 2, 1)) / state.noise[:, None, None]
    precision[:, channels, channels] += scale**-2
    pull = np.matmul(chosen, whitened.outcome[state.block][:, :, None])[:, :, 0] / state.noise[:, None] + location / scale**2
    axes = np.linalg.eigh(0.5 * (precision + precision.transpose(0, 2, 1)))[1]
    at = state.coefficient
    for axis in range(len(channels)):
        way = axes[:, :, axis]
        bent = np.einsum("nij,nj->ni", precision, way)
        sharpness = np.maximum((way * bent).sum(axis=1), 1e-12)
        middle = ((pull * way).sum(axis=1) - (at * bent).sum(axis=1)) / sharpness
        with np.errstate(divide="ignore"):
            edge = np.where(np.abs(way) > 1e-12, -at / way, np.inf)
        low = np.where(way > 0, edge, -np.inf).max(axis=1)
        high = np.where(way < 0, edge, np.inf).min(axis=1)
        root = sharpness**-0.5
        step = middle + root * draw_between((np.minimum(low, 0.0) - middle) / root, (np.maximum(high, 0.0) - middle) / root, rng)
        at = np.maximum(at + step[:, None] * way, 0.0)
    state.coefficient = at


def _swap_two(whitened: Whitened, state: State, rng: np.random.Generator) -> None:
    """Propose that two channels exchange curve and coefficient (Metropolis).

    Look-alikes need it to trade places, which would take long with one channel moving at a time.
    """
    problem, (chains, channels) = whitened.problem, state.cell.shape
    if channels < 2:
        return
    rows = np.arange(chains)
    first = rng.integers(channels, size=chains)
    second = (first + rng.integers(1, channels, size=chains)) % channels
    order = np.tile(np.arange(channels), (chains, 1))
    order[rows, first], order[rows, second] = second, first
    cell, coefficient = np.take_along_axis(state.cell, order, 1), np.take_along_axis(state.coefficient, order, 1)
    trial = State(cell, coefficient, state.noise, state.block, state.component)
    now, then = (whitened.squares_in(state.block, _left_over(problem, where)) for where in (state, trial))
    gain = 0.5 * (now - then) / state.noise + _log_prior(problem, trial) - _log_prior(problem, state)
    taken = np.log(1.0 - rng.random(chains)) < gain
    state.cell = np.where(taken[:, None], trial.cell, state.cell)
    state.coefficient = np.where(taken[:, None], trial.coefficient, state.coefficient)


def _move_level(whitened: Whitened, state: State, rng: np.random.Generator) -> None:
    """Propose the next component for the shared channels, their coefficients stretched with it (Metropolis).

    Component and coefficients hold each other tight, so that one alone moves slowly. Location and scale grow alike from one component to the next,
    so the prior of stretched coefficients is the old one divided by the stretch: it cancels against the Jacobian.
    """
    problem, shared = whitened.problem, np.flatnonzero(whitened.problem.shared)
    if not len(shared):
        return
    log_weight = np.log(np.maximum(problem.weight[shared[0]], 1e-300))
    now = whitened.squares_in(state.block, _left_over(problem, state))
    for reach in LEVEL_STEPS:
        before = state.component[:, shared[0]]
        after = before + rng.integers(1, reach + 1, size=len(before)) * np.where(rng.random(len(before)) < 0.5, -1, 1)
        inside = (after >= 0) & (after < problem.weight.shape[1])
        after = np.where(inside, after, before)
        coefficient = state.coefficient.copy()
        coefficient[:, shared] *= (problem.scale[shared[0], after] / problem.scale[shared[0], before])[:, None]
        then = whitened.squares_in(state.block, _left_over(problem, State(state.cell, coefficient, state.noise, state.block, state.component)))
        gain = 0.5 * (now - then) / state.noise + log_weight[after] - log_weight[before]
        taken = inside & (np.log(1.0 - rng.random(len(before))) < gain)
        state.coefficient = np.where(taken[:, None], coefficient, state.coefficient)
        state.component[:, shared] = np.where(taken, after, before)[:, None]
        now = np.where(taken, then, now)


def _log_prior(problem: SamplingProblem, state: State) -> FloatArray:
    """Of cells and coefficients given their components, up to what swapping leaves as it is [chain]."""
    channels = np.arange(state.cell.shape[1])
    location, scale = problem.location[channels, state.component], problem.scale[channels, state.component]
    density = problem.log_prior[state.cell] - 0.5 * ((state.coefficient - location) / scale) ** 2
    total: FloatArray = density.sum(axis=1)
    return total


def _draw_noise(whitened: Whitened, state: State, left: FloatArray, rng: np.random.Generator) -> None:
    """The block with the noise integrated out, then the noise."""
    squares = whitened.squares(left)
    shape = NOISE_SHAPE + 0.5 * left.shape[1]
    log_weight = whitened.problem.log_step + whitened.half_log_det - shape * np.log(NOISE_RATE + 0.5 * squares)
    state.block = pick(log_weight, rng)
    rate = NOISE_RATE + 0.5 * squares[np.arange(len(left)), state.block]
    state.noise = rate / rng.standard_gamma(shape, size=len(left))


def _draw_components(problem: SamplingProblem, state: State, rng: np.random.Generator) -> None:
    """Which component of its prior each coefficient comes from; shared channels speak together."""
    location, scale, shared = problem.location, problem.scale, problem.shared
    log_weight = np.log(np.maximum(problem.weight, 1e-300))
    density = -np.log(scale) - log_normal_mass(location / scale) - 0.5 * ((state.coefficient[:, :, None] - location) / scale) ** 2
    state.component = pick(log_weight + density, rng)
    if shared.any():
        together = log_weight[shared][0] + density[:, shared].sum(axis=1)
        state.component[:, shared] = pick(together, rng)[:, None]


def _in_common(problem: SamplingProblem, component: IntArray) -> IntArray:
    """`component` [chain, channel] with all shared channels in the component of the first of them."""
    shared = np.flatnonzero(problem.shared)
    if len(shared):
        component[:, shared] = component[:, shared[:1]]
    return component
