"""move_money: money for the open weeks moved to where it works, when the facts changed what is known of a channel."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import ROUND_UP, Decimal

import numpy as np

from quarterdeck.plan.allocate import Allocation, allocate_budget
from quarterdeck.plan.limits import ChannelLimit
from quarterdeck.plan.quarter_plan import Range
from quarterdeck.response.curves.curves import ResponseCurves
from quarterdeck.response.series.series import FloatArray
from quarterdeck.review.record import CauseFound, CorrectionDraft, MoneyMove
from quarterdeck.strategy.document import Strategy

TAIL_WEEKS = 8
ROOM_ABOVE_CAP = Decimal("1.3")
"""A channel that worked better may be proposed this much above its cap, not more: beyond, the curve was never seen."""
SMALLEST_MOVE = Decimal("0.01")
"""Money moves below this share of the budget are not worth a decision."""


@dataclass(frozen=True, eq=False)
class Ahead:
    """The weeks that can still be changed: their money, limits and the amounts that stand now (`standing [week, channel]`, money).

    `curves` are those the plan used, carried to the last week that has passed, before anything that the facts changed.
    `spent` is each channel's money of the same quarter that is gone already.
    """

    weeks: tuple[date, ...]
    budget: Decimal
    limits: tuple[ChannelLimit, ...]
    standing: FloatArray | None
    curves: ResponseCurves
    spent: dict[str, Decimal]
    value_per_unit: float | None
    step: Decimal = Decimal(10)


def move_money(material: Sequence[CauseFound], strategy: Strategy, ahead: Ahead, *, effect: FloatArray, aim: str) -> list[CorrectionDraft]:
    """At most one correction: new limits for channels that work materially otherwise, and what moving the money would bring."""
    found = {cause.subject: cause for cause in material if cause.kind == "effect" and cause.subject}
    if not found:
        return []
    curves = curves_as_found(ahead.curves, material, effect)
    standing = ahead.standing if ahead.standing is not None else _amounts(_allocate(ahead.curves, ahead, ahead.limits))
    better = _allocate(curves, ahead, tuple(_relaxed(limit, found.get(limit.channel)) for limit in ahead.limits))
    moves = _moves(curves.channels, standing, better, ahead.budget)
    changes = _limit_changes(moves, found, strategy, ahead.spent)
    if not changes:
        return []
    gain = _gain(curves, standing, _amounts(better), value=ahead.value_per_unit)
    if gain.expected <= 0:
        return []
    main = max(found.values(), key=lambda cause: (abs(cause.amount), cause.code))
    return [
        CorrectionDraft(
            key="money",
            kind="money",
            title=_money_title(moves, strategy),
            because=main.code,
            changes=changes,
            before=_before(changes, strategy),
            money=moves,
            expected=gain,
            expected_text=_gain_text(gain, len(ahead.weeks), strategy, aim, value=ahead.value_per_unit),
            evidence=f"It rests on the weeks just counted against the plan's forecast, and on the curves fitted up to {ahead.curves.last_week.isoformat()}.",
        )
    ]


def curves_as_found(curves: ResponseCurves, causes: Sequence[CauseFound], effect: FloatArray) -> ResponseCurves:
    """The curves with the effect of each channel whose change is material; every other channel stays as fitted."""
    changed = {cause.subject for cause in causes if cause.is_material and cause.kind == "effect"}
    factor = np.array([effect[i] if name in changed else 1.0 for i, name in enumerate(curves.channels)])
    return replace(curves, ceiling=curves.ceiling * np.maximum(factor, 0.0))


def _relaxed(limit: ChannelLimit, cause: CauseFound | None) -> ChannelLimit:
    """The limit that a channel would have if the correction were free to choose: no floor where it worked worse, more room where better."""
    if cause is None:
        return limit
    if cause.amount < 0:
        return replace(limit, floor=Decimal(0))
    return replace(limit, cap=None if limit.cap is None else limit.cap * ROOM_ABOVE_CAP)


def _allocate(curves: ResponseCurves, ahead: Ahead, limits: tuple[ChannelLimit, ...]) -> Allocation:
    return allocate_budget(
        curves, weeks=ahead.weeks, budget=ahead.budget, limits=limits, value_per_unit=ahead.value_per_unit, step=ahead.step, tail_weeks=TAIL_WEEKS
    )


def _amounts(allocation: Allocation) -> FloatArray:
    return np.array([[float(amount) for amount in row] for row in allocation.amounts])


def _moves(channels: Sequence[str], standing: FloatArray, better: Allocation, budget: Decimal) -> tuple[MoneyMove, ...]:
    totals = better.by_channel
    was = {name: Decimal(f"{standing[:, i].sum():.2f}") for i, name in enumerate(channels)}
    moves = [MoneyMove(channel=name, was=was[name], becomes=totals[name]) for name in channels]
    return tuple(move for move in moves if abs(move.becomes - move.was) >= SMALLEST_MOVE * budget)


def _limit_changes(moves: Sequence[MoneyMove], found: dict[str, CauseFound], strategy: Strategy, spent: dict[str, Decimal]) -> dict[str, object]:
    """New caps (and floors that would stand above them) of the channels that worked worse and lose, or better and need more room."""
    limits = {channel.id: channel.spend for channel in strategy.channels}
    changes: dict[str, object] = {}
    for move in moves:
        cause, limit = found.get(move.channel), limits.get(move.channel)
        if cause is None or move.channel not in limits:  # the strategy has no such channel any more: there is no limit to change
            continue
        cap = (move.becomes + spent.get(move.channel, Decimal(0))).quantize(Decimal(1), rounding=ROUND_UP)
        loses = cause.amount < 0 and move.becomes < move.was
        needs_room = cause.amount > 0 and limit is not None and limit.cap is not None and cap > limit.cap
        if loses or needs_room:
            changes[f"channels[{move.channel}].spend.cap"] = str(cap)
        if loses and limit is not None and limit.floor > cap:
            changes[f"channels[{move.channel}].spend.floor"] = str(cap)
    return changes


def _before(changes: dict[str, object], strategy: Strategy) -> dict[str, object]:
    limits = {channel.id: channel.spend for channel in strategy.channels}
    before: dict[str, object] = {}
    for place in changes:
        channel, field = place.removeprefix("channels[").split("].spend.")
        value = getattr(limits[channel], field, None)
        before[place] = None if value is None else str(value)
    return before


def _gain(curves: ResponseCurves, standing: FloatArray, becomes: FloatArray, *, value: float | None) -> Range:
    """What the move brings in the open weeks and their tail: units of the aim, or profit when a unit's value is known; 80 % range over draws."""
    tail = np.zeros((TAIL_WEEKS, len(curves.channels)))
    difference = sum(sign * curves.contribution(np.vstack([spend, tail])).sum(axis=(1, 2)) for sign, spend in ((1.0, becomes), (-1.0, standing)))
    profit = difference if value is None else value * np.asarray(difference) - (becomes.sum() - standing.sum())
    low, high = np.quantile(profit, [0.1, 0.9])
    return Range(low=float(f"{low:.10g}"), expected=float(f"{np.mean(profit):.10g}"), high=float(f"{high:.10g}"))


def _money_title(moves: Sequence[MoneyMove], strategy: Strategy) -> str:
    names = {channel.id: channel.name or channel.id.replace("_", " ") for channel in strategy.channels}
    losers = [names.get(move.channel, move.channel) for move in sorted(moves, key=lambda move: move.becomes - move.was) if move.becomes < move.was]
    winners = [names.get(move.channel, move.channel) for move in sorted(moves, key=lambda move: move.was - move.becomes) if move.becomes > move.was]
    if not winners:
        return f"Spend less on {' and '.join(losers[:2])}."
    if not losers:
        return f"Give {' and '.join(winners[:2])} more room."
    return f"Move money from {' and '.join(losers[:2])} to {' and '.join(winners[:2])}."


def _gain_text(gain: Range, weeks: int, strategy: Strategy, aim: str, *, value: float | None) -> str:
    what = f"{strategy.company.currency} of profit" if value is not None else aim.replace("_", " ")
    return (
        f"Within {weeks} weeks and their after-effect it should bring {gain.expected:,.0f} {what} more than leaving things as they are "
        f"({gain.low:,.0f} to {gain.high:,.0f})."
    )
