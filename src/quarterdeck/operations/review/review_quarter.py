"""make_review: the quarter's promise held against the facts, with causes, verdicts, the outlook from here, and corrections."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

import numpy as np
from django.db import transaction

from quarterdeck.kernel.periods import Quarter
from quarterdeck.kernel.problems import Refused
from quarterdeck.lake.snapshot import Lake, open_snapshot
from quarterdeck.ledger.gateway.loads import Snapshot, snapshot_of
from quarterdeck.ledger.gateway.reviews import propose_correction, record_review
from quarterdeck.ledger.models import Plan, ReviewRecord
from quarterdeck.operations.context import Context
from quarterdeck.operations.plan.gather_inputs import gather_inputs, last_whole_week_end
from quarterdeck.operations.plan.plan_quarter import HOLDOUT_WEEKS
from quarterdeck.operations.plan.read_plan import plan_of
from quarterdeck.operations.play.pass_week import late_campaigns
from quarterdeck.operations.response.fit_response import fit_missing, fit_of_plan, metrics_to_fit
from quarterdeck.operations.response.read_series import read_context, read_exposures, read_outcome, read_recorded, read_spend
from quarterdeck.operations.response.update_fit import say_picture
from quarterdeck.operations.review.look_ahead import ahead_of_review, outlook_of, roll_objectives
from quarterdeck.operations.strategy.save_strategy import current_strategy
from quarterdeck.operations.told import Tell, Told, tell_nobody
from quarterdeck.plan.quarter_plan import QuarterPlan
from quarterdeck.report.say_review import say_review
from quarterdeck.report.words import Words
from quarterdeck.review.corrections import draft_corrections
from quarterdeck.review.record import Review, render_review
from quarterdeck.review.review import ReviewFacts, compare_plan_with_facts, found_causes, review_quarter
from quarterdeck.strategy.document import Strategy

if TYPE_CHECKING:
    from quarterdeck.response.curves.fitted import ResponseFit
    from quarterdeck.response.series.series import FloatArray


@dataclass(frozen=True)
class Reviewed:
    """A review that was made and saved."""

    review: Review
    record: ReviewRecord
    strategy: Strategy


def make_review(context: Context, *, quarter: date | None, tell: Tell = tell_nobody) -> Told:
    """The review in sentences, channel by channel as a table."""
    made = review_now(context, quarter=quarter, tell=tell)
    words = Words.of(made.strategy)
    rows = [
        (
            words.name(verdict.channel),
            words.money(verdict.planned_spend),
            words.money(verdict.spent),
            words.amount(verdict.planned_result, made.review.metric, about=True),
            words.span(verdict.brought, made.review.metric),
            verdict.verdict.replace("_", " "),
        )
        for verdict in made.review.channels
    ]
    picture = say_picture(context, made.strategy, made.review.metric)
    return Told(
        [*say_review(made.review, made.strategy), *([picture] if picture else [])],
        {"review": made.review.model_dump(mode="json"), "id": made.review.id},
        (("Channel", "Planned", "Spent", "Was to bring", "Brought", "Verdict"), rows),
    )


def review_now(context: Context, *, quarter: date | None = None, tell: Tell = tell_nobody) -> Reviewed:
    """The review of the quarter (default: the latest with an approved plan and a week gone), saved with its corrections. Raises Refused when there is
    no approved plan, or no week of it has passed."""
    context.require("review_quarter")
    current = current_strategy(context)
    snapshot = snapshot_of(context.workspace)
    with open_snapshot(context.lake_dir, snapshot.loads) as lake:
        as_of = last_whole_week_end(lake, context.today)
        plan = plan_of(promise_of(context, quarter, as_of))
        fit = fit_of_promise(context, plan)
        facts = facts_since(context, current.strategy, plan, fit, lake, as_of=as_of, snapshot=snapshot)
        _require_counted(facts, plan)
        tell(f"Splitting the gap of {len(facts.weeks) - facts.skip} weeks into its causes")
        comparison = compare_plan_with_facts(plan, fit, facts, seed=plan.provenance.seed)
        causes = found_causes(comparison)
        fits = fit_missing(context, current.strategy, metrics_to_fit(current.strategy), holdout=HOLDOUT_WEEKS, seed=plan.provenance.seed, tell=tell)
        now = gather_inputs(context, current, snapshot, fits, lake, quarter=plan.quarter, seed=plan.provenance.seed)
        tell("Drafting corrections")
        coming = gather_inputs(context, current, snapshot, fits, lake, quarter=as_of + timedelta(days=1), seed=plan.provenance.seed)
    corrections = draft_corrections(
        causes,
        current.strategy,
        ahead_of_review(coming, plan, fit, facts),
        effect=comparison.effects.effect,
        aim=plan.budget.aim,
        as_of=as_of,
        weeks_late=_weeks_late(context, current.strategy, facts),
    )
    if as_of >= plan.period.last_day:
        corrections = (*corrections, *roll_objectives(coming, plan.period))
    review = review_quarter(plan, current.strategy, fit, facts, comparison, as_of=as_of, outlook=outlook_of(now, plan), corrections=corrections)
    return Reviewed(review, _save(context, review), current.strategy)


def promise_of(context: Context, quarter: date | None, as_of: date) -> Plan:
    """The first approved plan of the quarter that rests on curves (the first of all, if none does): what was promised when it began."""
    approved = context.workspace.plans.filter(approved_at__isnull=False).order_by("-quarter", "number")
    begun = [
        plan
        for plan in approved
        if max(plan.quarter, plan.as_of + timedelta(days=1)) + timedelta(days=6) <= as_of
        and (quarter is None or Quarter(plan.quarter).week_number(quarter))
    ]
    if not begun:
        raise Refused(
            "There is nothing to review: no week of an approved plan has passed.",
            fix="Approve a plan with `quarterdeck approve --all`, and let a week pass.",
            code="REVIEW-001",
        )
    of_quarter = [plan for plan in begun if plan.quarter == begun[0].quarter]
    return next((plan for plan in of_quarter if plan_of(plan).provenance.curves is not None), of_quarter[0])


def fit_of_promise(context: Context, plan: QuarterPlan) -> ResponseFit:
    """The fit that the plan was made with, from the facts of that day."""
    found = fit_of_plan(context, plan)
    if found is None:
        raise Refused(
            "This plan was made without trusted curves, so its gap cannot be split into causes.",
            fix="Compare totals with `quarterdeck answer`, or plan with `--overrule` and a reason.",
            code="REVIEW-002",
        )
    return found.fit


def facts_since(
    context: Context, strategy: Strategy, plan: QuarterPlan, fit: ResponseFit, lake: Lake, *, as_of: date, snapshot: Snapshot
) -> ReviewFacts:
    from quarterdeck.response.forecasts.forecast import weeks_ahead

    last_monday = min(as_of, plan.period.last_day) - timedelta(days=6)
    weeks = weeks_ahead(fit, max(0, (last_monday - fit.weeks[-1]).days // 7))
    skip = sum(week < max(plan.first_open_week, plan.period.first_day) for week in weeks)
    spend = read_spend(lake, fit.channels, weeks)
    context_values = read_context(lake, fit.series.context_names, weeks)
    fallback = np.tile(fit.series.context[-52:].mean(axis=0), (len(weeks), 1))
    return ReviewFacts(
        weeks=weeks,
        spend=spend,
        held_up=_held_up(context, strategy, plan, fit.channels, weeks, spend),
        context=np.where(np.isnan(context_values), fallback, context_values),
        exposures=read_exposures(lake, fit.series.exposure_names, weeks),
        recorded=read_recorded(lake, plan.budget.aim, weeks),
        counted=read_outcome(lake, plan.budget.aim, weeks),
        snapshot=snapshot.hash,
        skip=skip,
    )


def _require_counted(facts: ReviewFacts, plan: QuarterPlan) -> None:
    """Raises Refused when a week of the promise has no count: a gap against nothing has no causes."""
    promised = zip(facts.weeks[facts.skip :], facts.counted[facts.skip :], strict=True)
    unknown = [week.isoformat() for week, count in promised if np.isnan(count)]
    if unknown:
        raise Refused(
            f"{plan.budget.aim.replace('_', ' ').capitalize()} were not counted on every day of {'the week' if len(unknown) == 1 else 'the weeks'} "
            f"from {', '.join(unknown)}.",
            fix="Import them with `quarterdeck import outcomes FILE`, then review again.",
            code="REVIEW-007",
        )


def _held_up(
    context: Context, strategy: Strategy, plan: QuarterPlan, channels: tuple[str, ...], weeks: tuple[date, ...], spend: FloatArray
) -> FloatArray:
    """Planned money of campaigns whose work was late, as far as the channel spent less than planned. [week, channel]"""
    row, column = {week: i for i, week in enumerate(weeks)}, {name: i for i, name in enumerate(channels)}
    planned, waiting = np.zeros_like(spend), np.zeros_like(spend)
    late = {week: late_campaigns(context, strategy, week) for week in weeks}
    for line in plan.budget.lines:
        if line.week in row and line.channel in column:
            cell = row[line.week], column[line.channel]
            planned[cell] += float(line.amount)
            if line.campaign in late[line.week]:
                waiting[cell] += float(line.amount)
    return np.clip(np.minimum(waiting, planned - spend), 0.0, None)


def _weeks_late(context: Context, strategy: Strategy, facts: ReviewFacts) -> dict[str, int]:
    counted: dict[str, int] = {}
    for week in facts.weeks[facts.skip :]:
        for campaign in late_campaigns(context, strategy, week):
            counted[campaign] = counted.get(campaign, 0) + 1
    return counted


def _save(context: Context, review: Review) -> ReviewRecord:
    with transaction.atomic():  # the review with all of its corrections, or none of it
        record, is_new = record_review(context.workspace, quarter=review.quarter, as_of=review.as_of, body=render_review(review), now=context.now)
        for draft in review.corrections:
            propose_correction(
                record,
                key=draft.key,
                title=draft.title,
                changes=draft.changes,
                evidence=draft.evidence,
                expected=draft.expected.model_dump() if draft.expected else None,
            )
        if is_new:
            context.audit("review_quarter", f"quarter from {review.quarter.isoformat()} as of {review.as_of.isoformat()}", review=record.hash)
    return record
