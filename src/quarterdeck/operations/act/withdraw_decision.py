"""withdraw_decision: a decision taken back; what it was about waits again."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction

from quarterdeck.kernel.problems import Refused
from quarterdeck.ledger.gateway.approvals import withdraw_decisions
from quarterdeck.ledger.gateway.workspaces import lock_workspace
from quarterdeck.ledger.models import Approval
from quarterdeck.operations.context import Context


@dataclass(frozen=True)
class Withdrawn:
    """How many actions wait again, and how many could not: done, handed over, edited or decided anew meanwhile."""

    decision: str
    count: int
    left: int
    title: str


def withdraw_decision(context: Context, *, first: int, last: int) -> Withdrawn:
    """What was decided in one go in the rows `first` to `last`, taken back as far as it still stands.

    Raises Refused when there is no such decision, or nothing of it can be taken back any more.
    """
    context.require("approve_action")
    with transaction.atomic():
        lock_workspace(context.workspace)  # no file is handed over between the look and taking back
        rows = _made_together(context, first, last)
        waiting = withdraw_decisions(rows, by=context.member.person, reason="", now=context.now)
        if not waiting:
            raise Refused(
                "This cannot be taken back any more: it was done, handed over in a file, edited or decided anew since.",
                fix="Look at the thing itself to see how it stands.",
                code="ACT-020",
            )
        keys = [action.key for action in waiting]
        context.audit("withdraw_decision", f"{len(waiting)} actions", decision=rows[0].decision, keys=keys[:500])
    return Withdrawn(rows[0].decision, len(waiting), len(rows) - len(waiting), waiting[0].title)


def _made_together(context: Context, first: int, last: int) -> list[Approval]:
    """The rows from `first` to `last` that the person of the first one made with it at the same moment. Raises Refused when there is none."""
    mine = Approval.objects.filter(action__workspace=context.workspace)
    start = mine.filter(pk=first).first() if 0 < first <= last < 2**63 else None
    if start is None or start.decision == Approval.Decision.WITHDRAW:
        raise Refused("There is no such decision to take back.", fix="Look at what was decided lately.", code="ACT-020")
    together = mine.filter(pk__range=(first, last), by=start.by, decision=start.decision, made_at=start.made_at)
    return list(together.select_related("action").order_by("pk"))
