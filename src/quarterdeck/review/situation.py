"""Situation: everything a forecast of past weeks depends on, and the forecast itself as a plain function of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal, Protocol, Self

import numpy as np

from quarterdeck.response.series.series import FloatArray

CauseKind = Literal["spend", "late", "exposure", "context", "effect", "demand", "tracking", "chance"]


class CanExpect(Protocol):
    """What the review needs of a fit: two means over its draws for the weeks that follow it."""

    def expected_baseline(self, context: FloatArray, exposures: FloatArray) -> FloatArray:
        """context [week, name], exposures [week, exposure] -> [week]."""
        ...

    def expected_media(self, spend: FloatArray) -> FloatArray:
        """spend [week, channel] -> [week, channel]."""
        ...


@dataclass(frozen=True, eq=False)
class Situation:
    """The inputs of a forecast of `weeks`, each of which the review can swap alone.

    Shapes: `spend [week, channel]`, `context [week, name]`, `exposures [week, exposure]`, `effect [channel]` (1 is as fitted),
    `demand [week]` (units of the metric above or below what season and context explain), `recorded [week]` (share of the outcome
    that tracking caught, 1 is all).
    """

    spend: FloatArray
    context: FloatArray
    exposures: FloatArray
    effect: FloatArray
    demand: FloatArray
    recorded: FloatArray

    @classmethod
    def as_planned(cls, spend: FloatArray, context: FloatArray, exposures: FloatArray) -> Self:
        """The situation that a plan assumes: curves as fitted, usual demand, everything recorded."""
        weeks, channels = spend.shape
        return cls(spend, context, exposures, np.ones(channels), np.zeros(weeks), np.ones(weeks))


@dataclass(frozen=True, eq=False)
class Swap:
    """One input that differs between two situations: its stable code (`spend:search`), and how to put the other value in."""

    code: str
    kind: CauseKind
    subject: str | None
    column: int | None
    field: str
    value: FloatArray

    def put_into(self, situation: Situation) -> Situation:
        """`situation` with this one input replaced."""
        current: FloatArray = getattr(situation, self.field)
        if self.column is None:
            return replace(situation, **{self.field: self.value})
        changed = current.copy()
        changed[..., self.column] = self.value
        return replace(situation, **{self.field: changed})


class Forecaster:
    """The expected outcome of a situation, units of the metric, week by week; media is remembered per channel's spend.

    The first `skip` weeks lie between the fit's last week and the plan's first: they carry over, but nothing was promised for them.
    """

    def __init__(self, fit: CanExpect, weeks: Sequence[date], *, skip: int = 0) -> None:
        self._fit = fit
        self.weeks = tuple(weeks)
        self.skip = skip
        self._media: dict[bytes, FloatArray] = {}

    def media(self, spend: FloatArray) -> FloatArray:
        """What each channel brings, curves as fitted. [week, channel] -> [week, channel]."""
        key = spend.tobytes()
        if key not in self._media:
            self._media[key] = self._fit.expected_media(spend)
        return self._media[key]

    def weekly(self, situation: Situation) -> FloatArray:
        """recorded x (baseline + demand + sum of effect x media), [week]."""
        baseline = self._fit.expected_baseline(situation.context, situation.exposures)
        return situation.recorded * (baseline + situation.demand + self.media(situation.spend) @ situation.effect)

    def total(self, situation: Situation) -> float:
        """The sum over the weeks that were promised."""
        return float(self.weekly(situation)[self.skip :].sum())
