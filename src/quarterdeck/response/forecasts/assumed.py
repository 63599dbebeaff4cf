"""assume_ahead: what is taken for granted of context and unpaid exposures in the rows ahead.

Demand that grows is not what it was a year ago, and one odd week of last year does not come again. A forecast of the figure from its own past sees the
first and smooths the second, but is often wrong about seasons of which it saw one or two. The mean of both is nearer than either, over published and
simulated series alike (docs/decisions/0023). Source: Bates & Granger 1969, "The combination of forecasts", with equal weights.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache
from typing import Literal

import numpy as np

from quarterdeck.response.baseline.expected import expect_values
from quarterdeck.response.baseline.forecaster import LEAST_POINTS
from quarterdeck.response.series.calendar_context import is_of_calendar
from quarterdeck.response.series.series import WEEK, FloatArray, ResponseSeries

Origin = Literal["year_before", "mean", "year_before_and_past", "mean_and_past"]
_MEAN_WEEKS = 52
_SHARE = 0.5
_REMEMBERED = 512


def assume_ahead(series: ResponseSeries, weeks: tuple[date, ...]) -> tuple[FloatArray, FloatArray, tuple[Origin, ...]]:
    """Context [week, name] and exposures [week, exposure] to assume for `weeks`, and for each name and exposure where its values come from.

    The same ISO week a year before when the series holds it (the week before for a 53rd; for days 364 days before), else the mean of the last year; a
    figure of context is halfway between that and where its own past leads. A column of at most two values is an event that is or is not: such ones, the
    calendar's, and exposures, which the company decides, stay as a year before.
    """
    rows = _rows_a_year_before(series, weeks)
    year = _MEAN_WEEKS * WEEK // series.step_days
    before = _taken(series.context, rows, year)
    led = [number for number, name in enumerate(series.context_names) if weeks and _is_figure(name, series.context[:, number])]
    for number in led:
        before[:, number] += _SHARE * (_own_past(series, number, weeks) - before[:, number])
    plain: Origin = "mean" if None in rows else "year_before"
    both: Origin = "mean_and_past" if None in rows else "year_before_and_past"
    origins = [both if number in led else plain for number in range(len(series.context_names))] + [plain] * len(series.exposure_names)
    return before, _taken(series.exposures, rows, year), tuple(origins)


def _is_figure(name: str, column: FloatArray) -> bool:
    return len(column) >= LEAST_POINTS and len(np.unique(column)) > 2 and not is_of_calendar(name)


def _own_past(series: ResponseSeries, number: int, weeks: tuple[date, ...]) -> FloatArray:
    """Where the column's own past leads [week]; a figure that never was below 0 does not go there."""
    column = np.ascontiguousarray(series.context[:, number])
    led = _led(series.starts, column.tobytes(), weeks, series.step_days)
    return np.maximum(led, 0.0) if column.min() >= 0.0 else led


@lru_cache(maxsize=_REMEMBERED)
def _led(starts: tuple[date, ...], values: bytes, weeks: tuple[date, ...], step_days: int) -> FloatArray:
    """Remembered, because all metrics and places of a company share most of their context."""
    return expect_values(starts, np.frombuffer(values), weeks, step_days=step_days)


def _rows_a_year_before(series: ResponseSeries, starts: tuple[date, ...]) -> list[int | None]:
    if series.step_days != WEEK:
        row_of_day = {day: row for row, day in enumerate(series.starts)}
        return [row_of_day.get(day - timedelta(days=364)) for day in starts]
    row_of = {week.isocalendar()[:2]: row for row, week in enumerate(series.starts)}
    return [_year_before(week, row_of) for week in starts]


def _year_before(week: date, row_of: dict[tuple[int, int], int]) -> int | None:
    year, number = week.isocalendar()[:2]
    return row_of.get((year - 1, number), row_of.get((year - 1, 52)) if number == 53 else None)


def _taken(columns: FloatArray, rows: list[int | None], year: int) -> FloatArray:
    mean = columns[-year:].mean(axis=0)
    return np.array([mean if row is None else columns[row] for row in rows]).reshape(len(rows), columns.shape[1])
