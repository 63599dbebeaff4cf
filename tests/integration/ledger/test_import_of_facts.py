"""Importing facts: the same rows twice are one load, and nothing is overwritten unasked."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from child_jobs import NOW, import_when_told, spend_rows

from quarterdeck.kernel.problems import InvalidInput, Refused
from quarterdeck.lake.snapshot import open_snapshot
from quarterdeck.ledger.gateway.loads import all_loads, drop_load, snapshot_of
from quarterdeck.ledger.models import Load, Workspace
from quarterdeck.operations.facts import import_facts as importing
from quarterdeck.operations.facts.import_facts import ImportedFacts, import_facts
from quarterdeck.operations.facts.keep_facts import sweep_facts, verify_facts
from quarterdeck.operations.site import Site


def _import(site: Site, bakery: Workspace, rows: dict[str, list[Any]], **options: Any) -> ImportedFacts:
    return import_facts(site, bakery, "spend", rows, **{"source": "test", "file_name": "spend.csv", "by": "Ann", "now": NOW, **options})


def _total(site: Site, bakery: Workspace) -> Decimal | None:
    with open_snapshot(site.lake_of("bakery"), snapshot_of(bakery).loads) as lake:
        return lake.query("SELECT sum(cost) AS total FROM spend")["total"][0]


def _corrected(rows: dict[str, list[Any]]) -> dict[str, list[Any]]:
    return {**rows, "cost": [*rows["cost"][:-1], Decimal(100)]}


def test_an_import_is_recorded_with_its_days_and_can_be_asked(ledger_site: Site, bakery: Workspace) -> None:
    rows = spend_rows(0)

    result = _import(ledger_site, bakery, rows)

    assert result.load is not None
    assert (result.is_new, result.load.rows, result.load.first_day, result.load.last_day) == (True, 60, rows["day"][0], rows["day"][-1])
    assert _total(ledger_site, bakery) == sum(rows["cost"])
    assert verify_facts(ledger_site, bakery).is_clean


def test_the_same_rows_twice_are_one_load(ledger_site: Site, bakery: Workspace) -> None:
    first = _import(ledger_site, bakery, spend_rows(0))
    second = _import(ledger_site, bakery, {name: values[::-1] for name, values in spend_rows(0).items()}, file_name="again.csv")

    assert (second.load, second.is_new) == (first.load, False)
    assert "imported before" in second.sentence


def test_rows_that_are_all_kept_already_add_no_load(ledger_site: Site, bakery: Workspace) -> None:
    _import(ledger_site, bakery, spend_rows(0))

    result = _import(ledger_site, bakery, {name: values[:10] for name, values in spend_rows(0).items()})

    assert (result.load, Load.objects.count()) == (None, 1)


def test_a_changed_fact_is_refused_row_by_row_unless_it_shall_replace(ledger_site: Site, bakery: Workspace) -> None:
    _import(ledger_site, bakery, spend_rows(0))

    with pytest.raises(InvalidInput) as refusal:
        _import(ledger_site, bakery, _corrected(spend_rows(0)))
    assert len(refusal.value.problems) == 1
    assert _total(ledger_site, bakery) == sum(range(1, 61))

    _import(ledger_site, bakery, _corrected(spend_rows(0)), replace=True)
    assert _total(ledger_site, bakery) == sum(range(1, 60)) + 100


def test_undoing_a_correction_brings_the_older_value_back(ledger_site: Site, bakery: Workspace) -> None:
    _import(ledger_site, bakery, spend_rows(0))
    correction = _import(ledger_site, bakery, _corrected(spend_rows(0)), replace=True)

    drop_load(correction.load, by="Ann", now=NOW)

    assert _total(ledger_site, bakery) == sum(range(1, 61))
    assert _import(ledger_site, bakery, _corrected(spend_rows(0)), replace=True).is_new is True
    assert len(all_loads(bakery)) == 3


def test_a_lost_or_damaged_file_is_brought_back_by_the_import_of_the_same_rows(ledger_site: Site, bakery: Workspace) -> None:
    _import(ledger_site, bakery, spend_rows(0))
    file = next(ledger_site.lake_of("bakery").glob("spend/*.parquet"))

    file.write_bytes(file.read_bytes()[:-1] + b"X")
    assert verify_facts(ledger_site, bakery).damaged == (f"spend/{file.name}",)
    _import(ledger_site, bakery, spend_rows(0))
    assert verify_facts(ledger_site, bakery).is_clean

    file.unlink()
    assert verify_facts(ledger_site, bakery).missing == (f"spend/{file.name}",)
    _import(ledger_site, bakery, spend_rows(0))
    assert verify_facts(ledger_site, bakery).is_clean


def test_the_same_file_from_two_processes_at_once_is_one_load(ledger_site: Site, bakery: Workspace, start_process) -> None:
    jobs = [start_process(import_when_told, ledger_site.folder, 0) for _ in range(3)]
    for _, pipe in jobs:
        assert pipe.recv() == "ready"

    for _, pipe in jobs:
        pipe.send("go")
    said = sorted(pipe.recv() for _, pipe in jobs)

    assert [sentence.split(" were ")[1].split(" ")[0] for sentence in said] == ["imported"] * 3
    assert (Load.objects.count(), _total(ledger_site, bakery)) == (1, Decimal(sum(range(1, 61))))
    assert verify_facts(ledger_site, bakery).is_clean


def test_different_files_from_processes_at_once_are_all_kept(ledger_site: Site, bakery: Workspace, start_process) -> None:
    jobs = [start_process(import_when_told, ledger_site.folder, number) for number in range(4)]
    for _, pipe in jobs:
        assert pipe.recv() == "ready"

    for _, pipe in jobs:
        pipe.send("go")
    for _, pipe in jobs:
        assert "60 rows were imported" in pipe.recv()

    assert [load.sequence for load in all_loads(bakery)] == [1, 2, 3, 4]
    assert _total(ledger_site, bakery) == 4 * sum(range(1, 61))


def test_rows_are_compared_again_when_another_import_comes_between_the_look_and_the_record(
    ledger_site: Site, bakery: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    write, calls = importing.write_load, []

    def write_while_another_import_lands(*arguments: Any, **options: Any) -> Any:
        file = write(*arguments, **options)
        if not calls:
            calls.append(1)
            _import(ledger_site, bakery, _corrected(spend_rows(0)), file_name="theirs.csv")
        return file

    monkeypatch.setattr(importing, "write_load", write_while_another_import_lands)

    with pytest.raises(InvalidInput):
        _import(ledger_site, bakery, spend_rows(0), file_name="mine.csv")

    assert [load.file_name for load in all_loads(bakery)] == ["theirs.csv"]


def test_a_file_swept_away_before_it_was_recorded_is_written_again(ledger_site: Site, bakery: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    write, calls = importing.write_load, []

    def write_and_lose(*arguments: Any, **options: Any) -> Any:
        file = write(*arguments, **options)
        if not calls:
            calls.append(1)
            file.path.unlink()
        return file

    monkeypatch.setattr(importing, "write_load", write_and_lose)

    _import(ledger_site, bakery, spend_rows(0))

    assert verify_facts(ledger_site, bakery).is_clean


def test_a_sweep_takes_nothing_that_is_recorded(ledger_site: Site, bakery: Workspace) -> None:
    drop_load(_import(ledger_site, bakery, spend_rows(0)).load, by="Ann", now=NOW)

    from datetime import UTC, datetime

    assert sweep_facts(ledger_site, bakery, now=datetime(2999, 1, 1, tzinfo=UTC)) == ()
    assert verify_facts(ledger_site, bakery).is_clean


def test_no_rows_and_rows_of_another_table_are_refused(ledger_site: Site, bakery: Workspace) -> None:
    with pytest.raises(Refused, match="no rows"):
        _import(ledger_site, bakery, {name: [] for name in spend_rows(0)})
    with pytest.raises(InvalidInput):
        _import(ledger_site, bakery, {"colour": ["red"]})
