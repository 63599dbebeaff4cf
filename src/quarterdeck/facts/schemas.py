"""The tables of facts by name: every column with its type, unit, meaning and an example."""

from __future__ import annotations

from quarterdeck.facts.columns import TableSchema
from quarterdeck.facts.event_tables import CONVERSIONS, ORDERS, PEOPLE, TOUCHES
from quarterdeck.facts.total_tables import ANSWERS, CONTEXT, EXPERIMENTS, OUTCOMES, SPEND

TABLES: dict[str, TableSchema] = {
    table.name: table for table in (SPEND, OUTCOMES, CONTEXT, ORDERS, TOUCHES, CONVERSIONS, PEOPLE, EXPERIMENTS, ANSWERS)
}
"""Every table of facts by name."""


def sql_schema() -> dict[str, dict[str, str]]:
    """Table -> column -> SQL type: what metric queries are checked against."""
    return {name: table.sql_columns() for name, table in TABLES.items()}
