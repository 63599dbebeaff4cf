"""look_at_play: a rehearsal's quarter week by week: what was planned, what was spent, what the market answered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

import numpy as np

from quarterdeck.lake.snapshot import open_snapshot
from quarterdeck.ledger.gateway.loads import Snapshot, snapshot_of
from quarterdeck.ledger.models import Action, Job
from quarterdeck.operations.context import Context
from quarterdeck.operations.plan.read_plan import plan_of
from quarterdeck.operations.quarter.open_desk import Desk
from quarterdeck.operations.remember import remembered
from quarterdeck.operations.response.read_series import read_outcome, read_spend
from quarterdeck.plan.quarter_plan import QuarterPlan, Range


@dataclass(frozen=True)
class PlayedWeek:
    """One week of the quarter; `counted` and `spent` are None while it lies ahead, `planned` is None without curves."""

    number: int
    monday: date
    planned: Range | None
    counted: float | None
    spent: Decimal | None


@dataclass(frozen=True)
class Play:
    """The quarter that is played: its weeks, the metric it is played for, and what was said when the last week passed."""

    aim: str | None
    weeks: tuple[PlayedWeek, ...]
    last_told: tuple[str, ...]
    approved_ahead: int
    """Approved actions that the next week can carry out; 0 means that a week without any money would pass."""
    is_in_force: bool

    @property
    def passed(self) -> tuple[PlayedWeek, ...]:
        """The weeks that were counted."""
        return tuple(week for week in self.weeks if week.counted is not None)


def look_at_play(desk: Desk) -> Play:
    """The quarter of the desk's day; of the day before when that day opens a new quarter for which nothing is planned yet."""
    context = desk.context
    context.require("see")
    quarter = desk.quarter
    record = context.workspace.plans.filter(quarter=quarter.first_day, approved_at__isnull=False).order_by("number").first()
    if record is None and context.workspace.plans.filter(quarter=quarter.previous().first_day, approved_at__isnull=False).exists():
        quarter = quarter.previous()
        record = context.workspace.plans.filter(quarter=quarter.first_day, approved_at__isnull=False).order_by("number").first()
    plan = None if record is None else plan_of(record)
    job = Job.objects.filter(workspace=context.workspace, kind="next_week", state="done").order_by("-pk").first()
    return Play(
        aim=plan.budget.aim if plan else None,
        weeks=_weeks(context, plan, quarter.weeks),
        last_told=tuple(job.told) if job else (),
        approved_ahead=Action.objects.filter(workspace=context.workspace, state="approved", due_on__lt=desk.day + timedelta(days=7)).count(),
        is_in_force=plan is not None,
    )


def _weeks(context: Context, plan: QuarterPlan | None, mondays: tuple[date, ...]) -> tuple[PlayedWeek, ...]:
    if plan is None:
        return tuple(PlayedWeek(n, monday, None, None, None) for n, monday in enumerate(mondays, 1))
    snapshot = snapshot_of(context.workspace)
    counted, spent = remembered("play", (context.workspace.slug, plan.id, snapshot.hash), lambda: _facts(context, snapshot, plan.budget.aim, mondays))
    planned = {week.week: week.outcome for week in plan.forecast if week.metric == plan.budget.aim}
    return tuple(PlayedWeek(n + 1, monday, planned.get(monday), counted[n], spent[n]) for n, monday in enumerate(mondays))


def _facts(context: Context, snapshot: Snapshot, aim: str, mondays: tuple[date, ...]) -> tuple[tuple[float | None, ...], tuple[Decimal | None, ...]]:
    """What was counted and spent in each week, None where nothing was counted."""
    with open_snapshot(context.lake_dir, snapshot.loads) as lake:
        counted = read_outcome(lake, aim, mondays)
        channels = lake.query("SELECT DISTINCT channel FROM spend ORDER BY channel")["channel"]
        spend = read_spend(lake, channels, mondays).sum(axis=1)
    known = ~np.isnan(counted)
    return (
        tuple(float(value) if known[n] else None for n, value in enumerate(counted)),
        tuple(Decimal(f"{value:.2f}") if known[n] else None for n, value in enumerate(spend)),
    )
