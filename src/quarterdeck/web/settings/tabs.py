"""The pages below Settings."""

from __future__ import annotations

from quarterdeck.operations.quarter.open_desk import Desk
from quarterdeck.web.shell import Tab

_TABS = (("", "Company"), ("people/", "People"), ("imports/", "Facts"), ("audit/", "What was done"), ("backup/", "Backup"))


def settings_tabs(desk: Desk, here: str) -> list[Tab]:
    """The tabs, with the one that is open marked."""
    return [Tab(f"/w/{desk.slug}/settings/{path}", name, path == here) for path, name in _TABS]
