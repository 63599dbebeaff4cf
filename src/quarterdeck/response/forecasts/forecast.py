"""From a fit and a plan for the weeks ahead to a forecast, as draws of its parts, and the chance of reaching a target."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal, Self

import numpy as np
import numpy.typing as npt

from quarterdeck.kernel.metrics import find_metric
from quarterdeck.kernel.problems import InvalidInput, Problem
from quarterdeck.response.curves.fitted import ResponseFit
from quarterdeck.response.curves.summary import Summary, summarise
from quarterdeck.response.forecasts.departures import departing_demand, draw_departures
from quarterdeck.response.model.persistence import with_memory
from quarterdeck.response.series.series import WEEK, FloatArray

BoolArray = npt.NDArray[np.bool_]
_NEVER_NEGATIVE = ("count", "money", "rate", "hours", "seconds", "money_per_count")
_DEPARTURES, _HIDDEN = 11, 13  # streams of their own: the steps and the noise stay what they are, known context or not


@dataclass(frozen=True, eq=False)
class Forecast:
    """What is expected in the rows ahead (weeks, or days), in parts that add up draw by draw. All in units of the metric a row.

    Shapes: `baseline [draw, week]` (trend, season, context, exposures), `media [draw, week, channel]`, `noise [draw, week]` (what no model foresees).
    """

    metric: str
    weeks: tuple[date, ...]
    channels: tuple[str, ...]
    baseline: FloatArray
    media: FloatArray
    noise: FloatArray
    step_days: int = WEEK

    @property
    def outcome(self) -> FloatArray:
        """The parts added up [draw, week]; never below 0 for counts, money and times."""
        total: FloatArray = self.baseline + self.media.sum(axis=2) + self.noise
        return np.maximum(total, 0.0) if is_never_negative(self.metric) else total

    @property
    def total_draws(self) -> FloatArray:
        """The outcome of all weeks together [draw]: their sum, or their mean for a metric that does not add up."""
        together: FloatArray = self.outcome.sum(axis=1) if adds_up(self.metric) else self.outcome.mean(axis=1)
        return together

    def total(self) -> Summary:
        """`total_draws` as figures."""
        return summarise(self.total_draws)

    def by_week(self) -> tuple[Summary, ...]:
        """The outcome of each week as figures."""
        return tuple(summarise(week) for week in self.outcome.T)

    def in_weeks(self) -> Self:
        """The same with days added up to weeks of seven (their mean, for a metric that does not add up), the first beginning with the first day; days
        that do not fill a week are left out."""
        if self.step_days == WEEK:
            return self
        weeks, together = len(self.weeks) // WEEK, np.sum if adds_up(self.metric) else np.mean
        parts = (
            together(each[:, : weeks * WEEK].reshape(len(each), weeks, WEEK, *each.shape[2:]), axis=2)
            for each in (self.baseline, self.media, self.noise)
        )
        return type(self)(self.metric, self.weeks[: weeks * WEEK : WEEK], self.channels, *parts)

    def by_channel(self) -> dict[str, Summary]:
        """What each channel brings over all weeks as figures."""
        return {name: summarise(self.media[:, :, number].sum(axis=1)) for number, name in enumerate(self.channels)}

    def _repr_html_(self) -> str:
        from quarterdeck.response.curves.shown import forecast_html

        return forecast_html(repr(self), self.weeks, self.by_week(), self.total())

    def __repr__(self) -> str:
        if not self.weeks:
            return f"Forecast of {self.metric}: no weeks"
        return f"Forecast of {self.metric}, {self.weeks[0].isoformat()} to {self.weeks[-1].isoformat()}: {self.total()} in 8 cases of 10"


def is_never_negative(metric: str) -> bool:
    """True for metrics whose unit cannot be below 0; an unknown metric may be anything."""
    known = find_metric(metric)
    return known is not None and known.unit in _NEVER_NEGATIVE


def adds_up(metric: str) -> bool:
    """False for metrics whose rows are no parts of a sum, such as rates; an unknown metric adds up."""
    known = find_metric(metric)
    return known is None or known.adds_up


def predict_outcome(
    fit: ResponseFit,
    *,
    spend_ahead: FloatArray,
    context_ahead: FloatArray | None,
    exposures_ahead: FloatArray | None,
    seed: int,
    assumed: BoolArray | None = None,
) -> Forecast:
    """The forecast of the weeks that follow `fit.weeks[-1]`, one for each row of `spend_ahead` [week, channel] (money).

    context_ahead [week, name] and exposures_ahead [week, exposure]: None stands for their mean over the fitted rows. `assumed` [week, name and exposure]
    is true where a value is not known but assumed: there it departs as it did in the past (`draw_departures`); None: every value is known. Hidden
    demand is never known: it departs from what it was over the last year. The level goes on as a random walk, so that the baseline is less sure the
    further ahead. Random steps, departures and noise are balanced: their mean over draws is 0 in every week, so that means of the parts are
    `expected_baseline` and `expected_media`. Raises: InvalidInput when shapes disagree or spend is negative.
    """
    weeks = weeks_ahead(fit, len(spend_ahead))
    spend = np.asarray(spend_ahead, dtype=np.float64)
    context = _given_or_mean(context_ahead, fit.series.context, len(weeks))
    exposures = _given_or_mean(exposures_ahead, fit.series.exposures, len(weeks))
    _check_ahead(fit, spend, context, exposures)
    rng = np.random.default_rng(seed)
    steps = _balanced(fit.draws, len(weeks), fit.baseline.step, rng)
    baseline = fit.baseline.at(weeks, fit.weeks[-1], context, exposures) + np.cumsum(steps, axis=1)
    if assumed is not None and assumed.any():
        baseline += departing_baseline(fit, exposures, assumed, seed=seed)
    baseline += departing_demand(fit.baseline, len(weeks), rng=np.random.default_rng([seed, _HIDDEN]))
    media = fit.curves.contribution(spend)
    factor = fit.noise_shape.at((baseline + media.sum(axis=2)).mean(axis=0))
    noise = with_memory(_balanced(fit.draws, len(weeks), fit.sigma, rng), fit.noise_shape.persistence)
    noise = (noise + fit.noise_shape.odd_weeks(fit.sigma, len(weeks), rng)) * factor
    return Forecast(fit.metric, weeks, fit.channels, baseline, media, noise, fit.series.step_days)


def departing_baseline(fit: ResponseFit, expected: FloatArray, assumed: BoolArray, *, seed: int) -> FloatArray:
    """What departures of assumed context and exposures do to the baseline [draw, week]; their mean over draws is 0.

    expected [week, exposure]; assumed [week, name and exposure]. The same seed and rows give the same stretches of the past, whatever the fit.
    """
    rng = np.random.default_rng([seed, _DEPARTURES])
    weeks = len(expected)
    context, exposures = draw_departures(fit.series, weeks, draws=fit.draws, rng=rng)
    names, ahead = context.shape[2], np.arange(1.0, weeks + 1)
    exposures = exposures * assumed[:, names:]
    if not fit.baseline.organic.is_plain:
        exposures = fit.baseline.carried(np.maximum(expected + exposures, 0.0), ahead) - fit.baseline.carried(expected, ahead)
    parts = (
        (fit.baseline.context / fit.baseline.context_scaling.scale, context * assumed[:, :names]),
        (fit.baseline.exposures / fit.baseline.exposure_scaling.scale, exposures),
    )
    effect = sum((np.einsum("dn,dwn->dw", each, departure) for each, departure in parts), np.zeros((fit.draws, weeks)))
    return np.asarray(effect - effect.mean(axis=0))


def expected_baseline(fit: ResponseFit, weeks: tuple[date, ...], context: FloatArray, exposures: FloatArray) -> FloatArray:
    """The mean over draws of the baseline in `weeks` [week]: the same for the same input. context [week, name], exposures [week, exposure]."""
    columns = (np.asarray(each, dtype=np.float64) for each in (context, exposures))
    return np.asarray(fit.baseline.at(weeks, fit.weeks[-1], *columns).mean(axis=0))


def expected_media(fit: ResponseFit, spend_ahead: FloatArray) -> FloatArray:
    """The mean over draws of what each channel brings in the weeks that follow the fitted rows [week, channel], carry-over from them included."""
    return np.asarray(fit.curves.contribution(np.asarray(spend_ahead, dtype=np.float64)).mean(axis=0))


def weeks_ahead(fit: ResponseFit, count: int) -> tuple[date, ...]:
    """The first days of the `count` rows that follow the fitted ones."""
    return tuple(fit.weeks[-1] + number * fit.series.step for number in range(1, count + 1))


def chance_of_total(forecast: Forecast, target: float, *, direction: Literal["increase", "decrease"] = "increase", so_far: float = 0.0) -> float:
    """The chance, 0 to 1, that `so_far` and the weeks of the forecast together reach `target`: at least it, or at most it for `decrease`.

    For a metric that does not add up, the mean of the forecast weeks is held against the target and `so_far` does not count.
    A target that every draw (or none) reaches is given half a draw of doubt: no forecast is certain.
    Source: Jeffreys 1946 (beta(1/2, 1/2) prior of a rate).
    """
    together = forecast.total_draws + (so_far if adds_up(forecast.metric) else 0.0)
    reached = int((together >= target).sum() if direction == "increase" else (together <= target).sum())
    return (reached + 0.5) / (len(together) + 1.0)


def _check_ahead(fit: ResponseFit, spend: FloatArray, context: FloatArray, exposures: FloatArray) -> None:
    weeks = len(spend)
    parts = (
        ("spend_ahead", spend, fit.channels),
        ("context_ahead", context, fit.series.context_names),
        ("exposures_ahead", exposures, fit.series.exposure_names),
    )
    problems = [
        Problem(
            "RESPONSE-010",
            name,
            f"an array of shape {values.shape}",
            f"{weeks} weeks by {len(columns)} columns ({', '.join(columns) or 'none'})",
            "Give one row a week and one column for each name, in the order of the fit.",
        )
        for name, values, columns in parts
        if values.shape != (weeks, len(columns))
    ]
    problems += [
        Problem("RESPONSE-011", name, "a value that is not a number, or below 0", "finite amounts of 0 or more", "Correct the plan.")
        for name, values, _ in parts
        if not np.isfinite(values).all() or (name != "context_ahead" and (values < 0).any())
    ]
    if problems:
        raise InvalidInput(problems, state="Nothing was forecast.")


def _given_or_mean(given: FloatArray | None, fitted: FloatArray, weeks: int) -> FloatArray:
    return np.asarray(given, dtype=np.float64) if given is not None else np.tile(fitted.mean(axis=0), (weeks, 1))


def _balanced(draws: int, weeks: int, scale: FloatArray, rng: np.random.Generator) -> FloatArray:
    """Normals [draw, week] of sd `scale` [draw] whose mean over draws is 0 in every week."""
    raw = rng.standard_normal((draws, weeks)) * scale[:, None]
    if draws < 2:
        return raw
    balanced: FloatArray = (raw - raw.mean(axis=0)) * (draws / (draws - 1)) ** 0.5
    return balanced
