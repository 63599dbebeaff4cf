"""forecast_levels: what the past of a metric alone says of the weeks to the quarter's end, for metrics without curves that may be used."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import numpy as np

from quarterdeck.facts.metric_queries import METRIC_QUERIES
from quarterdeck.kernel.metrics import METRICS
from quarterdeck.kernel.periods import DAYS_PER_WEEK, Quarter, weeks_between
from quarterdeck.kernel.problems import InvalidInput
from quarterdeck.lake.snapshot import Lake
from quarterdeck.operations.response.read_series import read_missing, read_outcome
from quarterdeck.plan.plan_inputs import Level

if TYPE_CHECKING:
    from quarterdeck.response.baseline.forecaster import CountedSeries

MOST_WEEKS = 208
ORIGINS = 10
_OWN_QUERIES = ("average_order_value", "cost_per_customer")


def read_level(lake: Lake, metric: str, *, as_of: date) -> CountedSeries | None:
    """The metric by week up to `as_of`, at most four years, NaN where a week was not counted; None when no week was.

    A week of what adds up counts when all seven days were counted (what tracking lost is filled in as for curves); a score or a time counts in any week
    that has one.
    """
    from quarterdeck.response.baseline.forecaster import CountedSeries

    found = {week: value for week, value in _weekly(lake, metric) if value is not None and np.isfinite(value) and week <= as_of}
    if METRICS[metric].adds_up:
        found = {week: value for week, value in found.items() if (as_of - week).days >= DAYS_PER_WEEK - 1}
    if not found:
        return None
    weeks = weeks_between(min(found), max(found))[-MOST_WEEKS:]
    values = np.array([found.get(week, np.nan) for week in weeks])
    return CountedSeries(metric, weeks, values + read_missing(lake, metric, weeks) if METRICS[metric].adds_up else values)


def forecast_levels(lake: Lake, metrics: Iterable[str], period: Quarter, *, as_of: date, seed: int) -> tuple[dict[str, Level], dict[str, Decimal]]:
    """By metric: the level's forecast to the quarter's end, calibrated by its own backtest; and what was counted in the quarter, where that adds up.

    Metrics with fewer than four weeks, or counted to the quarter's end, have no level.
    """
    levels: dict[str, Level] = {}
    counted: dict[str, Decimal] = {}
    for metric in metrics:
        series = read_level(lake, metric, as_of=as_of) if metric in METRICS else None
        if series is None:
            continue
        level = level_of(series, period, seed=seed)
        if level is not None:
            levels[metric] = level
        inside = [week for week, value in zip(series.starts, series.values, strict=True) if week >= period.first_day and np.isfinite(value)]
        if inside and METRICS[metric].adds_up:  # what was recorded: the level learns from what was lost, too
            counted[metric] = Decimal(f"{float(read_outcome(lake, metric, inside).sum()):.10g}")
    return levels, counted


def level_of(series: CountedSeries, period: Quarter, *, seed: int) -> Level | None:
    from quarterdeck.response.baseline.forecaster import forecast_level
    from quarterdeck.response.forecasts.backtest import backtest_level
    from quarterdeck.response.forecasts.calibration import calibrate
    from quarterdeck.response.forecasts.forecast import Forecast

    rows = (period.weeks[-1] - series.starts[-1]).days // DAYS_PER_WEEK
    if rows < 1:
        return None
    try:
        draws = forecast_level(series, rows, seed=seed)
    except InvalidInput:
        return None
    try:
        record = backtest_level(series, horizon=min(rows, max(1, len(series) // 3)), origins=ORIGINS, seed=seed)
    except InvalidInput:
        record = None
    nothing = np.zeros((len(draws), rows, 0))
    middle = np.tile(draws.mean(axis=0), (len(draws), 1))
    forecast = Forecast(series.metric, series.ahead(rows), (), middle, nothing, draws - middle)
    return Level(calibrate(forecast, record, kind="level"), series.counted, record)


def _weekly(lake: Lake, metric: str) -> list[tuple[date, float | None]]:
    """Week and value; for what is made of two other figures by the query that says how."""
    if metric in _OWN_QUERIES:
        asked = METRIC_QUERIES[metric]
        rows = lake.query(asked.sql)
        return list(zip(rows["week"], rows[asked.returns[-1]], strict=True))
    rows = lake.query(METRIC_QUERIES["weekly_outcome"].sql)
    whole = DAYS_PER_WEEK if METRICS[metric].adds_up else 1
    return [
        (week, value)
        for week, name, value, days in zip(rows["week"], rows["metric"], rows["value"], rows["days"], strict=True)
        if name == metric and days >= whole
    ]
