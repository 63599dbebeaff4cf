"""A load is one immutable Parquet file that any engine can read."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from pathlib import Path
from threading import Barrier, Thread
from typing import Any

import pytest

from quarterdeck.lake.load_file import load_path, write_load

LOAD = "a" * 64
DAY = date(2027, 1, 4)


def _spend(rows: int = 3) -> dict[str, list[Any]]:
    return {
        "day": [DAY + timedelta(days=i) for i in range(rows)],
        "channel": ["search"] * rows,
        "currency": ["GBP"] * rows,
        "cost": [Decimal("10.123456") * i for i in range(rows)],
        "clicks": [None] * rows,
    }


def test_a_load_stands_under_its_table_and_id_and_nothing_else_is_left(tmp_path: Path) -> None:
    file = write_load(tmp_path, "spend", _spend(), LOAD)

    assert (file.path, file.rows) == (load_path(tmp_path, "spend", LOAD), 3)
    assert [place.name for place in (tmp_path / "spend").iterdir()] == [f"{LOAD}.parquet"]


def test_the_same_rows_give_the_same_bytes(tmp_path: Path) -> None:
    one, other = (write_load(tmp_path / name, "spend", _spend(500), LOAD) for name in ("one", "other"))

    assert one.sha256 == other.sha256


def test_the_same_load_twice_leaves_the_file_as_it_is(tmp_path: Path) -> None:
    first = write_load(tmp_path, "spend", _spend(), LOAD)
    inode = first.path.stat().st_ino

    assert write_load(tmp_path, "spend", _spend(), LOAD) == first
    assert write_load(tmp_path, "spend", _spend(), LOAD, expected_sha256=first.sha256) == first
    assert first.path.stat().st_ino == inode


@pytest.mark.parametrize("damage", [b"", b"PAR1 no more"], ids=["empty", "cut"])
def test_a_damaged_file_is_written_again(tmp_path: Path, damage: bytes) -> None:
    first = write_load(tmp_path, "spend", _spend(), LOAD)
    first.path.write_bytes(damage)

    assert write_load(tmp_path, "spend", _spend(), LOAD) == first


def test_a_file_that_another_version_wrote_is_kept_when_it_is_what_the_ledger_says(tmp_path: Path) -> None:
    import duckdb

    from quarterdeck.lake.durable import file_sha256

    first = write_load(tmp_path, "spend", _spend(), LOAD)
    with duckdb.connect() as connection:
        connection.execute(f"COPY (FROM '{first.path}') TO '{tmp_path}/other.parquet' (FORMAT parquet, COMPRESSION gzip)")
    (tmp_path / "other.parquet").replace(first.path)
    theirs = file_sha256(first.path)
    assert theirs != first.sha256

    assert write_load(tmp_path, "spend", _spend(), LOAD).sha256 == theirs
    assert write_load(tmp_path, "spend", _spend(), LOAD, expected_sha256=theirs).sha256 == theirs
    assert write_load(tmp_path, "spend", _spend(), LOAD, expected_sha256=first.sha256).sha256 == first.sha256


def test_another_engine_reads_types_and_values_exactly(tmp_path: Path) -> None:
    import duckdb

    file = write_load(
        tmp_path,
        "orders",
        {
            "order": ["1007", "Ödön's ☕"],
            "at": [datetime(2027, 3, 28, 0, 59, 59, 123456, tzinfo=UTC), datetime(2027, 3, 28, 3, tzinfo=timezone(timedelta(hours=2)))],
            "currency": ["GBP", "GBP"],
            "value": [Decimal("999999999999.999999"), Decimal("-0.000001")],
            "is_first": [True, None],
        },
        LOAD,
    )

    with duckdb.connect() as connection:
        found = connection.execute(f'SELECT "order", "at", value, is_first, margin FROM \'{file.path}\'')
        assert [str(kind) for _, kind, *_ in found.description] == ["VARCHAR", "TIMESTAMP", "DECIMAL(18,6)", "BOOLEAN", "DECIMAL(18,6)"]
        assert found.fetchall() == [
            ("1007", datetime(2027, 3, 28, 0, 59, 59, 123456, tzinfo=UTC).replace(tzinfo=None), Decimal("999999999999.999999"), True, None),
            ("Ödön's ☕", datetime(2027, 3, 28, 1, tzinfo=UTC).replace(tzinfo=None), Decimal("-0.000001"), None, None),
        ]


@pytest.mark.parametrize(
    ("columns", "reason"),
    [
        ({"day": [DAY], "colour": ["red"]}, "no column colour"),
        ({"day": [DAY], "channel": []}, "equally long"),
        ({"day": [], "channel": []}, "at least one row"),
        ({}, "at least one row"),
    ],
    ids=["unknown", "lengths", "no_rows", "nothing"],
)
def test_columns_that_make_no_table_are_refused_and_nothing_is_written(tmp_path: Path, columns: dict[str, list[Any]], reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        write_load(tmp_path, "spend", columns, LOAD)

    assert list(tmp_path.rglob("*.parquet")) == []


def test_an_instant_without_a_zone_is_refused_and_no_part_is_left(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="without a zone"):
        write_load(tmp_path, "orders", {"order": ["1"], "at": [datetime(2027, 1, 1)]}, LOAD)  # noqa: DTZ001  # the fault under test

    assert list((tmp_path / "orders").iterdir()) == []


def test_a_value_that_does_not_fit_leaves_no_part_behind(tmp_path: Path) -> None:
    import duckdb

    with pytest.raises(duckdb.Error):
        write_load(tmp_path, "spend", {**_spend(1), "cost": [Decimal("1e15")]}, LOAD)

    assert list((tmp_path / "spend").iterdir()) == []


def test_writers_of_the_same_load_at_once_leave_one_whole_file(tmp_path: Path) -> None:
    start, files = Barrier(4), []

    def write() -> None:
        start.wait()
        files.append(write_load(tmp_path, "spend", _spend(200), LOAD))

    threads = [Thread(target=write) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(files) == 4
    assert len(set(files)) == 1
    assert [place.name for place in (tmp_path / "spend").iterdir()] == [f"{LOAD}.parquet"]
