"""compare_again: the comparison that a saved review was made from, made once more for the pages that show its rows."""

from __future__ import annotations

from dataclasses import dataclass

from quarterdeck.kernel.identity import content_hash
from quarterdeck.lake.snapshot import open_snapshot
from quarterdeck.ledger.gateway.loads import LoadRef, Snapshot, all_loads, snapshot_of
from quarterdeck.ledger.gateway.revisions import latest_revision
from quarterdeck.ledger.models import Plan, ReviewRecord
from quarterdeck.operations.context import Context
from quarterdeck.operations.plan.read_plan import plan_of, review_of
from quarterdeck.operations.remember import remembered
from quarterdeck.operations.review.review_quarter import facts_since, fit_of_promise
from quarterdeck.operations.strategy.save_strategy import strategy_of
from quarterdeck.plan.quarter_plan import QuarterPlan
from quarterdeck.response.series.series import FloatArray
from quarterdeck.review.causes import list_swaps, split_by_week
from quarterdeck.review.record import Review
from quarterdeck.review.review import Comparison, ReviewFacts, compare_plan_with_facts
from quarterdeck.strategy.document import Strategy


@dataclass(frozen=True, eq=False)
class ComparedAgain:
    """The comparison of a review, its causes week by week, and names for its columns."""

    review: Review
    plan: QuarterPlan
    facts: ReviewFacts
    comparison: Comparison
    by_week: dict[str, FloatArray]
    """Code of a cause -> its effect in each promised week."""
    channels: tuple[str, ...]
    context_names: tuple[str, ...]
    exposure_names: tuple[str, ...]
    snapshot: Snapshot
    is_as_reviewed: bool
    """False when facts, strategy or work log no longer say what they said when the review was made."""


def compare_again(context: Context, record: ReviewRecord) -> ComparedAgain:
    """Remembered by the review. Raises Refused or FitFileDamaged when the plan's fit is not there any more."""
    context.require("see")
    return remembered(
        "compared", (context.workspace.slug, record.hash, snapshot_of(context.workspace).hash), lambda: _compare(context, record), most=6
    )


def snapshot_at(context: Context, record: ReviewRecord) -> tuple[Snapshot, bool]:
    """The facts that the review was made from, and whether they were found; those that count now when they were not."""
    wanted = review_of(record).facts
    now = snapshot_of(context.workspace)
    if now.hash == wanted:
        return now, True
    known = [load for load in all_loads(context.workspace) if load.dropped_at is None or load.dropped_at > record.made_at]
    refs = [LoadRef(load.table, load.load_id, load.sequence) for load in known]
    for end in range(len(refs), 0, -1):
        if content_hash([[ref.table, ref.load_id] for ref in refs[:end]]) == wanted:
            return Snapshot(tuple(refs[:end]), wanted), True
    return now, False


def _compare(context: Context, record: ReviewRecord) -> ComparedAgain:
    review = review_of(record)
    # a change taken back and planned again is the same plan a second time
    plan = plan_of(Plan.objects.filter(workspace=context.workspace, plan_id=review.plan).order_by("-number")[0])
    fit = fit_of_promise(context, plan)
    snapshot, found = snapshot_at(context, record)
    with open_snapshot(context.lake_dir, snapshot.loads) as lake:
        facts = facts_since(context, _strategy_at(context, record), plan, fit, lake, as_of=review.as_of, snapshot=snapshot)
    comparison = compare_plan_with_facts(plan, fit, facts, seed=plan.provenance.seed)
    names = fit.channels, fit.series.context_names, fit.series.exposure_names
    swaps = list_swaps(comparison.planned, comparison.actual, comparison.held_up, channels=names[0], context_names=names[1], exposure_names=names[2])
    by_week = split_by_week(comparison.forecaster, comparison.planned, swaps, facts.counted)
    return ComparedAgain(review, plan, facts, comparison, by_week, *names, snapshot, found and _agree(review, by_week))


def _strategy_at(context: Context, record: ReviewRecord) -> Strategy:
    revision = context.workspace.revisions.filter(made_at__lte=record.made_at).order_by("-number").first() or latest_revision(context.workspace)
    assert revision is not None  # a plan that was reviewed was made from one
    return strategy_of(revision)


def _agree(review: Review, by_week: dict[str, FloatArray]) -> bool:
    """Whether every cause is what the review says, to half a unit."""
    said = {cause.code: cause.amount for cause in review.causes}
    return said.keys() == by_week.keys() and all(abs(float(by_week[code].sum()) - amount) < 0.5 for code, amount in said.items())
