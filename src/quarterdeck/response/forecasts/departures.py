"""How far context, unpaid exposures and hidden demand ahead may depart from what is assumed of them: as far as they did in their own past.

Nobody knows next quarter's demand or weather. The same week a year before (or the mean) was wrong in the past, for weeks on end and for several names
together; a forecast draws such stretches of error from the past and adds them to what is assumed. What is assumed of context is somewhat nearer than a year
before (`assumed.py`); narrower errors were tried and ranges then held too little (docs/decisions/0023). Source: moving blocks, Kuensch 1989, "The jackknife
and the bootstrap for general stationary observations".
"""

from __future__ import annotations

import numpy as np

from quarterdeck.response.curves.fitted import BaselineDraws
from quarterdeck.response.fitting.numerics import IntArray
from quarterdeck.response.series.series import WEEK, FloatArray, ResponseSeries

_YEAR_WEEKS = 52


def draw_departures(series: ResponseSeries, rows: int, *, draws: int, rng: np.random.Generator) -> tuple[FloatArray, FloatArray]:
    """Departures of context [draw, row, name] and exposures [draw, row, exposure] from what is assumed, for `rows` rows after the series.

    Each draw is one stretch of the past with all names as they moved together, its sign by chance; their mean over draws is 0 in every row. Units as
    in the series. A series without context and exposures, or no rows, gives zeros.
    """
    both = np.concatenate([series.context, series.exposures], axis=1)
    split = series.context.shape[1]
    if not both.shape[1] or not rows or draws < 2:
        nothing = np.zeros((draws, rows, both.shape[1]))
        return nothing[:, :, :split], nothing[:, :, split:]
    drawn = _stretches(_past_errors(both, _YEAR_WEEKS * WEEK // series.step_days, rows), rows, draws=draws, rng=rng)
    return drawn[:, :, :split], drawn[:, :, split:]


def draw_demand(columns: FloatArray, rows: int, *, draws: int, step_days: int, rng: np.random.Generator) -> FloatArray:
    """Departures of hidden demand `columns` [row, k] from their mean over the last year, for `rows` rows after them [draw, row, k]; drawn alike."""
    if not columns.shape[1] or not rows or draws < 2:
        return np.zeros((draws, rows, columns.shape[1]))
    year = _YEAR_WEEKS * WEEK // step_days
    if len(columns) - year < 2 * rows:
        return _stretches(columns - columns.mean(axis=0), rows, draws=draws, rng=rng)
    added = np.concatenate([np.zeros((1, columns.shape[1])), np.cumsum(columns, axis=0)])
    return _stretches(columns[year:] - (added[year:-1] - added[: -1 - year]) / year, rows, draws=draws, rng=rng)


def departing_demand(baseline: BaselineDraws, rows: int, *, rng: np.random.Generator) -> FloatArray:
    """What departures of hidden demand do to `baseline` in the `rows` rows after the fitted ones [draw, row]; their mean over draws is 0."""
    draws = len(baseline.step)
    if not baseline.event.size:
        return np.zeros((draws, rows))
    hidden = np.flatnonzero(baseline.hides_demand)
    drawn = draw_demand(baseline.events[:, hidden], rows, draws=draws, step_days=baseline.step_days, rng=rng)
    effect = np.asarray(np.einsum("dk,dwk->dw", baseline.event[:, hidden], drawn))
    return np.asarray(effect - effect.mean(axis=0))


def _stretches(errors: FloatArray, rows: int, *, draws: int, rng: np.random.Generator) -> FloatArray:
    """`rows` rows of `errors` [row, k] one after the other, begun and signed by chance [draw, row, k]; their mean over draws is 0 in every row."""
    starts = _first_rows(len(errors), rows)
    begun = starts[rng.integers(len(starts), size=draws)]
    drawn = errors[(begun[:, None] + np.arange(rows)) % len(errors)] * rng.choice([-1.0, 1.0], size=draws)[:, None, None]
    drawn -= drawn.mean(axis=0)
    return np.asarray(drawn)


def _past_errors(columns: FloatArray, year: int, rows: int) -> FloatArray:
    """How wrong the assumption was [row, name]: against the same row a year before where enough of such errors are known, else against the mean."""
    if len(columns) - year >= 2 * rows:
        return np.asarray(columns[year:] - columns[:-year])
    return np.asarray(columns - columns.mean(axis=0))


def _first_rows(known: int, rows: int) -> IntArray:
    """Where a stretch may begin; stretches of a short past go on from its end to its beginning."""
    return np.arange(known - rows + 1 if known >= 2 * rows else known)
