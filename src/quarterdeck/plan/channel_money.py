"""channel_money: one row a channel: money, what it should bring, what the next unit would, and why."""

from __future__ import annotations

from decimal import Decimal

from quarterdeck.plan.expected import expected_of, to_plan
from quarterdeck.plan.limits import ChannelLimit
from quarterdeck.plan.money_left import NOTHING, MoneyLeft
from quarterdeck.plan.placement import Placement
from quarterdeck.plan.plan_inputs import PlanInputs
from quarterdeck.plan.quarter_plan import ChannelMoney, Range
from quarterdeck.plan.reasons import ChannelCase, say_money, say_reason
from quarterdeck.strategy.parts.means import Channel


def channel_money(inputs: PlanInputs, money: MoneyLeft, placement: Placement, value: Decimal | None) -> tuple[ChannelMoney, ...]:
    """Paid channels in the order of the strategy, then what was spent on any other channel in the past weeks of the quarter."""
    brings = _brings(inputs, placement)
    rows = [_row(channel, _case(inputs, money, placement, value, channel), brings.get(channel.id)) for channel in inputs.strategy.paid_channels]
    planned = {channel.id for channel in inputs.strategy.paid_channels}
    others = [
        ChannelMoney(
            channel=channel,
            last_quarter=inputs.last_quarter_spend.get(channel),
            planned=spent,
            floor=NOTHING,
            cap=None,
            brings=None,
            next_unit=None,
            why=f"{say_money(spent, inputs.strategy.company.currency)} was spent; the strategy plans no money for it.",
        )
        for channel, spent in sorted(money.spent.items())
        if channel not in planned
    ]
    return (*rows, *others)


def _row(channel: Channel, case: ChannelCase, brings: Range | None) -> ChannelMoney:
    return ChannelMoney(
        channel=channel.id,
        last_quarter=case.last_quarter,
        planned=case.planned,
        brings=brings,
        floor=channel.spend.floor if channel.spend else NOTHING,
        cap=channel.spend.cap if channel.spend else None,
        next_unit=None if case.next_unit is None else to_plan(case.next_unit),
        why=say_reason(case),
    )


def _case(inputs: PlanInputs, money: MoneyLeft, placement: Placement, value: Decimal | None, channel: Channel) -> ChannelCase:
    amounts = placement.amounts[channel.id]
    slopes = placement.allocation.next_unit if placement.allocation else {}
    others = [slope for name, slope in slopes.items() if name != channel.id and sum(placement.amounts.get(name, ()), NOTHING) > 0]
    limit = placement.limits[channel.id]
    return ChannelCase(
        currency=inputs.strategy.company.currency,
        aim=inputs.aim,
        last_quarter=inputs.last_quarter_spend.get(channel.id),
        planned=money.spent.get(channel.id, NOTHING) + sum(amounts, NOTHING),
        placed=sum(amounts, NOTHING),
        limit=limit,
        weeks_at_weekly_cap=_weeks_at_cap(limit, amounts),
        open_weeks=len(amounts),
        is_trial=channel.id in placement.trials,
        is_wanted=channel.use == "wanted",
        next_unit=slopes.get(channel.id),
        before=placement.slopes_before.get(channel.id),
        elsewhere=max(others, default=None),
        pays_from=1.0 / float(value) if value else None,
        floor=channel.spend.floor if channel.spend else NOTHING,
        cap=channel.spend.cap if channel.spend else None,
    )


def _weeks_at_cap(limit: ChannelLimit, amounts: tuple[Decimal, ...]) -> int:
    return 0 if limit.weekly_cap is None else sum(amount >= limit.weekly_cap for amount in amounts)


def _brings(inputs: PlanInputs, placement: Placement) -> dict[str, Range]:
    """By channel with a curve that is planned for."""
    if placement.allocation is None or placement.curves is None:
        return {}
    expected = expected_of(placement.curves, placement.allocation.amounts, inputs.open_weeks)
    return {channel: brought for channel, brought in expected.items() if channel in placement.amounts}
