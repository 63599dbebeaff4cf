"""What moves all geos alike: shocks of a week, normal and independent, drawn together with how strong each channel is in all geos.

Media that run everywhere at once and shocks everywhere at once explain the same weeks. Given the shocks a channel looks surer than it is, and chains would
crawl; so channels are stretched in all geos with the shocks integrated out, and the shocks are drawn afterwards.
Sources: partially collapsed Gibbs, van Dyk & Park 2008; the sd of shocks moves with shocks and with their ratio kept, Yu & Meng 2011 (interweaving).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from quarterdeck.response.fitting.numerics import pick
from quarterdeck.response.geo.factor import Factor
from quarterdeck.response.geo.state import State
from quarterdeck.response.geo.view import GeoProblem, GeoView, product
from quarterdeck.response.series.series import FloatArray

SHOCK_SD = 0.5
"""Half normal prior of the sd of shocks, in units of the sd of the outcome per head."""
_LEAST_SD = 0.005
_PLACES, _FINEST, _WIDEST = 8, 0.02, 0.4
_MOVES = 6


@dataclass(frozen=True, eq=False)
class Media:
    """The chosen curves as each geo sees them. `feature`, `seen` (W feature) `[geo, chain, channel, row]`; `gram [geo, chain, channel, channel]`;
    `pull [geo, chain, channel]` of the outcome."""

    feature: FloatArray
    seen: FloatArray
    gram: FloatArray
    pull: FloatArray

    @classmethod
    def of(cls, view: GeoView, state: State) -> Media:
        """For the cells and blocks of `state`."""
        geo, cells = np.arange(len(state.block))[:, None], state.cell.T
        feature = np.stack([each[:, cell] for each, cell in zip(view.problem.feature, cells, strict=True)], axis=2).astype(np.float64)
        seen = np.stack([each[state.block, geo, cell] for each, cell in zip(view.seen, cells, strict=True)], axis=2).astype(np.float64)
        return cls(feature, seen, np.matmul(feature, seen.transpose(0, 1, 3, 2)), np.einsum("gnct,gt->gnc", seen, view.problem.outcome))

    def left_over(self, view: GeoView, state: State) -> FloatArray:
        """What media and shocks leave of the outcome [geo, chain, row]."""
        brought = np.matmul(state.coefficient[:, :, None, :], self.feature)[:, :, 0]
        left: FloatArray = view.problem.outcome[:, None] - brought
        return left - state.shock[:, view.problem.week] if view.problem.shocks else left

    def pull_less_shocks(self, view: GeoView, state: State) -> FloatArray:
        """The pull of the outcome less the shocks [geo, chain, channel]."""
        if not view.problem.shocks:
            return self.pull
        shocks = state.shock[:, view.problem.week][None, :, :, None]
        return np.asarray(self.pull - np.matmul(self.seen, shocks)[..., 0])


def lay_grid(chains: int, places: int, rng: np.random.Generator) -> FloatArray:
    """Factors [chain, place], evenly spaced as logarithms around 1, which stands at a random place: a fair choice among them is a fair move."""
    wide = np.exp(rng.uniform(np.log(_FINEST), np.log(_WIDEST), size=chains))
    place = np.arange(places) - rng.integers(places, size=chains)[:, None]
    return np.asarray(np.exp(wide[:, None] * place))


def log_level(problem: GeoProblem, state: State, level: FloatArray, channel: int | slice) -> FloatArray:
    """Log prior of the logarithm of levels, up to a constant. level [chain, place] of one channel, or [chain, place, channel] of all."""
    every = not isinstance(channel, int)
    common = (problem.company[state.company][:, None, None] if every else problem.company[state.company][:, None]) * problem.money[channel]
    stated = problem.stated[channel] > 0
    off = np.where(stated, (level - problem.location[channel]) / problem.scale[channel], (level / common - 1.0) / problem.spread)
    return np.asarray(np.log(level) - 0.5 * off**2)


def move_together(view: GeoView, state: State, media: Media, rng: np.random.Generator) -> None:
    """Stretch channels in all geos at once with the shocks integrated out, then draw the shocks and their sd."""
    sums = _Sums.of(view, state, media)
    stretch = np.ones_like(state.level)
    for move in range(_MOVES + stretch.shape[1] // 4):
        way = _direction(len(stretch), stretch.shape[1], move, rng)
        tried = stretch[:, None] * lay_grid(len(stretch), _PLACES, rng)[:, :, None] ** way[:, None]
        stretch = tried[np.arange(len(stretch)), pick(_log_weight(view, state, sums, tried), rng)]
    state.level = state.level * stretch
    state.coefficient = state.coefficient * stretch
    if view.problem.shocks:
        _draw_shocks(state, sums, stretch, rng)


@dataclass(frozen=True, eq=False)
class _Sums:
    """Over all geos: `gram [chain, channel, channel]` and `pull [chain, channel]` of what channels bring, shocks integrated out; `by_shock [chain, shock,
    channel + outcome]` what shocks see of them, `solved` the same through the factor of `precision [chain, shock, shock]`."""

    gram: FloatArray
    pull: FloatArray
    by_shock: FloatArray
    solved: FloatArray
    precision: FloatArray
    factor: Factor | None

    @classmethod
    def of(cls, view: GeoView, state: State, media: Media) -> _Sums:
        strong = state.coefficient / np.sqrt(state.noise)[:, :, None]
        gram = np.einsum("gnc,gncd,gnd->ncd", strong, media.gram, strong)
        pull = (state.coefficient * media.pull / state.noise[:, :, None]).sum(axis=0)
        if not view.problem.shocks:
            nothing = np.zeros((len(gram), 0, 0))
            return cls(gram, pull, nothing, nothing, nothing, None)
        brought = np.einsum("gnc,gnct->nct", state.coefficient / state.noise[:, :, None], media.seen)
        geo = np.arange(len(state.block))[:, None]
        outcome = (view.outcome[state.block, geo] / state.noise[:, :, None]).sum(axis=0)
        by_shock = view.by_week(np.concatenate([brought, outcome[:, None]], axis=1)).transpose(0, 2, 1)
        precision = _shock_precision(view, state)
        factor = Factor(precision)
        solved = factor.forward(by_shock)
        known = np.matmul(solved.transpose(0, 2, 1), solved)
        return cls(gram - known[:, :-1, :-1], pull - known[:, :-1, -1], by_shock, solved, precision, factor)


def _shock_precision(view: GeoView, state: State) -> FloatArray:
    candidates, geos, shocks, _ = view.shock_gram.shape
    weight = np.zeros((candidates, geos, len(state.shock_sd)))
    np.put_along_axis(weight, state.block[None], 1.0 / state.noise[None], 0)
    flat = product(weight.reshape(-1, weight.shape[2]).T, view.shock_gram.reshape(-1, shocks * shocks))
    precision = flat.reshape(-1, shocks, shocks)
    precision[:, np.arange(shocks), np.arange(shocks)] += state.shock_sd[:, None] ** -2.0
    return precision


def _log_weight(view: GeoView, state: State, sums: _Sums, tried: FloatArray) -> FloatArray:
    """Log posterior of channels stretched by `tried` [chain, place, channel], up to a constant [chain, place]."""
    weight = np.matmul(tried, sums.pull[:, :, None])[:, :, 0] - 0.5 * (np.matmul(tried, sums.gram) * tried).sum(axis=2)
    return np.asarray(weight + log_level(view.problem, state, state.level[:, None] * tried, slice(None)).sum(axis=2))


def _direction(chains: int, channels: int, move: int, rng: np.random.Generator) -> FloatArray:
    """A channel alone, two against each other, or all [chain, channel]."""
    if move % 3 == 2:
        return np.ones((chains, channels))
    way, rows = np.zeros((chains, channels)), np.arange(chains)
    first = rng.integers(channels, size=chains)
    way[rows, first] = 1.0
    if move % 3 == 1 and channels > 1:
        way[rows, (first + rng.integers(1, channels, size=chains)) % channels] = -1.0
    return way


def _draw_shocks(state: State, sums: _Sums, stretch: FloatArray, rng: np.random.Generator) -> None:
    """The shocks given channels, then their sd twice: with the shocks stretched along, and with the shocks kept."""
    assert sums.factor is not None
    chains, shocks = state.shock.shape
    weights = np.concatenate([-stretch, np.ones((chains, 1))], axis=1)[:, :, None]
    solved = np.matmul(sums.solved, weights) + rng.standard_normal((chains, shocks, 1))
    shock = sums.factor.backward(solved)
    once = (np.matmul(sums.by_shock, weights) * shock).sum(axis=(1, 2))
    twice = (np.matmul(sums.precision, shock) * shock).sum(axis=(1, 2)) - (shock[:, :, 0] ** 2).sum(axis=1) / state.shock_sd**2
    tried = lay_grid(chains, _PLACES, rng)
    sd = state.shock_sd[:, None] * tried
    weight = once[:, None] * tried - 0.5 * twice[:, None] * tried**2 + _log_sd(sd)
    rows, place = np.arange(chains), pick(weight, rng)
    state.shock, state.shock_sd = shock[:, :, 0] * tried[rows, place, None], sd[rows, place]
    sd = state.shock_sd[:, None] * lay_grid(chains, _PLACES, rng)
    weight = -shocks * np.log(sd) - 0.5 * (state.shock**2).sum(axis=1)[:, None] / sd**2 + _log_sd(sd)
    state.shock_sd = sd[rows, pick(weight, rng)]


def _log_sd(sd: FloatArray) -> FloatArray:
    """Log prior of the logarithm of the sd of shocks."""
    return np.where(sd < _LEAST_SD, -np.inf, np.log(sd) - 0.5 * (sd / SHOCK_SD) ** 2)
