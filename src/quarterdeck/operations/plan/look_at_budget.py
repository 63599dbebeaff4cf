"""look_at_budget: the newest plan's money as a page shows it: the plan, how it stands, what it was made from, and the plans before it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Literal

from quarterdeck.kernel.periods import Quarter
from quarterdeck.lake.fit_file import FitFileDamaged
from quarterdeck.ledger.gateway.fits import overrule_of
from quarterdeck.ledger.gateway.loads import snapshot_of
from quarterdeck.ledger.gateway.revisions import latest_revision
from quarterdeck.ledger.models import Load, Plan
from quarterdeck.operations.context import Context
from quarterdeck.operations.jobs.jobs import latest_job
from quarterdeck.operations.plan.read_plan import plan_of
from quarterdeck.operations.plan.try_budget import Standing, plan_to_try, stand
from quarterdeck.operations.response.fit_response import fit_records_of_plan, load_fit
from quarterdeck.operations.strategy.save_strategy import strategy_of
from quarterdeck.plan.quarter_plan import QuarterPlan

Missing = Literal["strategy", "objective", "spend", "outcomes", "plan"]
"""What there is not yet, in the order in which one would add it."""


@dataclass(frozen=True)
class PlanRow:
    """A plan of the quarter as the ledger keeps it."""

    number: int
    plan_id: str
    as_of: date
    made_at: datetime
    approved_at: datetime | None
    approved_by: str | None
    superseded_at: datetime | None

    @property
    def is_in_force(self) -> bool:
        """Approved, and no other plan took its place."""
        return self.approved_at is not None and self.superseded_at is None


@dataclass(frozen=True)
class Learned:
    """The fit of the aim that the plan rests on."""

    weeks: int
    last_day: date
    made_at: datetime
    holdout: Mapping[str, Any]
    is_trusted: bool
    overruled: str | None
    """The reason of the person who used it although it was refused."""


@dataclass(frozen=True)
class Budget:
    """The newest plan's money with all that is said about it."""

    plan: QuarterPlan
    row: PlanRow
    in_force: PlanRow | None
    rows: tuple[PlanRow, ...]
    """Every plan of the quarter, newest first."""
    strategy_changed: bool
    """Since it was made."""
    facts_came: bool
    weeks_counted: int
    """Whole weeks of the plan that have passed since it was made."""
    is_over: bool
    learned: Learned | None
    standing: Standing | None
    """None when it was made without curves, or when no week is open any more."""

    @property
    def is_stale(self) -> bool:
        """Whether a new plan would be made from something else."""
        return self.strategy_changed or self.facts_came


@dataclass(frozen=True)
class NoBudget:
    """There is no plan: what is missing, and the job that makes one, if one is under way."""

    missing: tuple[Missing, ...]
    job: int | None


def look_at_budget(context: Context, day: date) -> Budget | NoBudget:
    """The budget on `day`."""
    context.require("see")
    record = newest_plan(context)
    revision = latest_revision(context.workspace)
    if record is None or revision is None:
        return NoBudget(_missing(context), _plan_under_way(context))
    plan = plan_of(record)
    rows = tuple(_row(each) for each in _of_quarter(context, plan.quarter))
    return Budget(
        plan=plan,
        row=_row(record),
        in_force=next((row for row in rows if row.is_in_force), None),
        rows=rows,
        strategy_changed=revision.hash != plan.provenance.strategy,
        facts_came=snapshot_of(context.workspace).hash != plan.provenance.facts,
        weeks_counted=sum(plan.first_open_week <= week and week + timedelta(days=6) < day for week in plan.period.weeks),
        is_over=day > plan.period.last_day,
        learned=_learned(context, plan),
        standing=stand(context, record),
    )


def newest_plan(context: Context) -> Plan | None:
    """The plan that was made last, or None."""
    found: Plan | None = context.workspace.plans.order_by("-made_at", "-pk").first()
    return found


def plan_numbered(context: Context, number: int) -> tuple[PlanRow, QuarterPlan]:
    """A plan of the newest plan's quarter. Raises Refused when there is none of that number."""
    context.require("see")
    record = plan_to_try(context, number)
    return _row(record), plan_of(record)


def plan_under_way(context: Context) -> int | None:
    """The job that makes a plan at this moment, or None."""
    context.require("see")
    return _plan_under_way(context)


def conflicts_of_newest(context: Context) -> int:
    """How many things of the newest plan trip over each other; 0 without a plan."""
    context.require("see")
    record = newest_plan(context)
    return 0 if record is None else len(plan_of(record).collisions)


def _of_quarter(context: Context, quarter: date) -> list[Plan]:
    return list(context.workspace.plans.filter(quarter=Quarter(quarter).first_day).defer("body").order_by("-number"))


def _row(record: Plan) -> PlanRow:
    return PlanRow(
        number=record.number,
        plan_id=record.plan_id,
        as_of=record.as_of,
        made_at=record.made_at,
        approved_at=record.approved_at,
        approved_by=record.approved_by,
        superseded_at=record.superseded_at,
    )


def _learned(context: Context, plan: QuarterPlan) -> Learned | None:
    record = fit_records_of_plan(context, plan).get(plan.budget.aim)
    if record is None:
        return None
    try:
        fit = load_fit(context, record).fit
    except FitFileDamaged:  # the plan stands all the same
        return None
    word = overrule_of(record)
    return Learned(
        weeks=len(fit.weeks),
        last_day=fit.weeks[-1] + timedelta(days=6),
        made_at=record.made_at,
        holdout=record.holdout,
        is_trusted=record.is_trusted,
        overruled=word.reason if word else None,
    )


def _missing(context: Context) -> tuple[Missing, ...]:
    revision = latest_revision(context.workspace)
    loads = set(Load.objects.filter(workspace=context.workspace, dropped_at__isnull=True).values_list("table", flat=True))
    missing: list[Missing] = []
    if revision is None:
        missing += ["strategy"]
    elif not strategy_of(revision).objectives:
        missing += ["objective"]
    if "spend" not in loads:
        missing += ["spend"]
    if "outcomes" not in loads:
        missing += ["outcomes"]
    return (*missing, "plan")


def _plan_under_way(context: Context) -> int | None:
    job = latest_job(context)
    return job.id if job is not None and job.kind == "plan" and job.is_under_way else None
