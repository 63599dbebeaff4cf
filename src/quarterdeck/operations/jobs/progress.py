"""What a job is doing now, in a small file beside the ledger: a job may hold the ledger's only write transaction while it works."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

from quarterdeck.operations.site import Site

_FOLDER = "progress"


def note_progress(site: Site, job_id: int, doing: str) -> None:
    """Written aside and renamed: whoever reads it finds a whole sentence. A disk that is full must not stop the job itself."""
    place = _place(site, job_id)
    aside = place.with_name(f".{job_id}.{os.getpid()}.new")
    with contextlib.suppress(OSError):
        place.parent.mkdir(mode=0o700, exist_ok=True)
        aside.write_text(doing, encoding="utf-8")
        aside.replace(place)


def read_progress(site: Site, job_id: int) -> str | None:
    """What was noted last, or None."""
    try:
        return _place(site, job_id).read_text(encoding="utf-8") or None
    except OSError:
        return None


def forget_progress(site: Site, job_id: int) -> None:
    """Nothing of it is left."""
    with contextlib.suppress(OSError):
        _place(site, job_id).unlink(missing_ok=True)


def forget_all_progress(site: Site) -> None:
    """For a worker that starts: whatever stands there belongs to nobody."""
    for left in (site.folder / _FOLDER).glob("*"):
        with contextlib.suppress(OSError):
            left.unlink()


def _place(site: Site, job_id: int) -> Path:
    return site.folder / _FOLDER / str(job_id)
