"""Signs of life of the worker: a small file with the time, so that the health of a site can be told without asking the worker."""

from __future__ import annotations

import contextlib
import os
from datetime import datetime, timedelta

from quarterdeck.operations.site import Site

SEEN_WITHIN = timedelta(seconds=30)
SIGN_EVERY_SECONDS = 5.0
_FILE = ".worker-seen"


def give_sign(site: Site, *, now: datetime) -> None:
    """The worker lives at `now`. A disk that is full must not stop its work."""
    aside = site.folder / f"{_FILE}.{os.getpid()}"
    with contextlib.suppress(OSError):
        aside.write_text(now.isoformat(), encoding="ascii")
        aside.replace(site.folder / _FILE)


def is_worker_alive(site: Site, *, now: datetime) -> bool:
    """Whether the worker gave a sign lately."""
    try:
        seen = datetime.fromisoformat((site.folder / _FILE).read_text(encoding="ascii"))
    except (OSError, ValueError):
        return False
    return now - seen <= SEEN_WITHIN
