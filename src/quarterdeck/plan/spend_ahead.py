"""Spend ahead: what goes into a fit's forecast, week by week after the fit's last one: known, planned, or as last quarter."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal

import numpy as np

from quarterdeck.kernel.periods import weeks_between
from quarterdeck.plan.plan_inputs import PlanInputs
from quarterdeck.response.curves.fitted import ResponseFit
from quarterdeck.response.series.series import FloatArray


def weeks_ahead(inputs: PlanInputs, fit: ResponseFit) -> tuple[date, ...]:
    """Mondays from the week after the fit's last to the quarter's last; empty when the quarter is over."""
    return weeks_between(fit.weeks[-1] + timedelta(weeks=1), inputs.quarter.last_day)


def assumed_weeks(inputs: PlanInputs, fit: ResponseFit) -> tuple[date, ...]:
    """Weeks that the fit has not seen, that cannot be decided any more and that nobody reported spend for: taken as last quarter's."""
    reported = {line.week for line in inputs.spent}
    return tuple(week for week in weeks_ahead(inputs, fit) if week < _first_open(inputs) and week not in reported)


def spend_before(inputs: PlanInputs, fit: ResponseFit) -> FloatArray:
    """Spend [week, channel] between the fit's last week and the first open one."""
    weeks = [week for week in weeks_ahead(inputs, fit) if week < _first_open(inputs)]
    return _rows(inputs, fit, weeks, {})


def planned_spend(inputs: PlanInputs, fit: ResponseFit, amounts: Mapping[str, Sequence[Decimal]]) -> FloatArray:
    """Spend [week, channel] of all weeks ahead: past ones as they were, open ones as `amounts` {channel: money of each open week}."""
    planned = {(channel, week): float(amount) for channel, row in amounts.items() for week, amount in zip(inputs.open_weeks, row, strict=True)}
    return _rows(inputs, fit, weeks_ahead(inputs, fit), planned)


def unchanged_spend(inputs: PlanInputs, fit: ResponseFit) -> FloatArray:
    """Spend [week, channel] of all weeks ahead if open weeks are spent like last quarter's mean week."""
    usual = {(channel, week): inputs.usual_week(channel) for channel in fit.channels for week in inputs.open_weeks}
    return _rows(inputs, fit, weeks_ahead(inputs, fit), usual)


def _rows(inputs: PlanInputs, fit: ResponseFit, weeks: Sequence[date], decided: Mapping[tuple[str, date], float]) -> FloatArray:
    made: dict[tuple[str, date], float] = {}
    for line in inputs.spent:
        made[line.channel, line.week] = made.get((line.channel, line.week), 0.0) + float(line.amount)
    assumed = set(assumed_weeks(inputs, fit))

    def of(channel: str, week: date) -> float:
        if week in assumed:
            return inputs.usual_week(channel)
        known = decided if week >= _first_open(inputs) else made
        return known.get((channel, week), 0.0)

    return np.array([[of(channel, week) for channel in fit.channels] for week in weeks]).reshape(len(weeks), len(fit.channels))


def _first_open(inputs: PlanInputs) -> date:
    """Weeks before the quarter are past for its plan, even when it is made early."""
    return max(inputs.first_open_week, inputs.quarter.first_day)
