"""The schedule as a CP-SAT model: some jobs are free, the others stay where a complete plan has them, and that plan is the hint of every variable.

Each person is one machine on their own free half-days (fixed-size intervals), so that absences cost nothing to search; slots of the shared axis
follow from them by one literal for each absence that a job could meet. Import this module only inside the solving function: it brings OR-Tools.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from ortools.sat.python import cp_model

from quarterdeck.plan.half_days import SLOTS_PER_DAY, SLOTS_PER_WEEK, FreeTime
from quarterdeck.plan.workload import Placement, Placements, Workload

DAYS_PER_WORKING_WEEK = SLOTS_PER_WEEK // SLOTS_PER_DAY


@dataclass(frozen=True)
class _Option:
    """A worker who can do a job here: their free half-days in which it may start, and the one of the hint."""

    worker: int
    half_days: int
    free: FreeTime
    first: int
    last: int
    hint: int
    is_hinted: bool


class ScheduleModel:
    """Cost (late days times importance, and moves) of the free jobs, everything else held still. `horizon` is the last slot they may use."""

    def __init__(self, workload: Workload, plan: Placements, free_jobs: Collection[int], horizon: int) -> None:
        self.model = cp_model.CpModel()
        self._workload, self._plan = workload, plan
        self._jobs = sorted(free_jobs)
        self._free = frozenset(free_jobs)
        self._window = {j: self._limits(j, horizon) for j in self._jobs}
        self._literals: dict[tuple[int, int], cp_model.IntVar] = {}
        self._start: dict[int, cp_model.IntVar] = {}
        self._end: dict[int, cp_model.IntVar] = {}
        self._choice: dict[int, list[tuple[int, cp_model.IntVar | None]]] = {}
        self._costs: list[cp_model.LinearExprT] = []
        able = sorted({w for j in self._jobs for w in workload.jobs[j].half_days})
        self._machines: dict[int, list[cp_model.IntervalVar]] = {w: self._fixed(w) for w in able}
        for j in self._jobs:
            self._add_job(j)
        for j in self._jobs:
            for before in workload.jobs[j].after:
                if before in self._free:
                    self.model.add(self._start[j] >= self._end[before] + 1)
        for intervals in self._machines.values():
            self.model.add_no_overlap(intervals)
        self.model.minimize(sum(self._costs))

    def read(self, solver: cp_model.CpSolver) -> tuple[Placement, ...]:
        """The whole plan with the free jobs where the solver put them."""
        plan = list(self._plan)
        for j in self._jobs:
            worker = next(w for w, chosen in self._choice[j] if chosen is None or solver.value(chosen))
            plan[j] = Placement(solver.value(self._start[j]), solver.value(self._end[j]), worker)
        return tuple(plan)

    def _limits(self, j: int, horizon: int) -> tuple[int, int]:
        """First and last slot that jobs which stay leave to `j`."""
        job = self._workload.jobs[j]
        first = max([job.ready, *(self._plan[before].end + 1 for before in job.after if before not in self._free)])
        last = min([horizon, *(self._plan[later].start - 1 for later in self._workload.successors[j] if later not in self._free)])
        return first, last

    def _fixed(self, w: int) -> list[cp_model.IntervalVar]:
        """What a worker keeps, as intervals of their free half-days; neighbours become one."""
        free, merged = self._workload.workers[w].free, list[list[int]]()
        kept = sorted(
            (free.number(place.start), free.number(place.end) + 1) for j, place in enumerate(self._plan) if place.worker == w and j not in self._free
        )
        for start, end in kept:
            if merged and merged[-1][1] == start:
                merged[-1][1] = end
            else:
                merged.append([start, end])
        return [self.model.new_fixed_size_interval_var(start, end - start, "") for start, end in merged]

    def _add_job(self, j: int) -> None:
        first, last = self._window[j]
        soonest = max(first, self._workload.earliest[j].end)
        start, end = self._variable(first, last, self._plan[j].start), self._variable(soonest, last, self._plan[j].end)
        self._start[j], self._end[j], self._choice[j] = start, end, []
        options = list(self._options(j))
        for option in options:
            number = self._variable(option.first, option.last, option.hint)
            chosen = None
            if len(options) == 1:
                self._machines[option.worker].append(self.model.new_fixed_size_interval_var(number, option.half_days, ""))
            else:
                chosen = self._literal(option.is_hinted)
                self._machines[option.worker].append(self.model.new_optional_fixed_size_interval_var(number, option.half_days, chosen, ""))
            self._choice[j].append((option.worker, chosen))
            for slot, offset in ((start, 0), (end, option.half_days - 1)):
                link = self.model.add(slot == self._slot_of(number, offset, option))
                if chosen is not None:
                    link.only_enforce_if(chosen)
            self._prefer_previous(j, option, number, chosen)
        if len(options) > 1:
            self.model.add_exactly_one(chosen for _, chosen in self._choice[j] if chosen is not None)
        previous = self._workload.jobs[j].previous
        if previous is not None and all(option.worker != previous[0] for option in options):
            self._costs.append(1)
        self._add_lateness(j, soonest, last)

    def _options(self, j: int) -> Iterable[_Option]:
        first, last = self._window[j]
        place = self._plan[j]
        for w, half_days in self._workload.jobs[j].half_days.items():
            free = self._workload.workers[w].free
            lowest, highest = free.number(first), free.number(last + 1) - half_days
            if lowest <= highest:
                yield _Option(w, half_days, free, lowest, highest, min(max(lowest, free.number(place.start)), highest), w == place.worker)

    def _slot_of(self, number: cp_model.IntVar, offset: int, option: _Option) -> cp_model.LinearExprT:
        """The slot of the worker's free half-day `number + offset`: one step for every absence that lies before it."""
        constant, steps = option.free.first + offset, list[cp_model.LinearExprT]()
        for position, length in option.free.pauses:
            threshold = position - offset
            if threshold <= option.first:
                constant += length
            elif threshold <= option.last:
                steps.append(length * self._is_from(number, threshold, option.hint))
        return sum(steps, number + constant)

    def _is_from(self, number: cp_model.IntVar, threshold: int, hint: int) -> cp_model.IntVar:
        key = (number.index, threshold)
        if key not in self._literals:
            literal = self._literal(hint >= threshold)
            self.model.add(number >= threshold).only_enforce_if(literal)
            self.model.add(number < threshold).only_enforce_if(~literal)
            self._literals[key] = literal
        return self._literals[key]

    def _prefer_previous(self, j: int, option: _Option, number: cp_model.IntVar, chosen: cp_model.IntVar | None) -> None:
        previous = self._workload.jobs[j].previous
        if previous is None or previous[0] != option.worker:
            return
        wanted = option.free.number(previous[1])
        if not option.first <= wanted <= option.last:
            self._costs.append(1)
            return
        moved = self._literal(not (option.is_hinted and self._plan[j].start == previous[1]))
        self.model.add(number == wanted).only_enforce_if(~moved)
        if chosen is not None:
            self.model.add_implication(~moved, chosen)
        self._costs.append(moved)

    def _add_lateness(self, j: int, soonest: int, last: int) -> None:
        """Late days from the end slot by whole days and weeks: linear rows take a hint far faster than a table."""
        workload, due, end = self._workload, self._workload.due_days[j], self._plan[j].end
        if due is None or workload.late_days(j, last) == 0:
            return
        week = self._variable(soonest // SLOTS_PER_WEEK, last // SLOTS_PER_WEEK, end // SLOTS_PER_WEEK)
        day = self._variable(soonest // SLOTS_PER_DAY, last // SLOTS_PER_DAY, end // SLOTS_PER_DAY)
        late = self._variable(workload.late_days(j, soonest), workload.late_days(j, last), workload.late_days(j, end))
        self.model.add_linear_constraint(self._end[j] - SLOTS_PER_DAY * day, 0, SLOTS_PER_DAY - 1)
        self.model.add_linear_constraint(day - DAYS_PER_WORKING_WEEK * week, 0, DAYS_PER_WORKING_WEEK - 1)
        self.model.add(late >= day + (7 - DAYS_PER_WORKING_WEEK) * week - due)
        self._costs.append(workload.jobs[j].task.importance * late)

    def _variable(self, low: int, high: int, hint: int) -> cp_model.IntVar:
        variable = self.model.new_int_var(low, high, "")
        self.model.add_hint(variable, hint)
        return variable

    def _literal(self, hint: bool) -> cp_model.IntVar:
        literal = self.model.new_bool_var("")
        self.model.add_hint(literal, hint)
        return literal
