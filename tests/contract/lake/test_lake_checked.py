"""Verifying says what is wrong; sweeping takes away only what nobody needs."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import numpy as np
import pytest

from quarterdeck.lake.check_lake import LakeReport, sweep_lake, verify_lake
from quarterdeck.lake.fit_file import save_fit
from quarterdeck.lake.load_file import write_load

NOW = datetime(2027, 1, 4, tzinfo=UTC)


@dataclass(frozen=True)
class Recorded:
    table: str
    load_id: str
    file_sha256: str


def _load(lake_dir: Path, letter: str, table: str = "outcomes") -> Recorded:
    file = write_load(lake_dir, table, {"day": [date(2027, 1, 4)], "metric": ["orders"], "value": [Decimal(3)]}, letter * 64)
    return Recorded(table, letter * 64, file.sha256)


def _age(place: Path, days: float) -> None:
    at = (NOW - timedelta(days=days)).timestamp()
    os.utime(place, (at, at))


def test_a_lake_as_the_ledger_says_is_clean_and_so_is_one_that_has_no_folder_yet(tmp_path: Path) -> None:
    recorded = [_load(tmp_path, "a"), _load(tmp_path, "b")]
    _, fit_hash = save_fit(tmp_path, {}, {"t": {"x": np.zeros(3)}})

    assert verify_lake(tmp_path, recorded, [fit_hash]).is_clean
    assert verify_lake(tmp_path / "none", []).is_clean


def test_each_fault_is_found_and_named(tmp_path: Path) -> None:
    recorded = [_load(tmp_path, letter) for letter in "abc"]
    (tmp_path / "outcomes" / f"{'a' * 64}.parquet").unlink()
    (tmp_path / "outcomes" / f"{'b' * 64}.parquet").write_bytes(b"PAR1")
    _load(tmp_path, "d")
    (tmp_path / "outcomes" / ".e.1234.part").write_bytes(b"half")
    place, fit_hash = save_fit(tmp_path, {}, {"t": {"x": np.zeros(3)}})
    place.write_bytes(b"no zip")
    (tmp_path / "outcomes" / "notes.txt").write_text("a person's own file is not ours to judge")

    report = verify_lake(tmp_path, recorded, [fit_hash, "f" * 64])

    assert report == LakeReport(
        missing=(f"fits/{'f' * 64}.qdc", f"outcomes/{'a' * 64}.parquet"),
        damaged=(f"fits/{fit_hash}.qdc", f"outcomes/{'b' * 64}.parquet"),
        orphans=(f"outcomes/{'d' * 64}.parquet",),
        leftovers=("outcomes/.e.1234.part",),
    )
    assert not report.is_sound


def test_orphans_and_leftovers_harm_nothing_but_are_not_clean(tmp_path: Path) -> None:
    _load(tmp_path, "a")

    report = verify_lake(tmp_path, [])

    assert (report.is_sound, report.is_clean) == (True, False)


@pytest.mark.parametrize(("days", "is_taken"), [(0.9, False), (1.1, True)])
def test_a_sweep_takes_leftovers_and_orphans_older_than_a_day(tmp_path: Path, days: float, is_taken: bool) -> None:
    kept = _load(tmp_path, "a")
    orphan = _load(tmp_path, "b")
    part = tmp_path / "outcomes" / ".c.1234.part"
    part.write_bytes(b"half")
    for place in (tmp_path / "outcomes").iterdir():
        _age(place, days)

    taken = sweep_lake(tmp_path, [kept], now=NOW)

    expected = (f"outcomes/{part.name}", f"outcomes/{orphan.load_id}.parquet") if is_taken else ()
    assert taken == expected
    assert verify_lake(tmp_path, [kept]).is_sound
    assert verify_lake(tmp_path, [kept]).is_clean is is_taken


def test_an_old_orphan_that_is_imported_again_is_young_again(tmp_path: Path) -> None:
    orphan = _load(tmp_path, "a")
    place = tmp_path / "outcomes" / f"{orphan.load_id}.parquet"
    _age(place, 30)

    _load(tmp_path, "a")

    assert sweep_lake(tmp_path, [], now=datetime.now(UTC)) == ()  # noqa: TID251  # the file's own age is told by the real clock
    assert place.exists()
