"""render_parquet: columns as the bytes of one Parquet file."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy.typing as npt

from quarterdeck.lake.engine import connect, quote_name, quote_text


def render_parquet(columns: Mapping[str, npt.NDArray[Any]], *, about: Mapping[str, str] | None = None) -> bytes:
    """The columns in the order given, compressed with zstd, every bit of every float; the same columns written by the same version of DuckDB give the
    same bytes. `about`: texts by name that go into the file's own metadata."""
    with tempfile.TemporaryDirectory() as folder, connect() as connection:
        piece = Path(folder) / "table.parquet"
        connection.register("columns", {name: values.astype(object) if values.dtype.kind == "U" else values for name, values in columns.items()})
        picked = ", ".join(quote_name(name) for name in columns)
        told = ", ".join(f"{quote_name(name)}: {quote_text(text)}" for name, text in (about or {}).items())
        metadata = f", KV_METADATA {{{told}}}" if told else ""
        connection.execute(f"COPY (SELECT {picked} FROM columns) TO {quote_text(str(piece))} (FORMAT parquet, COMPRESSION zstd{metadata})")
        return piece.read_bytes()
