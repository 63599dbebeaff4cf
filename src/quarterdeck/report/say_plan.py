"""The plan in sentences: money, chances, work, content, collisions; the bottom line first."""

from __future__ import annotations

import math
from decimal import Decimal

from quarterdeck.kernel.metrics import METRICS
from quarterdeck.plan.quarter_plan import ChannelMoney, ObjectiveOutlook, QuarterPlan
from quarterdeck.report.words import Words, how_many
from quarterdeck.strategy.document import Strategy

_LIKELIHOOD = (
    (0.9, "You will very probably reach"),
    (0.65, "You will probably reach"),
    (0.35, "It is open whether you reach"),
    (0.1, "You will probably miss"),
    (-1.0, "You will very probably miss"),
)


def say_outlook(outlook: ObjectiveOutlook, words: Words) -> str:
    """ "You will probably miss the target of 5,200 new customers: most likely 4,870 (4,510 to 5,240), chance 21 %." or why it is not known."""
    target = words.with_unit(outlook.target, outlook.metric)
    if outlook.chance is None or outlook.expected is None:
        return f"Nobody can say yet how likely the target of {target} is: {(outlook.why_unknown or 'there is no forecast of it').rstrip('.')}."
    if outlook.expected.low == outlook.expected.high:
        counted = words.amount(outlook.expected.expected, outlook.metric)
        were = "was" if METRICS[outlook.metric].unit == "money" else "were"
        return f"You {'reached' if outlook.chance >= 0.5 else 'missed'} the target of {target}: {counted} {were} counted."
    verb = next(text for floor, text in _LIKELIHOOD if outlook.chance >= floor)
    expected = words.amount(outlook.expected.expected, outlook.metric, about=True)
    return (
        f"{verb} the target of {target} by {words.day(outlook.due_on)}: most likely {expected} "
        f"({words.span(outlook.expected, outlook.metric)} in 8 cases of 10), chance {words.chance(outlook.chance)}{_by_level(outlook)}."
    )


def _by_level(outlook: ObjectiveOutlook) -> str:
    return "" if outlook.by_level is None else f", from {how_many(outlook.by_level, 'week')} of its own past alone, whatever is spent"


def say_plan(plan: QuarterPlan, strategy: Strategy) -> tuple[str, ...]:
    """Everything that a person must hear before saying yes, most important first."""
    words = Words.of(strategy)
    learned = f"from facts up to {words.day(plan.provenance.as_of)}" if _rests_on_facts(plan) else "without facts to learn from yet"
    sentences = [f"Plan for {words.quarter(plan.period)}, {learned}."]
    sentences += [say_outlook(outlook, words) + _unchanged(outlook, plan, words) for outlook in plan.outlook]
    sentences += [*_money(plan, words), *_work(plan), *_content(plan), *_collisions(plan), *plan.remarks]
    return tuple(sentences)


def money_rows(plan: QuarterPlan, words: Words) -> list[tuple[str, ...]]:
    """Channel, last quarter, planned, what it should bring, what the next 100 units of money bring: text, one row a channel."""
    return [
        (
            words.name(channel.channel),
            "not known" if channel.last_quarter is None else words.money(channel.last_quarter),
            words.money(channel.planned),
            _brings(channel, plan.budget.aim, words),
            _next(channel, plan.budget.aim, words),
        )
        for channel in plan.budget.channels
    ]


def _unchanged(outlook: ObjectiveOutlook, plan: QuarterPlan, words: Words) -> str:
    if outlook.chance_unchanged is None or outlook.chance is None:
        return ""
    if abs(outlook.chance - outlook.chance_unchanged) < 0.005:
        return " Spending as last quarter would give the same chance."
    spent = sum((channel.last_quarter or Decimal(0) for channel in plan.budget.channels), start=Decimal(0))
    return f" Spending as last quarter ({words.money(spent)}), the chance would be {words.chance(outlook.chance_unchanged)}."


def _money(plan: QuarterPlan, words: Words) -> list[str]:
    budget = plan.budget
    planned = sum((channel.planned for channel in budget.channels), start=budget.budget * 0)
    sentences = [
        f"Money: {words.money(planned)} of {words.money(budget.budget)} on {how_many(len(budget.channels), 'channel')}, "
        f"{words.money(budget.reserve)} kept in reserve{_tasks_cost(plan, words)}."
    ]
    if budget.held_back >= 1:
        sentences.append(f"{words.money(budget.held_back)} is held back: spent on any channel, it would bring less than it costs or break a limit.")
    sentences += [budget.last_money] if budget.last_money else []
    if budget.gap_share is not None:
        most = max(0.001, math.ceil(budget.gap_share * 1000 - 1e-6) / 1000)  # rounded up: a bound is never said to be nearer than it is
        sentences.append(f"No other split of the weekly money within your limits can be more than {words.share(most)} better, by the same curves.")
    moved = sorted(
        (channel for channel in budget.channels if channel.last_quarter is not None),
        key=lambda channel: (-abs(channel.planned - (channel.last_quarter or 0)), channel.channel),
    )
    sentences += [f"{words.name(channel.channel)}: {_as_clause(channel.why)}" for channel in moved[:3]]
    return sentences


def _rests_on_facts(plan: QuarterPlan) -> bool:
    return plan.provenance.curves is not None or any(channel.last_quarter is not None for channel in plan.budget.channels)


def _tasks_cost(plan: QuarterPlan, words: Words) -> str:
    """What the tasks of the quarter cost, where that is what the channels do not get."""
    budget = plan.budget
    left = budget.budget - budget.reserve - budget.held_back - sum((channel.planned for channel in budget.channels), start=budget.budget * 0)
    return f", {words.money(left)} for tasks" if left >= 1 else ""


def _as_clause(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:]


def _work(plan: QuarterPlan) -> list[str]:
    work = plan.work
    late = [assignment for assignment in work.assignments if assignment.late_days > 0]
    people = len({assignment.person for assignment in work.assignments if assignment.person})
    if not work.assignments:
        return ["Work: no task is open in this quarter."]
    head = f"Work: {how_many(len(work.assignments), 'task')} on {how_many(people, 'person', 'people')}, "
    head += "all on time." if not late else f"{len(late)} of them late, the latest by {how_many(max(a.late_days for a in late), 'day')}."
    return [head, *[overload.sentence for overload in work.overloads]]


def _content(plan: QuarterPlan) -> list[str]:
    if not plan.calendar:
        return ["Content: nothing is due to go out in this quarter."]
    channels = len({entry.channel for entry in plan.calendar})
    return [f"Content: {how_many(len(plan.calendar), 'item goes', 'items go')} out on {how_many(channels, 'channel')}."]


def _collisions(plan: QuarterPlan) -> list[str]:
    if not plan.collisions:
        return ["Nothing trips over anything else."]
    count = len(plan.collisions)
    sentences = [f"{'One thing trips' if count == 1 else f'{count} things trip'} over something else:"]
    return sentences + [
        f"{collision.sentence} Cheapest way out: {collision.fixes[0].text}" if collision.fixes else collision.sentence
        for collision in plan.collisions
    ]


def _brings(channel: ChannelMoney, aim: str, words: Words) -> str:
    if channel.brings is None:
        return "not known"
    return f"{words.amount(channel.brings.expected, aim, about=True)} ({words.span(channel.brings, aim)})"


def _next(channel: ChannelMoney, aim: str, words: Words) -> str:
    if channel.next_unit is None:
        return "not known"
    if METRICS[aim].unit == "money":
        return words.money(channel.next_unit * 100, exact=True)
    return words.count(channel.next_unit * 100, digits=1)
