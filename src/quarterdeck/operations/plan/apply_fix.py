"""apply_fix, leave_collision: a way out of a collision taken, or the collision left as it is with a reason that is kept."""

from __future__ import annotations

from quarterdeck.kernel.identity import content_hash
from quarterdeck.kernel.problems import InvalidInput, Problem, Refused
from quarterdeck.operations.plan.look_at_conflicts import LEFT, TAKEN_UP, conflict_named, left_collisions, worked_out
from quarterdeck.operations.quarter.open_desk import Desk
from quarterdeck.operations.strategy.change_strategy import Changed, change_strategy
from quarterdeck.plan.quarter_plan import Fix

LONGEST_REASON = 500


def fix_id(fix: Fix) -> str:
    """What names a way out: its words and what it changes."""
    return content_hash([fix.text, dict(fix.change)])[:12]


def apply_fix(desk: Desk, key: str, fix: str, *, parent: str) -> Changed:
    """The strategy with the change of that way out. `parent` is the hash of the revision that was looked at.

    Raises Refused when the collision or the way out is not there any more, or when only a person can carry it out; StaleRevision when somebody
    saved meanwhile.
    """
    desk.context.require("save_strategy")
    found, conflict = conflict_named(desk, key)
    collision = worked_out(found.now, conflict.collision)
    chosen = next((each for each in collision.fixes if fix_id(each) == fix), None)
    if chosen is None:
        raise Refused("This way out is not offered any more: something was changed meanwhile.", fix="Choose one of those shown now.", code="PLAN-911")
    if not chosen.change:
        raise Refused("Only a person can carry this out: it changes nothing by itself.", fix="Open the place that it speaks of.", code="PLAN-912")
    return change_strategy(desk.context, chosen.change, note=f"{chosen.text} ({collision.code})", parent=parent)


def leave_collision(desk: Desk, key: str, reason: str) -> str:
    """The collision's sentence; it is left as it is, and the reason stands in the audit log. Raises InvalidInput without a reason."""
    desk.context.require("save_strategy")
    reason = " ".join(reason.split())
    if not reason or len(reason) > LONGEST_REASON:
        raise InvalidInput(
            [Problem("PLAN-913", "reason", f"{len(reason)} letters", f"1 to {LONGEST_REASON} letters", "Say in a sentence why it may stay.")]
        )
    _, conflict = conflict_named(desk, key)
    each = conflict.collision
    desk.context.audit(LEFT, key, reason=reason, code=each.code, items=list(each.items), sentence=each.sentence)
    return each.sentence


def take_up_collision(desk: Desk, key: str) -> bool:
    """Whether it counts again; False when it was not left."""
    desk.context.require("save_strategy")
    if key not in left_collisions(desk.context):
        return False
    desk.context.audit(TAKEN_UP, key)
    return True
