"""preview_work, move_work: a task due, started, ranked or staffed otherwise: who would be late or overloaded, then kept as a revision."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from quarterdeck.kernel.problems import Refused
from quarterdeck.operations.plan.compare_plan import PlanNow, compare_findings, findings_of, findings_today, share_out, work_now
from quarterdeck.operations.plan.look_at_work import WorkTask, look_at_task
from quarterdeck.operations.quarter.open_desk import Desk
from quarterdeck.operations.strategy.change_strategy import Changed, change_strategy
from quarterdeck.plan.collision_scene import Finding
from quarterdeck.plan.quarter_plan import WorkPlan
from quarterdeck.strategy.changes.patch import apply_changes
from quarterdeck.strategy.document import Strategy

FIELDS = ("due_on", "not_before", "importance", "skills")
"""What can be changed about a task where it is shown; everything else belongs to the strategy's own page."""


@dataclass(frozen=True, eq=False)
class WorkEffect:
    """The open work shared out before and after a change, from the same rule; and what would go out too soon or no longer would."""

    now: PlanNow
    task: WorkTask
    changed: Strategy
    before: WorkPlan
    after: WorkPlan
    caused: tuple[Finding, ...]
    solved: tuple[Finding, ...]


def preview_work(desk: Desk, task_id: str, wanted: Mapping[str, Any]) -> WorkEffect:
    """The effect of `wanted` (of FIELDS; what is missing stays); nothing is changed. Raises Refused for a task that is done, InvalidInput for bad values."""
    work, task = look_at_task(desk, task_id)
    changed = apply_changes(work.now.strategy, _changes(task, wanted))
    before, after = work_now(work.now), share_out(work.now, changed)
    old, new = findings_today(work.now), findings_of(work.now, changed, after)
    caused, solved = compare_findings(old, new)
    return WorkEffect(work.now, task, changed, before, after, caused, solved)


def move_work(desk: Desk, task_id: str, wanted: Mapping[str, Any], *, parent: str) -> Changed:
    """The strategy with the task changed, as a revision. Raises as `preview_work`, and StaleRevision when somebody saved meanwhile."""
    desk.context.require("save_strategy")
    _, task = look_at_task(desk, task_id)
    return change_strategy(desk.context, _changes(task, wanted), note=f"“{task.task.title}” changed in the work plan", parent=parent)


def _changes(task: WorkTask, wanted: Mapping[str, Any]) -> dict[str, Any]:
    if task.state == "done":
        raise Refused(f"“{task.task.title}” is done, so there is nothing to move.", fix="Plan another task in its place.", code="PLAN-919")
    place = f"management.tasks[{task.task.id}]"
    return {f"{place}.{field}": _value(wanted[field]) for field in FIELDS if field in wanted}


def _value(value: Any) -> Any:
    """As a patch takes it: a list of skills as a list, everything else as text."""
    return list(value) if isinstance(value, (list, tuple)) else str(value)
