"""A schedule by rule, in milliseconds: tasks in an order of urgency, each as soon as it can end; several orders are tried and the best is kept."""

from __future__ import annotations

from bisect import insort
from collections.abc import Callable, Iterable, Sequence
from heapq import heapify, heappop, heappush
from math import inf

from quarterdeck.plan.workload import Job, Placement, Workload

Rank = tuple[float, ...]


class Diaries:
    """Who is taken when, in numbers of each worker's free half-days."""

    def __init__(self, workload: Workload) -> None:
        self._workload = workload
        self._taken: list[list[tuple[int, int]]] = [[] for _ in workload.workers]

    def soonest(self, j: int, ready: int) -> Placement:
        """Where job `j` ends first; of equal ends the worker of the plan before, then the one with the fewest skills, then the first."""
        job = self._workload.jobs[j]
        return min((self.gap(w, ready, half_days) for w, half_days in job.half_days.items()), key=lambda place: self._preference(job, place))

    def gap(self, w: int, ready: int, half_days: int) -> Placement:
        """The first time from slot `ready` on in which worker `w` has `half_days` free one after another."""
        free = self._workload.workers[w].free
        number = free.number(ready)
        for start, end in self._taken[w]:
            if start - number >= half_days:
                break
            number = max(number, end)
        return Placement(free.slot(number), free.slot(number + half_days - 1), w)

    def take(self, place: Placement) -> None:
        """Write a placement down."""
        insort(self._taken[place.worker], self._numbers(place))

    def release(self, place: Placement) -> None:
        """Take a placement out again."""
        self._taken[place.worker].remove(self._numbers(place))

    def is_open(self, place: Placement) -> bool:
        """Whether nothing is written down in that time."""
        start, end = self._numbers(place)
        return all(end <= taken_start or taken_end <= start for taken_start, taken_end in self._taken[place.worker])

    def _preference(self, job: Job, place: Placement) -> tuple[int, bool, int, int]:
        worker = self._workload.workers[place.worker]
        return place.end, job.previous is None or job.previous[0] != place.worker, len(worker.skills), place.worker

    def _numbers(self, place: Placement) -> tuple[int, int]:
        free = self._workload.workers[place.worker].free
        return free.number(place.start), free.number(place.end) + 1


def place_by_rule(workload: Workload) -> tuple[Placement, ...]:
    """The best of several orders by cost (late days times importance, and moves), then by earlier ends; ties go to the first order."""
    plans = [place_in_order(workload, rank) for rank in _ranks(workload)]
    if any(job.previous for job in workload.jobs):
        plans.insert(0, keep_what_fits(workload))
    return min((settle(workload, plan) for plan in plans), key=lambda plan: (workload.cost(plan), sum(place.end for place in plan)))


def place_in_order(workload: Workload, rank: Callable[[int], Rank]) -> tuple[Placement, ...]:
    """Every job as soon as it can end, lower `rank` first (then id), but none before those it waits for."""
    diaries, found = Diaries(workload), dict[int, Placement]()
    for j in _sequence(workload, rank):
        found[j] = diaries.soonest(j, workload.ready_slot(j, found))
        diaries.take(found[j])
    return tuple(found[j] for j in range(len(workload.jobs)))


def keep_what_fits(workload: Workload) -> tuple[Placement, ...]:
    """The plan before where it still holds; what no longer fits, and what is new, goes into the gaps as soon as it can end."""
    diaries, found = Diaries(workload), dict[int, Placement]()
    kept: dict[int, Placement] = {}
    latest = workload.latest_ends
    for j in _sequence(workload, lambda j: (latest[j],)):
        place = _as_before(workload, j)
        if place is not None and diaries.is_open(place):
            kept[j] = place
            diaries.take(place)
    for j in _sequence(workload, lambda j: (kept[j].start if j in kept else latest[j],)):
        ready = workload.ready_slot(j, found)
        if j in kept and kept[j].start < ready:
            diaries.release(kept.pop(j))
        if j not in kept:
            diaries.take(place := diaries.soonest(j, ready))
            kept[j] = place
        found[j] = kept[j]
    return tuple(found[j] for j in range(len(workload.jobs)))


def settle(workload: Workload, plan: Sequence[Placement]) -> tuple[Placement, ...]:
    """The same plan with every job as early as the others let it be; jobs that stay where the plan before had them are not touched."""
    diaries, found = Diaries(workload), dict(enumerate(plan))
    for place in plan:
        diaries.take(place)
    for j in sorted(found, key=lambda j: (plan[j].start, j)):
        if workload.jobs[j].previous == (found[j].worker, found[j].start):
            continue
        diaries.release(found[j])
        sooner = diaries.soonest(j, workload.ready_slot(j, found))
        found[j] = sooner if sooner.end < found[j].end else found[j]
        diaries.take(found[j])
    return tuple(found[j] for j in range(len(plan)))


def _as_before(workload: Workload, j: int) -> Placement | None:
    job = workload.jobs[j]
    if job.previous is None:
        return None
    worker, start = job.previous
    free = workload.workers[worker].free
    return Placement(start, free.slot(free.number(start) + job.half_days[worker] - 1), worker)


def _ranks(workload: Workload) -> Iterable[Callable[[int], Rank]]:
    """Orders worth trying: by latest end, by due date, by importance, and mixtures of how soon and how important."""
    jobs, latest, weight = workload.jobs, workload.latest_ends, _weights(workload)
    shortest = [min(job.half_days.values()) for job in jobs]
    yield lambda j: (latest[j], -weight[j])
    yield lambda j: (-weight[j], latest[j])
    yield lambda j: (latest[j] - 2 * weight[j], shortest[j])
    yield lambda j: (latest[j] - 5 * weight[j], shortest[j])
    yield lambda j: (latest[j] - 10 * weight[j], shortest[j])
    yield lambda j: (latest[j] - 20 * weight[j], shortest[j])
    yield lambda j: (latest[j] - shortest[j], -weight[j])
    yield lambda j: (latest[j] == inf, shortest[j] / weight[j], latest[j])


def _weights(workload: Workload) -> list[int]:
    """Importance of each job or of the most important one that waits for it."""
    weights = [job.task.importance for job in workload.jobs]
    for j in reversed(workload.order):
        weights[j] = max([weights[j], *(weights[later] for later in workload.successors[j])])
    return weights


def _sequence(workload: Workload, rank: Callable[[int], Rank]) -> Sequence[int]:
    """All jobs by rank, then id, each after those it waits for."""
    missing = [len(job.after) for job in workload.jobs]
    ready = [(rank(j), j) for j, count in enumerate(missing) if count == 0]
    heapify(ready)
    result: list[int] = []
    while ready:
        _, j = heappop(ready)
        result.append(j)
        for later in workload.successors[j]:
            missing[later] -= 1
            if missing[later] == 0:
                heappush(ready, (rank(later), later))
    return result
