"""Which files of facts count: recorded once, in one order, dropped without being lost."""

from __future__ import annotations

from datetime import date

import pytest
from child_jobs import NOW
from django.db import transaction

from quarterdeck.ledger.gateway.loads import NewLoad, SnapshotMoved, all_loads, drop_load, record_load, snapshot_of
from quarterdeck.ledger.gateway.workspaces import add_workspace, lock_workspace
from quarterdeck.ledger.models import AuditEntry, Load, Workspace


def _new(name: str, table: str = "spend") -> NewLoad:
    return NewLoad(
        load_id=name * 64,
        table=table,
        source="shop",
        file_name=f"{name}.csv",
        rows=7,
        first_day=date(2027, 1, 4),
        last_day=date(2027, 1, 10),
        file_sha256="f" * 64,
    )


def test_loads_count_in_the_order_in_which_they_were_recorded(bakery: Workspace) -> None:
    for name in "cab":
        record_load(bakery, _new(name), by="Ann", now=NOW)

    assert [(load.load_id[0], load.sequence) for load in snapshot_of(bakery).loads] == [("c", 1), ("a", 2), ("b", 3)]


def test_the_same_load_twice_is_one_load(bakery: Workspace) -> None:
    first = record_load(bakery, _new("a"), by="Ann", now=NOW)
    second = record_load(bakery, _new("a"), by="Bob", now=NOW)

    assert (first[1], second) == (True, (first[0], False))
    assert AuditEntry.objects.filter(verb="import_facts").count() == 1


def test_of_threads_that_record_the_same_load_at_once_one_does(bakery: Workspace, in_threads) -> None:
    results = in_threads([lambda: record_load(bakery, _new("a"), by="Ann", now=NOW)] * 6)

    assert sorted(is_new for _, is_new in results) == [False] * 5 + [True]
    assert Load.objects.count() == 1


def test_loads_recorded_at_once_get_different_places_in_the_order(bakery: Workspace, in_threads) -> None:
    results = in_threads([lambda name=name: record_load(bakery, _new(name), by="Ann", now=NOW) for name in "abcdef"])

    assert sorted(load.sequence for load, _ in results) == [1, 2, 3, 4, 5, 6]


def test_a_load_compared_with_an_older_snapshot_is_not_recorded(bakery: Workspace) -> None:
    seen = snapshot_of(bakery).hash
    record_load(bakery, _new("a"), by="Bob", now=NOW)

    with pytest.raises(SnapshotMoved):
        record_load(bakery, _new("b"), by="Ann", now=NOW, seen=seen)

    assert [load.load_id[0] for load in all_loads(bakery)] == ["a"]


def test_a_dropped_load_counts_no_more_stays_in_the_history_and_can_come_back(bakery: Workspace) -> None:
    load, _ = record_load(bakery, _new("a"), by="Ann", now=NOW)
    before = snapshot_of(bakery)

    assert drop_load(load, by="Ann", now=NOW) is True
    assert drop_load(load, by="Ann", now=NOW) is False
    assert snapshot_of(bakery).loads == ()

    again, is_new = record_load(bakery, _new("a"), by="Ann", now=NOW)
    assert (is_new, again.sequence) == (True, 2)
    assert snapshot_of(bakery).hash == before.hash
    assert len(all_loads(bakery)) == 2


def test_a_snapshot_is_named_by_its_loads_and_their_order(bakery: Workspace) -> None:
    other = add_workspace("farm", name="Farm", currency="EUR", timezone="Europe/Kyiv", now=NOW)
    third = add_workspace("mill", name="Mill", currency="EUR", timezone="Europe/Kyiv", now=NOW)
    for workspace, names in ((bakery, "ab"), (other, "ab"), (third, "ba")):
        for name in names:
            record_load(workspace, _new(name), by="Ann", now=NOW)

    assert snapshot_of(bakery).hash == snapshot_of(other).hash != snapshot_of(third).hash


def test_a_lock_needs_a_transaction(bakery: Workspace) -> None:
    with pytest.raises(transaction.TransactionManagementError):
        lock_workspace(bakery)
