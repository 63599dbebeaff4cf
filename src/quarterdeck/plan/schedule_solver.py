"""A better schedule than the rule's: CP-SAT on the whole when it is small, then on one neighbourhood of late work after another.

The same input and seed give the same plan: one worker, limits in deterministic work, no clock. OR-Tools is imported when the solver is called: it
costs more than a second, and must never share a process with highspy.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from quarterdeck.plan.schedule_rule import settle
from quarterdeck.plan.workload import Placement, Workload

if TYPE_CHECKING:
    import numpy as np

WORK_PER_JOB = 0.005
"""Deterministic work (CP-SAT's own unit) for each job at effort 1; one unit takes about four seconds."""
LEAST_WORK = 0.05
WORK_OF_A_ROUND = 0.002
"""What building a neighbourhood costs beside solving it."""
LARGEST_WHOLE = 120
"""Up to so many jobs the whole is solved in one model: above that it costs seconds and finds nothing."""
SHARE_OF_WHOLE = 0.5
NEIGHBOURHOODS = ((20, 0.01, False), (20, 0.01, True), (30, 0.02, False), (30, 0.02, True))
"""Jobs set free, deterministic work for them, and whether they come from one chain of tasks first."""
WEEKS_OF_ROOM = 4


@dataclass(frozen=True)
class Answer:
    """A valid schedule that costs no more than the one it started from; no schedule of the open jobs is less late in sum than `bound`."""

    placements: tuple[Placement, ...]
    bound: int


def improve(workload: Workload, plan: tuple[Placement, ...], *, seed: int, effort: float) -> Answer:
    """`plan` made less costly (late days times importance, and moves) within `effort` (1 is ordinary: about a second for 60 jobs, 7 for 300)."""
    work = max(LEAST_WORK, WORK_PER_JOB * len(workload.jobs)) * effort
    if len(workload.jobs) > LARGEST_WHOLE:
        return Answer(_improve_in_parts(workload, plan, work, seed), workload.bound)
    everything = range(len(workload.jobs))
    solved = _solve(workload, plan, everything, work * SHARE_OF_WHOLE, seed, is_whole=True)
    plan, bound, used = settle(workload, solved.plan), max(workload.bound, solved.bound), solved.work
    if not solved.is_proven:
        plan = _improve_in_parts(workload, plan, work - used, seed)
    if any(job.previous for job in workload.jobs):
        # Moves cost something too, so that the figure above says little about lateness alone: that is asked for by itself.
        free = replace(workload, jobs=tuple(replace(job, previous=None) for job in workload.jobs))
        bound = max(bound, _solve(free, plan, everything, work * SHARE_OF_WHOLE, seed, is_whole=True).bound)
    return Answer(plan, bound)


@dataclass(frozen=True)
class _Solved:
    plan: tuple[Placement, ...]
    bound: int
    """On weighted lateness, over all schedules; only meant when the whole was solved."""
    is_proven: bool
    work: float


def _solve(workload: Workload, plan: tuple[Placement, ...], jobs: range | list[int], work: float, seed: int, *, is_whole: bool) -> _Solved:
    """The plan with `jobs` placed anew at the least cost found; `plan` itself when nothing was found in time."""
    from math import ceil

    from ortools.sat.python import cp_model

    from quarterdeck.plan.schedule_model import ScheduleModel

    model = ScheduleModel(workload, plan, jobs, horizon_of(workload, plan, is_whole=is_whole))
    solver = cp_model.CpSolver()
    options = solver.parameters
    options.num_workers, options.random_seed, options.max_deterministic_time = 1, seed % 2**31, work
    options.cp_model_probing_level, options.max_presolve_iterations, options.symmetry_level = 0, 1, 0
    if is_whole:
        options.interleave_search = True
    else:
        options.linearization_level = 0
    status = solver.solve(model.model)
    spent = solver.response_proto.deterministic_time
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return _Solved(plan, workload.bound, False, spent)
    found = model.read(solver)
    # Every job of the plan before may add one move to the solver's figure, but not to lateness.
    bound = ceil(solver.best_objective_bound - 1e-6) - sum(job.previous is not None for job in workload.jobs)
    return _Solved(found if workload.cost(found) <= workload.cost(plan) else plan, bound, status == cp_model.OPTIMAL, spent)


def horizon_of(workload: Workload, plan: tuple[Placement, ...], *, is_whole: bool) -> int:
    """The last slot that the solver may use. For the whole, so far that a schedule beyond it cannot be less late than `plan`."""
    end = max(place.end for place in plan) + WEEKS_OF_ROOM * 10
    if not is_whole:
        return end
    longest = sum(max(job.half_days.values()) for job in workload.jobs)
    blocked = sum(length for worker in workload.workers for _, length in worker.free.pauses)
    return max(end, max(job.ready for job in workload.jobs) + longest + blocked)


def _improve_in_parts(workload: Workload, plan: tuple[Placement, ...], work: float, seed: int) -> tuple[Placement, ...]:
    """Free a late job and what lies around it, solve that, keep it when it costs no more; again until the work is used up."""
    import numpy as np

    rng = np.random.default_rng(seed)
    chains, turn = _chains(workload), 0
    while work > 0 and workload.cost(plan) > workload.bound:
        size, limit, is_chain_first = NEIGHBOURHOODS[turn % len(NEIGHBOURHOODS)]
        jobs = _neighbourhood(workload, plan, rng, size, chains if is_chain_first else None)
        solved = _solve(workload, plan, jobs, min(limit, work), seed + turn, is_whole=False)
        plan = settle(workload, solved.plan) if solved.plan != plan else plan
        work -= solved.work + WORK_OF_A_ROUND
        turn += 1
    return plan


def _neighbourhood(workload: Workload, plan: tuple[Placement, ...], rng: np.random.Generator, size: int, chains: list[int] | None) -> list[int]:
    """A costly job drawn by its cost, and the jobs nearest in time: of workers who could do it, or of its chain of tasks first."""
    costs = [
        workload.late_days(j, place.end) * job.task.importance + (job.previous not in (None, (place.worker, place.start)))
        for j, (job, place) in enumerate(zip(workload.jobs, plan, strict=True))
    ]
    centre = int(rng.choice(len(plan), p=[cost / sum(costs) for cost in costs]))
    able, end = workload.jobs[centre].half_days, plan[centre].end
    jitter = rng.random(len(plan)) * 20

    def distance(j: int) -> float:
        apart = abs(plan[j].end - end)
        if chains is None:
            return float(apart + jitter[j] + (0 if plan[j].worker in able else 15) + (30 if plan[j].start > end + 20 else 0))
        return float(apart / 2 + jitter[j] + (-40 if chains[j] == chains[centre] else 0 if plan[j].worker in able else 40))

    nearest = sorted((j for j in range(len(plan)) if j != centre), key=lambda j: (distance(j), j))
    return [centre, *nearest[: size - 1]]


def _chains(workload: Workload) -> list[int]:
    """A number for each job, the same for jobs that wait for each other directly or through others."""
    chain = list(range(len(workload.jobs)))
    for j, job in enumerate(workload.jobs):
        for before in job.after:
            old, new = chain[before], chain[j]
            chain = [new if each == old else each for each in chain]
    return chain
