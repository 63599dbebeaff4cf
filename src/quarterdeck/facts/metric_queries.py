"""The SQL of every metric, held once. Tables are the views of a snapshot in which the latest load of each fact counts."""

from __future__ import annotations

from dataclasses import dataclass

from quarterdeck.kernel.metrics import METRICS, Direction, Unit


@dataclass(frozen=True, slots=True)
class MetricQuery:
    """A metric as SQL (DuckDB's dialect): what it counts, in which unit, which direction is good, which tables it needs, which columns come back."""

    id: str
    definition: str
    unit: Unit
    direction: Direction | None
    needs: tuple[str, ...]
    returns: tuple[str, ...]
    sql: str


def _metric_list(*, adds_up: bool) -> str:
    return ", ".join(f"'{metric.id}'" for metric in METRICS.values() if metric.adds_up == adds_up)


_WEEK = "CAST(DATE_TRUNC('week', day) AS DATE)"
_PAID = "SELECT channel FROM spend GROUP BY channel HAVING SUM(cost) > 0"
_NOT_SUMMED = _metric_list(adds_up=False)
_ORDER_WEEK = """CAST(DATE_TRUNC('week', CAST("at" AS DATE)) AS DATE)"""

METRIC_QUERIES: dict[str, MetricQuery] = {
    query.id: query
    for query in (
        MetricQuery(
            "daily_spend",
            "Money gone to each channel by day, all campaigns and regions. Only channels that ever cost anything.",
            "money",
            "decrease",
            ("spend",),
            ("day", "channel", "cost"),
            f"""SELECT day, channel, SUM(cost) AS cost FROM spend
                WHERE channel IN ({_PAID}) GROUP BY day, channel ORDER BY day, channel""",
        ),
        MetricQuery(
            "weekly_spend",
            "Money gone to each channel by week (its Monday). Only channels that ever cost anything.",
            "money",
            "decrease",
            ("spend",),
            ("week", "channel", "cost"),
            f"""SELECT {_WEEK} AS week, channel, SUM(cost) AS cost FROM spend
                WHERE channel IN ({_PAID}) GROUP BY {_WEEK}, channel ORDER BY week, channel""",
        ),
        MetricQuery(
            "weekly_campaign_spend",
            "Money gone to each campaign of each channel by week. Only channels that ever cost anything; campaign is empty where it was not told.",
            "money",
            "decrease",
            ("spend",),
            ("week", "channel", "campaign", "cost"),
            f"""SELECT {_WEEK} AS week, channel, campaign, SUM(cost) AS cost FROM spend
                WHERE channel IN ({_PAID}) GROUP BY {_WEEK}, channel, campaign ORDER BY week, channel, campaign""",
        ),
        MetricQuery(
            "weekly_exposures",
            "Times shown or messages sent by week, of channels that never cost anything (e-mail, own posts). "
            "Weeks without a known number are left out.",
            "count",
            "increase",
            ("spend",),
            ("week", "channel", "exposures"),
            f"""SELECT {_WEEK} AS week, channel, SUM(impressions) AS exposures FROM spend
                WHERE NOT channel IN ({_PAID}) AND NOT impressions IS NULL GROUP BY {_WEEK}, channel ORDER BY week, channel""",
        ),
        MetricQuery(
            "spend_by_channel",
            "What each channel cost in all, what it bought, and from when to when. None where a figure was never told.",
            "money",
            "decrease",
            ("spend",),
            ("channel", "cost", "impressions", "clicks", "first_day", "last_day", "days"),
            """SELECT channel, SUM(cost) AS cost, SUM(impressions) AS impressions, SUM(clicks) AS clicks, MIN(day) AS first_day, MAX(day) AS last_day,
                      COUNT(DISTINCT day) AS days FROM spend GROUP BY channel ORDER BY channel""",
        ),
        MetricQuery(
            "daily_outcome",
            "Each metric by day, regions added up; what does not add up (a rate, a score) is the mean of the regions.",
            "count",
            None,
            ("outcomes",),
            ("day", "metric", "value"),
            f"""SELECT day, metric, CASE WHEN metric IN ({_NOT_SUMMED}) THEN AVG(CAST(value AS DOUBLE)) ELSE CAST(SUM(value) AS DOUBLE) END AS value
                FROM outcomes GROUP BY day, metric ORDER BY day, metric""",
        ),
        MetricQuery(
            "weekly_outcome",
            "Each metric by week, days and regions added up; what does not add up is the mean. `days` is how many days of the week have a row: "
            "a week with fewer than 7 is not whole.",
            "count",
            None,
            ("outcomes",),
            ("week", "metric", "value", "days"),
            f"""SELECT {_WEEK} AS week, metric,
                       CASE WHEN metric IN ({_NOT_SUMMED}) THEN AVG(CAST(value AS DOUBLE)) ELSE CAST(SUM(value) AS DOUBLE) END AS value,
                       COUNT(DISTINCT day) AS days
                FROM outcomes GROUP BY {_WEEK}, metric ORDER BY week, metric""",
        ),
        MetricQuery(
            "weekly_context",
            "Each name by week, after the mean of its regions by day: the mean of a level, and the number of days for a flag "
            "(a name that only holds 0 and 1).",
            "score",
            None,
            ("context",),
            ("week", "name", "value", "is_flag"),
            """WITH kinds AS (SELECT name, MIN(CASE WHEN value IN (0, 1) THEN 1 ELSE 0 END) AS is_flag FROM context GROUP BY name),
                     days AS (SELECT day, name, AVG(CAST(value AS DOUBLE)) AS value FROM context GROUP BY day, name)
                SELECT CAST(DATE_TRUNC('week', days.day) AS DATE) AS week, days.name AS name,
                       CASE WHEN kinds.is_flag = 1 THEN SUM(days.value) ELSE AVG(days.value) END AS value, kinds.is_flag AS is_flag
                FROM days JOIN kinds ON days.name = kinds.name
                GROUP BY CAST(DATE_TRUNC('week', days.day) AS DATE), days.name, kinds.is_flag ORDER BY week, name""",
        ),
        MetricQuery(
            "average_order_value",
            "Revenue divided by orders, by week, from outcomes. None in a week without orders.",
            "money_per_count",
            "increase",
            ("outcomes",),
            ("week", "value"),
            f"""SELECT {_WEEK} AS week, CAST(SUM(CASE WHEN metric = 'revenue' THEN value END) AS DOUBLE)
                       / NULLIF(CAST(SUM(CASE WHEN metric = 'orders' THEN value END) AS DOUBLE), 0) AS value
                FROM outcomes WHERE metric IN ('revenue', 'orders') GROUP BY {_WEEK} ORDER BY week""",
        ),
        MetricQuery(
            "cost_per_customer",
            "Spend of all channels divided by new customers, by week. None in a week without new customers; tools and hours are not in it.",
            "money_per_count",
            "decrease",
            ("spend", "outcomes"),
            ("week", "value"),
            f"""WITH costs AS (SELECT {_WEEK} AS week, SUM(cost) AS cost FROM spend GROUP BY {_WEEK}),
                     gained AS (SELECT {_WEEK} AS week, SUM(value) AS customers FROM outcomes WHERE metric = 'new_customers' GROUP BY {_WEEK})
                SELECT gained.week AS week, CAST(costs.cost AS DOUBLE) / NULLIF(CAST(gained.customers AS DOUBLE), 0) AS value
                FROM gained JOIN costs ON gained.week = costs.week ORDER BY week""",
        ),
        MetricQuery(
            "cost_per_click",
            "Cost divided by clicks, by week and paid channel, of rows that know both. None where nobody clicked.",
            "money_per_count",
            "decrease",
            ("spend",),
            ("week", "channel", "value"),
            f"""SELECT {_WEEK} AS week, channel, CAST(SUM(cost) AS DOUBLE) / NULLIF(SUM(clicks), 0) AS value FROM spend
                WHERE NOT clicks IS NULL AND channel IN ({_PAID}) GROUP BY {_WEEK}, channel ORDER BY week, channel""",
        ),
        MetricQuery(
            "weekly_orders",
            "Orders, revenue and first orders by week (days in UTC), from single orders.",
            "count",
            "increase",
            ("orders",),
            ("week", "orders", "revenue", "new_customers"),
            f"""SELECT {_ORDER_WEEK} AS week, COUNT(*) AS orders, SUM(value) AS revenue,
                       SUM(CASE WHEN is_first THEN 1 WHEN NOT is_first THEN 0 END) AS new_customers
                FROM orders GROUP BY {_ORDER_WEEK} ORDER BY week""",
        ),
        MetricQuery(
            "answer_shares",
            "How many people gave each answer to each question, and their share of all who were asked it.",
            "rate",
            None,
            ("answers",),
            ("question", "answer", "people", "share"),
            """WITH counted AS (SELECT question, answer, SUM(people) AS people FROM answers GROUP BY question, answer)
               SELECT question, answer, people, CAST(people AS DOUBLE) / NULLIF(SUM(people) OVER (PARTITION BY question), 0) AS share
               FROM counted ORDER BY question, people DESC, answer""",
        ),
        MetricQuery(
            "nps",
            "Net promoter score by question: share of people who scored 9 or 10 less share of 0 to 6, -100 to 100.",
            "score",
            "increase",
            ("answers",),
            ("question", "people", "value"),
            """SELECT question, SUM(people) AS people,
                      100.0 * SUM(CASE WHEN score >= 9 THEN people WHEN score <= 6 THEN -people ELSE 0 END) / NULLIF(SUM(people), 0) AS value
               FROM answers WHERE NOT score IS NULL GROUP BY question ORDER BY question""",
        ),
        MetricQuery(
            "daily_visits",
            "Touches by day and channel with machines left out; `machines_known` is the share of touches for which that is known.",
            "count",
            "increase",
            ("touches",),
            ("day", "channel", "visits", "machines_known"),
            """SELECT CAST("at" AS DATE) AS day, channel, SUM(CASE WHEN machine THEN 0 ELSE 1 END) AS visits,
                      CAST(COUNT(machine) AS DOUBLE) / COUNT(*) AS machines_known
               FROM touches GROUP BY CAST("at" AS DATE), channel ORDER BY day, channel""",
        ),
    )
}
"""Every metric query by id."""
