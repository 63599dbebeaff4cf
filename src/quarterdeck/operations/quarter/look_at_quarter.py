"""look_at_quarter: everything that the first page says of a quarter: the answer, the course, objectives, money, what goes out, what waits."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

from quarterdeck.kernel.metrics import METRICS
from quarterdeck.kernel.periods import Quarter
from quarterdeck.operations.context import Context
from quarterdeck.operations.plan.compare_plan import compare_plan
from quarterdeck.operations.plan.look_at_conflicts import conflicts_of, worked_out
from quarterdeck.operations.plan.read_plan import plan_of, review_of
from quarterdeck.operations.quarter.answer import Standing, standing_of
from quarterdeck.operations.quarter.next_days import DAYS_AHEAD, GoesOut, next_days
from quarterdeck.operations.quarter.open_desk import Desk
from quarterdeck.operations.quarter.quarter_money import QuarterMoney, quarter_money
from quarterdeck.operations.quarter.what_waits import Waiting, what_waits
from quarterdeck.plan.collision_scene import Finding
from quarterdeck.plan.quarter_plan import Collision, ObjectiveOutlook, QuarterPlan
from quarterdeck.report.charts.course import Course, course_of
from quarterdeck.report.say_answer import is_reviewed, knows_more, main_outlook
from quarterdeck.review.record import Review
from quarterdeck.strategy.document import Strategy

MOST_WORKED_OUT = 3


@dataclass(frozen=True)
class ObjectiveNow:
    """An objective as it stands: `so_far` was counted in the quarter's whole weeks (None: not counted); `before` is the chance that was said
    before, and `since` when: at the last review, or when the plan was made."""

    outlook: ObjectiveOutlook
    so_far: float | None
    before: float | None
    since: Literal["review", "plan"]


@dataclass(frozen=True)
class OpenCollision:
    """Something that collides and waits for a decision; `ways_out` only for the first few, because they take time to find."""

    collision: Collision | Finding
    ways_out: Collision | None


@dataclass(frozen=True)
class QuarterLook:
    """One look at a company's quarter."""

    standing: Standing
    period: Quarter
    as_of: date
    """The Sunday of the last whole week of facts."""
    course: Course | None
    """None without a plan, or when weeks of the aim do not add up."""
    objectives: tuple[ObjectiveNow, ...]
    money: QuarterMoney | None
    days: tuple[GoesOut, ...]
    waiting: Waiting
    collisions: tuple[OpenCollision, ...]


def look_at_quarter(desk: Desk) -> QuarterLook:
    """What stands on the company's day, of the quarter that its plan is for; without a plan of the one that runs."""
    context, day = desk.context, desk.day
    context.require("see")
    standing = standing_of(context)
    now, as_of = standing.situation, standing.known.last_whole_week_end(context.today)
    plan, strategy = now.plan, now.strategy
    waiting = what_waits(context, standing, day)
    period = plan.period if plan is not None else desk.quarter
    if plan is None or strategy is None:
        return QuarterLook(standing, period, as_of, None, _without_plan(strategy, standing, period, as_of), None, (), waiting, ())
    promise = _promise(context, plan)
    is_approved = standing.plan is not None and standing.plan.approved_at is not None
    open_ones = _open_conflicts(desk, plan, until=day + timedelta(days=DAYS_AHEAD - 1) if is_approved else plan.period.last_day)
    hit = frozenset(item for each in open_ones for item in each.collision.items)
    return QuarterLook(
        standing=standing,
        period=period,
        as_of=as_of,
        course=_course(standing, plan, promise, day, as_of),
        objectives=tuple(_objective(context, standing, outlook, as_of) for outlook in plan.outlook),
        money=quarter_money(context, strategy, plan, standing.known, is_approved=is_approved),
        days=next_days(context, strategy, plan, day, hit),
        waiting=waiting,
        collisions=open_ones,
    )


def _open_conflicts(desk: Desk, plan: QuarterPlan, *, until: date) -> tuple[OpenCollision, ...]:
    """What collides as the strategy stands now, from the company's day to `until`, by day; the first ones with their ways out."""
    found = conflicts_of(desk.context, compare_plan(desk, plan.period))
    coming = [each.collision for each in found.open if each.collision.first_day <= until and each.collision.last_day >= desk.day]
    return tuple(OpenCollision(each, worked_out(found.now, each) if n < MOST_WORKED_OUT else None) for n, each in enumerate(coming))


def _promise(context: Context, plan: QuarterPlan) -> QuarterPlan:
    """The plan that the facts are held against, as a review does: the first approved one of the quarter that rests on curves."""
    approved = [plan_of(row) for row in context.workspace.plans.filter(approved_at__isnull=False, quarter=plan.quarter).order_by("number")]
    return next((each for each in approved if each.provenance.curves is not None), approved[0] if approved else plan)


def _course(standing: Standing, plan: QuarterPlan, promise: QuarterPlan, day: date, as_of: date) -> Course | None:
    """Counted, promised, and what is expected from today: it ends where the first sentence says."""
    aim, outlook = plan.budget.aim, main_outlook(standing.situation)
    if not METRICS[aim].adds_up:
        return None
    counted = standing.known.counted(aim, _weeks_over(plan.period, as_of))
    weekly = {week.week: week.outcome for week in plan.forecast if week.metric == aim}
    is_known = outlook is not None and outlook.expected is not None and outlook.metric == aim
    course = course_of(
        promise,
        counted=counted,
        today=day,
        forecast_end=outlook.expected if is_known and outlook is not None else None,
        forecast=[weekly.get(week) if is_known else None for week in plan.period.weeks],
    )
    if outlook is not None and outlook.due_on < plan.period.last_day:  # what the sentence says ends before the picture does
        return replace(course, planned_end=None, forecast_end=None)
    return course


def _objective(context: Context, standing: Standing, planned: ObjectiveOutlook, as_of: date) -> ObjectiveNow:
    now, plan = standing.situation, standing.situation.plan
    assert plan is not None
    reviewed = _of(now.review, planned.objective) if now.review is not None and knows_more(now.review, plan) else None
    today = standing.today.get(planned.objective)
    so_far = _so_far(standing, planned.metric, plan.period, as_of)
    if today is not None and (today.planned is not None or today.outlook.by_level is not None) and not is_reviewed(now):
        return ObjectiveNow(today.outlook, so_far, (reviewed or planned).chance, "review" if reviewed else "plan")
    if reviewed is not None and now.review is not None:
        earlier = _review_before(context, now.review)
        past = _of(earlier, planned.objective) if earlier else None
        return ObjectiveNow(reviewed, so_far, past.chance if past else planned.chance, "review" if past else "plan")
    last = _of(now.review, planned.objective) if now.review is not None and now.review.quarter == plan.quarter else None
    return ObjectiveNow(planned, so_far, last.chance if last else None, "review")


def _of(review: Review | None, objective: str) -> ObjectiveOutlook | None:
    return next((outlook for outlook in review.outlook if outlook.objective == objective), None) if review else None


def _review_before(context: Context, review: Review) -> Review | None:
    """The last review of the same quarter that knew fewer weeks."""
    found = context.workspace.reviews.filter(quarter=review.quarter, as_of__lt=review.as_of).order_by("-as_of", "-pk").first()
    return review_of(found) if found is not None else None


def _so_far(standing: Standing, metric: str, period: Quarter, as_of: date) -> float | None:
    """Counted in the quarter's whole weeks; None when a week of them was not counted, none is over, or weeks do not add up."""
    weeks = _weeks_over(period, as_of)
    counted = standing.known.counted(metric, weeks)
    return sum(counted) if weeks and len(counted) == len(weeks) and METRICS[metric].adds_up else None


def _weeks_over(period: Quarter, as_of: date) -> tuple[date, ...]:
    return tuple(week for week in period.weeks if week + timedelta(days=6) <= as_of)


def _without_plan(strategy: Strategy | None, standing: Standing, period: Quarter, as_of: date) -> tuple[ObjectiveNow, ...]:
    """Objectives of which nobody can say anything yet but what was counted."""
    found = []
    for objective in strategy.objectives if strategy is not None else ():
        outlook = ObjectiveOutlook(
            objective=objective.id,
            metric=objective.metric,
            target=objective.target,
            due_on=objective.due_on,
            so_far=None,
            expected=None,
            chance=None,
            chance_unchanged=None,
            why_unknown="there is no plan for the quarter yet",
        )
        found.append(ObjectiveNow(outlook, _so_far(standing, objective.metric, period, as_of), None, "plan"))
    return tuple(found)
