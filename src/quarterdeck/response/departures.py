"""How far context and unpaid exposures ahead may depart from what is assumed of them: as far as they did in their own past.

Nobody knows next quarter's demand or weather. What is assumed of them (the same week a year before, or the mean) was wrong in the past, for weeks on end and
for several names together; a forecast draws such stretches of error from the past and adds them. Source: moving blocks, Kuensch 1989, "The jackknife
and the bootstrap for general stationary observations".
"""

from __future__ import annotations

import numpy as np

from quarterdeck.response.numerics import IntArray
from quarterdeck.response.series import WEEK, FloatArray, ResponseSeries

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
    errors = _past_errors(both, _YEAR_WEEKS * WEEK // series.step_days, rows)
    starts = _first_rows(len(errors), rows)
    begun = starts[rng.integers(len(starts), size=draws)]
    drawn = errors[(begun[:, None] + np.arange(rows)) % len(errors)] * rng.choice([-1.0, 1.0], size=draws)[:, None, None]
    drawn -= drawn.mean(axis=0)
    return drawn[:, :, :split], drawn[:, :, split:]


def _past_errors(columns: FloatArray, year: int, rows: int) -> FloatArray:
    """How wrong the assumption was [row, name]: against the same row a year before where enough of such errors are known, else against the mean."""
    if len(columns) - year >= 2 * rows:
        return np.asarray(columns[year:] - columns[:-year])
    return np.asarray(columns - columns.mean(axis=0))


def _first_rows(known: int, rows: int) -> IntArray:
    """Where a stretch may begin; stretches of a short past go on from its end to its beginning."""
    return np.arange(known - rows + 1 if known >= 2 * rows else known)
