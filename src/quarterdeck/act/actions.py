"""draft_actions: every budget line, content item and task of a plan as one thing that wants to happen, named by a unique key."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from quarterdeck.act.hand_offs import link_of
from quarterdeck.act.planned import PlannedEntry, PlannedQuarter, PlannedTask
from quarterdeck.kernel.identity import content_hash
from quarterdeck.strategy.document import Strategy
from quarterdeck.strategy.parts.means import ContentItem

Kind = Literal["budget_line", "item", "task"]


@dataclass(frozen=True, slots=True)
class ActionDraft:
    """What should happen once. `key` is unique within a workspace; `content` is a hash of what is approved, so that an edit shows."""

    key: str
    kind: Kind
    ref: str
    title: str
    due_on: date
    serves: str | None
    cost: Decimal
    wants: dict[str, str]

    @property
    def content(self) -> str:
        """Content hash of everything an approver says yes to."""
        return content_hash({"key": self.key, "due_on": self.due_on, "cost": self.cost, "wants": self.wants})


def draft_actions(plan: PlannedQuarter, strategy: Strategy) -> tuple[ActionDraft, ...]:
    """One draft for each open budget line, each planned task and each item of the calendar, in the order they fall due.

    Lines of past weeks and lines of nothing are left out; so are tasks already done and items whose time has passed.
    """
    drafts = [*_budget_lines(plan, strategy), *_tasks(plan, strategy), *_items(plan, strategy)]
    return tuple(sorted(drafts, key=lambda draft: (draft.due_on, draft.key)))


def _budget_lines(plan: PlannedQuarter, strategy: Strategy) -> list[ActionDraft]:
    objective_of = {campaign.id: campaign.objective for campaign in strategy.campaigns}
    names = {channel.id: channel.name or channel.id for channel in strategy.channels}
    names |= {campaign.id: campaign.name or campaign.id for campaign in strategy.campaigns}
    currency = plan.budget.currency
    return [
        ActionDraft(
            key=f"budget/{line.key}",
            kind="budget_line",
            ref=line.key,
            due_on=line.week,
            title=f"{names.get(line.channel, line.channel)}, {names.get(line.campaign or '', 'always on')}: {line.amount} {currency} in the week of {line.week.isoformat()}",
            serves=objective_of.get(line.campaign or ""),
            cost=line.amount,
            wants={
                "channel": line.channel,
                "campaign": line.campaign or "",
                "week": line.week.isoformat(),
                "amount": str(line.amount),
                "currency": currency,
            },
        )
        for line in plan.budget.lines
        if not line.is_spent and line.amount > 0
    ]


def _tasks(plan: PlannedQuarter, strategy: Strategy) -> list[ActionDraft]:
    tasks = {task.id: task for task in strategy.management.tasks}
    return [
        _task(assignment, tasks[assignment.task].title, tasks[assignment.task].serves, tasks[assignment.task].budget)
        for assignment in plan.work.assignments
        if assignment.state != "done" and assignment.in_quarter and assignment.task in tasks
    ]


def _task(assignment: PlannedTask, title: str, serves: str, budget: Decimal) -> ActionDraft:
    return ActionDraft(
        key=f"task/{assignment.task}",
        kind="task",
        ref=assignment.task,
        title=title,
        due_on=assignment.ends_on,
        serves=serves,
        cost=budget,
        wants={
            "person": assignment.person or "",
            "starts_on": assignment.starts_on.isoformat(),
            "ends_on": assignment.ends_on.isoformat(),
            "half_days": str(assignment.half_days),
        },
    )


def _items(plan: PlannedQuarter, strategy: Strategy) -> list[ActionDraft]:
    items = {item.id: item for item in strategy.content.items}
    objective_of = {campaign.id: campaign.objective for campaign in strategy.campaigns}
    return [
        _item(items[entry.item], entry, link_of(items[entry.item], strategy), objective_of)
        for entry in plan.calendar
        if entry.item in items and items[entry.item].deliver.on >= plan.first_open_week
    ]


def _item(item: ContentItem, entry: PlannedEntry, link: str | None, objective_of: dict[str, str]) -> ActionDraft:
    """Subject, words and link are part of what is approved: the hand-off carries all three."""
    return ActionDraft(
        key=f"item/{item.id}",
        kind="item",
        ref=item.id,
        title=item.title,
        due_on=item.deliver.on,
        serves=objective_of.get(item.campaign or ""),
        cost=Decimal(0),
        wants={
            "channel": item.channel,
            "audience": item.audience,
            "language": item.language,
            "format": item.format,
            "at": entry.at.isoformat(),
            "local": entry.local,
            "title": item.title,
            "text": item.text or "",
            "link": link or "",
        },
    )
