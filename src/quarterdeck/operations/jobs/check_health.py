"""check_health: whether a site can do its work now. It tells nothing of what the site holds."""

from __future__ import annotations

import os
from dataclasses import asdict, dataclass
from datetime import datetime

from django.db import DatabaseError, connection

from quarterdeck import __version__
from quarterdeck.operations.jobs.worker_signs import is_worker_alive
from quarterdeck.operations.site import Site


@dataclass(frozen=True)
class Health:
    """Each part that the work needs, and whether it is there."""

    database: bool
    lake: bool
    worker: bool
    version: str

    @property
    def ok(self) -> bool:
        """Whether all of it is there."""
        return self.database and self.lake and self.worker

    def to_dict(self) -> dict[str, object]:
        """As it is shown to programs, `ok` first."""
        return {"ok": self.ok, **asdict(self)}


def check_health(site: Site, *, now: datetime) -> Health:
    """The health at `now`."""
    lake = site.lake_dir
    return Health(_database_answers(), lake.is_dir() and os.access(lake, os.W_OK | os.X_OK), is_worker_alive(site, now=now), __version__)


def _database_answers() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            return bool(cursor.fetchone() == (1,))
    except DatabaseError:
        return False
