"""Ways out of an overload: work put off, more hours, or help from outside; each with its price, cheapest first."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal

from quarterdeck.plan.quarter_plan import Overload
from quarterdeck.plan.wording import join_names, quote, say_count
from quarterdeck.strategy.document import Strategy
from quarterdeck.strategy.parts.management import Person, Task

TALK_HOURS = Decimal(1)


@dataclass(frozen=True)
class WayToFit:
    """A sentence, what it takes, and the tasks that it moves (none: it is about people)."""

    text: str
    cost_hours: Decimal = Decimal(0)
    cost_money: Decimal | None = None
    """None: not known."""
    tasks: tuple[str, ...] = ()


def ways_to_fit(strategy: Strategy, overload: Overload, open_tasks: Collection[str]) -> tuple[WayToFit, ...]:
    """The least important work of the window put off; more hours for those who can do it; the cheapest external team that can."""
    excess = overload.needed_hours - overload.available_hours
    tasks = [task for task in strategy.management.tasks if task.id in overload.tasks and task.id in open_tasks]
    able = people_able(strategy, tasks)
    ways = [*_put_off(tasks, excess), *_outside(strategy, tasks, excess), *_more_hours(able, overload, excess)]
    if tasks and not any(way.cost_money for way in ways):
        skills = sorted({skill.replace("_", " ") for task in tasks for skill in task.skills})
        ways.append(WayToFit(f"Find somebody with {join_names(skills) or 'time'} from outside for {excess:f} hours.", TALK_HOURS))
    return tuple(sorted(ways, key=lambda way: (way.cost_money if way.cost_money is not None else Decimal("Infinity"), way.cost_hours)))


def people_able(strategy: Strategy, tasks: Collection[Task]) -> tuple[Person, ...]:
    """Everybody inside and outside who can do at least one of the tasks."""
    return tuple(person for person in strategy.management.people if any(set(task.skills) <= set(person.skills) for task in tasks))


def _put_off(tasks: list[Task], excess: Decimal) -> list[WayToFit]:
    """The fewest hours of the least important tasks that free enough."""
    chosen: list[Task] = []
    for task in sorted(tasks, key=lambda task: (task.importance, -task.effort_hours, task.id)):
        if sum((each.effort_hours for each in chosen), Decimal(0)) >= excess:
            break
        chosen.append(task)
    freed = sum((each.effort_hours for each in chosen), Decimal(0))
    if freed < excess or not chosen or len(chosen) == len(tasks):
        return []
    named = join_names([quote(task.title) for task in chosen[:3]]) + (f" and {len(chosen) - 3} more" if len(chosen) > 3 else "")
    one = len(chosen) == 1
    text = f"Put off {named}: the least important work there. {'It frees' if one else 'Together they free'} {freed:f} hours."
    return [WayToFit(text, Decimal("0.5") * len(chosen), Decimal(0), tuple(task.id for task in chosen))]


def _outside(strategy: Strategy, tasks: list[Task], excess: Decimal) -> list[WayToFit]:
    teams = [
        team
        for team in strategy.management.teams
        if team.external and team.rate is not None and any(set(task.skills) <= set(person.skills) for person in team.people for task in tasks)
    ]
    if not teams:
        return []
    team = min(teams, key=lambda team: (team.rate or Decimal(0), team.id))
    return [WayToFit(f"Have {excess:f} hours of it done by {team.name or team.id}.", TALK_HOURS, excess * (team.rate or Decimal(0)))]


def _more_hours(able: tuple[Person, ...], overload: Overload, excess: Decimal) -> list[WayToFit]:
    """More hours a week for one person, where that stays within a working week."""
    weeks = max(1, len(overload.weeks))
    more = -(-excess // weeks)
    for person in sorted(able, key=lambda person: (person.hours_per_week, person.id)):
        if person.hours_per_week + more <= 45:
            name = person.name or person.id.capitalize()
            text = f"Give {name} {more:f} hours more a week for {say_count(weeks, 'week', 'weeks')}."
            cost = None if person.hour_cost is None else person.hour_cost * excess
            return [WayToFit(text, excess, cost)]
    return []
