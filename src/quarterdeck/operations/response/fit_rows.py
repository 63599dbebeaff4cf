"""fit_rows: rows of one place or of several geos to a fit, to its forecast, and to what the rows held out say of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np

from quarterdeck.operations.response.read_series_file import SeriesRead
from quarterdeck.response.curves.fitted import ResponseFit
from quarterdeck.response.fitting.fit import fit_response
from quarterdeck.response.fitting.one_form import fit_one_form
from quarterdeck.response.forecasts.forecast import Forecast, predict_outcome
from quarterdeck.response.forecasts.holdout import HoldoutCheck, judge_draws
from quarterdeck.response.geo.fitted import GeoFit
from quarterdeck.response.priors.priors import ReturnPrior
from quarterdeck.response.series.checks import check_series
from quarterdeck.response.series.series import FloatArray

AnyFit = ResponseFit | GeoFit
Form = Literal["one", "auto"]


@dataclass(frozen=True)
class FitWays:
    """How rows are fitted. `form`: "one" takes a single form of curves, which knows no priors where there is one place only."""

    form: Form = "auto"
    seed: int = 1
    draws: int = 1000


def fit_rows(read: SeriesRead, rows: int, priors: Mapping[str, ReturnPrior], ways: FitWays) -> AnyFit:
    """A fit of the first `rows` rows. Raises InvalidInput when they cannot be fitted."""
    if read.geos is not None:
        from quarterdeck.response.geo.fit import fit_geo

        return fit_geo(read.geos.rows(0, rows), seed=ways.seed, priors=priors, forms=ways.form, draws=ways.draws)
    series = read.total.rows(0, rows)
    if ways.form == "one":
        check_series(series, {})
        return fit_one_form(series, seed=ways.seed, draws=ways.draws)
    return fit_response(series, seed=ways.seed, priors=priors, draws=ways.draws)


def judge_rows(fit: AnyFit, read: SeriesRead, rows: int, *, seed: int) -> HoldoutCheck:
    """What the rows after the first `rows`, of which alone `fit` was made, say of it: of all geos together, spend and context as they were."""
    ahead = read.total.rows(rows, len(read.total))
    if isinstance(fit, GeoFit) and read.geos is not None:
        later = read.geos.rows(rows, len(read.geos))
        forecast = fit.predict(spend_ahead=later.spend, context_ahead=later.context, seed=seed)
    else:
        forecast = _predict_one(fit, ahead.spend, ahead.context, ahead.exposures, seed)
    return judge_draws(forecast.outcome, fit.diagnostics, read.total)


def expected_rows(fit: AnyFit) -> FloatArray:
    """The outcome of each fitted row as the fit explains it [row]; geos added up."""
    fits = fit.fits if isinstance(fit, GeoFit) else (fit,)
    return np.asarray(np.sum([(one.baseline_fitted() + one.media_fitted().sum(axis=2)).mean(axis=0) for one in fits], axis=0))


def _predict_one(fit: AnyFit, spend: FloatArray, context: FloatArray, exposures: FloatArray, seed: int) -> Forecast:
    if isinstance(fit, GeoFit):
        raise TypeError("a fit of geos needs the geos of the rows ahead")
    return predict_outcome(fit, spend_ahead=spend, context_ahead=context, exposures_ahead=exposures, seed=seed)
