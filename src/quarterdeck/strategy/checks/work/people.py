"""Checks of step 6: people, tasks that cannot fit, and KPIs beside the objectives."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from quarterdeck.kernel.metrics import METRICS
from quarterdeck.strategy.checks.checking import Check, Finding, Situation, rule
from quarterdeck.strategy.checks.figures.fit import PERIODS
from quarterdeck.strategy.checks.work.absence import WORKDAYS, days_off
from quarterdeck.strategy.parts.management import Person, Task
from quarterdeck.strategy.wording.suggestions import nearest
from quarterdeck.strategy.wording.wording import quote, say_amount, say_day, say_hours, say_list

_MANY, _MOST_SHARE = 8, 0.8
_SLACK = 2
"""A week is uneven; twice the even share may be found in it. The schedule tells what is closer."""
_MAY_RISE = frozenset({"spend", "cost_per_customer"})
"""Costs that a plan may let rise on purpose while it grows."""
_BETWEEN_NAMES = re.compile(r"(?:,|/|\+|&|;|\band\b|\bund\b|\bet\b|\boraz\b|\bi\b)", re.IGNORECASE)
_A_GROUP = re.compile(
    r"\bteams\b|^(?:the |our )?(?:whole |entire )?(?:\w+ )?(?:team|department|board|committee|management|leadership|staff)$|\bevery(?:body|one)\b|^(?:we )?all(?: of us)?$"
    r"|^(?:das |unser )?(?:ganze )?(?:team|vorstand)$|^alle$|^tout le monde$|^l['’]équipe$|^wszyscy$|^zespół$",
    re.IGNORECASE,
)
_ONE_OF_IT = re.compile(r"\b(?:head|lead|leader|manager|director|chair\w*|one) (?:of|in|from)\b", re.IGNORECASE)


@rule("STRATEGY-621", 6, "warning", "No task")
def no_task(situation: Situation) -> Iterator[Finding]:
    """Campaigns and content do not make themselves; without tasks nobody's week is planned."""
    strategy = situation.strategy
    if not strategy.management.tasks and (strategy.campaigns or strategy.content.items):
        yield Finding(
            "management.tasks", "no task", "the work for campaigns and content, with hours and days", "Start with what the next item needs."
        )


@rule("STRATEGY-622", 6, "hint", "A person without skills")
def unskilled(situation: Situation) -> Iterator[Finding]:
    """Tasks ask for skills. A person without any is given only what all can do."""
    management = situation.strategy.management
    if not any(task.skills for task in management.tasks):
        return
    for person in management.people:
        if not person.skills:
            yield Finding(f"management.people[{person.id}].skills", "none", "what this person can do", "Add the skills, in the words that tasks use.")


@rule("STRATEGY-623", 6, "warning", "A task that does not fit before its day")
def does_not_fit(situation: Situation) -> Iterator[Finding]:
    """One person does a task. The hours that the best placed of those with its skills has until the day it is due must be enough for it alone."""
    first, management = situation.first_day, situation.strategy.management
    if first is None:
        return
    able: dict[tuple[str, ...], list[Person]] = {}
    nobody: dict[tuple[str, ...], list[Task]] = {}
    for task in management.tasks:
        if task.due_on is None or task.due_on < first:
            continue
        skills = tuple(sorted(task.skills))
        if skills not in able:
            able[skills] = [person for person in management.people if set(skills) <= set(person.skills)]
        start = max(first, task.not_before or first)
        most = max((_hours_between(person, start, task.due_on) for person in able[skills]), default=None)
        if most == 0:
            nobody.setdefault(skills, []).append(task)
        elif most is not None and most * _SLACK < task.effort_hours:
            yield Finding(
                f"management.tasks[{task.id}].effort_hours",
                f"{say_hours(task.effort_hours)} by {say_day(task.due_on)}, while whoever can do it has {say_hours(most)} until then",
                "work that one person can finish by its day",
                "Split it, move the day, or bring in help.",
            )
    for tasks in nobody.values():
        also = f" (and {len(tasks) - 1} more with the same skills)" if len(tasks) > 1 else ""
        yield Finding(
            f"management.tasks[{tasks[0].id}].due_on",
            f"{quote(tasks[0].title)}{also}, while all who can do it are away until it is due",
            "a day on which somebody is there",
            "Move the day or the absence, or let somebody else do it.",
        )


def _hours_between(person: Person, first: date, last: date) -> Decimal:
    """Hours of a person on the working days from `first` to `last`, absences taken off; a person who works weekends counts alike."""
    weeks, rest = divmod((last - first).days + 1, 7)
    days = weeks * WORKDAYS + min(rest, WORKDAYS)
    return person.hours_per_week / WORKDAYS * max(days - days_off(person, first, last), 0)


@rule("STRATEGY-624", 6, "hint", "One task twice")
def same_task(situation: Situation) -> Iterator[Finding]:
    """The same title for the same thing by the same day is planned and paid twice."""
    first: dict[tuple[object, ...], str] = {}
    for task in situation.strategy.management.tasks:
        same = first.setdefault((task.title.casefold(), task.serves, task.due_on), task.id)
        if same != task.id:
            yield Finding(
                f"management.tasks[{task.id}]", f"the title, purpose and day of management.tasks[{same}]", "a task of its own", "Take one out."
            )


@rule("STRATEGY-625", 6, "hint", "Everything is most important")
def all_important(situation: Situation) -> Iterator[Finding]:
    """Importance decides what waits when there is too much to do; where nearly all is 5, nothing decides."""
    tasks = situation.strategy.management.tasks
    top = sum(task.importance == 5 for task in tasks)
    if len(tasks) >= _MANY and top > len(tasks) * _MOST_SHARE:
        yield Finding(
            "management.tasks", f"importance 5 for {top} of {len(tasks)} tasks", "a few that come first", "Keep 5 for what nothing may delay."
        )


@rule("STRATEGY-626", 6, "warning", "A KPI that aims the wrong way")
def backward_kpi(situation: Situation) -> Iterator[Finding]:
    """A KPI's target lies beyond its baseline in the direction that is good; costs are left out, since they may rise on purpose."""
    for number, kpi in enumerate(situation.strategy.management.kpis):
        metric = METRICS.get(kpi.metric)
        if metric is None or metric.id in _MAY_RISE or kpi.baseline is None or kpi.target is None or kpi.target == kpi.baseline:
            continue
        if (kpi.target > kpi.baseline) != (metric.direction == "increase"):
            both = [say_amount(figure, kpi.metric, situation.strategy.company.currency) for figure in (kpi.target, kpi.baseline)]
            yield Finding(
                f"management.kpis[{number}].target",
                f"{both[0]}, from {both[1]}",
                f"a target that would {metric.direction} it",
                "Swap the two, or mend one.",
            )


@rule("STRATEGY-627", 6, "hint", "Two targets for one KPI")
def double_kpi(situation: Situation) -> Iterator[Finding]:
    """One figure of one channel, team or task has one target a period."""
    first: dict[tuple[object, ...], int] = {}
    kpis = situation.strategy.management.kpis
    for number, kpi in enumerate(kpis):
        same = first.setdefault((kpi.metric, kpi.channel, kpi.team, kpi.task, kpi.cadence), number)
        if same != number and kpi.target != kpis[same].target:
            yield Finding(
                f"management.kpis[{number}].target", f"another target than management.kpis[{same}]", "one target for one figure", "Keep one."
            )


@rule("STRATEGY-628", 6, "warning", "A KPI that falls short of its objective")
def short_kpi(situation: Situation) -> Iterator[Finding]:
    """A KPI of the whole company, met in each week of the quarter, must lead to the objective. A tenth less is let pass."""
    strategy = situation.strategy
    targets = {o.metric: o for o in strategy.objectives if METRICS[o.metric].adds_up and METRICS[o.metric].direction == "increase"}
    for number, kpi in enumerate(strategy.management.kpis):
        objective = targets.get(kpi.metric)
        if objective is None or kpi.target is None or kpi.channel or kpi.team or kpi.task or kpi.cadence not in PERIODS:
            continue
        together = kpi.target * PERIODS[kpi.cadence]
        if together < objective.target * Decimal("0.9"):
            both = [say_amount(Decimal(round(figure)), objective.metric, strategy.company.currency) for figure in (together, objective.target)]
            yield Finding(
                f"management.kpis[{number}].target",
                f"{both[0]} in a quarter when it is met",
                f"the objective's {both[1]}",
                "Raise the KPI or lower the objective.",
            )


@rule("STRATEGY-629", 6, "hint", "Text messages, and no quiet hours")
def loud_nights(situation: Situation) -> Iterator[Finding]:
    """A text message wakes people. Quiet hours keep the calendar from sending in the night."""
    strategy = situation.strategy
    sms = {channel.id for channel in strategy.channels if channel.kind == "sms" and channel.use == "in_use"}
    if strategy.management.contact_rules.quiet_hours is None and any(item.channel in sms for item in strategy.content.items):
        yield Finding(
            "management.contact_rules.quiet_hours",
            "none, while text messages are sent",
            "hours in which nothing is sent",
            "Start with 21:00 to 08:00.",
        )


@rule("STRATEGY-630", 6, "hint", "An owner who is not one of the people")
def stranger(situation: Situation) -> Iterator[Finding]:
    """Owners of objectives, KPIs and open questions are reminded and asked. A name that no person has is often a slip of the pen.
    Several owners at once, or a whole team, are none: everybody waits for the others.
    """
    strategy = situation.strategy
    people = strategy.management.people
    names = {name.casefold() for person in people for name in (person.id, person.name or "", (person.name or "").partition(" ")[0]) if name}
    owned = [(objective.owner, f"objectives[{objective.id}].owner") for objective in strategy.objectives]
    owned += [(kpi.owner, f"management.kpis[{number}].owner") for number, kpi in enumerate(strategy.management.kpis)]
    owned += [(question.owner, f"questions[{question.id}].owner") for question in strategy.questions if not question.answer]
    places: dict[str, list[str]] = {}
    for owner, place in owned:
        if people and owner and owner.casefold() not in names:
            places.setdefault(owner, []).append(place)
    for owner, where in places.items():
        if _is_several(owner, names):
            yield Finding(
                where[0], f"{quote(owner)}, more than one", "one person who answers; what all own, nobody does", "Write one name.", "warning"
            )
            continue
        close = nearest(owner, sorted(names))
        also = f" (also at {say_list(where[1:])})" if len(where) > 1 else ""
        fix = f'Did you mean "{close}"?' if close else "Add the person, with the hours a week for this, or name somebody who is there."
        yield Finding(where[0], f"{quote(owner)}{also}, who is not among the people", "somebody from the teams", fix)


def _is_several(owner: str, names: set[str]) -> bool:
    """Whether this is a list in which two people are named, or a whole group of people."""
    parts = [part.strip().casefold() for part in _BETWEEN_NAMES.split(owner)]
    known = sum(bool(part) and (part in names or part.partition(" ")[0] in names) for part in parts)
    return known > 1 or (_A_GROUP.search(owner) is not None and not _ONE_OF_IT.search(owner))


PEOPLE_CHECKS: tuple[Check, ...] = (
    no_task, unskilled, does_not_fit, same_task, all_important, backward_kpi, double_kpi, short_kpi, loud_nights, stranger,
)  # fmt: skip
