"""DuckDB, set up so that it installs nothing, fetches nothing and gives the same answer each time."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import duckdb


def connect() -> duckdb.DuckDBPyConnection:
    """An empty database in memory. One thread: sums of floats then come out the same each time."""
    import duckdb

    return duckdb.connect(
        ":memory:",
        config={
            "threads": 1,
            "autoinstall_known_extensions": "false",
            "autoload_known_extensions": "false",
            "temp_directory": f"{tempfile.gettempdir()}/quarterdeck-spill",
        },
    )


def shut_in(connection: duckdb.DuckDBPyConnection, folder: Path) -> None:
    """From here on no file outside `folder`, no extension and no address can be reached, and nothing of this can be undone."""
    connection.execute(f"SET allowed_directories = [{quote_text(str(folder))}]")
    connection.execute("SET enable_external_access = false")
    connection.execute("SET lock_configuration = true")


def quote_text(text: str) -> str:
    """`text` as a literal of SQL."""
    return "'" + text.replace("'", "''") + "'"


def quote_name(name: str) -> str:
    """`name` as an identifier of SQL."""
    return '"' + name.replace('"', '""') + '"'


def quote_list(texts: Iterable[str]) -> str:
    """`texts` as a list literal of SQL."""
    return "[" + ", ".join(quote_text(text) for text in texts) + "]"
