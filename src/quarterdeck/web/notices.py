"""Notices: what was just done, kept until the next page shows it, with a way to take it back where there is one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from django.http import HttpRequest

from quarterdeck.web.plain_words import for_browser

_KEY = "notices"
MOST_KEPT = 10


@dataclass(frozen=True)
class Undo:
    """A form that takes back what was done: `address` is posted to with `fields`."""

    address: str
    fields: Mapping[str, str]
    label: str = "Undo"


@dataclass(frozen=True)
class Notice:
    """Sentences for the person who did something. `look` is good, warn, bad or info."""

    sentences: Sequence[str]
    look: str = "good"
    undo: Undo | None = None
    also: Undo | None = None
    """What usually comes next, as a form of the same kind."""


def plan_again(slug: str, *, may: bool) -> Undo | None:
    """The button that makes the plan follow a change of the strategy, for somebody who may."""
    return Undo(f"/w/{slug}/plan/make/", {}, "Plan again") if may else None


def notice(request: HttpRequest, *sentences: str, look: str = "good", undo: Undo | None = None, also: Undo | None = None) -> None:
    """Shown on top of the next page that this person opens."""
    kept: list[dict[str, Any]] = request.session.get(_KEY, [])
    request.session[_KEY] = [*kept, asdict(Notice(tuple(for_browser(sentence) for sentence in sentences), look, undo, also))][-MOST_KEPT:]


def take_notices(request: HttpRequest) -> list[Notice]:
    """What waits to be shown; it is shown once."""
    if not hasattr(request, "session") or _KEY not in request.session:
        return []
    found = request.session.pop(_KEY)
    return [_read(each) for each in found]


def _read(kept: Mapping[str, Any]) -> Notice:
    undo, also = (Undo(**kept[name]) if kept.get(name) else None for name in ("undo", "also"))
    return Notice(tuple(kept["sentences"]), kept["look"], undo, also)
