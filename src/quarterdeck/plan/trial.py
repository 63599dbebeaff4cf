"""Trial: a change of the plan's money that is only tried: what the open weeks would cost, what it breaks, and what the strategy would have to say."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_FLOOR, Decimal
from typing import Literal

from quarterdeck.kernel.money import split_money
from quarterdeck.plan.limits import ChannelLimit
from quarterdeck.plan.money_left import NOTHING, MoneyLeft, fit_floors, money_left, open_limits, whole_steps
from quarterdeck.plan.placement import place_money
from quarterdeck.plan.plan_inputs import PlanInputs
from quarterdeck.plan.reach import within_reach
from quarterdeck.strategy.parts.aim import value_to_place_by
from quarterdeck.strategy.parts.management import Budget
from quarterdeck.strategy.parts.means import Channel

Amounts = Mapping[str, tuple[Decimal, ...]]
"""By channel: money of each open week."""


@dataclass(frozen=True, slots=True)
class Ask:
    """What is tried: `a_week` moved from `source` to `target` in each open week, and the quarter's budget changed by `budget` (plus or minus)."""

    source: str | None = None
    target: str | None = None
    a_week: Decimal = NOTHING
    budget: Decimal = NOTHING

    @property
    def moves(self) -> bool:
        """Whether money goes from one channel to another."""
        return self.source is not None and self.target is not None and self.source != self.target and self.a_week > 0

    @property
    def is_nothing(self) -> bool:
        """Whether everything stays as planned."""
        return not self.moves and self.budget == 0


@dataclass(frozen=True, slots=True)
class Breach:
    """A limit that a trial goes beyond: the channel would get `amount`, the limit is `limit`.

    floor, cap: of the strategy, in the quarter. tried: the most for a week, because nothing beyond was ever spent. reach: how far one quarter may move
    a channel with what the facts say about it, in the quarter.
    """

    kind: Literal["floor", "cap", "tried", "reach"]
    channel: str
    amount: Decimal
    limit: Decimal


def free_a_week(amounts: Amounts, booked: Amounts, step: Decimal) -> dict[str, Decimal]:
    """By channel: how much can be moved away from it in each open week, in whole steps; what is carried out already (`booked`) stays."""
    return {
        channel: whole_steps(sum(_free(row, booked.get(channel, ())), NOTHING) / len(row), step, ROUND_FLOOR) if row else NOTHING
        for channel, row in amounts.items()
    }


def placed_anew(inputs: PlanInputs) -> Amounts:
    """What a plan made of these inputs would place."""
    money = money_left(inputs)
    return place_money(inputs, money, _limits(inputs, money), value_to_place_by(inputs.strategy, inputs.aim)).amounts


def with_budget(inputs: PlanInputs, amounts: Amounts, booked: Amounts, change: Decimal, *, now: Amounts) -> dict[str, tuple[Decimal, ...]]:
    """`amounts` with the budget larger or smaller by `change`: what a plan would place with the other budget less what it would place with this one
    (`now`, of `placed_anew`) is added. Nothing that is carried out is taken back. No change gives `amounts`."""
    if change == 0:
        return dict(amounts)
    more = placed_anew(_with_change(inputs, change))
    wished: dict[str, tuple[Decimal, ...]] = {}
    too_much = NOTHING
    for channel, row in amounts.items():
        held = _held(row, booked.get(channel, ()))
        exact = tuple(amount + a - b for amount, a, b in zip(row, more[channel], now[channel], strict=True))
        wished[channel] = tuple(max(wish, min(kept, amount)) for wish, kept, amount in zip(exact, held, row, strict=True))
        too_much += sum(wished[channel], NOTHING) - sum(exact, NOTHING)
    return _less(wished, booked, too_much, inputs.step) if too_much > 0 else wished


def with_move(amounts: Amounts, booked: Amounts, ask: Ask, step: Decimal) -> tuple[dict[str, tuple[Decimal, ...]], Decimal]:
    """`amounts` after the move, and what it really moves a week: never more than is free; nothing where a channel is not known."""
    changed = dict(amounts)
    if not ask.moves or ask.source not in changed or ask.target not in changed or not changed[ask.source]:
        return changed, NOTHING
    row = changed[ask.source]
    a_week = min(whole_steps(ask.a_week, step, ROUND_FLOOR), free_a_week(changed, booked, step)[ask.source])
    taken = split_money(a_week * len(row), _free(row, booked.get(ask.source, ())), step=step)
    changed[ask.source] = tuple(amount - less for amount, less in zip(row, taken, strict=True))
    changed[ask.target] = tuple(amount + a_week for amount in changed[ask.target])
    return changed, a_week


def least_budget_change(inputs: PlanInputs, amounts: Amounts, booked: Amounts) -> Decimal:
    """The largest cut of the budget that can still be made, as a negative amount: what is placed and not carried out, and what is held back."""
    free = sum((sum(_free(row, booked.get(channel, ())), NOTHING) for channel, row in amounts.items()), NOTHING)
    placed = sum((sum(row, NOTHING) for row in amounts.values()), NOTHING)
    held_back = max(NOTHING, money_left(inputs).left - placed)
    return -(free + held_back)


def breaches(inputs: PlanInputs, before: Amounts, after: Amounts, ask: Ask) -> tuple[Breach, ...]:
    """What the trial goes beyond and the plan did not: floors and caps first."""
    inputs = _with_change(inputs, ask.budget)
    money = money_left(inputs)
    reach = {limit.channel: limit for limit in _limits(inputs, money)}
    found: list[Breach] = []
    for channel, limit in zip(inputs.strategy.paid_channels, open_limits(inputs, money), strict=True):
        row, was = after.get(channel.id, ()), before.get(channel.id, ())
        if row and row != was:
            found += _of_channel(channel, limit, reach[channel.id], row, was, gone=money.spent.get(channel.id, NOTHING))
    order = ("floor", "cap", "tried", "reach")
    return tuple(sorted(found, key=lambda breach: order.index(breach.kind)))


def changes_for(inputs: PlanInputs, before: Amounts, after: Amounts, ask: Ask) -> dict[str, str]:
    """The trial as changes of the strategy (place -> new value): the channel that gives may not get more than this in the quarter, the one that takes
    not less; limits that stand in the way move with them. Nothing asked gives no changes.

    A larger or smaller budget is written as the quarter's budget; its split is left to the next plan.
    """
    changes: dict[str, str] = {}
    spent = money_left(inputs).spent
    if ask.budget != 0:
        changes["management.budget.quarter"] = f"{money_left(inputs).budget + ask.budget:f}"
    if not ask.moves:
        return changes
    for name, is_source in ((ask.source, True), (ask.target, False)):
        channel = next((each for each in inputs.strategy.paid_channels if each.id == name), None)
        if channel is None or after[channel.id] == before[channel.id]:
            continue
        total = spent.get(channel.id, NOTHING) + sum(after[channel.id], NOTHING)
        total = total.quantize(Decimal(1), rounding="ROUND_CEILING" if is_source else ROUND_FLOOR)
        floor, cap = (channel.spend.floor, channel.spend.cap) if channel.spend else (NOTHING, None)
        place = f"channels[{channel.id}].spend"
        if is_source:
            changes |= {f"{place}.floor": f"{total:f}"} if floor > total else {}
            changes[f"{place}.cap"] = f"{total:f}"
        else:
            changes |= {f"{place}.cap": f"{total:f}"} if cap is not None and cap < total else {}
            changes[f"{place}.floor"] = f"{total:f}"
    return changes


def _held(row: Sequence[Decimal], booked: Sequence[Decimal]) -> tuple[Decimal, ...]:
    return tuple(booked) or (NOTHING,) * len(row)


def _free(row: Sequence[Decimal], booked: Sequence[Decimal]) -> tuple[Decimal, ...]:
    return tuple(max(amount - kept, NOTHING) for amount, kept in zip(row, _held(row, booked), strict=True))


def _less(amounts: Amounts, booked: Amounts, less: Decimal, step: Decimal) -> dict[str, tuple[Decimal, ...]]:
    """`amounts` with `less` taken out of what is free, in proportion to it, as far as there is any."""
    cells = [(channel, week, free) for channel, row in amounts.items() for week, free in enumerate(_free(row, booked.get(channel, ())))]
    weights = [free for *_, free in cells]
    taken = split_money(min(less, sum(weights, NOTHING)), weights, step=step)
    rows = {channel: list(row) for channel, row in amounts.items()}
    for (channel, week, _), share in zip(cells, taken, strict=True):
        rows[channel][week] -= share
    return {channel: tuple(row) for channel, row in rows.items()}


def _with_change(inputs: PlanInputs, change: Decimal) -> PlanInputs:
    """The same inputs with another budget for the quarter."""
    if change == 0:
        return inputs
    named, total = inputs.strategy.management.budget, max(NOTHING, money_left(inputs).budget + change)
    budget = Budget(quarter=total) if named is None else Budget(quarter=total, reserve=named.reserve, spend=named.spend)
    management = inputs.strategy.management.model_copy(update={"budget": budget})
    return replace(inputs, strategy=inputs.strategy.model_copy(update={"management": management}))


def _limits(inputs: PlanInputs, money: MoneyLeft) -> tuple[ChannelLimit, ...]:
    """As a plan keeps them."""
    return within_reach(fit_floors(open_limits(inputs, money), money.left, inputs.step), inputs, money)


def _of_channel(
    channel: Channel, limit: ChannelLimit, reach: ChannelLimit, row: Sequence[Decimal], was: Sequence[Decimal], *, gone: Decimal
) -> Iterator[Breach]:
    total, before = sum(row, NOTHING), sum(was, NOTHING)
    own_floor, own_cap = (channel.spend.floor, channel.spend.cap) if channel.spend else (NOTHING, None)
    if total < before and total + gone < own_floor:
        yield Breach("floor", channel.id, total + gone, own_floor)
    elif total < reach.floor <= before:
        yield Breach("reach", channel.id, total + gone, reach.floor + gone)
    if own_cap is not None and total > before and total + gone > own_cap:
        yield Breach("cap", channel.id, total + gone, own_cap)
    elif reach.cap is not None and total > reach.cap >= before:
        yield Breach("reach", channel.id, total + gone, reach.cap + gone)
    if limit.weekly_cap is not None and max(row) > limit.weekly_cap and max(row) > max(was):
        yield Breach("tried", channel.id, max(row), limit.weekly_cap)
