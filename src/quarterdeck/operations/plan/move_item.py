"""preview_item, move_item: another day or time for something that goes out: what it would cause and solve, then kept as a revision."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from quarterdeck.kernel.problems import InvalidInput, Problem, Refused
from quarterdeck.operations.plan.compare_plan import PlanNow, compare_findings, compare_plan, findings_now, findings_of
from quarterdeck.operations.plan.gather_inputs import quarter_for
from quarterdeck.operations.plan.look_at_calendar import CalendarItem, look_at_item
from quarterdeck.operations.quarter.open_desk import Desk
from quarterdeck.operations.strategy.change_strategy import Changed, change_strategy
from quarterdeck.plan.calendar import place_item
from quarterdeck.plan.collision_scene import Finding
from quarterdeck.plan.quarter_plan import CalendarEntry
from quarterdeck.strategy.changes.patch import apply_changes


@dataclass(frozen=True, eq=False)
class ItemEffect:
    """What another day would do: collisions caused, solved, and those of the item that stay."""

    now: PlanNow
    before: CalendarItem
    after: CalendarEntry
    caused: tuple[Finding, ...]
    solved: tuple[Finding, ...]
    stays: tuple[Finding, ...]
    is_checked: bool
    """False when the new day lies in a quarter that has no plan yet, so that work is not looked at there."""


def preview_item(desk: Desk, item_id: str, *, on: str, at: str) -> ItemEffect:
    """The effect of a move; nothing is changed. Raises Refused for an item that has gone out, InvalidInput for a day that has passed or is none."""
    now, before = look_at_item(desk, item_id)
    changed = apply_changes(now.strategy, _changes(desk, before, on, at))
    item = next(each for each in changed.content.items if each.id == item_id)
    after = place_item(item, changed.company.timezone, None)
    quarters = {quarter_for(now.strategy, day): None for day in (before.day, item.deliver.on)}
    caused, solved, stays = list[Finding](), list[Finding](), list[Finding]()
    for quarter in quarters:
        there = now if quarter == now.period else compare_plan(desk, quarter)
        old, new = findings_now(there), findings_of(there, changed)
        up, gone = compare_findings(old, new)
        caused, solved = [*caused, *up], [*solved, *gone]
        stays += [each for each in new if each not in up and item_id in each.items]
    target = quarter_for(now.strategy, item.deliver.on)
    return ItemEffect(
        now, before, after, tuple(caused), tuple(solved), tuple(stays), target == now.period or compare_plan(desk, target).plan is not None
    )


def move_item(desk: Desk, item_id: str, *, on: str, at: str, parent: str) -> Changed:
    """The strategy with the item on its new day, as a revision. Raises as `preview_item`, and StaleRevision when somebody saved meanwhile."""
    desk.context.require("save_strategy")
    _, before = look_at_item(desk, item_id)
    return change_strategy(desk.context, _changes(desk, before, on, at), note=f"“{before.item.title}” moved in the calendar", parent=parent)


def _changes(desk: Desk, before: CalendarItem, on: str, at: str) -> dict[str, Any]:
    """What the form asks for, as changes of the strategy; what it leaves empty stays."""
    if not before.may_move:
        what = "has gone out" if before.state == "gone" else "may have gone out; somebody must look first"
        raise Refused(f"“{before.item.title}” {what}, so it cannot be moved.", fix="Plan another item in its place.", code="PLAN-915")
    place = f"content.items[{before.item.id}].deliver"
    day = _day(on) if on else before.day
    if on and day != before.day and day < desk.day:
        raise InvalidInput(
            [Problem("PLAN-916", "on", desk.words.day(day), f"a day from today, {desk.words.day(desk.day)}, on", "Choose a day that has not passed.")]
        )
    changes: dict[str, Any] = {f"{place}.on": day.isoformat()}
    return changes | ({f"{place}.at": at[:5]} if at else {})


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise InvalidInput([Problem("PLAN-917", "on", f"“{text[:40]}”", "a day such as 2027-02-09", "Choose a day.")]) from error
