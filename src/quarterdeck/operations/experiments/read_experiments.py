"""read_experiment_priors: the company's own tests in the snapshot as beliefs about the return of its channels."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import NormalDist
from typing import TYPE_CHECKING

from quarterdeck.kernel.periods import DAYS_PER_WEEK
from quarterdeck.lake.snapshot import Lake

if TYPE_CHECKING:
    from quarterdeck.response.experiments.combine import ExperimentBelief
    from quarterdeck.response.experiments.evidence import Evidence, SpendRange
    from quarterdeck.response.priors.priors import ReturnPrior
    from quarterdeck.response.series.series import ResponseSeries

USUAL_INTERVAL = 0.9
"""How sure a range is taken to be when the row does not say."""


@dataclass(frozen=True)
class _Row:
    name: str
    channel: str
    first_day: date
    last_day: date
    geo: str
    cost: float
    effect: float
    low: float | None
    high: float | None
    interval: float | None
    method: str

    @property
    def weeks(self) -> float:
        return ((self.last_day - self.first_day).days + 1) / DAYS_PER_WEEK


def read_experiment_priors(lake: Lake, series: ResponseSeries) -> Mapping[str, ReturnPrior]:
    """By channel, what its own tests let a fit of `series` believe about its return; channels without a usable test are left out.

    Tests that ended after the last day of `series` are not used: an origin of a backtest sees what was known then.
    """
    return {channel: belief.prior for channel, belief in read_experiment_beliefs(lake, series).items()}


def read_experiment_beliefs(lake: Lake, series: ResponseSeries) -> Mapping[str, ExperimentBelief]:
    """By channel of `series`, its tests and what they do to the prior."""
    from quarterdeck.response.experiments.combine import combine_evidence

    as_of = last_day_of(series)
    found: dict[str, list[Evidence]] = {}
    for one in read_evidence(lake, series):
        if one.channel in series.channels:
            found.setdefault(one.channel, []).append(one)
    return {channel: combine_evidence(found[channel], as_of=as_of) for channel in series.channels if channel in found}


def read_evidence(lake: Lake, series: ResponseSeries) -> tuple[Evidence, ...]:
    """Every usable test on the metric of `series` that ended within or before it; without cost or effect with a size there is no return to learn."""
    from quarterdeck.response.experiments.evidence import Evidence

    found = []
    for row in _rows(lake, series.metric, last_day_of(series)):
        told = _effect_sd(row)
        if row.cost == 0 or told is None:
            continue
        sd, doubts = told
        spend, doubt = _spend_range(lake, series, row)
        found.append(
            Evidence(
                row.name,
                row.channel,
                series.metric,
                row.effect / row.cost,
                sd / abs(row.cost),
                row.first_day,
                row.last_day,
                spend,
                row.method,
                (*doubts, *doubt),
            )
        )
    return tuple(found)


def last_day_of(series: ResponseSeries) -> date:
    """The last day that the series knows."""
    return series.starts[-1] + timedelta(days=series.step_days - 1)


def _rows(lake: Lake, metric: str, as_of: date) -> list[_Row]:
    rows = lake.query(
        "SELECT experiment, channel, first_day, last_day, geo, cost::DOUBLE AS cost, effect::DOUBLE AS effect, effect_low::DOUBLE AS low, "
        "effect_high::DOUBLE AS high, interval::DOUBLE AS sure, method FROM experiments WHERE metric = ? AND last_day <= ? ORDER BY last_day, experiment",
        [metric, as_of],
    )
    return [_Row(*values) for values in zip(*rows.values(), strict=True)]


def _effect_sd(row: _Row) -> tuple[float, tuple[str, ...]] | None:
    """Standard error of the effect, with what had to be assumed; None when there is no way to tell."""
    if row.low is None or row.high is None or row.low >= row.high:
        if row.effect == 0:
            return None
        return abs(row.effect), ("No range was told: what it found counts as if it might as well be nothing or twice as much.",)
    doubts = []
    sure = row.interval
    if sure is not None and 1.0 < sure < 100.0:
        sure = sure / 100.0
    if sure is None or not 0.0 < sure < 1.0:
        sure = USUAL_INTERVAL
        doubts.append(f"It was not told how sure the range is: {USUAL_INTERVAL:.0%} was assumed.")
    if not row.low <= row.effect <= row.high:
        doubts.append("What it found lies outside its own range: check the row.")
    return (row.high - row.low) / (2.0 * NormalDist().inv_cdf(0.5 + sure / 2.0)), tuple(doubts)


def _spend_range(lake: Lake, series: ResponseSeries, row: _Row) -> tuple[SpendRange | None, tuple[str, ...]]:
    """Where on the curve the money was moved, and what is doubtful about that."""
    from quarterdeck.response.experiments.evidence import SpendRange

    unknown = ("At which spend it was made is not known, so its return may be off the channel's average.",)
    if row.channel not in series.channels or (not row.geo and "geo" in row.method.lower()):
        return None, unknown
    usual = _spend_a_week(lake, row, series.starts[0], last_day_of(series))
    during = _spend_a_week(lake, row, row.first_day, row.last_day)
    if not usual or during is None:
        return None, unknown
    moved = row.cost / row.weeks
    low, high = (max(0.0, during - moved), during) if moved > 0 else (during, during - moved)
    return (SpendRange(low, high, usual), ()) if low < high else (None, unknown)


def _spend_a_week(lake: Lake, row: _Row, first: date, last: date) -> float | None:
    """Money a week on the channel in the place of the test; None when the facts do not reach over those days."""
    known = lake.query("SELECT min(day) AS first, max(day) AS last FROM spend")
    if known["first"][0] is None or first < known["first"][0] or last > known["last"][0]:
        return None
    place = " AND geo = ?" if row.geo else ""
    found = lake.query(
        f"SELECT sum(cost)::DOUBLE AS cost FROM spend WHERE channel = ? AND day BETWEEN ? AND ?{place}",
        [row.channel, first, last, *([row.geo] if row.geo else [])],
    )
    days = (last - first).days + 1
    return float(found["cost"][0] or 0.0) * DAYS_PER_WEEK / days
