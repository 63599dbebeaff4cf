"""What lies at the edges: the next quarter planned early, a quarter that is over, weeks that cannot pass, impossible reports of work."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from loop_steps import FIRST_QUARTER, NEXT_QUARTER, approve_all, let_pass, require_nothing_beyond_approval, the_company

from quarterdeck.kernel.problems import InvalidInput, Refused


def plan_of(company, day: date) -> None:
    from quarterdeck.operations.plan.plan_quarter import make_plan

    make_plan(company, quarter=day, overrule=None, seed=1)


def test_approving_the_next_quarter_early_leaves_what_this_one_still_has_to_do(site_at):
    from quarterdeck.ledger.models import Action, Plan

    company = the_company(site_at("reviewed"))
    this_quarter = Action.objects.filter(workspace=company.workspace, due_on__lt=NEXT_QUARTER)
    before = dict(this_quarter.values_list("key", "state"))
    assert "approved" in before.values()

    plan_of(company, NEXT_QUARTER)
    approve_all(company)
    after = dict(this_quarter.values_list("key", "state"))
    assert after == before
    assert Action.objects.filter(state="approved", due_on__gte=NEXT_QUARTER, kind="budget_line").exists()
    assert Plan.objects.filter(approved_at__isnull=False, superseded_at__isnull=True).count() == 2

    let_pass(company, 10)  # over the end of the quarter: each week spends what its own plan said
    assert require_nothing_beyond_approval(company, since=FIRST_QUARTER) > 0
    spent = Action.objects.filter(kind="budget_line", state="done", due_on=NEXT_QUARTER)
    assert spent.exists()


def test_a_quarter_that_is_over_is_not_planned(site_at):
    company = the_company(site_at("planned"))
    with pytest.raises(Refused, match="is over: facts reach 2027-01-03") as refused:
        plan_of(company, FIRST_QUARTER - timedelta(days=1))
    assert refused.value.code == "PLAN-904"
    assert company.workspace.plans.count() == 1


def test_weeks_pass_with_everything_or_not_at_all(site_at):
    from quarterdeck.ledger.models import Action, Receipt, Workspace

    company = the_company(site_at("approved"))
    Workspace.objects.filter(pk=company.workspace.pk).update(rehearsal={**company.workspace.rehearsal, "preset": "no_such_market"})
    company = the_company(company.site)
    with pytest.raises(InvalidInput, match="no_such_market"):
        let_pass(company, 1)
    assert not Action.objects.filter(state="done").exists()
    assert not Receipt.objects.exists()


@pytest.mark.parametrize("hours", ["NaN", "-1", "Infinity", "1E+9"])
def test_hours_that_nobody_works_are_refused(site_at, hours):
    from quarterdeck.ledger.models import Action
    from quarterdeck.operations.act.record_done import record_done

    company = the_company(site_at("approved"))
    task = Action.objects.filter(kind="task").order_by("key").first()
    with pytest.raises(InvalidInput, match="0 to 2000 hours"):
        record_done(company, task.key, link=None, on=None, hours=Decimal(hours))
    assert not Action.objects.filter(state="done").exists()


def test_work_of_a_day_that_has_not_come_is_refused_outside_a_rehearsal(site_at):
    from quarterdeck.ledger.models import Action, Workspace
    from quarterdeck.operations.act.record_done import record_done

    company = the_company(site_at("approved"))
    task = Action.objects.filter(kind="task").order_by("key").first()
    Workspace.objects.filter(pk=company.workspace.pk).update(rehearsal=None)
    company = the_company(company.site)
    with pytest.raises(InvalidInput, match="a day up to today, 2027-01-04"):
        record_done(company, task.key, link=None, on=date(2027, 1, 5), hours=None)
    assert record_done(company, task.key, link=None, on=date(2027, 1, 4), hours=Decimal("0.5")).facts["is_new"]


def test_an_unknown_kind_of_action_is_refused_and_puts_no_plan_in_force(site_at):
    from quarterdeck.ledger.models import Action
    from quarterdeck.operations.act.approve import approve_actions

    company = the_company(site_at("planned"))
    with pytest.raises(Refused, match="no kind of action “money”"):
        approve_actions(company, kind="money")
    assert not Action.objects.exists()
    assert company.workspace.plans.get().approved_at is None
