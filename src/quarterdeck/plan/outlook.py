"""Outlook: what the plan should bring week by week, and the chance of each objective with it and with last quarter's spending."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

import numpy as np

from quarterdeck.kernel.metrics import METRICS
from quarterdeck.kernel.periods import DAYS_PER_WEEK, Quarter
from quarterdeck.plan.expected import range_of, to_plan
from quarterdeck.plan.plan_inputs import Level, PlanInputs
from quarterdeck.plan.quarter_plan import ForecastWeek, ObjectiveOutlook, Range
from quarterdeck.plan.spend_ahead import planned_spend, unchanged_spend
from quarterdeck.response.curves.fitted import ResponseFit
from quarterdeck.response.forecasts.calibration import calibrate
from quarterdeck.response.forecasts.forecast import Forecast, chance_of_total, predict_outcome
from quarterdeck.response.series.series import FloatArray
from quarterdeck.strategy.parts.aims import Objective

GRACE = timedelta(days=7)
"""An objective that is due this soon after the quarter is judged by the quarter: thirteen weeks rarely end with a month."""


@dataclass(frozen=True, eq=False)
class Expectation:
    """One metric's forecast with the plan and with last quarter's spending; both meet the same chance events."""

    fit: ResponseFit
    planned: Forecast
    unchanged: Forecast


def expect_outcomes(inputs: PlanInputs, amounts: Mapping[str, Sequence[Decimal]]) -> dict[str, Expectation]:
    """By metric, for every fit that may be used; `amounts` {channel: money of each open week}. Empty once the quarter is over."""
    return {
        metric: _expect(inputs, inputs.fits[metric], amounts)
        for metric in sorted(inputs.fits)
        if inputs.is_trusted(metric) and inputs.fits[metric].weeks[-1] < inputs.quarter.weeks[-1]
    }


def expect_unchanged(inputs: PlanInputs) -> dict[str, FloatArray]:
    """By metric with curves that may be used, draws of the quarter's total (mean, where weeks do not add up) with last quarter's spending."""
    found = {}
    for metric, fit in sorted(inputs.fits.items()):
        if inputs.is_trusted(metric) and fit.weeks[-1] < inputs.quarter.weeks[-1]:
            ahead = _until(_forecast(inputs, fit, unchanged_spend(inputs, fit)), inputs.quarter.first_day, inputs.quarter.last_day)
            found[metric] = ahead.total_draws + (float(_so_far(inputs, metric) or 0) if METRICS[metric].adds_up else 0.0)
    return found


def forecast_weeks(inputs: PlanInputs, expected: Mapping[str, Expectation]) -> tuple[ForecastWeek, ...]:
    """The quarter's weeks that no fit has seen yet, metric by metric."""
    return tuple(
        _forecast_week(expectation.planned, row)
        for _, expectation in sorted(expected.items())
        for row, week in enumerate(expectation.planned.weeks)
        if week >= inputs.quarter.first_day
    )


def objective_outlooks(inputs: PlanInputs, expected: Mapping[str, Expectation]) -> tuple[ObjectiveOutlook, ...]:
    """One a objective, in the order of the strategy. An objective due later is judged by its last milestone inside the quarter."""
    return tuple(_outlook(inputs, objective, expected) for objective in inputs.strategy.objectives)


def outlook_by_level(unknown: ObjectiveOutlook, level: Level, period: Quarter) -> ObjectiveOutlook:
    """What the metric's own past says of the objective, from `unknown.so_far` and the weeks of `level`; as it was where the date lies outside them."""
    ahead = _until(level.forecast, period.first_day, unknown.due_on)
    if not ahead.weeks or unknown.due_on > period.last_day + GRACE:
        return unknown
    base = float(unknown.so_far or 0) if METRICS[unknown.metric].adds_up else 0.0
    chance = chance_of_total(ahead, float(unknown.target), direction=METRICS[unknown.metric].direction, so_far=base)
    return unknown.model_copy(
        update={
            "expected": range_of(ahead.total_draws + base),
            "chance": to_plan(chance),
            "chance_unchanged": None,
            "why_unknown": None,
            "by_level": level.weeks,
        }
    )


def settled(outlook: ObjectiveOutlook) -> ObjectiveOutlook:
    """Once the quarter is over there is no chance left: it was reached or not; as it was where nothing was counted."""
    if outlook.so_far is None:
        return outlook
    reached = outlook.so_far >= outlook.target if METRICS[outlook.metric].direction == "increase" else outlook.so_far <= outlook.target
    counted = float(outlook.so_far)
    return outlook.model_copy(
        update={"expected": Range(low=counted, expected=counted, high=counted), "chance": 1.0 if reached else 0.0, "why_unknown": None}
    )


def _expect(inputs: PlanInputs, fit: ResponseFit, amounts: Mapping[str, Sequence[Decimal]]) -> Expectation:
    spends = (planned_spend(inputs, fit, amounts), unchanged_spend(inputs, fit))
    return Expectation(fit, *(_forecast(inputs, fit, spend) for spend in spends))


def _forecast(inputs: PlanInputs, fit: ResponseFit, spend: FloatArray) -> Forecast:
    """Of all weeks ahead with `spend` [week, channel], calibrated; each call meets the same chance events."""
    ahead = inputs.ahead.get(fit.metric)
    context, exposures, assumed = (None, None, None) if ahead is None else (ahead.context, ahead.exposures, ahead.assumed)
    forecast = predict_outcome(fit, spend_ahead=spend, context_ahead=context, exposures_ahead=exposures, seed=inputs.seed, assumed=assumed)
    return calibrate(forecast, inputs.backtests.get(fit.metric))


def _forecast_week(forecast: Forecast, row: int) -> ForecastWeek:
    media = forecast.media[:, row].mean(axis=0)
    return ForecastWeek(
        metric=forecast.metric,
        week=forecast.weeks[row],
        outcome=range_of(forecast.outcome[:, row]),
        baseline=to_plan(forecast.baseline[:, row].mean()),
        by_channel={channel: to_plan(brought) for channel, brought in zip(forecast.channels, media, strict=True)},
    )


def _outlook(inputs: PlanInputs, objective: Objective, expected: Mapping[str, Expectation]) -> ObjectiveOutlook:
    target, due_on = _aim_inside(inputs, objective)
    counted = _so_far(inputs, objective.metric)

    unknown = ObjectiveOutlook(
        objective=objective.id,
        metric=objective.metric,
        target=target,
        due_on=due_on,
        so_far=counted,
        expected=None,
        chance=None,
        chance_unchanged=None,
        why_unknown=_why_unknown(inputs, objective, due_on, expected),
    )
    if unknown.why_unknown is not None:
        level = inputs.levels.get(objective.metric)
        return unknown if level is None else outlook_by_level(unknown, level, inputs.quarter)
    expectation = expected[objective.metric]
    base = float(counted or 0) if METRICS[objective.metric].adds_up else 0.0
    planned, unchanged = (_until(forecast, inputs.quarter.first_day, due_on) for forecast in (expectation.planned, expectation.unchanged))
    chance, chance_unchanged = (
        to_plan(chance_of_total(forecast, float(target), direction=METRICS[objective.metric].direction, so_far=base))
        for forecast in (planned, unchanged)
    )
    return unknown.model_copy(update={"expected": range_of(planned.total_draws + base), "chance": chance, "chance_unchanged": chance_unchanged})


def _aim_inside(inputs: PlanInputs, objective: Objective) -> tuple[Decimal, date]:
    """The target and its date, or the last milestone inside the quarter of an objective that is due later."""
    if objective.due_on <= inputs.quarter.last_day + GRACE:
        return objective.target, objective.due_on
    inside = [m for m in objective.milestones if inputs.quarter.first_day <= m.on <= inputs.quarter.last_day]
    last = max(inside, key=lambda milestone: milestone.on, default=None)
    return (objective.target, objective.due_on) if last is None else (last.value, last.on)


def _why_unknown(inputs: PlanInputs, objective: Objective, due_on: date, expected: Mapping[str, Expectation]) -> str | None:
    name = METRICS[objective.metric].name.lower()
    if due_on > inputs.quarter.last_day + GRACE:
        return f"it is due on {due_on.isoformat()}, after this quarter, and has no milestone inside it"
    if objective.metric not in inputs.fits:
        return f"there is no forecast of {name}: too few weeks of it are known"
    if not inputs.is_trusted(objective.metric):
        return f"the forecast of {name} cannot be trusted: {'; '.join(_as_clause(why) for why in inputs.refused[objective.metric])}"
    if objective.metric not in expected or due_on < max(expected[objective.metric].planned.weeks[0], inputs.quarter.first_day):
        return "its date is past; hold it against what was counted"
    return None


def _as_clause(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:]


def _so_far(inputs: PlanInputs, metric: str) -> Decimal | None:
    """What was counted since the quarter began, from the inputs or from the rows of the fit."""
    if metric in inputs.so_far:
        return inputs.so_far[metric]
    fit = inputs.fits.get(metric)
    if fit is None or fit.weeks[-1] < inputs.quarter.first_day or not METRICS[metric].adds_up:
        return None
    rows = [row for row, week in enumerate(fit.weeks) if week >= inputs.quarter.first_day]
    return Decimal(str(to_plan(float(np.sum(fit.series.outcome[rows])))))


def _until(forecast: Forecast, first_day: date, due_on: date) -> Forecast:
    """The forecast's weeks from `first_day` to `due_on`; a week that is cut counts by its days where weeks add up, in full where not."""
    days = np.array([0 if week < first_day else min(DAYS_PER_WEEK, (due_on - week).days + 1) for week in forecast.weeks])
    rows = np.flatnonzero(days > 0)
    share = days[rows] / DAYS_PER_WEEK if METRICS[forecast.metric].adds_up else np.ones(len(rows))
    return replace(
        forecast,
        weeks=tuple(forecast.weeks[row] for row in rows),
        baseline=forecast.baseline[:, rows] * share,
        media=forecast.media[:, rows] * share[:, None],
        noise=forecast.noise[:, rows] * share,
    )
