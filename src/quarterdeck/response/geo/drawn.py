"""From draws of the sampler to what they say of each geo, in the outcome's own units."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from quarterdeck.response.curves.curves import ResponseCurves
from quarterdeck.response.curves.fitted import BaselineDraws, ResponseFit
from quarterdeck.response.fitting.diagnostics import FitDiagnostics
from quarterdeck.response.fitting.numerics import IntArray
from quarterdeck.response.geo.setting import Setting
from quarterdeck.response.geo.state import Chains
from quarterdeck.response.model.noise import NoiseShape
from quarterdeck.response.priors.priors import prior_sds
from quarterdeck.response.series.series import WEEK, FloatArray


@dataclass(frozen=True, eq=False)
class Picked:
    """Draws that were picked: `cell [draw, channel]`, `coefficient [geo, draw, channel]`, `noise`, `block [geo, draw]`, `shock [draw, shock]`, `shock_sd`."""

    cell: IntArray
    coefficient: FloatArray
    noise: FloatArray
    block: IntArray
    shock: FloatArray
    shock_sd: FloatArray

    @classmethod
    def of(cls, chains: Chains, draws: int) -> Picked:
        count, _, number = chains.noise.shape
        pick = np.linspace(0, count * number - 1, draws).round().astype(int)
        at, chain = np.divmod(pick, number)
        return cls(
            chains.cell[at, chain],
            np.moveaxis(chains.coefficient[at, :, chain], 1, 0),
            chains.noise[at, :, chain].T,
            chains.block[at, :, chain].T,
            chains.shock[at, chain],
            chains.shock_sd[at, chain],
        )


def fit_of_geo(
    setting: Setting, picked: Picked, number: int, converged: tuple[bool, float, float], *, seed: int, rng: np.random.Generator
) -> ResponseFit:
    """What was learned of the geo with that number. converged: whether chains did, worst R-hat, effective number of draws."""
    series, head, cells = setting.series.of_geo(number), float(setting.heads[number]), setting.cells
    channel, scale = np.arange(len(series.channels)), setting.scale * head
    coefficient, view = picked.coefficient[number], setting.view
    features = np.stack([each[number, cell] for each, cell in zip(cells.feature, picked.cell.T, strict=True)], axis=1).astype(np.float64)
    left = view.problem.outcome[number] - np.einsum("dc,dct->dt", coefficient, features)
    if view.problem.shocks:
        left = left - picked.shock[:, view.problem.week]
    baseline = _baseline_draws(setting, picked, number, left, rng)
    curves = ResponseCurves(
        series.metric,
        series.channels,
        series.starts[-1],
        cells.grid.decay[channel, picked.cell],
        cells.half[channel, number, picked.cell] * head,
        coefficient * cells.unit[channel, picked.cell] * scale,
        cells.grid.form[channel, picked.cell],
        cells.carry[channel, number, picked.cell, 0] * head,
        cells.grid.steepness[channel, picked.cell],
        cells.grid.delay[channel, picked.cell],
        cells.carry[channel, number, picked.cell, 1:] * head,
        series.step_days,
    )
    money = series.spend.sum(axis=0)
    brought = coefficient * cells.mean[channel, number, picked.cell] * scale * len(series)
    returns = np.where(money > 0, brought / np.where(money > 0, money, 1.0), coefficient / setting.money)
    alike = picked.shock_sd**2 if view.problem.shocks else 0.0
    diagnostics = FitDiagnostics(*converged, _media_gain(setting, picked, number, left), ())
    return ResponseFit(
        series,
        curves,
        returns,
        cells.carry_in[number],
        baseline,
        np.sqrt(picked.noise[number] * view.problem.trust + alike) * scale,
        NoiseShape(0.0, max(float(series.outcome.mean()), 1e-300)),
        setting.beliefs.stated,
        prior_sds(setting.beliefs, returns),
        diagnostics,
        seed,
    )


def _baseline_draws(setting: Setting, picked: Picked, number: int, left: FloatArray, rng: np.random.Generator) -> BaselineDraws:
    """The linear block of a geo drawn back given what media and shocks leave over, in units of the outcome."""
    view, block, noise = setting.view, picked.block[number], picked.noise[number]
    layout, blocks = view.problem.baselines.layouts[number], view.problem.baselines.blocks[number]
    drawn = np.zeros((len(left), len(view.used)))
    raw = np.sqrt(noise)[:, None] * rng.standard_normal((len(left), int(view.used.sum())))
    for candidate in range(len(blocks)):
        there = np.flatnonzero(block == candidate)
        unit = np.einsum("dp,pq->dq", raw[there] + np.einsum("dt,tp->dp", left[there], view.root[candidate, number]), view.inverse[candidate, number])
        drawn[np.ix_(there, np.flatnonzero(view.used))] = unit
    scale = setting.scale * float(setting.heads[number])
    drawn = drawn * np.stack([each.prior_sd for each in blocks])[block] * scale
    intercept, slope, ramps, wave, week, context, exposures, weekday = layout.split(drawn)
    level = setting.centre[number] * setting.heads[number] + intercept
    level = level + np.concatenate([np.zeros((len(drawn), 1)), np.cumsum(ramps, axis=1)], axis=1)
    steps = np.array([each.step for each in blocks])[block] * layout.step_days / WEEK * np.sqrt(noise) * scale
    return BaselineDraws(
        layout.knots,
        level,
        slope[:, 0] / len(setting.series),
        wave,
        week,
        context,
        exposures,
        steps,
        layout.context,
        layout.exposures,
        weekday,
        layout.step_days,
    )


def _media_gain(setting: Setting, picked: Picked, number: int, left: FloatArray) -> float:
    """As in `fit_response`, for one geo, the shocks that were drawn taken off both with and without media."""
    view, rows, block = setting.view, left.shape[1], picked.block[number]
    shocks = picked.shock[:, view.problem.week] if view.problem.shocks else 0.0
    bare = np.broadcast_to(view.problem.outcome[number] - shocks, left.shape)

    def twice(rest: FloatArray) -> FloatArray:
        parts = np.einsum("dt,btp->bdp", rest, view.root[:, number], optimize=False)
        squares = np.maximum((rest**2).sum(axis=1) - (parts**2).sum(axis=2), 1e-300)
        return np.asarray(rows * np.log(squares) - 2.0 * view.half_log_det[:, number, None])  # [candidate, draw]

    return float(twice(bare).min(axis=0).mean() - np.take_along_axis(twice(left), block[None], 0).mean())
