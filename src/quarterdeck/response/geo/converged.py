"""Chains that are long enough: curves are sought on a coarse grid, which becomes finer where they lie, then chains run until they agree."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from quarterdeck.response.fitting.diagnostics import ESS_LIMIT, RHAT_LIMIT, ess, rhat
from quarterdeck.response.fitting.numerics import IntArray
from quarterdeck.response.geo import sampler
from quarterdeck.response.geo.grid import GeoGrid, build_coarse, moved, pruned, refined
from quarterdeck.response.geo.series import GeoSeries
from quarterdeck.response.geo.setting import MANY_AMOUNTS, Setting, on_grid, prepare
from quarterdeck.response.geo.state import Chains, State, start
from quarterdeck.response.priors.priors import ReturnPrior
from quarterdeck.response.series.series import FloatArray

CHAINS = 8
_SETTLING, _LOOKING, _FIRST_DRAWS, _MOST_DRAWS = 45, 15, 180, 2400
_MOST_WORK = 300e6
"""Draws times geos, rows and channels: fifty geos of thirty channels over four years are told after some minutes that they have not settled."""
_FEWEST_GEOS = 6


def seek_curves(series: GeoSeries, priors: Mapping[str, ReturnPrior], *, one_form: bool, rng: np.random.Generator) -> tuple[Setting, State]:
    """All geos of `series` on a grid that is fine where curves lie and rid of what is not reached, and chains that stand on it.

    With very many amounts the coarse grid is sought through in some of the geos alone, large and small ones, which keeps time and memory bounded.
    """
    coarse = build_coarse(len(series.channels), series.step_days, one_form=one_form, several=len(series.geos) > 1)
    asked = geos_to_ask(series)
    setting = prepare(series if len(asked) == len(series.geos) else series.of_geos(asked), priors, coarse)
    state = start(setting.view, CHAINS, rng)
    sampler.run(setting.view, state, _SETTLING, rng)
    fine = refined(coarse, _cell_weights(setting, state, rng))
    if len(asked) == len(series.geos):
        setting = _moved_to(setting, fine, state, rng)
        sampler.run(setting.view, state, _SETTLING // 3, rng)
    else:
        asked_scale, cell = setting.scale, moved(coarse, fine, state.cell, rng)
        setting = prepare(series, priors, fine)
        state = _in_all_geos(setting, state, cell, asked_scale / setting.scale, rng)
        sampler.run(setting.view, state, _SETTLING, rng)
    setting = _moved_to(setting, pruned(fine, _cell_weights(setting, state, rng)), state, rng)
    sampler.run(setting.view, state, _SETTLING // 3, rng)
    return setting, state


def geos_to_ask(series: GeoSeries) -> list[int]:
    """The numbers of geos in which curves are sought: all of them, or, where those are too many, an even pick from the largest to the smallest, with the
    geo that spent most on a channel wherever the others spent nothing on it."""
    geos = len(series.geos)
    room = max(_FEWEST_GEOS, MANY_AMOUNTS // max(series.spend.size // geos, 1))
    if room >= geos:
        return list(range(geos))
    by_size = np.argsort(-series.heads, kind="stable")
    asked = set(by_size[np.linspace(0, geos - 1, room).round().astype(int)].tolist())
    for money in series.spend.sum(axis=1).T:
        if money.any() and not money[sorted(asked)].any():
            asked.add(int(money.argmax()))
    return sorted(asked)


def run_until_converged(setting: Setting, state: State, rng: np.random.Generator) -> tuple[Chains, tuple[float, float]]:
    """Chains from `state`, their first part thrown away, with the worst R-hat and effective number of draws; at most as long as memory and time allow."""
    chains = sampler.run(setting.view, state, _FIRST_DRAWS, rng)
    checked = _convergence(setting, chains)
    most = min(_MOST_DRAWS, _MOST_WORK / setting.series.spend.size)
    while not has_converged(*checked) and len(chains.noise) < most:
        count = len(chains.noise)
        chains = chains.after(count // 8).then(sampler.run(setting.view, state, count // 2, rng))
        checked = _convergence(setting, chains)
    return chains, checked


def has_converged(rhat_max: float, ess_min: float) -> bool:
    """Whether chains agree and say enough."""
    return rhat_max <= RHAT_LIMIT and ess_min >= ESS_LIMIT


def totals_of(setting: Setting, chains: Chains) -> FloatArray:
    """What each channel brings a row in all geos together, in standard units [draw, chain, channel]."""
    by_geo = np.moveaxis(chains.coefficient, 1, 0)
    return np.asarray(np.einsum("g,gdnc->dnc", setting.heads, _returns(setting, chains.cell, by_geo)))


def _cell_weights(setting: Setting, state: State, rng: np.random.Generator) -> FloatArray:
    """How likely each cell was over some sweeps [channel, cell]."""
    state.counted = counted = np.zeros_like(setting.cells.grid.log_prior)
    sampler.run(setting.view, state, _LOOKING, rng)
    state.counted = None
    return counted


def _moved_to(setting: Setting, grid: GeoGrid, state: State, rng: np.random.Generator) -> Setting:
    """The same geos on another grid; chains move to the nearest cells."""
    state.cell = moved(setting.cells.grid, grid, state.cell, rng)
    return on_grid(setting, grid)


def _in_all_geos(setting: Setting, found: State, cell: IntArray, scale: float, rng: np.random.Generator) -> State:
    """Chains in all geos that begin with the cells and levels of those that were asked. scale: units of their levels in units of `setting`."""
    state = start(setting.view, CHAINS, rng)
    state.cell, state.level, state.option = cell, found.level * scale, found.option
    state.coefficient = np.repeat(state.level[None], len(setting.series.geos), axis=0)
    return state


def _returns(setting: Setting, cell: IntArray, coefficient: FloatArray) -> FloatArray:
    """What each channel brings per head and row in each geo, in standard units. cell [..., channel], coefficient [geo, ..., channel] -> the latter."""
    channel = np.arange(cell.shape[-1])
    return np.stack([coefficient[geo] * setting.cells.mean[channel, geo, cell] for geo in range(len(coefficient))])


def _convergence(setting: Setting, chains: Chains) -> tuple[float, float]:
    """The worst R-hat and effective number of draws over the coefficients of all geos, channels' totals, and the total of all channels."""
    by_geo = np.moveaxis(chains.coefficient, 1, 0)  # [geo, draw, chain, channel]
    totals = totals_of(setting, chains)
    watched = [*np.moveaxis(totals, 2, 0), totals.sum(axis=2), *np.moveaxis(np.log(chains.noise), 1, 0)]
    watched += [each for geo in by_geo for each in np.moveaxis(geo, 2, 0)]
    return max(rhat(each) for each in watched), min(ess(each) for each in watched)
