"""MoneyLeft: what of the quarter's budget can still be placed, and the limits of each channel for the weeks that are open."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from quarterdeck.plan.limits import ChannelLimit
from quarterdeck.plan.plan_inputs import PlanInputs
from quarterdeck.plan.quarter_plan import BudgetLine
from quarterdeck.strategy.parts.management import Task
from quarterdeck.strategy.parts.means import Channel

NOTHING = Decimal(0)
BEYOND_THE_KNOWN = Decimal("1.5")
"""No week of a channel gets more than this many times the most that was ever spent on it in a week: curves are not read further."""
TRIAL_SHARE = Decimal("0.05")
"""Share of the open money that a wanted channel without figures may get at most, unless its floor asks for more."""
ALL_TRIALS_SHARE = Decimal("0.15")
"""What all trials together may get."""


@dataclass(frozen=True)
class MoneyLeft:
    """The quarter's money: what is allowed, gone, kept for tasks, and left for channels in the open weeks."""

    budget: Decimal
    is_assumed: bool
    """True when the strategy names no budget and last quarter's spending stands in for it."""
    reserve: Decimal
    spent: Mapping[str, Decimal]
    """By channel, in the past weeks of the quarter."""
    for_tasks: Decimal
    left: Decimal
    """For channels in the open weeks; negative when tasks and past weeks ask for more than there is."""


def money_left(inputs: PlanInputs) -> MoneyLeft:
    """Budget less reserve, less what was spent on channels, less what the quarter's tasks cost by themselves."""
    named = inputs.strategy.management.budget
    budget = named.quarter if named else sum(inputs.last_quarter_spend.values(), NOTHING)
    reserve = min(named.reserve, budget) if named else NOTHING
    spent = spent_by_channel(inputs.spent_in_quarter)
    for_tasks = sum((task.budget for task in costly_tasks(inputs)), NOTHING)
    return MoneyLeft(budget, named is None, reserve, spent, for_tasks, budget - reserve - sum(spent.values(), NOTHING) - for_tasks)


def spent_by_channel(lines: Sequence[BudgetLine]) -> dict[str, Decimal]:
    """Money of the lines, channel by channel."""
    total: dict[str, Decimal] = {}
    for line in lines:
        total[line.channel] = total.get(line.channel, NOTHING) + line.amount
    return total


def costly_tasks(inputs: PlanInputs) -> tuple[Task, ...]:
    """Tasks with a budget of their own that this quarter pays for: done in it, or open and not put off until after it."""
    later = {a.task for a in inputs.work.assignments if not a.in_quarter}
    quarter = inputs.quarter

    def is_ours(task: Task) -> bool:
        done_on = inputs.done.get(task.id)
        return task.id not in later if done_on is None else quarter.first_day <= done_on <= quarter.last_day

    return tuple(task for task in inputs.strategy.management.tasks if task.budget > 0 and is_ours(task))


def open_limits(inputs: PlanInputs, money: MoneyLeft) -> tuple[ChannelLimit, ...]:
    """Floor and cap of each paid channel for the open weeks, in whole steps, in the order of the strategy.

    What was spent already counts towards both; money that is committed counts as a floor. Where floor and cap meet between two
    steps, the cap holds.
    """
    return tuple(_open_limit(channel, inputs, money) for channel in inputs.strategy.paid_channels)


def fit_floors(limits: Sequence[ChannelLimit], left: Decimal, step: Decimal) -> tuple[ChannelLimit, ...]:
    """The same limits, with floors cut in proportion where `left` cannot pay for all of them."""
    floors = sum((limit.floor for limit in limits), NOTHING)
    left = max(left, NOTHING)
    if floors <= left:
        return tuple(limits)
    share = left / floors
    return tuple(ChannelLimit(limit.channel, whole_steps(limit.floor * share, step, ROUND_FLOOR), limit.cap, limit.weekly_cap) for limit in limits)


def _open_limit(channel: Channel, inputs: PlanInputs, money: MoneyLeft) -> ChannelLimit:
    gone = money.spent.get(channel.id, NOTHING)
    promised = inputs.committed.get(channel.id, NOTHING)
    floor, cap = (channel.spend.floor, channel.spend.cap) if channel.spend else (NOTHING, None)
    floor = whole_steps(max(floor - gone, promised, NOTHING), inputs.step, ROUND_CEILING)
    if not inputs.open_weeks:
        floor = NOTHING
    if cap is not None:
        cap = whole_steps(max(cap - gone, promised, NOTHING), inputs.step, ROUND_FLOOR)
        floor = min(floor, cap)
    return ChannelLimit(channel.id, floor, cap, _weekly_cap(channel.id, floor, inputs))


def _weekly_cap(channel: str, floor: Decimal, inputs: PlanInputs) -> Decimal | None:
    """None where nothing was ever spent: such a channel is held by the size of its trial."""
    fit = inputs.fits.get(inputs.aim)
    if fit is None or channel not in fit.channels:
        return None
    most = Decimal(str(round(float(fit.spend[:, fit.channels.index(channel)].max()), 2)))
    if most == 0:
        return None
    needed = floor / max(1, len(inputs.open_weeks))
    return max(whole_steps(most * BEYOND_THE_KNOWN, inputs.step, ROUND_CEILING), whole_steps(needed, inputs.step, ROUND_CEILING))


def whole_steps(amount: Decimal, step: Decimal, rounding: str) -> Decimal:
    """`amount` in whole steps."""
    return (amount / step).to_integral_value(rounding=rounding) * step
