"""decide_seen, decide_chosen: yes, "change this" or no to exactly what a person looked at; what was changed since is left for another look."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction

from quarterdeck.act.states import STATES
from quarterdeck.kernel.problems import Refused
from quarterdeck.ledger.gateway.approvals import decide_actions
from quarterdeck.ledger.gateway.workspaces import lock_workspace
from quarterdeck.ledger.models import Action, Approval
from quarterdeck.operations.act.choose_actions import Choice, choose, hash_of_chosen, waiting_actions
from quarterdeck.operations.context import Context
from quarterdeck.operations.strategy.save_strategy import current_strategy

DECISIONS = ("approve", "changes", "refuse")
MOST_REASON = 2000
"""Signs of a reason: more is a document, not a reason."""


class ChangedSince(Refused):
    """What was decided about is not what the person looked at."""

    code = "ACT-017"


class DecidedMeanwhile(Refused):
    """It does not wait any more: somebody decided, perhaps the same person a moment ago."""

    code = "ACT-018"


@dataclass(frozen=True)
class Decided:
    """What a decision did. `first` and `last` name its rows, so that it can be taken back."""

    decision: str
    count: int
    money: Decimal
    title: str
    first: int
    last: int


def decide_seen(context: Context, decision: str, seen: Mapping[str, str], *, reason: str = "", expects: str = "proposed") -> Decided:
    """The decision about the actions named, each with the hash of the content that was looked at; all of them or none.

    Raises ChangedSince when one wants something else now, DecidedMeanwhile when one is not in the state `expects` any more.
    """
    context.require("approve_action")
    _require_reason(decision, reason)
    with transaction.atomic():
        lock_workspace(context.workspace)
        actions = list(Action.objects.filter(workspace=context.workspace, key__in=list(seen)).order_by("due_on", "key"))
        if not actions or len(actions) != len(seen):
            raise Refused("There is no such action.", fix="Look at what waits now.", code="ACT-012")
        for action in actions:
            _require_same(action, seen[action.key], expects)
        return _decide(context, decision, actions, reason)


def decide_chosen(context: Context, decision: str, choice: Choice, *, seen: str, reason: str = "") -> Decided:
    """The decision about everything that matches `choice`, when that is still exactly what `seen` (see hash_of_chosen) names.

    Raises ChangedSince when anything came, went or was changed since; nothing is decided then.
    """
    context.require("approve_action")
    _require_reason(decision, reason)
    with transaction.atomic():
        lock_workspace(context.workspace)
        chosen = choose(waiting_actions(context, current_strategy(context).strategy), choice)
        if not chosen:
            raise DecidedMeanwhile("Nothing of this waits any more: it was decided a moment ago.", fix="Look at what still waits.", code="ACT-018")
        if hash_of_chosen(chosen) != seen:
            raise ChangedSince(
                "Something of this changed since you looked: a thing came, went or wants something else now.",
                fix="Look at it again below, then decide.",
                code="ACT-017",
                state="Nothing was decided.",
            )
        keys = [action.key for action in chosen]
        actions = Action.objects.filter(workspace=context.workspace, state="proposed", key__in=keys)
        return _decide(context, decision, sorted(actions, key=lambda action: (action.due_on, action.key)), reason)


def _decide(context: Context, decision: str, actions: Sequence[Action], reason: str) -> Decided:
    made = decide_actions(actions, decision, by=context.member.person, reason=reason.strip(), now=context.now)
    if len(made) != len(actions):  # only where another changed one between the look and the update
        raise ChangedSince("Something of this changed at this moment.", fix="Look again, then decide.", code="ACT-017", state="Nothing was decided.")
    keys = [action.key for action in actions]
    context.audit(f"{_VERBS[decision]}_action", f"{len(made)} actions", keys=keys[:500], reason=reason.strip())
    numbers = [row.pk for row in made]
    money = sum((action.cost for action in actions), start=Decimal(0))
    return Decided(decision, len(made), money, actions[0].title, min(numbers), max(numbers))


_VERBS = {"approve": "approve", "changes": "send_back", "refuse": "refuse"}


def _require_reason(decision: str, reason: str) -> None:
    if decision not in DECISIONS:
        raise Refused("There is no such decision.", fix="Approve, ask for changes, or refuse.", code="ACT-019")
    if decision != "approve" and not reason.strip():
        raise Refused("A no needs a reason, so that the next draft can be better.", fix="Say why in a sentence.", code="LEDGER-040")
    if len(reason) > MOST_REASON:
        raise Refused(f"The reason has {len(reason):,} signs.", fix=f"Say it in {MOST_REASON:,} at most.", code="ACT-019")


def _require_same(action: Action, seen: str, expects: str) -> None:
    if action.content != seen:
        raise ChangedSince(
            f"“{action.title}” was changed since you looked.", fix="Look at it again, then decide.", code="ACT-017", state="Nothing was decided."
        )
    if action.state != expects:
        newest = Approval.objects.filter(action=action).order_by("-pk").first()
        by = f", by {newest.by}" if newest is not None else ""
        raise DecidedMeanwhile(
            f"“{action.title}” {STATES[action.state]}{by}: it was decided meanwhile.", fix="Look at what still waits.", code="ACT-018"
        )
