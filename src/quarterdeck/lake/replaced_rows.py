"""count_replaced: which load took the place of rows of which other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from quarterdeck.facts.schemas import TABLES
from quarterdeck.lake.engine import connect, quote_list, quote_name, shut_in
from quarterdeck.lake.load_file import load_path
from quarterdeck.lake.snapshot import LoadRef


@dataclass(frozen=True, slots=True)
class Replaced:
    """`rows` of `load_id` no longer count, because `by` speaks of the same and came later."""

    load_id: str
    by: str
    rows: int


def count_replaced(lake_dir: Path, table: str, loads: Sequence[LoadRef]) -> tuple[Replaced, ...]:
    """Pairs of loads of `table` in the order in which they came. Raises KeyError for an unknown table, duckdb.Error when a file is gone."""
    mine = sorted((load for load in loads if load.table == table), key=lambda load: load.sequence)
    if len(mine) < 2:
        return ()
    files = [str(load_path(lake_dir, table, load.load_id)) for load in mine]
    key = ", ".join(f"rows.{quote_name(name)}" for name in TABLES[table].key)
    with connect() as connection:
        shut_in(connection, lake_dir)
        found = connection.execute(
            "WITH loads AS (SELECT unnest($1::VARCHAR[]) AS file, unnest($2::VARCHAR[]) AS load_id, unnest($3::BIGINT[]) AS sequence), "
            "placed AS (SELECT loads.load_id AS old, loads.sequence AS place, "
            f"lead(loads.load_id) OVER (PARTITION BY {key} ORDER BY loads.sequence) AS new "
            f"FROM read_parquet({quote_list(files)}, union_by_name = true, filename = 'file of the row') AS rows "
            'JOIN loads ON rows."file of the row" = loads.file) '
            "SELECT old, new, count(*) FROM placed WHERE NOT new IS NULL GROUP BY old, new, place ORDER BY place, new",
            [files, [load.load_id for load in mine], [load.sequence for load in mine]],
        ).fetchall()
    return tuple(Replaced(old, new, int(rows)) for old, new, rows in found)
