"""Where there is more to do than time: windows in which work needs more hours than the people who can do it have, said in sentences."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import accumulate
from math import inf, lcm

from quarterdeck.kernel.periods import weeks_between
from quarterdeck.plan.quarter_plan import Overload
from quarterdeck.plan.wording import join_names, quote, say_count, say_span, sentence_case, to_hours
from quarterdeck.plan.workload import Placements, Workload
from quarterdeck.strategy.parts.management import Task

MOST_OF_A_GROUP = 3
"""Windows that are named for one group of people, at most."""


@dataclass(frozen=True)
class _Window:
    """Work that must lie between two slots and needs more hours than its people have there."""

    people: frozenset[int]
    first: int
    last: int
    jobs: tuple[int, ...]
    needed: Fraction
    available: Fraction

    @property
    def excess(self) -> Fraction:
        return self.needed - self.available


def find_overloads(workload: Workload, placements: Placements) -> tuple[Overload, ...]:
    """What nobody can do, then windows in which somebody, a skill or the team has more work than hours; worst first.

    A task must lie between the first slot in which it can start and the last in which it may end, so that nothing due is late and what has no due
    date and can start within the quarter is done within it. Hours are effort, not rounded up to half-days; hours available leave out absences, holidays and work under
    way. Such a window proves that something in it cannot be on time, whoever plans it.
    """
    windows = [window for people in _groups(workload) for window in _windows(workload, people)]
    windows.sort(key=lambda window: (len(window.people), -window.excess, window.first, sorted(window.people)))
    kept: list[_Window] = []
    for window in windows:
        inside = sum((each.excess for each in kept if each.people < window.people and set(each.jobs) <= set(window.jobs)), Fraction(0))
        if window.excess > inside:
            kept.append(window)
    kept.sort(key=lambda window: (-window.excess, window.first, sorted(window.people)))
    return (*_nobody(workload), *(_say(workload, placements, window) for window in kept))


def _groups(workload: Workload) -> list[frozenset[int]]:
    """Everybody who can do some task, and the whole team."""
    groups = {frozenset(job.half_days) for job in workload.jobs}
    if groups:
        groups.add(frozenset(w for group in groups for w in group))
    return sorted(groups, key=lambda group: (len(group), sorted(group)))


def _windows(workload: Workload, people: frozenset[int]) -> list[_Window]:
    """The window of greatest excess, then the next one that does not touch it, and so on."""
    mine = [(j, *_room(workload, j)) for j, job in enumerate(workload.jobs) if set(job.half_days) <= people and not _is_of_later(workload, j)]
    found: list[_Window] = []
    while mine and len(found) < MOST_OF_A_GROUP:
        worst = _worst(workload, people, mine)
        if worst is None:
            break
        found.append(worst)
        mine = [(j, first, last) for j, first, last in mine if last < worst.first or first > worst.last]
    return found


def _is_of_later(workload: Workload, j: int) -> bool:
    """Whether nothing is due that needs the job and it may not start within the quarter: then it does not belong to this one."""
    ready = workload.ready_slot(j, dict(enumerate(workload.earliest)))
    return workload.latest_ends[j] == inf and workload.axis.day(ready) > workload.quarter_last_day


def _room(workload: Workload, j: int) -> tuple[int, int]:
    """First slot in which a job can start and last in which it may end; one that has no time left at all may end as soon as it can."""
    first = workload.ready_slot(j, dict(enumerate(workload.earliest)))
    last = min(workload.latest_ends[j], workload.axis.last_slot(workload.quarter_last_day))
    return first, int(last) if last >= first else workload.earliest[j].end


def _worst(workload: Workload, people: frozenset[int], jobs: Sequence[tuple[int, int, int]]) -> _Window | None:
    """The window with the greatest excess of hours; of equal ones the shortest, then the first. None when everything fits."""
    by_end = sorted(jobs, key=lambda job: (job[2], job[0]))
    start = workload.first_open
    # Whole numbers of the smallest fraction of an hour: exact, and far faster than fractions.
    unit = lcm(*(workload.workers[w].half_day_hours.denominator for w in people), *(workload.jobs[j].hours.denominator for j, _, _ in jobs))
    hours = {j: int(workload.jobs[j].hours * unit) for j, _, _ in jobs}
    a_slot = [(workload.workers[w].free, int(workload.workers[w].half_day_hours * unit)) for w in sorted(people)]
    free = list(accumulate((sum(each for free, each in a_slot if free.is_free(slot)) for slot in range(start, by_end[-1][2] + 1)), initial=0))
    worst: tuple[int, int, int, int] | None = None
    for first in sorted({job[1] for job in jobs}):
        needed = 0
        for j, ready, last in by_end:
            if ready < first:
                continue
            needed += hours[j]
            excess = needed - (free[last + 1 - start] - free[first - start])
            if excess > 0 and (worst is None or (-excess, last - first, first, last) < worst):
                worst = (-excess, last - first, first, last)
    if worst is None:
        return None
    excess, _, first, last = worst
    inside = tuple(j for j, ready, end in jobs if ready >= first and end <= last)
    total = sum((workload.jobs[j].hours for j in inside), Fraction(0))
    return _Window(people, first, last, inside, total, total + Fraction(excess, unit))


def _say(workload: Workload, placements: Placements, window: _Window) -> Overload:
    first_day, last_day = workload.axis.day(window.first), workload.axis.day(window.last)
    tasks = [workload.jobs[j].task for j in window.jobs]
    needed, available = to_hours(window.needed), to_hours(window.available)
    names = join_names([workload.workers[w].name for w in sorted(window.people)])
    skills = _shared_skills(tasks)
    span = say_span(first_day, last_day)
    if len(window.people) > 1 and not skills:
        who = "the team" if len(window.people) == len(workload.workers) else names
        has = "has" if who == "the team" else "have"
        load = f"{sentence_case(who)} {has} {needed} hours of work {span} and {available} hours free."
    elif skills:
        who = skills
        joint = f"{names} have {available} together" if len(window.people) > 1 else f"{names} has {available}"
        load = f"{sentence_case(skills)} needs {needed} hours {span}; {joint}."
    else:
        who, load = names, f"{names} has {needed} hours of work {span} and {available} hours free."
    return Overload(
        who=who,
        needed_hours=needed,
        available_hours=available,
        weeks=weeks_between(first_day, last_day),
        tasks=tuple(task.id for task in tasks),
        sentence=load + _consequence(workload, placements, window),
    )


def _shared_skills(tasks: Sequence[Task]) -> str:
    """The skills that every one of the tasks needs, in words; "" when they share none."""
    shared = set(tasks[0].skills).intersection(*(task.skills for task in tasks))
    return join_names([skill.replace("_", " ").replace("-", " ") for skill in sorted(shared)])


def _consequence(workload: Workload, placements: Placements, window: _Window) -> str:
    """How many of the tasks, and of those that wait for them, end late or after the quarter in the schedule at hand."""
    concerned, queue = set[int](), list(window.jobs)
    while queue:
        j = queue.pop()
        if j not in concerned:
            concerned.add(j)
            queue += workload.successors[j]
    late = {j for j in concerned if workload.late_days(j, placements[j].end)}
    after = {j for j in concerned - late if workload.axis.day(placements[j].end) > workload.quarter_last_day}
    said = ""
    if late:
        said += f" {sentence_case(say_count(len(late), 'task ends late', 'tasks end late'))}."
    if after:
        said += f" {sentence_case(say_count(len(after), 'task ends', 'tasks end'))} after the quarter."
    return said


def _nobody(workload: Workload) -> Iterable[Overload]:
    """One sentence for each set of skills that nobody has whole."""
    stuck = {task.id for task in workload.unassignable}
    causes = [
        task
        for task in workload.unassignable
        if not any(before in stuck for before in task.after) or not any(set(task.skills) <= worker.skills for worker in workload.workers)
    ]
    for skills in sorted({tuple(sorted(task.skills)) for task in causes}):
        mine = [task for task in causes if tuple(sorted(task.skills)) == skills]
        hours = to_hours(sum((Fraction(task.effort_hours) for task in mine), Fraction(0)))
        words = join_names([skill.replace("_", " ").replace("-", " ") for skill in skills])
        reason = "Nobody is there" if not workload.workers else f"Nobody has {words} together" if len(skills) > 1 else f"Nobody has {words}"
        if any(set(skills) <= worker.skills for worker in workload.workers):
            reason = "Nobody has the hours within five years"
        waiting = len(_waiting_for(mine, workload.unassignable)) - len(mine)
        behind = f" {sentence_case(say_count(waiting, 'task waits', 'tasks wait'))} for that and cannot be planned either." if waiting else ""
        sentence = f"{reason}, so {join_names([quote(task.title) for task in mine])} ({hours} hours) cannot be planned.{behind}"
        yield Overload(
            who=words or "the team",
            needed_hours=hours,
            available_hours=to_hours(Fraction(0)),
            weeks=(),
            tasks=tuple(task.id for task in mine),
            sentence=sentence,
        )


def _waiting_for(causes: Sequence[Task], stuck: Sequence[Task]) -> set[str]:
    found = {task.id for task in causes}
    while more := {task.id for task in stuck if task.id not in found and found & set(task.after)}:
        found |= more
    return found
