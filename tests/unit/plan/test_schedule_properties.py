"""Random small schedules: they hold, the solver is never worse than the rule, and on tiny ones it is the best there is."""

from __future__ import annotations

import subprocess
import sys
from datetime import date, timedelta
from itertools import permutations, product
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from work_makers import EVE, QUARTER, company, faults, person, started, task, where

from quarterdeck.plan.open_work import build_workload
from quarterdeck.plan.quarter_plan import WorkPlan
from quarterdeck.plan.schedule import schedule_by_rule, schedule_work
from quarterdeck.plan.schedule_rule import Diaries
from quarterdeck.plan.standing import read_standing
from quarterdeck.plan.workload import Placement
from quarterdeck.strategy.document import Strategy

SKILLS = ("copy", "design")
DAYS = st.integers(0, 9).map(lambda days: QUARTER.first_day + timedelta(days=days))


@st.composite
def strategies(draw: st.DrawFn, most_tasks: int = 9) -> Strategy:
    people = [
        person(
            f"p{n}",
            *draw(st.lists(st.sampled_from(SKILLS), unique=True)),
            hours=draw(st.sampled_from(["40", "37.5", "20", "8"])),
            away=[(day, day + timedelta(days=draw(st.integers(0, 6)))) for day in draw(st.lists(DAYS, max_size=1))],
        )
        for n in range(draw(st.integers(1, 3)))
    ]
    tasks: list[dict[str, Any]] = []
    for n in range(draw(st.integers(3, most_tasks))):
        after = draw(st.lists(st.sampled_from([each["id"] for each in tasks]), unique=True, max_size=2)) if tasks else []
        skills = draw(st.lists(st.sampled_from(SKILLS), unique=True, max_size=1))
        due, not_before = draw(st.none() | DAYS | DAYS), draw(st.none() | st.none() | DAYS)
        tasks.append(
            task(
                f"t{n}",
                str(draw(st.integers(1, 30))),
                skills=skills,
                after=after,
                not_before=min(not_before, due) if not_before and due else not_before,
                due=due,
                importance=draw(st.integers(1, 5)),
            )
        )
    return company(people, tasks)


HOLIDAYS = st.lists(DAYS, max_size=3)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(strategies(), HOLIDAYS)
def test_rule_and_solver_make_plans_that_hold_and_the_solver_is_never_worse(strategy, holidays):
    rule = schedule_by_rule(strategy, QUARTER, as_of=EVE, log=[], company_holidays=holidays)
    solved = schedule_work(strategy, QUARTER, as_of=EVE, log=[], company_holidays=holidays, seed=3, effort=0.1)
    for work in (rule, solved):
        assert faults(strategy, QUARTER, work, as_of=EVE, holidays=holidays) == []
    assert solved.weighted_lateness <= rule.weighted_lateness
    assert {each.task for each in solved.assignments} | set(solved.unassignable) == {each.id for each in strategy.management.tasks}


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(strategies(), strategies(), HOLIDAYS)
def test_a_plan_made_from_another_plan_holds_and_costs_no_more_than_the_rule(strategy, other, holidays):
    before = schedule_by_rule(other, QUARTER, as_of=EVE, log=[])
    as_of = date(2027, 1, 6)
    log = [started(each.task, each.starts_on, each.person) for each in before.assignments if each.starts_on <= as_of][:1]
    known = {each.id for each in strategy.management.people}
    log = [each for each in log if each.by in known]
    rule = schedule_by_rule(strategy, QUARTER, as_of=as_of, log=log, company_holidays=holidays, previous=before)
    solved = schedule_work(strategy, QUARTER, as_of=as_of, log=log, company_holidays=holidays, previous=before, seed=3, effort=0.1)
    for work in (rule, solved):
        assert faults(strategy, QUARTER, work, as_of=as_of, holidays=holidays) == []
    assert cost(solved, before, as_of) <= cost(rule, before, as_of)


def cost(work: WorkPlan, before: WorkPlan, as_of: date) -> int:
    """Lateness and moves from places that are still ahead; a place that became impossible counts the same for every plan."""
    there = {name: spot for name, spot in where(before).items() if spot[1] > as_of}
    return work.weighted_lateness + sum(name in there and there[name] != spot for name, spot in where(work).items())


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(strategies(most_tasks=4), HOLIDAYS)
def test_tiny_plans_are_the_best_there_is_and_their_bound_says_so(strategy, holidays):
    solved = schedule_work(strategy, QUARTER, as_of=EVE, log=[], company_holidays=holidays, seed=1, effort=2)
    best = best_by_trying_everything(strategy, holidays)
    assert solved.weighted_lateness == best
    assert solved.bound == best


def best_by_trying_everything(strategy: Strategy, holidays: list[date]) -> int:
    """Least weighted lateness over every order and every choice of people, each task as soon as it can."""
    load = build_workload(read_standing(strategy, QUARTER, as_of=EVE, log=[], company_holidays=holidays, previous=None))
    numbers = range(len(load.jobs))
    best = None
    for order in permutations(numbers):
        if any(order.index(before) > order.index(j) for j in numbers for before in load.jobs[j].after):
            continue
        for workers in product(*(load.jobs[j].half_days for j in numbers)):
            diaries, placed = Diaries(load), dict[int, Placement]()
            for j in order:
                day = load.jobs[j].task.not_before
                earliest = load.axis.first_slot(day) if day else load.first_open
                place = diaries.gap(workers[j], max(earliest, load.ready_slot(j, placed)), load.jobs[j].half_days[workers[j]])
                diaries.take(place)
                placed[j] = place
            late = load.lateness([placed[j] for j in numbers])
            best = late if best is None else min(best, late)
    return best or 0


def crowded() -> Strategy:
    people = [person(f"p{n}", SKILLS[n % 2], hours=("40", "30", "20")[n % 3]) for n in range(4)]
    tasks = [
        task(
            f"t{n:02}",
            str(5 + 7 * n % 23),
            skills=[SKILLS[n % 2]],
            after=[f"t{n - 3:02}"] if n % 3 and n > 3 else [],
            due=QUARTER.first_day + timedelta(days=3 + n),
            importance=1 + n % 5,
        )
        for n in range(24)
    ]
    return company(people, tasks)


@pytest.mark.parametrize("seed", [1, 2**40])
def test_the_same_inputs_give_the_same_plan(seed):
    strategy = crowded()
    first, second = (schedule_work(strategy, QUARTER, as_of=EVE, log=[], seed=seed, effort=0.5) for _ in range(2))
    assert first == second
    assert first.method == "solver"


def test_more_tasks_than_one_model_can_hold_are_solved_in_parts():
    """Above 120 tasks no whole model is built: the plan still holds, beats the rule and is the same twice."""
    people = [person(f"p{n}", SKILLS[n % 2]) for n in range(6)]
    tasks = [
        task(
            f"t{n:03}",
            str(4 + 5 * n % 29),
            skills=[SKILLS[n % 2]],
            after=[f"t{n - 6:03}"] if n % 4 == 3 and n > 6 else [],
            due=QUARTER.first_day + timedelta(days=2 + n // 2),
            not_before=QUARTER.first_day + timedelta(days=max(0, n // 2 - 6)) if n % 5 == 0 else None,
            importance=1 + n * 7 % 5,
        )
        for n in range(130)
    ]
    strategy = company(people, tasks)
    rule = schedule_by_rule(strategy, QUARTER, as_of=EVE, log=[])
    first, second = (schedule_work(strategy, QUARTER, as_of=EVE, log=[], seed=1, effort=0.1) for _ in range(2))
    assert faults(strategy, QUARTER, first, as_of=EVE) == []
    assert first.weighted_lateness < rule.weighted_lateness
    assert first == second


def test_neither_importing_nor_planning_easy_work_loads_the_solver():
    program = (
        "import sys\n"
        "from work_makers import *\n"
        "from quarterdeck.plan.schedule import schedule_work\n"
        "work = schedule_work(company([person('mira')], [task('a', '8')]), QUARTER, as_of=EVE, log=[], seed=1, effort=1)\n"
        "assert work.assignments and work.bound == 0\n"
        "assert not {'ortools', 'pandas'} & set(sys.modules)\n"
    )
    subprocess.run([sys.executable, "-c", program], check=True, cwd=__file__.rsplit("/", 1)[0])
