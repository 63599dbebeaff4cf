"""What the collision rules look at: strategy, calendar and work of one quarter, and the same with one thing changed."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Protocol

from quarterdeck.kernel.periods import Quarter
from quarterdeck.plan.calendar import place_item
from quarterdeck.plan.local_time import to_local
from quarterdeck.plan.quarter_plan import Assignment, BudgetLine, CalendarEntry, Fix, WorkPlan
from quarterdeck.strategy.document import Strategy
from quarterdeck.strategy.parts.management import Task
from quarterdeck.strategy.parts.means import Campaign, Channel, ContentItem


@dataclass(frozen=True)
class Finding:
    """A collision whose ways out are worked out only when somebody asks."""

    code: str
    items: tuple[str, ...]
    first_day: date
    last_day: date
    sentence: str
    ways_out: Callable[[], Iterator[Fix]]

    @property
    def key(self) -> tuple[str, tuple[str, ...]]:
        """Two findings with one key are the same collision."""
        return self.code, self.items


class Judge(Protocol):
    """Whether a proposed change may be proposed."""

    def is_clean(self, scene: Scene, item_id: str) -> bool:
        """Whether nothing in `scene` collides with the item."""

    def is_no_worse(self, before: Scene, after: Scene) -> bool:
        """Whether every collision of `after` is one of `before`."""


@dataclass(frozen=True)
class Scene:
    """Everything that can collide. Nothing on or before `settled` can be changed any more."""

    strategy: Strategy
    """Its content items may be older than `items`."""
    quarter: Quarter
    items: Mapping[str, ContentItem]
    entry: Mapping[str, CalendarEntry]
    """By item, in the order of the calendar before anything was changed."""
    work: WorkPlan
    holidays: Mapping[date, str]
    budget_lines: Sequence[BudgetLine]
    settled: date

    @property
    def entries(self) -> Collection[CalendarEntry]:
        """Everything that goes out."""
        return self.entry.values()

    @cached_property
    def campaigns(self) -> dict[str, Campaign]:
        """Campaigns by id."""
        return {campaign.id: campaign for campaign in self.strategy.campaigns}

    @cached_property
    def channels(self) -> dict[str, Channel]:
        """Channels by id."""
        return {channel.id: channel for channel in self.strategy.channels}

    @cached_property
    def tasks(self) -> dict[str, Task]:
        """Tasks by id."""
        return {task.id: task for task in self.strategy.management.tasks}

    @cached_property
    def assignments(self) -> dict[str, Assignment]:
        """Where each planned or started task lies."""
        return {assignment.task: assignment for assignment in self.work.assignments}

    def with_item(self, item_id: str, *, on: date | None = None, at: str | None = None, channel: str | None = None) -> Scene:
        """The same with an item on another day, at another time or through another channel."""
        old, entry = self.items[item_id], self.entry[item_id]
        deliver = old.deliver.model_copy(update={"on": on or old.deliver.on, "at": at or old.deliver.at})
        item = old.model_copy(update={"deliver": deliver, "channel": channel or old.channel})
        return replace(self, items={**self.items, item_id: item}, entry={**self.entry, item_id: place_item(item, zone_of(entry), entry.ready_on)})

    def with_campaign(self, campaign_id: str, *, starts_on: date | None = None, ends_on: date | None = None) -> Scene:
        """The same with other dates for a campaign."""
        old = self.campaigns[campaign_id]
        campaign = old.model_copy(update={"starts_on": starts_on or old.starts_on, "ends_on": ends_on or old.ends_on})
        campaigns = tuple(campaign if each.id == campaign_id else each for each in self.strategy.campaigns)
        return replace(self, strategy=self.strategy.model_copy(update={"campaigns": campaigns}))

    def is_open(self, day: date) -> bool:
        """Whether something may be moved to `day`: still ahead, and in the quarter."""
        return self.settled < day <= self.quarter.last_day

    def days_near(self, item_id: str, *, weeks: int = 4) -> Iterator[date]:
        """Open days around an item's own, nearest first and later before earlier; working days, unless it stands on a weekend itself."""
        day = self.items[item_id].deliver.on
        for distance in range(1, weeks * 7 + 1):
            for other in (day + timedelta(days=distance), day - timedelta(days=distance)):
                if self.is_open(other) and (other.weekday() < 5 or day.weekday() >= 5):
                    yield other


def day_of(entry: CalendarEntry) -> date:
    """The local date that was meant."""
    return date.fromisoformat(entry.local[:10])


def zone_of(entry: CalendarEntry) -> str:
    """The time zone that was meant."""
    return entry.local[17:]


def local_clock(entry: CalendarEntry) -> datetime:
    """What clocks there show when it goes out; not what was meant when that time does not exist."""
    return to_local(entry.at, zone_of(entry))
