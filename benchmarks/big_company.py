"""A company far larger than the sample, made of it: 200 campaigns, 500 tasks, 1,000 pieces of content, ten times the people; planned."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import TypeVar

from quarterdeck.operations.context import Context
from quarterdeck.operations.plan.plan_quarter import make_plan
from quarterdeck.operations.strategy.save_strategy import current_strategy, save_strategy
from quarterdeck.strategy.document import Strategy
from quarterdeck.strategy.parts.management import Task, Team
from quarterdeck.strategy.parts.means import Campaign, ContentItem

CAMPAIGNS, TASKS, ITEMS, TEAMS_TIMES = 200, 500, 1_000, 10
T = TypeVar("T")


def make_big(context: Context) -> Strategy:
    """The grown strategy, saved and planned in the company of `context`."""
    grown = grow(current_strategy(context).strategy)
    save_strategy(context, grown, note="Grown for measuring")
    make_plan(context, quarter=None, overrule=None, seed=1)
    return grown


def grow(strategy: Strategy) -> Strategy:
    """`strategy` with copies of its campaigns, content and tasks, spread over the quarter: copies bid on words of their own, say things in public, and
    a copy of a task follows copies of what it follows."""
    campaigns = (*strategy.campaigns, *_campaigns(strategy, CAMPAIGNS - len(strategy.campaigns)))
    items = (*strategy.content.items, *_items(strategy, campaigns, ITEMS - len(strategy.content.items)))
    tasks = (*strategy.management.tasks, *_tasks(strategy, TASKS - len(strategy.management.tasks)))
    document = strategy.model_dump(mode="json")
    document["campaigns"] = [each.model_dump(mode="json") for each in campaigns]
    document["content"]["items"] = [each.model_dump(mode="json") for each in items]
    document["management"]["tasks"] = [each.model_dump(mode="json") for each in tasks]
    document["management"]["teams"] = [each.model_dump(mode="json") for each in _teams(strategy)]
    return Strategy.model_validate(document)


def _campaigns(strategy: Strategy, count: int) -> Iterator[Campaign]:
    for number, copy, campaign in _copies(strategy.campaigns, count):
        own = {"id": f"{campaign.id}_{copy}", "name": f"{campaign.name}, part {copy}", "note": f"Number {number}"}
        words = tuple(f"{word} {copy}" for word in campaign.keywords)
        yield campaign.model_copy(update={**own, "offer": None, "keywords": words, "landing_page": None})


def _items(strategy: Strategy, campaigns: tuple[Campaign, ...], count: int) -> Iterator[ContentItem]:
    first, last = _quarter(strategy)
    days = (last - first).days + 1
    counted = {channel for rule in strategy.management.contact_rules.at_most for channel in rule.channels}
    public = tuple(item for item in strategy.content.items if item.channel not in counted)  # the rest would collide a thousand times
    for number, copy, item in _copies(public, count):
        on = first + timedelta(days=number * 7 % days)
        campaign = next((each for each in campaigns[number % CAMPAIGNS :] if each.starts_on <= on <= each.ends_on), None)
        update = {"id": f"{item.id}_{copy}", "title": f"{item.title}, {copy}", "needs": (), "campaign": campaign.id if campaign else None}
        yield item.model_copy(update={**update, "deliver": item.deliver.model_copy(update={"on": on})})


def _tasks(strategy: Strategy, count: int) -> Iterator[Task]:
    known = {campaign.id for campaign in strategy.campaigns}
    wanted = list(_copies(strategy.management.tasks, count))
    made = {f"{task.id}_{copy}" for _, copy, task in wanted}
    for _, copy, task in wanted:
        serves = f"{task.serves}_{copy}" if task.serves in known else task.serves
        after = tuple(f"{before}_{copy}" for before in task.after if f"{before}_{copy}" in made)
        yield task.model_copy(
            update={"id": f"{task.id}_{copy}", "title": f"{task.title}, {copy}", "serves": serves, "after": after, "budget": Decimal(0)}
        )


def _teams(strategy: Strategy) -> Iterator[Team]:
    for copy in range(1, TEAMS_TIMES + 1):
        for team in strategy.management.teams:
            people = tuple(person.model_copy(update={"id": _named(person.id, copy), "name": f"{person.name} {copy}"}) for person in team.people)
            yield team.model_copy(update={"id": _named(team.id, copy), "people": people})


def _named(own_id: str, copy: int) -> str:
    return own_id if copy == 1 else f"{own_id}_{copy}"


def _copies(parts: tuple[T, ...], count: int) -> Iterator[tuple[int, int, T]]:
    """`count` parts in turn, each with its own number and the number of its copy (the sample itself is copy 1)."""
    for number in range(count):
        yield number, number // len(parts) + 2, parts[number % len(parts)]


def _quarter(strategy: Strategy) -> tuple[date, date]:
    starts = min(campaign.starts_on for campaign in strategy.campaigns)
    first = starts - timedelta(days=starts.weekday() + 7 * ((starts - timedelta(days=starts.weekday())).isocalendar().week - 1) % 91)
    return first, first + timedelta(days=90)
