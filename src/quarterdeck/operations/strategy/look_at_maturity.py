"""look_at_maturity: how far each of the eight steps was at each revision, as it was kept when the revision was saved."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from quarterdeck.ledger.gateway.maturity import KeptMaturity
from quarterdeck.ledger.gateway.revisions import LARGE, AnyRevision
from quarterdeck.operations.context import Context
from quarterdeck.operations.strategy.keep_maturity import kept_maturity, measured_now

TWO_WEEKS = timedelta(days=14)


@dataclass(frozen=True)
class Maturity:
    """Of one revision: share of each step that was there, 0 to 1, and of the whole. `made_at` is when it was saved.

    `checks` names the version of the checks that gave the figures; `is_later` is one that was worked out after it was saved.
    """

    revision: int
    made_at: datetime
    steps: Mapping[int, float]
    complete: float
    checks: str
    is_later: bool

    def to_json(self) -> dict[str, object]:
        """For programs: the whole, each step, by which checks, and whether they were worked out later than it was saved."""
        return {
            "complete": round(self.complete, 4),
            "steps": {str(step): round(share, 4) for step, share in self.steps.items()},
            "checks": self.checks,
            "worked_out_later": self.is_later,
        }


@dataclass(frozen=True)
class Before:
    """How complete the strategy was at an earlier day, 0 to 1, and now by the same checks."""

    complete: float
    now: float
    on: date
    is_first: bool
    """Whether it is the first version, because there was none two weeks ago."""


def maturity_of(revision: AnyRevision) -> Maturity:
    """As it is kept with the revision."""
    return _shown(revision, kept_maturity([revision])[0])


def look_at_maturity(context: Context, numbers: Sequence[int]) -> tuple[Maturity, ...]:
    """Of these revisions, the oldest first."""
    context.require("see")
    found = list(context.holder.revisions.filter(number__in=numbers).order_by("number").defer(*LARGE))
    return tuple(_shown(revision, kept) for revision, kept in zip(found, kept_maturity(found), strict=True))


def maturity_before(context: Context) -> Before | None:
    """How complete it was two weeks ago, or at first where it is younger. None when there are not two versions to compare.

    Kept figures, where the same checks gave both; else both are worked out by the checks of now, so that like is held against like.
    """
    context.require("see")
    revisions = context.holder.revisions.defer(*LARGE)
    newest = revisions.order_by("-number").first()
    old = revisions.filter(made_at__lte=context.now - TWO_WEEKS).order_by("-number").first()
    first = old or revisions.order_by("number").first()
    if newest is None or first is None or newest.number == first.number:
        return None
    before, now = kept_maturity([first, newest])
    if before.checks != now.checks:
        before, now = measured_now(first), measured_now(newest)
    on = context.local(context.now - TWO_WEEKS if old else first.made_at).date()
    return Before(before.total, now.total, on, old is None)


def _shown(revision: AnyRevision, kept: KeptMaturity) -> Maturity:
    return Maturity(revision.number, revision.made_at, kept.steps, kept.total, kept.checks, kept.is_later)
