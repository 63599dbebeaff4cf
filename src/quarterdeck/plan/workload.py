"""Workload: the open work of a quarter in numbers: jobs, the people who can do them and when they are free. What rule and solver both read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cached_property
from math import inf

from quarterdeck.plan.half_days import FreeTime, HalfDayAxis, calendar_days
from quarterdeck.plan.quarter_plan import Assignment, Overload, WorkPlan
from quarterdeck.strategy.parts.management import Task


@dataclass(frozen=True)
class Worker:
    """A person with the half-days that are still free: no absence, no company holiday, no work under way."""

    id: str
    name: str
    skills: frozenset[str]
    half_day_hours: Fraction
    """Hours of work in a half-day: a tenth of the week's."""
    free: FreeTime


@dataclass(frozen=True)
class Job:
    """An open task in numbers. Indices point into `Workload.jobs` and `Workload.workers`."""

    task: Task
    half_days: Mapping[int, int]
    """Worker -> half-days the work takes that worker; only workers who have the skills. Never empty."""
    after: tuple[int, ...]
    """Jobs that end before it starts."""
    ready: int
    """First slot in which it may start: after the day of planning, not before its own earliest day, after the work under way that it waits for."""
    due_on: date | None
    hours: Fraction
    """What is left to do: the effort less the hours written down."""
    is_started: bool
    previous: tuple[int, int] | None
    """Worker and first slot in the plan before, when both are still possible."""


@dataclass(frozen=True, order=True, slots=True)
class Placement:
    """Where a job lies: its first and last slot on the axis and who does it."""

    start: int
    end: int
    worker: int


Placements = Sequence[Placement]
"""One for each job, in the order of `Workload.jobs`."""


@dataclass(frozen=True)
class Workload:
    """Everything that a schedule is a function of. Jobs are sorted by id, workers in the order of the strategy."""

    axis: HalfDayAxis
    first_open: int
    """The first slot about which something can still be decided."""
    quarter_last_day: date
    workers: tuple[Worker, ...]
    jobs: tuple[Job, ...]
    under_way: tuple[Assignment, ...]
    """Started tasks: they keep their person and time."""
    unassignable: tuple[Task, ...]
    """Tasks that nobody can do, and those that wait for them; by id."""
    importance: Mapping[str, int]

    def late_days(self, job: int, end: int) -> int:
        """Calendar days after its due date when `job` ends in slot `end`; 0 without one."""
        due = self.due_days[job]
        return 0 if due is None else max(0, calendar_days(end) - due)

    def lateness(self, placements: Placements) -> int:
        """Sum over open jobs of late days times importance."""
        return sum(self.late_days(j, place.end) * self.jobs[j].task.importance for j, place in enumerate(placements))

    def moves(self, placements: Placements) -> int:
        """How many jobs leave the person or the start of the plan before."""
        return sum(job.previous is not None and job.previous != (place.worker, place.start) for job, place in zip(self.jobs, placements, strict=True))

    def cost(self, placements: Placements) -> int:
        """What rule and solver make small first: weighted lateness, and one for every move, as for one late day of the least importance."""
        return self.lateness(placements) + self.moves(placements)

    @cached_property
    def due_days(self) -> tuple[int | None, ...]:
        """Calendar days from the origin of the axis to each job's due date."""
        return tuple(None if job.due_on is None else (job.due_on - self.axis.origin).days for job in self.jobs)

    @cached_property
    def successors(self) -> tuple[tuple[int, ...], ...]:
        """For each job, the jobs that wait for it."""
        waiting: list[list[int]] = [[] for _ in self.jobs]
        for j, job in enumerate(self.jobs):
            for before in job.after:
                waiting[before].append(j)
        return tuple(tuple(row) for row in waiting)

    @cached_property
    def order(self) -> tuple[int, ...]:
        """All jobs, each after those it waits for."""
        missing = [len(job.after) for job in self.jobs]
        ready = [j for j, count in enumerate(missing) if count == 0]
        result: list[int] = []
        while ready:
            j = ready.pop()
            result.append(j)
            for later in self.successors[j]:
                missing[later] -= 1
                if missing[later] == 0:
                    ready.append(later)
        return tuple(result)

    @cached_property
    def earliest(self) -> tuple[Placement, ...]:
        """Each job as if nobody had anything else to do: no schedule can end it sooner (start of the soonest end, soonest end, by whom)."""
        found: dict[int, Placement] = {}
        for j in self.order:
            ready = self.ready_slot(j, found)
            found[j] = min(
                (place_alone(self.workers[w], w, ready, half_days) for w, half_days in self.jobs[j].half_days.items()),
                key=lambda place: (place.end, place.start, place.worker),
            )
        return tuple(found[j] for j in range(len(self.jobs)))

    @cached_property
    def latest_ends(self) -> tuple[float, ...]:
        """The last slot in which each job may end so that neither it nor anything that waits for it need be late; infinite when nothing is due."""
        latest = [inf] * len(self.jobs)
        for j in reversed(self.order):
            due_on = self.jobs[j].due_on
            own = inf if due_on is None else self.axis.last_slot(due_on)
            latest[j] = min([own, *(latest[later] - min(self.jobs[later].half_days.values()) for later in self.successors[j])])
        return tuple(latest)

    def ready_slot(self, j: int, placed: Mapping[int, Placement]) -> int:
        """The first slot in which `j` may start once what it waits for is placed."""
        job = self.jobs[j]
        return max([job.ready, *(placed[before].end + 1 for before in job.after)])

    @cached_property
    def bound(self) -> int:
        """No schedule can be later than this in sum: late days that even an empty diary does not prevent, times importance."""
        return self.lateness(self.earliest)

    @property
    def lateness_under_way(self) -> int:
        """Late days times importance of the started tasks; nothing can be decided about them."""
        return sum(done.late_days * self.importance[done.task] for done in self.under_way)


def place_alone(worker: Worker, index: int, ready: int, half_days: int) -> Placement:
    """The soonest that `worker` can do `half_days` from slot `ready` on, with an empty diary."""
    number = worker.free.number(ready)
    return Placement(worker.free.slot(number), worker.free.slot(number + half_days - 1), index)


def to_work_plan(workload: Workload, placements: Placements, *, bound: int, is_solved: bool, overloads: tuple[Overload, ...]) -> WorkPlan:
    """The schedule as a WorkPlan: assignments by start, end and task; `bound` counts open jobs alone and is raised by the work under way."""
    assignments = [*workload.under_way, *(_assignment(workload, j, place) for j, place in enumerate(placements))]
    return WorkPlan(
        assignments=tuple(sorted(assignments, key=lambda each: (each.starts_on, each.start_half == "afternoon", each.ends_on, each.task))),
        unassignable=tuple(task.id for task in workload.unassignable),
        overloads=overloads,
        weighted_lateness=workload.lateness(placements) + workload.lateness_under_way,
        bound=bound + workload.lateness_under_way,
        method="solver" if is_solved else "rule",
    )


def _assignment(workload: Workload, j: int, place: Placement) -> Assignment:
    job, axis = workload.jobs[j], workload.axis
    ends_on = axis.day(place.end)
    return Assignment(
        task=job.task.id,
        person=workload.workers[place.worker].id,
        starts_on=axis.day(place.start),
        start_half=axis.half(place.start),
        ends_on=ends_on,
        end_half=axis.half(place.end),
        half_days=job.half_days[place.worker],
        due_on=job.due_on,
        late_days=workload.late_days(j, place.end),
        state="started" if job.is_started else "planned",
        in_quarter=ends_on <= workload.quarter_last_day,
    )
