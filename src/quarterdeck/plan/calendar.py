"""What goes out in a quarter, at exact instants, resolved late from the local times that were meant."""

from __future__ import annotations

from datetime import date

from quarterdeck.kernel.periods import Quarter
from quarterdeck.plan.local_time import to_instant
from quarterdeck.plan.quarter_plan import CalendarEntry, WorkPlan
from quarterdeck.strategy.document import Strategy
from quarterdeck.strategy.parts.means import ContentItem


def place_content(strategy: Strategy, quarter: Quarter, work: WorkPlan, *, zone: str | None = None) -> tuple[CalendarEntry, ...]:
    """Every item whose local date lies in `quarter`, by instant and then id. `zone` stands in for the company's where an item names none.

    `ready_on` is the last day of the planned work that the item needs; None when nothing of it is planned any more, or when nobody can do it.
    """
    ends = {assignment.task: assignment.ends_on for assignment in work.assignments}
    home = zone or strategy.company.timezone
    items = [item for item in strategy.content.items if quarter.first_day <= item.deliver.on <= quarter.last_day]
    entries = [place_item(item, home, _ready_on(item, ends, work)) for item in items]
    return tuple(sorted(entries, key=lambda entry: (entry.at, entry.item)))


def place_item(item: ContentItem, home: str, ready_on: date | None) -> CalendarEntry:
    """One item at its instant; `home` is the zone it means when it names none."""
    zone = item.deliver.zone or home
    return CalendarEntry(
        item=item.id,
        title=item.title,
        channel=item.channel,
        audience=item.audience,
        campaign=item.campaign,
        at=to_instant(item.deliver.on, item.deliver.at, zone),
        local=f"{item.deliver.on.isoformat()} {item.deliver.at} {zone}",
        ready_on=ready_on,
    )


def _ready_on(item: ContentItem, ends: dict[str, date], work: WorkPlan) -> date | None:
    if set(item.needs) & set(work.unassignable):
        return None
    return max((ends[task] for task in item.needs if task in ends), default=None)
