"""The one place that reads the clock; everything else is given `now` or `as_of`."""

from __future__ import annotations

from datetime import UTC, datetime


def now_utc() -> datetime:
    """This instant, aware, UTC."""
    return datetime.now(UTC)
