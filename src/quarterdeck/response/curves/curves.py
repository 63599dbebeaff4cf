"""ResponseCurves: what a channel brings for what is spent on it, as draws of carry-over and saturation.

Each draw of each channel is one curve. Spend x of a row (a week, or a day) is carried over, a_t = (1 - decay) x_t + decay a_{t-1}; where there is a
delay, that level passes two more stages of the same kind, b_t = (1 - delay) a_t + delay b_{t-1} and the like, so that the effect peaks some rows after
the money. All weights add up to 1. The level saturates: ceiling * shape(level / half) (see `saturation`).
Sources: Jin et al. 2017, "Bayesian methods for media mix modeling with carryover and shape effects", sections 2.1 and 2.2; the delay is the gamma
(Erlang) distributed lag of Palda 1964, "The measurement of cumulative advertising effects".
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from typing import Self

import numpy as np
import numpy.typing as npt

from quarterdeck.response.model import saturation
from quarterdeck.response.model.saturation import EXPONENTIAL, HILL, HYPERBOLIC, LOGISTIC
from quarterdeck.response.series.series import FloatArray

__all__ = ["EXPONENTIAL", "HILL", "HYPERBOLIC", "LOGISTIC", "ResponseCurves"]


_LEFT_OUT: FloatArray = np.zeros((0, 0))


def _left_out() -> FloatArray:
    return _LEFT_OUT


@dataclass(frozen=True, eq=False)
class ResponseCurves:
    """Draws of curves for one metric.

    Shapes, all `[draw, channel]`: `decay` in [0, 1), `half` (money a row, above 0), `ceiling` (units of the metric a row;
    below 0 where the channel takes away), `form` (see `saturation`), `carry` (carried-over spend at the end of the row that begins on `last_week`, money a row),
    `steepness` (of the Hill form; 1 elsewhere), `delay` in [0, 1) (0: none), `waiting [draw, channel, 2]` (levels of the two later stages at the same
    time). What is left out is no delay and steepness 1. A row is a week unless `step_days` is 1.
    """

    metric: str
    channels: tuple[str, ...]
    last_week: date
    decay: FloatArray
    half: FloatArray
    ceiling: FloatArray
    form: npt.NDArray[np.uint8]
    carry: FloatArray
    steepness: FloatArray = field(default_factory=_left_out)
    delay: FloatArray = field(default_factory=_left_out)
    waiting: FloatArray = field(default_factory=_left_out)
    step_days: int = 7

    def __post_init__(self) -> None:
        if self.steepness is _LEFT_OUT:
            object.__setattr__(self, "steepness", np.ones_like(self.decay))
        if self.delay is _LEFT_OUT:
            object.__setattr__(self, "delay", np.zeros_like(self.decay))
        if self.waiting is _LEFT_OUT:
            object.__setattr__(self, "waiting", np.repeat(self.carry[:, :, None], 2, axis=2))

    @property
    def draws(self) -> int:
        """How many draws there are."""
        return int(self.decay.shape[0])

    @property
    def is_concave(self) -> bool:
        """Whether more money never brings more per unit of it, in every draw."""
        return bool((self.ceiling >= 0).all()) and not bool(saturation.is_s_shaped(self.form, self.steepness).any())

    def picked(self, pick: npt.NDArray[np.int64]) -> Self:
        """The draws numbered `pick`, in that order."""
        parts = ("decay", "half", "ceiling", "form", "carry", "steepness", "delay", "waiting")
        return replace(self, **{name: getattr(self, name)[pick] for name in parts})

    def thinned(self, draws: int) -> Self:
        """At most `draws` of the draws, evenly picked: fewer to compute with, the same distribution."""
        if draws >= self.draws:
            return self
        return self.picked(np.linspace(0, self.draws - 1, draws).round().astype(int))

    def of_channels(self, numbers: list[int]) -> Self:
        """The channels numbered `numbers` alone."""
        parts = ("decay", "half", "ceiling", "form", "carry", "steepness", "delay", "waiting")
        names = tuple(self.channels[number] for number in numbers)
        return replace(self, channels=names, **{name: getattr(self, name)[:, numbers] for name in parts})

    def started(self, carry: FloatArray) -> Self:
        """The same curves with every stage of carry-over at `carry` [channel], money a row."""
        first = np.broadcast_to(carry, self.decay.shape)
        return replace(self, carry=first, waiting=np.repeat(first[:, :, None], 2, axis=2))

    def adstock(self, spend: FloatArray) -> FloatArray:
        """Carried-over spend after each row, delayed where there is a delay, money a row. spend [row, channel] -> [draw, row, channel]."""
        return self._run(spend)[0]

    def contribution(self, spend: FloatArray) -> FloatArray:
        """What each channel brings in each row that follows `last_week`, carry-in included. [row, channel] -> [draw, row, channel]."""
        return self.ceiling[:, None] * saturation.shape(self.form[:, None], self.adstock(spend) / self.half[:, None], self.steepness[:, None])

    def marginal(self, spend: FloatArray) -> FloatArray:
        """What one more unit of money in a row brings within the rows given. [row, channel] -> [draw, row, channel]."""
        ratio, steepness = self.adstock(spend) / self.half[:, None], self.steepness[:, None]
        gain = (self.ceiling / self.half)[:, None] * saturation.slope(self.form[:, None], ratio, steepness)
        for hold in (self.delay, self.delay, self.decay):
            gain = _passed_back(gain, hold)
        return gain

    def carried(self, spend: FloatArray, last_week: date) -> Self:
        """The same curves after `spend` [row, channel] was made in the rows up to the one that begins on `last_week`."""
        _, carry, waiting = self._run(spend)
        return replace(self, last_week=last_week, carry=carry, waiting=waiting)

    def _run(self, spend: FloatArray) -> tuple[FloatArray, FloatArray, FloatArray]:
        """Level that saturates in each row, then the three stages after the last one."""
        first, second, third = self.carry, self.waiting[:, :, 0], self.waiting[:, :, 1]
        is_delayed, rows = bool(self.delay.any()), []
        for row in np.asarray(spend, dtype=np.float64):
            first = (1.0 - self.decay) * row + self.decay * first
            if is_delayed:
                second = (1.0 - self.delay) * first + self.delay * second
                third = (1.0 - self.delay) * second + self.delay * third
            rows.append(third if is_delayed else first)
        if not is_delayed:
            second = third = first
        levels = np.stack(rows, axis=1) if rows else np.zeros((self.draws, 0, len(self.channels)))
        return levels, first, np.stack([second, third], axis=2)

    def _repr_html_(self) -> str:
        from quarterdeck.response.curves.shown import curves_html

        return curves_html(self)

    def __repr__(self) -> str:
        return f"ResponseCurves of {self.metric}: {self.draws:,} draws of {len(self.channels)} channels ({', '.join(self.channels)}) up to {self.last_week}"


def _passed_back(gain: FloatArray, hold: FloatArray) -> FloatArray:
    """From what a level is worth in each row to what its input is worth. gain [draw, row, channel], hold [draw, channel]."""
    if not hold.any():
        return gain
    result, later = np.empty_like(gain), np.zeros_like(hold)
    for row in range(gain.shape[1] - 1, -1, -1):
        later = gain[:, row] + hold * later
        result[:, row] = (1.0 - hold) * later
    return result
