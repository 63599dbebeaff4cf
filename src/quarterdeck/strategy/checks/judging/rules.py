"""Checks of steps 7 and 8: rules that are too soft, too early, too dear or about nothing, and questions asked twice."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from quarterdeck.kernel.metrics import METRICS
from quarterdeck.strategy.checks.checking import Check, Finding, Situation, rule
from quarterdeck.strategy.wording.suggestions import nearest
from quarterdeck.strategy.wording.wording import quote, say_amount, say_day, say_list, say_money

_LONG_AFTER = timedelta(days=60)
_ANOTHER_PLAN = timedelta(days=500)
"""What lies still further away belongs to another plan than the quarter that is looked at."""
_SOON = timedelta(days=14)


@rule("STRATEGY-705", 7, "warning", "The whole judged at the wrong time")
def wrong_time(situation: Situation) -> Iterator[Finding]:
    """The overall rule is judged when the quarter is nearly over. Before that, little has happened. Two months later (a hint) the next plan stands."""
    quarter = situation.quarter
    for number, evaluation in enumerate(situation.strategy.evaluation):
        if quarter is None or evaluation.step != "overall" or evaluation.on is None:
            continue
        expected = f"a day soon after {say_day(quarter.last_day)}"
        if quarter.first_day - _LONG_AFTER < evaluation.on < quarter.last_day - _SOON:
            yield Finding(
                f"evaluation[{number}].on", f"{say_day(evaluation.on)}, before the quarter has run", expected, "Set the day after the last week."
            )
        elif _LONG_AFTER < evaluation.on - quarter.last_day < _ANOTHER_PLAN:
            said = f"{say_day(evaluation.on)}, when the next plan has long been made"
            yield Finding(f"evaluation[{number}].on", said, expected, "Judge sooner, and look again later.", "hint")


@rule("STRATEGY-706", 7, "hint", "An overall rule softer than its objective")
def soft_rule(situation: Situation) -> Iterator[Finding]:
    """Where the whole is judged by an objective's metric, it asks for the objective's target. Asking for no more than there was before is a
    warning: it is met by doing nothing.
    """
    for number, evaluation in enumerate(situation.strategy.evaluation):
        objective = situation.sole_objectives.get(evaluation.metric or "")
        if evaluation.step != "overall" or objective is None or evaluation.threshold is None:
            continue
        rises = METRICS[objective.metric].direction == "increase"
        gap = (objective.target - evaluation.threshold) if rises else (evaluation.threshold - objective.target)
        if gap > abs(objective.target) / 200:
            figures = [
                say_amount(figure, objective.metric, situation.strategy.company.currency) for figure in (evaluation.threshold, objective.target)
            ]
            before = objective.baseline
            idle = before is not None and (evaluation.threshold <= before if rises else evaluation.threshold >= before)
            found = f"{figures[0]}, no better than before" if idle else figures[0]
            yield Finding(
                f"evaluation[{number}].threshold", found, f"the objective's {figures[1]}", "Ask for the same in both.", "warning" if idle else None
            )


@rule("STRATEGY-707", 7, "hint", "A rule by a metric that is almost a known one")
def uncounted_rule(situation: Situation) -> Iterator[Finding]:
    """A rule may be judged by something that people count by hand. A metric written almost like a known one is mostly a slip of the pen."""
    for number, evaluation in enumerate(situation.strategy.evaluation):
        if evaluation.metric is not None and evaluation.metric not in METRICS:
            close = nearest(evaluation.metric, METRICS)
            if close:
                expected = "a metric that can be counted from facts"
                yield Finding(f"evaluation[{number}].metric", quote(evaluation.metric), expected, f'Did you mean "{close}"?')


@rule("STRATEGY-708", 7, "warning", "A channel kept while it loses money")
def losing_rule(situation: Situation) -> Iterator[Finding]:
    """A rule or a KPI that lets a new customer cost more than one leaves keeps a channel that loses money. What may be paid for growth is said in a note."""
    margin, currency = situation.lowest_margins.get("new_customers"), situation.strategy.company.currency
    for number, evaluation in enumerate(situation.strategy.evaluation):
        threshold = evaluation.threshold if evaluation.metric == "cost_per_customer" else None
        if threshold is not None and margin is not None and threshold > margin and not evaluation.note:
            found = f"{say_money(threshold, currency)} for a new customer"
            yield Finding(
                f"evaluation[{number}].threshold",
                found,
                f"at most {say_money(margin, currency)}, which one leaves",
                "Lower it, or say why in a note.",
            )
    for number, kpi in enumerate(situation.strategy.management.kpis):
        if kpi.metric == "cost_per_customer" and kpi.target is not None and margin is not None and kpi.target > margin and not kpi.note:
            yield Finding(
                f"management.kpis[{number}].target",
                f"{say_money(kpi.target, currency)} for a new customer",
                f"at most {say_money(margin, currency)}, which one leaves",
                "Lower it, or say why in a note.",
            )


@rule("STRATEGY-709", 7, "hint", "Paid channels that nothing judges")
def unjudged_money(situation: Situation) -> Iterator[Finding]:
    """A rule for each paid channel, written before it runs, says when its money stops."""
    strategy = situation.strategy
    judged = {evaluation.channel for evaluation in strategy.evaluation}
    bare = [channel.id for channel in strategy.paid_channels if channel.use == "in_use" and channel.id not in judged]
    if bare and strategy.evaluation:
        yield Finding(
            "evaluation", f"no rule for {say_list(bare)}", "a rule for each channel that costs money", f"Add one of step 4 with `channel: {bare[0]}`."
        )


@rule("STRATEGY-805", 8, "hint", "One question twice")
def same_question(situation: Situation) -> Iterator[Finding]:
    """A question that two people look into is answered twice or not at all."""
    first: dict[str, str] = {}
    for question in situation.strategy.questions:
        same = first.setdefault(question.text.casefold().strip(" ?"), question.id)
        if same != question.id:
            yield Finding(f"questions[{question.id}]", f"the words of questions[{same}]", "a question of its own", "Keep one of the two.")


JUDGING_CHECKS: tuple[Check, ...] = (wrong_time, soft_rule, uncounted_rule, losing_rule, unjudged_money, same_question)
