"""kill -9 at any moment of an import leaves all of it or nothing; QUARTERDECK_PROOF=1 tries more moments."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from random import Random
from time import perf_counter

from child_jobs import import_dying_at_line, import_number, import_when_told

from quarterdeck.lake.snapshot import open_snapshot
from quarterdeck.ledger.gateway.loads import snapshot_of
from quarterdeck.ledger.models import AuditEntry, Load, Workspace
from quarterdeck.operations.facts.keep_facts import sweep_facts, verify_facts
from quarterdeck.operations.site import Site

MOMENTS = 50 if os.environ.get("QUARTERDECK_PROOF") else 12
LATER = datetime(2999, 1, 1, tzinfo=UTC)


def test_a_kill_before_any_line_of_an_import_leaves_all_or_nothing(ledger_site: Site, bakery: Workspace, start_process) -> None:
    import_number(ledger_site.folder, MOMENTS + 1)
    _, pipe = start_process(import_dying_at_line, ledger_site.folder, 0, None)
    lines = pipe.recv()
    assert lines > MOMENTS
    done = 0
    for number in range(1, MOMENTS + 1):
        process, _ = start_process(import_dying_at_line, ledger_site.folder, number, 1 + (number - 1) * (lines - 1) // (MOMENTS - 1))
        process.join()
        done += _is_there_whole_or_not_at_all(ledger_site, bakery, number)

    assert 0 < done < MOMENTS
    _everything_can_be_imported_afterwards(ledger_site, bakery)


def test_a_kill_at_a_random_moment_of_an_import_leaves_all_or_nothing(ledger_site: Site, bakery: Workspace, start_process) -> None:
    import_number(ledger_site.folder, MOMENTS + 1)
    _, pipe = start_process(import_when_told, ledger_site.folder, 0)
    assert pipe.recv() == "ready"
    began = perf_counter()
    pipe.send("go")
    pipe.recv()
    seconds = perf_counter() - began
    chance = Random(20270104)
    for number in range(1, MOMENTS + 1):
        process, pipe = start_process(import_when_told, ledger_site.folder, number)
        assert pipe.recv() == "ready"
        pipe.send("go")
        process.join(chance.uniform(0, seconds))
        process.kill()
        process.join()
        _is_there_whole_or_not_at_all(ledger_site, bakery, number)

    _everything_can_be_imported_afterwards(ledger_site, bakery)


def _is_there_whole_or_not_at_all(site: Site, bakery: Workspace, number: int) -> bool:
    loads = Load.objects.filter(file_name=f"spend-{number}.csv")
    assert verify_facts(site, bakery).is_sound
    assert AuditEntry.objects.filter(verb="import_facts").count() == Load.objects.count()
    with open_snapshot(site.lake_of("bakery"), snapshot_of(bakery).loads) as lake:
        found = lake.query("SELECT count(*) AS n FROM spend WHERE load_id = ?", [loads[0].load_id if loads else ""])["n"][0]
    assert found == (60 if loads else 0)
    return bool(loads)


def _everything_can_be_imported_afterwards(site: Site, bakery: Workspace) -> None:
    sweep_facts(site, bakery, now=LATER)
    assert verify_facts(site, bakery).is_clean
    for number in range(MOMENTS + 2):
        import_number(site.folder, number)
    with open_snapshot(site.lake_of("bakery"), snapshot_of(bakery).loads) as lake:
        assert lake.query("SELECT count(*) AS n FROM spend")["n"] == [60 * (MOMENTS + 2)]
    assert verify_facts(site, bakery).is_clean
