"""Checks of goals and objectives beside each other: direction, days, size, repetition."""

from __future__ import annotations

from collections.abc import Iterator

from quarterdeck.kernel.metrics import METRICS
from quarterdeck.strategy.checks.checking import Check, Finding, Situation, rule
from quarterdeck.strategy.wording.wording import say_amount, say_day

_FAR = 3
_MOST_OBJECTIVES = 8


@rule("STRATEGY-119", 1, "error", "A goal that points the wrong way")
def backwards(situation: Situation) -> Iterator[Finding]:
    """A goal's target lies beyond its baseline in the direction that is good for its metric."""
    for goal in situation.strategy.goals:
        direction = METRICS[goal.metric].direction
        if goal.baseline is not None and goal.target != goal.baseline and (goal.target > goal.baseline) != (direction == "increase"):
            numbers = [say_amount(figure, goal.metric, situation.strategy.company.currency) for figure in (goal.target, goal.baseline)]
            yield Finding(
                f"goals[{goal.id}].target",
                f"{numbers[0]}, from {numbers[1]}",
                f"a target that would {direction} {METRICS[goal.metric].name.lower()}",
                "Change the target or the baseline.",
            )


@rule("STRATEGY-120", 1, "hint", "A goal without a baseline")
def goal_from_nowhere(situation: Situation) -> Iterator[Finding]:
    """Without last year's number nobody can tell how far away a goal is."""
    for goal in situation.strategy.goals:
        if goal.baseline is None:
            yield Finding(f"goals[{goal.id}].baseline", "not known", "where things stand now", "Take last year's figure, or open a question for it.")


@rule("STRATEGY-121", 1, "warning", "A goal whose day is over")
def goal_over(situation: Situation) -> Iterator[Finding]:
    """A goal whose day lies before the quarter cannot be served by it any more."""
    first = situation.first_day
    for goal in situation.strategy.goals:
        if first is not None and goal.due_on < first:
            yield Finding(
                f"goals[{goal.id}].due_on", f"{say_day(goal.due_on)}, which is over", "a day to come", "Set the next goal, or mend the day."
            )


@rule("STRATEGY-126", 1, "warning", "A quarter that asks more than its goal")
def above_goal(situation: Situation) -> Iterator[Finding]:
    """Where an objective counts what its goal counts, the quarter cannot need more than the goal as a whole."""
    goals = {goal.id: goal for goal in situation.strategy.goals}
    for objective in situation.strategy.objectives:
        goal, metric = goals.get(objective.goal), METRICS[objective.metric]
        if goal is None or goal.metric != objective.metric or not metric.adds_up or metric.direction != "increase":
            continue
        if objective.target > goal.target:
            numbers = [say_amount(figure, objective.metric, situation.strategy.company.currency) for figure in (objective.target, goal.target)]
            yield Finding(
                f"objectives[{objective.id}].target",
                f"{numbers[0]} in a quarter",
                f"at most {numbers[1]}, the whole goal",
                "Mend one of the two targets.",
            )


@rule("STRATEGY-127", 1, "warning", "One objective twice")
def twice(situation: Situation) -> Iterator[Finding]:
    """Two objectives with one metric, one day and the same people cannot both be the target."""
    first: dict[tuple[object, ...], str] = {}
    for objective in situation.strategy.objectives:
        same = first.setdefault((objective.metric, objective.due_on, objective.audience), objective.id)
        if same != objective.id:
            yield Finding(
                f"objectives[{objective.id}]",
                f"the metric, the day and the people of objectives[{same}]",
                "one target for one thing",
                "Take one of the two out, or say for whom each is.",
            )


@rule("STRATEGY-128", 1, "hint", "R: a target far beyond anything so far")
def far_beyond(situation: Situation) -> Iterator[Finding]:
    """More than three times the baseline, and no figures of the company that give it a chance: possible, and worth a reason."""
    for objective in situation.strategy.objectives:
        if objective.id in situation.evidence or METRICS[objective.metric].direction != "increase" or not objective.baseline or objective.note:
            continue
        if objective.baseline > 0 and objective.target > objective.baseline * _FAR:
            ratio = float(objective.target / objective.baseline)
            times = f"{ratio:.3g}" if ratio < 1000 else f"{ratio:,.0f}"
            yield Finding(
                f"objectives[{objective.id}].target",
                f"{times} times the baseline",
                "a target that something explains (R, realistic)",
                "Lower it, or write into a note what will be so different this time.",
            )


@rule("STRATEGY-129", 1, "warning", "An objective due after its goal")
def after_goal(situation: Situation) -> Iterator[Finding]:
    """What is reached after the goal's day does not help the goal."""
    due = {goal.id: goal.due_on for goal in situation.strategy.goals}
    for objective in situation.strategy.objectives:
        day, first = due.get(objective.goal), situation.first_day
        if day is not None and objective.due_on > day and (first is None or day >= first):
            yield Finding(
                f"objectives[{objective.id}].due_on",
                f"{say_day(objective.due_on)}, after its goal on {say_day(day)}",
                "a day up to that of the goal",
                "Move one of the two days, or let it serve the next goal.",
            )


@rule("STRATEGY-130", 1, "hint", "More objectives than can come first")
def too_many(situation: Situation) -> Iterator[Finding]:
    """Thirteen weeks carry a few objectives. With many, every week has an excuse."""
    number = len(situation.strategy.objectives)
    if number > _MOST_OBJECTIVES:
        yield Finding(
            "objectives",
            f"{number} objectives",
            f"at most {_MOST_OBJECTIVES}, better three",
            "Keep those that the money is for; make KPIs of the rest.",
        )


AIM_CHECKS: tuple[Check, ...] = (backwards, goal_from_nowhere, goal_over, above_goal, twice, far_beyond, after_goal, too_many)
