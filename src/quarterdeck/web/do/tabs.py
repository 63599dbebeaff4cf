"""The pages of this area."""

from __future__ import annotations

from datetime import timedelta

from quarterdeck.kernel.periods import week_start
from quarterdeck.operations.act.look_at_todo import count_of_todo, count_of_waiting
from quarterdeck.operations.quarter.open_desk import Desk
from quarterdeck.web.shell import Tab


def tabs_of_do(desk: Desk, here: str, *, waiting: int | None = None) -> tuple[Tab, ...]:
    """Approvals and To do with what waits in each: to do counts what is due by the end of this week."""
    root = f"/w/{desk.slug}/do/"
    due = count_of_todo(desk.context, until=week_start(desk.day) + timedelta(days=6))
    return (
        Tab(root, "Approvals", here == "approvals", count_of_waiting(desk.context) if waiting is None else waiting),
        Tab(f"{root}todo/", "To do", here == "todo", due),
        Tab(f"{root}files/", "Files", here == "files"),
        Tab(f"{root}gone/", "Gone out", here == "gone"),
    )
