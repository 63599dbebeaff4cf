"""states_of_actions: how far each task or content item of the strategy has come on its way to being done."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from quarterdeck.act.states import State
from quarterdeck.ledger.models import Action
from quarterdeck.operations.context import Context


@dataclass(frozen=True)
class ActionState:
    """The state of an action and what was looked at when it was decided."""

    state: State
    wants: Mapping[str, Any]

    @property
    def is_over(self) -> bool:
        """Whether it was done, is being done, or may have been: it can no longer be moved."""
        return self.state in ("done", "claimed", "unknown")


def states_of_actions(context: Context, kind: str) -> dict[str, ActionState]:
    """By the id of the task or item; what has no action yet is missing."""
    context.require("see")
    rows = Action.objects.filter(workspace=context.workspace, kind=kind).values_list("ref", "state", "wants")
    return {ref: ActionState(state, wants) for ref, state, wants in rows}


def state_of_action(context: Context, kind: str, ref: str) -> ActionState | None:
    """The same of one task or item."""
    context.require("see")
    row = Action.objects.filter(workspace=context.workspace, kind=kind, ref=ref).values_list("state", "wants").first()
    return ActionState(*row) if row else None
