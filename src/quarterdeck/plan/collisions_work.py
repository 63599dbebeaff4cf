"""PLAN-105 and PLAN-107: a person in two places at once or away, deadlines that cannot be met, and items that go out before their work is done."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import partial
from itertools import combinations

from quarterdeck.plan.collision_scene import Finding, Judge, Scene, day_of
from quarterdeck.plan.collisions_contact import MOVE_HOURS, move_item
from quarterdeck.plan.half_days import FreeTime, HalfDayAxis
from quarterdeck.plan.local_time import to_instant
from quarterdeck.plan.open_work import build_workload
from quarterdeck.plan.quarter_plan import Assignment, CalendarEntry, Fix
from quarterdeck.plan.standing import read_standing
from quarterdeck.plan.wording import join_names, quote, say_count, say_day, say_span, say_weekday
from quarterdeck.plan.work_log import WorkLogEntry
from quarterdeck.plan.workload import Workload
from quarterdeck.strategy.parts.management import Person, Task

TWICE, TOO_SOON = "PLAN-105", "PLAN-107"
READY_AT = {"morning": "13:00", "afternoon": "18:00"}
"""When work that ends with a half-day is ready, by the company's clock."""
HAND_OVER_HOURS = Decimal(2)
TALK_HOURS = Decimal(1)


def find_person_twice(scene: Scene) -> Iterator[Finding]:
    """Two tasks that hold one person at the same time, and tasks that hold somebody in days away. Only work under way can do that."""
    axis = HalfDayAxis.around(scene.quarter.first_day)
    people = {person.id: person for person in scene.strategy.management.people}
    for person in people.values():
        mine = sorted((each for each in scene.work.assignments if each.person == person.id), key=lambda each: (each.starts_on, each.task))
        for one, other in combinations(mine, 2):
            start = max(_first_slot(axis, one), _first_slot(axis, other))
            end = min(_last_slot(axis, one), _last_slot(axis, other))
            if start <= end:
                yield _twice(scene, person, (one, other), (axis.day(start), axis.day(end)))
        yield from _absences(scene, axis, person, mine)


def find_impossible_deadlines(scene: Scene) -> Iterator[Finding]:
    """Tasks that end late in the plan and would even if everybody had nothing else to do: the work takes longer than the time left to it."""
    workload = _workload(scene)
    for j, job in enumerate(workload.jobs if workload else ()):
        assignment = scene.assignments.get(job.task.id)
        if workload is None or assignment is None or not assignment.late_days or job.task.due_on is None:
            continue
        soonest = workload.axis.day(workload.earliest[j].end)
        if soonest > job.task.due_on:
            yield _impossible(scene, workload, j, soonest, assignment)


def find_not_ready(scene: Scene, judge: Judge, *, item: str | None = None) -> Iterator[Finding]:
    """One finding for each item that goes out before the last of the work it needs is planned to end, or whose work nobody can do."""
    for entry in scene.entries if item is None else [scene.entry[item]]:
        needs = scene.items[entry.item].needs
        stuck = [task for task in needs if task in scene.work.unassignable]
        late = [each for task in needs if (each := scene.assignments.get(task)) and ready_at(scene, each) > entry.at]
        if stuck:
            day, task = day_of(entry), scene.tasks[stuck[0]]
            sentence = f"{quote(entry.title)} goes out on {say_weekday(day)} and needs {quote(task.title)}, which nobody here can do."
            yield Finding(TOO_SOON, (entry.item, task.id), day, day, sentence, partial(_find_somebody, scene, task))
        elif late:
            last = max(late, key=lambda each: (ready_at(scene, each), each.task))
            yield _not_ready(scene, judge, entry, last)


def ready_at(scene: Scene, assignment: Assignment) -> datetime:
    """The instant at which planned work is done."""
    return to_instant(assignment.ends_on, READY_AT[assignment.end_half], scene.strategy.company.timezone)


def _absences(scene: Scene, axis: HalfDayAxis, person: Person, booked: list[Assignment]) -> Iterator[Finding]:
    for each in booked:
        span = _first_slot(axis, each), _last_slot(axis, each) + 1
        away = [
            (max(a.first_day, each.starts_on), min(a.last_day, each.ends_on))
            for a in person.away
            if a.first_day <= each.ends_on and a.last_day >= each.starts_on
        ]
        free = FreeTime.without(span[0], [axis.slots_of(first, last) for first, last in away])
        if each.state == "started" and free.count(*span) < each.half_days:
            yield _while_away(scene, person, each, away)


def _twice(scene: Scene, person: Person, both: tuple[Assignment, Assignment], span: tuple[date, date]) -> Finding:
    titles = [quote(_title(scene, each)) for each in both]
    sentence = f"{person.name or person.id.capitalize()} is on {titles[0]} and {titles[1]} at once {say_span(*span)}."

    def ways_out() -> Iterator[Fix]:
        yield Fix(text=f"Finish {titles[0]} first and say so in the work log; {titles[1]} then ends later.", change={}, cost_hours=TALK_HOURS)
        yield Fix(text=f"Hand {titles[1]} over to {_somebody_else(scene, person, both[1])}.", change={}, cost_hours=HAND_OVER_HOURS)

    return Finding(TWICE, (both[0].task, both[1].task), *span, sentence, ways_out)


def _while_away(scene: Scene, person: Person, assignment: Assignment, away: list[tuple[date, date]]) -> Finding:
    name, title = person.name or person.id.capitalize(), quote(_title(scene, assignment))
    days = join_names([say_span(first, last) for first, last in away])
    sentence = f"{name} is planned for {title} {say_span(assignment.starts_on, assignment.ends_on)} but is away {days}."

    def ways_out() -> Iterator[Fix]:
        yield Fix(text=f"Let {title} end later, and say so in the work log with the hours done so far.", change={}, cost_hours=TALK_HOURS)
        yield Fix(text=f"Hand {title} over to {_somebody_else(scene, person, assignment)}.", change={}, cost_hours=HAND_OVER_HOURS)

    return Finding(TWICE, (assignment.task, person.id), away[0][0], away[-1][1], sentence, ways_out)


def _impossible(scene: Scene, workload: Workload, j: int, soonest: date, assignment: Assignment) -> Finding:
    task = workload.jobs[j].task
    assert task.due_on is not None  # only tasks with a due date come here
    held_until = _held_until(scene, workload, j)
    after = () if held_until else workload.jobs[j].after
    before = [workload.jobs[each].task for each in sorted(after, key=lambda each: (-workload.earliest[each].end, each))]
    wait = f" after {quote(before[0].title)} it" if before else f" it may not start before {say_weekday(held_until)} and" if held_until else " it"
    verb = "was due" if task.due_on <= scene.settled else "is due"
    sentence = f"{quote(task.title)} {verb} on {say_weekday(task.due_on)}, but{wait} cannot be done before {say_weekday(soonest)}, whoever does it."
    days = (soonest - task.due_on).days

    def ways_out() -> Iterator[Fix]:
        yield Fix(
            text=f"Make {quote(task.title)} due on {say_weekday(assignment.ends_on)}, when the plan has it done.",
            change={f"management.tasks[{task.id}].due_on": assignment.ends_on.isoformat()},
            cost_hours=MOVE_HOURS,
        )
        if before:
            yield Fix(text=f"Start {quote(task.title)} before {quote(before[0].title)} is done.", change={}, cost_hours=TALK_HOURS)
        if held_until:
            yield Fix(text=f"Let {quote(task.title)} start before {say_weekday(held_until)}.", change={}, cost_hours=TALK_HOURS)
        less = say_count(days, "day", "days")
        yield Fix(text=f"Do less: cut {less} out of it or of the work before it.", change={}, cost_hours=HAND_OVER_HOURS)

    return Finding(TOO_SOON, (task.id, *(each.id for each in before[:1])), task.due_on, soonest, sentence, ways_out)


def _held_until(scene: Scene, workload: Workload, j: int) -> date | None:
    """The earliest day of a task that could begin sooner without it; None when something else holds it longer."""
    job = workload.jobs[j]
    day = job.task.not_before
    if day is None or job.is_started or day <= scene.settled + timedelta(days=1):
        return None
    slot = workload.axis.first_slot(day)
    return day if job.ready == slot and all(workload.earliest[before].end + 1 < slot for before in job.after) else None


def _not_ready(scene: Scene, judge: Judge, entry: CalendarEntry, last: Assignment) -> Finding:
    day, task = day_of(entry), scene.tasks[last.task]
    by = f" by {_person_name(scene, last.person)}" if last.person else ""
    when = f"{say_weekday(last.ends_on)} at {READY_AT[last.end_half]}" if last.ends_on == day else say_weekday(last.ends_on)
    sentence = (
        f"{quote(entry.title)} goes out on {say_weekday(day)} at {entry.local[11:16]}, but {quote(task.title)} is planned to be done{by} on {when}."
    )

    def ways_out() -> Iterator[Fix]:
        move = move_item(scene, judge, entry) if scene.is_open(day) else None
        if move:
            yield move
        yield Fix(
            text=f"Put other work off so that {quote(task.title)} ({task.effort_hours} hours) is done before {say_day(day)}.",
            change={},
            cost_hours=task.effort_hours,
        )
        yield Fix(text=f"Let {quote(entry.title)} go out without {quote(task.title)}, if it can.", change={}, cost_hours=TALK_HOURS)
        yield from _outside(scene, task)

    return Finding(TOO_SOON, (entry.item, task.id), min(day, last.ends_on), max(day, last.ends_on), sentence, ways_out)


def _find_somebody(scene: Scene, task: Task) -> Iterator[Fix]:
    skills = join_names([skill.replace("_", " ").replace("-", " ") for skill in task.skills]) or "time"
    yield Fix(text=f"Find somebody with {skills} for {task.effort_hours} hours.", change={}, cost_hours=task.effort_hours)
    yield Fix(text=f"Write {quote(task.title)} out of what the item needs, if it can go out without.", change={}, cost_hours=TALK_HOURS)


def _outside(scene: Scene, task: Task) -> Iterator[Fix]:
    """The cheapest external team whose people have the skills and whose price is known."""
    teams = [
        team
        for team in scene.strategy.management.teams
        if team.external and team.rate is not None and any(set(task.skills) <= set(person.skills) for person in team.people)
    ]
    if teams:
        team = min(teams, key=lambda team: (team.rate or Decimal(0), team.id))
        yield Fix(
            text=f"Have {quote(task.title)} done by {team.name or team.id}.",
            change={},
            cost_hours=TALK_HOURS,
            cost_money=task.effort_hours * (team.rate or Decimal(0)),
        )


def _workload(scene: Scene) -> Workload | None:
    """The open work again, read back from the plan: what is neither planned nor stuck is done or does not matter. None when nothing is planned."""
    starts = [each.starts_on for each in scene.work.assignments if each.state == "planned"]
    if not starts:
        return None
    as_of = min(starts) - timedelta(days=1)
    open_tasks = {*scene.assignments, *scene.work.unassignable}
    log = [WorkLogEntry(task.id, "task", "done", as_of) for task in scene.strategy.management.tasks if task.id not in open_tasks]
    log += [
        WorkLogEntry(each.task, "task", "started", min(each.starts_on, as_of), each.person)
        for each in scene.work.assignments
        if each.state == "started"
    ]
    standing = read_standing(scene.strategy, scene.quarter, as_of=as_of, log=log, company_holidays=tuple(scene.holidays), previous=scene.work)
    return build_workload(standing)


def _first_slot(axis: HalfDayAxis, assignment: Assignment) -> int:
    return axis.first_slot(assignment.starts_on, assignment.start_half)


def _last_slot(axis: HalfDayAxis, assignment: Assignment) -> int:
    return axis.first_slot(assignment.ends_on, assignment.end_half)


def _title(scene: Scene, assignment: Assignment) -> str:
    return scene.tasks[assignment.task].title if assignment.task in scene.tasks else assignment.task


def _person_name(scene: Scene, person_id: str | None) -> str:
    return next((person.name or person.id.capitalize() for person in scene.strategy.management.people if person.id == person_id), person_id or "")


def _somebody_else(scene: Scene, person: Person, assignment: Assignment) -> str:
    """Who else has the skills, by name."""
    skills = set(scene.tasks[assignment.task].skills) if assignment.task in scene.tasks else set()
    others = [
        other.name or other.id.capitalize() for other in scene.strategy.management.people if other.id != person.id and skills <= set(other.skills)
    ]
    return " or ".join(others[:3]) or "somebody from outside"
