"""The pages of Plan, in the order in which they are read."""

from __future__ import annotations

from quarterdeck.operations.look_at_budget import conflicts_of_newest
from quarterdeck.operations.open_desk import Desk
from quarterdeck.web.shell import Tab

_PAGES = (("budget", "", "Budget"), ("work", "work/", "Work"), ("calendar", "calendar/", "Calendar"), ("conflicts", "conflicts/", "Conflicts"))


def plan_tabs(desk: Desk, here: str) -> tuple[Tab, ...]:
    """Budget, Work, Calendar, Conflicts, the last with how many there are; `here` is budget, work, calendar or conflicts."""
    conflicts = conflicts_of_newest(desk.context) or None
    root = f"/w/{desk.slug}/plan/"
    return tuple(Tab(root + path, name, key == here, conflicts if key == "conflicts" else None) for key, path, name in _PAGES)
