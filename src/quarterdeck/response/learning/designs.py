"""Test designs: the changes of spend in the weeks ahead from which the one to propose is chosen."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np

from quarterdeck.response.series.series import FloatArray

Kind = Literal["off", "half", "double", "on_off", "apart"]
WEEKS = (2, 3, 4, 6)
ON_OFF_WEEKS = (6, 8)
APART_WEEKS = (3, 4, 6)
WINDOW_WEEKS = 8
"""Weeks from the start of a test over which the outcome is read; a shorter test leaves weeks as usual at the end, which tell what usual is."""


@dataclass(frozen=True)
class Design:
    """off, half, double: `channel` at 0, 0.5 or 2 times its usual spend for `weeks`; on_off: at 0 every other week; apart: its money goes to `other`."""

    kind: Kind
    channel: str
    weeks: int
    other: str | None = None

    def multiples(self) -> FloatArray:
        """Spend of `channel` as multiples of the usual [week of the window]."""
        level = np.ones(WINDOW_WEEKS)
        if self.kind == "on_off":
            level[: self.weeks : 2] = 0.0
        else:
            level[: self.weeks] = {"off": 0.0, "half": 0.5, "double": 2.0, "apart": 0.0}[self.kind]
        return level


def designs_for(channels: tuple[str, ...], a_week: FloatArray, alike: tuple[tuple[str, str], ...], limits: Mapping[str, float]) -> Iterator[Design]:
    """Every design for channels that have money now, `a_week` [channel]. Nothing is doubled beyond its `limits` (money a week)."""
    usual = dict(zip(channels, (float(each) for each in a_week), strict=True))
    for channel in channels:
        if usual[channel] <= 0:
            continue
        for weeks in WEEKS:
            yield Design("off", channel, weeks)
            yield Design("half", channel, weeks)
            if 2.0 * usual[channel] <= limits.get(channel, np.inf):
                yield Design("double", channel, weeks)
        for weeks in ON_OFF_WEEKS:
            yield Design("on_off", channel, weeks)
    for pair in alike:
        for channel, other in (pair, pair[::-1]):
            if usual[channel] > 0 and usual[channel] + usual[other] <= limits.get(other, np.inf):
                yield from (Design("apart", channel, weeks, other) for weeks in APART_WEEKS)


def spend_of(design: Design, channels: tuple[str, ...], a_week: FloatArray, tail: int = 0) -> FloatArray:
    """Money a week [week of the window and `tail` weeks as usual, channel] under the design."""
    spend = np.tile(a_week, (WINDOW_WEEKS + tail, 1))
    number = channels.index(design.channel)
    spend[:WINDOW_WEEKS, number] *= design.multiples()
    if design.other is not None:
        spend[:WINDOW_WEEKS, channels.index(design.other)] += (1.0 - design.multiples()) * a_week[number]
    return spend
