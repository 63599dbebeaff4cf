"""Collapsed Gibbs sampling of channel curves, over many chains at once.

The linear block is integrated out exactly: with columns Z (scaled to unit prior) and W = (I + Z Z')^-1, the outcome less media has density
N(0, noise * W^-1). A channel's coefficient has a normal prior cut off at 0, so that its cell can be drawn with the coefficient integrated out in
closed form, then the coefficient given the cell. Joint moves along the axes of the coefficients' posterior keep collinear channels mixing.
Sources: Liu 1994, "The collapsed Gibbs sampler"; Gelman et al. 2013, "Bayesian data analysis", section 14.8; Chen & Schmeiser 1993 (hit and run).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from quarterdeck.response.fitting.media import Media
from quarterdeck.response.fitting.numerics import IntArray, draw_above_zero, draw_between, log_half_line, matmul_in_rows, pick
from quarterdeck.response.fitting.whitened import SamplingProblem, Whitened
from quarterdeck.response.series.series import FloatArray

LEVEL_STEPS = (1, 2, 4)
"""How far the common level of all channels tries to jump in a sweep, in components."""


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
        _draw_curves(whitened, state, rng)
        media = _swap_two(whitened, state, _draw_along_axes(whitened, state, Media.of(whitened, state.cell, state.block), rng), rng)
        _move_level(whitened, state, media, rng)
        _draw_noise(whitened, state, media.left_over(whitened.problem.outcome, state.coefficient), rng)
        _draw_components(whitened, state, rng)
        kept.cell[draw], kept.coefficient[draw] = state.cell, state.coefficient
        kept.noise[draw], kept.block[draw] = state.noise, state.block
    return kept


def cell_log_weights(
    strength: FloatArray, pull: FloatArray, noise: FloatArray, location: FloatArray, scale: FloatArray
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Log marginal likelihood of each cell with the coefficient integrated out over [0, inf), up to a constant; and the location, in units of the scale,
    and the scale of the coefficient's posterior.

    strength f'Wf, pull f'W(outcome less the other channels) `[chain, cell]`; the others `[chain, 1]`.
    """
    precision = strength / noise
    precision += scale**-2
    at = pull / noise
    at += location / scale**2
    spread = 1.0 / np.sqrt(precision)
    at *= spread
    log_weight = log_half_line(at)
    log_weight -= 0.5 * np.log(precision)
    return log_weight, at, spread


def _draw_curves(whitened: Whitened, state: State, rng: np.random.Generator) -> None:
    """A new cell and coefficient of every channel in turn. What media leave over is kept as W sees it, so that all blocks share one product."""
    which = np.arange(state.cell.shape[1])
    seen = whitened.seen[state.block[:, None], which, state.cell]
    left = whitened.outcome[state.block] - np.matmul(state.coefficient[:, None, :], seen)[:, 0]
    for channel in range(len(which)):
        left = _draw_curve(whitened, state, channel, left + state.coefficient[:, channel, None] * seen[:, channel], rng)


def _draw_curve(whitened: Whitened, state: State, channel: int, left: FloatArray, rng: np.random.Generator) -> FloatArray:
    """A new cell and coefficient of one channel in every chain. left [chain, week]: W times the outcome less the other channels; returns it less this one."""
    problem, rows, component = whitened.problem, np.arange(len(left)), state.component[:, channel]
    pull = matmul_in_rows(left, whitened.across[channel])
    location, scale = problem.location[channel, component][:, None], problem.scale[channel, component][:, None]
    log_weight, at, spread = cell_log_weights(whitened.strength[state.block, channel], pull, state.noise[:, None], location, scale)
    log_weight += whitened.log_prior[channel]
    cell = pick(log_weight, rng)
    spread = spread[rows, cell]
    coefficient = draw_above_zero(at[rows, cell] * spread, spread, rng)
    state.cell[:, channel], state.coefficient[:, channel] = cell, coefficient
    after: FloatArray = left - coefficient[:, None] * whitened.seen[state.block, channel, cell]
    return after


def _draw_along_axes(whitened: Whitened, state: State, media: Media, rng: np.random.Generator) -> Media:
    """Move all coefficients of a chain along each axis of their joint posterior, cells kept: exact draws on a line within the positive corner.

    Axes are independent of each other but for the corner, so how far one is from where it would be does not change while others move.
    """
    problem, channels = whitened.problem, np.arange(state.cell.shape[1])
    if len(channels) < 2:
        return media
    location, scale = problem.location[channels, state.component], problem.scale[channels, state.component]
    precision = media.gram / state.noise[:, None, None]
    precision[:, channels, channels] += scale**-2
    pull = media.pull / state.noise[:, None] + location / scale**2
    sharpness, axes = np.linalg.eigh(0.5 * (precision + precision.transpose(0, 2, 1)))
    root = np.maximum(sharpness, 1e-12) ** -0.5
    along = axes.transpose(0, 2, 1)
    wished = np.matmul(along, pull[:, :, None])[:, :, 0] * root**2  # where each axis would be, were there no corner
    step_to_wish, at = wished - np.matmul(along, state.coefficient[:, :, None])[:, :, 0], state.coefficient
    for axis in range(len(channels)):
        way, middle, wide = axes[:, :, axis], step_to_wish[:, axis], root[:, axis]
        with np.errstate(divide="ignore"):
            edge = np.where(np.abs(way) > 1e-12, -at / way, np.inf)
        low = np.where(way > 0, edge, -np.inf).max(axis=1)
        high = np.where(way < 0, edge, np.inf).min(axis=1)
        step = middle + wide * draw_between((np.minimum(low, 0.0) - middle) / wide, (np.maximum(high, 0.0) - middle) / wide, rng)
        at = np.maximum(at + step[:, None] * way, 0.0)
    state.coefficient = at
    return media


def _swap_two(whitened: Whitened, state: State, media: Media, rng: np.random.Generator) -> Media:
    """Propose that two channels exchange curve and coefficient (Metropolis).

    Look-alikes need it to trade places, which would take long with one channel moving at a time.
    """
    chains, channels = state.cell.shape
    if channels < 2:
        return media
    rows = np.arange(chains)
    first = rng.integers(channels, size=chains)
    second = (first + rng.integers(1, channels, size=chains)) % channels
    order = np.tile(np.arange(channels), (chains, 1))
    order[rows, first], order[rows, second] = second, first
    cell, coefficient = np.take_along_axis(state.cell, order, 1), np.take_along_axis(state.coefficient, order, 1)
    trial = State(cell, coefficient, state.noise, state.block, state.component)
    then = Media.of(whitened, cell, state.block)
    more = then.explained(coefficient) - media.explained(state.coefficient)
    gain = 0.5 * more / state.noise + _log_prior(whitened, trial) - _log_prior(whitened, state)
    taken = np.log(1.0 - rng.random(chains)) < gain
    state.cell = np.where(taken[:, None], trial.cell, state.cell)
    state.coefficient = np.where(taken[:, None], trial.coefficient, state.coefficient)
    for now, new in ((media.feature, then.feature), (media.gram, then.gram), (media.pull, then.pull)):
        now[taken] = new[taken]
    return media


def _move_level(whitened: Whitened, state: State, media: Media, rng: np.random.Generator) -> None:
    """Propose the next component for the shared channels, their coefficients stretched with it (Metropolis).

    Component and coefficients hold each other tight, so that one alone moves slowly. Location and scale grow alike from one component to the next,
    so the prior of stretched coefficients is the old one divided by the stretch: it cancels against the Jacobian.
    """
    problem, shared = whitened.problem, np.flatnonzero(whitened.problem.shared)
    if not len(shared):
        return
    log_weight, scale = whitened.log_weight[shared[0]], problem.scale[shared[0]]
    stretched = state.coefficient * problem.shared
    bent = np.matmul(media.gram, stretched[:, :, None])[:, :, 0]
    once = 2.0 * (stretched * media.pull - (state.coefficient - stretched) * bent).sum(axis=1)
    twice, start = (stretched * bent).sum(axis=1), state.component[:, shared[0]]
    at, stretch = start, np.ones(len(start))  # explained: once * stretch - twice * stretch^2, beside what other channels explain
    for reach in LEVEL_STEPS:
        after = at + rng.integers(1, reach + 1, size=len(at)) * np.where(rng.random(len(at)) < 0.5, -1, 1)
        inside = (after >= 0) & (after < problem.weight.shape[1])
        after = np.where(inside, after, at)
        trial = scale[after] / scale[start]
        more = (trial - stretch) * (once - twice * (trial + stretch))
        taken = inside & (np.log(1.0 - rng.random(len(at))) < 0.5 * more / state.noise + log_weight[after] - log_weight[at])
        at, stretch = np.where(taken, after, at), np.where(taken, trial, stretch)
    state.component[:, shared] = at[:, None]
    state.coefficient = np.where(problem.shared, state.coefficient * stretch[:, None], state.coefficient)


def _log_prior(whitened: Whitened, state: State) -> FloatArray:
    """Of cells and coefficients given their components, up to what swapping leaves as it is [chain]."""
    problem, channels = whitened.problem, np.arange(state.cell.shape[1])
    location, scale = problem.location[channels, state.component], problem.scale[channels, state.component]
    density = whitened.log_prior[channels, state.cell] - 0.5 * ((state.coefficient - location) / scale) ** 2
    total: FloatArray = density.sum(axis=1)
    return total


def _draw_noise(whitened: Whitened, state: State, left: FloatArray, rng: np.random.Generator) -> None:
    """The block with the noise integrated out, then the noise."""
    problem, squares = whitened.problem, whitened.squares(left)
    shape = problem.noise_shape + 0.5 * left.shape[1]
    if len(problem.blocks) > 1:
        state.block = pick(problem.log_step + whitened.half_log_det - shape * np.log(problem.noise_rate + 0.5 * squares), rng)
    rate = problem.noise_rate + 0.5 * squares[np.arange(len(left)), state.block]
    state.noise = rate / rng.standard_gamma(shape, size=len(left))


def _draw_components(whitened: Whitened, state: State, rng: np.random.Generator) -> None:
    """Which component of its prior each coefficient comes from; shared channels speak together."""
    problem, shared = whitened.problem, whitened.problem.shared
    if problem.weight.shape[1] == 1:
        return
    density = whitened.log_component - 0.5 * ((state.coefficient[:, :, None] - problem.location) / problem.scale) ** 2
    state.component = pick(whitened.log_weight + density, rng)
    if shared.any():
        together = whitened.log_weight[shared][0] + density[:, shared].sum(axis=1)
        state.component[:, shared] = pick(together, rng)[:, None]


def _in_common(problem: SamplingProblem, component: IntArray) -> IntArray:
    """`component` [chain, channel] with all shared channels in the component of the first of them."""
    shared = np.flatnonzero(problem.shared)
    if len(shared):
        component[:, shared] = component[:, shared[:1]]
    return component
