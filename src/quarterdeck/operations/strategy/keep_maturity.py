"""keep_maturity: how complete each step of a revision was, as it is kept with the revision; what was saved before that was kept is filled once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from quarterdeck.ledger.gateway.maturity import KeptMaturity, from_row, keep_later, to_row
from quarterdeck.ledger.gateway.revisions import AnyRevision
from quarterdeck.operations.remember import remembered
from quarterdeck.strategy.checks.maturity import CHECKS_VERSION, maturity_of_document
from quarterdeck.strategy.document import Strategy

_MOST = 5_000


def maturity_row(strategy: Strategy) -> dict[str, Any]:
    """What is kept with a revision that holds `strategy` and is saved now."""
    return to_row(_measured(strategy))


def kept_maturity(revisions: Sequence[AnyRevision]) -> tuple[KeptMaturity, ...]:
    """Of each of the revisions, in their order. Those that have nothing yet are worked out by the checks of now, and marked so."""
    known = {revision.pk: from_row(revision.maturity) for revision in revisions}
    empty = [revision for revision in revisions if known[revision.pk] is None]
    later = {revision: replace(measured_now(revision), is_later=True) for revision in empty}
    if later:
        keep_later(later)
    known |= {revision.pk: kept for revision, kept in later.items()}
    return tuple(kept for revision in revisions if (kept := known[revision.pk]) is not None)


def measured_now(revision: AnyRevision) -> KeptMaturity:
    """How complete the document of a revision is by the checks of now, whatever is kept with it."""
    return remembered("maturity", (revision.hash, CHECKS_VERSION), lambda: _measured(Strategy.model_validate(revision.document)), most=_MOST)


def _measured(strategy: Strategy) -> KeptMaturity:
    steps = maturity_of_document(strategy)
    return KeptMaturity({int(step): share for step, share in steps.items()}, sum(steps.values()) / len(steps), CHECKS_VERSION)
