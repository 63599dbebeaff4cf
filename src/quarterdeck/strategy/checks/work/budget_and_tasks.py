"""Checks of step 6: money, people, tasks, contact rules and KPIs."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from quarterdeck.kernel.metrics import METRICS
from quarterdeck.kernel.periods import WEEKS_PER_QUARTER, Quarter
from quarterdeck.strategy.checks.checking import Check, Finding, Situation, rule
from quarterdeck.strategy.checks.findings import say_count
from quarterdeck.strategy.checks.means.channels import MESSAGES
from quarterdeck.strategy.checks.work.absence import WORKDAYS, days_off
from quarterdeck.strategy.parts.management import Person
from quarterdeck.strategy.wording.suggestions import nearest
from quarterdeck.strategy.wording.wording import name_of, quote, say_day, say_hours, say_list, say_money


@rule("STRATEGY-601", 6, "warning", "No budget")
def no_budget(situation: Situation) -> Iterator[Finding]:
    """A budget of 0 is a budget; none at all means that nothing can be placed. With paid channels it is an error."""
    strategy = situation.strategy
    if strategy.management.budget is None:
        paid = [channel.name or channel.id for channel in strategy.paid_channels]
        found = f"none, while {say_list(paid)} cost money" if paid else "none"
        yield Finding(
            "management.budget",
            found,
            "the money for a quarter, even if it is 0",
            "Set budget.quarter, and a reserve of a tenth or so.",
            "error" if paid else None,
        )


@rule("STRATEGY-602", 6, "error", "Floors above the budget")
def floors_too_high(situation: Situation) -> Iterator[Finding]:
    """What must be spent on channels cannot be more than the budget less its reserve."""
    strategy, budget = situation.strategy, situation.strategy.management.budget
    floors = sum((channel.spend.floor for channel in strategy.paid_channels if channel.spend is not None), Decimal(0))
    if budget is not None and budget.reserve <= budget.quarter and floors > budget.quarter - budget.reserve:
        currency = strategy.company.currency
        yield Finding(
            "channels",
            f"floors of {say_money(floors, currency)} in all",
            f"at most {say_money(budget.quarter - budget.reserve, currency)}, the budget less the reserve",
            "Lower a floor or the reserve, or raise the budget.",
        )


@rule("STRATEGY-603", 6, "warning", "Task budgets above the reserve")
def tasks_too_dear(situation: Situation) -> Iterator[Finding]:
    """Money for tasks is taken from the reserve; what exceeds it is missing in the channels."""
    management, currency = situation.strategy.management, situation.strategy.company.currency
    wanted = sum((task.budget for task in management.tasks), Decimal(0))
    reserve = management.budget.reserve if management.budget is not None else Decimal(0)
    if management.budget is not None and wanted > reserve:
        yield Finding(
            "management.tasks",
            f"task budgets of {say_money(wanted, currency)} in all",
            f"at most the reserve of {say_money(reserve, currency)}",
            "Raise the reserve, or make a task cheaper.",
        )


@rule("STRATEGY-604", 6, "error", "Work that nobody can do")
def nobody_can(situation: Situation) -> Iterator[Finding]:
    """One person with all the skills of a task does it; where nobody has them, it will not be done."""
    management = situation.strategy.management
    for task in management.tasks:
        if management.people and not any(set(task.skills) <= set(person.skills) for person in management.people):
            together = " together" if len(task.skills) > 1 else ""
            yield Finding(
                f"management.tasks[{task.id}].skills",
                f"{say_list(task.skills)}, which nobody has{together}",
                "skills that one person has",
                "Add the skill to a person, split the task, or bring in a team that can.",
            )


@rule("STRATEGY-605", 6, "warning", "Tasks and nobody to do them")
def no_people(situation: Situation) -> Iterator[Finding]:
    """Work is planned on people and their hours."""
    management = situation.strategy.management
    if management.tasks and not management.people:
        yield Finding(
            "management.teams",
            f"nobody, for {say_count(len(management.tasks), 'task')}",
            "people with their hours a week",
            "Add a team, even of one: yourself.",
        )


@rule("STRATEGY-606", 6, "warning", "More work than hours")
def too_much_work(situation: Situation) -> Iterator[Finding]:
    """Hours of all tasks against the hours of all people in a quarter, absences taken off."""
    management, quarter = situation.strategy.management, situation.quarter
    needed = sum((task.effort_hours for task in management.tasks), Decimal(0))
    there = sum((_hours(person, quarter) for person in management.people), Decimal(0))
    if management.people and needed > there:
        weekly = [say_hours(hours / WEEKS_PER_QUARTER) for hours in (needed, there)]
        yield Finding(
            "management.tasks",
            f"work for {weekly[0]} a week",
            f"at most the {weekly[1]} a week that the people have",
            "Drop the least important tasks, or bring in help.",
        )


@rule("STRATEGY-607", 6, "warning", "A task that serves no objective")
def idle_task(situation: Situation) -> Iterator[Finding]:
    """A task serves an objective, or something that serves one. That is a campaign, a channel that works, or an item of either."""
    strategy = situation.strategy
    useful = {objective.id for objective in strategy.objectives} | {campaign.id for campaign in strategy.campaigns}
    channels = {channel.id for channel in strategy.channels if channel.objectives or channel.goals}
    channels |= {channel for campaign in strategy.campaigns for channel in campaign.channels}
    useful |= channels | {item.id for item in strategy.content.items if item.campaign is not None or item.channel in channels}
    known = useful | {channel.id for channel in strategy.channels} | {item.id for item in strategy.content.items}
    for task in strategy.management.tasks if strategy.objectives else ():
        if task.serves in known and task.serves not in useful:
            yield Finding(
                f"management.tasks[{task.id}].serves",
                f"{task.serves}, which serves no objective",
                "something that leads to an objective",
                "Let it serve an objective, or give what it serves one; otherwise leave the task out.",
            )


@rule("STRATEGY-608", 6, "hint", "A task without a date")
def no_due_date(situation: Situation) -> Iterator[Finding]:
    """Urgency comes from dates; a task without one waits for all the others."""
    for task in situation.strategy.management.tasks:
        if task.due_on is None:
            yield Finding(
                f"management.tasks[{task.id}].due_on",
                f"{quote(task.title)} without a date",
                "a day, so that its urgency is known",
                "Set the day when it is needed.",
            )


@rule("STRATEGY-609", 6, "warning", "A task due before the work that it waits for")
def wrong_order(situation: Situation) -> Iterator[Finding]:
    """A task cannot be finished before the tasks in its `after`."""
    due = {task.id: task.due_on for task in situation.strategy.management.tasks}
    for task in situation.strategy.management.tasks:
        for before in task.after:
            day = due.get(before)
            if task.due_on is not None and day is not None and day > task.due_on:
                yield Finding(
                    f"management.tasks[{task.id}].due_on",
                    f"{say_day(task.due_on)}, before {quote(before)} on {say_day(day)}",
                    "a day after the work that it waits for",
                    "Move one of the two days.",
                )


@rule("STRATEGY-610", 6, "warning", "E-mail or SMS without contact rules")
def no_contact_rules(situation: Situation) -> Iterator[Finding]:
    """Decide before the first message how often one person may hear from you. Else the newest idea decides."""
    strategy = situation.strategy
    limited = {channel for limit in strategy.management.contact_rules.at_most for channel in limit.channels}
    free = [channel.id for channel in strategy.channels if channel.kind in MESSAGES and channel.use == "in_use" and channel.id not in limited]
    if free:
        yield Finding(
            "management.contact_rules.at_most",
            f"no limit for {say_list(free)}",
            "the most messages in some days, all channels together",
            "Start with 2 in 7 days.",
        )


@rule("STRATEGY-611", 6, "warning", "No KPI")
def no_kpi(situation: Situation) -> Iterator[Finding]:
    """KPIs are the few figures that channels, teams and tasks answer for."""
    if not situation.strategy.management.kpis:
        yield Finding("management.kpis", "no KPI", "at least one figure that is looked at every week", "Add the objective's own metric first.")


@rule("STRATEGY-612", 6, "hint", "A KPI without target or owner")
def loose_kpi(situation: Situation) -> Iterator[Finding]:
    """A figure without a target cannot be missed, and without an owner is not looked at."""
    for number, kpi in enumerate(situation.strategy.management.kpis):
        missing = [word for word, there in (("target", kpi.target is not None), ("owner", bool(kpi.owner or kpi.team))) if not there]
        if missing:
            yield Finding(
                f"management.kpis[{number}]",
                f"{name_of(kpi)} without {say_list(missing)}",
                "a target and somebody who answers for it",
                f"Add {say_list(missing)}.",
            )


@rule("STRATEGY-613", 6, "hint", "A KPI that nothing defines")
def undefined_kpi(situation: Situation) -> Iterator[Finding]:
    """Only metrics that Quarterdeck knows are counted from facts; others have to be read by hand."""
    for number, kpi in enumerate(situation.strategy.management.kpis):
        if kpi.metric not in METRICS:
            close = nearest(kpi.metric, METRICS)
            yield Finding(
                f"management.kpis[{number}].metric",
                quote(kpi.metric),
                "a metric that can be counted from facts",
                f'Did you mean "{close}"?' if close else "Keep it if somebody reads it by hand, and note how.",
            )


@rule("STRATEGY-614", 6, "warning", "One id for two things that tasks may serve")
def ambiguous_id(situation: Situation) -> Iterator[Finding]:
    """Tasks say by id what they serve. If an objective, campaign, channel or item has the id of another, that is not clear."""
    strategy = situation.strategy
    holders: dict[str, list[str]] = {}
    for list_place, parts in strategy.named_lists():
        if list_place in ("objectives", "campaigns", "channels", "content.items"):
            for part in parts:
                holders.setdefault(part.id, []).append(f"{list_place}[{part.id}]")
    served = {task.serves for task in strategy.management.tasks}
    for own_id, places in holders.items():
        if len(places) > 1 and own_id in served:
            yield Finding(
                f"{places[1]}.id", f'"{own_id}" at {say_list(places)}', "different ids, since a task serves one of them", "Rename one of the two."
            )


def _hours(person: Person, quarter: Quarter | None) -> Decimal:
    """Hours of a person in thirteen weeks, less a day's share for each working day of absence in them."""
    hours = person.hours_per_week * WEEKS_PER_QUARTER
    if quarter is None:
        return hours
    return hours - person.hours_per_week / WORKDAYS * days_off(person, quarter.first_day, quarter.last_day)


WORK_CHECKS: tuple[Check, ...] = (
    no_budget,
    floors_too_high,
    tasks_too_dear,
    nobody_can,
    no_people,
    too_much_work,
    idle_task,
    no_due_date,
    wrong_order,
    no_contact_rules,
    no_kpi,
    loose_kpi,
    undefined_kpi,
    ambiguous_id,
)
