"""The states of an action and the moves between them. Nothing is done without approval, and nothing is done twice."""

from __future__ import annotations

from typing import Literal

from quarterdeck.kernel.problems import Refused

State = Literal["proposed", "changes_requested", "approved", "claimed", "done", "failed", "unknown", "refused", "cancelled"]

STATES: dict[State, str] = {
    "proposed": "waits for approval",
    "changes_requested": "waits for changes that the approver asked for",
    "approved": "may be done when it falls due",
    "claimed": "is being done at this moment",
    "done": "was done once, with a receipt",
    "failed": "was tried and certainly did not happen",
    "unknown": "was tried and it is not known whether it happened; somebody must look",
    "refused": "was refused, with a reason",
    "cancelled": "is no longer wanted by the plan",
}

MOVES: dict[State, frozenset[State]] = {
    "proposed": frozenset({"approved", "changes_requested", "refused", "cancelled"}),
    "changes_requested": frozenset({"proposed", "cancelled"}),
    # An edit sends it back to `proposed`: what is done must be what was approved.
    "approved": frozenset({"proposed", "claimed", "done", "cancelled", "refused"}),
    "claimed": frozenset({"done", "failed", "unknown"}),
    # Only a person who looked may say what became of it; it is never tried again by itself.
    "unknown": frozenset({"done", "failed"}),
    "failed": frozenset({"approved", "cancelled"}),
    "done": frozenset(),
    "refused": frozenset({"proposed"}),
    "cancelled": frozenset({"proposed"}),
}


def can_move(before: State, after: State) -> bool:
    """Whether an action may go from one state to the other in one step."""
    return after in MOVES[before]


def require_move(before: State, after: State, *, title: str) -> None:
    """Nothing, when the move is allowed. Raises Refused with what can be done in its place."""
    if not can_move(before, after):
        ways = ", ".join(sorted(MOVES[before])) or "nothing any more"
        raise Refused(f"“{title}” {STATES[before]}, so it cannot become {after.replace('_', ' ')}.", fix=f"It can become: {ways}.", code="ACT-001")
