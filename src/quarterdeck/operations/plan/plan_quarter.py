"""make_plan: the next quarter, or what is left of this one, from strategy, facts, curves and work log. The same inputs give the same bytes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from quarterdeck.kernel.periods import Quarter
from quarterdeck.kernel.problems import Refused
from quarterdeck.lake.snapshot import open_snapshot
from quarterdeck.ledger.gateway.drafts import save_draft_plan
from quarterdeck.ledger.gateway.fits import latest_fit, overrule_fit, overrule_of
from quarterdeck.ledger.gateway.loads import snapshot_of
from quarterdeck.ledger.gateway.plans import save_plan
from quarterdeck.ledger.models import DraftPlan, Plan
from quarterdeck.operations.context import Context
from quarterdeck.operations.holidays.public_holidays import public_holidays
from quarterdeck.operations.jobs.child_process import ChildLost, run_in_child, warm_up
from quarterdeck.operations.plan.gather_inputs import gather_inputs, plan_in_force, work_log_until
from quarterdeck.operations.plan.read_plan import plan_of
from quarterdeck.operations.response.fit_response import FittedMetric, fit_missing, metrics_to_fit
from quarterdeck.operations.response.read_series import say_unknown_channels, unknown_channels
from quarterdeck.operations.strategy.save_strategy import current_strategy
from quarterdeck.operations.told import Tell, Told, tell_nobody
from quarterdeck.plan.build import build_quarter_plan
from quarterdeck.plan.calendar import place_content
from quarterdeck.plan.collisions import find_collisions
from quarterdeck.plan.plan_inputs import PlanInputs
from quarterdeck.plan.quarter_plan import QuarterPlan
from quarterdeck.plan.schedule import schedule_by_rule, schedule_work
from quarterdeck.report.say_plan import money_rows, say_plan
from quarterdeck.report.words import Words
from quarterdeck.strategy.document import Strategy

HOLDOUT_WEEKS = 13
SOLVER_EFFORT = 0.3
"""How long the solver may think, in its own deterministic units: about two seconds for sixty tasks."""


@dataclass(frozen=True)
class Built:
    """A plan that was made and not saved, and the strategy that it serves."""

    plan: QuarterPlan
    strategy: Strategy
    fits: Mapping[str, FittedMetric]


@dataclass(frozen=True)
class Made(Built):
    """A plan that was made and saved, and its row."""

    record: Plan | DraftPlan


def make_plan(context: Context, *, quarter: date | None, overrule: str | None, seed: int, tell: Tell = tell_nobody) -> Told:
    """The plan in sentences, its money as a table, saved as a draft that waits for approval."""
    made = plan_quarter(context, quarter=quarter, overrule=overrule, seed=seed, tell=tell)
    told = tell_plan(made.plan, made.strategy)
    with open_snapshot(context.lake_dir, snapshot_of(context.workspace).loads) as lake:
        left_out = say_unknown_channels(unknown_channels(lake, made.strategy))
    return Told(
        [
            *told.sentences,
            *left_out,
            *_how_to_overrule(context, made.plan),
            _say_kept(made.record),
        ],
        {**told.facts, "number": getattr(made.record, "number", None)},
        told.table,
    )


def _say_kept(record: Plan | DraftPlan) -> str:
    if isinstance(record, Plan):
        return f"Saved as plan {record.number} of the quarter. Next: `quarterdeck approve --all`."
    return f"Saved with the draft “{record.draft.name}”. It is for comparing: only a plan of the strategy itself can be approved."


def _how_to_overrule(context: Context, plan: QuarterPlan) -> list[str]:
    """What a person can do who knows better than the check that refused the curves of the aim; empty when nothing was refused."""
    if plan.provenance.curves is not None or latest_fit(context.workspace, plan.budget.aim, snapshot=plan.provenance.facts) is None:
        return []
    return ['If you know better, `quarterdeck plan --overrule "your reason"` uses the curves all the same, and the reason stays with the plan.']


def show_plan(context: Context, *, quarter: date | None) -> Told:
    """The latest plan, as it was saved."""
    context.require("see")
    record = latest_plan_of(context, quarter)
    return tell_plan(plan_of(record), current_strategy(context).strategy)


def latest_plan_of(context: Context, quarter: date | None) -> Plan:
    """The plan that was made last (the newest of the quarter that holds `quarter`, when one is named). Raises Refused when there is none."""
    if quarter is None:
        found = context.workspace.plans.order_by("-made_at", "-pk").first()
    else:
        found = next((plan for plan in context.workspace.plans.order_by("-number") if Quarter(plan.quarter).week_number(quarter)), None)
    if found is None:
        raise Refused("There is no plan yet.", fix="Make one with `quarterdeck plan`.", code="PLAN-900")
    return found


def tell_plan(plan: QuarterPlan, strategy: Strategy) -> Told:
    """A plan in sentences, with its money as a table."""
    words = Words.of(strategy)
    header = ("Channel", "Last quarter", "Planned", "Should bring", f"Next {words.money(100)} bring")
    return Told(say_plan(plan, strategy), {"plan": plan.model_dump(mode="json"), "id": plan.id}, (header, money_rows(plan, words)))


def plan_quarter(context: Context, *, quarter: date | None = None, overrule: str | None = None, seed: int = 1, tell: Tell = tell_nobody) -> Made:
    """The plan, made and saved. Raises Refused when there is no strategy or no budget, InvalidInput when limits contradict each other."""
    built = build_plan(context, quarter=quarter, overrule=overrule, seed=seed, tell=tell)
    return Made(built.plan, built.strategy, built.fits, _keep(context, built.plan))


def build_plan(context: Context, *, quarter: date | None = None, overrule: str | None = None, seed: int = 1, tell: Tell = tell_nobody) -> Built:
    """The plan, made and not saved; curves that were missing are fitted and saved. Raises as `plan_quarter` does."""
    context.require("plan_quarter")
    warm_up()
    current = current_strategy(context)
    snapshot = snapshot_of(context.workspace)
    wanted = metrics_to_fit(current.strategy)
    fits = fit_missing(context, current.strategy, wanted, holdout=HOLDOUT_WEEKS, seed=seed, tell=tell, can_go_without=True)
    if overrule:
        _overrule(context, fits, overrule)
    with open_snapshot(context.lake_dir, snapshot.loads) as lake:
        inputs = gather_inputs(context, current, snapshot, fits, lake, quarter=quarter, seed=seed)
    if not inputs.open_weeks:
        raise Refused(
            f"The quarter from {inputs.quarter.first_day.isoformat()} is over: facts reach {inputs.as_of.isoformat()}.",
            fix="Review it with `quarterdeck review`, and plan the quarter that follows.",
            code="PLAN-904",
        )
    tell("Sharing out the work")
    inputs = _with_work(context, inputs)
    tell("Placing the money")
    return Built(build_quarter_plan(inputs), current.strategy, fits)


def _keep(context: Context, plan: QuarterPlan) -> Plan | DraftPlan:
    """The plan saved: for approval, or with the draft that it is of."""
    if context.draft is not None:
        return save_draft_plan(context.draft, plan, by=context.member.person, now=context.now)
    return save_plan(context.workspace, plan, by=context.member.person, now=context.now)


def _with_work(context: Context, inputs: PlanInputs) -> PlanInputs:
    """The same inputs with work shared out by the solver, content placed and collisions found."""
    strategy, period = inputs.strategy, inputs.quarter
    holidays = public_holidays(strategy, period)
    previous = plan_in_force(context, period)
    shared: dict[str, Any] = {
        "as_of": inputs.as_of,
        "log": work_log_until(context, inputs.as_of),
        "company_holidays": tuple(holidays),
        "previous": previous.work if previous else None,
    }
    try:
        work = run_in_child(schedule_work, strategy, period, seed=inputs.seed, effort=SOLVER_EFFORT, **shared)
    except ChildLost:
        work = schedule_by_rule(strategy, period, **shared)
    calendar = place_content(strategy, period, work)
    return replace(
        inputs, work=work, calendar=calendar, collisions=find_collisions(strategy, period, calendar, work, holidays=holidays, as_of=inputs.as_of)
    )


def _overrule(context: Context, fits: Mapping[str, FittedMetric], reason: str) -> None:
    context.require("overrule_fit")
    for found in fits.values():
        if not found.is_trusted and overrule_of(found.record) is None:
            overrule_fit(found.record, reason=reason, by=context.member.person, now=context.now)
            context.audit("overrule_fit", found.record.metric, reason=reason)
