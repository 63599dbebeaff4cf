"""list_promises: what was promised for a quarter and whether it was kept: by the company, and by the plan itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from quarterdeck.kernel.metrics import METRICS
from quarterdeck.plan.quarter_plan import QuarterPlan, Range
from quarterdeck.review.record import Review
from quarterdeck.review.rules import Total
from quarterdeck.strategy.document import Strategy
from quarterdeck.strategy.parts.aims import Objective

IN_TEN = 8
"""A range of the plan holds in so many cases of ten."""


@dataclass(frozen=True, slots=True)
class Promise:
    """`kept` is None while it cannot be said. `whose` is the company's own, or the plan's forecast."""

    whose: Literal["company", "forecast"]
    kind: Literal["objective", "milestone", "total", "weeks", "as_spent", "work"]
    metric: str | None
    due_on: date
    promised: float | Range
    fact: float | None
    kept: bool | None


def list_promises(
    plan: QuarterPlan,
    strategy: Strategy,
    review: Review | None,
    *,
    as_of: date,
    total: Total,
    done: Mapping[str, date],
) -> tuple[Promise, ...]:
    """Objectives, each with its milestones, work, then the forecast's own. `total` as in `judge_rules`; `done`: task -> the day it was finished."""
    return (*_of_objectives(plan, strategy, as_of, total), *_of_work(plan, as_of, done), *_of_forecast(plan, review, as_of, total))


def _of_objectives(plan: QuarterPlan, strategy: Strategy, as_of: date, total: Total) -> list[Promise]:
    found = []
    for objective in strategy.objectives:
        if not plan.period.first_day <= objective.due_on <= plan.period.last_day or not METRICS[objective.metric].adds_up:
            continue
        on_the_way = [milestone for milestone in objective.milestones if plan.period.first_day <= milestone.on < objective.due_on]
        dated = [(objective.due_on, objective.target), *((each.on, each.value) for each in on_the_way)]
        found += [_counted(objective, day, float(value), as_of=as_of, total=total) for day, value in dated]
    return found


def _counted(objective: Objective, due_on: date, promised: float, *, as_of: date, total: Total) -> Promise:
    counted = total(objective.metric, due_on)
    fact = counted[0] if counted else None
    wants_more = METRICS[objective.metric].direction == "increase"
    kept = None if fact is None or as_of < due_on else fact >= promised if wants_more else fact <= promised
    return Promise("company", "objective" if due_on == objective.due_on else "milestone", objective.metric, due_on, promised, fact, kept)


def _of_work(plan: QuarterPlan, as_of: date, done: Mapping[str, date]) -> list[Promise]:
    """Tasks that the plan had in the quarter, and those of them that were finished in it."""
    planned = [each.task for each in plan.work.assignments if each.in_quarter and each.ends_on <= min(as_of, plan.period.last_day)]
    if not planned:
        return []
    finished = sum(1 for task in planned if task in done and done[task] <= plan.period.last_day)
    return [
        Promise("company", "work", None, plan.period.last_day, len(planned), finished, finished == len(planned) if _is_over(plan, as_of) else None)
    ]


def _of_forecast(plan: QuarterPlan, review: Review | None, as_of: date, total: Total) -> list[Promise]:
    """The plan's ranges: for the quarter's end, for each week, and for the money that was really spent."""
    aim, last = plan.budget.aim, plan.period.last_day
    outlook = next((each for each in plan.outlook if each.metric == aim and each.due_on >= last), None)
    found = []
    if outlook is not None and outlook.expected is not None:
        counted = total(aim, last)
        fact = counted[0] if counted else None
        kept = None if fact is None or not _is_over(plan, as_of) else outlook.expected.low <= fact <= outlook.expected.high
        found.append(Promise("forecast", "total", aim, last, outlook.expected, fact, kept))
    if review is not None and review.weeks:
        promised = {week.week: week.outcome for week in plan.forecast if week.metric == aim}
        pairs = [(promised[week.week], week.counted) for week in review.weeks if week.week in promised and week.counted is not None]
        inside = sum(1 for span, counted in pairs if span.low <= counted <= span.high)
        found += [_weeks("weeks", len(pairs), inside, review, plan), _weeks("as_spent", len(review.weeks), review.weeks_covered, review, plan)]
    return found


def _weeks(kind: Literal["weeks", "as_spent"], weeks: int, inside: int, review: Review, plan: QuarterPlan) -> Promise:
    """So many weeks should lie inside: eight of ten, less what chance alone takes from so few."""
    expected = IN_TEN / 10 * weeks
    chance = (weeks * IN_TEN / 10 * (1 - IN_TEN / 10)) ** 0.5
    kept = inside >= expected - chance if _is_over(plan, review.as_of) else None
    return Promise("forecast", kind, review.metric, review.as_of, float(weeks), float(inside), kept)


def _is_over(plan: QuarterPlan, as_of: date) -> bool:
    return as_of >= plan.period.last_day
