"""settle_unknown, take_up_again: what becomes of an action that was tried: a person looked and says what happened."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from quarterdeck.act.states import State, require_move
from quarterdeck.kernel.problems import Refused
from quarterdeck.ledger.gateway.actions import claim_action
from quarterdeck.ledger.gateway.approvals import approval_of
from quarterdeck.ledger.models import Action
from quarterdeck.operations.act.record_done import record_done
from quarterdeck.operations.context import Context
from quarterdeck.operations.told import Told


def settle_unknown(context: Context, key: str, *, happened: bool, on: date | None = None, link: str | None = None, note: str = "") -> Told:
    """What a person who looked says of an action that nobody knew the end of: it happened (a receipt is written), or it did not (it failed).

    Raises Refused when it is not unknown any more.
    """
    context.require("settle_unknown")
    action = _find(context, key)
    if action.state != "unknown":
        raise Refused(f"“{action.title}” is not unknown any more.", fix="Look at how it stands now.", code="ACT-021")
    if happened:
        return record_done(context, key, link=link, on=on, hours=None, note=note)
    _move(context, action, "failed", verb="settle_unknown", note=note)
    return Told([f"“{action.title}” did not happen. It can be tried again, or given up."], {"key": key, "state": "failed"})


def take_up_again(context: Context, key: str) -> Told:
    """A failed action may be done after all: its approval still stands. Raises Refused when it does not, or it did not fail."""
    context.require("approve_action")
    action = _find(context, key)
    if approval_of(action) is None:
        raise Refused(f"Nobody's approval stands for “{action.title}” as it is now.", fix="Plan again, then approve it.", code="ACT-022")
    _require(action, "failed", "approved")
    _move(context, action, "approved", verb="take_up_again")
    return Told([f"“{action.title}” may be done again."], {"key": key, "state": "approved"})


def give_up(context: Context, key: str) -> Told:
    """A failed action is no longer wanted. Raises Refused when it did not fail."""
    context.require("cancel_action")
    action = _find(context, key)
    _require(action, "failed", "cancelled")
    _move(context, action, "cancelled", verb="cancel_action")
    return Told([f"“{action.title}” is given up."], {"key": key, "state": "cancelled"})


def _find(context: Context, key: str) -> Action:
    action: Action | None = Action.objects.filter(workspace=context.workspace, key=key).first()
    if action is None:
        raise Refused(f"There is no action “{key[:80]}”.", fix="Look at what there is to do.", code="ACT-012")
    return action


def _require(action: Action, before: State, after: State) -> None:
    if action.state != before:
        require_move(action.state, after, title=action.title)
        raise Refused(f"“{action.title}” did not fail.", fix="Look at how it stands now.", code="ACT-021")


def _move(context: Context, action: Action, to: State, *, verb: str, note: str = "") -> None:
    with transaction.atomic():
        if not claim_action(action.pk, action.state, to, action.version, now=context.now):
            raise Refused(f"Somebody changed “{action.title}” meanwhile.", fix="Look at how it stands now.", code="ACT-016")
        context.audit(verb, action.key, note=note)
