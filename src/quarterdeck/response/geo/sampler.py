"""Collapsed Gibbs sampling of channel curves in several geos at once, over many chains.

As `response.fitting.sampler`, with one more layer: the coefficient of a channel in a geo lies around the channel's level, and the levels lie around what the
company's channels have in common. A channel's cell, and its level with the spread over geos, are drawn with the coefficients of all geos integrated out.
Sources: Liu 1994, "The collapsed Gibbs sampler"; Gelman & Hill 2007, "Data analysis using regression and multilevel models", chapter 13 (partial
pooling); the level is drawn over a grid laid at random around where it stands, as in Neal 2011, "MCMC using ensembles of states", section 2.
"""

from __future__ import annotations

import numpy as np

from quarterdeck.response.fitting.numerics import draw_above_zero, draw_between, log_half_line, log_normal_mass, pick
from quarterdeck.response.geo.shocks import Media, lay_grid, log_level, move_together
from quarterdeck.response.geo.state import Chains, State
from quarterdeck.response.geo.view import GeoView, product
from quarterdeck.response.series.series import FloatArray

_GRID = 10


def run(view: GeoView, state: State, draws: int, rng: np.random.Generator) -> Chains:
    """`draws` sweeps of every chain from `state`, which moves along."""
    kept, media = Chains.empty(state, draws), Media.of(view, state)
    for draw in range(draws):
        _draw_noise(view, state, media, rng)
        _draw_curves(view, state, rng)
        media = Media.of(view, state)
        move_together(view, state, media, rng)
        _draw_along_axes(view, state, media, rng)
        _draw_company(view, state, rng)
        kept.keep(draw, state)
    return kept


def _draw_curves(view: GeoView, state: State, rng: np.random.Generator) -> None:
    """A new level, cell and coefficient by geo of every channel in turn; `state.left` as W sees it."""
    geo = np.arange(state.left.shape[0])[:, None]
    for channel in range(state.cell.shape[1]):
        left = state.left + state.coefficient[:, :, channel, None] * view.seen[channel][state.block, geo, state.cell[:, channel]]
        _draw_curve(view, state, channel, left, rng)
        state.left = left - state.coefficient[:, :, channel, None] * view.seen[channel][state.block, geo, state.cell[:, channel]]


def _draw_curve(view: GeoView, state: State, channel: int, left: FloatArray, rng: np.random.Generator) -> None:
    """A new level, cell and coefficients of one channel. left [geo, chain, row]: W times the outcome less the other channels."""
    problem, geo, chain = view.problem, np.arange(left.shape[0])[:, None], np.arange(left.shape[1])
    single, cells = left.astype(np.float32), problem.feature[channel].shape[1]
    pull = product(single, problem.feature[channel].transpose(0, 2, 1)) / state.noise[:, :, None]
    strength = view.strength[channel][state.block, geo] / state.noise[:, :, None]
    here = state.cell[:, channel]
    _draw_level(view, state, channel, (strength[geo, chain, here], pull[geo, chain, here]), rng)
    level = state.level[:, channel]
    sharp = (problem.spreads[state.option[:, channel]] * level) ** -2.0
    precision = strength + sharp[:, None]
    at = (pull + (level * sharp)[:, None]) / np.sqrt(precision)
    weight = (log_half_line(at) - 0.5 * np.log(precision)).sum(axis=0) + problem.log_prior[channel, :cells]
    cell = pick(weight, rng)
    if state.counted is not None:
        share = np.exp(weight - weight.max(axis=1, keepdims=True))
        state.counted[channel, :cells] += (share / share.sum(axis=1, keepdims=True)).sum(axis=0)
    state.cell[:, channel] = cell
    spread = precision[geo, chain, cell] ** -0.5
    state.coefficient[:, :, channel] = draw_above_zero(at[geo, chain, cell] * spread, spread, rng)


def _draw_level(view: GeoView, state: State, channel: int, seen: tuple[FloatArray, FloatArray], rng: np.random.Generator) -> None:
    """A new level and spread over geos of one channel, its coefficients integrated out. seen: strength and pull [geo, chain] of the present cell."""
    problem, chains, (strength, pull) = view.problem, len(state.level), seen
    level = state.level[:, channel, None] * lay_grid(chains, _GRID, rng)  # [chain, place]
    sharp = 1.0 / (problem.spreads * level[:, :, None]) ** 2  # [chain, place, option]
    precision = strength[:, :, None, None] + sharp
    at = (pull[:, :, None, None] + level[:, :, None] * sharp) / np.sqrt(precision)
    weight = (log_half_line(at) - 0.5 * np.log(precision)).sum(axis=0)
    weight += len(strength) * (0.5 * np.log(sharp) - 0.5 * problem.spreads**-2.0 - log_normal_mass(1.0 / problem.spreads))
    weight += log_level(problem, state, level, channel)[:, :, None] + np.log(problem.spread_weight)
    place, option = np.divmod(pick(weight.reshape(chains, -1), rng), len(problem.spreads))
    state.level[:, channel], state.option[:, channel] = level[np.arange(chains), place], option


def _draw_along_axes(view: GeoView, state: State, media: Media, rng: np.random.Generator) -> None:
    """Move the coefficients of each geo along each axis of their joint posterior, cells, levels and shocks kept."""
    geos, chains, channels = state.coefficient.shape
    if channels < 2:
        return
    sharp = (view.problem.spreads[state.option] * state.level) ** -2.0
    precision = media.gram / state.noise[:, :, None, None]
    precision[:, :, np.arange(channels), np.arange(channels)] += sharp
    pull = media.pull_less_shocks(view, state) / state.noise[:, :, None] + state.level * sharp
    flat = along_axes(precision.reshape(-1, channels, channels), pull.reshape(-1, channels), state.coefficient.reshape(-1, channels), rng)
    state.coefficient = flat.reshape(geos, chains, channels)


def along_axes(precision: FloatArray, pull: FloatArray, at: FloatArray, rng: np.random.Generator) -> FloatArray:
    """Draws that start from `at` [n, channel] and move along each axis of normals of `precision` [n, channel, channel], cut off below 0."""
    axes = np.linalg.eigh(0.5 * (precision + precision.transpose(0, 2, 1)))[1]
    bent = np.matmul(precision, axes)
    sharpness = np.maximum((axes * bent).sum(axis=1), 1e-12)
    for axis in range(at.shape[1]):
        way = axes[:, :, axis]
        middle = ((pull * way).sum(axis=1) - (at * bent[:, :, axis]).sum(axis=1)) / sharpness[:, axis]
        with np.errstate(divide="ignore"):
            edge = np.where(np.abs(way) > 1e-12, -at / way, np.inf)
        low = np.where(way > 0, edge, -np.inf).max(axis=1)
        high = np.where(way < 0, edge, np.inf).min(axis=1)
        wide = sharpness[:, axis] ** -0.5
        step = middle + wide * draw_between((np.minimum(low, 0.0) - middle) / wide, (np.maximum(high, 0.0) - middle) / wide, rng)
        at = np.maximum(at + step[:, None] * way, 0.0)
    return at


def _draw_noise(view: GeoView, state: State, media: Media, rng: np.random.Generator) -> None:
    """The level's step of each geo with the noise integrated out, then the noise (over `trust`, as all else takes it); and what media and shocks leave, as W then sees it."""
    baselines, left = view.problem.baselines, media.left_over(view, state)
    parts = view.products(left)
    squares = np.maximum((left**2).sum(axis=2) - (parts**2).sum(axis=3), 1e-300)  # [candidate, geo, chain]
    trust = view.problem.trust
    shape = 1.0 + 0.5 * trust * left.shape[2]
    weight = (baselines.log_step + view.half_log_det)[:, :, None] - shape * np.log(0.01 + 0.5 * trust * squares)
    state.block = pick(np.moveaxis(weight, 0, 2), rng)
    here = np.take_along_axis(squares, state.block[None], 0)[0]
    state.noise = (0.01 + 0.5 * trust * here) / rng.standard_gamma(shape, size=here.shape) / trust
    back = view.back(parts)
    state.left = left - np.take_along_axis(back, state.block[None, :, :, None], 0)[0]


def _draw_company(view: GeoView, state: State, rng: np.random.Generator) -> None:
    """The common level of the channels without a prior of their own, given theirs."""
    problem, shared = view.problem, view.problem.stated == 0
    off = (state.level[:, shared] / problem.money[shared])[:, :, None] / problem.company - 1.0
    weight = (-np.log(problem.company) - 0.5 * (off / problem.spread) ** 2).sum(axis=1)
    state.company = pick(weight + np.log(problem.company_weight), rng)
