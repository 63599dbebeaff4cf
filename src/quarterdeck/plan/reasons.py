"""Reasons: one sentence for each channel's money, in plain words."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from quarterdeck.kernel.metrics import METRICS
from quarterdeck.plan.limits import ChannelLimit

_SYMBOLS = {"GBP": "£", "EUR": "€", "USD": "$"}
_WORDS = {"GBP": "pound", "EUR": "euro", "USD": "dollar"}
_SAME = 0.02
"""Amounts that differ by less than this share of last quarter's are the same amount to a reader."""
_LARGEST_PACK = 10_000
_READABLE = 0.01


@dataclass(frozen=True, slots=True)
class ChannelCase:
    """What a reason is made from: money of the whole quarter, slopes in units of the aim per unit of money."""

    currency: str
    aim: str
    last_quarter: Decimal | None
    planned: Decimal
    placed: Decimal
    """The part of `planned` that lies in open weeks."""
    limit: ChannelLimit
    weeks_at_weekly_cap: int
    open_weeks: int
    is_trial: bool
    is_wanted: bool
    next_unit: float | None
    """None when it was not decided by a curve."""
    before: float | None
    """The slope at last quarter's spend."""
    elsewhere: float | None
    """The best slope among the other channels that got money."""
    pays_from: float | None
    """The slope at which money earns itself back; None when a unit's value is not known."""
    floor: Decimal = Decimal(0)
    """The strategy's own floor of the quarter; `limit` may be closer, because one quarter moves a channel only so far."""
    cap: Decimal | None = None
    """The strategy's own cap."""


def say_money(amount: Decimal, currency: str) -> str:
    """`£17,000`, `CHF 90`: whole units."""
    symbol = _SYMBOLS.get(currency, f"{currency} ")
    return f"{symbol}{amount:,.0f}"


def say_slope(slope: float, aim: str, currency: str) -> str:
    """ "the next pound brings 0.031 new customers", "the next £100 brings 0.42 leads": the smallest pack of money that brings a readable number."""
    pack = _pack(slope)
    word = _WORDS.get(currency, f"{currency} 1") if pack == 1 else say_money(Decimal(pack), currency)
    return f"the next {word} brings {say_figure(slope * pack, aim, currency)}"


def say_figure(figure: float, aim: str, currency: str) -> str:
    """`0.031 new customers`, `£1.84 of revenue`, `next to nothing`."""
    metric = METRICS.get(aim)
    name = metric.name.lower() if metric else aim.replace("_", " ")
    if figure < 0.0005:
        return "next to nothing"
    if metric is not None and metric.unit == "money":
        return f"{_SYMBOLS.get(currency, currency + ' ')}{figure:,.2f} of {name}"
    return f"{figure:,.0f} {name}" if figure >= 100 else f"{figure:.{2 if figure < 1 else 3}g} {name}"


def say_reason(case: ChannelCase) -> str:
    """Why the channel gets what it gets."""
    if case.open_weeks == 0:
        return f"{say_money(case.planned, case.currency)} was spent; no week of the quarter is open any more."
    if case.is_trial and (case.next_unit is None or case.placed > 0):
        return _trial(case)
    if case.next_unit is None:
        bound = ", its floor" if 0 < case.floor == case.planned else ", its cap" if case.cap is not None and case.planned == case.cap else ""
        limited = " as far as limits let it" if bound else ""
        return f"{_change(case)}{bound}: there is no reading of this channel to go by, so it follows last quarter{limited}."
    return _by_curve(case, case.next_unit)


def _trial(case: ChannelCase) -> str:
    if case.placed == 0:
        why = "no money is left for a trial" if case.is_wanted else "it is not marked as wanted"
        return f"Nothing: no figures of this channel are known, and {why}."
    return (
        f"A trial of {say_money(case.placed, case.currency)}: nothing is known of this channel yet; "
        f"stop it if half of the money is gone and nothing that can be counted has come of it."
    )


def _by_curve(case: ChannelCase, slope: float) -> str:
    limit, money = case.limit, say_slope(slope, case.aim, case.currency)
    if limit.floor > 0 and case.placed <= limit.floor and _is_poor(case, slope):
        return f"{_at_floor(case)}: {money}{_poor(case, slope)}."
    if case.placed == 0:
        return f"Nothing in the open weeks: {money}{_poor(case, slope) or ', but there is no money left for it'}."
    if limit.cap is not None and case.placed >= limit.cap:
        return f"{_at_cap(case)}: {money}{_good(case, slope)}."
    if case.weeks_at_weekly_cap * 2 >= case.open_weeks and limit.weekly_cap is not None:
        most = say_money(limit.weekly_cap, case.currency)
        return f"{_change(case)}, at most {most} a week because nothing beyond that was ever tried: {money}."
    return f"{_change(case)}: {_comparison(case, slope, money)}."


def _at_floor(case: ChannelCase) -> str:
    """At the strategy's own floor, or at the one that a single quarter's reach sets."""
    if case.planned > case.floor:
        return f"{_change(case)}, as far down as one quarter may move it"
    return f"Kept at its floor of {say_money(case.planned, case.currency)}"


def _at_cap(case: ChannelCase) -> str:
    if case.cap is None or case.planned < case.cap:
        return f"{_change(case)}, as far up as one quarter may move it"
    return f"Held at its cap of {say_money(case.planned, case.currency)}"


def _comparison(case: ChannelCase, slope: float, money: str) -> str:
    before, direction = case.before, _direction(case)
    if before is not None and direction == "Raised" and before > slope * (1 + _SAME):
        return f"at last quarter's level {say_slope(before, case.aim, case.currency)}, at the new one {_figure_like(slope, before, case)}"
    if before is not None and direction == "Lowered" and before < slope * (1 - _SAME):
        least = "it costs" if case.elsewhere is None else "the same money brings where it is placed now"
        return f"at last quarter's level {say_slope(before, case.aim, case.currency)}, less than {least}"
    return f"{money}{_good(case, slope)}"


def _good(case: ChannelCase, slope: float) -> str:
    if case.elsewhere is None:
        return ""
    if slope > case.elsewhere * (1 + _SAME):
        return ", more than on any other channel"
    return ", as much as on any other channel" if slope >= case.elsewhere * (1 - _SAME) else ""


def _is_poor(case: ChannelCase, slope: float) -> bool:
    return any(least is not None and slope < least for least in (case.elsewhere, case.pays_from))


def _poor(case: ChannelCase, slope: float) -> str:
    if case.pays_from is not None and slope < case.pays_from:
        return ", less than it costs"
    if case.elsewhere is not None and slope < case.elsewhere:
        return f", elsewhere {_figure_like(case.elsewhere, slope, case)}"
    return ""


def _figure_like(slope: float, like: float, case: ChannelCase) -> str:
    """The figure of `slope` for the pack of money that `like` is said for."""
    return say_figure(slope * _pack(like), case.aim, case.currency)


def _pack(slope: float) -> int:
    return next((pack for pack in (1, 100) if slope * pack >= _READABLE), _LARGEST_PACK)


def _direction(case: ChannelCase) -> str:
    if case.last_quarter is None or case.last_quarter == 0:
        return "Set"
    share = float(case.planned / case.last_quarter) - 1.0
    return "Kept" if abs(share) <= _SAME else ("Raised" if share > 0 else "Lowered")


def _change(case: ChannelCase) -> str:
    planned = say_money(case.planned, case.currency)
    if case.last_quarter is None or case.last_quarter == 0:
        return f"Set to {planned}"
    if _direction(case) == "Kept":
        return f"Kept at {planned}"
    return f"{_direction(case)} from {say_money(case.last_quarter, case.currency)} to {planned}"
