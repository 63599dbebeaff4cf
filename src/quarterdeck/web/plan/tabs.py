"""The pages of Plan, in the order in which they are read."""

from __future__ import annotations

from quarterdeck.operations.plan.look_at_conflicts import count_conflicts
from quarterdeck.operations.quarter.open_desk import Desk
from quarterdeck.web.shell import Tab

_PAGES = (("budget", "", "Budget"), ("work", "work/", "Work"), ("calendar", "calendar/", "Calendar"), ("conflicts", "conflicts/", "Conflicts"))


def plan_tabs(desk: Desk, here: str) -> tuple[Tab, ...]:
    """Budget, Work, Calendar, Conflicts, the last with how many still wait for a decision; `here` is budget, work, calendar or conflicts."""
    conflicts = count_conflicts(desk) or None
    root = f"/w/{desk.slug}/plan/"
    return tuple(Tab(root + path, name, key == here, conflicts if key == "conflicts" else None) for key, path, name in _PAGES)
