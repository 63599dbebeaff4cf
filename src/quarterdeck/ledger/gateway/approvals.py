"""Decisions about actions, bound to the exact content that was looked at."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Max

from quarterdeck.act.states import State
from quarterdeck.kernel.problems import Refused
from quarterdeck.ledger.gateway.actions import claim_action
from quarterdeck.ledger.models import Action, Approval, Receipt

_LEADS_TO: dict[str, State] = {"approve": "approved", "changes": "changes_requested", "refuse": "refused"}


def decide_action(action: Action, decision: str, *, by: str, reason: str, now: datetime) -> Approval | None:
    """The decision about `action` as the approver saw it; None when it was changed since. Raises Refused for a no without a reason."""
    made = decide_actions([action], decision, by=by, reason=reason, now=now)
    return made[0] if made else None


def decide_actions(actions: Sequence[Action], decision: str, *, by: str, reason: str, now: datetime) -> list[Approval]:
    """The same decision about each of `actions` as the approver saw them; those that were changed since are left out and left as they are.

    Raises Refused for a no without a reason.
    """
    wanted = Approval.Decision(decision)
    if wanted is not Approval.Decision.APPROVE and not reason.strip():
        raise Refused("A no needs a reason, so that the next draft can be better.", fix="Say why in a sentence.", code="LEDGER-040")
    with transaction.atomic():
        claimed = [action for action in actions if claim_action(action.pk, action.state, _LEADS_TO[wanted], action.version, now=now)]
        return Approval.objects.bulk_create(
            [Approval(action=action, decision=wanted, by=by, reason=reason, content=action.content, made_at=now) for action in claimed]
        )


def withdraw_decisions(decisions: Sequence[Approval], *, by: str, reason: str, now: datetime) -> list[Action]:
    """The actions that wait again because the decision about them was taken back: a row of its own says so.

    Left as they are: those decided again or edited since, those done, and those that a file carried to somebody. Call it under the lock of the
    company, so that no file is handed over meanwhile.
    """
    keys = [decision.action_id for decision in decisions]
    newest = dict(Approval.objects.filter(action__in=keys).values_list("action").annotate(Max("pk")))
    handed = set(Receipt.objects.filter(action__in=keys).values_list("action", flat=True))
    standing = [decision for decision in decisions if newest[decision.action_id] == decision.pk and decision.action_id not in handed]
    with transaction.atomic():
        waiting = [decision.action for decision in standing if _returns(decision, now)]
        Approval.objects.bulk_create(
            [
                Approval(action=action, decision=Approval.Decision.WITHDRAW, by=by, reason=reason, content=action.content, made_at=now)
                for action in waiting
            ]
        )
    return waiting


def approval_of(action: Action) -> Approval | None:
    """The approval that stands for what the action wants now, or None: an edit, a later no and taking it back all end it."""
    newest = action.approvals.filter(content=action.content).order_by("-pk").first()
    return newest if newest is not None and newest.decision == Approval.Decision.APPROVE else None


def _returns(decision: Approval, now: datetime) -> bool:
    """Whether the action went back to waiting by this call."""
    action: Action = decision.action
    if decision.decision == Approval.Decision.WITHDRAW or action.content != decision.content:
        return False
    left_as = _LEADS_TO[decision.decision]
    return action.state == left_as and claim_action(action.pk, left_as, "proposed", action.version, now=now)
