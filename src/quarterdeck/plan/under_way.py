"""Tasks that somebody has begun: they keep their person and time, and nothing else is planned on top of them."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import ceil

from quarterdeck.plan.half_days import FreeTime, Half, HalfDayAxis
from quarterdeck.plan.quarter_plan import Assignment
from quarterdeck.plan.standing import Standing, TaskState
from quarterdeck.strategy.parts.management import Person, Task


def half_days_needed(hours: Fraction, person: Person) -> int:
    """Half-days that `hours` of work take `person`, who has a tenth of the week's hours in each; at least 1."""
    return max(1, ceil(hours * 10 / Fraction(person.hours_per_week)))


def continue_started(standing: Standing) -> tuple[Assignment, ...]:
    """One assignment for each started task whose person is known (from the log, or else from the plan before), by id.

    It runs from the day it was started. When the plan before had the same person start on that day and its end is still ahead, that end is kept;
    otherwise what is left is counted: the effort less the hours written down, or less the half-days since the start when no hours were; at
    least one half-day, because nobody said that it is done. Two of them may overlap: that is said as a collision, not hidden.
    """
    started = ((task, standing.states[task.id], person_of(standing, task.id)) for task in standing.tasks.values() if standing.is_started(task.id))
    return tuple(_continue(standing, task, state, person) for task, state, person in started if person is not None)


def person_of(standing: Standing, task_id: str) -> Person | None:
    """Who has begun the task, or None when neither the log nor the plan before says."""
    state, before = standing.states.get(task_id), standing.before.get(task_id)
    named = (state.person if state else None) or (before.person if before else None)
    return standing.people.get(named) if named else None


def busy_slots(axis: HalfDayAxis, person_id: str, under_way: Sequence[Assignment]) -> tuple[tuple[int, int], ...]:
    """Spans of slots that a person's started tasks take."""
    return tuple(
        (axis.first_slot(each.starts_on, each.start_half), axis.first_slot(each.ends_on, each.end_half) + 1)
        for each in under_way
        if each.person == person_id
    )


def _continue(standing: Standing, task: Task, state: TaskState, person: Person) -> Assignment:
    started_on = state.started_on
    assert started_on is not None  # only started tasks come here
    before = standing.before.get(task.id)
    if before is not None and (before.person != person.id or before.starts_on != started_on):
        before = None
    half: Half = before.start_half if before else "morning"
    end, half_days = _kept_time(standing, before) if state.hours is None else None, before.half_days if before else 0
    if end is None:
        start = standing.axis.first_slot(started_on, half)
        free = FreeTime.without(min(start, standing.first_open), standing.blocked[person.id])
        worked = free.count(start, standing.first_open)
        effort = Fraction(task.effort_hours)
        left = max(1, half_days_needed(effort, person) - worked if state.hours is None else half_days_needed(effort - Fraction(state.hours), person))
        end, half_days = free.slot(free.number(standing.first_open) + left - 1), worked + left
    ends_on, due_on = standing.axis.day(end), standing.due[task.id]
    return Assignment(
        task=task.id,
        person=person.id,
        starts_on=started_on,
        start_half=half,
        ends_on=ends_on,
        end_half=standing.axis.half(end),
        half_days=half_days,
        due_on=due_on,
        late_days=max(0, (ends_on - due_on).days) if due_on else 0,
        state="started",
        in_quarter=ends_on <= standing.quarter.last_day,
    )


def _kept_time(standing: Standing, before: Assignment | None) -> int | None:
    """The last slot of the plan before, while it is still ahead."""
    if before is None:
        return None
    end = standing.axis.first_slot(before.ends_on, before.end_half)
    return end if end >= standing.first_open else None
