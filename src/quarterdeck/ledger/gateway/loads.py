"""Loads and snapshots: which files of facts count."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Max

from quarterdeck.kernel.identity import content_hash
from quarterdeck.ledger.gateway.asked_once import asked_once
from quarterdeck.ledger.gateway.audit import record_audit
from quarterdeck.ledger.gateway.workspaces import lock_workspace
from quarterdeck.ledger.models import Load, Workspace


@dataclass(frozen=True, slots=True)
class LoadRef:
    """A load that counts."""

    table: str
    load_id: str
    sequence: int


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The loads that count, oldest first. `hash` names tables and load ids in that order: where two overlap, the order decides."""

    loads: tuple[LoadRef, ...]
    hash: str


@dataclass(frozen=True, slots=True)
class NewLoad:
    """What is to be recorded about a file that is on the disk."""

    load_id: str
    table: str
    source: str
    file_name: str
    rows: int
    first_day: date | None
    last_day: date | None
    file_sha256: str


class SnapshotMoved(Exception):  # not an error of anybody's: the caller looks again
    """Another load was recorded or dropped since the snapshot was taken."""


@asked_once
def snapshot_of(workspace: Workspace) -> Snapshot:
    """The facts that count now."""
    rows = Load.objects.filter(workspace=workspace, dropped_at__isnull=True).order_by("sequence").values_list("table", "load_id", "sequence")
    loads = tuple(LoadRef(*row) for row in rows)
    return Snapshot(loads, content_hash([[load.table, load.load_id] for load in loads]))


def find_load(workspace: Workspace, table: str, load_id: str) -> Load | None:
    """The load that counts under this id, or None."""
    return Load.objects.filter(workspace=workspace, table=table, load_id=load_id, dropped_at__isnull=True).first()


def all_loads(workspace: Workspace) -> tuple[Load, ...]:
    """Every load ever recorded, dropped ones included, oldest first."""
    return tuple(Load.objects.filter(workspace=workspace).order_by("sequence"))


def record_load(workspace: Workspace, new: NewLoad, *, by: str, now: datetime, seen: str | None = None) -> tuple[Load, bool]:
    """The load, and whether it is new: one that counts already is returned as it is.

    `seen` is the hash of the snapshot that the caller compared the rows with. Raises SnapshotMoved when it is no longer the one that counts.
    """
    with transaction.atomic():
        lock_workspace(workspace)
        known = find_load(workspace, new.table, new.load_id)
        if known is not None:
            return known, False
        if seen is not None and snapshot_of(workspace).hash != seen:
            raise SnapshotMoved
        last = Load.objects.filter(workspace=workspace).aggregate(last=Max("sequence"))["last"] or 0
        load = Load.objects.create(
            workspace=workspace,
            load_id=new.load_id,
            table=new.table,
            sequence=last + 1,
            source=new.source,
            file_name=new.file_name,
            rows=new.rows,
            first_day=new.first_day,
            last_day=new.last_day,
            file_sha256=new.file_sha256,
            by=by,
            made_at=now,
        )
        record_audit(
            workspace, who=by, verb="import_facts", what=f"{new.file_name} into {new.table}", details={"load": new.load_id, "rows": new.rows}, now=now
        )
        return load, True


def drop_load(load: Load, *, by: str, now: datetime) -> bool:
    """Whether this call dropped it; False when it was dropped before. The file stays, the facts of older loads come back."""
    with transaction.atomic():
        lock_workspace(load.workspace)
        dropped = Load.objects.filter(pk=load.pk).update(dropped_at=now) == 1
        if dropped:
            record_audit(
                load.workspace, who=by, verb="drop_load", what=f"{load.file_name} from {load.table}", details={"load": load.load_id}, now=now
            )
        return dropped
