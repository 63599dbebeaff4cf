"""Saved plans are bytes that stay; one plan of a quarter is in force."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from child_jobs import NOW

from quarterdeck.ledger.gateway.plans import approve_plan, current_plan, latest_plan, log_work, plan_body, save_plan, work_log_of
from quarterdeck.ledger.models import Plan, Workspace
from quarterdeck.plan.quarter_plan import BudgetPlan, Provenance, QuarterPlan, WorkPlan, parse_plan, render_plan
from quarterdeck.plan.work_log import WorkLogEntry

QUARTER = date(2027, 1, 4)


def _plan(seed: int) -> QuarterPlan:
    provenance = Provenance(strategy="s", facts="f", curves=None, work_log="w", answers="a", as_of=date(2027, 1, 3), seed=seed, version="0.1.0")
    budget = BudgetPlan(
        currency="GBP",
        budget=Decimal(100),
        reserve=Decimal(0),
        held_back=Decimal("0.10"),
        method="as_last_quarter",
        aim="orders",
        value_per_unit=None,
        lines=(),
        channels=(),
        worth=None,
        bound=None,
    )
    work = WorkPlan(assignments=(), unassignable=(), overloads=(), weighted_lateness=0, bound=None, method="rule")
    return QuarterPlan(
        company="Bäckerei",
        quarter=QUARTER,
        provenance=provenance,
        first_open_week=QUARTER,
        budget=budget,
        outlook=(),
        forecast=(),
        assumptions=(),
        work=work,
        calendar=(),
        collisions=(),
    )


def test_a_saved_plan_comes_back_byte_for_byte(bakery: Workspace) -> None:
    plan = _plan(1)

    save_plan(bakery, plan, by="Ann", now=NOW)
    saved = Plan.objects.get()

    assert plan_body(saved) == render_plan(plan)
    assert (parse_plan(plan_body(saved)), saved.plan_id, saved.number) == (plan, plan.id, 1)


def test_the_same_plan_twice_in_a_row_is_saved_once(bakery: Workspace) -> None:
    first = save_plan(bakery, _plan(1), by="Ann", now=NOW)

    assert save_plan(bakery, _plan(1), by="Ann", now=NOW) == first
    assert save_plan(bakery, _plan(2), by="Ann", now=NOW).number == 2
    assert latest_plan(bakery, QUARTER).number == 2


def test_plans_saved_at_once_are_numbered_without_a_gap(bakery: Workspace, in_threads) -> None:
    results = in_threads([lambda seed=seed: save_plan(bakery, _plan(seed), by="Ann", now=NOW) for seed in range(5)])

    assert sorted(plan.number for plan in results) == [1, 2, 3, 4, 5]


def test_an_approved_plan_is_in_force_until_another_one_is(bakery: Workspace) -> None:
    first, second = (save_plan(bakery, _plan(seed), by="Ann", now=NOW) for seed in (1, 2))
    assert current_plan(bakery, QUARTER) is None

    assert approve_plan(first, by="Olena", now=NOW, replaces=None) is True
    assert current_plan(bakery, QUARTER) == first
    assert approve_plan(second, by="Olena", now=NOW, replaces=first) is True

    assert current_plan(bakery, QUARTER) == second
    first.refresh_from_db()
    assert (first.superseded_at, first.approved_by) == (NOW, "Olena")


def test_an_approval_that_did_not_see_the_plan_in_force_does_not_count(bakery: Workspace) -> None:
    first, second = (save_plan(bakery, _plan(seed), by="Ann", now=NOW) for seed in (1, 2))
    assert approve_plan(first, by="Olena", now=NOW, replaces=None)

    assert approve_plan(second, by="Sam", now=NOW, replaces=None) is False

    assert current_plan(bakery, QUARTER) == first


def test_a_plan_that_was_superseded_does_not_come_back(bakery: Workspace) -> None:
    first, second = (save_plan(bakery, _plan(seed), by="Ann", now=NOW) for seed in (1, 2))
    approve_plan(first, by="Olena", now=NOW, replaces=None)
    approve_plan(second, by="Olena", now=NOW, replaces=first)

    assert approve_plan(first, by="Olena", now=NOW, replaces=second) is False

    assert current_plan(bakery, QUARTER) == second


def test_of_approvals_of_different_plans_at_once_one_counts(bakery: Workspace, in_threads) -> None:
    plans = [save_plan(bakery, _plan(seed), by="Ann", now=NOW) for seed in range(4)]

    results = in_threads([lambda plan=plan: approve_plan(plan, by="Olena", now=NOW, replaces=None) for plan in plans])

    assert sorted(results) == [False, False, False, True]
    assert current_plan(bakery, QUARTER) == plans[results.index(True)]


def test_the_work_log_comes_back_in_the_order_written(bakery: Workspace) -> None:
    entries = (
        WorkLogEntry("letter", "item", "done", date(2027, 1, 9), "Ann", Decimal("2.50"), "https://bakery.example"),
        WorkLogEntry("poster", "task", "started", date(2027, 1, 5)),
    )
    for entry in entries:
        log_work(bakery, entry, recorded_by="Ann", now=NOW)

    assert work_log_of(bakery) == entries
