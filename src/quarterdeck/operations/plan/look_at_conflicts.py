"""look_at_conflicts: what trips over what as the strategy stands now, which of it was left on purpose, and what later changes have settled."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from datetime import date, datetime

from quarterdeck.kernel.problems import Refused
from quarterdeck.ledger.models import AuditEntry
from quarterdeck.operations.context import Context
from quarterdeck.operations.plan.compare_plan import PlanNow, compare_plan, findings_now
from quarterdeck.operations.quarter.open_desk import Desk
from quarterdeck.operations.remember import remembered
from quarterdeck.plan.collision_scene import Finding
from quarterdeck.plan.collisions import to_collision
from quarterdeck.plan.quarter_plan import Collision

LEFT, TAKEN_UP = "leave_collision", "take_up_collision"
MONEY = "PLAN-106"
"""Found while the money is placed; between two plans nobody can say whether it still holds."""


@dataclass(frozen=True)
class Left:
    """Somebody's word that a collision may stay."""

    by: str
    reason: str
    at: datetime


@dataclass(frozen=True)
class Conflict:
    """A collision with what names it. `left` is the reason for which it stays; `is_settled`: a later change has ended it."""

    key: str
    collision: Collision | Finding
    left: Left | None = None
    is_settled: bool = False
    is_new: bool = False
    """It came up after the plan was made."""

    @property
    def is_open(self) -> bool:
        """Whether somebody should still do something about it."""
        return self.left is None and not self.is_settled


@dataclass(frozen=True, eq=False)
class Conflicts:
    """Everything that collides in a quarter, by day: open, left on purpose, settled since the plan was made."""

    now: PlanNow
    conflicts: tuple[Conflict, ...]

    @property
    def open(self) -> tuple[Conflict, ...]:
        """What waits for a decision."""
        return tuple(each for each in self.conflicts if each.is_open)


def key_of(collision: Collision | Finding) -> str:
    """What names a collision for as long as its things and days stay the same: once they change, a reason no longer holds."""
    named = "|".join((collision.code, *collision.items, collision.first_day.isoformat(), collision.last_day.isoformat()))
    return hashlib.sha256(named.encode()).hexdigest()[:16]


def look_at_conflicts(desk: Desk) -> Conflicts:
    """The collisions of the quarter. Raises Refused without a strategy."""
    return conflicts_of(desk.context, compare_plan(desk))


def conflicts_of(context: Context, now: PlanNow) -> Conflicts:
    """The same of a quarter that was looked up already."""
    left = left_collisions(context)
    every = remembered("conflicts", now.name, lambda: _all(now))
    return Conflicts(now, tuple(replace(each, left=left[each.key]) if each.key in left and not each.is_settled else each for each in every))


def _all(now: PlanNow) -> tuple[Conflict, ...]:
    """By day, whatever was left or not."""
    planned = [each for each in now.plan.collisions if each.last_day > now.settled] if now.plan else []
    found = findings_now(now)
    keys, known = {each.key for each in found}, {(each.code, each.items) for each in planned}
    conflicts = [Conflict(key_of(each), each, is_new=now.plan is not None and each.key not in known) for each in found]
    conflicts += [Conflict(key_of(each), each) for each in planned if each.code == MONEY]
    conflicts += [Conflict(key_of(each), each, is_settled=True) for each in planned if each.code != MONEY and (each.code, each.items) not in keys]
    return tuple(sorted(conflicts, key=lambda each: (each.collision.first_day, each.collision.code, each.collision.items)))


def count_conflicts(desk: Desk) -> int:
    """How many collisions are open; 0 without a strategy."""
    return len(look_at_conflicts(desk).open) if desk.strategy is not None else 0


def conflict_named(desk: Desk, key: str) -> tuple[Conflicts, Conflict]:
    """The open or left collision of that key. Raises Refused when nothing collides so any more."""
    found = look_at_conflicts(desk)
    conflict = next((each for each in found.conflicts if each.key == key and not each.is_settled), None)
    if conflict is None:
        raise Refused("This collision is not there any more: something was changed meanwhile.", fix="Look at the list as it is now.", code="PLAN-910")
    return found, conflict


def worked_out(now: PlanNow, collision: Collision | Finding) -> Collision:
    """The collision with its ways out: the plan's own while it is fresh, else worked out for the strategy as it stands."""
    if isinstance(collision, Collision):
        return collision
    if now.plan is not None and not now.is_stale:
        same = next((each for each in now.plan.collisions if (each.code, each.items, each.sentence) == (*collision.key, collision.sentence)), None)
        if same is not None and not _moves_into_the_past(same, now.settled):
            return same
    return remembered("ways out", (now.name, collision.key, collision.first_day), lambda: to_collision(collision), most=1000)


def left_collisions(context: Context) -> dict[str, Left]:
    """By key: what was left with a reason and not taken up again since."""
    context.require("see")
    left: dict[str, Left] = {}
    for entry in AuditEntry.objects.filter(workspace=context.workspace, verb__in=(LEFT, TAKEN_UP)).order_by("at", "pk"):
        if entry.verb == LEFT:
            left[entry.what] = Left(entry.who, str(entry.details.get("reason", "")), entry.at)
        else:
            left.pop(entry.what, None)
    return left


def _moves_into_the_past(collision: Collision, settled: date) -> bool:
    """Whether a way out that was good when the plan was made asks for a day that has gone by."""
    return any(value[:10] <= settled.isoformat() for fix in collision.fixes for value in fix.change.values() if value[:3] == "202")
