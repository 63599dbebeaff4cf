"""Checks of step 1: business goals, and objectives letter by letter (SMART)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from functools import partial

from quarterdeck.kernel.metrics import METRICS
from quarterdeck.strategy.checks.checking import Check, Finding, Situation, rule
from quarterdeck.strategy.wording.wording import say_amount, say_day

COUNTING_TOOLS = frozenset({"analytics", "crm", "erp"})
_YEAR = timedelta(days=366)


@rule("STRATEGY-103", 1, "hint", "No vision for the year")
def no_vision(situation: Situation) -> Iterator[Finding]:
    """Detail is kept for 90 days; the vision keeps the quarters in one direction."""
    if not situation.strategy.vision:
        yield Finding(
            "vision",
            "nothing",
            "one sentence for the year, so that every quarter pulls the same way",
            "Finish the sentence: at the end of the year, people will ...",
        )


@rule("STRATEGY-101", 1, "error", "No business goal")
def no_goal(situation: Situation) -> Iterator[Finding]:
    """Every objective serves a goal of the whole company. Without one nothing says what marketing is for, and no result can be
    called good.
    """
    if not situation.strategy.goals:
        yield Finding(
            "goals",
            "no goal",
            "a business goal of the whole company; without one nobody can say what marketing is for",
            "Write what the business itself wants this year, with a number and a date.",
        )


@rule("STRATEGY-102", 1, "error", "No objective")
def no_objective(situation: Situation) -> Iterator[Finding]:
    """Money, work and review hang on objectives: the first one is what money is placed for."""
    if not situation.strategy.objectives:
        yield Finding(
            "objectives",
            "no objective",
            "at least one SMART objective, because money and work are placed for it",
            "Write what marketing should reach by the end of the quarter: metric, target, date.",
        )


@rule("STRATEGY-104", 1, "warning", "A goal that no objective serves")
def idle_goal(situation: Situation) -> Iterator[Finding]:
    """A goal without an objective is a wish: nobody works for it."""
    served = {objective.goal for objective in situation.strategy.objectives}
    for goal in situation.strategy.goals:
        if goal.id not in served:
            yield Finding(
                f"goals[{goal.id}]",
                "no objective",
                "an objective that serves this goal, or it stays a wish",
                f"Add an objective with `goal: {goal.id}`, or take the goal out.",
            )


@rule("STRATEGY-105", 1, "hint", "S: an objective that does not say whom it is about")
def not_specific(situation: Situation) -> Iterator[Finding]:
    """An objective names the audience it is about as soon as there is more than one."""
    for objective in situation.strategy.objectives:
        if objective.audience is None and len(situation.strategy.audiences) > 1:
            yield Finding(
                f"objectives[{objective.id}].audience",
                "no audience",
                "one audience (S, specific), because what wins one group leaves another cold",
                "Name the audience that it is about.",
            )


@rule("STRATEGY-106", 1, "warning", "M: no baseline")
def no_baseline(situation: Situation) -> Iterator[Finding]:
    """Without knowing where things stand, a target is a guess and a gain cannot be shown. A missing baseline is not 0."""
    for objective in situation.strategy.objectives:
        if objective.baseline is None:
            yield Finding(
                f"objectives[{objective.id}].baseline",
                "not known",
                "where things stand now (M, measurable), or nobody can say what was gained",
                "Import the last quarter's figures, or open a question for it.",
            )


@rule("STRATEGY-107", 1, "warning", "M: nothing counts the metric")
def no_source(situation: Situation) -> Iterator[Finding]:
    """A metric needs a source: a tool in use that counts, or a conversion."""
    strategy = situation.strategy
    if any(tool.use == "in_use" and tool.kind in COUNTING_TOOLS for tool in strategy.tools):
        return
    counted = {conversion.metric for conversion in strategy.conversions}
    for objective in strategy.objectives:
        if objective.metric not in counted:
            yield Finding(
                f"objectives[{objective.id}].metric",
                f"nothing that counts {METRICS[objective.metric].name.lower()}",
                "a conversion or a tool in use that counts it (M, measurable), such as analytics, CRM or ERP",
                f"Add the tool to step 4, or a conversion with `metric: {objective.metric}`.",
            )


@rule("STRATEGY-108", 1, "warning", "A: nobody answers for it")
def no_owner(situation: Situation) -> Iterator[Finding]:
    """One person answers for each objective."""
    for objective in situation.strategy.objectives:
        if not objective.owner:
            yield Finding(
                f"objectives[{objective.id}].owner",
                "nobody",
                "one person who answers for it (A, assigned); what all own, nobody does",
                "Write one name.",
            )


@rule("STRATEGY-109", 1, "warning", "R: nothing works for it")
def not_served(situation: Situation) -> Iterator[Finding]:
    """An objective is moved by channels and campaigns; one that has neither stays where it is."""
    for objective in situation.strategy.objectives:
        if objective.id not in situation.served_objectives:
            yield Finding(
                f"objectives[{objective.id}]",
                "no channel and no campaign that works for it",
                "at least one (R, relevant), or nothing will move it",
                "Add its id to `objectives` of a channel, or give it a campaign.",
            )


@rule("STRATEGY-110", 1, "warning", "R: nothing follows it")
def not_measured(situation: Situation) -> Iterator[Finding]:
    """A KPI or a rule of step 7 for the same metric shows in time that a target will be missed."""
    strategy = situation.strategy
    measured = {kpi.metric for kpi in strategy.management.kpis} | {evaluation.metric for evaluation in strategy.evaluation}
    for objective in strategy.objectives:
        if objective.metric not in measured:
            yield Finding(
                f"objectives[{objective.id}].metric",
                f"no KPI and no rule for {METRICS[objective.metric].name.lower()}",
                "one that follows it from week to week, or you see a miss only at the end",
                f"Add a KPI, or a rule in step 7, with `metric: {objective.metric}`.",
            )


@rule("STRATEGY-111", 1, "warning", "T: due outside the quarter")
def badly_dated(situation: Situation) -> Iterator[Finding]:
    """Objectives are for the 90 days that are planned in detail; later dates belong to goals. One whose day is past must be closed."""
    quarter, as_of = situation.quarter, situation.as_of
    for objective in situation.strategy.objectives:
        place, day = f"objectives[{objective.id}].due_on", objective.due_on
        if quarter is not None and not quarter.first_day <= day <= quarter.last_day:
            days = f"{say_day(quarter.first_day)} to {say_day(quarter.last_day)}"
            yield Finding(
                place,
                say_day(day),
                f"a day of {quarter.label}, {days} (T, time-bound)",
                "Set what should be reached by the end of this quarter, and keep the later date for the goal.",
            )
        elif as_of is not None and day <= as_of:
            yield Finding(place, f"{say_day(day)}, which is past", "a day to come (T, time-bound)", "Close it in a review, or set the next target.")
        elif quarter is None and as_of is not None and day > as_of + _YEAR:
            yield Finding(
                place,
                say_day(day),
                "a day within a year (T, time-bound), because plans here reach 90 days",
                "Make it a goal, and set an objective for the quarter.",
            )


@rule("STRATEGY-112", 1, "warning", "A target that asks nothing")
def asks_nothing(situation: Situation) -> Iterator[Finding]:
    """A target equal to the baseline needs no plan."""
    for objective in situation.strategy.objectives:
        if objective.baseline is not None and objective.target == objective.baseline:
            yield Finding(
                f"objectives[{objective.id}].target",
                "the same as the baseline",
                "a change, because holding still needs no plan",
                "Raise the target, or say in a note why holding is the aim.",
            )


@rule("STRATEGY-113", 1, "warning", "Milestones that do not lead to the target")
def crooked_milestones(situation: Situation) -> Iterator[Finding]:
    """Milestones count from the start of the quarter, grow, and end at or below the target on or before its day."""
    for objective in situation.strategy.objectives:
        is_rising = METRICS[objective.metric].direction == "increase" and METRICS[objective.metric].adds_up
        highest, say = Decimal(0), partial(say_amount, metric=objective.metric, currency=situation.strategy.company.currency)
        for number, milestone in enumerate(objective.milestones):
            place = f"objectives[{objective.id}].milestones[{number}]"
            if situation.quarter is not None and milestone.on < situation.quarter.first_day <= objective.due_on:
                first = say_day(situation.quarter.first_day)
                yield Finding(place, f"{say_day(milestone.on)}, before the quarter", f"a day from {first}", "Mend the day, or take it out.")
            if milestone.on > objective.due_on:
                yield Finding(place, say_day(milestone.on), f"a day up to {say_day(objective.due_on)}, when the objective is due", "Move it forward.")
            if is_rising and milestone.value > objective.target:
                yield Finding(
                    place, f"{say(milestone.value)}, above the target", f"at most {say(objective.target)}", "Lower it, or raise the target."
                )
            if is_rising and number and milestone.value < highest:
                yield Finding(
                    place,
                    f"{say(milestone.value)}, less than the one before",
                    "a count that grows from the start of the quarter",
                    "Milestones count from the start of the quarter; put them in order.",
                )
            highest = max(highest, milestone.value)


@rule("STRATEGY-116", 1, "hint", "No market")
def no_market(situation: Situation) -> Iterator[Finding]:
    """Holidays, seasons and languages hang on the country."""
    company = situation.strategy.company
    if not company.markets:
        yield Finding("company.markets", "no market", "the countries it sells in, because holidays and seasons hang on them", "List them: [GB, US].")


GOAL_CHECKS: tuple[Check, ...] = (
    no_goal,
    no_objective,
    no_vision,
    idle_goal,
    not_specific,
    no_baseline,
    no_source,
    no_owner,
    not_served,
    not_measured,
    badly_dated,
    asks_nothing,
    crooked_milestones,
    no_market,
)
