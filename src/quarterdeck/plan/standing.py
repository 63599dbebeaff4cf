"""Where the work stands on the day of planning: which tasks matter, when they are due, what the log and the plan before say about them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from quarterdeck.kernel.periods import Quarter
from quarterdeck.kernel.problems import InvalidInput, Problem
from quarterdeck.plan.half_days import HalfDayAxis
from quarterdeck.plan.quarter_plan import Assignment, WorkPlan
from quarterdeck.plan.work_log import WorkLogEntry
from quarterdeck.strategy.document import Strategy
from quarterdeck.strategy.parts.management import Person, Task

FURTHEST = timedelta(days=3660)
"""Absences and holidays are looked at for ten years ahead."""


@dataclass(frozen=True, slots=True)
class TaskState:
    """What the log says about a task. `person` is an id of the strategy; None when nobody is named or the name is not known."""

    is_done: bool
    started_on: date | None
    person: str | None
    hours: Decimal | None
    """Hours written down so far, or None when nobody wrote any."""


@dataclass(frozen=True)
class Standing:
    """Everything that the schedule starts from."""

    axis: HalfDayAxis
    first_open: int
    """The slot of the first half-day after the day of planning."""
    quarter: Quarter
    tasks: Mapping[str, Task]
    """The relevant ones, by id, sorted."""
    due: Mapping[str, date | None]
    """When each is due: its own date, or else the day before the first item that needs it goes out."""
    states: Mapping[str, TaskState]
    before: Mapping[str, Assignment]
    """Where the plan before had each task."""
    people: Mapping[str, Person]
    blocked: Mapping[str, tuple[tuple[int, int], ...]]
    """Spans of slots in which each person is away or the company is closed."""

    def is_started(self, task_id: str) -> bool:
        """Whether somebody has begun it; hours alone do not say who."""
        state = self.states.get(task_id)
        return state is not None and state.started_on is not None


def read_standing(
    strategy: Strategy, quarter: Quarter, *, as_of: date, log: Sequence[WorkLogEntry], company_holidays: Collection[date], previous: WorkPlan | None
) -> Standing:
    """How things stand at the end of `as_of`; later lines of the log are not looked at.

    Relevant is what is not done and due within or before the quarter, or without a due date and not kept for later by its earliest day, what an
    item of the quarter needs, and all that these wait for. Raises InvalidInput when tasks wait for each other in a circle, wait for a task that does not exist, or share an id.
    """
    _refuse_broken_tasks(strategy.management.tasks)
    tasks = {task.id: task for task in strategy.management.tasks}
    people = {person.id: person for person in reversed(strategy.management.people)}
    people = {person.id: person for person in strategy.management.people if people[person.id] is person}
    states = _read_states([entry for entry in log if entry.kind == "task" and entry.on <= as_of], people)
    delivered = {entry.ref for entry in log if entry.kind == "item" and entry.event == "done" and entry.on <= as_of}
    needed_on = _needed_on(strategy, quarter, as_of, delivered)
    due = {task.id: task.due_on or needed_on.get(task.id) for task in tasks.values()}
    wanted = [task.id for task in tasks.values() if task.id in needed_on or (task.due_on or _kept_until(task, states)) <= quarter.last_day]
    relevant = _with_what_they_wait_for(wanted, tasks, states)
    axis = HalfDayAxis.around(as_of + timedelta(days=1))
    return Standing(
        axis,
        axis.first_slot(as_of + timedelta(days=1)),
        quarter,
        {task_id: tasks[task_id] for task_id in relevant},
        due,
        states,
        {each.task: each for each in previous.assignments} if previous else {},
        people,
        {person.id: _blocked(axis, person, company_holidays, as_of) for person in people.values()},
    )


def _refuse_broken_tasks(tasks: Sequence[Task]) -> None:
    known = [task.id for task in tasks]
    twice = sorted({task_id for task_id in known if known.count(task_id) > 1})
    problems = [
        Problem("PLAN-021", f"management.tasks[{task_id}]", f"{known.count(task_id)} tasks with this id", "one", "Give each its own id.")
        for task_id in twice
    ]
    problems += [
        Problem("PLAN-022", f"management.tasks[{task.id}].after", before, "a task of the strategy", "Add that task, or take it out of `after`.")
        for task in tasks
        for before in task.after
        if before not in known
    ]
    circle = _find_circle({task.id: task.after for task in tasks})
    if circle:
        problems.append(
            Problem(
                "PLAN-023",
                f"management.tasks[{circle[0]}].after",
                " waits for ".join([*circle, circle[0]]),
                "tasks that do not wait for each other",
                f"Take {circle[0]} out of what {circle[-1]} waits for, or break the circle elsewhere.",
            )
        )
    if problems:
        raise InvalidInput(problems)


def _find_circle(after: Mapping[str, Sequence[str]]) -> list[str]:
    """Ids each of which waits for the next, and the last for the first; empty when there is no such circle."""
    left = {task_id: [each for each in befores if each in after] for task_id, befores in after.items()}
    while free := [task_id for task_id, befores in left.items() if not any(each in left for each in befores)]:
        for task_id in free:
            del left[task_id]
    if not left:
        return []
    walk = [min(left)]
    while True:
        following = min(each for each in left[walk[-1]] if each in left)
        if following in walk:
            return walk[walk.index(following) :]
        walk.append(following)


def _read_states(entries: Sequence[WorkLogEntry], people: Mapping[str, Person]) -> dict[str, TaskState]:
    by_name = {(person.name or person.id).casefold(): person.id for person in reversed(tuple(people.values()))}
    states: dict[str, TaskState] = {}
    for ref in sorted({entry.ref for entry in entries}):
        mine = sorted((entry for entry in entries if entry.ref == ref), key=lambda entry: entry.on)
        starts = [entry for entry in mine if entry.event == "started"]
        done = [entry.on for entry in mine if entry.event == "done"]
        # A task that was begun again after it was done is open again.
        starts_again = [entry for entry in starts if done and entry.on > done[-1]]
        current = starts_again if done else starts
        named = [entry.by if entry.by in people else by_name.get(entry.by.casefold()) for entry in current if entry.by]
        hours = [entry.hours for entry in current if entry.hours is not None]
        states[ref] = TaskState(
            bool(done) and not starts_again,
            current[0].on if current else None,
            named[-1] if named else None,
            sum(hours, Decimal(0)) if hours else None,
        )
    return states


def _needed_on(strategy: Strategy, quarter: Quarter, as_of: date, delivered: Collection[str]) -> dict[str, date]:
    """For each task that an item still to go out in the quarter needs: the day before the first such item goes out."""
    needed: dict[str, date] = {}
    for item in strategy.content.items:
        if item.id in delivered or not max(quarter.first_day, as_of + timedelta(days=1)) <= item.deliver.on <= quarter.last_day:
            continue
        for task_id in item.needs:
            day = item.deliver.on - timedelta(days=1)
            needed[task_id] = min(day, needed.get(task_id, day))
    return needed


def _kept_until(task: Task, states: Mapping[str, TaskState]) -> date:
    """The earliest day of a task that has not begun; without one, it could be done any day."""
    state = states.get(task.id)
    return date.min if task.not_before is None or (state and state.started_on) else task.not_before


def _with_what_they_wait_for(wanted: Iterable[str], tasks: Mapping[str, Task], states: Mapping[str, TaskState]) -> list[str]:
    found: set[str] = set()
    queue = list(wanted)
    while queue:
        task_id = queue.pop()
        if task_id in found or (task_id in states and states[task_id].is_done):
            continue
        found.add(task_id)
        queue += tasks[task_id].after
    return sorted(found)


def _blocked(axis: HalfDayAxis, person: Person, company_holidays: Collection[date], as_of: date) -> tuple[tuple[int, int], ...]:
    until = as_of + FURTHEST
    spans = [(away.first_day, min(away.last_day, until)) for away in person.away if away.first_day <= until]
    spans += [(day, day) for day in sorted(company_holidays) if day <= until]
    return tuple(axis.slots_of(first_day, last_day) for first_day, last_day in spans if first_day <= last_day)
