"""read_series: the facts of a snapshot as the weekly series that the response learns from. Whole weeks only; what is missing is said, never 0."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

import numpy as np

from quarterdeck.facts.metric_queries import METRIC_QUERIES
from quarterdeck.kernel.metrics import METRICS
from quarterdeck.kernel.periods import DAYS_PER_WEEK, days_between, week_start, weeks_between
from quarterdeck.lake.snapshot import Lake
from quarterdeck.strategy.document import Strategy

if TYPE_CHECKING:
    from quarterdeck.facts.tracking_audit import TrackingFault
    from quarterdeck.response.series.series import FloatArray, ResponseSeries

LAST_DAY_OF_WEEK = timedelta(days=6)
SMALLEST_SHARE = 0.05
"""A week of which less was recorded is not read any further up."""


def last_fact_day(lake: Lake) -> date | None:
    """The last day that both spend and outcomes are known for; None when either has no row."""
    ends = [lake.query(f"SELECT max(day) AS day FROM {table}")["day"][0] for table in ("spend", "outcomes")]
    return None if None in ends else min(ends)


def read_series(lake: Lake, strategy: Strategy, metric: str, *, as_of: date) -> ResponseSeries | None:
    """The longest run of whole weeks up to `as_of` in which the outcome was counted, with every paid channel that ever had money.

    A week without any spend row holds no spend (nothing was booked), but a week without an outcome ends the run: not counted is not 0.
    What tracking lost is filled in as usual for those days (`read_missing`): curves learn from what happened, not from what was recorded of it.
    Public holidays of the first markets stand among the context where the outcome asks for them (`with_holidays`). None when no whole week was counted.
    """
    from quarterdeck.operations.holidays.market_holidays import with_holidays
    from quarterdeck.response.series.series import ResponseSeries

    last_monday = week_start(as_of - LAST_DAY_OF_WEEK)
    outcome = _by_week(lake, "weekly_outcome", last_monday)
    counted = {week: value for (name, week), value in outcome.items() if name == metric and value is not None}
    weeks = _last_run(counted, last_monday, first_whole=_first_whole_week(lake))
    if not weeks or not METRICS[metric].adds_up:
        return None
    spend = _by_week(lake, "weekly_spend", last_monday)
    channels = tuple(channel.id for channel in strategy.paid_channels if any(spend.get((channel.id, week)) for week in weeks))
    context, exposures = _by_week(lake, "weekly_context", last_monday), _by_week(lake, "weekly_exposures", last_monday)
    names = _complete_names(context, weeks)
    unpaid = {channel.id for channel in strategy.channels if channel.ownership != "paid"}
    shown = tuple(sorted({name for name, _ in exposures if name in unpaid}))
    series = ResponseSeries(
        metric=metric,
        starts=weeks,
        channels=channels,
        spend=_table(spend, weeks, channels),
        outcome=np.array([float(counted[week]) for week in weeks]) + read_missing(lake, metric, weeks),
        exposure_names=shown,
        exposures=_table(exposures, weeks, shown),
        context_names=names,
        context=_table(context, weeks, names),
    )
    return with_holidays(series, strategy.company.markets)


def read_context(lake: Lake, names: Sequence[str], weeks: Sequence[date]) -> FloatArray:
    """Weekly context [week, name] with NaN where it is not known; public holidays are known for any week."""
    from quarterdeck.operations.holidays.market_holidays import put_holidays

    found = _by_week(lake, "weekly_context", weeks[-1] if weeks else date.min)
    told = np.array([[float(found.get((name, week), np.nan)) for name in names] for week in weeks]).reshape(len(weeks), len(names))
    return put_holidays(names, weeks, told)


def unknown_channels(lake: Lake, strategy: Strategy) -> tuple[str, ...]:
    """Channels that facts name with money and the strategy does not: no curve and no plan counts them."""
    known = {channel.id for channel in strategy.channels}
    rows = lake.query("SELECT channel FROM spend GROUP BY channel HAVING sum(cost) > 0 ORDER BY channel")
    return tuple(channel for channel in rows["channel"] if channel not in known)


def say_unknown_channels(names: Sequence[str]) -> list[str]:
    """One sentence, or none when every channel is known."""
    if not names:
        return []
    listed = ", ".join(f"“{name}”" for name in names)
    return [
        f"Warning: money on {listed} is in the facts, but no such channel is in the strategy: it is left out of curves and plans. "
        "Add the channel, or correct its name there and import the file again."
    ]


def read_exposures(lake: Lake, names: Sequence[str], weeks: Sequence[date]) -> FloatArray:
    """Weekly unpaid exposures [week, exposure]; no row is none sent."""
    return _table(_by_week(lake, "weekly_exposures", weeks[-1] if weeks else date.min), weeks, names)


def read_spend(lake: Lake, channels: Sequence[str], weeks: Sequence[date]) -> FloatArray:
    """Weekly spend [week, channel] in money."""
    return _table(_by_week(lake, "weekly_spend", weeks[-1] if weeks else date.min), weeks, channels)


def _by_week(lake: Lake, query: str, last_monday: date) -> dict[tuple[str, date], float]:
    """(name, Monday) -> value, as one of the weekly queries of `facts` gives it, up to `last_monday`; weeks that are not whole are left out."""
    asked = METRIC_QUERIES[query]
    rows = lake.query(asked.sql)
    name, value = asked.returns[1:3]
    days = rows.get("days", [DAYS_PER_WEEK] * len(rows["week"]))
    return {
        (key, week): number
        for key, week, number, seen in zip(rows[name], rows["week"], rows[value], days, strict=True)
        if week <= last_monday and seen == DAYS_PER_WEEK
    }


def _first_whole_week(lake: Lake) -> date:
    """The first Monday from which both spend and outcomes are known."""
    starts = [lake.query(f"SELECT min(day) AS day FROM {table}")["day"][0] for table in ("spend", "outcomes")]
    first = max(day for day in starts if day is not None)
    return week_start(first + LAST_DAY_OF_WEEK)


def _last_run(counted: dict[date, float], last_monday: date, *, first_whole: date) -> tuple[date, ...]:
    """Consecutive counted weeks up to the last one that is counted."""
    known = [week for week in counted if first_whole <= week <= last_monday]
    if not known:
        return ()
    run = [max(known)]
    while run[-1] - timedelta(weeks=1) in counted and run[-1] - timedelta(weeks=1) >= first_whole:
        run.append(run[-1] - timedelta(weeks=1))
    return weeks_between(run[-1], run[0])


def _complete_names(context: dict[tuple[str, date], float], weeks: Sequence[date]) -> tuple[str, ...]:
    """Context that is known in every week and is not the same throughout."""
    names = sorted({name for name, _ in context})
    return tuple(name for name in names if all((name, week) in context for week in weeks) and len({context[name, week] for week in weeks}) > 1)


def _table(values: dict[tuple[str, date], float], weeks: Sequence[date], names: Sequence[str]) -> FloatArray:
    return np.array([[float(values.get((name, week)) or 0.0) for name in names] for week in weeks]).reshape(len(weeks), len(names))


def read_outcome(lake: Lake, metric: str, weeks: Sequence[date]) -> FloatArray:
    """The outcome of each week [week], NaN where it was not counted for the whole week."""
    found = _by_week(lake, "weekly_outcome", weeks[-1] if weeks else date.min)
    return np.array([float(found.get((metric, week), np.nan)) for week in weeks])


def read_recorded(lake: Lake, metric: str, weeks: Sequence[date]) -> FloatArray:
    """The share of each week's outcome that tracking caught, in (0, 1], by the audit of daily counts; 1 where nothing is wrong or nobody can tell.

    Figures that were only known by week (all seven days alike) cannot show a lost day, and a fall that has not come back may be a real one.
    """
    share = np.ones(len(weeks))
    for fault in find_faults(lake, metric, weeks):
        share -= _days_inside(fault, weeks) / DAYS_PER_WEEK * (1.0 - fault.recorded_share)
    return np.maximum(share, SMALLEST_SHARE)


def read_missing(lake: Lake, metric: str, weeks: Sequence[date]) -> FloatArray:
    """About how much of each week's outcome happened and was not recorded [week], by the same audit; 0 where nothing is wrong or nobody can tell."""
    missing = np.zeros(len(weeks))
    for fault in find_faults(lake, metric, weeks):
        missing += fault.missing_estimate * _days_inside(fault, weeks) / fault.days
    return missing


def find_faults(lake: Lake, metric: str, weeks: Sequence[date]) -> tuple[TrackingFault, ...]:
    """Lost days up to the last of `weeks` that are over; a fall that has not come back may be a real one and is left out."""
    from quarterdeck.facts.tracking_audit import find_lost_days
    from quarterdeck.kernel.problems import NotEnoughData

    days, values = _daily(lake, metric, weeks)
    if not days or is_weekly(values):
        return ()
    faults = find_lost_days(days, values)
    return () if isinstance(faults, NotEnoughData) else tuple(fault for fault in faults if fault.kind != "not_over")


def _days_inside(fault: TrackingFault, weeks: Sequence[date]) -> FloatArray:
    """How many days of the fault lie in each week."""
    return np.array(
        [sum(fault.first_day <= week + timedelta(days=n) <= fault.last_day for n in range(DAYS_PER_WEEK)) for week in weeks], dtype=np.float64
    )


def _daily(lake: Lake, metric: str, weeks: Sequence[date]) -> tuple[tuple[date, ...], FloatArray]:
    """Every day up to the last of `weeks` with its outcome, NaN where there is no row."""
    rows = lake.query(METRIC_QUERIES["daily_outcome"].sql)
    found = {day: value for day, name, value in zip(rows["day"], rows["metric"], rows["value"], strict=True) if name == metric}
    if not weeks or not found:
        return (), np.zeros(0)
    days = days_between(min(found), weeks[-1] + LAST_DAY_OF_WEEK)
    return days, np.array([max(0.0, float(found[day])) if day in found else np.nan for day in days])


def is_weekly(values: FloatArray) -> bool:
    """Whether days look like weeks shared out: most neighbours within a few cents of each other."""
    steps = np.abs(np.diff(values))
    return bool(np.nanmean(steps <= 0.011) > 0.8)
