"""forecast_unchanged: what the coming quarter brings when nothing changes: by the curves of a plan where there are some, else by the metric's own past."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from quarterdeck.kernel.metrics import METRICS
from quarterdeck.kernel.periods import DAYS_PER_WEEK, WEEKS_PER_QUARTER, Quarter, weeks_between
from quarterdeck.lake.fit_file import FitFileDamaged
from quarterdeck.lake.snapshot import Lake
from quarterdeck.ledger.gateway.loads import snapshot_of
from quarterdeck.ledger.gateway.plans import latest_plan
from quarterdeck.operations.context import Context
from quarterdeck.operations.forecasts.read_level import MOST_WEEKS, level_of, read_level
from quarterdeck.operations.plan.gather_inputs import gather_inputs
from quarterdeck.operations.plan.read_plan import plan_of
from quarterdeck.operations.response.fit_response import fit_records_of_plan
from quarterdeck.operations.response.load_fit import load_fit
from quarterdeck.operations.strategy.save_strategy import current_strategy
from quarterdeck.plan.expected import range_of
from quarterdeck.strategy.from_facts.counted import CountedMetric, Unchanged

if TYPE_CHECKING:
    from quarterdeck.operations.first_strategy.count_facts import Asking
    from quarterdeck.response.baseline.forecaster import CountedSeries
    from quarterdeck.response.series.series import FloatArray

SEED = 1
MOST_AHEAD = 2 * WEEKS_PER_QUARTER
"""Facts that end earlier than this before the quarter's end say too little of it."""


def forecast_unchanged(
    asking: Asking, metrics: Sequence[CountedMetric], quarter: Quarter, *, by_curves: Mapping[str, FloatArray] | None = None
) -> tuple[tuple[CountedMetric, ...], dict[str, FloatArray]]:
    """The metrics with their forecast where one can be made, and the draws that it was made of; `by_curves` stand where they are known."""
    known = by_curves or {}
    draws = {
        each.metric: found for each in metrics if (found := known[each.metric] if each.metric in known else _draws(asking, each, quarter)) is not None
    }
    return tuple(_with_forecast(each, draws.get(each.metric)) for each in metrics), draws


def curves_unchanged(context: Context, lake: Lake, quarter: Quarter) -> dict[str, FloatArray]:
    """By metric, what the newest plan of the quarter expects with last quarter's spending, so that no page says otherwise than the plan.

    Empty without a plan of these very facts, and where its curves cannot be read.
    """
    from quarterdeck.plan.outlook import expect_unchanged

    record, snapshot = latest_plan(context.workspace, quarter.first_day), snapshot_of(context.workspace)
    plan = None if record is None else plan_of(record)
    if plan is None or plan.provenance.facts != snapshot.hash:
        return {}
    try:
        fits = {metric: load_fit(context, record) for metric, record in fit_records_of_plan(context, plan).items()}
    except FitFileDamaged:
        return {}
    inputs = gather_inputs(context, current_strategy(context), snapshot, fits, lake, quarter=quarter.first_day, seed=plan.provenance.seed)
    return expect_unchanged(inputs)


def _with_forecast(metric: CountedMetric, draws: FloatArray | None) -> CountedMetric:
    if draws is None:
        return metric
    span = range_of(draws)
    return replace(metric, unchanged=Unchanged(span.low, span.expected, span.high, len(metric.weeks)))


def _draws(asking: Asking, metric: CountedMetric, quarter: Quarter) -> FloatArray | None:
    """The quarter's total or mean [draw]: what was counted of it, and the forecast of the rest. None with too few weeks, or facts that are too old."""
    series = read_level(asking.lake, metric.metric, as_of=asking.as_of) if metric.whence.table == "outcomes" else _series(metric)
    if series is None or not 1 <= (quarter.weeks[-1] - series.starts[-1]).days // DAYS_PER_WEEK <= MOST_AHEAD:
        return None
    level = level_of(series, quarter, seed=SEED)
    if level is None:
        return None
    inside = [place for place, week in enumerate(level.forecast.weeks) if week >= quarter.first_day]
    ahead = level.forecast.outcome[:, inside]
    counted = [value for week, value in zip(series.starts, series.values, strict=True) if week >= quarter.first_day and np.isfinite(value)]
    if METRICS[metric.metric].adds_up:
        return np.asarray(ahead.sum(axis=1) + sum(counted))
    return np.asarray((ahead.sum(axis=1) + sum(counted)) / (len(inside) + len(counted)))


def _series(metric: CountedMetric) -> CountedSeries:
    from quarterdeck.response.baseline.forecaster import CountedSeries

    known = {week: float(value) for week, value in metric.weeks}
    weeks = weeks_between(min(known), max(known))[-MOST_WEEKS:]
    return CountedSeries(metric.metric, weeks, np.array([known.get(week, np.nan) for week in weeks]))
