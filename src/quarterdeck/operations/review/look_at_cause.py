"""look_at_cause: one cause of a review (or one kind of cause) week by week, with the rows of facts that it rests on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Literal

import numpy as np

from quarterdeck.facts.metric_queries import METRIC_QUERIES
from quarterdeck.kernel.problems import NotEnoughData
from quarterdeck.lake.snapshot import Lake, open_snapshot
from quarterdeck.ledger.models import ReviewRecord
from quarterdeck.operations.context import Context
from quarterdeck.operations.remember import remembered
from quarterdeck.operations.review.compare_again import ComparedAgain, compare_again
from quarterdeck.response.series.series import FloatArray
from quarterdeck.review.record import CauseFound, Review

Unit = Literal["money", "metric", "level", "sent"]
GROUPS = ("spend", "context", "exposure", "late", "effect")
LAST_DAY = timedelta(days=6)


@dataclass(frozen=True)
class CauseWeek:
    """`planned` and `actual` are in the unit of the input that was swapped; None where several inputs were."""

    week: date
    planned: float | None
    actual: float | None
    effect: float


@dataclass(frozen=True)
class FactRow:
    """One row of facts; `figures` by the name of its column, None where it was never told."""

    day: date
    name: str
    figures: dict[str, float | None]


@dataclass(frozen=True)
class LostDays:
    """Days on which too little was recorded; `recorded_share` of the usual."""

    first_day: date
    last_day: date
    recorded_share: float
    missing: float


@dataclass(frozen=True)
class CauseLook:
    """A cause, or all of a kind: `members` largest first."""

    review: Review
    code: str
    members: tuple[CauseFound, ...]
    unit: Unit
    weeks: tuple[CauseWeek, ...]
    rows: tuple[FactRow, ...]
    lost: tuple[LostDays, ...]
    is_as_reviewed: bool

    @property
    def amount(self) -> float:
        """Units of the metric."""
        return sum(member.amount for member in self.members)


def look_at_cause(context: Context, code: str, *, review: str | None = None) -> CauseLook | None:
    """The cause `code` (`effect:search`) or kind (`context`) of the review of that hash (default: the latest); None when there is none."""
    context.require("see")
    record = find_review(context, review)
    if record is None:
        return None
    compared = compare_again(context, record)
    members = tuple(cause for cause in compared.review.causes if code in (cause.code, cause.kind if cause.kind in GROUPS else None))
    if not members:
        return None
    rows, lost = remembered(
        "rows of a cause", (context.workspace.slug, record.hash, compared.snapshot.hash, code), lambda: _read(context, compared, members)
    )
    return CauseLook(
        review=compared.review,
        code=code,
        members=members,
        unit=_unit(members[0]),
        weeks=_weeks(compared, members),
        rows=rows,
        lost=lost,
        is_as_reviewed=compared.is_as_reviewed,
    )


def find_review(context: Context, review: str | None) -> ReviewRecord | None:
    """The review of that hash, the latest for None."""
    reviews = context.workspace.reviews.order_by("-as_of", "-pk")
    found: ReviewRecord | None = (reviews.filter(hash=review) if review else reviews).first()
    return found


def _unit(cause: CauseFound) -> Unit:
    by_kind: dict[str, Unit] = {"spend": "money", "late": "money", "context": "level", "exposure": "sent"}
    return by_kind.get(cause.kind, "metric")


def _weeks(compared: ComparedAgain, members: Sequence[CauseFound]) -> tuple[CauseWeek, ...]:
    skip = compared.facts.skip
    effect = np.sum(
        [compared.by_week[cause.code] for cause in members if cause.code in compared.by_week] or [np.zeros(len(compared.review.weeks))], axis=0
    )
    pairs = [_inputs(compared, cause) for cause in members]
    adds_up = len(members) == 1 or _unit(members[0]) in ("money", "sent", "metric")
    planned, actual = (np.sum([pair[side] for pair in pairs], axis=0)[skip:] for side in (0, 1))
    return tuple(
        CauseWeek(week, float(planned[i]) if adds_up else None, float(actual[i]) if adds_up else None, float(effect[i]))
        for i, week in enumerate(compared.facts.weeks[skip:])
    )


def _inputs(compared: ComparedAgain, cause: CauseFound) -> tuple[FloatArray, FloatArray]:
    """What the plan had and what came, [week] each, of the input that this cause swaps."""
    made, facts, subject = compared.comparison, compared.facts, str(cause.subject)
    if cause.kind in ("context", "exposure"):
        names, field = (compared.context_names, "context") if cause.kind == "context" else (compared.exposure_names, "exposures")
        column = names.index(subject)
        return getattr(made.planned, field)[:, column], getattr(made.actual, field)[:, column]
    if cause.kind in ("spend", "late", "effect"):
        return _of_channel(compared, cause.kind, compared.channels.index(subject))
    if cause.kind == "tracking":
        return facts.counted / facts.recorded, facts.counted
    if cause.kind == "demand":
        usual = made.as_spent.baseline.mean(axis=0)
        return usual, usual + made.effects.demand
    return made.forecaster.weekly(made.actual), facts.counted


def _of_channel(compared: ComparedAgain, kind: str, column: int) -> tuple[FloatArray, FloatArray]:
    """Money planned and spent (or left without late work); for its effect, what the money should have brought and what it did."""
    made = compared.comparison
    if kind == "effect":
        media = made.forecaster.media(compared.facts.spend)[:, column]
        return media, media * made.effects.effect[column]
    other = made.held_up if kind == "late" else made.actual
    return made.planned.spend[:, column], other.spend[:, column]


def _read(context: Context, compared: ComparedAgain, members: Sequence[CauseFound]) -> tuple[tuple[FactRow, ...], tuple[LostDays, ...]]:
    kind, names = members[0].kind, [str(cause.subject) for cause in members if cause.subject]
    first, last = compared.review.weeks[0].week, compared.review.weeks[-1].week + LAST_DAY
    with open_snapshot(context.lake_dir, compared.snapshot.loads) as lake:
        if kind in ("spend", "late", "effect", "exposure"):
            return _spend_rows(lake, names, first, last), ()
        if kind == "context":
            return _context_rows(lake, names, first, last), ()
        return _daily_rows(lake, compared.review.metric, first, last), _lost_days(
            lake, compared.review.metric, first, last
        ) if kind == "tracking" else ()


def _spend_rows(lake: Lake, channels: list[str], first: date, last: date) -> tuple[FactRow, ...]:
    """Money, times shown and clicks by week, channel and campaign."""
    rows = lake.query(
        "SELECT date_trunc('week', day)::DATE AS week, channel, campaign, sum(cost) AS cost, sum(impressions) AS impressions, sum(clicks) AS clicks "
        "FROM spend WHERE day BETWEEN $first AND $last AND list_contains($channels, channel) GROUP BY ALL ORDER BY ALL",
        {"first": first, "last": last, "channels": channels},
    )
    return tuple(
        FactRow(week, f"{channel}/{campaign or 'always on'}", {"cost": _number(cost), "impressions": _number(shown), "clicks": _number(clicks)})
        for week, channel, campaign, cost, shown, clicks in zip(
            rows["week"], rows["channel"], rows["campaign"], rows["cost"], rows["impressions"], rows["clicks"], strict=True
        )
    )


def _context_rows(lake: Lake, names: list[str], first: date, last: date) -> tuple[FactRow, ...]:
    rows = lake.query(
        "SELECT day, name, avg(CAST(value AS DOUBLE)) AS value FROM context WHERE day BETWEEN $first AND $last AND list_contains($names, name) "
        "GROUP BY ALL ORDER BY name, day",
        {"first": first, "last": last, "names": names},
    )
    return tuple(FactRow(day, name, {"value": _number(value)}) for day, name, value in zip(rows["day"], rows["name"], rows["value"], strict=True))


def _daily_rows(lake: Lake, metric: str, first: date, last: date) -> tuple[FactRow, ...]:
    rows = lake.query(METRIC_QUERIES["daily_outcome"].sql)
    return tuple(
        FactRow(day, name, {"counted": _number(value)})
        for day, name, value in zip(rows["day"], rows["metric"], rows["value"], strict=True)
        if name == metric and first <= day <= last
    )


def _lost_days(lake: Lake, metric: str, first: date, last: date) -> tuple[LostDays, ...]:
    from quarterdeck.facts.tracking_audit import find_lost_days

    rows = lake.query(METRIC_QUERIES["daily_outcome"].sql)
    found = {day: float(value) for day, name, value in zip(rows["day"], rows["metric"], rows["value"], strict=True) if name == metric and day <= last}
    if not found:
        return ()
    days = tuple(min(found) + timedelta(days=n) for n in range((last - min(found)).days + 1))
    faults = find_lost_days(days, np.array([max(0.0, found[day]) if day in found else np.nan for day in days]))
    if isinstance(faults, NotEnoughData):
        return ()
    return tuple(
        LostDays(fault.first_day, fault.last_day, fault.recorded_share, fault.missing_estimate)
        for fault in faults
        if fault.last_day >= first and fault.kind != "not_over"
    )


def _number(value: Any) -> float | None:
    return None if value is None else float(value)
