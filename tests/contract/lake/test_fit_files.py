"""A .qdc keeps every bit of a fit, is the same bytes each time, and says when it was damaged."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from quarterdeck.lake.fit_file import FitFileDamaged, hash_fit, read_fit_file, save_fit, write_fit_file
from quarterdeck.operations.response.keep_curves import read_curves
from quarterdeck.response.exchange.kept import kept_to_tables
from quarterdeck.response.fitting.one_form import fit_one_form
from quarterdeck.response.series.series import ResponseSeries

META = {"metric": "orders", "channels": ["search", "print"], "seed": 7, "title": "Bäckerei"}
Tables = dict[str, dict[str, Any]]


def _tables() -> Tables:
    return {
        "curves": {
            "draw": np.arange(6, dtype=np.int64),
            "decay": np.array([0.1, -0.0, 5e-324, 1 / 3, np.inf, -np.inf]),
            "form": np.array([0, 1, 0, 1, 1, 0], dtype=np.uint8),
        },
        "weeks": {"week": np.array(["2027-01-04", "2027-01-11"]), "is_held_out": np.array([False, True]), "error": np.array([0.5, np.nan])},
    }


def test_every_bit_comes_back(tmp_path: Path) -> None:
    place, _ = save_fit(tmp_path, META, _tables())

    fit = read_fit_file(place)

    assert fit.meta == META
    assert list(fit.tables) == ["curves", "weeks"]
    for table, columns in _tables().items():
        for column, values in columns.items():
            found = fit.tables[table][column]
            assert found.dtype == values.dtype
            assert found.tobytes() == values.tobytes()


@given(arrays(np.float64, st.integers(0, 40), elements=st.floats(allow_nan=False, width=64)))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_floats_come_back_bit_for_bit(tmp_path: Path, values: Any) -> None:
    place = tmp_path / "any.qdc"
    write_fit_file(place, {}, {"t": {"x": values}})

    assert read_fit_file(place).tables["t"]["x"].tobytes() == values.tobytes()


def test_the_same_content_gives_the_same_bytes_and_name_whatever_the_order_it_is_handed_in(tmp_path: Path) -> None:
    first, _ = save_fit(tmp_path / "one", META, _tables())
    turned = {table: dict(reversed(columns.items())) for table, columns in reversed(_tables().items())}
    second, _ = save_fit(tmp_path / "two", dict(reversed(META.items())), turned)

    assert first.name == second.name
    assert first.read_bytes() == second.read_bytes()


@pytest.mark.parametrize(
    "change",
    [
        lambda tables: tables["curves"].update(decay=np.array([0.1, 0.0, 5e-324, 1 / 3, np.inf, -np.inf])),
        lambda tables: tables["curves"].update(form=np.array([0, 1, 0, 1, 1, 0], dtype=np.int64)),
        lambda tables: tables["curves"].update(other=tables["curves"].pop("draw")),
        lambda tables: tables.update(more=tables.pop("weeks")),
        lambda tables: tables["weeks"].update(week=np.array(["2027-01-042", "027-01-11"])),
    ],
    ids=["sign_of_zero", "type", "column_name", "table_name", "where_texts_end"],
)
def test_any_change_of_content_changes_the_hash(change: Any) -> None:
    changed = _tables()
    change(changed)

    assert hash_fit(META, changed) != hash_fit(META, _tables())
    assert hash_fit({**META, "seed": 8}, _tables()) != hash_fit(META, _tables())


def test_the_parts_are_plain_parquet_and_json(tmp_path: Path) -> None:
    import duckdb

    place, fit_hash = save_fit(tmp_path, META, _tables())

    with zipfile.ZipFile(place) as archive:
        assert archive.namelist() == ["meta.json", "curves.parquet", "weeks.parquet"]
        said = json.loads(archive.read("meta.json"))
        (tmp_path / "curves.parquet").write_bytes(archive.read("curves.parquet"))
    assert (said["format"], said["hash"], said["meta"]) == (1, fit_hash, META)
    with duckdb.connect() as connection:
        assert connection.execute(f"SELECT sum(draw) FROM '{tmp_path}/curves.parquet'").fetchone() == (15,)


def _without_key(place: Path, key: str) -> None:
    with zipfile.ZipFile(place) as archive:
        described = json.loads(archive.read("meta.json"))
    del described[key]
    _with_part(place, "meta.json", json.dumps(described).encode())


def _with_password(place: Path) -> None:
    content = bytearray(place.read_bytes())
    for start in (b"PK\x03\x04", b"PK\x01\x02"):
        at = content.find(start)
        while at >= 0:
            content[at + (6 if start[2] == 3 else 8)] |= 1
            at = content.find(start, at + 4)
    place.write_bytes(content)


def _with_part(place: Path, name: str, content: bytes) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(place) as archive, zipfile.ZipFile(out, "w") as changed:
        for entry in archive.namelist():
            changed.writestr(entry, content if entry == name else archive.read(entry))
    place.write_bytes(out.getvalue())


@pytest.mark.parametrize(
    "damage",
    [
        lambda place: place.write_bytes(place.read_bytes()[:-30]),
        lambda place: place.write_bytes(b""),
        lambda place: _with_part(place, "curves.parquet", b"PAR1"),
        lambda place: _with_part(place, "meta.json", b"[]"),
        lambda place: _with_part(place, "meta.json", b'{"format":2}'),
        lambda place: _with_part(place, "meta.json", zipfile.ZipFile(place).read("meta.json").replace(b'"seed":7', b'"seed":8')),
        lambda place: _without_key(place, "meta"),
        lambda place: _without_key(place, "hash"),
        lambda place: _without_key(place, "tables"),
        _with_password,
    ],
    ids=["cut", "empty", "no_parquet", "no_meta", "newer_format", "changed_meta", "meta_gone", "hash_gone", "tables_gone", "with_a_password"],
)
@pytest.mark.filterwarnings("ignore::ResourceWarning")
def test_a_damaged_file_says_so(tmp_path: Path, damage: Any) -> None:
    place, _ = save_fit(tmp_path, META, _tables())
    damage(place)

    with pytest.raises(FitFileDamaged):
        read_fit_file(place)


@pytest.mark.parametrize(("gone", "part"), [("channels", "meta"), ("draws", "tables")])
def test_a_sound_file_that_holds_no_whole_fit_is_called_damaged(tmp_path: Path, gone: str, part: str) -> None:
    weekly = date(2024, 1, 1)
    spend = np.random.default_rng(1).gamma(2.0, 50.0, (30, 1))
    series = ResponseSeries("sales", tuple(weekly + timedelta(days=7 * n) for n in range(30)), ("tv",), spend, 500.0 + 2.0 * spend[:, 0])
    meta, tables = kept_to_tables(fit_one_form(series, seed=1, draws=100))
    (meta if part == "meta" else tables).pop(gone)
    write_fit_file(tmp_path / "part.qdc", meta, tables)

    with pytest.raises(FitFileDamaged, match=f"holds no fit that can be read: KeyError\\('{gone}'\\)"):
        read_curves(tmp_path / "part.qdc")


@pytest.mark.parametrize(
    "column",
    [np.zeros((2, 2)), np.zeros(2, dtype=np.complex128), np.array(["2027-01-04"], dtype="datetime64[D]")],
    ids=["two_dimensions", "complex", "date"],
)
def test_a_column_that_cannot_be_kept_exactly_is_refused(tmp_path: Path, column: Any) -> None:
    with pytest.raises(ValueError, match="a column has one"):
        save_fit(tmp_path, {}, {"t": {"x": column}})


def test_nothing_but_the_file_is_left_in_the_folder(tmp_path: Path) -> None:
    place, _ = save_fit(tmp_path, META, _tables())
    save_fit(tmp_path, META, _tables())

    assert [entry.name for entry in place.parent.iterdir()] == [place.name]
