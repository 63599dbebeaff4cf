"""what_waits: everything of the quarter that waits for a person: corrections, a plan, late work, approvals, a review, facts, errors."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.db.models import Sum

from quarterdeck.kernel.problems import Problem
from quarterdeck.ledger.gateway.plans import work_log_of
from quarterdeck.ledger.gateway.revisions import latest_revision
from quarterdeck.ledger.models import Action, Load
from quarterdeck.operations.context import Context
from quarterdeck.operations.plan.read_plan import plan_of
from quarterdeck.operations.quarter.answer import Standing
from quarterdeck.operations.remember import remembered
from quarterdeck.plan.quarter_plan import Overload, QuarterPlan, Range
from quarterdeck.report.say_answer import main_outlook
from quarterdeck.strategy.checks.all_checks import check_strategy
from quarterdeck.strategy.document import Strategy
from quarterdeck.strategy.parts.aim import value_to_place_by

DUE_SOON_DAYS = 7


@dataclass(frozen=True)
class OpenCorrection:
    """A correction that nobody has decided; `expected` is in money where `is_profit`, else in units of the aim."""

    key: str
    title: str
    expected_text: str
    expected: Range | None
    is_profit: bool


@dataclass(frozen=True)
class PlanWaits:
    """A plan that nobody has approved: chance of the aim as things stand and with it; why it can no longer be approved, if so."""

    number: int
    quarter: str
    chance_now: float | None
    chance_then: float | None
    metric: str
    expected_now: float | None
    expected_then: float | None
    is_first: bool
    is_stale: bool


@dataclass(frozen=True)
class TaskDue:
    """A task that is not done. `waiting` are titles of what cannot begin before it; `held_up` is planned money that cannot be spent."""

    task: str
    title: str
    person: str | None
    due_on: date
    waiting: tuple[str, ...]
    held_up: Decimal


@dataclass(frozen=True)
class Waiting:
    """What waits, by kind; each empty, None or 0 where nothing does."""

    corrections: tuple[OpenCorrection, ...] = ()
    plan: PlanWaits | None = None
    is_plan_outdated: bool = False
    """The strategy was changed since the plan in force was made, and no newer plan waits."""
    overloads: tuple[Overload, ...] = ()
    """Of a plan that waits for its first approval."""
    late: tuple[TaskDue, ...] = ()
    due_soon: tuple[TaskDue, ...] = ()
    approvals: int = 0
    approvals_money: Decimal = Decimal(0)
    unknown: int = 0
    """Actions of which nobody knows whether they happened."""
    weeks_unreviewed: int = 0
    is_over: bool = False
    """Every week of the plan's quarter has been counted."""
    missing_tables: tuple[str, ...] = ()
    facts_until: date | None = None
    errors: tuple[Problem, ...] = ()


def what_waits(context: Context, standing: Standing, day: date) -> Waiting:
    """Everything that waits on `day`."""
    now = standing.situation
    if now.strategy is None:
        return Waiting(missing_tables=_missing_tables(context), facts_until=standing.known.last_day)
    plan, approved = now.plan, standing.plan is not None and standing.plan.approved_at is not None
    proposed = Action.objects.filter(workspace=context.workspace, state="proposed")
    late, due_soon = _work(context, now.strategy, plan, day) if plan is not None and approved else ((), ())
    return Waiting(
        corrections=_corrections(standing),
        plan=_plan(context, standing),
        is_plan_outdated=approved and standing.waiting_plan is None and _is_outdated(context, plan),
        overloads=plan.work.overloads if plan is not None and not approved else (),
        late=late,
        due_soon=due_soon,
        approvals=now.waiting,
        approvals_money=proposed.aggregate(money=Sum("cost"))["money"] or Decimal(0),
        unknown=Action.objects.filter(workspace=context.workspace, state="unknown").count(),
        weeks_unreviewed=_weeks_unreviewed(standing) if approved else 0,
        is_over=plan is not None and standing.known.last_whole_week_end(context.today) >= plan.period.last_day,
        missing_tables=_missing_tables(context),
        facts_until=standing.known.last_day,
        errors=_errors(context, now.strategy),
    )


def _corrections(standing: Standing) -> tuple[OpenCorrection, ...]:
    now = standing.situation
    if standing.review is None or now.review is None or now.strategy is None:
        return ()
    is_profit = value_to_place_by(now.strategy, now.review.metric) is not None
    rows = standing.review.corrections.filter(decision__isnull=True).order_by("pk")
    texts = {draft.key: draft.expected_text for draft in now.review.corrections}
    found = (OpenCorrection(row.key, row.title, texts.get(row.key, ""), Range(**row.expected) if row.expected else None, is_profit) for row in rows)
    return tuple(sorted(found, key=lambda correction: -(correction.expected.expected if correction.expected else 0.0)))


def _plan(context: Context, standing: Standing) -> PlanWaits | None:
    record = standing.waiting_plan
    if record is None:
        return None
    plan, outlook = plan_of(record), main_outlook(standing.situation)
    is_first = standing.plan is not None and standing.plan.pk == record.pk
    aim = next((outlook for outlook in plan.outlook if outlook.metric == plan.budget.aim), None)
    return PlanWaits(
        number=record.number,
        quarter=plan.period.label,
        chance_now=None if is_first or outlook is None else outlook.chance,
        chance_then=aim.chance if aim else None,
        metric=plan.budget.aim,
        expected_now=None if is_first or outlook is None or outlook.expected is None else outlook.expected.expected,
        expected_then=aim.expected.expected if aim and aim.expected else None,
        is_first=is_first,
        is_stale=_is_outdated(context, plan) or plan.provenance.facts != standing.known.snapshot,
    )


def _is_outdated(context: Context, plan: QuarterPlan | None) -> bool:
    revision = latest_revision(context.workspace)
    return plan is not None and revision is not None and plan.provenance.strategy != revision.hash


def _work(context: Context, strategy: Strategy, plan: QuarterPlan, day: date) -> tuple[tuple[TaskDue, ...], tuple[TaskDue, ...]]:
    """Tasks late on `day`, and those due within a week, the weightiest first."""
    done = {entry.ref for entry in work_log_of(context.workspace) if entry.kind == "task" and entry.event == "done"}
    done |= set(
        Action.objects.filter(workspace=context.workspace, kind=Action.Kind.TASK, state__in=("done", "cancelled")).values_list("ref", flat=True)
    )
    tasks = {task.id: task for task in strategy.management.tasks}
    late: list[tuple[int, date, TaskDue]] = []
    soon: list[tuple[int, date, TaskDue]] = []
    for assignment in plan.work.assignments:
        task = tasks.get(assignment.task)
        if task is None or task.id in done or assignment.state == "done":
            continue
        due = assignment.due_on or assignment.ends_on
        if due >= day + timedelta(days=DUE_SOON_DAYS):
            continue
        held_up = _held_up(strategy, plan, task.serves, day) if due < day else Decimal(0)
        found = TaskDue(task.id, task.title, assignment.person, due, _waiting_for(strategy, task.id, done), held_up)
        (late if due < day else soon).append((-task.importance, due, found))
    by_weight = [sorted(each, key=lambda row: (-row[2].held_up, row[0], row[1], row[2].task)) for each in (late, soon)]
    return tuple(row[2] for row in by_weight[0]), tuple(row[2] for row in sorted(by_weight[1], key=lambda row: (row[1], row[0])))


def _waiting_for(strategy: Strategy, task: str, done: set[str]) -> tuple[str, ...]:
    tasks = [other.title for other in strategy.management.tasks if task in other.after and other.id not in done]
    return (*tasks, *(item.title for item in strategy.content.items if task in item.needs))


def _held_up(strategy: Strategy, plan: QuarterPlan, serves: str, day: date) -> Decimal:
    """Planned money of the campaign that late work keeps from being spent; 0 when it serves another thing."""
    if serves not in {campaign.id for campaign in strategy.campaigns}:
        return Decimal(0)
    return sum(
        (line.amount for line in plan.budget.lines if line.campaign == serves and line.week >= day - timedelta(days=day.weekday())), Decimal(0)
    )


def _weeks_unreviewed(standing: Standing) -> int:
    """Counted weeks of the plan's quarter since the last review of it, or since the plan's first week."""
    now = standing.situation
    if now.plan is None or now.today is None:
        return 0
    if now.review is None or now.review.quarter != now.plan.quarter:
        return now.today.weeks
    return max(0, (now.today.as_of - now.review.as_of).days // 7)


def _missing_tables(context: Context) -> tuple[str, ...]:
    there = set(
        Load.objects.filter(workspace=context.workspace, dropped_at__isnull=True, table__in=("spend", "outcomes")).values_list("table", flat=True)
    )
    return tuple(table for table in ("spend", "outcomes") if table not in there)


def _errors(context: Context, strategy: Strategy) -> tuple[Problem, ...]:
    revision = latest_revision(context.workspace)
    if revision is None:
        return ()
    return remembered(
        "errors of strategy", revision.hash, lambda: tuple(each for each in check_strategy(strategy) if each.severity == "error"), most=24
    )
