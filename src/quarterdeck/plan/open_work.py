"""The open work of a quarter in numbers: from where things stand to a Workload that rule and solver can place."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction

from quarterdeck.plan.half_days import FreeTime
from quarterdeck.plan.quarter_plan import Assignment
from quarterdeck.plan.standing import Standing
from quarterdeck.plan.under_way import busy_slots, continue_started, half_days_needed
from quarterdeck.plan.workload import Job, Worker, Workload
from quarterdeck.strategy.management import Task

LONGEST_TASK_HALF_DAYS = 2600
"""Five years of working days: whoever would need longer cannot do the task."""


def build_workload(standing: Standing) -> Workload:
    """Jobs that can be placed, people with their free half-days, the work under way, and what nobody can do.

    A task is unassignable when nobody has all its skills, or when it waits for one that is.
    """
    under_way = continue_started(standing)
    workers = tuple(
        Worker(person.id, person.name or person.id.capitalize(), frozenset(person.skills), Fraction(person.hours_per_week) / 10,
               FreeTime.without(standing.first_open, [*standing.blocked[person.id], *busy_slots(standing.axis, person.id, under_way)]))
        for person in standing.people.values())
    started = {each.task for each in under_way}
    half_days = {task.id: _half_days(standing, task) for task in standing.tasks.values() if task.id not in started}
    stuck = _stuck((task_id for task_id, by_worker in half_days.items() if not by_worker), standing.tasks, started)
    ids = [task_id for task_id in half_days if task_id not in stuck]
    number = {task_id: j for j, task_id in enumerate(ids)}
    ends = {each.task: standing.axis.first_slot(each.ends_on, each.end_half) + 1 for each in under_way}
    jobs = tuple(_job(standing, standing.tasks[task_id], half_days[task_id], number, ends, workers) for task_id in ids)
    return Workload(standing.axis, standing.first_open, standing.quarter.last_day, workers, jobs, under_way, tuple(sorted(stuck)),
                    {task.id: task.importance for task in standing.tasks.values()})


def _half_days(standing: Standing, task: Task) -> dict[int, int]:
    """Worker -> half-days, for everybody who has all the skills."""
    state = standing.states.get(task.id)
    hours = Fraction(task.effort_hours) - Fraction(state.hours if state and state.hours is not None else 0)
    needed = {w: half_days_needed(hours, person) for w, person in enumerate(standing.people.values()) if set(task.skills) <= set(person.skills)}
    return {w: half_days for w, half_days in needed.items() if half_days <= LONGEST_TASK_HALF_DAYS}


def _stuck(nobody: Iterable[str], tasks: Mapping[str, Task], started: set[str]) -> set[str]:
    """Tasks that nobody can do and all that wait for them; a started task waits no more."""
    stuck = set(nobody)
    while more := {task.id for task in tasks.values() if task.id not in stuck | started and stuck & set(task.after)}:
        stuck |= more
    return stuck


def _job(standing: Standing, task: Task, half_days: Mapping[int, int], number: Mapping[str, int], ends: Mapping[str, int],
         workers: tuple[Worker, ...]) -> Job:
    ready = max([standing.first_open, *(ends[before] for before in task.after if before in ends)])
    after = tuple(sorted({number[before] for before in task.after if before in number}))
    return Job(task, half_days, after, ready, standing.due[task.id], standing.is_started(task.id),
               _previous(standing, standing.before.get(task.id), half_days, ready, workers))


def _previous(standing: Standing, before: Assignment | None, half_days: Mapping[int, int], ready: int, workers: tuple[Worker, ...]) -> tuple[int, int] | None:
    """Who and from which slot in the plan before, when that person still can and is free then."""
    if before is None:
        return None
    start = standing.axis.first_slot(before.starts_on, before.start_half)
    for w in half_days:
        if workers[w].id == before.person and start >= ready and workers[w].free.is_free(start):
            return w, start
    return None
