"""within_reach: how far one quarter may move a channel's money: less where the facts say little, because then a move follows noise."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from quarterdeck.plan.limits import ChannelLimit
from quarterdeck.plan.money_left import NOTHING, MoneyLeft, whole_steps
from quarterdeck.plan.plan_inputs import PlanInputs
from quarterdeck.response.findings.findings import MISLEADING

MOST_CHANGE = Decimal("0.5")
"""No channel's quarter moves by more than this share of what it is used to, unless the strategy's guardrail names another."""
LEAST_OF_IT = 0.2
"""A channel about which the facts say nothing may still move by this share of that."""


def within_reach(limits: Sequence[ChannelLimit], inputs: PlanInputs, money: MoneyLeft) -> tuple[ChannelLimit, ...]:
    """`limits` drawn in so that each channel's quarter moves by at most `most_change`; more where the whole budget grew or shrank.

    The strategy's own floors and caps go first where they contradict it. A channel that no fit knows keeps its limits.
    """
    weeks = len(inputs.open_weeks)
    if not inputs.is_trusted(inputs.aim) or not weeks:
        return tuple(limits)
    usual = {channel: usual_quarter(channel, inputs) for channel in inputs.fits[inputs.aim].channels}
    placed = float(money.left + sum(money.spent.values(), NOTHING))
    less = min(1.0, placed / max(sum(top for _, top in usual.values()), 1e-9))
    more = max(1.0, placed / max(sum(bottom for bottom, _ in usual.values()), 1e-9))
    shares = moves_allowed(inputs)
    drawn = []
    for limit in limits:
        down, up = shares.get(limit.channel, (0.0, 0.0))
        low, high = usual.get(limit.channel, (0.0, 0.0))
        quarter = (low * less * (1.0 - down), high * more * (1.0 + up))
        gone = money.spent.get(limit.channel, NOTHING)
        drawn.append(_drawn_in(limit, quarter, gone, weeks, inputs.step) if high > 0 else limit)
    return _affordable(limits, drawn, max(money.left, NOTHING), inputs.step)


def moves_allowed(inputs: PlanInputs) -> dict[str, tuple[float, float]]:
    """By channel: the share by which its quarter may fall and rise: `most_change` times what the facts, and not the prior, say about its return."""
    fit, most = inputs.fits[inputs.aim], float(most_change(inputs))
    doubtful = {name for finding in fit.diagnostics.findings if finding.code in MISLEADING for name in finding.channels}
    allowed = {}
    for name, effect in fit.channel_effects().items():
        known = max(LEAST_OF_IT, 1.0 - effect.prior_share)
        allowed[name] = (most * known, most * (LEAST_OF_IT if name in doubtful else known))
    return allowed


def usual_quarter(channel: str, inputs: PlanInputs) -> tuple[float, float]:
    """Money that the channel is used to in thirteen weeks: the lower and the higher of the last thirteen weeks and the mean of the last year."""
    fit = inputs.fits[inputs.aim]
    spend, weeks = fit.spend[:, fit.channels.index(channel)], len(inputs.quarter.weeks)
    means = (float(spend[-weeks:].mean()), float(spend[-52:].mean()))
    return min(means) * weeks, max(means) * weeks


def most_change(inputs: PlanInputs) -> Decimal:
    """The largest share by which a channel's quarter may move."""
    named = inputs.strategy.ads.guardrails.max_change_share
    return MOST_CHANGE if named is None else named


def _drawn_in(limit: ChannelLimit, quarter: tuple[float, float], gone: Decimal, weeks: int, step: Decimal) -> ChannelLimit:
    """`limit` within the least and the most money of `quarter`, of which `gone` is spent; a floor is never more than its weeks may hold."""
    lowest, highest = (max(Decimal(str(round(amount, 2))) - gone, NOTHING) for amount in quarter)
    most = whole_steps(highest, step, ROUND_CEILING)
    cap = max(most if limit.cap is None else min(limit.cap, most), limit.floor)
    room = cap if limit.weekly_cap is None else min(cap, limit.weekly_cap * weeks)
    return replace(limit, floor=max(limit.floor, min(whole_steps(lowest, step, ROUND_FLOOR), room)), cap=cap)


def _affordable(limits: Sequence[ChannelLimit], drawn: Sequence[ChannelLimit], left: Decimal, step: Decimal) -> tuple[ChannelLimit, ...]:
    """`drawn` with what its floors add to those of `limits` cut in proportion, where `left` cannot pay for all of it."""
    added = sum((new.floor - old.floor for old, new in zip(limits, drawn, strict=True)), NOTHING)
    room = max(left - sum((limit.floor for limit in limits), NOTHING), NOTHING)
    if added <= room:
        return tuple(drawn)
    return tuple(
        replace(new, floor=old.floor + whole_steps((new.floor - old.floor) * room / added, step, ROUND_FLOOR))
        for old, new in zip(limits, drawn, strict=True)
    )
