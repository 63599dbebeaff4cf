"""The open work of a quarter in numbers: from where things stand to a Workload that rule and solver can place."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction

from quarterdeck.plan.half_days import FreeTime
from quarterdeck.plan.quarter_plan import Assignment
from quarterdeck.plan.standing import Standing
from quarterdeck.plan.under_way import busy_slots, continue_started, half_days_needed
from quarterdeck.plan.workload import Job, Worker, Workload
from quarterdeck.strategy.parts.management import Person, Task

LONGEST_TASK_HALF_DAYS = 2600
"""Five years of working days: whoever would need longer cannot do the task."""


def build_workload(standing: Standing) -> Workload:
    """Jobs that can be placed, people with their free half-days, the work under way, and what nobody can do.

    A task is unassignable when nobody has all its skills, or when it waits for one that is.
    """
    under_way = continue_started(standing)
    workers = tuple(_worker(standing, person, under_way) for person in standing.people.values())
    started = {each.task for each in under_way}
    half_days = {task.id: _half_days(standing, task) for task in standing.tasks.values() if task.id not in started}
    stuck = _stuck((task_id for task_id, by_worker in half_days.items() if not by_worker), standing.tasks, started)
    ids = [task_id for task_id in half_days if task_id not in stuck]
    number = {task_id: j for j, task_id in enumerate(ids)}
    jobs: list[Job] = []
    for task in (standing.tasks[task_id] for task_id in ids):
        ends = [standing.axis.first_slot(each.ends_on, each.end_half) for each in under_way if each.task in task.after]
        ready = max([standing.first_open, _earliest_slot(standing, task), *(end + 1 for end in ends)])
        jobs.append(
            Job(
                task,
                half_days[task.id],
                tuple(sorted({number[before] for before in task.after if before in number})),
                ready,
                standing.due[task.id],
                _hours_left(standing, task),
                standing.is_started(task.id),
                _previous(standing, task, [workers[w] if w in half_days[task.id] else None for w in range(len(workers))], ready),
            )
        )
    unassignable = tuple(task for task in standing.tasks.values() if task.id in stuck)
    return Workload(
        standing.axis,
        standing.first_open,
        standing.quarter.last_day,
        workers,
        tuple(jobs),
        under_way,
        unassignable,
        {task.id: task.importance for task in standing.tasks.values()},
    )


def _worker(standing: Standing, person: Person, under_way: tuple[Assignment, ...]) -> Worker:
    busy = busy_slots(standing.axis, person.id, under_way)
    return Worker(
        person.id,
        person.name or person.id.capitalize(),
        frozenset(person.skills),
        Fraction(person.hours_per_week) / 10,
        FreeTime.without(standing.first_open, [*standing.blocked[person.id], *busy]),
    )


def _half_days(standing: Standing, task: Task) -> dict[int, int]:
    """Worker -> half-days, for everybody who has all the skills."""
    needed = {
        w: half_days_needed(_hours_left(standing, task), person)
        for w, person in enumerate(standing.people.values())
        if set(task.skills) <= set(person.skills)
    }
    return {w: half_days for w, half_days in needed.items() if half_days <= LONGEST_TASK_HALF_DAYS}


def _hours_left(standing: Standing, task: Task) -> Fraction:
    state = standing.states.get(task.id)
    return max(Fraction(0), Fraction(task.effort_hours) - Fraction(state.hours if state and state.hours is not None else 0))


def _earliest_slot(standing: Standing, task: Task) -> int:
    """Where its earliest day lets a task start; what was begun all the same goes on."""
    if task.not_before is None or standing.is_started(task.id):
        return standing.first_open
    return standing.axis.first_slot(task.not_before)


def _stuck(nobody: Iterable[str], tasks: Mapping[str, Task], started: set[str]) -> set[str]:
    """Tasks that nobody can do and all that wait for them; a started task waits no more."""
    stuck = set(nobody)
    while more := {task.id for task in tasks.values() if task.id not in stuck | started and stuck & set(task.after)}:
        stuck |= more
    return stuck


def _previous(standing: Standing, task: Task, able: Sequence[Worker | None], ready: int) -> tuple[int, int] | None:
    """Who and from which slot in the plan before, when that person still can and is free then."""
    before = standing.before.get(task.id)
    if before is None:
        return None
    start = standing.axis.first_slot(before.starts_on, before.start_half)
    for w, worker in enumerate(able):
        if worker is not None and worker.id == before.person and start >= ready and worker.free.is_free(start):
            return w, start
    return None
