"""Decisions about actions, bound to the exact content that was looked at."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from quarterdeck.act.states import State
from quarterdeck.kernel.problems import Refused
from quarterdeck.ledger.gateway.actions import claim_action
from quarterdeck.ledger.models import Action, Approval

_LEADS_TO: dict[str, State] = {"approve": "approved", "changes": "changes_requested", "refuse": "refused"}


def decide_action(action: Action, decision: str, *, by: str, reason: str, now: datetime) -> Approval | None:
    """The decision about `action` as the approver saw it; None when it was changed since. Raises Refused for a no without a reason."""
    wanted = Approval.Decision(decision)
    if wanted is not Approval.Decision.APPROVE and not reason.strip():
        raise Refused("A no needs a reason, so that the next draft can be better.", fix="Say why in a sentence.", code="LEDGER-040")
    with transaction.atomic():
        if not claim_action(action.pk, action.state, _LEADS_TO[wanted], action.version, now=now):
            return None
        return Approval.objects.create(action=action, decision=wanted, by=by, reason=reason, content=action.content, made_at=now)


def approval_of(action: Action) -> Approval | None:
    """The approval that stands for what the action wants now, or None: an edit and a later no both end it."""
    newest = action.approvals.filter(content=action.content).order_by("-pk").first()
    return newest if newest is not None and newest.decision == Approval.Decision.APPROVE else None
