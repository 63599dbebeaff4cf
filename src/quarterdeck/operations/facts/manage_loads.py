"""list_loads, drop_import: what was imported when, and taking an import back."""

from __future__ import annotations

from quarterdeck.kernel.problems import Refused
from quarterdeck.ledger.gateway.loads import all_loads, drop_load
from quarterdeck.ledger.models import Load
from quarterdeck.operations.context import Context
from quarterdeck.operations.told import Told

SHORT = 10


def list_loads(context: Context) -> Told:
    """Every import, newest first, with the short id that takes it back."""
    context.require("see")
    loads = all_loads(context.workspace)[::-1]
    rows = [
        (
            load.load_id[:SHORT],
            load.table,
            f"{load.rows:,}",
            f"{load.first_day} to {load.last_day}",
            load.file_name,
            "taken back" if load.dropped_at else "counts",
        )
        for load in loads
    ]
    return Told(
        [
            f"{context.workspace.name} has {len(loads)} {'import' if len(loads) == 1 else 'imports'}, {sum(load.dropped_at is None for load in loads)} of which count."
        ],
        {
            "loads": [
                {"id": load.load_id, "table": load.table, "rows": load.rows, "file": load.file_name, "counts": load.dropped_at is None}
                for load in loads
            ]
        },
        (("Import", "Table", "Rows", "Days", "File", "State"), rows),
    )


def drop_import(context: Context, named: str) -> Told:
    """The import no longer counts; facts of earlier imports that it replaced count again, and its file stays. Raises Refused when there is none."""
    context.require("drop_load")
    load = _find(context, named)
    if not drop_load(load, by=context.member.person, now=context.now):
        raise Refused(f"The import of {load.file_name} was taken back before.", fix="`quarterdeck loads` shows what counts.", code="FACTS-911")
    return Told(
        [f"The import of {load.file_name} ({load.rows:,} rows of {load.table}) is taken back; earlier facts for the same days count again."],
        {"id": load.load_id, "table": load.table, "rows": load.rows},
    )


def _find(context: Context, named: str) -> Load:
    found = [load for load in all_loads(context.workspace) if named and load.load_id.startswith(named) and load.dropped_at is None]
    if len(found) != 1:
        raise Refused(
            f"{'Several imports start' if found else 'No import that counts starts'} with “{named}”.",
            fix="`quarterdeck loads` lists their ids.",
            code="FACTS-910",
        )
    return found[0]
