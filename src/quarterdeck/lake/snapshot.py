"""open_snapshot: a set of loads as tables to query, the later load holding where two speak of the same thing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Protocol, Self

from quarterdeck.facts.columns import TableSchema
from quarterdeck.facts.schemas import TABLES
from quarterdeck.kernel.problems import Refused
from quarterdeck.lake.engine import connect, quote_list, quote_name, quote_text, shut_in
from quarterdeck.lake.load_file import load_path

if TYPE_CHECKING:
    import duckdb

MANY_FILES = 8
FITS_IN_MEMORY_BYTES = 64_000_000
"""A table of many small files is read once, at opening; a large one is read from its files by each query, column by column."""


class LoadRef(Protocol):
    """A load as the ledger knows it."""

    @property
    def table(self) -> str: ...
    @property
    def load_id(self) -> str: ...
    @property
    def sequence(self) -> int: ...


class Lake:
    """The facts of one snapshot, read only. One thread at a time; close it, or use it in a `with`."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._connection = connection

    def query(self, sql: str, params: Sequence[Any] | Mapping[str, Any] = ()) -> dict[str, list[Any]]:
        """Column -> values, in the order of the query. `?` or `$name` stand for `params`. Instants come back aware, in UTC.

        Raises Refused when `sql` is anything but one SELECT, or two columns get the same name; duckdb.Error when it is not valid.
        """
        import duckdb

        statements = self._connection.extract_statements(sql)
        if [statement.type for statement in statements] != [duckdb.StatementType.SELECT]:
            raise Refused("Facts are asked with one SELECT and are never changed by a query.", fix="Write one SELECT.", code="LAKE-002")
        cursor = self._connection.execute(statements[0], params or None)
        described = cursor.description or []
        if len({name for name, *_ in described}) != len(described):
            raise Refused("Two columns of the answer have the same name.", fix="Name each with AS.", code="LAKE-006")
        rows = cursor.fetchall()
        columns = [list(values) for values in zip(*rows, strict=True)] if rows else [[] for _ in described]
        return {name: _with_zone(values) if str(kind) == "TIMESTAMP" else values for (name, kind, *_), values in zip(described, columns, strict=True)}

    def close(self) -> None:
        """Frees the memory."""
        self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()


def open_snapshot(lake_dir: Path, loads: Sequence[LoadRef]) -> Lake:
    """Every table of facts as the `loads` give it, with the `load_id` that each row came from as its last column.

    Of rows with the same key the one with the highest sequence holds. No loads give empty tables. Only files in `lake_dir` can be
    read. Raises Refused when the file of a load is not there, KeyError for an unknown table.
    """
    by_table: dict[str, list[LoadRef]] = {name: [] for name in TABLES}
    for load in sorted(loads, key=lambda load: load.sequence):
        by_table[load.table].append(load)
    connection = connect()
    try:
        for name, refs in by_table.items():
            _make_table(connection, lake_dir, TABLES[name], refs)
        shut_in(connection, lake_dir)
    except BaseException:
        connection.close()
        raise
    return Lake(connection)


def _make_table(connection: duckdb.DuckDBPyConnection, lake_dir: Path, schema: TableSchema, loads: Sequence[LoadRef]) -> None:
    name = quote_name(schema.name)
    if not loads:
        connection.execute(f"CREATE TABLE {name} ({_typed_columns(schema)}, load_id VARCHAR)")
        return
    files = [load_path(lake_dir, schema.name, load.load_id) for load in loads]
    total_bytes = sum(_size_of(file) for file in files)
    shape, order = quote_name(f"shape of {schema.name}"), quote_name(f"loads of {schema.name}")
    connection.execute(f"CREATE TABLE {shape} ({_typed_columns(schema)})")
    connection.execute(
        f"CREATE TABLE {order} AS SELECT unnest($1::VARCHAR[]) AS file, unnest($2::VARCHAR[]) AS load_id, unnest($3::BIGINT[]) AS sequence",
        [[str(file) for file in files], [load.load_id for load in loads], [load.sequence for load in loads]],
    )
    kind = "TABLE" if len(loads) >= MANY_FILES and total_bytes <= FITS_IN_MEMORY_BYTES else "VIEW"
    connection.execute(f"CREATE {kind} {name} AS {_select_latest(schema, shape, order, [str(file) for file in files])}")


def _select_latest(schema: TableSchema, shape: str, order: str, files: Sequence[str]) -> str:
    """Rows of all files by column name (an older file may lack a newer column), one for each key."""
    columns = ", ".join(f"rows.{quote_name(name)}" for name in schema.names)
    key = ", ".join(f"rows.{quote_name(name)}" for name in schema.key)
    latest = f" QUALIFY row_number() OVER (PARTITION BY {key} ORDER BY loads.sequence DESC) = 1" if len(files) > 1 else ""
    return (
        f"SELECT {columns}, loads.load_id FROM (SELECT * FROM {shape} UNION ALL BY NAME "
        f"SELECT * FROM read_parquet({quote_list(files)}, union_by_name = true, filename = 'file of the row')) AS rows "
        f'JOIN {order} AS loads ON rows."file of the row" = loads.file{latest}'
    )


def _typed_columns(schema: TableSchema) -> str:
    return ", ".join(f"{quote_name(name)} {kind}" for name, kind in schema.sql_columns().items())


def _size_of(file: Path) -> int:
    try:
        return file.stat().st_size
    except FileNotFoundError:
        raise Refused(
            f"A file of facts is missing: {quote_text(str(file))}.",
            fix="Bring it back from a backup, import the file that it came from once more, or drop that load.",
            code="LAKE-001",
        ) from None


def _with_zone(instants: list[Any]) -> list[Any]:
    return [None if at is None else at.replace(tzinfo=UTC) for at in instants]
