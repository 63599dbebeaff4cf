"""A fit with one matching form, asked for by name: the default model of PyMC-Marketing, so that both can be held side by side.

The usual fit averages forms and lets the baseline bend; this one has a single form and a level that stays where it is, and is as sure of itself as that.
"""

from __future__ import annotations

import numpy as np

from quarterdeck.response.curves.curves import LOGISTIC, ResponseCurves
from quarterdeck.response.curves.fitted import BaselineDraws, ResponseFit
from quarterdeck.response.findings.findings import find_about_data, find_about_fit
from quarterdeck.response.fitting.diagnostics import ESS_LIMIT, RHAT_LIMIT, FitDiagnostics
from quarterdeck.response.fitting.numerics import inverse_factor, matmul_in_rows
from quarterdeck.response.fitting.one_form_draws import COEFFICIENT_SD, OneFormDraws, OneFormModel, convergence, draw_one_form, prepare_one_form
from quarterdeck.response.fitting.one_form_grid import LONGEST, lag_weights, lasting_decay, whole_grid
from quarterdeck.response.model.noise import NoiseShape
from quarterdeck.response.priors.priors import ReturnPrior
from quarterdeck.response.series.series import FloatArray, ResponseSeries

_PRIOR_CELLS = 24
_LEAST_STEEP = 0.25
_AT_ONCE = 200


def fit_one_form(series: ResponseSeries, *, seed: int, draws: int = 400) -> ResponseFit:
    """A fit of `series` with `draws` draws, the same for the same input and seed. The series is one that `check_series` lets pass.

    Contributions over the fitted rows are those of carry-over cut off after 8 weeks; the curves, which predict, carry over without end and as late on
    average.
    """
    model, rng = prepare_one_form(series), np.random.default_rng(seed)
    return _fitted(model, draw_one_form(model, rng), draws, seed, rng)


def media_of(model: OneFormModel, carry: FloatArray, steepness: FloatArray, coefficient: FloatArray) -> FloatArray:
    """What each channel brings in each row, in units of the largest outcome [draw, row, channel]; carry and the like `[draw, channel]`."""
    longest = LONGEST[model.series.step_days]
    gone, whole = carry**longest, lag_weights(carry, longest)[:, :, 0]  # what leaves after the last row that it works in; the share of the first
    level, levels = np.zeros(carry.shape), np.empty((len(carry), *model.spend.shape))
    for row, spend in enumerate(model.spend):
        level = carry * level + spend - (gone * model.spend[row - longest] if row >= longest else 0.0)
        levels[:, row] = whole * level
    return np.asarray(coefficient[:, None] * np.tanh(0.5 * steepness[:, None] * levels))


def brought_and_left(model: OneFormModel, carry: FloatArray, steepness: FloatArray, coefficient: FloatArray) -> tuple[FloatArray, FloatArray]:
    """What each channel brings over all rows [draw, channel], and what media leave of the outcome [draw, row]; a few draws at a time, to save memory."""
    parts = []
    for first in range(0, len(carry), _AT_ONCE):
        some = slice(first, first + _AT_ONCE)
        media = media_of(model, carry[some], steepness[some], coefficient[some])
        parts.append((media.sum(axis=1), model.outcome - media.sum(axis=2)))
    brought, left = (np.concatenate(part) for part in zip(*parts, strict=True))
    return brought, left


def _fitted(model: OneFormModel, drawn: OneFormDraws, draws: int, seed: int, rng: np.random.Generator) -> ResponseFit:
    pick = np.linspace(0, drawn.sigma.size - 1, draws).round().astype(int)
    parts = (drawn.carry, drawn.steepness, drawn.coefficient, drawn.linear)
    carry, steepness, coefficient, linear = (each.reshape(-1, each.shape[2])[pick] for each in parts)
    sigma, series = drawn.sigma.ravel()[pick], model.series
    carry, steepness, coefficient = spread_over_cells(model, drawn.spacing, (carry, steepness, coefficient), rng)
    brought, left = brought_and_left(model, carry, steepness, coefficient)
    returns = _returns(model, brought, coefficient, steepness)
    unexplained = (left - matmul_in_rows(linear, model.columns.T)) * model.size
    rhat_max, ess_min = convergence(drawn)
    found = find_about_data(series) + find_about_fit(series, returns, unexplained)
    gain = _media_gain(model, left, float(np.median(sigma)))
    priors = _prior_returns(model)
    return ResponseFit(
        series,
        _curves(model, carry, steepness, coefficient),
        returns,
        np.zeros(len(series.channels)),
        _baseline(model, linear),
        sigma * model.size,
        NoiseShape(0.0, max(float(series.outcome.mean()), 1e-300)),
        priors,
        np.array([prior.sd for prior in priors]),
        FitDiagnostics(rhat_max <= RHAT_LIMIT and ess_min >= ESS_LIMIT, rhat_max, ess_min, gain, found),
        seed,
    )


def spread_over_cells(
    model: OneFormModel, spacing: FloatArray, drawn: tuple[FloatArray, FloatArray, FloatArray], rng: np.random.Generator
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Carry-over and steepness anywhere in their cell instead of at its middle, each coefficient such that the channel brings what it brought.

    drawn: the three, each `[draw, channel]`. Without it the middle of a wide posterior would be told in steps as wide as a cell.
    """
    middles, coefficient = drawn[:2], drawn[2]
    moved = [each + (rng.random(each.shape) - 0.5) * spacing[:, axis] for axis, each in enumerate(middles)]
    moved[1] = np.maximum(moved[1], _LEAST_STEEP * middles[1])  # a cell that begins at 0 would hold curves of no steepness and no end
    before, after = (brought_and_left(model, each[0], each[1], np.ones_like(coefficient))[0] for each in (middles, moved))
    return moved[0], moved[1], coefficient * np.where(after > 0, before / np.where(after > 0, after, 1.0), 1.0)


def _returns(model: OneFormModel, brought: FloatArray, coefficient: FloatArray, steepness: FloatArray) -> FloatArray:
    """Units of the outcome per unit of money over the rows [draw, channel]; of a channel without spend, as if it had had the average of the others."""
    total = model.series.spend.sum(axis=0)
    untried = coefficient * np.tanh(0.5 * steepness) / model.money
    return np.asarray(model.size * np.where(total > 0, brought / np.where(total > 0, total, 1.0), untried))


def _curves(model: OneFormModel, carry: FloatArray, steepness: FloatArray, coefficient: FloatArray) -> ResponseCurves:
    series, decay = model.series, lasting_decay(carry, LONGEST[model.series.step_days])
    form = np.full(carry.shape, LOGISTIC, dtype=np.uint8)
    half, ceiling = 2.0 * model.money / steepness, coefficient * model.size
    before = ResponseCurves(
        series.metric, series.channels, series.starts[0], decay, half, ceiling, form, np.zeros(carry.shape), step_days=series.step_days
    )
    return before.carried(series.spend, series.starts[-1])


def _baseline(model: OneFormModel, linear: FloatArray) -> BaselineDraws:
    """The linear part in units of the outcome: a level that stays where it is, waves, context and exposures."""
    draws, context = len(linear), len(model.series.context_names)
    level, wave, outside = np.split(linear * model.size, [1, 1 + 2 * model.harmonics], axis=1)
    none, nothing = np.zeros((draws, 0)), np.zeros(draws)
    step_days = model.series.step_days
    return BaselineDraws(
        np.zeros(1), level, nothing, wave, none, outside[:, :context], outside[:, context:], nothing, *model.outside, none, step_days
    )


def _prior_returns(model: OneFormModel) -> tuple[ReturnPrior, ...]:
    """Mean and sd of each channel's return as the priors have it, before the outcome is seen."""
    channels, spend = len(model.money), model.series.spend
    used = np.where(spend.sum(axis=0) > 0, model.spend, 1.0)
    grid = whole_grid(channels, _PRIOR_CELLS)
    weight = np.exp(grid.log_prior)
    shape = grid.features(used, LONGEST[model.series.step_days]).sum(axis=2) * model.size / (used.sum(axis=0) * model.money)[:, None]
    first, second = ((weight * shape**power).sum(axis=1) / weight.sum(axis=1) for power in (1, 2))
    mean = COEFFICIENT_SD * (2.0 / np.pi) ** 0.5 * first
    sd = np.sqrt(COEFFICIENT_SD**2 * second - mean**2)
    return tuple(ReturnPrior(float(m), float(s), "default") for m, s in zip(mean, sd, strict=True))


def _media_gain(model: OneFormModel, left: FloatArray, sigma: float) -> float:
    """See `FitDiagnostics`. left [draw, row]: what media leave over."""
    columns = model.columns * model.prior_sd / sigma
    root = matmul_in_rows(columns, inverse_factor(np.eye(columns.shape[1]) + matmul_in_rows(columns.T, columns)).T)

    def log_squares(each: FloatArray) -> FloatArray:
        seen = matmul_in_rows(each, root)
        return np.asarray(np.log(np.maximum((each**2).sum(axis=1) - (seen**2).sum(axis=1), 1e-300)))

    return float(len(model.outcome) * (log_squares(model.outcome[None])[0] - log_squares(left).mean()))
