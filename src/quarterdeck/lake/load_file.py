"""write_load: rows of one table of facts as one immutable Parquet file, named by the hash of its rows."""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from quarterdeck.facts.columns import TableSchema
from quarterdeck.facts.schemas import TABLES
from quarterdeck.lake.durable import file_sha256, put_once, sync_file, sync_folder
from quarterdeck.lake.engine import connect, quote_name, quote_text

PART_SUFFIX = ".part"


@dataclass(frozen=True, slots=True)
class LoadFile:
    """A file that is on the disk, whole: where, the SHA-256 of its bytes, and how many rows it holds."""

    path: Path
    sha256: str
    rows: int


def load_path(lake_dir: Path, table: str, load_id: str) -> Path:
    """Where the file of a load stands."""
    return lake_dir / table / f"{load_id}.parquet"


def write_load(lake_dir: Path, table: str, columns: Mapping[str, Sequence[Any]], load_id: str, *, expected_sha256: str | None = None) -> LoadFile:
    """The file that holds `columns`, written aside, synced and renamed; the same `load_id` twice is the same file.

    Columns that the table has and `columns` lacks are not known (null); instants are aware. `expected_sha256` is what the ledger says of a
    load it knows: a file that is there and differs is damaged, and is written again.
    Raises ValueError for an unknown column, columns of different length, or no rows; KeyError for an unknown table.
    """
    schema = TABLES[table]
    rows = _count_rows(schema, columns)
    place = load_path(lake_dir, table, load_id)
    place.parent.mkdir(parents=True, exist_ok=True)
    part = place.with_name(f".{load_id}.{secrets.token_hex(8)}{PART_SUFFIX}")
    try:
        _write_parquet(part, schema, columns)
        sync_file(part)
        if not put_once(part, place):
            _keep_or_replace(place, part, rows, expected_sha256)
    finally:
        part.unlink(missing_ok=True)
    sync_folder(place.parent)
    return LoadFile(place, file_sha256(place), rows)


def _count_rows(schema: TableSchema, columns: Mapping[str, Sequence[Any]]) -> int:
    unknown = sorted(set(columns) - set(schema.names))
    if unknown:
        raise ValueError(f"table {schema.name} has no column {', '.join(unknown)}")
    lengths = {len(values) for values in columns.values()}
    if len(lengths) > 1:
        raise ValueError(f"the columns of a load are equally long; found lengths {sorted(lengths)}")
    if not lengths or lengths == {0}:
        raise ValueError("a load holds at least one row")
    return lengths.pop()


def _write_parquet(part: Path, schema: TableSchema, columns: Mapping[str, Sequence[Any]]) -> None:
    types = schema.sql_columns()
    given = [name for name in schema.names if name in columns]
    pieces = [
        f"unnest(${given.index(name) + 1}::{types[name]}[]) AS {quote_name(name)}"
        if name in columns
        else f"NULL::{types[name]} AS {quote_name(name)}"
        for name in schema.names
    ]
    instants = {column.name for column in schema.columns if column.type == "instant"}
    values = [_without_zone(columns[name]) if name in instants else list(columns[name]) for name in given]
    with connect() as connection:
        connection.execute(f"COPY (SELECT {', '.join(pieces)}) TO {quote_text(str(part))} (FORMAT parquet, COMPRESSION zstd)", values)


def _without_zone(instants: Sequence[datetime | None]) -> list[datetime | None]:
    """As the file keeps them: UTC, no zone. Raises ValueError for an instant that does not say its zone."""
    if any(at is not None and at.tzinfo is None for at in instants):
        raise ValueError("an instant without a zone is no instant; give aware datetimes")
    return [None if at is None else at.astimezone(UTC).replace(tzinfo=None) for at in instants]


def _keep_or_replace(place: Path, part: Path, rows: int, expected_sha256: str | None) -> None:
    found = file_sha256(place)
    is_whole = found == expected_sha256 if expected_sha256 else found == file_sha256(part) or _rows_of(place) == rows
    if is_whole:
        os.utime(place)  # young again, so that nobody takes it for a leftover while it is being recorded
    else:
        part.replace(place)


def _rows_of(place: Path) -> int | None:
    """How many rows a file holds, all columns read; None when it cannot be read."""
    import duckdb

    try:
        with connect() as connection:
            found = connection.execute(f"SELECT count(*), count(columns(*)) FROM read_parquet({quote_text(str(place))})").fetchone()
    except duckdb.Error:
        return None
    return int(found[0]) if found else None
