"""The whole loop of a small shop, twice round, on each kind of database."""

from __future__ import annotations

from decimal import Decimal

import pytest
from loop_steps import (
    FIRST_QUARTER,
    NEXT_QUARTER,
    OVERRULE,
    approve_all,
    decide,
    let_pass,
    make_plan,
    make_review,
    new_sample,
    newest_plan,
    require_causes_add_up,
    require_done_once,
    require_money_adds_up,
    require_nothing_beyond_approval,
    require_three_sentences,
    spent_by_line,
    weeks_of,
)

from quarterdeck.kernel.problems import Refused
from quarterdeck.operations.site import Site

pytestmark = pytest.mark.slow


def test_the_loop_goes_round_and_every_promise_of_it_holds(ledger_site: Site):
    from quarterdeck.ledger.models import Action, Plan
    from quarterdeck.operations.strategy.save_strategy import current_strategy

    company = new_sample(ledger_site)
    require_three_sentences(company)

    make_plan(company, OVERRULE)
    first = newest_plan(company)
    require_money_adds_up(first)
    assert first.budget.method == "best_known"
    assert not Action.objects.exists()  # a draft proposes nothing
    assert require_three_sentences(company)[2] == "The plan waits for your approval."

    approve_all(company)
    assert set(Action.objects.values_list("state", flat=True)) == {"approved"}
    require_three_sentences(company)
    assert require_done_once(company) == 0

    let_pass(company, 4)
    early = require_nothing_beyond_approval(company, since=FIRST_QUARTER)
    done_early = require_done_once(company)
    assert early > 0
    assert done_early > 0
    require_three_sentences(company)

    require_causes_add_up(make_review(company))
    decide(company, "all", accept=True, reason="It is what the figures say")
    require_three_sentences(company)

    make_plan(company)
    again = newest_plan(company)
    require_money_adds_up(again)
    require_past_is_kept(company, again)
    approve_all(company)
    assert Plan.objects.filter(superseded_at__isnull=False).count() == 1
    assert Plan.objects.filter(approved_at__isnull=False, superseded_at__isnull=True).count() == 1

    let_pass(company, 9)
    in_all = require_nothing_beyond_approval(company, since=FIRST_QUARTER)
    assert early < in_all <= first.budget.budget - first.budget.reserve
    assert require_done_once(company) > done_early
    require_three_sentences(company)

    require_causes_add_up(make_review(company))
    before = current_strategy(company)
    decide(company, "all", accept=True)
    after = current_strategy(company)
    assert after.revision.number > before.revision.number
    assert {objective.due_on for objective in after.strategy.objectives} == {newest_plan(company).period.next().last_day}
    require_three_sentences(company)

    make_plan(company)
    following = newest_plan(company)
    assert following.quarter == NEXT_QUARTER
    assert following.first_open_week == NEXT_QUARTER
    assert not any(line.is_spent for line in following.budget.lines)
    require_money_adds_up(following)
    assert require_three_sentences(company)[2] == "The plan waits for your approval."


def require_past_is_kept(company, plan) -> None:
    """The four weeks that passed stand in the plan as they were spent, and only open weeks can still be decided."""
    spent = spent_by_line(company, since=FIRST_QUARTER)
    shown = {(line.channel, line.campaign or "", line.week): line.amount for line in plan.budget.lines if line.is_spent}
    assert shown == spent
    passed = set(weeks_of(FIRST_QUARTER, 4))
    assert {line.week for line in plan.budget.lines if line.is_spent} <= passed
    assert not passed & {line.week for line in plan.budget.lines if not line.is_spent}
    assert all(line.amount > Decimal(0) for line in plan.budget.lines)


def test_a_no_needs_a_reason_and_the_reason_becomes_a_lesson(site_at):
    from loop_steps import the_company

    from quarterdeck.ledger.gateway.reviews import lessons_of, propose_correction
    from quarterdeck.operations.strategy.save_strategy import current_strategy

    company = the_company(site_at("reviewed"))
    review = company.workspace.reviews.get()
    propose_correction(
        review, key="cap-search", title="Spend less on search.", changes={"channels[search].spend.cap": "3000"}, expected=None, evidence="By hand."
    )
    before = current_strategy(company).revision.number
    with pytest.raises(Refused, match="needs a reason"):
        decide(company, "cap-search", accept=False)
    assert not lessons_of(company.workspace)

    told = decide(company, "cap-search", accept=False, reason="The agency contract runs to May")
    assert told.sentences == ["Refused: Spend less on search. The reason is kept: The agency contract runs to May"]
    assert [lesson.text for lesson in lessons_of(company.workspace)] == ["Spend less on search. Refused: The agency contract runs to May"]
    assert current_strategy(company).revision.number == before
    with pytest.raises(Refused, match=r"was refused before, by Olena"):
        decide(company, "cap-search", accept=True)


def test_an_accepted_correction_is_the_next_revision_and_is_said_as_a_change(site_at):
    from loop_steps import the_company

    from quarterdeck.ledger.gateway.reviews import propose_correction
    from quarterdeck.operations.strategy.save_strategy import current_strategy

    company = the_company(site_at("reviewed"))
    before = current_strategy(company)
    propose_correction(
        company.workspace.reviews.get(),
        key="cap-search",
        title="Spend less on search.",
        changes={"channels[search].spend.cap": "3000"},
        expected=None,
        evidence="By hand.",
    )
    told = decide(company, "cap-search", accept=True, reason="Agreed")
    after = current_strategy(company)
    assert after.revision.number == before.revision.number + 1
    assert next(channel.spend.cap for channel in after.strategy.channels if channel.id == "search") == 3000
    assert any("3,000" in sentence for sentence in told.sentences)
    with pytest.raises(Refused, match="no correction “cap-print”"):
        decide(company, "cap-print", accept=True)


def test_deciding_everything_when_nothing_waits_says_so(site_at):
    from loop_steps import the_company

    company = the_company(site_at("reviewed"))
    decide(company, "all", accept=True)
    assert decide(company, "all", accept=True).sentences == ["The latest review has no correction that waits for a decision."]
