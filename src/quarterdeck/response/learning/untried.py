"""A channel that never had money: its curve from belief alone, and a fit that includes it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np

from quarterdeck.kernel.problems import InvalidInput, Problem
from quarterdeck.response.curves.curves import ResponseCurves
from quarterdeck.response.curves.fitted import ResponseFit
from quarterdeck.response.fitting.diagnostics import Finding
from quarterdeck.response.fitting.numerics import draw_above_zero
from quarterdeck.response.model import saturation
from quarterdeck.response.model.cells import build_grid
from quarterdeck.response.priors.priors import SPREAD, ReturnPrior
from quarterdeck.response.series.series import WEEK, FloatArray

DRAWS = 2000


def with_channel(fit: ResponseFit, channel: str, *, a_row: float, seed: int, prior: ReturnPrior | None = None) -> ResponseFit:
    """The fit with one more channel, without spend so far, whose return at a steady `a_row` of money a row is as `prior` believes.

    Without a prior it returns as the company's other channels do: around their mean in each draw, with the spread of the default (decision 0008).
    Raises: InvalidInput for a channel that has a curve, or an amount that is not above 0.
    """
    _check(fit, channel, a_row)
    rng = np.random.default_rng(seed)
    returns = pooled_returns(fit, rng) if prior is None else believed_returns(prior, fit.draws, rng)
    stated = prior or ReturnPrior(float(returns.mean()), float(returns.std()), "default")
    own = believed_curves(channel, returns, a_row, metric=fit.metric, last_week=fit.weeks[-1], step_days=fit.series.step_days, rng=rng)
    series = replace(fit.series, channels=(*fit.channels, channel), spend=np.column_stack([fit.spend, np.zeros(len(fit.series))]))
    found = Finding("never_spent", channel, f"No money went to {channel}: what it would bring is belief alone. Try it with a capped amount.")
    return replace(
        fit,
        series=series,
        curves=_joined(fit.curves, own),
        returns=np.column_stack([fit.returns, returns]),
        carry_in=np.append(fit.carry_in, 0.0),
        priors=(*fit.priors, stated),
        prior_sds=np.append(fit.prior_sds, float(returns.std())),
        diagnostics=replace(fit.diagnostics, findings=(*fit.diagnostics.findings, found)),
        drift=None if fit.drift is None else fit.drift.beside(own.ceiling[:, 0]),
    )


def believed_returns(prior: ReturnPrior, draws: int, rng: np.random.Generator) -> FloatArray:
    """Draws of a return as `prior` believes it, never below 0 [draw]."""
    return draw_above_zero(np.full(draws, prior.mean), np.full(draws, prior.sd), rng)


def pooled_returns(fit: ResponseFit, rng: np.random.Generator) -> FloatArray:
    """Draws of the return of one more channel of the same company [draw]: around the mean of those that had money, draw by draw."""
    spent = fit.spend.sum(axis=0) > 0
    level = fit.returns[:, spent].mean(axis=1)
    return draw_above_zero(level, np.maximum(SPREAD * level, 1e-12), rng)


def believed_curves(
    channel: str,
    returns: FloatArray,
    a_row: float,
    *,
    metric: str,
    last_week: date,
    rng: np.random.Generator,
    step_days: int = WEEK,
) -> ResponseCurves:
    """Curves [draw, one channel] whose forms, bends and carry-over are drawn from what is believed of every channel, and which at a steady `a_row`
    bring `returns` [draw] for each unit of money. S-shapes are left out: nobody has seen one here, and a plan can prove nothing about them."""
    grid = build_grid(step_days)
    concave = ~saturation.is_s_shaped(grid.form, grid.steepness)
    weight = np.exp(grid.log_prior) * concave
    cell = rng.choice(len(weight), size=len(returns), p=weight / weight.sum())
    half = grid.bend[cell] * a_row
    share = saturation.shape(grid.form[cell], a_row / half, grid.steepness[cell])
    ceiling = returns * a_row / share
    return ResponseCurves(
        metric,
        (channel,),
        last_week,
        decay=grid.decay[cell][:, None],
        half=half[:, None],
        ceiling=ceiling[:, None],
        form=grid.form[cell][:, None],
        carry=np.zeros((len(returns), 1)),
        steepness=grid.steepness[cell][:, None],
        delay=grid.delay[cell][:, None],
        step_days=step_days,
    )


def _joined(curves: ResponseCurves, more: ResponseCurves) -> ResponseCurves:
    parts = ("decay", "half", "ceiling", "form", "carry", "steepness", "delay", "waiting")
    both: dict[str, Any] = {name: np.concatenate([getattr(curves, name), getattr(more, name)], axis=1) for name in parts}
    return replace(curves, channels=(*curves.channels, *more.channels), **both)


def _check(fit: ResponseFit, channel: str, a_row: float) -> None:
    problems = []
    if channel in fit.channels:
        problems.append(
            Problem(
                "RESPONSE-070",
                f"channel {channel}",
                "a channel that has a curve already",
                "one without spend so far",
                "Use its own curve, or leave it out of the series first.",
            )
        )
    if not (np.isfinite(a_row) and a_row > 0):
        problems.append(
            Problem(
                "RESPONSE-071",
                f"money on {channel}",
                f"{a_row}",
                f"an amount above 0 for each {fit.series.row_word}",
                "Say what would be spent on it if it worked.",
            )
        )
    if problems:
        raise InvalidInput(problems, state="No channel was added.")
