"""look_at_work: every task where it stands: planned for whom and when, waiting, started, done; and who has more to do than time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from quarterdeck.kernel.problems import Refused
from quarterdeck.operations.act.action_states import ActionState, states_of_actions
from quarterdeck.operations.plan.compare_plan import PlanNow, compare_plan, work_now
from quarterdeck.operations.quarter.open_desk import Desk
from quarterdeck.plan.quarter_plan import Assignment, Overload, WorkPlan
from quarterdeck.strategy.parts.management import Task

TaskState = Literal["to approve", "planned", "started", "late", "done", "stuck", "not planned"]
SOON_DAYS = 14
"""What is due within so many days is urgent."""
IMPORTANT = 4
"""From here on a task is important; the scale ends at 5."""


@dataclass(frozen=True)
class WorkTask:
    """A task, where the plan has it, and how far it has come."""

    task: Task
    planned: Assignment | None
    """None when it is in no plan, or nobody can do it."""
    state: TaskState
    due_on: date | None
    """Its own due date, or the day before the first item that needs it goes out."""
    done_on: date | None
    late_days: int
    """Calendar days that it ends, or will end, after its due date."""
    is_urgent: bool

    @property
    def is_important(self) -> bool:
        """Whether it matters much."""
        return self.task.importance >= IMPORTANT

    @property
    def is_open(self) -> bool:
        """Whether there is still something to do."""
        return self.state != "done"


@dataclass(frozen=True, eq=False)
class WorkNow:
    """The work of a quarter. `planned` is what people go by; `overloads` are as things stand today."""

    now: PlanNow
    tasks: tuple[WorkTask, ...]
    planned: WorkPlan
    today: WorkPlan
    """The open work shared out again from today on."""

    @property
    def overloads(self) -> tuple[Overload, ...]:
        """More work than hours from today on, worst first."""
        return self.today.overloads

    @property
    def open_tasks(self) -> tuple[WorkTask, ...]:
        """What is not done."""
        return tuple(each for each in self.tasks if each.is_open)


def look_at_work(desk: Desk) -> WorkNow:
    """Every task that matters to the quarter, by start and then due date. Raises Refused without a strategy."""
    now = compare_plan(desk)
    today = work_now(now)
    planned = now.plan.work if now.plan else today
    assignments = {each.task: each for each in planned.assignments}
    fallback = {each.task: each for each in today.assignments}
    states = states_of_actions(desk.context, "task")
    done = {entry.ref: entry.on for entry in now.log if entry.kind == "task" and entry.event == "done"}
    started = {entry.ref for entry in now.log if entry.kind == "task" and entry.event == "started"} - set(done)
    stuck = {*planned.unassignable, *today.unassignable}
    tasks = [
        _task(desk, task, assignments.get(task.id), fallback.get(task.id), states.get(task.id), done, started, stuck)
        for task in now.strategy.management.tasks
        if task.id in assignments or task.id in fallback or task.id in stuck or task.id in done
    ]
    tasks.sort(key=lambda each: (each.planned.starts_on if each.planned else date.max, each.due_on or date.max, each.task.id))
    return WorkNow(now, tuple(tasks), planned, today)


def look_at_task(desk: Desk, task_id: str) -> tuple[WorkNow, WorkTask]:
    """One task among the others. Raises Refused when the strategy holds none of that id."""
    work = look_at_work(desk)
    found = next((each for each in work.tasks if each.task.id == task_id), None)
    if found is not None:
        return work, found
    task = next((each for each in work.now.strategy.management.tasks if each.id == task_id), None)
    if task is None:
        raise Refused("There is no such task.", fix="It may have been taken out; look at the work as it is now.", code="PLAN-918")
    return work, WorkTask(task, None, "not planned", task.due_on, None, 0, is_urgent=False)


def _task(
    desk: Desk,
    task: Task,
    planned: Assignment | None,
    today: Assignment | None,
    action: ActionState | None,
    done: Mapping[str, date],
    started: set[str],
    stuck: set[str],
) -> WorkTask:
    due = task.due_on or (today.due_on if today else planned.due_on if planned else None)
    done_on = done.get(task.id)
    ends = done_on or (planned.ends_on if planned else None)
    late = max(0, (ends - due).days) if ends and due else 0
    if done_on is None and due is not None and due < desk.day:
        late = max(late, (desk.day - timedelta(days=1) - due).days, 1)
    state = _state(desk, task, planned, action, done_on, task.id in started, task.id in stuck, late)
    is_urgent = due is not None and due <= desk.day + timedelta(days=SOON_DAYS)
    return WorkTask(task, planned, state, due, done_on, late, is_urgent)


def _state(
    desk: Desk, task: Task, planned: Assignment | None, action: ActionState | None, done_on: date | None, is_started: bool, is_stuck: bool, late: int
) -> TaskState:
    if done_on is not None or (action is not None and action.state == "done"):
        return "done"
    if is_stuck:
        return "stuck"
    if planned is None:
        return "not planned"
    if is_started or planned.state == "started":
        return "late" if late else "started"
    if planned.ends_on < desk.day or (late and task.due_on is not None and task.due_on < desk.day):
        return "late"
    return "planned" if action is not None and action.state in ("approved", "claimed", "failed") else "to approve"
