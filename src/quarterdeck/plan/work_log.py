"""WorkLogEntry: what people said about work: started, done, delivered, put off."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal


@dataclass(frozen=True, slots=True)
class WorkLogEntry:
    """One line of the work log. `ref` is the id of a task or a content item."""

    ref: str
    kind: Literal["task", "item"]
    event: Literal["started", "done"]
    on: date
    by: str | None = None
    hours: Decimal | None = None
    link: str | None = None
