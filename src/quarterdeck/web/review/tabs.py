"""The pages of Review, in the order in which they are read."""

from __future__ import annotations

from quarterdeck.operations.quarter.open_desk import Desk
from quarterdeck.web.shell import Tab

_PAGES = (("week", "", "This week"), ("close", "close/", "90-day close"), ("lessons", "lessons/", "Lessons"))


def review_tabs(desk: Desk, here: str) -> tuple[Tab, ...]:
    """This week, 90-day close, Lessons; `here` is week, close or lessons."""
    root = f"/w/{desk.slug}/review/"
    return tuple(Tab(root + path, name, key == here) for key, path, name in _PAGES)
