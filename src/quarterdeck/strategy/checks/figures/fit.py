"""Checks of figures in different places that cannot all be right: year and quarter, step and step, week and quarter, part and whole."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal

from quarterdeck.kernel.metrics import METRICS
from quarterdeck.kernel.periods import WEEKS_PER_QUARTER
from quarterdeck.strategy.checks.checking import Check, Finding, Situation, rule
from quarterdeck.strategy.parts.aims import Objective
from quarterdeck.strategy.wording.wording import say_amount, say_hours, say_number

_A_YEAR = timedelta(days=400)
_SMALL_SHARE = 10
_HARDLY = Decimal("0.005")
_FAR_APART = Decimal("1.5")
_HOURS_SLACK = Decimal("1.25")
"""Hours are estimates; a rule that is missed by less may still be kept."""
STEPS = (("leads", "qualified_leads"), ("qualified_leads", "new_customers"), ("signups", "paying_accounts"))
"""What people do first, and what fewer of them do later."""
PERIODS = {"week": WEEKS_PER_QUARTER, "month": 3, "quarter": 1}


@rule("STRATEGY-131", 1, "hint", "A quarter that is hardly a part of its goal")
def small_quarter(situation: Situation) -> Iterator[Finding]:
    """A goal that is due within a year needs about a quarter of it in each quarter. With less than a tenth, three quarters cannot make up for it."""
    strategy = situation.strategy
    for goal in strategy.goals:
        metric, first = METRICS[goal.metric], situation.first_day
        own = [each for each in strategy.objectives if each.goal == goal.id and each.metric == goal.metric]
        if not own or first is None or not metric.adds_up or metric.direction != "increase" or not first < goal.due_on < first + _A_YEAR:
            continue
        together = sum((each.target for each in own), Decimal(0))
        if 0 < together * _SMALL_SHARE < goal.target:
            both = [say_amount(figure, goal.metric, strategy.company.currency) for figure in (together, goal.target)]
            yield Finding(
                f"objectives[{own[0].id}].target",
                f"{both[0]} in this quarter, and {both[1]} for its goal",
                "a quarter that is a real part of its goal",
                "Raise the quarter, lower the goal, or write into a note when the rest will come.",
            )


@rule("STRATEGY-132", 1, "hint", "Fewer at the first step than at the next")
def narrow_first_step(situation: Situation) -> Iterator[Finding]:
    """Who starts to pay has signed up before, and who buys has talked to sales. For one goal, the earlier step has the larger number."""
    for earlier, later in pairs_of_steps(situation):
        if earlier.target < later.target:
            yield Finding(
                f"objectives[{earlier.id}].target",
                f"{say_number(earlier.target)}, and {say_number(later.target)} {METRICS[later.metric].name.lower()} that come of them",
                "more at the first step than at the next",
                "Mend one of the two targets, or let them serve different goals.",
            )


def pairs_of_steps(situation: Situation) -> Iterator[tuple[Objective, Objective]]:
    """Objectives of one goal, of which the first counts an earlier step than the second."""
    counting: dict[tuple[str, str], list[Objective]] = {}
    for objective in situation.strategy.objectives:
        counting.setdefault((objective.goal, objective.metric), []).append(objective)
    for earlier in situation.strategy.objectives:
        for _, metric in (step for step in STEPS if step[0] == earlier.metric):
            yield from ((earlier, later) for later in counting.get((earlier.goal, metric), ()))


@rule("STRATEGY-133", 1, "hint", "A target that is hardly above today")
def hardly_above(situation: Situation) -> Iterator[Finding]:
    """What lies half a percent above today comes or stays away by chance. A note says why holding the figure is the aim."""
    for objective in situation.strategy.objectives:
        base = objective.baseline
        if base is None or base <= 0 or objective.note or objective.target == base:
            continue
        if abs(objective.target - base) <= base * _HARDLY:
            both = [say_amount(figure, objective.metric, situation.strategy.company.currency) for figure in (objective.target, base)]
            yield Finding(
                f"objectives[{objective.id}].target",
                f"{both[0]}, from {both[1]}",
                "a difference that work makes, not chance",
                "Aim higher, or write into a note why to hold it is the aim.",
            )


@rule("STRATEGY-223", 2, "hint", "More to come back than there are")
def more_than_there_are(situation: Situation) -> Iterator[Finding]:
    """People who come back are people who are there: no more of an audience can return than it has."""
    sizes = {audience.id: audience.size for audience in situation.strategy.audiences}
    for objective in situation.strategy.objectives:
        size = sizes.get(objective.audience or "")
        if objective.metric == "returning_customers" and size and objective.target > size:
            yield Finding(
                f"objectives[{objective.id}].target",
                f"{say_number(objective.target)} of {size:,} in audiences[{objective.audience}]",
                "at most as many as the audience has",
                "Mend the target or the size, or say which other people are meant.",
            )


@rule("STRATEGY-631", 6, "hint", "A KPI that starts elsewhere than its objective")
def other_start(situation: Situation) -> Iterator[Finding]:
    """A KPI of the whole company and the objective of the same metric begin at about the same figure, the one a week and the other a quarter. A
    season may explain the difference; a note says so.
    """
    starts = {metric: each for metric, each in situation.sole_objectives.items() if METRICS[metric].adds_up and each.baseline}
    for number, kpi in enumerate(situation.strategy.management.kpis):
        objective = starts.get(kpi.metric)
        if (
            objective is None
            or not objective.baseline
            or not kpi.baseline
            or kpi.note
            or kpi.channel
            or kpi.team
            or kpi.task
            or kpi.cadence not in PERIODS
        ):
            continue
        together = kpi.baseline * PERIODS[kpi.cadence]
        if together > objective.baseline * _FAR_APART or together * _FAR_APART < objective.baseline:
            both = [say_amount(figure, kpi.metric, situation.strategy.company.currency) for figure in (together, objective.baseline)]
            yield Finding(
                f"management.kpis[{number}].baseline",
                f"{both[0]} in a quarter",
                f"the objective's baseline, {both[1]}",
                "Count both in the same way, and mend one.",
            )


@rule("STRATEGY-632", 6, "warning", "A KPI of a part that is more than the whole")
def part_above_whole(situation: Situation) -> Iterator[Finding]:
    """What one channel, team or task is to bring in a quarter is not more than the objective asks of all together."""
    targets = {metric: each.target for metric, each in situation.sole_objectives.items() if _counts_up(metric)}
    for number, kpi in enumerate(situation.strategy.management.kpis):
        whole = targets.get(kpi.metric)
        if whole is None or kpi.target is None or not (kpi.channel or kpi.team or kpi.task) or kpi.cadence not in PERIODS:
            continue
        together = kpi.target * PERIODS[kpi.cadence]
        if together > whole * _FAR_APART:
            both = [say_amount(figure, kpi.metric, situation.strategy.company.currency) for figure in (together, whole)]
            yield Finding(
                f"management.kpis[{number}].target", f"{both[0]} in a quarter", f"at most the objective's {both[1]}", "Mend one of the two targets."
            )


@rule("STRATEGY-711", 7, "warning", "A rule that one channel cannot pass")
def rule_above_whole(situation: Situation) -> Iterator[Finding]:
    """A rule for one channel does not ask it for more than the objective asks of all channels together."""
    targets = {metric: each.target for metric, each in situation.sole_objectives.items() if _counts_up(metric)}
    for number, evaluation in enumerate(situation.strategy.evaluation):
        whole = targets.get(evaluation.metric or "")
        if evaluation.channel and whole is not None and evaluation.threshold is not None and evaluation.threshold > whole:
            both = [say_amount(figure, evaluation.metric, situation.strategy.company.currency) for figure in (evaluation.threshold, whole)]
            yield Finding(
                f"evaluation[{number}].threshold",
                f"{both[0]} from one channel",
                f"less than the objective's {both[1]}",
                "Ask for the channel's share.",
            )


@rule("STRATEGY-713", 7, "warning", "A rule on hours that is lost before the start")
def lost_hours(situation: Situation) -> Iterator[Finding]:
    """Hours for each result are the work divided by the results. Where the planned tasks break the rule by far, even if every target
    is met, it is lost today."""
    strategy = situation.strategy
    planned = sum((task.effort_hours for task in strategy.management.tasks), Decimal(0))
    most = max((each.target for each in strategy.objectives if METRICS[each.metric].unit == "count"), default=Decimal(0))
    for number, evaluation in enumerate(strategy.evaluation):
        if (
            evaluation.metric == "hours_per_result"
            and evaluation.threshold is not None
            and most > 0
            and planned > evaluation.threshold * most * _HOURS_SLACK
        ):
            yield Finding(
                f"evaluation[{number}].threshold",
                f"{say_hours(evaluation.threshold)} for each, and {say_hours(planned)} of work in the plan",
                f"at least {say_hours(planned / most)}, what is planned for {say_number(most)} results",
                "Raise the threshold, or plan less work.",
            )


def _counts_up(metric: str) -> bool:
    return METRICS[metric].adds_up and METRICS[metric].direction == "increase"


FIT_CHECKS: tuple[Check, ...] = (
    small_quarter, narrow_first_step, hardly_above, more_than_there_are, other_start, part_above_whole, rule_above_whole, lost_hours,
)  # fmt: skip
