"""Site: where one installation keeps everything. `app.site` finds, creates and opens it; operations are handed it."""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Site:
    """One folder: `site.toml`, `key`, `ledger.sqlite3` (unless `database_url` names a PostgreSQL database) and `lake/`.

    `key` (32 bytes) signs and encrypts; it is never shown.
    """

    folder: Path
    key: bytes = field(repr=False)
    database_url: str | None = field(default=None, repr=False)

    @property
    def ledger_path(self) -> Path:
        """The SQLite file of the ledger; not used when there is a `database_url`."""
        return self.folder / "ledger.sqlite3"

    @property
    def lake_dir(self) -> Path:
        """The folder that holds every company's facts."""
        return self.folder / "lake"

    def lake_of(self, workspace_slug: str) -> Path:
        """The folder of one company's facts and fits; companies never share a file."""
        return self.lake_dir / workspace_slug

    def derive_key(self, purpose: str) -> bytes:
        """32 bytes that belong to `purpose` alone: knowing them tells nothing about the site's key or another purpose's."""
        return hmac.new(self.key, purpose.encode(), hashlib.sha256).digest()
