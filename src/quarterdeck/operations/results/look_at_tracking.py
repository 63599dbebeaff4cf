"""look_at_tracking: is it measured right? Lost days, gaps, figures that still move, and names that the facts and the strategy do not share."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from quarterdeck.facts.day_words import day_runs
from quarterdeck.facts.tracking_audit import TrackingFault
from quarterdeck.kernel.periods import days_between
from quarterdeck.ledger.models import Load
from quarterdeck.operations.facts.audit_tracking import Audit, audit_tracking
from quarterdeck.operations.facts.days_known import DaysKnown, days_known
from quarterdeck.operations.facts.weeks_known import weeks_known
from quarterdeck.operations.quarter.open_desk import Desk
from quarterdeck.operations.response.fit_response import metrics_to_fit

MOVES_DAYS = 2
"""Ad accounts and analytics correct the figures of so many days (lessons of Google Analytics: 24 to 48 hours)."""
RECENT = timedelta(weeks=13)
BEFORE, AFTER = timedelta(days=28), timedelta(days=21)


@dataclass(frozen=True)
class FaultShown:
    """A fault with the days around it, for a picture. `daily [day]` is None where there is no row; `usual` a day."""

    metric: str
    fault: TrackingFault
    days: tuple[date, ...]
    daily: tuple[float | None, ...]
    usual: float


@dataclass(frozen=True)
class Reach:
    """How far a table's facts reach, and how they came. `days_short`: days up to yesterday that it has nothing of."""

    table: str
    name: str
    """The metric, or "" for a whole table."""
    first_day: date
    last_day: date
    days_short: int
    gaps: tuple[tuple[date, date], ...]
    source: str
    brought_at: datetime | None
    by: str
    why_unknown: str | None


@dataclass(frozen=True)
class Tracking:
    """Everything that is known about how well it is measured. `faults`: newest first, those of the metrics of the objectives before others."""

    faults: tuple[FaultShown, ...]
    reaches: tuple[Reach, ...]
    unknown_channels: tuple[str, ...]
    silent_channels: tuple[str, ...]
    """Paid channels of the strategy that are in use and of which no spend was ever brought in."""
    moving: tuple[date, ...]
    """Days whose figures may still be corrected by where they come from."""
    audited: int
    """Metrics whose days could be looked at."""

    @property
    def known_until(self) -> date | None:
        """The last day that any figure reaches."""
        return max((reach.last_day for reach in self.reaches), default=None)

    @property
    def recent(self) -> tuple[FaultShown, ...]:
        """Faults of the last quarter of facts."""
        last = self.known_until
        return tuple(each for each in self.faults if last is not None and last - each.fault.last_day <= RECENT)


def look_at_tracking(desk: Desk) -> Tracking | None:
    """None when there are no facts."""
    desk.context.require("see")
    days, weeks, audits = days_known(desk.context), weeks_known(desk.context), audit_tracking(desk.context)
    if not days.outcomes and not days.spend_days:
        return None
    order = _order(desk, audits)
    reaches = tuple(_reaches(desk, days, audits, order))
    paid = {channel for (channel, _), cost in weeks.spend.items() if cost > 0}
    own = desk.strategy.channels if desk.strategy else ()
    return Tracking(
        faults=_faults(days, audits, order),
        reaches=reaches,
        unknown_channels=tuple(sorted(paid - {channel.id for channel in own})) if desk.strategy else (),
        silent_channels=tuple(c.id for c in own if c.ownership == "paid" and c.use == "in_use" and c.id not in paid) if days.spend_days else (),
        moving=_moving(desk, days),
        audited=sum(audit.why_unknown is None for audit in audits.values()),
    )


def _order(desk: Desk, audits: Mapping[str, Audit]) -> list[str]:
    wanted = metrics_to_fit(desk.strategy) if desk.strategy else []
    return [*(metric for metric in wanted if metric in audits), *sorted(metric for metric in audits if metric not in wanted)]


def _faults(days: DaysKnown, audits: Mapping[str, Audit], order: Sequence[str]) -> tuple[FaultShown, ...]:
    found = [_shown(days, metric, audits[metric], fault) for metric in order for fault in audits[metric].faults]
    return tuple(sorted(found, key=lambda each: (-each.fault.last_day.toordinal(), order.index(each.metric))))


def _shown(days: DaysKnown, metric: str, audit: Audit, fault: TrackingFault) -> FaultShown:
    known = days.outcomes[metric]
    window = days_between(max(audit.first_day, fault.first_day - BEFORE), min(audit.last_day, fault.last_day + AFTER))
    recorded = sum(known.get(day, 0.0) for day in days_between(fault.first_day, fault.last_day))
    return FaultShown(metric, fault, window, tuple(known.get(day) for day in window), (recorded + fault.missing_estimate) / fault.days)


def _reaches(desk: Desk, days: DaysKnown, audits: Mapping[str, Audit], order: Sequence[str]) -> list[Reach]:
    loads = {
        load.table: load for load in Load.objects.filter(workspace=desk.context.workspace, dropped_at__isnull=True).order_by("made_at", "sequence")
    }
    yesterday = desk.day - timedelta(days=1)

    def reach(table: str, name: str, first: date, last: date, gaps: tuple[tuple[date, date], ...], why: str | None) -> Reach:
        load = loads.get(table)
        short = max(0, (yesterday - last).days)
        return Reach(table, name, first, last, short, gaps, load.source if load else "", load.made_at if load else None, load.by if load else "", why)

    found = []
    if days.spend_days:
        first, last = min(days.spend_days), max(days.spend_days)
        gaps = day_runs(day for day in days_between(first, last) if day not in days.spend_days)
        found.append(reach("spend", "", first, last, gaps, None))
    for metric in order:
        audit = audits[metric]
        found.append(reach("outcomes", metric, audit.first_day, audit.last_day, audit.gaps, audit.why_unknown))
    return found


def _moving(desk: Desk, days: DaysKnown) -> tuple[date, ...]:
    last = days.last_day
    recent = days_between(desk.day - timedelta(days=MOVES_DAYS), desk.day - timedelta(days=1))
    return tuple(day for day in recent if last is not None and day <= last)
