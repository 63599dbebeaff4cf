"""How complete each revision was: kept with it when it is saved, or, where it was saved before that was kept, once when somebody looks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from quarterdeck.ledger.gateway.revisions import AnyRevision

STEPS = range(1, 9)


@dataclass(frozen=True)
class KeptMaturity:
    """Share of each of the eight steps that was there, 0 to 1, and of the whole; `checks` names the version of the checks that gave them.

    `is_later`: not at the moment of saving, but when somebody looked later.
    """

    steps: Mapping[int, float]
    total: float
    checks: str
    is_later: bool = False


def to_row(kept: KeptMaturity) -> dict[str, Any]:
    """As the ledger keeps it."""
    return {"steps": {str(step): kept.steps[step] for step in STEPS}, "total": kept.total, "checks": kept.checks, "is_later": kept.is_later}


def from_row(row: Any) -> KeptMaturity | None:
    """What a row says; None where nothing is kept yet. Raises ValueError for what nobody would have kept."""
    if row is None:
        return None
    try:
        steps = {step: float(row["steps"][str(step)]) for step in STEPS}
        kept = KeptMaturity(steps, float(row["total"]), row["checks"], row["is_later"])
    except (KeyError, TypeError, IndexError) as error:
        raise ValueError("how complete a revision was is not kept as it was written") from error
    shares = (*steps.values(), kept.total)
    is_plain = isinstance(kept.checks, str) and 1 <= len(kept.checks) <= 64 and isinstance(kept.is_later, bool) and len(row["steps"]) == len(STEPS)
    if not is_plain or not all(0 <= share <= 1 for share in shares):
        raise ValueError("how complete a revision was is not kept as it was written")
    return kept


def keep_later(found: Mapping[AnyRevision, KeptMaturity]) -> None:
    """Kept with revisions that have nothing yet; those that were filled meanwhile stay as they are."""
    with transaction.atomic():
        for revision, kept in found.items():
            type(revision).objects.filter(pk=revision.pk).update(maturity=to_row(kept))
