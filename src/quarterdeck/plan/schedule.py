"""Who does what when: the open tasks of a quarter on people and half-days, by rule or by solver."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date

from quarterdeck.kernel.periods import Quarter
from quarterdeck.plan.open_work import build_workload
from quarterdeck.plan.overload import find_overloads
from quarterdeck.plan.quarter_plan import WorkPlan
from quarterdeck.plan.schedule_rule import place_by_rule
from quarterdeck.plan.schedule_solver import improve
from quarterdeck.plan.standing import read_standing
from quarterdeck.plan.work_log import WorkLogEntry
from quarterdeck.plan.workload import Placements, Workload, to_work_plan
from quarterdeck.strategy.document import Strategy


def schedule_work(
    strategy: Strategy,
    quarter: Quarter,
    *,
    as_of: date,
    log: Sequence[WorkLogEntry],
    company_holidays: Collection[date] = (),
    previous: WorkPlan | None = None,
    seed: int,
    effort: float,
) -> WorkPlan:
    """The open tasks that matter to `quarter`, each on one person with all its skills, from the day after `as_of` on.

    Small first: late calendar days after the due date times importance, and one for every task that leaves the person or start it had in
    `previous`; then every task as early as the others let it be. A task without a due date is due the day before the first item that needs it
    goes out; without such an item it is never late. Nothing starts before its `not_before`, unless it has begun already. Work pauses over
    weekends, holidays and absences and goes on after them; a task takes whole half-days of a tenth of the person's week. Started tasks keep person
    and time, done ones are left out, and what waits for a task that nobody can do is unassignable with it. A task may end after the quarter
    (`in_quarter` is then False).

    `effort` 1 is ordinary; more searches longer. `method` is "rule" when the rule's schedule is already proven to be the least late and the solver
    was not asked. `bound` is honest and often far below: nobody proves crowded schedules to be the best. The same inputs give the same plan.
    Raises InvalidInput when tasks wait for each other in a circle, wait for one that does not exist, or share an id.
    """
    workload = build_workload(read_standing(strategy, quarter, as_of=as_of, log=log, company_holidays=company_holidays, previous=previous))
    plan = place_by_rule(workload)
    if workload.cost(plan) <= workload.bound:
        return _finish(workload, plan, workload.bound, is_solved=False)
    answer = improve(workload, plan, seed=seed, effort=effort)
    return _finish(workload, answer.placements, answer.bound, is_solved=True)


def schedule_by_rule(
    strategy: Strategy,
    quarter: Quarter,
    *,
    as_of: date,
    log: Sequence[WorkLogEntry],
    company_holidays: Collection[date] = (),
    previous: WorkPlan | None = None,
) -> WorkPlan:
    """As `schedule_work`, in milliseconds and without a solver: the best of several orders of urgency; `bound` counts chains of tasks alone."""
    workload = build_workload(read_standing(strategy, quarter, as_of=as_of, log=log, company_holidays=company_holidays, previous=previous))
    return _finish(workload, place_by_rule(workload), workload.bound, is_solved=False)


def _finish(workload: Workload, placements: Placements, bound: int, *, is_solved: bool) -> WorkPlan:
    return to_work_plan(workload, placements, bound=bound, is_solved=is_solved, overloads=find_overloads(workload, placements))
