"""The pages of Results, in the order in which they are read, and the addresses of rows."""

from __future__ import annotations

from datetime import date
from urllib.parse import quote, urlencode

from quarterdeck.operations.quarter.open_desk import Desk
from quarterdeck.web.shell import Tab

_PAGES = (("overview", "", "Overview"), ("channels", "channels/", "Channels"), ("tracking", "tracking/", "Tracking health"))


def results_tabs(desk: Desk, here: str) -> tuple[Tab, ...]:
    """Overview, Channels, Tracking health; `here` is overview, channels, tracking or nothing of these."""
    root = f"/w/{desk.slug}/results/"
    return tuple(Tab(root + path, name, key == here) for key, path, name in _PAGES)


def rows_link(desk: Desk, table: str, *, first: date | None = None, last: date | None = None, **named: str) -> str:
    """The rows behind a figure: of a table, what the rows are about (`channel="search"`, `metric="orders"`), from a day to a day."""
    asked = {"table": table, **named} | ({"from": first.isoformat()} if first else {}) | ({"to": last.isoformat()} if last else {})
    return f"/w/{desk.slug}/results/rows/?{urlencode(asked)}"


def channel_link(desk: Desk, channel: str) -> str:
    """The page of a channel."""
    return f"/w/{desk.slug}/results/channels/{quote(channel, safe='')}/"
