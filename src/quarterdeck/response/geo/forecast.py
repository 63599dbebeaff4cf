"""Forecasts of several geos that belong together: what moves all of them alike, shocks and departures of context, is the same in each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from quarterdeck.response.curves.fitted import ResponseFit
from quarterdeck.response.forecasts.forecast import BoolArray, Forecast, departing_baseline, predict_outcome
from quarterdeck.response.series.series import FloatArray


def predict_geos(
    fits: Sequence[ResponseFit],
    spend: FloatArray,
    context: FloatArray | None,
    *,
    assumed: BoolArray | None,
    shock: FloatArray,
    seed: int,
) -> list[Forecast]:
    """One forecast a geo. spend [geo, row, channel], context and `assumed` [geo, row, name] as `context_by_geo` gives them, shock [draw, geo]: sd of
    what moves all geos alike in a row, in units of the outcome.

    Where context is assumed, a draw takes the same stretch of the past in every geo: geos whose weather was wrong together are wrong together.
    """
    draws, rows = len(shock), spend.shape[1]
    alike = np.random.default_rng(seed).standard_normal((draws, rows))
    alike -= alike.mean(axis=0)
    forecasts = []
    for number, fit in enumerate(fits):
        own = replace(fit, sigma=np.sqrt(np.maximum(fit.sigma**2 - shock[:, number] ** 2, 0.0)))
        ahead = None if context is None else context[number]
        one = predict_outcome(own, spend_ahead=spend[number], context_ahead=ahead, exposures_ahead=None, seed=seed + 1 + number)
        baseline = one.baseline
        if assumed is not None and assumed.any():
            baseline = baseline + departing_baseline(fit, np.zeros((rows, 0)), assumed[number], seed=seed)
        forecasts.append(replace(one, baseline=baseline, noise=one.noise + alike * shock[:, [number]]))
    return forecasts


def added_up(forecasts: Sequence[Forecast]) -> Forecast:
    """The forecast of all geos together, draw by draw."""
    return replace(
        forecasts[0],
        baseline=np.sum([one.baseline for one in forecasts], axis=0),
        media=np.sum([one.media for one in forecasts], axis=0),
        noise=np.sum([one.noise for one in forecasts], axis=0),
    )
