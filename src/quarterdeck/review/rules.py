"""judge_rules: the rules that step 7 of the strategy fixed beforehand, held against what was counted, where that can be done."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from quarterdeck.kernel.metrics import METRICS
from quarterdeck.kernel.periods import Quarter
from quarterdeck.review.record import ChannelVerdict, Review
from quarterdeck.strategy.parts.management import Evaluation

Total = Callable[[str, date], tuple[float, date] | None]
"""(metric, day) -> what was counted in the quarter's whole weeks up to that day, and their last day; None when it cannot be said."""
HowJudged = Literal["verdict", "counted", "cost", "words", "later"]


@dataclass(frozen=True, slots=True)
class RuleJudged:
    """A rule and what the facts say of it. `number` is its place in the strategy, counted from 0.

    `how`: "verdict" by the review, "counted" or "cost" by a total, "later" while its day lies ahead, "words" where only a person can say.
    `fact` is in the unit of the rule's metric; `is_met` None where it is not decided by a figure.
    """

    number: int
    rule: Evaluation
    how: HowJudged
    fact: float | None = None
    is_met: bool | None = None
    verdict: ChannelVerdict | None = None
    until: date | None = None


def judge_rules(rules: Sequence[Evaluation], quarter: Quarter, *, as_of: date, review: Review | None, total: Total) -> tuple[RuleJudged, ...]:
    """Every rule in the order of the strategy."""
    return tuple(_judge(number, rule, quarter, as_of=as_of, review=review, total=total) for number, rule in enumerate(rules))


def _judge(number: int, rule: Evaluation, quarter: Quarter, *, as_of: date, review: Review | None, total: Total) -> RuleJudged:
    until = min(rule.on or quarter.last_day, quarter.last_day)
    verdict = next((each for each in review.channels if each.channel == rule.channel), None) if review else None
    if review and verdict is not None and verdict.rule == rule.question and verdict.chance_rule_met is not None:
        return RuleJudged(number, rule, "verdict", verdict=verdict, until=review.as_of)
    if as_of < until and _whole_weeks_end(quarter, until) > as_of:
        return RuleJudged(number, rule, "later", until=rule.on or quarter.last_day)
    if rule.channel is None and rule.threshold is not None and rule.metric in METRICS:
        if METRICS[rule.metric].adds_up and (found := total(rule.metric, until)) is not None:
            return RuleJudged(number, rule, "counted", found[0], _is_met(rule.metric, found[0], rule.threshold), until=found[1])
        if rule.metric == "cost_per_customer" and review is not None and review.metric == "new_customers":
            return _cost(number, rule, review)
    return RuleJudged(number, rule, "words")


def _cost(number: int, rule: Evaluation, review: Review) -> RuleJudged:
    """What a new customer that paid channels brought has cost, by the review's own estimate."""
    spent = float(sum((verdict.spent for verdict in review.channels), start=Decimal(0)))
    brought = sum(verdict.brought.expected for verdict in review.channels)
    if brought <= 0 or rule.threshold is None:
        return RuleJudged(number, rule, "words")
    return RuleJudged(number, rule, "cost", spent / brought, _is_met("cost_per_customer", spent / brought, rule.threshold), until=review.as_of)


def _whole_weeks_end(quarter: Quarter, day: date) -> date:
    """The last day of the last whole week of the quarter that has ended by `day`; a rule of a Monday speaks of the weeks before it."""
    ended = [week for week in quarter.weeks if (day - week).days >= 6]
    return date.fromordinal(ended[-1].toordinal() + 6) if ended else quarter.first_day


def _is_met(metric: str, fact: float, threshold: Decimal) -> bool:
    return fact >= threshold if METRICS[metric].direction == "increase" else fact <= threshold
