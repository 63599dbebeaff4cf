"""look_at_review: a review as a page shows it: the record, its corrections as they stand now, what was learned before, and what is newer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Literal

from quarterdeck.kernel.metrics import METRICS
from quarterdeck.kernel.periods import Quarter
from quarterdeck.kernel.problems import Refused
from quarterdeck.ledger.gateway.reviews import lessons_of
from quarterdeck.ledger.gateway.revisions import latest_revision
from quarterdeck.ledger.models import Correction, Lesson, Plan, ReviewRecord, Revision
from quarterdeck.operations.context import Context
from quarterdeck.operations.facts.weeks_known import WeeksKnown, weeks_known
from quarterdeck.operations.plan.read_plan import plan_of, review_of
from quarterdeck.operations.remember import remembered
from quarterdeck.operations.review.decide_correction import changed_since, strategy_says
from quarterdeck.operations.review.look_at_cause import find_review
from quarterdeck.operations.review.review_quarter import promise_of
from quarterdeck.operations.strategy.save_strategy import strategy_of
from quarterdeck.plan.quarter_plan import QuarterPlan
from quarterdeck.review.record import CorrectionDraft, Review
from quarterdeck.strategy.document import Strategy

MOST_EARLIER = 26
MOST_TRIED = 3


@dataclass(frozen=True)
class LessonSeen:
    """A lesson with where it comes from: the title and decision of a correction, or None for one that a person wrote."""

    id: int
    text: str
    by: str
    made_at: datetime
    title: str | None
    decision: str | None
    as_of: date | None
    """Of the review whose correction it was."""


@dataclass(frozen=True)
class CorrectionSeen:
    """A correction of the review, as it stands now."""

    id: int
    draft: CorrectionDraft
    state: Literal["proposed", "accepted", "refused"]
    decided_by: str | None
    reason: str | None
    changed: tuple[str, ...]
    """Places that it would change and that somebody changed since: it can be accepted no more."""
    stands: bool
    """Whether it was accepted and the strategy says it still."""
    tried: tuple[LessonSeen, ...]


@dataclass(frozen=True)
class EarlierReview:
    """One line of the list of reviews."""

    hash: str
    review: Review
    open: int


@dataclass(frozen=True)
class NotYet:
    """Why there is no review, with what was counted against the target where a plan without curves is in force."""

    why: Literal["no_plan", "not_approved", "not_begun", "no_curves", "ready"]
    metric: str | None = None
    counted: float | None = None
    weeks: int = 0
    target: Decimal | None = None
    due_on: date | None = None


@dataclass(frozen=True)
class ReviewLook:
    """Everything that the page of a review needs; `review` is None while there is none, then `not_yet` says why."""

    strategy: Strategy | None
    review: Review | None
    hash: str | None
    is_latest: bool
    is_behind: bool
    """Facts came since: whole weeks that the review does not know, or other facts of the weeks that it knows."""
    new_weeks: int
    corrections: tuple[CorrectionSeen, ...]
    earlier: tuple[EarlierReview, ...]
    plan: QuarterPlan | None
    """The promise that the facts were held against."""
    rules_changed: frozenset[str]
    """Channels whose rule is not the one that stood when the plan was made."""
    plan_is_stale: bool
    """The strategy changed after the newest plan was made."""
    not_yet: NotYet | None
    known: WeeksKnown


def look_at_review(context: Context, *, review: str | None = None) -> ReviewLook | None:
    """The review of that hash (default: the latest). None when a hash is named that no review has."""
    context.require("see")
    record = find_review(context, review)
    if review and record is None:
        return None
    latest = find_review(context, None)
    known = weeks_known(context)
    revision = latest_revision(context.workspace)
    strategy = strategy_of(revision) if revision else None
    shown = review_of(record) if record else None
    plan = _plan(context, shown.plan) if shown else None
    new_weeks = max(0, (known.last_whole_week_end(context.today) - shown.as_of).days // 7) if shown else 0
    return ReviewLook(
        strategy=strategy,
        review=shown,
        hash=record.hash if record else None,
        is_latest=record is not None and latest is not None and record.pk == latest.pk,
        is_behind=bool(shown and (new_weeks or known.snapshot != shown.facts)),
        new_weeks=new_weeks,
        corrections=corrections_of(context, record, revision) if record and revision else (),
        earlier=tuple(_earlier(each) for each in context.workspace.reviews.order_by("-as_of", "-pk")[:MOST_EARLIER]),
        plan=plan,
        rules_changed=_rules_changed(context, plan, strategy) if plan and strategy else frozenset(),
        plan_is_stale=_is_stale(context, revision.hash if revision else None),
        not_yet=None if shown else _not_yet(context, known),
        known=known,
    )


def corrections_of(context: Context, record: ReviewRecord, revision: Revision) -> tuple[CorrectionSeen, ...]:
    """The corrections of a review in the order in which they were drafted, held against a revision of the strategy."""
    drafts = {draft.key: draft for draft in review_of(record).corrections}
    lessons = lessons_of(context.workspace)
    rows = [row for row in record.corrections.order_by("pk") if row.key in drafts]
    return tuple(_seen(row, drafts[row.key], record.hash, revision, lessons) for row in rows)


def seen_lesson(lesson: Lesson) -> LessonSeen:
    """A row of the ledger as a value."""
    correction = lesson.correction
    return LessonSeen(
        id=lesson.pk,
        text=lesson.text,
        by=lesson.by,
        made_at=lesson.made_at,
        title=correction.title if correction else None,
        decision=correction.decision if correction else None,
        as_of=correction.review.as_of if correction else None,
    )


def _seen(row: Correction, draft: CorrectionDraft, review: str, revision: Revision, lessons: tuple[Lesson, ...]) -> CorrectionSeen:
    strategy, key = strategy_of(revision), (review, draft.key, revision.hash)
    return CorrectionSeen(
        id=row.pk,
        draft=draft,
        state=row.state,  # type: ignore[arg-type]  # one of the three
        decided_by=row.decided_by,
        reason=row.reason,
        changed=remembered("changed since", key, lambda: changed_since(draft, strategy)) if row.decision is None else (),
        stands=row.decision == Correction.State.ACCEPTED and remembered("says", key, lambda: strategy_says(strategy, draft.changes)),
        tried=tuple(seen_lesson(lesson) for lesson in lessons if _is_about(lesson, row, draft, strategy))[:MOST_TRIED],
    )


def _is_about(lesson: Lesson, row: Correction, draft: CorrectionDraft, strategy: Strategy) -> bool:
    """Whether it was learned from the same idea: a correction of the same kind for the same places, or words that name one of its channels."""
    if lesson.correction_id == row.pk:
        return False
    if lesson.correction is not None and lesson.correction.key == draft.key:
        return draft.key != "money" or bool(set(lesson.correction.changes) & set(draft.changes))
    named = {move.channel for move in draft.money if move.was != move.becomes} | {ref for ref in (draft.because.partition(":")[2],) if ref}
    names = [channel.name or channel.id.replace("_", " ") for channel in strategy.channels if channel.id in named]
    return any(name.casefold() in lesson.text.casefold() for name in names)


def _earlier(record: ReviewRecord) -> EarlierReview:
    return EarlierReview(record.hash, review_of(record), record.corrections.filter(decision__isnull=True).count())


def _plan(context: Context, plan_id: str) -> QuarterPlan | None:
    row = context.workspace.plans.filter(plan_id=plan_id).first()
    return plan_of(row) if row else None


def strategy_of_plan(context: Context, plan: QuarterPlan) -> Strategy | None:
    """The strategy as it stood when the plan was made; its rules are the ones that were fixed beforehand."""
    revision = context.workspace.revisions.filter(hash=plan.provenance.strategy).order_by("number").first()
    return strategy_of(revision) if revision else None


def _rules_changed(context: Context, plan: QuarterPlan, strategy: Strategy) -> frozenset[str]:
    promised = strategy_of_plan(context, plan)
    if promised is None:
        return frozenset()
    then, now = (_rules(each) for each in (promised, strategy))
    return frozenset(channel for channel in {*then, *now} if then.get(channel) != now.get(channel))


def _rules(strategy: Strategy) -> Mapping[str, tuple[object, ...]]:
    return {rule.channel: (rule.question, rule.metric, rule.threshold) for rule in strategy.evaluation if rule.channel}


def _is_stale(context: Context, strategy_hash: str | None) -> bool:
    newest: Plan | None = context.workspace.plans.order_by("-made_at", "-pk").first()
    return newest is not None and plan_of(newest).provenance.strategy != strategy_hash


def _not_yet(context: Context, known: WeeksKnown) -> NotYet:
    plans = context.workspace.plans
    if not plans.exists():
        return NotYet("no_plan")
    if not plans.filter(approved_at__isnull=False).exists():
        return NotYet("not_approved")
    as_of = known.last_whole_week_end(context.today)
    try:
        plan = plan_of(promise_of(context, None, as_of))
    except Refused:
        return NotYet("not_begun")
    return NotYet("ready") if plan.provenance.curves is not None else without_curves(plan, plan.period, known, as_of)


def without_curves(plan: QuarterPlan, period: Quarter, known: WeeksKnown, as_of: date) -> NotYet:
    """What can be said without a forecast: what was counted, and what was wanted."""
    aim = plan.budget.aim
    weeks = tuple(week for week in period.weeks if week + timedelta(days=6) <= as_of)
    counted = known.counted(aim, weeks) if METRICS[aim].adds_up else ()
    wanted = next((outlook for outlook in plan.outlook if outlook.metric == aim), None)
    return NotYet("no_curves", aim, sum(counted), len(counted), wanted.target if wanted else None, wanted.due_on if wanted else None)
