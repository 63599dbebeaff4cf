"""weeks_known: what the facts say of every week, read once a snapshot: outcomes by metric, spend by channel, and how far both reach."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from itertools import takewhile

from quarterdeck.facts.metric_queries import METRIC_QUERIES
from quarterdeck.kernel.periods import DAYS_PER_WEEK, Quarter, week_start
from quarterdeck.lake.snapshot import Lake, open_snapshot
from quarterdeck.ledger.gateway.loads import snapshot_of
from quarterdeck.operations.context import Context
from quarterdeck.operations.remember import remembered
from quarterdeck.operations.response.read_series import last_fact_day


@dataclass(frozen=True)
class WeeksKnown:
    """Weekly facts of one snapshot. `outcomes` (metric, Monday) has whole weeks alone; `spend` (channel, Monday) also a week that has begun."""

    snapshot: str
    last_day: date | None
    """The last day that both spend and outcomes reach; None when either has no row."""
    spend_until: date | None
    weeks_of_outcomes: int
    outcomes: Mapping[tuple[str, date], float]
    spend: Mapping[tuple[str, date], Decimal]

    def last_whole_week_end(self, today: date) -> date:
        """The Sunday of the last week that facts cover whole; without facts, of the last week that has passed."""
        last = self.last_day or today - timedelta(days=1)
        return week_start(last - timedelta(days=DAYS_PER_WEEK - 1)) + timedelta(days=DAYS_PER_WEEK - 1)

    def counted(self, metric: str, weeks: Sequence[date]) -> tuple[float, ...]:
        """The outcome of `weeks` from the first on, up to the first that was not counted."""
        known = (self.outcomes.get((metric, week)) for week in weeks)
        return tuple(value for value in takewhile(lambda value: value is not None, known) if value is not None)

    def spent(self, period: Quarter) -> dict[str, Decimal]:
        """Money gone in the quarter by channel; channels without any are left out."""
        found: dict[str, Decimal] = {}
        for (channel, week), cost in self.spend.items():
            if period.first_day <= week <= period.last_day:
                found[channel] = found.get(channel, Decimal(0)) + cost
        return {channel: cost for channel, cost in sorted(found.items()) if cost > 0}


def weeks_known(context: Context) -> WeeksKnown:
    """The weeks of the facts that count now."""
    snapshot = snapshot_of(context.workspace)

    def read() -> WeeksKnown:
        with open_snapshot(context.lake_dir, snapshot.loads) as lake:
            return _read(lake, snapshot.hash)

    return remembered("weeks known", (context.workspace.slug, snapshot.hash), read, most=24)


def _read(lake: Lake, snapshot: str) -> WeeksKnown:
    asked = METRIC_QUERIES["weekly_outcome"]
    rows = lake.query(asked.sql)
    name, value = asked.returns[1:3]
    whole = zip(rows["week"], rows[name], rows[value], rows.get("days", [DAYS_PER_WEEK] * len(rows["week"])), strict=True)
    spend = lake.query(
        "SELECT date_trunc('week', day)::DATE AS week, channel, sum(cost) AS cost, max(day) AS last FROM spend GROUP BY ALL ORDER BY week, channel"
    )
    counted = lake.query("SELECT count(DISTINCT date_trunc('week', day)) AS weeks FROM outcomes")
    return WeeksKnown(
        snapshot=snapshot,
        last_day=last_fact_day(lake),
        spend_until=max(spend["last"], default=None),
        weeks_of_outcomes=int(counted["weeks"][0]),
        outcomes={(metric, week): float(number) for week, metric, number, days in whole if days == DAYS_PER_WEEK and number is not None},
        spend={(channel, week): Decimal(cost) for week, channel, cost in zip(spend["week"], spend["channel"], spend["cost"], strict=True)},
    )
