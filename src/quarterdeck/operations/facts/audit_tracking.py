"""audit_tracking: was it measured right? The audit of every metric's days, made once a snapshot."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

import numpy as np

from quarterdeck.facts.day_words import day_runs
from quarterdeck.facts.tracking_audit import TrackingFault, find_lost_days
from quarterdeck.kernel.metrics import METRICS
from quarterdeck.kernel.periods import days_between
from quarterdeck.kernel.problems import NotEnoughData
from quarterdeck.operations.context import Context
from quarterdeck.operations.facts.days_known import DaysKnown, days_known
from quarterdeck.operations.remember import remembered
from quarterdeck.operations.response.read_series import is_weekly

WhyUnknown = Literal["weekly", "too_short", "no_sum"]


@dataclass(frozen=True)
class Audit:
    """What the audit says of one metric. `why_unknown`: it cannot tell, because figures come by week, days are too few, or days do not add up."""

    metric: str
    first_day: date
    last_day: date
    days_known: int
    faults: tuple[TrackingFault, ...]
    gaps: tuple[tuple[date, date], ...]
    """Runs of days without a row between the first and the last."""
    why_unknown: WhyUnknown | None = None

    def faults_between(self, first: date, last: date) -> tuple[TrackingFault, ...]:
        """Those that touch these days."""
        return tuple(fault for fault in self.faults if fault.first_day <= last and fault.last_day >= first)


def audit_tracking(context: Context) -> Mapping[str, Audit]:
    """By metric with facts."""
    known = days_known(context)
    return remembered(
        "audit", (context.workspace.slug, known.snapshot), lambda: {metric: _audit(known, metric) for metric in known.outcomes}, most=24
    )


def missing_between(faults: tuple[TrackingFault, ...], first: date, last: date) -> float:
    """About how much of the metric was not counted on these days; of a fault that lies partly outside, its share by days. A fall that has not come
    back is left out: it may be real."""
    missing = 0.0
    for fault in faults:
        inside = (min(fault.last_day, last) - max(fault.first_day, first)).days + 1
        if inside > 0 and fault.kind != "not_over":
            missing += fault.missing_estimate * inside / fault.days
    return missing


def _audit(known: DaysKnown, metric: str) -> Audit:
    found = known.outcomes[metric]
    days = days_between(min(found), max(found))
    gaps = day_runs(day for day in days if day not in found)
    faults, why = _faults(metric, days, found)
    return Audit(metric, days[0], days[-1], len(found), faults, gaps, why)


def _faults(metric: str, days: tuple[date, ...], found: Mapping[date, float]) -> tuple[tuple[TrackingFault, ...], WhyUnknown | None]:
    if metric in METRICS and not METRICS[metric].adds_up:
        return (), "no_sum"
    values = np.array([max(0.0, found[day]) if day in found else np.nan for day in days])
    if len(found) > 1 and is_weekly(values):
        return (), "weekly"
    faults = find_lost_days(days, values)
    return ((), "too_short") if isinstance(faults, NotEnoughData) else (faults, None)
