"""The plan's money channel by channel as ready strings: last quarter against the plan, what it should bring, what holds it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from quarterdeck.plan.quarter_plan import ChannelMoney, QuarterPlan
from quarterdeck.report.say_budget import headline_of_split, next_header, say_change, say_hold, say_limits, say_next, without_command
from quarterdeck.report.words import Words
from quarterdeck.strategy.document import Strategy

NOTHING = Decimal(0)


@dataclass(frozen=True)
class Row:
    """One channel: its money now and last quarter, what that should bring, and what holds it."""

    id: str
    name: str
    kind: str
    last_quarter: str
    planned: str
    change: str
    brings: str
    span: str
    next: str
    hold: str
    limits: str
    why: str
    now: float
    before: float


@dataclass(frozen=True)
class Split:
    """The table of all channels, its totals, and where the rest of the budget is."""

    title: str
    next_header: str
    rows: tuple[Row, ...]
    last_quarter: str
    planned: str
    change: str
    rest: tuple[str, ...]
    last_money: str


def split_shown(plan: QuarterPlan, strategy: Strategy | None, words: Words) -> Split:
    """The table of a plan's channels."""
    budget = plan.budget
    kinds = {channel.id: channel.kind for channel in strategy.channels} if strategy else {}
    largest = max([float(amount) for c in budget.channels for amount in (c.planned, c.last_quarter or NOTHING)], default=0.0) or 1.0
    last = sum((channel.last_quarter or NOTHING for channel in budget.channels), NOTHING)
    planned = sum((channel.planned for channel in budget.channels), NOTHING)
    is_known = any(channel.last_quarter is not None for channel in budget.channels)
    return Split(
        title=headline_of_split(plan, words),
        next_header=next_header(budget.aim, words),
        rows=tuple(_row(channel, budget.aim, kinds.get(channel.channel, "other"), largest, words) for channel in budget.channels),
        last_quarter=words.money(last) if is_known else "not known",
        planned=words.money(planned),
        change=say_change(last, planned) if is_known else "",
        rest=_rest(plan, planned, words),
        last_money=without_command(budget.last_money),
    )


def _row(channel: ChannelMoney, aim: str, kind: str, largest: float, words: Words) -> Row:
    brings = channel.brings
    return Row(
        id=channel.channel,
        name=words.name(channel.channel),
        kind=kind,
        last_quarter="not known" if channel.last_quarter is None else words.money(channel.last_quarter),
        planned=words.money(channel.planned),
        change=say_change(channel.last_quarter, channel.planned),
        brings="not known" if brings is None else words.amount(brings.expected, aim, about=True),
        span="" if brings is None else words.span(brings, aim),
        next=say_next(channel.next_unit, aim, words),
        hold=say_hold(channel, words),
        limits=say_limits(channel, words),
        why=channel.why,
        now=float(channel.planned) / largest,
        before=float(channel.last_quarter or 0) / largest,
    )


def _rest(plan: QuarterPlan, planned: Decimal, words: Words) -> tuple[str, ...]:
    """What of the budget the channels do not get."""
    budget = plan.budget
    parts = [f"Of the budget of {words.money(budget.budget)}, {'all' if planned == budget.budget else words.money(planned)} is for channels."]
    if budget.for_tasks:
        parts.append(f"{words.money(budget.for_tasks)} pay for what tasks cost by themselves.")
    if budget.reserve:
        parts.append(f"{words.money(budget.reserve)} stay in reserve: no plan spends them.")
    if budget.held_back >= 1:
        parts.append(f"{words.money(budget.held_back)} are held back: on any channel they would bring less than they cost, or break a limit.")
    return tuple(parts)
