"""Metric queries checked against the schemas without running, and turned into the dialect of another engine; views of a snapshot."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Literal, get_args

from quarterdeck.facts import problem_codes as codes
from quarterdeck.facts.columns import TableSchema
from quarterdeck.facts.metric_queries import METRIC_QUERIES, MetricQuery
from quarterdeck.facts.schemas import sql_schema
from quarterdeck.kernel.problems import Problem

if TYPE_CHECKING:
    from sqlglot.expressions import Expr

Dialect = Literal["duckdb", "postgres", "spark", "bigquery", "snowflake", "clickhouse"]
DIALECTS: tuple[str, ...] = get_args(Dialect)
_MONDAY = {
    "bigquery": "DATE_TRUNC({day}, ISOWEEK)",
    "snowflake": "DATEADD(DAY, 1 - DAYOFWEEKISO({day}), {day})",
}
LOAD_COLUMNS = ("load_id", "load_seq")
"""Columns that every kept row has besides its table's own: the load that it came with, and the number of that load (later is larger)."""


def check_metrics(
    queries: Iterable[MetricQuery] = tuple(METRIC_QUERIES.values()), *, schema: Mapping[str, Mapping[str, str]] | None = None
) -> tuple[Problem, ...]:
    """Everything wrong with metric SQL, found without running it: unknown tables and columns, and `needs` or `returns` that are not true."""
    known = {table: dict(columns) for table, columns in (schema or sql_schema()).items()}
    return tuple(problem for query in queries for problem in _check(query, known))


def to_dialect(metric: MetricQuery | str, dialect: Dialect) -> str:
    """The SQL of a metric for another engine; weeks start on Monday everywhere, and every column names its table, so that no alias can hide it.

    Raises KeyError for an unknown metric, ValueError for an unknown dialect.
    """
    if dialect not in DIALECTS:
        raise ValueError(f"no dialect {dialect!r}: choose one of {', '.join(DIALECTS)}")
    query = METRIC_QUERIES[metric] if isinstance(metric, str) else metric
    tree = _qualified(query, {table: dict(columns) for table, columns in sql_schema().items()})
    return tree.transform(_start_weeks_on_monday, dialect).sql(dialect=dialect, pretty=True)


def latest_rows_sql(schema: TableSchema, kept: str) -> str:
    """SELECT of the facts that count in a snapshot: for each key the row of the latest load.

    `kept` names a table or is a subquery in brackets that holds the table's columns with `load_seq`, a number that is larger for later loads.
    """
    columns = ", ".join(_quoted(name) for name in schema.names)
    key = ", ".join(_quoted(name) for name in schema.key)
    ranked = f"SELECT {columns}, ROW_NUMBER() OVER (PARTITION BY {key} ORDER BY load_seq DESC) AS load_rank FROM {kept} AS kept_rows"
    return f"SELECT {columns} FROM ({ranked}) AS ranked_rows WHERE load_rank = 1"


def empty_rows_sql(schema: TableSchema) -> str:
    """SELECT of no rows with the table's columns and types: what a view is where nothing has been loaded yet."""
    columns = ", ".join(f"CAST(NULL AS {sql_type}) AS {_quoted(name)}" for name, sql_type in schema.sql_columns().items())
    return f"SELECT {columns} WHERE 1 = 0"


def create_table_sql(schema: TableSchema, table: str) -> str:
    """CREATE TABLE for kept rows: the table's columns in their SQL types, `load_id` and `load_seq`."""
    columns = ", ".join(f"{_quoted(name)} {sql_type}" for name, sql_type in schema.sql_columns().items())
    return f"CREATE TABLE {table} ({columns}, load_id VARCHAR, load_seq BIGINT)"


def _quoted(name: str) -> str:
    return f'"{name}"'


def _qualified(query: MetricQuery, known: Mapping[str, Mapping[str, str]]) -> Expr:
    """The query with every column resolved. Raises sqlglot's errors for what does not exist."""
    import sqlglot
    from sqlglot.optimizer.qualify import qualify

    schema: dict[str, object] = {table: dict(columns) for table, columns in known.items()}
    return qualify(sqlglot.parse_one(query.sql, read="duckdb"), schema=schema, dialect="duckdb", quote_identifiers=False, identify=False)


def _start_weeks_on_monday(node: Expr, dialect: Dialect) -> Expr:
    """The same node, or a whole week's start said in the words of an engine whose weeks start on Sunday or by a setting."""
    import sqlglot
    from sqlglot import exp

    if not isinstance(node, exp.DateTrunc | exp.TimestampTrunc) or dialect not in _MONDAY:
        return node
    return sqlglot.parse_one(_MONDAY[dialect].format(day=node.this.sql(dialect=dialect)), read=dialect)


def _check(query: MetricQuery, known: dict[str, dict[str, str]]) -> list[Problem]:
    import sqlglot
    from sqlglot import exp
    from sqlglot.errors import SqlglotError

    where = f"metric {query.id}"
    try:
        tree = sqlglot.parse_one(query.sql, read="duckdb")
        named = {cte.alias for cte in tree.find_all(exp.CTE)}
        used = {table.name for table in tree.find_all(exp.Table)} - named
        if unknown := sorted(used - known.keys()):
            return [Problem(codes.BAD_METRIC_SQL, where, f"table {', '.join(unknown)}", f"one of {', '.join(known)}", "Correct the SQL.")]
        qualified = _qualified(query, known)
    except SqlglotError as error:
        return [Problem(codes.BAD_METRIC_SQL, where, str(error).splitlines()[0], "columns of the schemas", "Correct the SQL or the schema.")]
    problems = []
    if used != set(query.needs):
        problems.append(
            Problem(codes.BAD_METRIC_SQL, where, f"needs {', '.join(query.needs)}", f"needs {', '.join(sorted(used))}", "Correct `needs`.")
        )
    returned = tuple(qualified.named_selects) if isinstance(qualified, exp.Query) else ()
    if returned != query.returns:
        problems.append(
            Problem(codes.BAD_METRIC_SQL, where, f"returns {', '.join(query.returns)}", f"returns {', '.join(returned)}", "Correct `returns`.")
        )
    return problems
