"""Metrics of the facts by whole week: from totals where there are any, else from single orders, visits and conversions."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from quarterdeck.facts.metric_queries import METRIC_QUERIES
from quarterdeck.kernel.metrics import METRICS
from quarterdeck.kernel.periods import DAYS_PER_WEEK
from quarterdeck.operations.first_strategy.count_channels import by_key, readable, whole_weeks
from quarterdeck.strategy.from_facts.counted import CountedMetric, Table, Whence
from quarterdeck.strategy.from_facts.figures import metric_of_event

if TYPE_CHECKING:
    from quarterdeck.operations.first_strategy.count_facts import Asking


def count_metrics(asking: Asking) -> tuple[CountedMetric, ...]:
    """Each metric once: totals count before what could be added up from single rows."""
    found: dict[str, CountedMetric] = {}
    for each in (*_of_outcomes(asking), *_of_orders(asking), *_of_touches(asking), *_of_conversions(asking)):
        if each.weeks:
            found.setdefault(each.metric, each)
    return tuple(found.values())


def names_without_metric(asking: Asking) -> tuple[str, ...]:
    """Figures in the totals whose name is not that of a metric."""
    rows = asking.lake.query("SELECT DISTINCT metric FROM outcomes WHERE day <= $as_of ORDER BY metric", {"as_of": asking.as_of})
    return tuple(readable(name) for name in rows["metric"] if name not in METRICS)


def machines_are_unknown(asking: Asking) -> bool:
    """Whether there are visits, and of none of them it is told whether a machine made it."""
    rows = asking.lake.query("SELECT count(*) AS visits, count(machine) AS told FROM touches")
    return bool(rows["visits"][0]) and not rows["told"][0]


def _of_outcomes(asking: Asking) -> list[CountedMetric]:
    weekly = METRIC_QUERIES["weekly_outcome"].sql
    rows = asking.lake.query(
        f"SELECT metric, week, value, days FROM ({weekly}) WHERE week + 6 <= $as_of ORDER BY metric, week", {"as_of": asking.as_of}
    )
    heads = _heads(asking, "outcomes", "metric", "day")
    return [
        CountedMetric(
            name,
            heads[name],
            tuple((week, _exact(value)) for week, value, days in weeks if value is not None and (days == DAYS_PER_WEEK or not METRICS[name].adds_up)),
        )
        for name, weeks in by_key(rows).items()
        if name in METRICS
    ]


def _of_orders(asking: Asking) -> list[CountedMetric]:
    """Refunds (rows below zero) lower the revenue and are no orders; a week in which something is not told of every order has no figure of it."""
    rows = asking.lake.query(
        """SELECT CAST(date_trunc('week', CAST("at" AS DATE)) AS DATE) AS week, count(*) FILTER (value >= 0) AS orders,
                  CASE WHEN count(*) = count(*) FILTER (currency = $currency) THEN sum(value) END AS revenue,
                  CASE WHEN count(*) = count(margin) FILTER (currency = $currency) THEN sum(margin) END AS margin,
                  CASE WHEN count(*) FILTER (value >= 0) = count(is_first) FILTER (value >= 0) THEN count(*) FILTER (is_first AND value >= 0) END AS new,
                  CASE WHEN count(*) FILTER (value >= 0) = count(is_first) FILTER (value >= 0)
                       THEN count(*) FILTER (NOT is_first AND value >= 0) END AS repeated
           FROM orders WHERE CAST("at" AS DATE) <= $as_of GROUP BY ALL ORDER BY week""",
        {"currency": asking.currency, "as_of": asking.as_of},
    )
    heads = _heads(asking, "orders", "'all'", 'CAST("at" AS DATE)')
    if not rows["week"]:
        return []
    names = {"orders": "orders", "revenue": "revenue", "margin": "margin", "new": "new_customers", "repeated": "repeat_orders"}
    return [_filled(metric, heads["all"], dict(zip(rows["week"], rows[column], strict=True))) for column, metric in names.items()]


def _of_touches(asking: Asking) -> list[CountedMetric]:
    rows = asking.lake.query(
        """SELECT CAST(date_trunc('week', CAST("at" AS DATE)) AS DATE) AS week, count(*) FILTER (NOT coalesce(machine, FALSE)) AS visits,
                  count(*) FILTER (machine) AS machines, count(machine) AS told
           FROM touches WHERE CAST("at" AS DATE) <= $as_of GROUP BY ALL ORDER BY week""",
        {"as_of": asking.as_of},
    )
    if not rows["week"]:
        return []
    head = _heads(asking, "touches", "'all'", 'CAST("at" AS DATE)')["all"]
    found = _filled("visits", head, dict(zip(rows["week"], rows["visits"], strict=True)))
    machines = tuple(zip(rows["week"], rows["machines"], rows["told"], strict=True))
    return [CountedMetric(found.metric, found.whence, found.weeks, machines)]


def _of_conversions(asking: Asking) -> list[CountedMetric]:
    """Of events whose name says which metric counts them; where several names say the same metric, nobody knows which one counts, and none does."""
    rows = by_key(
        asking.lake.query(
            """SELECT conversion, CAST(date_trunc('week', CAST("at" AS DATE)) AS DATE) AS week, count(*) AS events
               FROM conversions WHERE CAST("at" AS DATE) <= $as_of GROUP BY ALL ORDER BY ALL""",
            {"as_of": asking.as_of},
        )
    )
    heads = _heads(asking, "conversions", "conversion", 'CAST("at" AS DATE)')
    named = [(metric, name) for name in rows if (metric := metric_of_event(name)) is not None and METRICS[metric].unit == "count"]
    return [_filled(metric, heads[name], dict(rows[name])) for metric, name in named if sum(other == metric for other, _ in named) == 1]


def _heads(asking: Asking, table: Table, name: str, day: str) -> dict[str, Whence]:
    """By name: how many rows, their days and where they came from."""
    rows = asking.lake.query(
        f"""SELECT {name} AS name, count(*) AS rows, min({day}) AS first, max({day}) AS last, list(DISTINCT load_id) AS loads
            FROM {table} WHERE {day} <= $as_of GROUP BY ALL HAVING count(*) > 0 ORDER BY name""",
        {"as_of": asking.as_of},
    )
    return {
        called: Whence(table, count, first, last, asking.sources_of(table, sorted(loads)))
        for called, count, first, last, loads in zip(*rows.values(), strict=True)
    }


def _filled(metric: str, whence: Whence, by_week: Mapping[date, Any]) -> CountedMetric:
    """Whole weeks between the first and the last row; a week without a row has none of it, a week that is not told has no figure."""
    weeks = whole_weeks(whence.first_day, whence.last_day)
    return CountedMetric(metric, whence, tuple((week, _exact(by_week.get(week, 0))) for week in weeks if by_week.get(week, 0) is not None))


def _exact(value: Any) -> Decimal:
    """A figure of a query, without the tail that a float adds."""
    return value if isinstance(value, Decimal) else Decimal(f"{value:.12g}")
