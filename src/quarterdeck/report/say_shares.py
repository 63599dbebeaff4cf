"""What is said of links that show a paper: their state, who agreed to what, and what waits to be read."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from quarterdeck.report.words import Words, how_many

PAPERS: Mapping[str, str] = {"one-page": "the strategy on one page", "report": "the full report", "brief": "a brief for an agency"}


def say_agreed(words: Words, name: str, on: date, revision: int) -> str:
    """`Agreed by Jane Smith on 24 November 2026 to revision 7`."""
    return f"Agreed by {name} on {words.day(on)} to revision {revision}"


def say_new(comments: int, agreements: int) -> str:
    """`2 new comments, 1 agreement`; "" when nothing waits."""
    said = [how_many(comments, "new comment")] if comments else []
    return ", ".join([*said, *([how_many(agreements, "agreement" if comments else "new agreement")] if agreements else [])])


def say_links(links: int, still_open: int) -> str:
    """How many links there are and how many of them still show their paper."""
    if not links:
        return "No link yet."
    return f"{how_many(links, 'link')}, {still_open if still_open else 'none'} open."


def say_state(words: Words, state: str, on: date) -> str:
    """`open till 7 December 2026`, `closed on ...` or `expired on ...`."""
    return f"{state} {'till' if state == 'open' else 'on'} {words.day(on)}"
