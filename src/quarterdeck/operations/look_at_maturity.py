"""look_at_maturity: how far each of the eight steps was at each revision: by the document alone, so that a figure changes with document or checks only."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from quarterdeck.kernel.identity import content_hash
from quarterdeck.ledger.gateway.revisions import AnyRevision
from quarterdeck.operations.context import Context
from quarterdeck.operations.remember import remembered
from quarterdeck.strategy.checking import Step
from quarterdeck.strategy.checks import CHECKS, check_strategy
from quarterdeck.strategy.document import Strategy
from quarterdeck.strategy.maturity import step_maturity

CHECKS_VERSION: str = content_hash([[check.code, check.step, check.severity] for check in CHECKS])[:12]
"""Another one when a check comes, goes or changes its weight: figures of two versions are not to be compared."""
TWO_WEEKS = timedelta(days=14)
_MOST = 5_000


@dataclass(frozen=True)
class Maturity:
    """Of one revision: share of each step that is there, 0 to 1. `made_at` is when it was saved."""

    revision: int
    made_at: datetime
    steps: Mapping[Step, float]

    @property
    def complete(self) -> float:
        """Share of the whole: every step weighs the same."""
        return sum(self.steps.values()) / len(self.steps)

    def to_json(self) -> dict[str, object]:
        """For programs: the whole, each step, and by which checks."""
        return {
            "complete": round(self.complete, 4),
            "steps": {str(step): round(share, 4) for step, share in self.steps.items()},
            "checks": CHECKS_VERSION,
        }


@dataclass(frozen=True)
class Before:
    """How complete the strategy was at an earlier day, 0 to 1, and now by the same reckoning."""

    complete: float
    now: float
    on: date
    is_first: bool
    """Whether it is the first version, because there was none two weeks ago."""


def maturity_of(revision: AnyRevision) -> Maturity:
    """Without evidence, quarter or day: the same on every day. Computed once for each document and version of the checks."""
    steps = remembered("maturity", (revision.hash, CHECKS_VERSION), lambda: _steps(revision), most=_MOST)
    return Maturity(revision.number, revision.made_at, steps)


def look_at_maturity(context: Context, numbers: Sequence[int]) -> tuple[Maturity, ...]:
    """Of these revisions, the oldest first."""
    context.require("see")
    return tuple(maturity_of(revision) for revision in context.holder.revisions.filter(number__in=numbers).order_by("number"))


def maturity_before(context: Context) -> Before | None:
    """How complete it was two weeks ago, or at first where it is younger. None when there are not two versions to compare."""
    context.require("see")
    revisions = context.holder.revisions
    newest = revisions.order_by("-number").first()
    old = revisions.filter(made_at__lte=context.now - TWO_WEEKS).order_by("-number").first()
    first = old or revisions.order_by("number").first()
    if newest is None or first is None or newest.number == first.number:
        return None
    on = (context.now - TWO_WEEKS if old else first.made_at).date()
    return Before(maturity_of(first).complete, maturity_of(newest).complete, on, old is None)


def _steps(revision: AnyRevision) -> Mapping[Step, float]:
    strategy = Strategy.model_validate(revision.document)
    return step_maturity(strategy, check_strategy(strategy))
