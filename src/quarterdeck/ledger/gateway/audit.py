"""Who did what and when."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from quarterdeck.ledger.models import AuditEntry, Workspace


def record_audit(
    workspace: Workspace | None, *, who: str, verb: str, what: str, now: datetime, details: Mapping[str, Any] | None = None
) -> AuditEntry:
    """The entry. Call it in the transaction of the change it speaks of, so that both are there or neither."""
    return AuditEntry.objects.create(workspace=workspace, at=now, who=who, verb=verb, what=what, details=dict(details or {}))


def audit_trail(workspace: Workspace, *, limit: int = 100) -> tuple[AuditEntry, ...]:
    """The newest entries first."""
    return tuple(AuditEntry.objects.filter(workspace=workspace).order_by("-at", "-pk")[:limit])


def was_recorded_since(since: datetime, *, verb: str, what: str) -> bool:
    """Whether the same was recorded of the whole site since then."""
    return AuditEntry.objects.filter(workspace=None, at__gte=since, verb=verb, what=what).exists()
