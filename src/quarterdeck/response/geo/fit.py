"""From the series of geos to a fit: check, scale per head, sample until converged, and give back draws in the outcome's own units for every geo."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Literal

import numpy as np

from quarterdeck.kernel.problems import InvalidInput, Problem
from quarterdeck.response.baseline.block import STEPS
from quarterdeck.response.diagnostics import ESS_LIMIT, RHAT_LIMIT, FitDiagnostics, ess, rhat
from quarterdeck.response.fit import check_series
from quarterdeck.response.geo import sampler
from quarterdeck.response.geo.baseline import build_geo_baselines
from quarterdeck.response.geo.cells import build_geo_cells
from quarterdeck.response.geo.drawn import Picked, Setting, fit_of_geo
from quarterdeck.response.geo.findings import find_about_geos
from quarterdeck.response.geo.fitted import GeoFit
from quarterdeck.response.geo.grid import GeoGrid, build_coarse, moved, plain_cell, pruned, refined
from quarterdeck.response.geo.series import GeoSeries
from quarterdeck.response.geo.state import Chains, State, start
from quarterdeck.response.geo.view import GeoProblem, GeoView
from quarterdeck.response.numerics import IntArray
from quarterdeck.response.priors import SPREAD, ReturnPrior, build_beliefs, prior_sds
from quarterdeck.response.series import WEEK, FloatArray

SPREADS = np.array([0.08, 0.2, 0.45])
"""How far a channel's coefficient in a geo may lie from its level in all geos, as a share of it."""
SPREAD_WEIGHTS = np.array([0.35, 0.4, 0.25])
ONE_GEO_SPREAD = 0.03
TRUSTED_ROWS = 2000.0
"""All rows of all geos together never count for more than so many. Curves are no more than nearly right, and rows without end would make them sure of
what is nearly right. Source: coarsened posterior, Miller & Dunson 2019, "Robust Bayesian inference via coarsening", section 3; the number was
chosen on three simulated companies and tried on others (docs/proof/geo.md)."""
CHAINS = 8
_SETTLING, _LOOKING, _FIRST_DRAWS, _MOST_DRAWS = 45, 15, 180, 2400
_MOST_WORK = 60e6
"""Draws times geos, rows and channels: fifty geos of thirty channels are told after some minutes that they have not settled, not after an hour."""
_MANY_VALUES = 60_000_000
"""Features of more values than this are held for one level step a geo alone, so that memory stays below a few gigabytes."""
_KEPT_STEPS = 2


def fit_geo(
    series: GeoSeries, *, seed: int, priors: Mapping[str, ReturnPrior] | None = None, forms: Literal["auto", "one"] = "auto", draws: int = 400
) -> GeoFit:
    """A fit of all geos of `series` together with `draws` draws, the same for the same input and seed.

    Each geo has a baseline and noise of its own; carry-over and saturation (half in money per head) of a channel are the same in all geos; what a
    channel brings per head lies around a level that all geos share, so that a geo with few facts is drawn to the others. Shocks that move all geos in
    the same week are part of the model. `priors` are about the return of a channel in all geos together. `forms`: "auto" weighs several forms of
    curves, "one" takes geometric carry-over with logistic saturation, which is faster.
    Raises: InvalidInput as `fit_response` for the sum of all geos, and for a geo whose outcome never changes (RESPONSE-036) or that has no size
    (RESPONSE-037).
    """
    check_geos(series, priors or {})
    setting = prepare(series, priors or {}, forms)
    rng = np.random.default_rng(seed)
    setting, chains, checked = _sample_until_converged(setting, rng)
    return _fitted(setting, chains, checked, draws=draws, seed=seed, rng=rng)


def check_geos(series: GeoSeries, priors: Mapping[str, ReturnPrior]) -> None:
    """Raises InvalidInput with everything that makes `series` impossible to fit."""
    problems: list[Problem] = []
    try:
        check_series(series.in_total(), priors)
    except InvalidInput as found:
        problems += found.problems
    for number, geo in enumerate(series.geos):
        if len(series) and np.ptp(series.outcome[number]) == 0:
            fix = "Check the import, or leave the geo out."
            problems.append(Problem("RESPONSE-036", f"outcome of {geo}", "the same in every row", "an outcome that changes", fix))
        elif series.population is None and not series.outcome[number].mean() > 0:
            fix = "Give the population of every geo, or leave the geo out."
            problems.append(Problem("RESPONSE-037", f"size of {geo}", "a mean outcome that is not above 0", "a geo of some size", fix))
        if series.population is not None and not (np.isfinite(series.population[number]) and series.population[number] > 0):
            problems.append(Problem("RESPONSE-033", "population", f"{series.population[number]:g} in {geo}", "a number above 0", "Correct it."))
    if problems:
        raise InvalidInput(problems, state="Nothing was fitted.")


def prepare(series: GeoSeries, priors: Mapping[str, ReturnPrior], forms: Literal["auto", "one"] = "auto") -> Setting:
    """Standard units per head, cells, baselines, and priors in those units."""
    total, heads = series.in_total(), series.heads
    size = series.outcome / heads[:, None]
    centre = size.mean(axis=1)
    scale = float(np.sqrt((size.std(axis=1) ** 2).mean()))
    outcome = (size - centre[:, None]) / scale
    grid = build_coarse(len(series.channels), series.step_days, one_form=forms == "one", several=len(series.geos) > 1)
    cells = build_geo_cells(series.spend, heads, grid)
    parts = tuple(series.of_geo(number) for number in range(len(series.geos)))
    media = cells.feature[:, :, plain_cell(grid)].transpose(1, 2, 0).astype(np.float64)
    kept = 1 if cells.feature.size > _MANY_VALUES else min(_KEPT_STEPS, len(STEPS))
    baselines = build_geo_baselines(parts, outcome, media, kept)
    money = cells.spend / (len(series) * float(heads.sum()) * scale)
    beliefs = build_beliefs(total, priors)
    alone = len(series.geos) == 1
    common = beliefs.shared if beliefs.shared.any() else np.ones(len(money), bool)
    first = int(np.flatnonzero(common)[0])
    problem = GeoProblem(
        outcome,
        cells.feature,
        grid.log_prior,
        baselines,
        beliefs.location[first],
        beliefs.weight[first] if beliefs.shared.any() else np.full(beliefs.weight.shape[1], 1.0 / beliefs.weight.shape[1]),
        money,
        SPREAD,
        np.where(beliefs.shared, 0.0, 1.0),
        beliefs.location[:, 0] * money,
        beliefs.scale[:, 0] * money,
        np.array([ONE_GEO_SPREAD]) if alone else SPREADS,
        np.ones(1) if alone else SPREAD_WEIGHTS,
        np.arange(len(series)) * series.step_days // WEEK,
        1.0 if alone else 1.0 / (1.0 + series.outcome.size / TRUSTED_ROWS),
    )
    return Setting(series, cells, beliefs, heads, centre, scale, money, GeoView(problem))


def _sample_until_converged(setting: Setting, rng: np.random.Generator) -> tuple[Setting, Chains, tuple[float, float]]:
    """Chains that are long enough, their first part thrown away, with the worst R-hat and effective number of draws; on the grid that they ended up with.

    The grid is made finer where the first sweeps say that curves lie, and rid of what later ones do not reach.
    """
    state = start(setting.view, CHAINS, rng)
    sampler.run(setting.view, state, _SETTLING, rng)
    for sharpened in (refined, pruned):
        weight = _cell_weights(setting, state, rng)
        setting = _on_grid(setting, sharpened(setting.cells.grid, weight), state, rng)
        sampler.run(setting.view, state, _SETTLING // 3, rng)
    chains = sampler.run(setting.view, state, _FIRST_DRAWS, rng)
    checked = _convergence(setting, chains)
    most = min(_MOST_DRAWS, _MOST_WORK / setting.series.spend.size)
    while not _has_converged(*checked) and len(chains.noise) < most:
        count = len(chains.noise)
        chains = chains.after(count // 8).then(sampler.run(setting.view, state, count // 2, rng))
        checked = _convergence(setting, chains)
    return setting, chains, checked


def _cell_weights(setting: Setting, state: State, rng: np.random.Generator) -> FloatArray:
    """How likely each cell was over some sweeps [channel, cell]."""
    state.counted = counted = np.zeros_like(setting.cells.grid.log_prior)
    sampler.run(setting.view, state, _LOOKING, rng)
    state.counted = None
    return counted


def _on_grid(setting: Setting, grid: GeoGrid, state: State, rng: np.random.Generator) -> Setting:
    """The same geos on another grid; chains move to the nearest cells."""
    state.cell = moved(setting.cells.grid, grid, state.cell, rng)
    cells = build_geo_cells(setting.series.spend, setting.heads, grid)
    problem = replace(setting.view.problem, feature=cells.feature, log_prior=grid.log_prior)
    return replace(setting, cells=cells, view=GeoView(problem))


def _returns(setting: Setting, cell: IntArray, coefficient: FloatArray) -> FloatArray:
    """What each channel brings per head and row in each geo, in standard units. cell [..., channel], coefficient [geo, ..., channel] -> the latter."""
    channel = np.arange(cell.shape[-1])
    return np.stack([coefficient[geo] * setting.cells.mean[channel, geo, cell] for geo in range(len(coefficient))])


def _convergence(setting: Setting, chains: Chains) -> tuple[float, float]:
    """The worst R-hat and effective number of draws over the coefficients of all geos, channels' totals, and the total of all channels."""
    by_geo = np.moveaxis(chains.coefficient, 1, 0)  # [geo, draw, chain, channel]
    totals = np.einsum("g,gdnc->dnc", setting.heads, _returns(setting, chains.cell, by_geo))
    watched = [*np.moveaxis(totals, 2, 0), totals.sum(axis=2), *np.moveaxis(np.log(chains.noise), 1, 0)]
    watched += [each for geo in by_geo for each in np.moveaxis(geo, 2, 0)]
    return max(rhat(each) for each in watched), min(ess(each) for each in watched)


def _has_converged(rhat_max: float, ess_min: float) -> bool:
    return rhat_max <= RHAT_LIMIT and ess_min >= ESS_LIMIT


def _fitted(setting: Setting, chains: Chains, checked: tuple[float, float], *, draws: int, seed: int, rng: np.random.Generator) -> GeoFit:
    picked, series = Picked.of(chains, draws), setting.series
    converged = _has_converged(*checked), *checked
    fits = tuple(fit_of_geo(setting, picked, number, converged, seed=seed, rng=rng) for number in range(len(series.geos)))
    brought = np.sum([fit.returns * fit.spend.sum(axis=0) for fit in fits], axis=0)
    money = series.spend.sum(axis=(0, 1))
    level = np.einsum("gdc,g->dc", picked.coefficient, setting.heads / setting.heads.sum()) / setting.money
    returns = np.where(money > 0, brought / np.where(money > 0, money, 1.0), level)
    found = find_about_geos(series, returns)
    gain = float(sum(fit.diagnostics.media_gain for fit in fits))
    sd = picked.shock_sd * setting.scale if setting.view.problem.shocks else np.zeros(draws)
    shocks = picked.shock[:, setting.view.problem.week] * setting.scale if setting.view.problem.shocks else np.zeros((draws, len(series)))
    diagnostics = FitDiagnostics(*converged, gain, found)
    return GeoFit(series, fits, returns, sd, shocks, setting.beliefs.stated, prior_sds(setting.beliefs, returns), diagnostics, seed)
