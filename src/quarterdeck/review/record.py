"""Review: what a review of a quarter found, as one frozen value: gap, causes, verdicts, corrections."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Literal

from quarterdeck.kernel.identity import content_hash, render_canonical
from quarterdeck.plan.quarter_plan import ObjectiveOutlook, Range, Record
from quarterdeck.review.situation import CauseKind


class CauseFound(Record):
    """A part of the gap, in units of the metric; `low` to `high` holds it in 8 cases of 10 where the facts leave room for doubt."""

    code: str
    kind: CauseKind
    subject: str | None
    amount: float
    low: float | None = None
    high: float | None = None
    is_material: bool = False
    """Large enough to matter, and too large to be noise."""


class ReviewWeek(Record):
    """One week: planned, expected for what was really spent, counted; `recorded` is the share that tracking caught."""

    week: date
    planned: float
    as_spent: Range
    counted: float | None
    recorded: float


class ChannelVerdict(Record):
    """A channel judged by the rule that was fixed when the plan was approved."""

    channel: str
    planned_spend: Decimal
    spent: Decimal
    planned_result: float
    brought: Range
    rule: str | None
    verdict: Literal["keep", "change", "stop", "too_early"]
    chance_rule_met: float | None
    sentence: str


class MoneyMove(Record):
    """A channel's money for the open weeks: as it stands, and as the correction would have it."""

    channel: str
    was: Decimal
    becomes: Decimal


class CorrectionDraft(Record):
    """A proposed change of the strategy: places with their value before and after, what is expected of it, and why."""

    key: str
    kind: Literal["money", "target", "tracking", "work", "question"]
    title: str
    because: str
    """Code of the cause that it answers."""
    changes: dict[str, object]
    """Place in the strategy -> new value (a whole part when the id is new)."""
    before: dict[str, object]
    """The same places -> value now; None when there is none."""
    money: tuple[MoneyMove, ...] = ()
    expected: Range | None = None
    """Units of the aim that it should bring in the open weeks, against leaving things as they are."""
    expected_text: str
    evidence: str


class Review(Record):
    """Plan against fact for the weeks of a quarter that have passed."""

    company: str
    quarter: date
    as_of: date
    plan: str
    """Id of the plan whose promise is held against the facts."""
    metric: str
    facts: str
    """Content hash of the snapshot."""
    weeks: tuple[ReviewWeek, ...]
    planned: float
    as_spent: Range
    """Forecast for the money that was really spent and the context that really came, made without looking at the outcome."""
    counted: float
    causes: tuple[CauseFound, ...]
    as_spent_error: float | None
    """Mean absolute error of the as-spent forecast over the weeks, as a share of what was counted."""
    weeks_covered: int
    """Weeks whose count lay within the as-spent 80 % interval."""
    channels: tuple[ChannelVerdict, ...]
    outlook: tuple[ObjectiveOutlook, ...]
    corrections: tuple[CorrectionDraft, ...]

    @property
    def gap(self) -> float:
        """Counted less planned; the causes add up to it."""
        return self.counted - self.planned

    @property
    def id(self) -> str:
        """Content hash of the whole review."""
        return content_hash(render_review(self))

    @property
    def main_cause(self) -> CauseFound | None:
        """The largest cause that is not chance, or None when there is none."""
        named = [cause for cause in self.causes if cause.kind != "chance"]
        return max(named, key=lambda cause: (abs(cause.amount), cause.code), default=None)


def render_review(review: Review) -> bytes:
    """The review as canonical JSON."""
    return render_canonical(review.model_dump(mode="json"))


def parse_review(text: bytes) -> Review:
    """The review that `render_review` wrote."""
    return Review.model_validate_json(text)
