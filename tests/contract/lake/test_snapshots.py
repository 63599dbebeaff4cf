"""A snapshot is a set of loads, asked with SQL: the later load holds, nothing outside is reached, nothing is changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pytest

from quarterdeck.facts.schemas import TABLES
from quarterdeck.kernel.problems import Refused
from quarterdeck.lake.load_file import write_load
from quarterdeck.lake.snapshot import MANY_FILES, open_snapshot

DAY = date(2027, 1, 4)


@dataclass(frozen=True)
class Ref:
    table: str
    load_id: str
    sequence: int


def _load(lake_dir: Path, number: int, costs: list[int], *, first: date = DAY, sequence: int | None = None, campaign: str = "") -> Ref:
    rows = len(costs)
    columns: dict[str, list[Any]] = {
        "day": [first + timedelta(days=i) for i in range(rows)],
        "channel": ["search"] * rows,
        "campaign": [campaign] * rows,
        "geo": [""] * rows,
        "currency": ["GBP"] * rows,
        "cost": [Decimal(cost) for cost in costs],
    }
    write_load(lake_dir, "spend", columns, f"{number:064x}")
    return Ref("spend", f"{number:064x}", number if sequence is None else sequence)


def _costs(lake_dir: Path, loads: list[Ref]) -> list[int]:
    with open_snapshot(lake_dir, loads) as lake:
        return [int(cost) for cost in lake.query("SELECT cost FROM spend ORDER BY day, campaign")["cost"]]


def test_no_loads_give_every_table_empty_with_its_columns(tmp_path: Path) -> None:
    with open_snapshot(tmp_path / "not there yet", []) as lake:
        for name, table in TABLES.items():
            assert lake.query(f'SELECT * FROM "{name}"') == {**{column: [] for column in table.names}, "load_id": []}


def test_where_two_loads_speak_of_the_same_fact_the_later_one_holds(tmp_path: Path) -> None:
    loads = [_load(tmp_path, 1, [1, 2, 3]), _load(tmp_path, 2, [20], first=DAY + timedelta(days=1))]

    assert _costs(tmp_path, loads) == [1, 20, 3]
    assert _costs(tmp_path, loads[::-1]) == [1, 20, 3]
    assert _costs(tmp_path, loads[:1]) == [1, 2, 3]


def test_later_is_said_by_the_sequence_and_not_by_the_name(tmp_path: Path) -> None:
    loads = [_load(tmp_path, 1, [1], sequence=9), _load(tmp_path, 2, [2], sequence=4)]

    assert _costs(tmp_path, loads) == [1]


def test_an_empty_key_column_is_a_key_like_any_other(tmp_path: Path) -> None:
    write_load(tmp_path, "spend", {"day": [DAY], "channel": ["search"], "currency": ["GBP"], "cost": [Decimal(1)]}, "b" * 64)
    write_load(tmp_path, "spend", {"day": [DAY], "channel": ["search"], "currency": ["GBP"], "cost": [Decimal(2)]}, "c" * 64)

    assert _costs(tmp_path, [Ref("spend", "b" * 64, 1), Ref("spend", "c" * 64, 2)]) == [2]


@pytest.mark.parametrize("files", [MANY_FILES - 1, MANY_FILES, 60])
def test_many_loads_say_the_same_whether_read_once_or_from_their_files(tmp_path: Path, files: int) -> None:
    loads = [_load(tmp_path, number, [number, number], first=DAY + timedelta(days=number)) for number in range(1, files + 1)]

    assert _costs(tmp_path, loads) == [*range(1, files + 1), files]


def test_each_row_says_which_load_it_came_from(tmp_path: Path) -> None:
    loads = [_load(tmp_path, 1, [1, 2]), _load(tmp_path, 2, [20], first=DAY + timedelta(days=1))]

    with open_snapshot(tmp_path, loads) as lake:
        assert lake.query("SELECT load_id FROM spend ORDER BY day")["load_id"] == [loads[0].load_id, loads[1].load_id]


def test_a_file_from_before_a_column_was_added_reads_as_not_known(tmp_path: Path) -> None:
    newer = _load(tmp_path, 1, [1])
    with duckdb.connect() as connection:
        connection.execute(
            f"COPY (SELECT DATE '2027-02-01' AS day, 'search' AS channel, 7::DECIMAL(18,6) AS cost) TO '{tmp_path}/spend/{2:064x}.parquet'"
        )

    with open_snapshot(tmp_path, [newer, Ref("spend", f"{2:064x}", 2)]) as lake:
        assert lake.query("SELECT cost, clicks FROM spend ORDER BY day") == {"cost": [Decimal(1), Decimal(7)], "clicks": [None, None]}


def test_instants_come_back_aware_in_utc(tmp_path: Path) -> None:
    at = datetime(2027, 3, 28, 1, 30, tzinfo=UTC)
    write_load(tmp_path, "orders", {"order": ["1"], "at": [at], "currency": ["GBP"], "value": [Decimal(5)]}, "d" * 64)

    with open_snapshot(tmp_path, [Ref("orders", "d" * 64, 1)]) as lake:
        assert lake.query('SELECT "at", "at"::DATE AS day FROM orders') == {"at": [at], "day": [date(2027, 3, 28)]}


def test_parameters_stand_for_values_by_place_or_by_name(tmp_path: Path) -> None:
    with open_snapshot(tmp_path, [_load(tmp_path, 1, [1, 2, 3])]) as lake:
        assert lake.query("SELECT cost FROM spend WHERE cost > ? ORDER BY 1", [1])["cost"] == [Decimal(2), Decimal(3)]
        assert lake.query("SELECT cost FROM spend WHERE channel = $it AND cost < 2", {"it": "search"})["cost"] == [Decimal(1)]
        assert lake.query("SELECT cost FROM spend WHERE channel = ?", ["x' OR 'a' = 'a"])["cost"] == []


@pytest.mark.parametrize(
    "sql",
    [
        "CREATE TABLE mine AS SELECT 1",
        "DELETE FROM spend",
        "SELECT 1; SELECT 2",
        "",
        "COPY (SELECT 1) TO '{lake}/x.csv'",
        "INSTALL httpfs",
        "ATTACH '{lake}/x.db'",
        "SET threads = 4",
        "PRAGMA database_list",
    ],
)
def test_anything_but_one_select_is_refused(tmp_path: Path, sql: str) -> None:
    with open_snapshot(tmp_path, [_load(tmp_path, 1, [1])]) as lake, pytest.raises(Refused, match="one SELECT"):
        lake.query(sql.replace("{lake}", str(tmp_path)))

    assert [place.name for place in tmp_path.iterdir()] == ["spend"]


def test_two_columns_of_one_name_are_refused_and_not_lost(tmp_path: Path) -> None:
    with open_snapshot(tmp_path, []) as lake, pytest.raises(Refused, match="same name"):
        lake.query("SELECT 1 AS x, 2 AS x")


@pytest.mark.parametrize("place", ["/etc/passwd", "https://example.com/facts.parquet", "s3://bucket/facts.parquet"])
def test_nothing_outside_the_companys_own_folder_is_reached(tmp_path: Path, place: str) -> None:
    with open_snapshot(tmp_path, [_load(tmp_path, 1, [1])]) as lake, pytest.raises(duckdb.Error, match=r"Permission|Extension|extension"):
        lake.query(f"SELECT * FROM read_{'csv' if place == '/etc/passwd' else 'parquet'}('{place}')")


def test_another_companys_folder_is_not_reached(tmp_path: Path) -> None:
    _load(tmp_path / "farm", 1, [1])

    with open_snapshot(tmp_path / "bakery", [_load(tmp_path / "bakery", 2, [2])]) as lake, pytest.raises(duckdb.PermissionException):
        lake.query(f"SELECT * FROM read_parquet('{tmp_path}/farm/spend/*.parquet')")


def test_a_missing_file_is_refused_with_the_way_out(tmp_path: Path) -> None:
    ref = _load(tmp_path, 1, [1])
    (tmp_path / "spend" / f"{ref.load_id}.parquet").unlink()

    with pytest.raises(Refused, match="is missing"):
        open_snapshot(tmp_path, [ref])


def test_a_folder_with_a_quote_in_its_name_is_only_a_folder(tmp_path: Path) -> None:
    lake_dir = tmp_path / "O'Brien; DROP"

    assert _costs(lake_dir, [_load(lake_dir, 1, [1]), _load(lake_dir, 2, [2])]) == [2]


def test_the_same_snapshot_asked_twice_gives_the_same_floats(tmp_path: Path) -> None:
    loads = [_load(tmp_path, number, list(range(50)), campaign=str(number)) for number in range(1, 5)]

    answers = []
    for _ in range(3):
        with open_snapshot(tmp_path, loads) as lake:
            answers.append(lake.query("SELECT sum(sqrt(cost::DOUBLE)) AS x, avg(ln(1 + cost::DOUBLE)) AS y FROM spend"))

    assert answers[0] == answers[1] == answers[2]
