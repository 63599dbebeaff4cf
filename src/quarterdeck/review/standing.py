"""stand_today: a quarter's outlook between two plans: what was counted, and what the plan's own forecast says of the weeks to come."""

from __future__ import annotations

from datetime import date

import numpy as np

from quarterdeck.kernel.metrics import METRICS
from quarterdeck.plan.quarter_plan import ObjectiveOutlook, QuarterPlan, Range
from quarterdeck.response.curves.fitted import ResponseFit
from quarterdeck.response.forecasts.backtest import Backtest
from quarterdeck.response.forecasts.calibration import calibrate
from quarterdeck.response.forecasts.follow import rest_after
from quarterdeck.response.forecasts.forecast import predict_outcome, weeks_ahead
from quarterdeck.response.series.series import FloatArray
from quarterdeck.review.review import assumed_ahead, planned_spend


def stand_today(
    plan: QuarterPlan,
    objective: ObjectiveOutlook,
    fit: ResponseFit,
    *,
    counted: FloatArray,
    before: float,
    missing: float = 0.0,
    record: Backtest | None = None,
) -> tuple[ObjectiveOutlook, float]:
    """The outlook with `counted` [week since the plan's first open one] in place of their forecast, and what the plan expected of those weeks.

    `before` was counted in the quarter before the plan was made. As much of the counted weeks' surprise is carried on as lasts in the forecast's own
    draws (`rest_after`). `missing` happened in these weeks and was not recorded: it is no count, but no surprise either. `record`: how such
    forecasts turned out before, which calibrates this one.
    """
    weeks = weeks_ahead(fit, max(0, (plan.period.weeks[-1] - fit.weeks[-1]).days // 7))
    outcome = _expected_outcome(plan, fit, weeks, record)
    first = next((i for i, week in enumerate(weeks) if week >= max(plan.first_open_week, plan.period.first_day)), len(weeks))
    passed, rest = outcome[:, first : first + len(counted)], outcome[:, first + len(counted) :]
    by_week = passed.mean(axis=0)
    planned = float(by_week.sum())
    so_far = before + float(counted.sum())
    happened = counted + missing * (by_week / planned if planned > 0 else 1.0 / max(len(counted), 1))
    draws = so_far + np.maximum(rest_after(passed, rest.sum(axis=1), happened), 0.0)
    low, high = (so_far, so_far) if not rest.shape[1] else np.quantile(draws, [0.1, 0.9])
    wanted = float(objective.target)
    reached = draws >= wanted if METRICS[objective.metric].direction == "increase" else draws <= wanted
    chance = float(reached.mean()) if not rest.shape[1] else (float(reached.sum()) + 0.5) / (len(draws) + 1.0)
    return objective.model_copy(
        update={
            "expected": Range(low=float(low), expected=float(draws.mean()), high=float(high)),
            "chance": chance,
            "chance_unchanged": None,
            "why_unknown": None,
        }
    ), planned


def _expected_outcome(plan: QuarterPlan, fit: ResponseFit, weeks: tuple[date, ...], record: Backtest | None) -> FloatArray:
    """Draws of the outcome [draw, week] as the plan saw them: figures on record are known, all others are assumed."""
    context, exposures = assumed_ahead(plan, fit, len(weeks))
    origins: dict[tuple[str, str], str] = {(assumption.kind, assumption.name): assumption.origin for assumption in plan.assumptions}
    names = [("context", name) for name in fit.series.context_names] + [("exposure", name) for name in fit.series.exposure_names]
    assumed = np.tile(np.array([origins.get((kind, name)) != "given" for kind, name in names], dtype=np.bool_), (len(weeks), 1))
    spend = planned_spend(plan, fit, weeks)
    forecast = predict_outcome(fit, spend_ahead=spend, context_ahead=context, exposures_ahead=exposures, seed=plan.provenance.seed, assumed=assumed)
    return calibrate(forecast, record).outcome
