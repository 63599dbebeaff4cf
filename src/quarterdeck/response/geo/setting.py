"""Geos made ready to be sampled: everything per head and in standard units, cells of curves, baselines, and priors in those units."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from quarterdeck.response.fitting.numerics import IntArray
from quarterdeck.response.geo.baseline import GeoBaselines, build_geo_baselines
from quarterdeck.response.geo.cells import GeoCells, build_geo_cells
from quarterdeck.response.geo.grid import GeoGrid, build_plain
from quarterdeck.response.geo.series import GeoSeries
from quarterdeck.response.geo.view import GeoProblem, GeoView
from quarterdeck.response.priors.priors import SPREAD, ReturnBeliefs, ReturnPrior, build_beliefs
from quarterdeck.response.series.series import WEEK, FloatArray

SPREADS = np.array([0.08, 0.2, 0.45])
"""How far a channel's coefficient in a geo may lie from its level in all geos, as a share of it."""
SPREAD_WEIGHTS = np.array([0.35, 0.4, 0.25])
ONE_GEO_SPREAD = 0.03
TRUSTED_ROWS = 2000.0
"""All rows of all geos together never count for more than so many. Curves are no more than nearly right, and rows without end would make them sure of
what is nearly right. Source: coarsened posterior, Miller & Dunson 2019, "Robust Bayesian inference via coarsening", section 3; the number was
chosen on three simulated companies and tried on others (docs/proof/geo.md)."""
MANY_AMOUNTS = 80_000
"""More amounts than this (geos times rows times channels) are more than fit into memory and minutes with all candidate curves at once: curves are sought
in some of the geos, and each geo keeps one level step alone."""
_KEPT_STEPS = 2


@dataclass(frozen=True, eq=False)
class Setting:
    """Geos made ready to be sampled: `centre [geo]` and `scale` of the outcome per head, `heads [geo]`, `money [channel]`: what a return of 1 is as a
    coefficient."""

    series: GeoSeries
    cells: GeoCells
    beliefs: ReturnBeliefs
    heads: FloatArray
    centre: FloatArray
    scale: float
    money: FloatArray
    view: GeoView


def prepare(series: GeoSeries, priors: Mapping[str, ReturnPrior], grid: GeoGrid) -> Setting:
    """Standard units per head, the cells of `grid`, baselines, and priors in those units."""
    total, heads = series.in_total(), series.heads
    size = series.outcome / heads[:, None]
    centre = size.mean(axis=1)
    scale = float(np.sqrt((size.std(axis=1) ** 2).mean()))
    outcome = (size - centre[:, None]) / scale
    cells = build_geo_cells(series.spend, heads, grid)
    money = cells.spend / (len(series) * float(heads.sum()) * scale)
    beliefs = build_beliefs(total, priors)
    baselines = _baselines(series, outcome, grid.step_days)
    problem = _problem(outcome, cells, beliefs, money, baselines, week=np.arange(len(series)) * series.step_days // WEEK)
    return Setting(series, cells, beliefs, heads, centre, scale, money, GeoView(problem))


def on_grid(setting: Setting, grid: GeoGrid) -> Setting:
    """The same geos on another grid."""
    cells = build_geo_cells(setting.series.spend, setting.heads, grid)
    problem = replace(setting.view.problem, feature=cells.feature, log_prior=grid.log_prior)
    return replace(setting, cells=cells, view=GeoView(problem))


def _baselines(series: GeoSeries, outcome: FloatArray, step_days: int) -> GeoBaselines:
    plain = build_geo_cells(series.spend, series.heads, build_plain(len(series.channels), step_days)).feature
    media = np.stack([each[:, 0] for each in plain], axis=2).astype(np.float64)
    parts = tuple(series.of_geo(number) for number in range(len(series.geos)))
    return build_geo_baselines(parts, outcome, media, 1 if series.spend.size > MANY_AMOUNTS else _KEPT_STEPS)


def _problem(
    outcome: FloatArray, cells: GeoCells, beliefs: ReturnBeliefs, money: FloatArray, baselines: GeoBaselines, *, week: IntArray
) -> GeoProblem:
    alone, pooled = len(outcome) == 1, bool(beliefs.shared.any())
    first = int(np.flatnonzero(beliefs.shared)[0]) if pooled else 0
    even = np.full(beliefs.weight.shape[1], 1.0 / beliefs.weight.shape[1])
    return GeoProblem(
        outcome=outcome,
        feature=cells.feature,
        log_prior=cells.grid.log_prior,
        baselines=baselines,
        company=beliefs.location[first],
        company_weight=beliefs.weight[first] if pooled else even,
        money=money,
        spread=SPREAD,
        stated=np.where(beliefs.shared, 0.0, 1.0),
        location=beliefs.location[:, 0] * money,
        scale=beliefs.scale[:, 0] * money,
        spreads=np.array([ONE_GEO_SPREAD]) if alone else SPREADS,
        spread_weight=np.ones(1) if alone else SPREAD_WEIGHTS,
        week=week,
        trust=1.0 if alone else 1.0 / (1.0 + outcome.size / TRUSTED_ROWS),
    )
