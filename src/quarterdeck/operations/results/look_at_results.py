"""look_at_results: what was counted in a period, held against the plan and against the same weeks a year before. Whole weeks alone; what has no row
is not known, never 0."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from quarterdeck.facts.tracking_audit import TrackingFault
from quarterdeck.kernel.metrics import METRICS
from quarterdeck.operations.facts.audit_tracking import audit_tracking, missing_between
from quarterdeck.operations.facts.days_known import DaysKnown, days_known
from quarterdeck.operations.facts.sources import sources_of
from quarterdeck.operations.facts.weeks_known import WeeksKnown, weeks_known
from quarterdeck.operations.quarter.open_desk import Desk
from quarterdeck.operations.response.fit_response import metrics_to_fit
from quarterdeck.operations.response.learned import Learned, what_was_learned
from quarterdeck.operations.results.choose_period import YEAR, Period, choose_period
from quarterdeck.operations.results.promised import Promise, promised_for
from quarterdeck.report.weekly import Weekly

RATIOS = {"average_order_value": ("revenue", "orders"), "cost_per_customer": ("spend", "new_customers")}
"""Metrics that are worked out from two others."""


@dataclass(frozen=True)
class MetricFigures:
    """One metric, week by week, with what the figures rest on."""

    metric: str
    counted: Weekly
    planned: Weekly
    last_year: Weekly
    rows: int
    """Rows of facts in the counted weeks; 0 for what is worked out from other metrics."""
    sources: tuple[str, ...]
    faults: tuple[TrackingFault, ...] = ()
    """Runs of days within the period on which tracking lost some of it."""
    missing: float = 0.0
    """About how much was lost, in the metric's unit."""


@dataclass(frozen=True)
class Results:
    """A period of a company. `chosen` is the metric that is looked at closely."""

    period: Period
    figures: tuple[MetricFigures, ...]
    chosen: MetricFigures
    last_fact: date | None
    has_promise: bool
    """Whether an approved plan speaks of any week of the period."""
    learned: Learned | None = None
    """The newest curves of the aim that may be used; None without an objective."""


def look_at_results(desk: Desk, asked: Mapping[str, str]) -> Results | None:
    """What `asked` names (`period`, `from`, `to`, `metric`); None when there are no facts that could be counted."""
    desk.context.require("see")
    weeks, days = weeks_known(desk.context), days_known(desk.context)
    if not days.outcomes and not weeks.spend:
        return None
    period = choose_period(asked, desk.day, desk.quarter, last_fact=days.last_day)
    promise = promised_for(desk.context, period.weeks)
    figures = _all_figures(desk, period, weeks, days, promise)
    chosen = next((each for each in figures if each.metric == asked.get("metric")), figures[0])
    return Results(period, figures, chosen, days.last_day, any(week in promise.weeks for week in period.weeks), _learned(desk))


def _learned(desk: Desk) -> Learned | None:
    metrics = metrics_to_fit(desk.strategy) if desk.strategy else []
    return what_was_learned(desk.context, metrics[0]) if metrics else None


def _all_figures(desk: Desk, period: Period, weeks: WeeksKnown, days: DaysKnown, promise: Promise) -> tuple[MetricFigures, ...]:
    found = {metric: _counted(desk, metric, period, weeks, days, promise) for metric in _in_order(desk, days)}
    if weeks.spend:
        found["spend"] = _spent(desk, period, weeks, days, promise)
    for metric, (top, bottom) in RATIOS.items():
        if top in found and bottom in found and metric not in found:
            found[metric] = _ratio(metric, found[top], found[bottom])
    return tuple(found.values())


def _in_order(desk: Desk, days: DaysKnown) -> list[str]:
    """Metrics with facts: those of the objectives first, the aim before all."""
    wanted = metrics_to_fit(desk.strategy) if desk.strategy else []
    known = [metric for metric in METRICS if metric in days.outcomes]
    return list(dict.fromkeys([*(metric for metric in wanted if metric in days.outcomes), *known, *sorted(days.outcomes)]))


def _counted(desk: Desk, metric: str, period: Period, weeks: WeeksKnown, days: DaysKnown, promise: Promise) -> MetricFigures:
    counted = tuple(weeks.outcomes.get((metric, week)) for week in period.weeks)
    rows, loads = days.evidence("outcomes", metric, _known(period.weeks, counted))
    audit = audit_tracking(desk.context)[metric]
    faults = audit.faults_between(period.first_day, period.last_day)
    adds_up = metric not in METRICS or METRICS[metric].adds_up
    weights = () if adds_up else (1.0,) * len(period.weeks)
    return MetricFigures(
        metric=metric,
        counted=Weekly(counted, weights),
        planned=Weekly(tuple(promise.outcome.get((metric, week)) for week in period.weeks), weights),
        last_year=Weekly(tuple(weeks.outcomes.get((metric, week - YEAR)) for week in period.weeks), weights),
        rows=rows,
        sources=sources_of(desk.context, "outcomes", loads),
        faults=faults,
        missing=missing_between(faults, period.first_day, period.last_day),
    )


def _spent(desk: Desk, period: Period, weeks: WeeksKnown, days: DaysKnown, promise: Promise) -> MetricFigures:
    """All channels together. A whole week between the first and the last day of spend in which nothing was booked cost nothing."""
    by_week: dict[date, Decimal] = {}
    for (_, week), cost in weeks.spend.items():
        by_week[week] = by_week.get(week, Decimal(0)) + cost
    counted = spent_weeks(by_week, period.weeks, weeks)
    channels = {channel for channel, _ in promise.spend}
    planned = tuple(
        float(sum((promise.spend_of(channel, week) or Decimal(0) for channel in channels), Decimal(0))) if week in promise.weeks else None
        for week in period.weeks
    )
    last_year = spent_weeks(by_week, [week - YEAR for week in period.weeks], weeks)
    found = [days.evidence("spend", channel, _known(period.weeks, counted)) for channel in sorted({channel for channel, _ in weeks.spend})]
    loads = tuple(dict.fromkeys(load for _, each in found for load in each))
    rows = sum(rows for rows, _ in found)
    return MetricFigures("spend", Weekly(counted), Weekly(planned), Weekly(last_year), rows, sources_of(desk.context, "spend", loads))


def spent_weeks(by_week: Mapping[date, Decimal], asked: Sequence[date], weeks: WeeksKnown) -> tuple[float | None, ...]:
    """The cost of each whole week that spend is known for; None before the first row of all channels, and in a week that is not over."""
    first = min((week for _, week in weeks.spend), default=None)
    until = weeks.spend_until
    return tuple(
        float(by_week.get(week, Decimal(0)))
        if first is not None and until is not None and first <= week and week + timedelta(days=6) <= until
        else None
        for week in asked
    )


def _ratio(metric: str, top: MetricFigures, bottom: MetricFigures) -> MetricFigures:
    """`top` divided by `bottom`, in weeks that know both."""
    faults = tuple(dict.fromkeys([*top.faults, *bottom.faults]))
    counted, planned, last_year = (
        a.per(b) for a, b in ((top.counted, bottom.counted), (top.planned, bottom.planned), (top.last_year, bottom.last_year))
    )
    return MetricFigures(metric, counted, planned, last_year, 0, tuple(dict.fromkeys([*top.sources, *bottom.sources])), faults)


def _known(weeks: Sequence[date], values: Sequence[float | None]) -> frozenset[date]:
    return frozenset(week for week, value in zip(weeks, values, strict=True) if value is not None)
