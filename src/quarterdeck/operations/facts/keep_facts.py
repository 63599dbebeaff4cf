"""verify_facts and sweep_facts: whether every fact is still there unchanged, and taking away what a kill left behind."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from quarterdeck.lake.check_lake import LakeReport, sweep_lake, verify_lake
from quarterdeck.ledger.gateway.loads import all_loads
from quarterdeck.ledger.gateway.workspaces import lock_workspace
from quarterdeck.ledger.models import Workspace
from quarterdeck.operations.site import Site


def verify_facts(site: Site, workspace: Workspace) -> LakeReport:
    """Every file of the company's facts and fits, held against what the ledger says of it."""
    return verify_lake(site.lake_of(workspace.slug), all_loads(workspace), _fit_hashes(workspace))


def sweep_facts(site: Site, workspace: Workspace, *, now: datetime) -> tuple[str, ...]:
    """Names of the files taken away: never finished, or never recorded, and untouched for a day."""
    with transaction.atomic():
        lock_workspace(workspace)
        return sweep_lake(site.lake_of(workspace.slug), all_loads(workspace), _fit_hashes(workspace), now=now)


def _fit_hashes(workspace: Workspace) -> list[str]:
    return list(workspace.fits.order_by("hash").values_list("hash", flat=True).distinct())
