"""What every card of a page is made with, and a decision that could not be kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from quarterdeck.operations.act.choose_actions import Choice
from quarterdeck.plan.quarter_plan import QuarterPlan
from quarterdeck.report.words import Words
from quarterdeck.strategy.document import Strategy


@dataclass(frozen=True)
class Trial:
    """A decision that could not be kept, so that nothing that was typed is lost."""

    card: str
    decision: str
    reason: str
    message: str


@dataclass(frozen=True)
class Scene:
    """What every card of a page is made with."""

    slug: str
    strategy: Strategy
    plans: Sequence[QuarterPlan]
    words: Words
    asked: Choice
    trial: Trial | None = None
    names: Mapping[str, str] = field(default_factory=dict)

    def name(self, ref: str | None) -> str:
        """The name behind an id."""
        return self.names.get(ref or "") or (ref or "").replace("_", " ")

    def tried(self, card: str) -> Trial | None:
        """What was tried with that card and could not be kept."""
        return self.trial if self.trial is not None and self.trial.card == card else None
