"""The plan's money in sentences: what it moves, what that should bring, what holds each channel, and what the next result costs."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from quarterdeck.kernel.metrics import METRICS
from quarterdeck.plan.quarter_plan import ChannelMoney, QuarterPlan, Range
from quarterdeck.report.words import Words

WORTH_NAMING = 0.25
"""A channel that has at least this share of what is moved is named, and at most two of them."""
LITTLE = 0.01
"""Moving less than this share of the money is not worth a headline."""
WORTH_SAYING = 0.002
"""Gaining less than this share of what is expected anyway is about as much."""
MANY_TIMES = 10
"""From here on a rise is said as so many times last quarter's money."""
PACK = 100
"""For an aim in money: what so much more money brings."""

_HOLDS = (
    ("as far up as one quarter may move it", "No further up in one quarter"),
    ("as far down as one quarter may move it", "No further down in one quarter"),
    ("because nothing beyond that was ever tried", "More was never tried in a week"),
    ("A trial of", "A trial: nothing is known of it yet"),
    ("there is no reading of this channel", "No curve yet: follows last quarter"),
    ("no figures of this channel are known", "No figures yet"),
    ("the strategy plans no money for it", "Not in the strategy"),
    ("no week of the quarter is open any more", "Spent: no week is open any more"),
)
"""What a reason (`plan.reasons`) says, and how it is said in a few words."""


@dataclass(frozen=True, slots=True)
class Headline:
    """A sentence with the one figure that matters in it."""

    before: str
    figure: str = ""
    after: str = ""

    def __str__(self) -> str:
        return f"{self.before}{self.figure}{self.after}"


@dataclass(frozen=True, slots=True)
class Moves:
    """Money that one split moves away from another: how much, and the channels that give and take most of it."""

    amount: float
    givers: tuple[str, ...]
    takers: tuple[str, ...]


def moves_between(before: Mapping[str, Decimal], after: Mapping[str, Decimal]) -> Moves:
    """What goes from where to where, channel by channel; what only one of the two has more of in all is no move."""
    change = {channel: float(after.get(channel, 0)) - float(before.get(channel, 0)) for channel in {**before, **after}}
    down = sorted((channel for channel in change if change[channel] < 0), key=lambda channel: change[channel])
    up = sorted((channel for channel in change if change[channel] > 0), key=lambda channel: -change[channel])
    lost, won = (sum(abs(change[channel]) for channel in side) for side in (down, up))
    amount = min(lost, won)

    def named(side: Sequence[str], total: float) -> tuple[str, ...]:
        return tuple(channel for i, channel in enumerate(side[:2]) if i == 0 or abs(change[channel]) >= WORTH_NAMING * total)

    return Moves(amount, named(down, lost), named(up, won))


def headline_of_plan(plan: QuarterPlan, moves: Moves, words: Words, *, gain: Range | None, rest: float, open_money: Decimal) -> Headline:
    """What the plan does with the money, held against last quarter's split of the same money.

    `gain` is what that brings in the weeks ahead (None where nothing can be computed), of `rest` in all, with the `open_money` of these weeks.
    """
    budget = plan.budget
    planned = sum((channel.planned for channel in budget.channels), Decimal(0))
    if budget.method == "as_last_quarter":
        return Headline(
            "The plan keeps last quarter’s split as far as your limits let it, ",
            words.money(planned),
            " in all: no curve could be trusted to move it.",
        )
    if budget.held_back >= Decimal(str(LITTLE)) * budget.budget:
        return Headline(
            f"The plan spends {words.money(planned)} and holds back ", words.money(budget.held_back), ", which would bring less than it costs."
        )
    if moves.amount < LITTLE * float(open_money):
        return Headline("The plan stays close to last quarter’s split of ", words.money(planned), ": no better one is known within your limits.")
    path = f"from {_names(moves.givers, words)} to {_names(moves.takers, words)}"
    amount = words.money(_three_digits(moves.amount))
    if gain is None:
        return Headline("The plan moves ", amount, f" {path}, compared with last quarter’s split.")
    is_all = plan.first_open_week <= plan.quarter
    same = f"{words.money(open_money)}" + ("" if is_all else " that is still open")
    if gain.expected < max(unit_size(budget.aim, open_money), WORTH_SAYING * rest):
        return Headline(
            f"With {amount} moved {path}, the plan brings ", "about as much", f" this quarter as last quarter’s split of the same {same}."
        )
    more = say_more(gain.expected, budget.aim, words, is_short=True)
    return Headline(f"With {amount} moved {path}, the plan should bring ", more, f"{_unit(budget.aim)} than last quarter’s split of the same {same}.")


def headline_of_replan(moves: Moves, gain: Range, words: Words, *, open_money: Decimal, aim: str, rest: float, is_other_strategy: bool) -> Headline:
    """What planning again would do with the money that is still open; `rest` is what the weeks ahead should bring."""
    money = f"the {words.money(open_money)} that is still open"
    if moves.amount < LITTLE * float(open_money):
        return Headline("The plan still stands: planning again would move ", "hardly any", f" of {money}.")
    if abs(gain.expected) < max(unit_size(aim, open_money), WORTH_SAYING * rest) and not is_other_strategy:
        brings = say_more(gain.expected, aim, words) if gain.expected >= unit_size(aim, open_money) else "about as much"
        return Headline("The plan still stands: planning again would bring ", brings, f" from {money}.")
    what = f"Planning again would move {words.money(_three_digits(moves.amount))} from {_names(moves.givers, words)} to {_names(moves.takers, words)}"
    if abs(gain.expected) < unit_size(aim, open_money):
        return Headline(f"{what} and bring ", "about as much", f" from {money}.")
    more = say_more(gain.expected, aim, words, is_short=True)
    if is_other_strategy and gain.expected < 0:
        return Headline(f"{what}, as your strategy now asks, and bring ", more, f"{_unit(aim)}.")
    return Headline(f"{what} and should bring ", more, f"{_unit(aim)}, from {money}.")


def say_bound(plan: QuarterPlan) -> str:
    """How far the plan can be from the best, rounded up; empty without curves."""
    share = plan.budget.gap_share
    if share is None:
        return ""
    tenths = max(0.1, math.ceil(share * 1000 - 1e-6) / 10)
    return f"No other split of the weekly money within your limits is better by more than {tenths:.1f}\N{NARROW NO-BREAK SPACE}%, by the same curves."


def say_more(change: float, metric: str, words: Words, *, is_short: bool = False) -> str:
    """`210 more new customers`, `18 fewer new customers`, `£4,200 more revenue`; `is_short` leaves the unit out."""
    known = METRICS.get(metric)
    is_money = known is not None and known.unit in ("money", "money_per_count")
    figure = words.money(_two_digits(abs(change))) if is_money else words.count(_two_digits(abs(change)))
    side = "more" if change >= 0 else ("less" if is_money else "fewer")
    return f"{figure} {side}" if is_short else f"{figure} {side}{_unit(metric)}"


def say_gain_span(gain: Range, metric: str, words: Words) -> str:
    """`between 18 fewer and 62 more`: 8 cases of 10."""
    return f"between {say_more(gain.low, metric, words, is_short=True)} and {say_more(gain.high, metric, words, is_short=True)}"


def say_next(next_unit: float | None, metric: str, words: Words) -> str:
    """What one more result costs; for an aim in money, what a hundred more of money bring. "not known" without a curve."""
    if next_unit is None:
        return "not known"
    if _is_money(metric):
        return words.money(_three_digits(next_unit * PACK))
    if next_unit <= 0:
        return "nothing to buy"
    price = 1.0 / next_unit
    return words.money(round(price) if price >= 10 else price)


def next_header(metric: str, words: Words) -> str:
    """The heading of what `say_next` says."""
    if _is_money(metric):
        return f"Next {words.money(PACK)} brings"
    name = _name(metric)
    return f"Next {name[:-1] if name.endswith('s') else name} costs"


def say_hold(channel: ChannelMoney, words: Words) -> str:
    """In a few words, what stops more money from moving there or away."""
    if channel.cap is not None and channel.planned >= channel.cap:
        return f"At your limit of {words.money(channel.cap)}"
    if channel.floor > 0 and channel.planned <= channel.floor:
        return f"At your least, {words.money(channel.floor)}"
    return next((short for told, short in _HOLDS if told in channel.why), "Free to move")


def say_limits(channel: ChannelMoney, words: Words) -> str:
    """`your limits: £6,000 to £24,000`; empty without any."""
    if channel.cap is None:
        return f"your limit: at least {words.money(channel.floor)}" if channel.floor > 0 else ""
    if channel.floor > 0:
        return f"your limits: {words.money(channel.floor)} to {words.money(channel.cap)}"
    return f"your limit: at most {words.money(channel.cap)}"


def say_change(before: Decimal | None, after: Decimal) -> str:
    """`+37 %`, `−7 %`, `×47`, `new`, or nothing where last quarter is not known."""
    if before is None:
        return ""
    if before == 0:
        return "new" if after > 0 else ""
    if after >= MANY_TIMES * before:
        return f"×{round(after / before)}"
    percent = round(float(after / before - 1) * 100)
    sign = "+" if percent > 0 else "\N{MINUS SIGN}" if percent < 0 else ""
    return f"{sign}{abs(percent)}\N{NARROW NO-BREAK SPACE}%"


def headline_of_split(plan: QuarterPlan, words: Words) -> str:
    """ "More for search, less for video and direct mail than last quarter": the title of the table."""
    known = [channel for channel in plan.budget.channels if channel.last_quarter is not None]
    if not known:
        return "What each channel gets"
    total = float(sum((channel.last_quarter or Decimal(0) for channel in known), Decimal(0))) or 1.0
    change = {channel.channel: float(channel.planned - (channel.last_quarter or 0)) for channel in known}
    large = {channel: size for channel, size in change.items() if abs(size) >= LITTLE * total}
    more = [words.name(channel) for channel in sorted(large, key=lambda c: -large[c]) if large[channel] > 0][:2]
    less = [words.name(channel) for channel in sorted(large, key=lambda c: large[c]) if large[channel] < 0][:3]
    if not more and not less:
        return "Every channel gets about what it got last quarter"
    parts = [f"more for {words.join(more)}"] if more else []
    parts += [f"less for {words.join(less)}"] if less else []
    text = ", ".join(parts)
    return f"{text[:1].upper()}{text[1:]} than last quarter"


def without_command(sentence: str | None) -> str:
    """A plan's sentence about the last money without its last part, which speaks of the YAML file."""
    for start in (" To keep that money instead", " If you want them all the same"):
        sentence = (sentence or "").split(start)[0]
    return sentence or ""


def unit_size(metric: str, money: Decimal | float) -> float:
    """What counts as one: a single result, or a thousandth of the money for an aim in money."""
    return max(1.0, float(money) / 1000) if _is_money(metric) else 1.0


def _names(channels: Sequence[str], words: Words) -> str:
    return words.join([words.name(channel) for channel in channels]) if channels else "what was held back"


def _name(metric: str) -> str:
    return METRICS[metric].name.lower() if metric in METRICS else metric.replace("_", " ")


def _unit(metric: str) -> str:
    return f" {_name(metric)}"


def _is_money(metric: str) -> bool:
    return metric in METRICS and METRICS[metric].unit in ("money", "money_per_count")


def _two_digits(value: float) -> float:
    return float(f"{value:.2g}") if value >= 10 else round(value)


def _three_digits(value: float) -> float:
    return float(f"{value:.3g}")
