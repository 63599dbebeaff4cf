"""When and with whom the tests of the cockpit take place."""

from __future__ import annotations

from datetime import UTC, datetime

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
OWNER = "Olena"
PEOPLE = {"Olena": "owner", "Petra": "planner", "Carl": "contributor", "Anna": "approver", "Vera": "viewer"}
