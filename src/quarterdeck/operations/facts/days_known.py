"""days_known: what the facts say day by day, and how many rows say it, read once a snapshot."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from quarterdeck.facts.metric_queries import METRIC_QUERIES
from quarterdeck.facts.schemas import TABLES
from quarterdeck.lake.snapshot import Lake, open_snapshot
from quarterdeck.ledger.gateway.loads import snapshot_of
from quarterdeck.operations.context import Context
from quarterdeck.operations.remember import remembered

NAMED_BY = {"outcomes": "metric", "spend": "channel"}
"""The column that says what a row of a table of totals is about."""


@dataclass(frozen=True)
class Bought:
    """What a channel showed in a week; None where it was never told."""

    impressions: int | None
    clicks: int | None


@dataclass(frozen=True)
class ChannelTest:
    """A test that the company ran: what extra (or saved) money brought, with its range where it was told."""

    name: str
    channel: str
    metric: str
    first_day: date
    last_day: date
    cost: Decimal
    effect: float
    low: float | None
    high: float | None


@dataclass(frozen=True)
class DaysKnown:
    """Daily facts of one snapshot."""

    snapshot: str
    outcomes: Mapping[str, Mapping[date, float]]
    """By metric, each day that has a row; regions are added up."""
    spend_days: frozenset[date]
    """Days with a row of spend, whichever the channel."""
    bought: Mapping[tuple[str, date], Bought]
    """By channel and Monday."""
    rows: Mapping[tuple[str, str, date], Mapping[str, int]]
    """By table (outcomes, spend), what the rows are about, and Monday: load -> rows that count."""
    kept: Mapping[tuple[str, str], int]
    """By table and load: rows that count, because no later load speaks of the same."""

    tests: tuple[ChannelTest, ...]

    @property
    def last_day(self) -> date | None:
        """The last day that any figure reaches; None without facts."""
        return max([*self.spend_days, *(max(days) for days in self.outcomes.values())], default=None)

    @property
    def tested(self) -> frozenset[tuple[str, str]]:
        """Channels that the company tested, each with the metric that was counted."""
        return frozenset((test.channel, test.metric) for test in self.tests)

    def evidence(self, table: str, name: str, weeks: frozenset[date]) -> tuple[int, tuple[str, ...]]:
        """How many rows of `weeks` speak of `name`, and the loads that they came with."""
        found: dict[str, int] = {}
        for (of_table, about, week), loads in self.rows.items():
            if of_table == table and about == name and week in weeks:
                for load, rows in loads.items():
                    found[load] = found.get(load, 0) + rows
        return sum(found.values()), tuple(found)


def days_known(context: Context) -> DaysKnown:
    """The days of the facts that count now."""
    snapshot = snapshot_of(context.workspace)

    def read() -> DaysKnown:
        with open_snapshot(context.lake_dir, snapshot.loads) as lake:
            return _read(lake, snapshot.hash)

    return remembered("days known", (context.workspace.slug, snapshot.hash), read, most=24)


def _read(lake: Lake, snapshot: str) -> DaysKnown:
    return DaysKnown(
        snapshot=snapshot,
        outcomes=_outcomes(lake),
        spend_days=frozenset(lake.query("SELECT DISTINCT day FROM spend")["day"]),
        bought=_bought(lake),
        rows={key: loads for table in NAMED_BY for key, loads in _rows(lake, table).items()},
        kept=_kept(lake),
        tests=_tests(lake),
    )


def _outcomes(lake: Lake) -> dict[str, dict[date, float]]:
    found: dict[str, dict[date, float]] = {}
    rows = lake.query(METRIC_QUERIES["daily_outcome"].sql)
    for day, metric, value in zip(rows["day"], rows["metric"], rows["value"], strict=True):
        if value is not None:
            found.setdefault(metric, {})[day] = float(value)
    return found


def _bought(lake: Lake) -> dict[tuple[str, date], Bought]:
    rows = lake.query(
        "SELECT channel, date_trunc('week', day)::DATE AS week, sum(impressions)::BIGINT AS impressions, sum(clicks)::BIGINT AS clicks "
        "FROM spend GROUP BY ALL ORDER BY ALL"
    )
    return {
        (channel, week): Bought(impressions, clicks)
        for channel, week, impressions, clicks in zip(rows["channel"], rows["week"], rows["impressions"], rows["clicks"], strict=True)
    }


def _rows(lake: Lake, table: str) -> dict[tuple[str, str, date], dict[str, int]]:
    rows = lake.query(
        f"SELECT {NAMED_BY[table]} AS name, date_trunc('week', day)::DATE AS week, load_id, count(*) AS rows FROM {table} GROUP BY ALL ORDER BY ALL"
    )
    found: dict[tuple[str, str, date], dict[str, int]] = {}
    for name, week, load, count in zip(rows["name"], rows["week"], rows["load_id"], rows["rows"], strict=True):
        found.setdefault((table, name, week), {})[load] = count
    return found


def _kept(lake: Lake) -> dict[tuple[str, str], int]:
    found: dict[tuple[str, str], int] = {}
    for table in TABLES:
        rows = lake.query(f"SELECT load_id, count(*) AS rows FROM {table} GROUP BY load_id ORDER BY load_id")
        found |= {(table, load): count for load, count in zip(rows["load_id"], rows["rows"], strict=True)}
    return found


def _tests(lake: Lake) -> tuple[ChannelTest, ...]:
    rows = lake.query(
        "SELECT experiment, channel, metric, first_day, last_day, cost, effect, effect_low, effect_high FROM experiments ORDER BY last_day, experiment"
    )
    return tuple(
        ChannelTest(
            name, channel, metric, first, last, cost, float(effect), None if low is None else float(low), None if high is None else float(high)
        )
        for name, channel, metric, first, last, cost, effect, low, high in zip(*rows.values(), strict=True)
    )
