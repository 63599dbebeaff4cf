"""What part of the inbox a person asked to see, from and to an address; odd values count as not asked."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.http import QueryDict

from quarterdeck.kernel.periods import week_start
from quarterdeck.operations.act.choose_actions import KINDS, Choice

MOST_SIGNS = 120
"""Of an id or a key in an address: longer ones name nothing."""


@dataclass(frozen=True)
class Asked:
    """The choice without its week, the week that is looked at, and the page of its cards."""

    choice: Choice
    week: date | None = None
    page: int = 1

    def query(self, **changes: Any) -> str:
        """The address's query for this, with changes: `week`, `page`, `kind`, `channel`, `campaign`."""
        fields = QueryDict(mutable=True)
        named = {"kind": self.choice.kind, "channel": self.choice.channel, "campaign": self.choice.campaign, "week": self.week, "page": self.page}
        for name, value in {**named, **changes}.items():
            if value and not (name == "page" and value == 1):
                fields[name] = value.isoformat() if isinstance(value, date) else str(value)
        return "?" + fields.urlencode() if fields else "?"


def read_asked(fields: QueryDict) -> Asked:
    """What the address asks for."""
    choice = read_choice(fields)
    page = fields.get("page", "")
    return Asked(replace(choice, week=None, clear=False), choice.week, int(page) if page.isdecimal() and len(page) < 7 else 1)


def read_choice(fields: QueryDict) -> Choice:
    """Everything that a choice names."""
    kind = fields.get("kind")
    return Choice(
        kind=kind if kind in KINDS else None,
        channel=_short(fields.get("channel")),
        campaign=_short(fields.get("campaign")),
        week=read_week(fields.get("week")),
        clear=fields.get("clear") == "yes",
    )


def read_week(text: str | None) -> date | None:
    """The Monday of the week of that day; None for what is no day."""
    day = read_day(text)
    return week_start(day) if day is not None and day.year > 1 else None


def read_day(text: str | None) -> date | None:
    """The day; None for what is no day."""
    try:
        return date.fromisoformat((text or "").strip())
    except ValueError:
        return None


def _short(text: str | None) -> str | None:
    return text if text and len(text) <= MOST_SIGNS else None
