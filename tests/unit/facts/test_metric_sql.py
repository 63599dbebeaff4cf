"""Metric SQL is right about its tables and columns without running, says the same in every dialect, and gives known answers."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import duckdb
import pytest
import sqlglot

from quarterdeck.facts.metric_queries import METRIC_QUERIES
from quarterdeck.facts.metric_sql import DIALECTS, check_metrics, create_table_sql, empty_rows_sql, latest_rows_sql, to_dialect
from quarterdeck.facts.schemas import ANSWERS, CONTEXT, ORDERS, OUTCOMES, SPEND, TABLES, TOUCHES

MONDAY = date(2027, 2, 1)
SUNDAY = MONDAY + timedelta(days=6)


@pytest.fixture
def engine():
    with duckdb.connect() as connection:
        for schema in TABLES.values():
            connection.execute(create_table_sql(schema, f"kept_{schema.name}"))
            connection.execute(f"CREATE VIEW {schema.name} AS {latest_rows_sql(schema, f'kept_{schema.name}')}")
        yield connection


def keep(engine, schema, rows, *, seq=1):
    for row in rows:
        values = {"load_id": f"load{seq}", "load_seq": seq} | {column.name: column.default for column in schema.columns} | row
        names = ", ".join(f'"{name}"' for name in values)
        engine.execute(f"INSERT INTO kept_{schema.name} ({names}) VALUES ({', '.join('?' * len(values))})", list(values.values()))


def ask(engine, metric, dialect="duckdb"):
    return engine.execute(to_dialect(metric, dialect)).fetchall()


def spend(day, channel, cost, **more):
    return {"day": day, "channel": channel, "currency": "GBP", "cost": cost} | more


def test_every_metric_names_only_what_exists_and_is_true_about_its_needs():
    assert check_metrics() == ()


@pytest.mark.parametrize(
    ("wrong", "right"),
    [("csot", "cost"), ("spned", "spend"), ("SUM(cost) AS price", "SUM(cost) AS cost"), ("GROUPED BY", "GROUP BY")],
)
def test_a_misspelt_column_or_table_is_found_without_running(wrong, right):
    query = METRIC_QUERIES["weekly_spend"]

    problems = check_metrics([replace(query, sql=query.sql.replace(right, wrong))])

    assert [problem.code for problem in problems] == ["FACTS-030"]


def test_a_column_dropped_from_a_schema_breaks_every_metric_that_needs_it():
    schema = {name: table.sql_columns() for name, table in TABLES.items()}
    schema["spend"] = {name: kind for name, kind in schema["spend"].items() if name != "clicks"}

    assert {problem.where for problem in check_metrics(schema=schema)} == {"metric spend_by_channel", "metric cost_per_click"}


def test_needs_and_returns_must_be_true():
    query = METRIC_QUERIES["weekly_spend"]

    assert len(check_metrics([replace(query, needs=("outcomes",), returns=("week",))])) == 2


@pytest.mark.parametrize("dialect", DIALECTS)
@pytest.mark.parametrize("metric", METRIC_QUERIES)
def test_every_metric_is_readable_sql_in_every_dialect(metric, dialect):
    text = to_dialect(metric, dialect)

    assert sqlglot.parse_one(text, read=dialect).named_selects == list(METRIC_QUERIES[metric].returns)


def test_weeks_start_on_monday_where_an_engine_would_start_them_on_sunday():
    assert "ISOWEEK" in to_dialect("weekly_spend", "bigquery")
    assert "DAYOFWEEKISO" in to_dialect("weekly_spend", "snowflake")
    with pytest.raises(ValueError, match="no dialect 'oracle'"):
        to_dialect("weekly_spend", "oracle")


def test_money_is_added_up_by_monday_weeks_and_channels_that_never_cost_are_exposures(engine):
    keep(
        engine,
        SPEND,
        [
            spend(MONDAY, "search", 10, campaign="a"),
            spend(SUNDAY, "search", "2.50", campaign="b"),
            spend(SUNDAY + timedelta(days=1), "search", 1, campaign="a"),
            spend(MONDAY, "email", 0, impressions=900),
            spend(SUNDAY, "email", 0, impressions=100),
            spend(MONDAY, "social", 0, impressions=5),
            spend(SUNDAY, "social", 4),
        ],
    )

    assert [(week, channel, float(cost)) for week, channel, cost in ask(engine, "weekly_spend")] == [
        (MONDAY, "search", 12.5),
        (MONDAY, "social", 4.0),
        (MONDAY + timedelta(days=7), "search", 1.0),
    ]
    assert [row[2] for row in ask(engine, "weekly_campaign_spend")] == ["a", "b", "", "a"]
    assert ask(engine, "weekly_exposures") == [(MONDAY, "email", 1000)]
    assert [float(row[2]) for row in ask(engine, "daily_spend")] == [10.0, 0.0, 2.5, 4.0, 1.0]


def test_the_latest_load_of_a_fact_counts_and_the_older_one_again_once_it_is_undone(engine):
    keep(engine, SPEND, [spend(MONDAY, "tv", 10), spend(SUNDAY, "tv", 5)], seq=1)
    keep(engine, SPEND, [spend(MONDAY, "tv", 7)], seq=2)

    assert float(ask(engine, "weekly_spend")[0][2]) == 12.0
    engine.execute("DELETE FROM kept_spend WHERE load_seq = 2")
    assert float(ask(engine, "weekly_spend")[0][2]) == 15.0


def test_outcomes_are_added_up_rates_are_averaged_and_incomplete_weeks_are_visible(engine):
    keep(
        engine,
        OUTCOMES,
        [
            {"day": MONDAY, "metric": "orders", "geo": "GB", "value": 3},
            {"day": MONDAY, "metric": "orders", "geo": "IE", "value": 2},
            {"day": SUNDAY, "metric": "orders", "value": 5},
            {"day": MONDAY, "metric": "nps", "value": 40},
            {"day": SUNDAY, "metric": "nps", "value": 60},
            {"day": MONDAY, "metric": "revenue", "value": "200"},
            {"day": MONDAY, "metric": "new_customers", "value": 4},
        ],
    )
    keep(engine, SPEND, [spend(MONDAY, "search", 10)])

    assert ask(engine, "weekly_outcome") == [
        (MONDAY, "new_customers", 4.0, 1),
        (MONDAY, "nps", 50.0, 2),
        (MONDAY, "orders", 10.0, 2),
        (MONDAY, "revenue", 200.0, 1),
    ]
    assert (MONDAY, "orders", 5.0) in ask(engine, "daily_outcome")
    assert ask(engine, "average_order_value") == [(MONDAY, 20.0)]
    assert ask(engine, "cost_per_customer") == [(MONDAY, 2.5)]


def test_a_rate_of_two_regions_is_their_mean_by_day(engine):
    keep(engine, OUTCOMES, [{"day": MONDAY, "metric": "nps", "geo": geo, "value": value} for geo, value in (("GB", 40), ("IE", 50))])

    assert ask(engine, "daily_outcome") == [(MONDAY, "nps", 45.0)]


def test_a_cost_per_customer_without_customers_is_not_known(engine):
    keep(engine, OUTCOMES, [{"day": MONDAY, "metric": "new_customers", "value": 0}])
    keep(engine, SPEND, [spend(MONDAY, "search", 10)])

    assert ask(engine, "cost_per_customer") == [(MONDAY, None)]


def test_context_is_a_mean_for_levels_and_a_number_of_days_for_flags(engine):
    keep(
        engine,
        CONTEXT,
        [
            {"day": MONDAY, "name": "promo", "value": 1},
            {"day": SUNDAY, "name": "promo", "value": 1},
            {"day": MONDAY, "name": "price", "geo": "GB", "value": 10},
            {"day": MONDAY, "name": "price", "geo": "IE", "value": 14},
            {"day": SUNDAY, "name": "price", "value": 20},
        ],
    )

    assert ask(engine, "weekly_context") == [(MONDAY, "price", 16.0, 0), (MONDAY, "promo", 2.0, 1)]


def test_single_orders_answers_and_visits_give_known_answers(engine):
    keep(
        engine,
        ORDERS,
        [
            {"order": "1", "at": "2027-02-01 09:00", "currency": "GBP", "value": 10, "is_first": True},
            {"order": "2", "at": "2027-02-07 23:59", "currency": "GBP", "value": 5, "is_first": False},
        ],
    )
    keep(
        engine,
        ANSWERS,
        [
            {"day": MONDAY, "question": "heard", "answer": "friend", "people": 3},
            {"day": MONDAY, "question": "heard", "answer": "ad", "people": 1},
            {"day": MONDAY, "question": "nps", "answer": "9", "score": 9, "people": 3},
            {"day": MONDAY, "question": "nps", "answer": "6", "score": 6, "people": 1},
        ],
    )
    keep(
        engine,
        TOUCHES,
        [
            {"at": "2027-02-01 09:00", "person": "a", "channel": "email", "machine": True},
            {"at": "2027-02-01 09:01", "person": "b", "channel": "email"},
        ],
    )

    assert [(week, orders, float(revenue), first) for week, orders, revenue, first in ask(engine, "weekly_orders")] == [(MONDAY, 2, 15.0, 1)]
    assert [row[3] for row in ask(engine, "answer_shares") if row[0] == "heard"] == [0.75, 0.25]
    assert [(question, float(value)) for question, _, value in ask(engine, "nps")] == [("nps", 50.0)]
    assert [(int(visits), known) for _, _, visits, known in ask(engine, "daily_visits")] == [(1, 0.5)]


def test_every_metric_runs_on_tables_without_rows(engine):
    for schema in TABLES.values():
        engine.execute(f"CREATE OR REPLACE VIEW {schema.name} AS {empty_rows_sql(schema)}")

    assert {metric: ask(engine, metric) for metric in METRIC_QUERIES} == {metric: [] for metric in METRIC_QUERIES}
