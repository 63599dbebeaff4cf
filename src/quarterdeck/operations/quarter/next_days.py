"""next_days: what the plan sends out in the coming days, in which state each is, and what collides."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from quarterdeck.ledger.models import Action
from quarterdeck.operations.context import Context
from quarterdeck.plan.quarter_plan import CalendarEntry, QuarterPlan
from quarterdeck.strategy.document import Strategy

DAYS_AHEAD = 14
_DONE = ("done", "claimed", "unknown")
_GONE = ("refused", "cancelled")


@dataclass(frozen=True)
class GoesOut:
    """One thing that goes out on a day; `at` is the local time that was meant."""

    item: str
    title: str
    kind: str
    """Kind of its channel."""
    channel: str
    audience: str
    on: date
    at: str
    state: Literal["draft", "approved", "done"]
    collides: bool


def next_days(context: Context, strategy: Strategy, plan: QuarterPlan, day: date, hit: frozenset[str]) -> tuple[GoesOut, ...]:
    """Everything from `day` on for fourteen days, by time; what was refused or is no longer wanted does not go out. `hit` are the items that collide."""
    last = day + timedelta(days=DAYS_AHEAD - 1)
    entries = [entry for entry in plan.calendar if day <= local_day(entry) <= last]
    keys = [f"item/{entry.item}" for entry in entries]
    states = dict(Action.objects.filter(workspace=context.workspace, key__in=keys).values_list("key", "state"))
    kinds = {channel.id: channel.kind for channel in strategy.channels}
    return tuple(
        GoesOut(
            item=entry.item,
            title=entry.title,
            kind=kinds.get(entry.channel, "other"),
            channel=entry.channel,
            audience=entry.audience,
            on=local_day(entry),
            at=entry.local.split()[1],
            state=_state(states.get(f"item/{entry.item}")),
            collides=entry.item in hit,
        )
        for entry in entries
        if states.get(f"item/{entry.item}") not in _GONE
    )


def local_day(entry: CalendarEntry) -> date:
    """The day that was meant, in the place where it was meant."""
    return date.fromisoformat(entry.local.split()[0])


def _state(state: str | None) -> Literal["draft", "approved", "done"]:
    return "done" if state in _DONE else "approved" if state == "approved" else "draft"
