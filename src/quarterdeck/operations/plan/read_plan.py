"""plan_of, review_of: what a row of the ledger holds, as the value it was."""

from __future__ import annotations

from quarterdeck.ledger.gateway.plans import plan_body
from quarterdeck.ledger.models import Plan, ReviewRecord
from quarterdeck.operations.remember import remembered
from quarterdeck.plan.quarter_plan import QuarterPlan, parse_plan
from quarterdeck.review.record import Review, parse_review


def plan_of(record: Plan) -> QuarterPlan:
    """The plan that was saved."""
    return remembered("plan", record.plan_id, lambda: parse_plan(plan_body(record)), most=24)


def review_of(record: ReviewRecord) -> Review:
    """The review that was saved."""
    return remembered("review", record.hash, lambda: parse_review(record.body.encode()), most=24)
