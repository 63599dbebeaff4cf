"""A fit that learns from a new week without being made again: its draws are weighed by how well each foretold the week, so that nothing jumps.

Scaling, curves and priors stay what they were; only what new rows, and corrections of known ones, say changes the answer. Where the weights say that
this cannot be trusted, or other columns are known than before, the fit is made again, and the update says why.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from quarterdeck.response.curves.fitted import BaselineDraws, ResponseFit
from quarterdeck.response.findings.findings import find_about_chains, find_about_data, find_about_fit
from quarterdeck.response.fitting.diagnostics import FitDiagnostics
from quarterdeck.response.fitting.fit import fit_response
from quarterdeck.response.fitting.numerics import IntArray
from quarterdeck.response.learning.level_filter import LevelFilter, OddRows, Rows, filter_level
from quarterdeck.response.learning.psis import independent_draws, k_limit, pick_evenly, smooth_weights
from quarterdeck.response.learning.updated import Change, changes_between
from quarterdeck.response.model.persistence import without_memory
from quarterdeck.response.priors.priors import ReturnPrior
from quarterdeck.response.series.series import FloatArray, ResponseSeries

__all__ = ["MOST_ROWS", "NeedsRefit", "Update", "reweigh_fit", "rows_since_refit", "update_fit"]

MOST_ROWS = 8
"""After more new rows than this the fit is made again: season, forms and noise deserve a fresh look, and draws wear out."""
_LEAST_SHARE = 0.25
"""Fewer independent draws than this share of all are too few to go on with."""
_SAME = 1e-9
_REPLACED = "spend_replaced"
_KEPT = (_REPLACED, "effect_changed")
"""What only a whole fit can find."""


@dataclass(frozen=True, eq=False)
class Update:
    """A fit of all rows. `k`: shape of the weights' tail (infinite where they were not asked); `draws`: how many equal draws the weighted ones are worth
    (all of them after a refit); `why_refitted`: a sentence, None when it was only updated; `changes`: one a channel, the largest first."""

    fit: ResponseFit
    k: float
    draws: float
    why_refitted: str | None
    changes: tuple[Change, ...]

    @property
    def was_refitted(self) -> bool:
        """Whether the fit was made again."""
        return self.why_refitted is not None


@dataclass(frozen=True)
class NeedsRefit:
    """Why new rows cannot be added by weights, as a sentence, and the shape of the weights' tail (infinite where they were not asked)."""

    why: str
    k: float


def update_fit(fit: ResponseFit, series: ResponseSeries, *, seed: int, priors: Mapping[str, ReturnPrior] | None = None) -> Update:
    """`fit` after the rows of `series` that follow its last one, made again where it must be; without any new row `fit` itself.

    `series` holds the fitted rows too. `priors` are for a refit alone. The same input and seed give the same answer. Raises: InvalidInput as
    `fit_response`, when it has to refit.
    """
    found = reweigh_fit(fit, series, seed=seed)
    if isinstance(found, Update):
        return found
    anew = fit_response(series, seed=seed, priors=priors)
    return Update(anew, found.k, float(anew.draws), found.why, changes_between(fit, anew))


def reweigh_fit(fit: ResponseFit, series: ResponseSeries, *, seed: int) -> Update | NeedsRefit:
    """The same without ever making the fit again: says why it would have to be. Figures of known rows that were corrected since count too."""
    why = _why_anew(fit, series)
    if why is not None:
        return NeedsRefit(why, float("inf"))
    given, series = series, _as_read(fit, series)
    known = series.rows(0, len(fit.series))
    is_corrected = not _is_same(fit.series, known)
    if len(series) == len(fit.series) and not is_corrected:
        return Update(fit, 0.0, float(fit.draws), None, changes_between(fit, fit))
    base, log_ratio = _corrected(fit, known) if is_corrected else (fit, np.zeros(fit.draws))
    new = series.rows(len(fit.series), len(series))
    rng = np.random.default_rng([seed, len(series)])
    filtered = _filtered(base, new, rng)
    weight, k = smooth_weights(log_ratio + filtered.log_likelihood)
    worth = independent_draws(weight)
    if k > k_limit(fit.draws) or worth < _LEAST_SHARE * fit.draws:
        return NeedsRefit(f"{_what_came(new, is_corrected)} too far from what was expected to be added to the old answer.", k)
    pick = pick_evenly(weight, rng)
    updated = _carried_on(base, series, new, pick, filtered.draw_paths(pick, rng))
    updated = replace(updated, diagnostics=_looked_at_again(updated, given))
    return Update(updated, k, worth, None, changes_between(fit, updated))


def rows_since_refit(fit: ResponseFit) -> int:
    """How many rows were added since the fit was made: each of them is a knot of its own at the end of the level."""
    steps = np.diff(fit.baseline.knots)
    usual = 4 * 7 // fit.baseline.step_days
    other = np.flatnonzero(steps[::-1] == usual)
    return int(other[0]) if len(other) else 0


def _why_anew(fit: ResponseFit, series: ResponseSeries) -> str | None:
    """Why reweighting will not do, as a sentence; None when it will."""
    old, known = fit.series, len(fit.series)
    for what, before, after in (
        ("channels", old.channels, series.channels),
        ("columns of context", old.context_names, series.context_names),
        ("unpaid exposures", old.exposure_names, series.exposure_names),
    ):
        if before != after:
            changed = ", ".join(sorted(set(before) ^ set(after))) or "in another order"
            return f"The {what} are not what they were ({changed})."
    if (old.metric, old.step_days) != (series.metric, series.step_days) or series.starts[:known] != old.starts:
        return "The weeks do not follow the ones that were known."
    if rows_since_refit(fit) + len(series) - known > MOST_ROWS:
        return f"More than {MOST_ROWS} {old.row_word}s came since the last whole look."
    return None


def _is_same(old: ResponseSeries, known: ResponseSeries) -> bool:
    pairs = ((old.spend, known.spend), (old.outcome, known.outcome), (old.context, known.context), (old.exposures, known.exposures))
    return all(np.allclose(before, after, rtol=_SAME, atol=_SAME) for before, after in pairs)


def _what_came(new: ResponseSeries, is_corrected: bool) -> str:
    rows = f"The new {new.row_word}{'s' if len(new) > 1 else ''}" if len(new) else ""
    if not is_corrected:
        return f"{rows} {'were' if len(new) > 1 else 'was'}"
    return f"{rows} and the corrected figures were" if rows else "The corrected figures were"


def _corrected(fit: ResponseFit, known: ResponseSeries) -> tuple[ResponseFit, FloatArray]:
    """The fit with the figures of `known` in place of those it was made from, and by draw how much likelier that makes them (a logarithm) [draw]."""
    curves, returns = fit.curves, fit.returns
    if not np.array_equal(fit.spend, known.spend):
        started = curves.started(fit.carry_in)
        total = known.spend.sum(axis=0)
        brought = replace(fit, series=known).media_fitted().sum(axis=1)
        returns = np.where(total > 0, brought / np.maximum(total, 1e-300), returns)
        curves = started.carried(known.spend, known.starts[-1])
    baseline = replace(fit.baseline, organic=fit.baseline.organic.over(known.exposures))
    base = replace(fit, series=known, curves=curves, returns=returns, baseline=baseline)
    before, after = (each.baseline_fitted() + each.media_fitted().sum(axis=2) for each in (fit, base))
    noise = fit.sigma[:, None] * fit.noise_shape.at(before.mean(axis=0))
    share = fit.noise_shape.persistence
    offs = (fit.series.outcome - before) / noise, (known.outcome - after) / noise
    off_before, off_after = (without_memory(off, share) / (1.0 - share**2) ** 0.5 for off in offs)
    return base, 0.5 * (off_before**2 - off_after**2).sum(axis=1)


def _filtered(fit: ResponseFit, new: ResponseSeries, rng: np.random.Generator) -> LevelFilter:
    """How well each draw foretold the new rows, with their own spend and context."""
    foreseen = fit.baseline.at(new.starts, fit.weeks[-1], new.context, new.exposures) + fit.curves.contribution(new.spend).sum(axis=2)
    shape, odd = fit.noise_shape, None
    if shape.odd_rate > 0:
        odd = OddRows(shape.odd_rate, (shape.odd_size * fit.sigma) ** 2, rng.random(foreseen.shape))
    expected = fit.baseline_fitted() + fit.media_fitted().sum(axis=2)
    last = float(shape.at(expected.mean(axis=0))[-1])
    before = (fit.series.outcome[-1] - expected[:, -1]) / last
    factor = shape.at(foreseen.mean(axis=0))
    return filter_level(Rows(new.outcome - foreseen, fit.sigma, fit.baseline.step, factor, shape.persistence, before, last), odd)


def _carried_on(fit: ResponseFit, series: ResponseSeries, new: ResponseSeries, pick: IntArray, path: FloatArray) -> ResponseFit:
    """The fit of the picked draws over all rows. path [draw, new row]: departures of the level."""
    curves = fit.curves.picked(pick)
    brought = curves.contribution(new.spend).sum(axis=1)
    before, after = fit.spend.sum(axis=0), series.spend.sum(axis=0)
    returns = fit.returns[pick]
    returns = np.where(after > before, (returns * before + brought) / np.maximum(after, 1e-300), returns)
    return replace(
        fit,
        series=series,
        curves=curves.carried(new.spend, series.starts[-1]),
        returns=returns,
        baseline=replace(_longer(fit.baseline, pick, path), organic=fit.baseline.organic.over(series.exposures)),
        sigma=fit.sigma[pick],
        drift=None if fit.drift is None else fit.drift.picked(pick),
    )


def _longer(baseline: BaselineDraws, pick: IntArray, path: FloatArray) -> BaselineDraws:
    """The baseline of the picked draws, its time counted from the last new row, with a knot for each new row."""
    rows = path.shape[1]
    slope = baseline.slope[pick]
    level = baseline.level[pick] + (slope * rows)[:, None]
    parts = {part: getattr(baseline, part)[pick] for part in ("wave", "week", "context", "exposures", "step", "weekday")}
    if baseline.event.size:
        going_on = np.tile(baseline.events_ahead, (rows, 1))
        parts |= {"event": baseline.event[pick], "events": np.concatenate([baseline.events, going_on])}
    return replace(
        baseline,
        knots=np.concatenate([baseline.knots - rows, np.arange(1.0 - rows, 1.0)]),
        level=np.concatenate([level, level[:, -1:] + path], axis=1),
        slope=slope,
        **parts,
    )


def _looked_at_again(fit: ResponseFit, given: ResponseSeries) -> FitDiagnostics:
    """The diagnostics of the last whole fit, with findings about all rows as they were `given`."""
    series, last = fit.series, fit.diagnostics
    without_media = series.outcome - fit.media_fitted().sum(axis=2)
    unexplained = without_media - fit.baseline_fitted()
    factor = fit.noise_shape.at((series.outcome - unexplained).mean(axis=0))
    kept = tuple(finding for finding in last.findings if finding.code in _KEPT)
    found = (*find_about_data(given), *kept, *find_about_fit(series, fit.returns, unexplained / factor, without_media))
    return replace(last, findings=found + find_about_chains(last.rhat_max, last.ess_min))


def _as_read(fit: ResponseFit, series: ResponseSeries) -> ResponseSeries:
    """The series with the amounts that the fit replaced replaced again, as long as they are recorded as they were (see `repairs`)."""
    spend = series.spend.copy()
    for finding in fit.diagnostics.findings:
        if finding.code == _REPLACED and finding.channel in fit.channels:
            number = fit.channels.index(finding.channel)
            for row, start in enumerate(fit.weeks):
                if start.isoformat() in finding.text and f"{spend[row, number]:,.6g}" in finding.text:
                    spend[row, number] = fit.spend[row, number]
    return replace(series, spend=spend)
