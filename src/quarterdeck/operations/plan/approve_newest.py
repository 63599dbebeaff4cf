"""approve_newest_plan: a person's yes to the plan that they looked at; what it wants to do is proposed, and approved one by one later."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction

from quarterdeck.kernel.problems import Refused
from quarterdeck.ledger.gateway.workspaces import lock_workspace
from quarterdeck.operations.act.approve import put_in_force
from quarterdeck.operations.context import Context
from quarterdeck.operations.plan.plan_quarter import latest_plan_of


@dataclass(frozen=True)
class PutInForce:
    """What the approval did, in sentences; none when the plan was in force already."""

    number: int
    sentences: tuple[str, ...]


def approve_newest_plan(context: Context, *, seen: str | None = None) -> PutInForce:
    """The newest plan in force. `seen` is the id of the plan that the person looked at.

    Raises Refused when there is none, when it is stale, or when another was made since the person looked; nothing is changed then.
    """
    context.require("approve_plan")
    with transaction.atomic():
        lock_workspace(context.workspace)  # no facts and no other plan come in between the look and the approval
        record = latest_plan_of(context, None)
        if seen and record.plan_id != seen:
            raise Refused(
                f"Plan {record.number} was made since you looked at this page.",
                fix="Look at it, then approve it.",
                code="PLAN-905",
            )
        return PutInForce(record.number, tuple(put_in_force(context)))
