"""forecast_rows: what is to be expected of the rows ahead, for a fit of one place or of several geos."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from quarterdeck.operations.response.fit_rows import AnyFit
from quarterdeck.response.curves.fitted import ResponseFit
from quarterdeck.response.forecasts.assumed import assume_ahead
from quarterdeck.response.forecasts.forecast import BoolArray, Forecast, predict_outcome
from quarterdeck.response.forecasts.plans_ahead import spend_as_before
from quarterdeck.response.geo.fitted import GeoFit
from quarterdeck.response.series.series import WEEK, FloatArray, ResponseSeries


@dataclass(frozen=True, eq=False)
class RowsAhead:
    """The rows to forecast: `days`, and what is assumed of them: `context [geo, row, name]`, `exposures [row, exposure]`. One geo, "", where the fit
    has none. Values are put in place: what was put is known, all else stays `assumed` [geo, row, name]."""

    days: tuple[date, ...]
    geos: tuple[str, ...]
    names: tuple[str, ...]
    context: FloatArray
    exposures: FloatArray
    row_word: str
    assumed: BoolArray

    def put(self, name: str, geo: str, day: date, value: float) -> None:
        """One value that is known; with no geo it holds for all of them. What lies outside the rows is left out."""
        if day in self.days and name in self.names and (not geo or geo in self.geos):
            where = slice(None) if not geo else self.geos.index(geo)
            cell = where, self.days.index(day), self.names.index(name)
            self.context[cell] = value
            self.assumed[cell] = False

    def put_columns(self, names: Sequence[str], values: FloatArray) -> None:
        """Whole columns that are known, the same in every geo. values [row, name]."""
        for place, name in enumerate(names):
            self.context[:, :, self.names.index(name)] = values[:, place]
            self.assumed[:, :, self.names.index(name)] = False


def total_of(fit: AnyFit) -> ResponseSeries:
    """The rows that the fit was made from, geos added up."""
    return fit.series.in_total() if isinstance(fit, GeoFit) else fit.series


def assume_rows(fit: AnyFit, weeks: int) -> RowsAhead:
    """The `weeks` weeks that follow the fitted rows: context and exposures as `assume_ahead` says."""
    parts = [fit.series.of_geo(number) for number in range(len(fit.geos))] if isinstance(fit, GeoFit) else [fit.series]
    first = parts[0]
    days = tuple(first.starts[-1] + number * first.step for number in range(1, weeks * WEEK // first.step_days + 1))
    assumed = [assume_ahead(part, days) for part in parts]
    geos = fit.geos if isinstance(fit, GeoFit) else ("",)
    context = np.stack([each[0] for each in assumed])
    return RowsAhead(days, geos, first.context_names, context, assumed[0][1], first.row_word, np.ones(context.shape, dtype=np.bool_))


def spend_before(fit: AnyFit, weeks: int) -> FloatArray:
    """Spend as in the last `weeks` weeks: [row, channel], with geos [geo, row, channel]."""
    if isinstance(fit, ResponseFit):
        return spend_as_before(fit.series, weeks)
    return np.stack([spend_as_before(fit.series.of_geo(number), weeks) for number in range(len(fit.geos))])


def forecast_rows(fit: AnyFit, spend: FloatArray, ahead: RowsAhead, *, seed: int) -> Forecast:
    """The forecast of all geos together. The same seed gives the same random numbers whatever is spent: plans differ by what media bring alone."""
    if isinstance(fit, GeoFit):
        return fit.predict(spend_ahead=spend, context_ahead=ahead.context, assumed=ahead.assumed, seed=seed)
    assumed = np.concatenate([ahead.assumed[0], np.ones(ahead.exposures.shape, dtype=np.bool_)], axis=1)
    return predict_outcome(fit, spend_ahead=spend, context_ahead=ahead.context[0], exposures_ahead=ahead.exposures, seed=seed, assumed=assumed)
