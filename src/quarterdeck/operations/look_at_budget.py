"""look_at_budget: the newest plan's money as a page shows it: the plan, how it stands, and what it was made from."""

from __future__ import annotations

from quarterdeck.operations.context import Context
from quarterdeck.operations.read_plan import plan_of


def conflicts_of_newest(context: Context) -> int:
    """How many things of the newest plan trip over each other; 0 without a plan."""
    context.require("see")
    record = context.workspace.plans.order_by("-made_at", "-pk").first()
    return 0 if record is None else len(plan_of(record).collisions)
