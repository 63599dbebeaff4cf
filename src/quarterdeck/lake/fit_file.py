"""The .qdc file: curves that were fitted, as any tool can read them.

A .qdc is an uncompressed zip that holds `meta.json` (canonical JSON: the caller's `meta`, `format`, and for each table its columns with
their types) and one `<table>.parquet` for each table (zstd). Floats keep every bit; NaN is null in Parquet and NaN again when read.
The hash is over the content (names, types and values), not over the file, so that another writer's file of the same content has the same hash.
The same content written by the same version of DuckDB gives the same bytes.
"""

from __future__ import annotations

import hashlib
import io
import json
import tempfile
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from quarterdeck.kernel.identity import render_canonical
from quarterdeck.kernel.problems import QuarterdeckError
from quarterdeck.lake.durable import write_whole
from quarterdeck.lake.engine import connect, quote_text
from quarterdeck.lake.parquet import render_parquet

FIT_FOLDER = "fits"
FIT_SUFFIX = ".qdc"
FORMAT = 1
META = "meta.json"
_TYPES = ("float64", "float32", "int64", "int32", "uint8", "bool", "str")
_EARLIEST = (1980, 1, 1, 0, 0, 0)
_DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    KeyError,
    ValueError,
    TypeError,
    AttributeError,
    RuntimeError,
)  # RuntimeError: a zip with a password
_WAY_OUT = "Fit again, or bring the file back from a backup."

Tables = Mapping[str, Mapping[str, npt.NDArray[Any]]]


class FitFileDamaged(QuarterdeckError):
    """A .qdc that cannot be read, or whose content is not what it says."""

    code = "LAKE-003"


@dataclass(frozen=True, eq=False)
class FitFile:
    """The content of a .qdc: `meta`, table -> column -> values (one dimension), and the hash of both."""

    meta: dict[str, Any]
    tables: dict[str, dict[str, npt.NDArray[Any]]]
    hash: str


def fit_path(lake_dir: Path, fit_hash: str) -> Path:
    """Where the file of a fit stands."""
    return lake_dir / FIT_FOLDER / f"{fit_hash}{FIT_SUFFIX}"


def hash_fit(meta: Mapping[str, Any], tables: Tables) -> str:
    """SHA-256 over names, types and values, 64 hex digits. Raises ValueError for a column that is not one-dimensional or of another type."""
    digest = hashlib.sha256(render_canonical(_describe(meta, tables)))
    for table in sorted(tables):
        for column in sorted(tables[table]):
            digest.update(_exact_bytes(tables[table][column]))
    return digest.hexdigest()


def save_fit(lake_dir: Path, meta: Mapping[str, Any], tables: Tables) -> tuple[Path, str]:
    """Where the fit stands in the lake, and its hash; saved once, written aside and renamed."""
    fit_hash = hash_fit(meta, tables)
    place = fit_path(lake_dir, fit_hash)
    place.parent.mkdir(parents=True, exist_ok=True)
    write_fit_file(place, meta, tables)
    return place, fit_hash


def write_fit_file(place: Path, meta: Mapping[str, Any], tables: Tables) -> str:
    """The hash of the content, once the file stands whole at `place`."""
    fit_hash = hash_fit(meta, tables)
    write_whole(place, _render(meta, tables))
    return fit_hash


def read_fit_file(place: Path) -> FitFile:
    """What `write_fit_file` wrote, each float with every bit. Raises FitFileDamaged; FileNotFoundError when there is no file."""
    import duckdb

    try:
        with zipfile.ZipFile(place) as archive, tempfile.TemporaryDirectory() as folder, connect() as connection:
            described = json.loads(archive.read(META))
            if described.get("format") != FORMAT:
                raise FitFileDamaged(f"{place} is of format {described.get('format')}; this version reads format {FORMAT}. Update Quarterdeck.")
            tables = {}
            for name, columns in described["tables"].items():
                piece = Path(folder) / "table.parquet"
                piece.write_bytes(archive.read(f"{name}.parquet"))
                found = connection.execute(f"SELECT * FROM read_parquet({quote_text(str(piece))})").fetchnumpy()
                tables[name] = {column: _as_written(found[column], kind) for column, kind in columns.items()}
            meta, wanted = dict(described["meta"]), described["hash"]
    except _DAMAGE as error:
        raise FitFileDamaged(f"{place} is damaged: {error}. {_WAY_OUT}") from error
    except duckdb.Error as error:
        raise FitFileDamaged(f"{place} is damaged: {error}. {_WAY_OUT}") from error
    if (fit_hash := hash_fit(meta, tables)) != wanted:
        raise FitFileDamaged(f"{place} is damaged: its content is not what it says. {_WAY_OUT}")
    return FitFile(meta, tables, fit_hash)


def _describe(meta: Mapping[str, Any], tables: Tables) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "meta": meta,
        "tables": {table: {column: _type_of(table, column, values) for column, values in columns.items()} for table, columns in tables.items()},
    }


def _type_of(table: str, column: str, values: npt.NDArray[Any]) -> str:
    kind = "str" if values.dtype.kind in "UO" else values.dtype.name
    if values.ndim != 1 or kind not in _TYPES:
        raise ValueError(f"{table}.{column} has {values.ndim} dimensions and type {values.dtype}; a column has one and is {', '.join(_TYPES)}")
    return kind


def _exact_bytes(values: npt.NDArray[Any]) -> bytes:
    if values.dtype.kind in "UO":
        return render_canonical([str(value) for value in values])
    if values.dtype.kind == "f":
        values = np.where(np.isnan(values), values.dtype.type(np.nan), values)  # one NaN, whatever its spare bits
    return values.astype(values.dtype.newbyteorder("<"), copy=False).tobytes()


def _render(meta: Mapping[str, Any], tables: Tables) -> bytes:
    described = {**_describe(meta, tables), "hash": hash_fit(meta, tables)}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr(_entry(META), render_canonical(described))
        for name in sorted(tables):
            archive.writestr(_entry(f"{name}.parquet"), render_parquet(dict(sorted(tables[name].items()))))
    return out.getvalue()


def _entry(name: str) -> zipfile.ZipInfo:
    """A name in the zip with no trace of when, where and by whom it was written."""
    entry = zipfile.ZipInfo(name, date_time=_EARLIEST)
    entry.create_system, entry.external_attr = 3, 0o644 << 16
    return entry


def _as_written(values: Any, kind: str) -> npt.NDArray[Any]:
    if kind == "str":
        return np.array([str(value) for value in values], dtype=str)
    if isinstance(values, np.ma.MaskedArray):
        values = values.filled(np.nan)
    return np.ascontiguousarray(values, dtype=kind)
