"""Rolling-origin backtest: what would have been forecast from earlier days, each time from what was known on that day alone, and what then came.

Source: Tashman 2000, "Out-of-sample tests of forecasting accuracy"; Dawid 1984, "Statistical theory: the prequential approach" (the PIT).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any, Literal, Self

import numpy as np

from quarterdeck.kernel.metrics import find_metric
from quarterdeck.kernel.problems import InvalidInput, Problem
from quarterdeck.response.baseline.forecaster import LEAST_POINTS, CountedSeries, forecast_level
from quarterdeck.response.curves.fitted import ResponseFit
from quarterdeck.response.fitting.fit import fit_response
from quarterdeck.response.forecasts.assumed import assume_ahead
from quarterdeck.response.forecasts.forecast import Forecast, predict_outcome
from quarterdeck.response.priors.priors import ReturnPrior
from quarterdeck.response.series.calendar_context import is_of_calendar
from quarterdeck.response.series.series import FloatArray, ResponseSeries

Kind = Literal["curves", "level"]
ContextAhead = Literal["assumed", "sure", "known"]
LEAST_KNOWN_WEEKS = 26
MOST_APART = 9
DRAWS = 200
_LEVELS = (0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95)
_YEAR_WEEKS = 52


@dataclass(frozen=True)
class Origin:
    """One forecast of the past. `rows` rows from `first_day` on were forecast from the `rows_known` before them; figures are of their total (or mean,
    for a metric that does not add up), in units of the metric.

    `quantiles`: where 5, 10, 25, 50, 75, 90, 95 % of draws lie below. `pit`: the share of draws below what came. `crps`: of the total.
    `year_before`: the same rows a year before; None where they are not known.
    """

    first_day: date
    rows_known: int
    rows: int
    mean: float
    sd: float
    quantiles: tuple[float, ...]
    outcome: float
    pit: float
    crps: float
    year_before: float | None

    @property
    def surprise(self) -> float:
        """How many of its own standard deviations the forecast was off: above 0 when more came."""
        return (self.outcome - self.mean) / self.sd if self.sd > 0 else 0.0

    def is_inside(self, level: int) -> bool:
        """Whether what came fell inside the range that should hold `level` (50, 80 or 90) of 100."""
        side = {50: 2, 80: 1, 90: 0}[level]
        return self.quantiles[side] <= self.outcome <= self.quantiles[-1 - side]


@dataclass(frozen=True)
class Backtest:
    """Forecasts of the past, the newest first. `kind`: by curves of spend, or by the level alone."""

    metric: str
    kind: Kind
    origins: tuple[Origin, ...]

    def inside(self, level: int = 80) -> int:
        """How many of `origins` fell inside their range."""
        return sum(origin.is_inside(level) for origin in self.origins)

    @property
    def error(self) -> float | None:
        """Mean |mean - what came| as a share of what came; None where nothing came."""
        shares = [abs(each.mean - each.outcome) / abs(each.outcome) for each in self.origins if each.outcome]
        return float(np.mean(shares)) if shares else None

    @property
    def weight(self) -> float:
        """How many forecasts that share no week these are worth."""
        known = sorted(origin.rows_known for origin in self.origins)
        rows = max((origin.rows for origin in self.origins), default=1)
        return float(bool(known)) + sum(min(1.0, (later - earlier) / rows) for earlier, later in pairwise(known))

    def facts(self) -> dict[str, Any]:
        """The same as plain values for JSON, floats to ten digits."""
        return {
            "metric": self.metric,
            "kind": self.kind,
            "origins": [{name: _plain(getattr(origin, name)) for name in Origin.__dataclass_fields__} for origin in self.origins],
        }

    @classmethod
    def from_facts(cls, facts: Mapping[str, Any]) -> Self:
        """The backtest that `facts` wrote. Raises KeyError, TypeError or ValueError when it is not one."""
        origins = (
            Origin(**{**each, "first_day": date.fromisoformat(each["first_day"]), "quantiles": tuple(each["quantiles"])}) for each in facts["origins"]
        )
        return cls(facts["metric"], facts["kind"], tuple(origins))


def backtest(
    series: ResponseSeries, *, horizon: int = 13, origins: int = 10, seed: int, priors: Mapping[str, ReturnPrior] | None = None, draws: int = DRAWS
) -> Backtest:
    """Forecasts of `horizon` rows from up to `origins` earlier days, the newest first; each from a fit of the rows before it alone.

    Spend as it really was counts as the plan; context and exposures are assumed as they would have been (`assume_ahead`), with the same doubt. The days
    lie at most 9 rows apart and at least 26 weeks are known on each, so that a short series has fewer. A day that cannot be fitted from is left out.
    Raises: InvalidInput when not one origin is possible (RESPONSE-042).
    """
    found, counted = [], CountedSeries(series.metric, series.starts, series.outcome, series.step_days)
    for known in origins_of(len(series), horizon=horizon, origins=origins, least=LEAST_KNOWN_WEEKS * 7 // series.step_days):
        try:
            fit = fit_as_of(series, known, seed=seed, priors=priors, draws=draws)
        except InvalidInput:
            continue
        found.append(hold_against(forecast_on(fit, series, horizon=horizon, seed=seed).total_draws, counted, known, horizon))
    return _recorded(series.metric, "curves", found, len(series))


def backtest_level(series: CountedSeries, *, horizon: int = 13, origins: int = 10, seed: int) -> Backtest:
    """The same for the light forecaster; rows that were not counted do not count on either side. Raises: InvalidInput as `backtest`."""
    together = _together(series.metric)
    found = []
    for known in origins_of(len(series), horizon=horizon, origins=origins, least=LEAST_POINTS):
        came = np.isfinite(series.values[known : known + horizon])
        if series.until(known).counted < LEAST_POINTS or not came.any():
            continue
        totals = together(forecast_level(series.until(known), horizon, seed=seed)[:, came])
        found.append(hold_against(totals, series, known, horizon))
    return _recorded(series.metric, "level", found, len(series))


def fit_as_of(series: ResponseSeries, known: int, *, seed: int, priors: Mapping[str, ReturnPrior] | None = None, draws: int = DRAWS) -> ResponseFit:
    """A brief fit of the first `known` rows. Raises: InvalidInput as `fit_response`."""
    return fit_response(series.rows(0, known), seed=seed, priors=priors, draws=draws, is_brief=True)


def forecast_on(fit: ResponseFit, series: ResponseSeries, *, horizon: int, seed: int, context: ContextAhead = "assumed") -> Forecast:
    """What `fit` foretells of the `horizon` rows of `series` after its own, with spend as it then was.

    `context` and exposures: "assumed" as they would have been, with doubt; "sure", as if that could not be wrong; "known", as they came: the last two
    show how much of the doubt is about context. Public holidays are always known.
    """
    ahead = series.rows(len(fit.weeks), len(fit.weeks) + horizon)
    columns, exposures, _ = assume_ahead(fit.series, ahead.starts)
    dated = np.array([is_of_calendar(name) for name in fit.series.context_names], dtype=np.bool_)
    columns = np.where(dated, ahead.context, columns)
    if context == "known":
        columns, exposures = ahead.context, ahead.exposures
    assumed = np.full((horizon, columns.shape[1] + exposures.shape[1]), context == "assumed")
    assumed[:, : len(dated)] &= ~dated
    return predict_outcome(fit, spend_ahead=ahead.spend, context_ahead=columns, exposures_ahead=exposures, seed=seed, assumed=assumed)


def origins_of(rows: int, *, horizon: int, origins: int, least: int) -> tuple[int, ...]:
    """How many rows are known at each origin, the newest first: as evenly as can be, at most 9 rows apart, never fewer than `least` known."""
    newest = rows - horizon
    if newest < least or origins < 1:
        return ()
    apart = min(MOST_APART, max(1, (newest - least) // max(1, origins - 1)))
    return tuple(newest - apart * number for number in range(origins) if newest - apart * number >= least)


def hold_against(totals: FloatArray, series: CountedSeries, known: int, horizon: int) -> Origin:
    """The forecast with these `totals` [draw], made after `known` rows of `series`, beside what came in the next `horizon`."""
    together, ahead = _together(series.metric), series.values[known : known + horizon]
    outcome = float(together(ahead[None, np.isfinite(ahead)])[0])
    year = _YEAR_WEEKS * 7 // series.step_days
    before = series.values[known - year : known - year + horizon] if known >= year else np.array([np.nan])
    return Origin(
        series.starts[known],
        known,
        horizon,
        float(totals.mean()),
        float(totals.std()),
        tuple(float(each) for each in np.quantile(totals, _LEVELS)),
        outcome,
        float(((totals < outcome).mean() + (totals <= outcome).mean()) / 2.0),
        crps_of(totals, outcome),
        float(together(before[None])[0]) if np.isfinite(before).all() else None,
    )


def crps_of(draws: FloatArray, outcome: float) -> float:
    """Continuous ranked probability score of draws [draw]. Source: Gneiting & Raftery 2007, section 4.2 (from draws, by their order)."""
    count = len(draws)
    weight = (2.0 * np.arange(1, count + 1) - count - 1.0) / count**2
    return float(np.abs(draws - outcome).mean() - weight @ np.sort(draws))


def _together(metric: str) -> Callable[[FloatArray], FloatArray]:
    known = find_metric(metric)
    return (lambda each: each.sum(axis=1)) if known is None or known.adds_up else (lambda each: each.mean(axis=1))


def _recorded(metric: str, kind: Kind, found: list[Origin], rows: int) -> Backtest:
    if not found:
        problem = Problem("RESPONSE-042", f"series of {metric}", f"{rows} rows", "enough rows to forecast from an earlier day and see what came",
                          "Import earlier rows, or go without a backtest.")  # fmt: skip
        raise InvalidInput([problem], state="Nothing was tested.")
    return Backtest(metric, kind, tuple(found))


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    return float(f"{value:.10g}") if isinstance(value, float) else value
