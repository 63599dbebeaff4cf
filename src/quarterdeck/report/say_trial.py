"""A trial of the plan's money in sentences: what is tried, what it brings, what it breaks, and what the strategy would have to say."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from quarterdeck.kernel.metrics import METRICS
from quarterdeck.plan.quarter_plan import Range
from quarterdeck.plan.trial import Ask, Breach
from quarterdeck.report.say_budget import say_gain_span, say_more, unit_size
from quarterdeck.report.words import Words

_SURE = 2.0
"""A difference below this share of its own range is not called a gain."""


def say_ask(ask: Ask, words: Words) -> str:
    """`If you move £300 a week from Video to Search and spend £10,000 more`, or `If you change nothing`."""
    parts = []
    if ask.moves:
        parts.append(f"move {words.money(ask.a_week)} a week from {words.name(ask.source)} to {words.name(ask.target)}")
    if ask.budget != 0:
        parts.append(f"have {words.money(abs(ask.budget))} {'more' if ask.budget > 0 else 'less'} in the quarter")
    return f"If you {' and '.join(parts)}" if parts else "If you change nothing"


def say_difference(ask: Ask, gain: Range, aim: str, words: Words) -> str:
    """What the trial brings beyond the plan as it stands, and how sure that is."""
    if ask.is_nothing:
        return "This is the plan as it stands. Move a slider to see what would change."
    if abs(gain.expected) < 0.5 * unit_size(aim, abs(gain.expected)) and gain.high - gain.low < unit_size(aim, abs(gain.expected)):
        return "About as much as the plan as it stands."
    doubt = " It may go either way." if gain.low < 0 < gain.high else ""
    return f"{say_more(gain.expected, aim, words)} than the plan as it stands; in 8 cases of 10 {say_gain_span(gain, aim, words)}.{doubt}"


def say_price(ask: Ask, placed: Decimal, gain: Range, words: Words, *, aim: str, value: Decimal | None) -> str:
    """What each result costs that more money brings, or saves when there is less; empty where money is only moved."""
    known = METRICS.get(aim)
    if ask.budget == 0 or placed == 0 or known is None or known.unit != "count" or gain.expected * float(placed) <= 0:
        return ""
    price = float(placed) / gain.expected
    worth = "" if value is None else f"; one is worth {words.money(value)} before marketing"
    name = known.name.lower()
    if placed > 0:
        return f"The {words.money(placed)} more on channels bring them at {words.money(round(price))} each{worth}."
    return f"The {words.money(-placed)} less on channels save {words.money(round(price))} for each of these {name}{worth}."


def say_held(ask: Ask, placed: Decimal, words: Words) -> str:
    """Where a larger budget is not spent whole; empty where it is."""
    held = ask.budget - placed
    if ask.budget <= 0 or held < 1:
        return ""
    return f"{words.money(held)} of it would stay unspent: on any channel it would bring less than it costs, or break a limit."


def say_breach(breach: Breach, words: Words) -> str:
    """What a channel would go beyond, and what that means."""
    name, amount, limit = words.name(breach.channel), words.money(breach.amount), words.money(breach.limit)
    if breach.kind == "floor":
        return f"{name} would get {amount} in the quarter, below your least of {limit}."
    if breach.kind == "cap":
        return f"{name} would get {amount} in the quarter, above your limit of {limit}."
    if breach.kind == "tried":
        return f"{name} would cost {amount} in a week. Beyond {limit} its curve is a guess: so much was never spent."
    side = "up to" if breach.amount > breach.limit else "down to"
    return f"{name} would get {amount}. What the facts say about it carries a move {side} {limit} in one quarter, no further."


def say_reserve(ask: Ask, reserve: Decimal, words: Words) -> str:
    """Whether the reserve could pay for a larger budget."""
    if ask.budget <= 0 or reserve <= 0:
        return ""
    if ask.budget <= reserve:
        return f"Your reserve of {words.money(reserve)} could pay for it, but then it is no reserve any more."
    return f"Your reserve of {words.money(reserve)} would not pay for it: {words.money(ask.budget - reserve)} more would have to be found."


def say_proposal(changes: Sequence[str]) -> str:
    """What will be written: the sentences of the change as one."""
    return " ".join(sentence.rstrip(".") + "." for sentence in changes)
