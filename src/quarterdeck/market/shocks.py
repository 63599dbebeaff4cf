"""Shocks: what happens to a market that nobody planned. A run takes any number of them; the truth tells what each one did."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal, get_args

import numpy as np

from quarterdeck.kernel.problems import InvalidInput, Problem
from quarterdeck.market.streams import FloatArray

ShockKind = Literal["channel_worse", "channel_better", "demand", "price_rise", "competitor", "tracking_lost"]
_NEEDS_CHANNEL = ("channel_worse", "channel_better")
_TAKES_CHANNEL = (*_NEEDS_CHANNEL, "price_rise")
_SHARES = ("channel_worse", "tracking_lost")


@dataclass(frozen=True, slots=True)
class Shock:
    """One thing that happens from `first_day` to `last_day`, both included.

    `size` by kind: channel_worse, share of the channel's effect lost (0 to 1); channel_better, share gained; demand, relative change of
    what people want to buy (-0.2 is a cold January); price_rise, relative rise of what exposure costs (of `channel`, or of all);
    competitor, added pressure (the usual pressure is 1); tracking_lost, share of outcomes not recorded (0 to 1). `hidden`
    keeps a demand shock out of the demand index that the company sees. Raises InvalidInput when these disagree.
    """

    kind: ShockKind
    first_day: date
    last_day: date
    size: float
    channel: str | None = None
    hidden: bool = False

    def __post_init__(self) -> None:
        problems = list(_problems_of(self))
        if problems:
            raise InvalidInput(problems)

    def days_on(self, first_day: date, days: int) -> FloatArray:
        """1 on the days it lasts and 0 on the others, for `days` days from `first_day`."""
        on = np.zeros(days)
        start = max((self.first_day - first_day).days, 0)
        on[start : max((self.last_day - first_day).days + 1, start)] = 1.0
        return on


def multiplier(
    shocks: tuple[Shock, ...], kind: ShockKind, first_day: date, days: int, *, channel: str | None = None, seen_only: bool = False
) -> FloatArray:
    """What all shocks of `kind` (that touch `channel`, or all channels) multiply by, for each day; 1 without any."""
    factor = np.ones(days)
    for shock in shocks:
        if shock.kind == kind and (shock.channel in (None, channel)) and not (seen_only and shock.hidden):
            sign = -1.0 if kind in _SHARES else 1.0
            factor *= 1.0 + sign * shock.size * shock.days_on(first_day, days)
    return factor


def added(shocks: tuple[Shock, ...], kind: ShockKind, first_day: date, days: int) -> FloatArray:
    """The sizes of all shocks of `kind`, added up for each day."""
    return sum((shock.size * shock.days_on(first_day, days) for shock in shocks if shock.kind == kind), np.zeros(days))


def _problems_of(shock: Shock) -> list[Problem]:
    problems = []
    if shock.kind not in get_args(ShockKind):
        problems.append(Problem("MARKET-010", "shock.kind", str(shock.kind), f"one of {', '.join(get_args(ShockKind))}", "Name one of these kinds."))
    if shock.last_day < shock.first_day:
        problems.append(
            Problem(
                "MARKET-011",
                "shock.last_day",
                shock.last_day.isoformat(),
                f"{shock.first_day.isoformat()} or later",
                f"Try {(shock.first_day + timedelta(days=6)).isoformat()} for one week.",
            )
        )
    most = 1.0 if shock.kind in _SHARES else 10.0
    least = -0.95 if shock.kind in ("demand", "price_rise", "competitor") else 0.0
    if not least <= shock.size <= most:
        problems.append(
            Problem("MARKET-012", "shock.size", str(shock.size), f"a {shock.kind} of {least:g} to {most:g}", "Shares are fractions: 0.3 is 30 %.")
        )
    if shock.kind in _NEEDS_CHANNEL and shock.channel is None:
        problems.append(Problem("MARKET-013", "shock.channel", "none", "the channel that it happens to", "Name the channel."))
    if shock.kind not in _TAKES_CHANNEL and shock.channel is not None:
        problems.append(Problem("MARKET-014", "shock.channel", shock.channel, "none", f"A {shock.kind} shock touches all channels: leave it out."))
    return problems
