"""import_facts: rows that were read become a load, all of it or nothing.

The file is written aside and renamed, then recorded in the ledger in one transaction. A kill before the record leaves a file that counts
for nothing; the next import of the same rows takes it over, or `sweep_facts` takes it away.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.db import transaction

from quarterdeck.facts.canonical import load_id
from quarterdeck.facts.columns import TableSchema, Value
from quarterdeck.facts.conflicts import Conflicts, conflict_problems, find_conflicts
from quarterdeck.facts.fact_table import FactTable, Key, build_table
from quarterdeck.facts.schemas import TABLES
from quarterdeck.kernel.problems import InvalidInput, Refused
from quarterdeck.lake.load_file import LoadFile, write_load
from quarterdeck.lake.snapshot import open_snapshot
from quarterdeck.ledger.gateway.loads import NewLoad, SnapshotMoved, find_load, record_load, snapshot_of
from quarterdeck.ledger.models import Load, Workspace
from quarterdeck.operations.site import Site

LOOKS = 50
"""How often the rows are compared again when others import at the same time."""


@dataclass(frozen=True, slots=True)
class ImportedFacts:
    """What an import did. `load` is None when every row was kept already, and no load was added for it."""

    load: Load | None
    is_new: bool
    conflicts: Conflicts | None

    @property
    def sentence(self) -> str:
        """What happened, for people."""
        if self.load is not None and not self.is_new:
            return f"These rows were imported before ({self.load.file_name}, {self.load.made_at:%Y-%m-%d}); nothing was changed."
        if self.load is None or self.conflicts is None:
            return "Every row was kept already with the same values; nothing was changed."
        changed = f", {len(self.conflicts.changed)} of them in place of older values" if self.conflicts.changed else ""
        return f"{self.load.rows:,} {'row was' if self.load.rows == 1 else 'rows were'} imported into {self.load.table}{changed}."


def import_facts(
    site: Site,
    workspace: Workspace,
    table: str,
    rows: FactTable | Mapping[str, Sequence[Value]],
    *,
    source: str,
    file_name: str,
    by: str,
    now: datetime,
    replace: bool = False,
) -> ImportedFacts:
    """What the import did; the same rows from the same source twice are one load.

    Rows whose key is kept with other values are refused unless `replace`: then the new value counts and the older load keeps the old one.
    Raises InvalidInput (every changed fact, or what is wrong with the rows), Refused when there are no rows.
    """
    facts = rows if isinstance(rows, FactTable) else build_table(TABLES[table], rows)
    if facts.name != table:
        raise ValueError(f"these are rows of {facts.name}, not of {table}")
    if not len(facts):
        raise Refused("There are no rows to import.", fix="Choose a file with at least one row.", code="LAKE-004")
    lake_dir, named = site.lake_of(workspace.slug), load_id(facts, source)
    for _ in range(LOOKS):
        known = find_load(workspace, table, named)
        if known is not None:
            _write(lake_dir, facts, named, known.file_sha256)  # brings a lost or damaged file back
            return ImportedFacts(known, is_new=False, conflicts=None)
        seen = snapshot_of(workspace)
        conflicts = find_conflicts(facts, _kept_rows(lake_dir, seen.loads, facts))
        if conflicts.changed and not replace:
            raise InvalidInput(conflict_problems(facts.schema, conflicts), state="No row was imported.")
        if not conflicts.new and not conflicts.changed:
            return ImportedFacts(None, is_new=False, conflicts=conflicts)
        file = _write(lake_dir, facts, named, None)
        try:
            load, is_new = _record(workspace, facts, named, file, lake_dir, source=source, file_name=file_name, by=by, now=now, seen=seen.hash)
        except SnapshotMoved:
            continue
        return ImportedFacts(load, is_new, conflicts)
    raise Refused("Other imports into this company did not stop for a moment.", fix="Try again when they are done.", code="LAKE-005")


def _write(lake_dir: Path, facts: FactTable, named: str, expected_sha256: str | None) -> LoadFile:
    columns = dict(zip(facts.schema.names, facts.columns, strict=True))
    return write_load(lake_dir, facts.name, columns, named, expected_sha256=expected_sha256)


def _kept_rows(lake_dir: Path, loads: Sequence[Any], facts: FactTable) -> dict[Key, tuple[Value, ...]]:
    """Key -> other values of the kept rows that the new ones could meet: those of the same days."""
    schema = facts.schema
    with open_snapshot(lake_dir, [load for load in loads if load.table == schema.name]) as lake:
        picked = ", ".join(f'"{name}"' for name in (*schema.key, *schema.value_names))
        within, limits = _same_days(schema, facts)
        found = lake.query(f'SELECT {picked} FROM "{schema.name}"{within}', limits)
    keys = zip(*(found[name] for name in schema.key), strict=True)
    values = zip(*(found[name] for name in schema.value_names), strict=True) if schema.value_names else ((),) * len(found[schema.key[0]])
    return dict(zip(keys, values, strict=True))


def _same_days(schema: TableSchema, facts: FactTable) -> tuple[str, list[Value]]:
    if schema.when is None or schema.when not in schema.key:
        return "", []
    days = [value for value in facts.column(schema.when) if value is not None]
    return f' WHERE "{schema.when}" BETWEEN ? AND ?', [min(map(_for_query, days)), max(map(_for_query, days))]  # type: ignore[type-var]  # one kind a column


def _for_query(value: Value) -> Value:
    return value.replace(tzinfo=None) if isinstance(value, datetime) else value


def _record(
    workspace: Workspace,
    facts: FactTable,
    named: str,
    file: LoadFile,
    lake_dir: Path,
    *,
    source: str,
    file_name: str,
    by: str,
    now: datetime,
    seen: str,
) -> tuple[Load, bool]:
    first_day, last_day = _days_of(facts)
    new = NewLoad(
        load_id=named,
        table=facts.name,
        source=source,
        file_name=file_name,
        rows=len(facts),
        first_day=first_day,
        last_day=last_day,
        file_sha256=file.sha256,
    )
    with transaction.atomic():
        load, is_new = record_load(workspace, new, by=by, now=now, seen=seen)
        if not file.path.exists():  # a sweep took it before it was recorded; none can run while this transaction holds the lock
            _write(lake_dir, facts, named, load.file_sha256)
        return load, is_new


def _days_of(facts: FactTable) -> tuple[date | None, date | None]:
    """The first and last day that the rows speak of, or None for a table without days."""
    schema = facts.schema
    moments = [value for value in facts.column(schema.when) if value is not None] if schema.when else []
    days = [value.date() if isinstance(value, datetime) else value for value in moments]
    return (min(days), max(days)) if days else (None, None)  # type: ignore[type-var,return-value]  # one kind a column
