"""The same thing twice: planned again after an Undo, pressed twice, decided by two people."""

from __future__ import annotations

from world import NOW


def test_a_plan_made_again_after_an_undo_can_be_reviewed_to_the_rows(planned, browser_of):
    from quarterdeck.ledger.models import Plan
    from quarterdeck.operations.act.approve import approve_actions, put_in_force
    from quarterdeck.operations.context import open_context
    from quarterdeck.operations.plan.plan_quarter import make_plan
    from quarterdeck.operations.play.pass_week import pass_weeks
    from quarterdeck.operations.review.review_quarter import make_review
    from quarterdeck.operations.strategy.change_strategy import change_strategy, take_back_revision
    from quarterdeck.operations.told import tell_nobody

    context = open_context(planned, "harbour", "Olena", now=NOW)
    changed = change_strategy(context, {"management.budget.quarter": "170000"})
    make_plan(context, quarter=None, overrule=None, seed=1)
    take_back_revision(context, changed.revision)
    make_plan(context, quarter=None, overrule=None, seed=1)
    put_in_force(context)
    approve_actions(context, everything=True)
    pass_weeks(context, 1, tell=tell_nobody)
    make_review(context, quarter=None)

    answer = browser_of("Vera").get("/w/harbour/review/causes/effect:search/")

    assert len(set(Plan.objects.filter(workspace=context.workspace).values_list("plan_id"))) == 2, "the first and the third are the same"
    assert answer.status_code == 200
