"""From a weekly series to a fitted response: check, scale, sample until converged, and give back draws in the outcome's own units."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from quarterdeck.response.baseline.block import STEPS
from quarterdeck.response.curves.curves import ResponseCurves
from quarterdeck.response.curves.fitted import BaselineDraws, ResponseFit
from quarterdeck.response.curves.form_views import forms_disagree
from quarterdeck.response.findings.drift import effects_changed
from quarterdeck.response.findings.findings import find_about_chains, find_about_fit
from quarterdeck.response.fitting import sampler
from quarterdeck.response.fitting.diagnostics import ESS_LIMIT, RHAT_LIMIT, FitDiagnostics, ess, rhat
from quarterdeck.response.fitting.numerics import IntArray
from quarterdeck.response.fitting.setting import Setting, prepare
from quarterdeck.response.model.drift import times_usual
from quarterdeck.response.model.forms import learned_log_prior, of_channels
from quarterdeck.response.model.noise import with_odd_weeks
from quarterdeck.response.model.varying import let_effects_vary
from quarterdeck.response.priors.priors import ReturnPrior, prior_sds
from quarterdeck.response.series.checks import LEAST_WEEKS, check_series
from quarterdeck.response.series.series import WEEK, FloatArray, ResponseSeries

__all__ = ["CHAINS", "LEAST_WEEKS", "Setting", "check_series", "fit_response", "prepare"]

CHAINS = 24
_WARM_UP, _FIRST_DRAWS, _MOST_DRAWS = 60, 120, 1280
_BRIEF_CHAINS, _BRIEF_DRAWS = 8, 50


def fit_response(
    series: ResponseSeries, *, seed: int, priors: Mapping[str, ReturnPrior] | None = None, draws: int = 400, is_brief: bool = False
) -> ResponseFit:
    """A fit of `series` with `draws` draws, the same for the same input and seed.

    Chains run until R-hat and the effective number of draws are good enough, or for as long as is sensible: `diagnostics.ok` says which. `is_brief`:
    few short chains that nobody waits for, enough for the totals of a forecast and too few for the curve of a channel.
    Raises: InvalidInput for fewer than 8 weeks, an outcome or spend that never changes, no spend at all, or priors for channels that do not exist.
    """
    check_series(series, priors or {})
    setting = prepare(series, priors or {})
    rng = np.random.default_rng(seed)
    setting, chains = _sample_until_converged(setting, rng, is_brief=is_brief)
    return _fitted(setting, chains, draws, seed, rng)


def _sample_until_converged(setting: Setting, rng: np.random.Generator, *, is_brief: bool = False) -> tuple[Setting, sampler.Chains]:
    """Chains that are long enough, their first part thrown away: twice as long each time the last look was not good enough.

    The setting comes back with what the first look taught: which forms are likely, and whose effect may vary.
    """
    state = sampler.start(setting.whitened, _BRIEF_CHAINS if is_brief else CHAINS, rng)
    sampler.run(setting.whitened, state, _WARM_UP // 2, rng)
    first_look = sampler.run(setting.whitened, state, _WARM_UP // 2, rng)
    learned = learned_log_prior(setting.cells, setting.cells.log_prior, first_look.cell)
    setting.whitened.log_prior = of_channels(setting.cells, learned, setting.may_harm)
    wider = None if is_brief else let_effects_vary(setting, first_look)
    if wider is not None:
        setting = replace(setting, whitened=wider[0], varying=wider[1])
    sampler.run(setting.whitened, state, _WARM_UP // 2, rng)
    chains = sampler.run(setting.whitened, state, _BRIEF_DRAWS if is_brief else _FIRST_DRAWS, rng)
    while not is_brief and not _has_converged(*_convergence(setting, chains)) and len(chains.noise) < _MOST_DRAWS:
        chains = chains.after(len(chains.noise) // 3).then(sampler.run(setting.whitened, state, len(chains.noise), rng))
    return setting, chains


def _convergence(setting: Setting, chains: sampler.Chains) -> tuple[float, float]:
    """The worst R-hat and effective number of draws over the coefficients, their total, the noise, and whether effects vary."""
    watched = [*np.moveaxis(chains.coefficient, 2, 0), chains.coefficient.sum(axis=2), np.log(chains.noise), 1.0 * (chains.block >= len(STEPS))]
    return max(rhat(each) for each in watched), min(ess(each) for each in watched)


def _has_converged(rhat_max: float, ess_min: float) -> bool:
    return rhat_max <= RHAT_LIMIT and ess_min >= ESS_LIMIT


def _fitted(setting: Setting, chains: sampler.Chains, draws: int, seed: int, rng: np.random.Generator) -> ResponseFit:
    rhat_max, ess_min = _convergence(setting, chains)
    pick = np.linspace(0, chains.noise.size - 1, draws).round().astype(int)
    cell, coefficient = (each.reshape(-1, each.shape[2])[pick] for each in (chains.cell, chains.coefficient))
    noise, block = chains.noise.ravel()[pick], chains.block.ravel()[pick]
    left = setting.whitened.problem.outcome - np.einsum("nc,nct->nt", coefficient, setting.whitened.problem.feature[np.arange(cell.shape[1]), cell])
    baseline, changes = _baseline_draws(setting, left, noise, block, rng)
    series, returns = setting.series, coefficient * setting.cells.sign[cell] / setting.money
    widths = prior_sds(setting.beliefs, np.abs(returns))
    brought = np.einsum("nc,nct->nt", coefficient, setting.cells.feature[np.arange(cell.shape[1]), cell]) * setting.scale
    curves, found = _curves(setting, cell, coefficient), setting.found
    drift = None if setting.varying is None else setting.varying.drift(changes, curves.ceiling)
    if drift is not None and setting.varying is not None:
        brings = coefficient * setting.cells.sign[cell] * setting.scale
        curves = replace(curves, ceiling=curves.ceiling * times_usual(drift.change[:, :, -1], brings))
        brought = brought + drift.brought().sum(axis=2)
        found += effects_changed(series, drift, returns, brings, setting.varying.varies(block))
    without_media = series.outcome - brought
    sigma = np.sqrt(noise / (1.0 - setting.shape.persistence**2)) * setting.scale
    usual = replace(baseline, event=baseline.event * (np.array(setting.interventions.kind) != "pulse"))
    unexplained = without_media - usual.at(series.starts, series.starts[-1], series.context, series.exposures)
    found += find_about_fit(series, returns, unexplained / setting.factor, without_media)
    found += forms_disagree(curves, series.spend) + find_about_chains(rhat_max, ess_min)
    gain = _media_gain(setting, left, block)
    diagnostics = FitDiagnostics(_has_converged(rhat_max, ess_min), rhat_max, ess_min, gain, found)
    return ResponseFit(
        series,
        curves,
        returns,
        setting.cells.carry_in,
        baseline,
        sigma,
        with_odd_weeks(
            setting.shape, baseline.event[:, np.array(setting.interventions.kind) == "pulse"], np.sqrt(noise) * setting.scale, len(series)
        ),
        setting.beliefs.stated,
        widths,
        diagnostics,
        seed,
        drift,
    )


def _curves(setting: Setting, cell: IntArray, coefficient: FloatArray) -> ResponseCurves:
    cells, channel = setting.cells, np.arange(cell.shape[1])
    ceiling = coefficient * cells.sign[cell] * cells.unit[channel, cell] * setting.scale
    return ResponseCurves(
        setting.series.metric,
        setting.series.channels,
        setting.series.starts[-1],
        cells.decay[cell],
        cells.half[channel, cell],
        ceiling,
        cells.form[cell],
        cells.carry[channel, cell, 0],
        cells.steepness[cell],
        cells.delay[cell],
        cells.carry[channel, cell, 1:],
        setting.series.step_days,
    )


def _baseline_draws(
    setting: Setting, left: FloatArray, noise: FloatArray, block: IntArray, rng: np.random.Generator
) -> tuple[BaselineDraws, FloatArray]:
    """The linear block drawn back given what media leave over, in units of the outcome; beside the baseline its columns of changing effects."""
    problem, layout, weeks = setting.whitened.problem, setting.layout, len(setting.series)
    prior_sd = np.stack([b.prior_sd for b in problem.blocks])
    drawn = setting.whitened.draw_linear(block, left, noise, rng) * prior_sd[block] * setting.scale
    drawn, changes = np.split(drawn, [drawn.shape[1] - (setting.varying.columns if setting.varying else 0)], axis=1)
    events, drawn = drawn[:, drawn.shape[1] - len(setting.interventions) :], drawn[:, : drawn.shape[1] - len(setting.interventions)]
    intercept, slope, ramps, wave, week, context, exposures, weekday = layout.split(drawn)
    level = setting.centre + intercept + np.concatenate([np.zeros((len(drawn), 1)), np.cumsum(ramps, axis=1)], axis=1)
    steps = np.array([b.step for b in problem.blocks])[block] * layout.step_days / WEEK * np.sqrt(noise) * setting.scale
    baseline = BaselineDraws(
        layout.knots,
        level,
        slope[:, 0] / weeks,
        wave,
        week,
        context,
        exposures,
        steps,
        layout.context,
        layout.exposures,
        weekday,
        layout.step_days,
        events,
        setting.interventions.columns,
        setting.interventions.lasts,
        setting.organic,
    )
    return baseline, changes


def _media_gain(setting: Setting, left: FloatArray, block: IntArray) -> float:
    """Twice the mean log likelihood with media less that of the best block without them, the linear block and the noise integrated out."""
    whitened, weeks = setting.whitened, len(setting.series)
    alone = weeks * np.log(whitened.squares(whitened.problem.outcome[None])[0]) - 2.0 * whitened.half_log_det
    without = alone[: len(STEPS)].min()
    squares = whitened.squares(left)[np.arange(len(left)), block]
    return float(without - (weeks * np.log(squares) - 2.0 * whitened.half_log_det[block]).mean())
