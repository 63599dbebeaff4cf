"""remembered: what was made from something that never changes (a revision, a plan, a fit, named by its hash) is made once a process."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Any, TypeVar

T = TypeVar("T")

MOST_KEPT = 64
"""Per kind; the least lately used goes first."""
_kept: dict[str, OrderedDict[Hashable, Any]] = {}
_lock = Lock()


def remembered(kind: str, key: Hashable, make: Callable[[], T], *, most: int = MOST_KEPT) -> T:
    """`make()`, or what it gave before for this `kind` and `key`. The key must name everything that the result is made from.

    Two threads that ask at the same moment may both make it; the results are equal. Nothing is kept when `make` raises.
    """
    with _lock:
        kept = _kept.setdefault(kind, OrderedDict())
        if key in kept:
            kept.move_to_end(key)
            found: T = kept[key]
            return found
    made = make()
    with _lock:
        kept[key] = made
        while len(kept) > most:
            kept.popitem(last=False)
    return made


def forget_everything() -> None:
    """For tests that measure a first time."""
    with _lock:
        _kept.clear()
