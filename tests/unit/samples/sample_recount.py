"""What the tests of the samples count again, without the rooms of the product that find it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from itertools import combinations
from math import ceil

from sample_files import PUBLIC_HOLIDAYS, QUARTERS, STRATEGIES

from quarterdeck.kernel.periods import days_between
from quarterdeck.strategy.document import Strategy
from quarterdeck.strategy.parts.management import Person, Task
from quarterdeck.strategy.parts.means import Campaign


def due_day(task: Task) -> date:
    """When a task is due; every task of a sample is."""
    assert task.due_on is not None, f"{task.id} has no due date"
    return task.due_on


def references_of(strategy: Strategy) -> Iterator[tuple[tuple[str, ...], list[tuple[str, str]]]]:
    """(lists that may hold them, [(who refers, id)]), place by place."""

    def named(owner: str, *found: str | None) -> list[tuple[str, str]]:
        return [(owner, ref) for ref in found if ref is not None]

    plan, tasks = strategy.management, ("management.tasks",)
    yield ("goals",), [ref for each in strategy.objectives for ref in named(each.id, each.goal)]
    yield ("audiences",), [ref for each in strategy.objectives for ref in named(each.id, each.audience)]
    yield ("audiences",), [ref for each in strategy.conversions for ref in named(each.id, each.audience)]
    yield ("audiences",), [ref for each in strategy.content.items for ref in named(each.id, each.audience)]
    yield ("management.people",), [ref for each in strategy.objectives for ref in named(each.id, each.owner)]
    yield ("management.people",), [ref for each in strategy.questions for ref in named(each.id, each.owner)]
    yield ("management.people",), [ref for each in plan.kpis for ref in named("kpi", each.owner)]
    yield ("channels",), [ref for each in strategy.audiences for ref in named(each.id, *each.found_on)]
    yield ("channels",), [ref for each in plan.kpis for ref in named("kpi", each.channel)]
    yield ("channels",), [ref for each in strategy.evaluation for ref in named(each.question, each.channel)]
    yield ("channels",), [ref for each in plan.contact_rules.at_most for ref in named("contact rule", *each.channels)]
    yield ("channels",), [ref for each in strategy.content.items for ref in named(each.id, each.channel)]
    yield ("campaigns", "content.items"), [ref for each in strategy.proposition.claims for ref in named(each.text, *each.used_in)]
    for channel in strategy.channels:
        yield ("tools",), named(channel.id, channel.tool)
        yield ("goals",), named(channel.id, *channel.goals)
        yield ("objectives",), named(channel.id, *channel.objectives)
        yield tasks, named(channel.id, *(challenge.task for challenge in channel.challenges))
    for campaign in strategy.campaigns:
        yield ("objectives",), named(campaign.id, campaign.objective)
        yield ("audiences",), named(campaign.id, *campaign.audiences)
        yield ("offers",), named(campaign.id, campaign.offer)
        yield ("channels",), named(campaign.id, *campaign.channels)
    yield ("offers",), [ref for each in strategy.offers for ref in named(each.id, *each.excludes)]
    yield ("campaigns",), [ref for each in strategy.content.items for ref in named(each.id, each.campaign)]
    yield tasks, [ref for each in strategy.content.items for ref in named(each.id, *each.needs)]
    yield tasks, [ref for task in plan.tasks for ref in named(task.id, *task.after)]
    yield tasks, [ref for each in plan.kpis for ref in named("kpi", each.task)]
    yield ("management.teams",), [ref for each in plan.kpis for ref in named("kpi", each.team)]
    yield ("objectives", "campaigns", "channels", "content.items"), [(task.id, task.serves) for task in plan.tasks]


def sends_too_often(name: str, spare_days: int = 0) -> list[tuple[int, str, frozenset[str]]]:
    """(rule, audience, items) of every window of a rule's days, begun on any day, that holds more sends than the rule allows."""
    strategy = STRATEGIES[name]
    found = set()
    for number, rule in enumerate(strategy.management.contact_rules.at_most):
        for audience in strategy.audiences:
            sends = [item for item in strategy.content.items if item.audience == audience.id and item.channel in rule.channels]
            for first in {item.deliver.on for item in sends}:
                window = [item.id for item in sends if 0 <= (item.deliver.on - first).days < rule.days + spare_days]
                if len(window) > rule.times:
                    found.add((number, audience.id, frozenset(window)))
    return sorted(found, key=str)


def _campaign_pairs(name: str) -> Iterator[tuple[Campaign, Campaign, date, date]]:
    """Campaigns that run at the same time, and the days on which they do."""
    for one, other in combinations(STRATEGIES[name].campaigns, 2):
        first, last = max(one.starts_on, other.starts_on), min(one.ends_on, other.ends_on)
        if first <= last:
            yield one, other, first, last


def meeting_offers(name: str) -> list[tuple[frozenset[str], set[str], date, date]]:
    """(campaigns, shared audiences, first day, last day) where two offers that exclude each other are live for the same people."""
    banned = {frozenset((offer.id, other)) for offer in STRATEGIES[name].offers for other in offer.excludes}
    return [
        (frozenset((one.id, other.id)), shared, first, last)
        for one, other, first, last in _campaign_pairs(name)
        if frozenset((str(one.offer), str(other.offer))) in banned and (shared := set(one.audiences) & set(other.audiences))
    ]


def shared_keywords(name: str) -> list[tuple[frozenset[str], str, date, date]]:
    """Keywords of two campaigns at the same time that are the same, or one of which holds all words of the other."""
    return [
        (frozenset((one.id, other.id)), mine, first, last)
        for one, other, first, last in _campaign_pairs(name)
        if "search" in one.channels and "search" in other.channels
        for mine in one.keywords
        for yours in other.keywords
        if set(mine.lower().split()) <= set(yours.lower().split()) or set(yours.lower().split()) <= set(mine.lower().split())
    ]


def _open_days(name: str, person: Person, last: date) -> list[date]:
    """Days until `last` on which that person works."""
    away = {day for span in person.away for day in days_between(span.first_day, span.last_day)}
    return [day for day in days_between(QUARTERS[name].first_day, last) if day.weekday() < 5 and day not in PUBLIC_HOLIDAYS[name] | away]


def needed_and_available(name: str, skill: str, last: date) -> tuple[Decimal, Decimal]:
    """Hours of work of `skill` due by `last`, and the hours that people with it have until then."""
    plan = STRATEGIES[name].management
    able = [person for person in plan.people if skill in person.skills]
    needed = sum((task.effort_hours for task in plan.tasks if skill in task.skills and due_day(task) <= last), Decimal(0))
    return needed, sum((len(_open_days(name, person, last)) * person.hours_per_week / 5 for person in able), Decimal(0))


def busiest_moment(name: str) -> dict[str, Decimal]:
    """For each skill the highest share of its hours that is needed by any one due date."""
    busiest: dict[str, Decimal] = {}
    for task in STRATEGIES[name].management.tasks:
        for skill in task.skills:
            needed, available = needed_and_available(name, skill, due_day(task))
            busiest[skill] = max(busiest.get(skill, Decimal(0)), needed / available)
    return busiest


def late_tasks(name: str) -> set[str]:
    """Tasks that end late when everybody takes the work that is due first, in whole half-days, one task at a time."""
    plan = STRATEGIES[name].management
    tasks = {task.id: task for task in plan.tasks}
    ends: dict[str, int] = {}
    first_day = QUARTERS[name].first_day
    calendars = {
        person.id: [2 * (day - first_day).days + half for day in _open_days(name, person, date(2027, 12, 31)) for half in (0, 1)]
        for person in plan.people
    }
    while len(ends) < len(tasks):
        open_tasks = [task for task in tasks.values() if task.id not in ends and all(before in ends for before in task.after)]
        task = min(open_tasks, key=lambda task: (due_day(task), task.id))
        earliest = 2 * (task.not_before - first_day).days if task.not_before else 0
        ready = max([earliest, *(ends[before] + 1 for before in task.after)])
        choices = []
        for person in plan.people:
            if set(task.skills) <= set(person.skills):
                count = ceil(task.effort_hours * 10 / person.hours_per_week)
                free = [slot for slot in calendars[person.id] if slot >= ready][:count]
                choices.append((free[-1], person.id, free))
        end, who, taken = min(choices)
        calendars[who] = [slot for slot in calendars[who] if slot not in taken]
        ends[task.id] = end
    return {task_id for task_id, end in ends.items() if first_day + timedelta(days=end // 2) > due_day(tasks[task_id])}
