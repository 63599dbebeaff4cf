"""Which days a calendar page shows: a month by whole weeks, a week, or a month as a list; and its neighbours."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal
from urllib.parse import urlencode

from quarterdeck.kernel.periods import week_start
from quarterdeck.web.whole_number import whole_number

View = Literal["month", "week", "list"]
_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December")


@dataclass(frozen=True)
class Span:
    """What is asked for: a view, the day that it is about, and filters by id ("" is all)."""

    view: View
    day: date
    audience: str = ""
    channel: str = ""
    campaign: str = ""
    page: int = 1

    @property
    def first(self) -> date:
        """The first day that counts: of the month, or of the week."""
        return week_start(self.day) if self.view == "week" else self.day.replace(day=1)

    @property
    def last(self) -> date:
        """The last day that counts."""
        return self.first + timedelta(days=6) if self.view == "week" else next_month(self.first) - timedelta(days=1)

    @property
    def shown_first(self) -> date:
        """The first day in sight: a month is shown by whole weeks."""
        return week_start(self.first) if self.view == "month" else self.first

    @property
    def shown_last(self) -> date:
        """The last day in sight."""
        return week_start(self.last) + timedelta(days=6) if self.view == "month" else self.last

    @property
    def name(self) -> str:
        """`February 2027`, or `8 to 14 February 2027`."""
        month = f"{_MONTHS[self.last.month - 1]} {self.last.year}"
        if self.view != "week":
            return month
        same = self.first.month == self.last.month
        return f"{self.first.day}{'' if same else ' ' + _MONTHS[self.first.month - 1]} to {self.last.day} {month}"

    @property
    def short(self) -> str:
        """`February`, or `the week of 8 February`: for a sentence."""
        return _MONTHS[self.first.month - 1] if self.view != "week" else f"the week of {self.first.day} {_MONTHS[self.first.month - 1]}"

    @property
    def before(self) -> date:
        """A day of the month or week before."""
        return self.first - timedelta(days=1)

    @property
    def after(self) -> date:
        """A day of the month or week after."""
        return self.last + timedelta(days=1)

    def to(self, root: str, **changes: str) -> str:
        """The address of the same page with something else: `day` (a date of the span), `view`, filters, `item`, `page`."""
        day = date.fromisoformat(changes.pop("day", self.day.isoformat()))
        view = changes.pop("view", self.view)
        when = {"day": day.isoformat()} if view == "week" else {"month": f"{day:%Y-%m}"}
        filters = {"audience": self.audience, "channel": self.channel, "campaign": self.campaign}
        query = {"view": view, **when, **filters, **changes}
        return f"{root}?{urlencode({name: value for name, value in query.items() if value})}"


def read_span(asked: Mapping[str, str], today: date) -> Span:
    """The span that a query asks for; what it does not say, or says wrongly, is this month."""
    view = asked.get("view", "month")
    day = today
    for text in (asked.get("day", ""), f"{asked.get('month', '')}-01"):
        with contextlib.suppress(ValueError):
            day = date.fromisoformat(text)
            break
    day = min(max(day, date(1990, 1, 1)), date(2190, 1, 1))
    page = asked.get("page", "1")
    return Span(
        view if view in ("week", "list") else "month",  # type: ignore[arg-type]  # one of the three
        day,
        asked.get("audience", ""),
        asked.get("channel", ""),
        asked.get("campaign", ""),
        whole_number(page, 1),
    )


def next_month(day: date) -> date:
    """The first day of the month after."""
    return date(day.year + day.month // 12, day.month % 12 + 1, 1)
