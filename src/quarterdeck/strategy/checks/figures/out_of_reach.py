"""Checks of figures that nobody reaches: a score above all scores, calls of a minute, a goal on spending that one quarter breaks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from quarterdeck.strategy.checks.checking import Check, Finding, Situation, rule
from quarterdeck.strategy.wording.wording import quote, say_money, say_number

_HIGHEST_NPS = 90
_MINUTES = {"call": 3, "phone": 3, "ring": 3, "telephone": 3, "interview": 10, "visit": 10}
_WORDS = {
    "ten": 10,
    "eleven": 11,
    "twelve": 12,
    "fifteen": 15,
    "twenty": 20,
    "thirty": 30,
    "forty": 40,
    "fifty": 50,
    "sixty": 60,
    "eighty": 80,
    "hundred": 100,
}
_EACH = re.compile(
    rf"\b(?P<what>{'|'.join(_MINUTES)})\s+(?:(?:all|up|the|our|at least|about|another)\s+)*(?:a\s+)?(?P<many>\d{{1,5}}|{'|'.join(_WORDS)})\s+(?!times|minutes|hours|days|percent)[^\W\d_]",
    re.IGNORECASE,
)


@rule("STRATEGY-141", 1, "warning", "A budget above what a goal lets you spend")
def above_spend_goal(situation: Situation) -> Iterator[Finding]:
    """A goal on spend holds for all its quarters. A budget of one quarter that is above the whole goal breaks it."""
    budget, currency = situation.strategy.management.budget, situation.strategy.company.currency
    for goal in situation.strategy.goals:
        if goal.metric == "spend" and budget is not None and budget.quarter > goal.target and (goal.baseline is None or goal.target < goal.baseline):
            yield Finding(
                f"goals[{goal.id}].target",
                f"{say_money(goal.target, currency)}, and {say_money(budget.quarter, currency)} in this quarter alone",
                "a budget that the goal allows",
                "Mend one of the two; they cannot both hold.",
            )


@rule("STRATEGY-640", 6, "warning", "More calls than the hours hold")
def calls_of_a_minute(situation: Situation) -> Iterator[Finding]:
    """A call takes three minutes at least, with dialling; a talk face to face ten. Where a task names how many, its hours hold them."""
    for task in situation.strategy.management.tasks:
        found = _EACH.search(task.title)
        if found is None:
            continue
        many = _WORDS.get(found["many"].casefold()) or int(found["many"])
        least = _MINUTES[found["what"].casefold()] * Decimal(many)
        if task.effort_hours * 60 < least:
            yield Finding(
                f"management.tasks[{task.id}].effort_hours",
                f"{say_number(task.effort_hours)} hours for {quote(task.title)}, {say_number(round(task.effort_hours * 60 / many, 1))} minutes each",
                f"{say_number(round(least / 60, 1))} hours or more",
                "Plan more hours, or fewer people.",
            )


@rule("STRATEGY-716", 7, "warning", "A score that nobody has")
def score_of_all(situation: Situation) -> Iterator[Finding]:
    """The net promoter score takes those who would not recommend you off those who would. Above 90 nearly every single person would; no company of
    any size has that.
    """
    strategy = situation.strategy
    asked: list[tuple[str, str | None, Decimal | None]] = [(f"goals[{goal.id}].target", goal.metric, goal.target) for goal in strategy.goals]
    asked += [(f"objectives[{objective.id}].target", objective.metric, objective.target) for objective in strategy.objectives]
    asked += [(f"management.kpis[{number}].target", kpi.metric, kpi.target) for number, kpi in enumerate(strategy.management.kpis)]
    asked += [(f"evaluation[{number}].threshold", each.metric, each.threshold) for number, each in enumerate(strategy.evaluation)]
    for place, metric, figure in asked:
        if metric == "nps" and figure is not None and figure > _HIGHEST_NPS:
            yield Finding(place, say_number(figure), f"at most {_HIGHEST_NPS}; 50 is very good", "Take last time's score and a few points more.")


REACH_CHECKS: tuple[Check, ...] = (above_spend_goal, calls_of_a_minute, score_of_all)
