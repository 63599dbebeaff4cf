"""look_at_calendar: what goes out between two days, how far each item has come, and what it trips over."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from quarterdeck.kernel.periods import Quarter
from quarterdeck.kernel.problems import Refused
from quarterdeck.operations.act.action_states import ActionState, state_of_action, states_of_actions
from quarterdeck.operations.plan.compare_plan import PlanNow, compare_plan, entries_of
from quarterdeck.operations.plan.gather_inputs import quarter_for
from quarterdeck.operations.plan.look_at_conflicts import Conflict, conflicts_of
from quarterdeck.operations.quarter.open_desk import Desk
from quarterdeck.plan.collision_scene import day_of
from quarterdeck.plan.quarter_plan import CalendarEntry
from quarterdeck.strategy.parts.means import Campaign, ContentItem

ItemState = Literal["gone", "approved", "draft", "changed", "asked", "missed", "unknown", "failed", "refused"]


@dataclass(frozen=True)
class CalendarItem:
    """An item where it stands now: its state, and what it collides with (what was left on purpose included)."""

    item: ContentItem
    entry: CalendarEntry
    state: ItemState
    conflicts: tuple[Conflict, ...]

    @property
    def day(self) -> date:
        """The local date that was meant."""
        return day_of(self.entry)

    @property
    def collides(self) -> bool:
        """Whether something about it waits for a decision."""
        return any(conflict.is_open for conflict in self.conflicts)

    @property
    def may_move(self) -> bool:
        """Whether another day can still be chosen for it."""
        return self.state not in ("gone", "unknown")


@dataclass(frozen=True, eq=False)
class CalendarNow:
    """A span of days with everything on them; `conflicts` are the open ones that touch it, by day."""

    now: PlanNow
    items: tuple[CalendarItem, ...]
    campaigns: tuple[Campaign, ...]
    holidays: Mapping[date, str]
    conflicts: tuple[Conflict, ...]


def look_at_calendar(desk: Desk, first: date, last: date, *, audience: str = "", channel: str = "", campaign: str = "") -> CalendarNow:
    """The days from `first` to `last`, both included, filtered where an id is named. Raises Refused without a strategy."""
    quarters = _quarters(desk, first, last)
    now = quarters[len(quarters) // 2]
    conflicts = _by_item(desk, quarters)
    states = states_of_actions(desk.context, "item")
    shown = {item.id: item for item in now.strategy.content.items}
    items = [
        _item(desk, shown[entry.item], entry, states.get(entry.item), conflicts.get(entry.item, ()))
        for entry in entries_of(now.strategy, now.revision_hash)
        if first <= day_of(entry) <= last
        and (not audience or entry.audience == audience)
        and (not channel or entry.channel == channel)
        and (not campaign or entry.campaign == campaign)
    ]
    campaigns = _campaigns(now, first, last, audience, channel, campaign)
    in_sight = [*(each.item.id for each in items), *(each.id for each in campaigns)]
    touching = {each.key: each for ref in in_sight for each in conflicts.get(ref, ()) if each.is_open}
    return CalendarNow(
        now=now,
        items=tuple(items),
        campaigns=campaigns,
        holidays={day: name for each in quarters for day, name in each.holidays.items()},
        conflicts=tuple(
            sorted(
                (each for each in touching.values() if each.collision.last_day >= first and each.collision.first_day <= last),
                key=lambda each: (each.collision.first_day, each.key),
            )
        ),
    )


def look_at_item(desk: Desk, item_id: str) -> tuple[PlanNow, CalendarItem]:
    """One item. Raises Refused when the strategy holds none of that id."""
    item = next((each for each in desk.strategy.content.items if each.id == item_id), None) if desk.strategy else None
    if item is None:
        raise Refused("There is no such content item.", fix="It may have been taken out; look at the calendar as it is now.", code="PLAN-914")
    now = compare_plan(desk, quarter_for(desk.strategy, item.deliver.on)) if desk.strategy else compare_plan(desk)
    entry = next(each for each in entries_of(now.strategy, now.revision_hash) if each.item == item_id)
    found = _by_item(desk, (now,)).get(item_id, ())
    return now, _item(desk, item, entry, state_of_action(desk.context, "item", item_id), found)


def _quarters(desk: Desk, first: date, last: date) -> tuple[PlanNow, ...]:
    """Each quarter that the span touches."""
    if desk.strategy is None:
        return (compare_plan(desk),)
    start, end = quarter_for(desk.strategy, first), quarter_for(desk.strategy, last)
    found: list[Quarter] = [start]
    while found[-1] != end and len(found) < 3:
        found.append(found[-1].next())
    return tuple(compare_plan(desk, each) for each in found)


def _by_item(desk: Desk, quarters: tuple[PlanNow, ...]) -> dict[str, tuple[Conflict, ...]]:
    """What collides as things stand, by each item and campaign in it; what a later change settled is left out."""
    found: dict[str, tuple[Conflict, ...]] = {}
    for now in quarters:
        for conflict in conflicts_of(desk.context, now).conflicts:
            if not conflict.is_settled:
                for each in conflict.collision.items:
                    found[each] = (*found.get(each, ()), conflict)
    return found


def _item(desk: Desk, item: ContentItem, entry: CalendarEntry, action: ActionState | None, conflicts: tuple[Conflict, ...]) -> CalendarItem:
    return CalendarItem(item, entry, _state(desk, item, entry, action), conflicts)


_ENDED: dict[str, ItemState] = {"done": "gone", "claimed": "unknown", "unknown": "unknown", "failed": "failed", "refused": "refused"}


def _state(desk: Desk, item: ContentItem, entry: CalendarEntry, action: ActionState | None) -> ItemState:
    if action is not None and action.state in _ENDED:
        return _ENDED[action.state]
    if day_of(entry) < desk.day:
        return "missed"
    if action is None or action.state in ("proposed", "cancelled"):
        return "draft"
    if action.state == "changes_requested":
        return "asked"
    wanted = tuple(action.wants.get(key, "") for key in ("local", "channel", "audience", "text"))
    return "approved" if wanted == (entry.local, item.channel, item.audience, item.text or "") else "changed"


def _campaigns(now: PlanNow, first: date, last: date, audience: str, channel: str, campaign: str) -> tuple[Campaign, ...]:
    return tuple(
        sorted(
            (
                each
                for each in now.strategy.campaigns
                if each.starts_on <= last
                and each.ends_on >= first
                and (not audience or not each.audiences or audience in each.audiences)
                and (not channel or channel in each.channels)
                and (not campaign or each.id == campaign)
            ),
            key=lambda each: (each.starts_on, -(each.ends_on - each.starts_on).days, each.id),
        )
    )
