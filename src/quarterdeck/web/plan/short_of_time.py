"""Whose weeks hold more work than time."""

from __future__ import annotations

from datetime import date

from quarterdeck.operations.plan.look_at_work import WorkNow
from quarterdeck.plan.quarter_plan import Overload
from quarterdeck.plan.ways_to_fit import people_able
from quarterdeck.strategy.parts.management import Person


def short_of_time(work: WorkNow) -> dict[str, tuple[date, ...]]:
    """By person: Mondays of the weeks in which there is more work for them than hours."""
    found: dict[str, tuple[date, ...]] = {}
    tasks = {task.id: task for task in work.now.strategy.management.tasks}
    for overload in work.overloads:
        for person in people_able(work.now.strategy, [tasks[ref] for ref in overload.tasks if ref in tasks]):
            if _concerns(work, overload, person):
                found[person.id] = (*found.get(person.id, ()), *overload.weeks)
    return found


def _concerns(work: WorkNow, overload: Overload, person: Person) -> bool:
    """An overload of people who are named is not the others'; one of a skill, or of the team, is everybody's who can help."""
    named = [each.id for each in work.now.strategy.management.people if (each.name or each.id.capitalize()) in overload.who]
    return not named or person.id in named
