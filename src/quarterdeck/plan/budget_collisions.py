"""Budget collisions: floors, tasks and promises that ask for more money than the quarter has, with priced ways out (PLAN-106)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from decimal import ROUND_CEILING, Decimal
from functools import partial

from quarterdeck.plan.limits import ChannelLimit
from quarterdeck.plan.money_left import NOTHING, MoneyLeft, costly_tasks
from quarterdeck.plan.plan_inputs import PlanInputs
from quarterdeck.plan.quarter_plan import Collision, Fix
from quarterdeck.plan.reasons import say_money
from quarterdeck.strategy.document import Strategy
from quarterdeck.strategy.parts.management import Task

CODE = "PLAN-106"
_Say = Callable[[Decimal], str]


def budget_collisions(inputs: PlanInputs, money: MoneyLeft, limits: Sequence[ChannelLimit]) -> tuple[Collision, ...]:
    """What asks for more money than there is: the whole quarter first, then promises above a channel's cap.

    `limits` are the uncut ones of `open_limits`. Fixes stand cheapest first: what takes no new money, then the reserve, then a larger budget.
    """
    return (*_short(inputs, money, limits), *_above_cap(inputs, money))


def _short(inputs: PlanInputs, money: MoneyLeft, limits: Sequence[ChannelLimit]) -> Iterator[Collision]:
    floors = [limit for limit in limits if limit.floor > 0]
    asked = sum((limit.floor for limit in floors), NOTHING)
    short = asked - money.left
    if short <= 0:
        return
    say = _sayer(inputs.strategy)
    tasks = costly_tasks(inputs)
    fixes = [*_lower_floors(inputs, floors, short, say), *_put_off_tasks(tasks, short, say), *_more_money(inputs.strategy, money, short, say)]
    yield _collision(inputs, (*(limit.channel for limit in floors), *(task.id for task in tasks)), _need(money, asked, say), fixes)


def _need(money: MoneyLeft, asked: Decimal, say: _Say) -> str:
    spent = sum(money.spent.values(), NOTHING)
    needs = ((spent, "already spent"), (money.for_tasks, "for tasks"), (asked, "as floors and promises of channels"))
    parts = ", ".join(f"{say(amount)} {what}" for amount, what in needs if amount > 0)
    reserve = f" after a reserve of {say(money.reserve)}" if money.reserve else ""
    needed = f"The quarter needs {say(spent + money.for_tasks + asked)} ({parts})"
    return f"{needed} and has {say(money.budget - money.reserve)}{reserve}: {say(asked - money.left)} are missing."


def _collision(inputs: PlanInputs, items: tuple[str, ...], sentence: str, fixes: Sequence[Fix]) -> Collision:
    return Collision(
        code=CODE,
        items=items,
        first_day=max(inputs.first_open_week, inputs.quarter.first_day),
        last_day=inputs.quarter.last_day,
        sentence=sentence,
        fixes=tuple(sorted(fixes, key=lambda fix: (fix.cost_money, fix.cost_hours))),
    )


def _lower_floors(inputs: PlanInputs, floors: Sequence[ChannelLimit], short: Decimal, say: _Say) -> Iterator[Fix]:
    """One channel's floor if that is enough, else all of them in proportion; promises stay."""
    strategy = inputs.strategy
    quarter_floor = {c.id: c.spend.floor for c in strategy.paid_channels if c.spend and c.spend.floor > 0}
    free = {
        limit.channel: min(quarter_floor[limit.channel], limit.floor - inputs.committed.get(limit.channel, NOTHING))
        for limit in floors
        if limit.channel in quarter_floor
    }
    free = {channel: amount for channel, amount in free.items() if amount > 0}
    alone = [channel for channel, amount in free.items() if amount >= short]
    for channel in sorted(alone, key=lambda name: (-free[name], name))[:3]:
        becomes = quarter_floor[channel] - short
        yield Fix(
            text=f"Lower the floor of {_name(strategy, channel)} from {say(quarter_floor[channel])} to {say(becomes)}.",
            change={f"channels[{channel}].spend.floor": str(becomes)},
        )
    total = sum(free.values(), NOTHING)
    if not alone and total >= short:
        cuts = {channel: (short * amount / total).quantize(Decimal(1), rounding=ROUND_CEILING) for channel, amount in free.items()}
        yield Fix(
            text=f"Lower the floors of {', '.join(_name(strategy, channel) for channel in free)} by {say(short)} together.",
            change={f"channels[{channel}].spend.floor": str(max(NOTHING, quarter_floor[channel] - cut)) for channel, cut in cuts.items()},
        )


def _put_off_tasks(tasks: Sequence[Task], short: Decimal, say: _Say) -> Iterator[Fix]:
    """The least important tasks, as many as it takes; a person must say until when."""
    chosen: list[Task] = []
    for task in sorted(tasks, key=lambda task: (task.importance, -task.budget, task.id)):
        if sum((one.budget for one in chosen), NOTHING) >= short:
            break
        chosen.append(task)
    saved = sum((task.budget for task in chosen), NOTHING)
    if chosen and saved >= short:
        titles = ", ".join(f"“{task.title}”" for task in chosen)
        yield Fix(text=f"Put off {titles} to the next quarter: that frees {say(saved)}.", change={})


def _more_money(strategy: Strategy, money: MoneyLeft, short: Decimal, say: _Say) -> Iterator[Fix]:
    if money.reserve >= short:
        becomes = money.reserve - short
        yield Fix(
            text=f"Take {say(short)} out of the reserve, which leaves {say(becomes)} in it.",
            change={"management.budget.reserve": str(becomes)},
            cost_money=short,
        )
    becomes = money.budget + short
    if strategy.management.budget is None:
        yield Fix(text=f"Name a budget for the quarter, of at least {say(becomes)}.", change={}, cost_money=short)
        return
    yield Fix(
        text=f"Raise the budget of the quarter by {say(short)} to {say(becomes)}.",
        change={"management.budget.quarter": str(becomes)},
        cost_money=short,
    )


def _above_cap(inputs: PlanInputs, money: MoneyLeft) -> Iterator[Collision]:
    say = _sayer(inputs.strategy)
    for channel in inputs.strategy.paid_channels:
        cap = channel.spend.cap if channel.spend else None
        needed = money.spent.get(channel.id, NOTHING) + inputs.committed.get(channel.id, NOTHING)
        if cap is None or needed <= cap:
            continue
        name = _name(inputs.strategy, channel.id)
        fix = Fix(
            text=f"Raise the cap of {name} to {say(needed)}.", change={f"channels[{channel.id}].spend.cap": str(needed)}, cost_money=needed - cap
        )
        sentence = f"{say(needed)} are spent on or promised to {name}, {say(needed - cap)} more than its cap of {say(cap)}."
        yield _collision(inputs, (channel.id,), sentence, [fix])


def _name(strategy: Strategy, channel: str) -> str:
    return next((c.name or c.id for c in strategy.channels if c.id == channel), channel)


def _sayer(strategy: Strategy) -> _Say:
    return partial(say_money, currency=strategy.company.currency)
