"""judge_channels: keep, change, stop or too early, by the rule that the strategy fixed beforehand."""

from __future__ import annotations

import math
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from quarterdeck.plan.quarter_plan import Range
from quarterdeck.review.record import ChannelVerdict
from quarterdeck.strategy.document import Strategy
from quarterdeck.strategy.parts.management import Evaluation

KEEP_FROM, CHANGE_TO, STOP_TO = 0.7, 0.3, 0.1
FIRST_WEEKS = 4
_Z80 = 1.2815515655446004
_COST_METRICS = {"cost_per_customer": "new_customers"}


@dataclass(frozen=True, slots=True)
class ChannelResult:
    """What a channel was given and brought: money, and units of the aim as mean and standard deviation."""

    channel: str
    planned_spend: Decimal
    spent: Decimal
    planned_result: float
    brought_mean: float
    brought_sd: float


def judge_channels(results: list[ChannelResult], strategy: Strategy, *, aim: str, weeks: int) -> tuple[ChannelVerdict, ...]:
    """One verdict a channel, in the order given. Fewer than four weeks, no rule, or a chance between 30 and 70 % is "too early"."""
    rules = {rule.channel: rule for rule in strategy.evaluation if rule.channel and rule.threshold is not None}
    names = {channel.id: channel.name or channel.id for channel in strategy.channels}
    return tuple(_judge(result, names.get(result.channel, result.channel), rules.get(result.channel), aim=aim, weeks=weeks) for result in results)


def _judge(result: ChannelResult, name: str, rule: Evaluation | None, *, aim: str, weeks: int) -> ChannelVerdict:
    chance = _chance_rule_met(result, rule, aim=aim, weeks=weeks)
    verdict = _verdict(chance, weeks)
    low, high = (max(0.0, result.brought_mean + sign * _Z80 * result.brought_sd) for sign in (-1, 1))
    return ChannelVerdict(
        channel=result.channel,
        planned_spend=result.planned_spend,
        spent=result.spent,
        planned_result=result.planned_result,
        brought=Range(low=low, expected=result.brought_mean, high=high),
        rule=rule.question if rule else None,
        verdict=verdict,
        chance_rule_met=chance,
        sentence=_sentence(name, verdict, chance, rule, weeks),
    )


def _chance_rule_met(result: ChannelResult, rule: Evaluation | None, *, aim: str, weeks: int) -> float | None:
    """Chance that the rule holds; None when it cannot be told (no rule, another metric, nothing spent)."""
    if rule is None or rule.threshold is None or result.brought_sd <= 0:
        return None
    if _COST_METRICS.get(rule.metric or "") == aim and result.spent > 0 and rule.threshold > 0:
        needed = float(result.spent / rule.threshold)
    elif rule.metric == aim:
        needed = float(rule.threshold) * weeks / 13.0
    else:
        return None
    return 0.5 * math.erfc((needed - result.brought_mean) / (result.brought_sd * math.sqrt(2.0)))


def _verdict(chance: float | None, weeks: int) -> Literal["keep", "change", "stop", "too_early"]:
    if chance is None or weeks < FIRST_WEEKS:
        return "too_early"
    if chance >= KEEP_FROM:
        return "keep"
    if chance <= STOP_TO:
        return "stop"
    return "change" if chance <= CHANGE_TO else "too_early"


def _sentence(name: str, verdict: str, chance: float | None, rule: Evaluation | None, weeks: int) -> str:
    if rule is None:
        return f"{name}: no rule was fixed beforehand, so it is not judged. Add one under step 7."
    if chance is None:
        return f"{name}: the facts so far cannot answer “{rule.question}”."
    odds = f"The chance that its rule holds is {round(100 * chance)} %."
    if verdict == "too_early":
        return f"{name}: too early to say after {weeks} {'week' if weeks == 1 else 'weeks'}. {odds}"
    return f"{name}: {verdict}. {odds}"
