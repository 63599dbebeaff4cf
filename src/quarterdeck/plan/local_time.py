"""Local clock times turned into instants, daylight saving included."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo


def to_instant(day: date, clock: str, zone: str) -> datetime:
    """The UTC instant at which clocks in `zone` show `clock` (HH:MM) on `day`.

    When clocks go forward and that time does not exist, the offset before the change is used, so that it goes out as much later as the clocks
    jumped: 01:30 in London on the last Sunday of March is 02:30 summer time. When they go back and it exists twice, the first one is meant.
    Raises zoneinfo.ZoneInfoNotFoundError (a KeyError) when there is no such zone. Source: RFC 5545, section 3.3.5.
    """
    hours, minutes = clock.split(":")
    return datetime.combine(day, time(int(hours), int(minutes)), tzinfo=ZoneInfo(zone)).replace(fold=0).astimezone(UTC)


def to_local(instant: datetime, zone: str) -> datetime:
    """What clocks in `zone` show at `instant`."""
    return instant.astimezone(ZoneInfo(zone))
