"""Fits, and a person's word that one is used in spite of its checks."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from quarterdeck.ledger.models import Fit, Overrule, Workspace


def record_fit(
    workspace: Workspace,
    *,
    metric: str,
    fit_hash: str,
    file: str,
    snapshot: str,
    seed: int,
    holdout: Mapping[str, Any],
    is_trusted: bool,
    now: datetime,
) -> Fit:
    """The fit; the one that is there when the same was recorded before."""
    try:
        with transaction.atomic():
            return Fit.objects.create(
                workspace=workspace,
                metric=metric,
                hash=fit_hash,
                file=file,
                snapshot=snapshot,
                seed=seed,
                holdout=dict(holdout),
                is_trusted=is_trusted,
                made_at=now,
            )
    except IntegrityError:
        return Fit.objects.get(workspace=workspace, metric=metric, snapshot=snapshot, hash=fit_hash)


def latest_fit(workspace: Workspace, metric: str, *, snapshot: str | None = None) -> Fit | None:
    """The newest fit of the metric (from that snapshot, when one is named), or None."""
    fits = Fit.objects.filter(workspace=workspace, metric=metric, **({"snapshot": snapshot} if snapshot else {}))
    return fits.order_by("-made_at", "-pk").first()


def overrule_fit(fit: Fit, *, reason: str, by: str, now: datetime) -> Overrule:
    """The person's word; it stands from now on."""
    return Overrule.objects.create(workspace=fit.workspace, fit=fit, reason=reason, by=by, made_at=now)


def overrule_of(fit: Fit) -> Overrule | None:
    """The newest word about this fit, or None."""
    return fit.overrules.order_by("-made_at", "-pk").first()
