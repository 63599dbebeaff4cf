"""ResponseCurves: what a channel brings for what is spent on it, as draws of carry-over and saturation.

Each draw of each channel is one concave curve. Spend x of a week is carried over, a_t = (1 - decay) x_t + decay a_{t-1}
(weights add up to 1), and saturates: ceiling * a / (a + half) or ceiling * (1 - exp(-a / half)).
Source: Jin et al. 2017, "Bayesian methods for media mix modeling with carryover and shape effects", sections 2.1 and 2.2.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Self

import numpy as np
import numpy.typing as npt

from quarterdeck.response.series import FloatArray

HYPERBOLIC, EXPONENTIAL = 0, 1


@dataclass(frozen=True, eq=False)
class ResponseCurves:
    """Draws of curves for one metric.

    Shapes, all `[draw, channel]`: `decay` in [0, 1), `half` (money a week, above 0), `ceiling` (units of the metric a week, not
    negative), `form` (0 hyperbolic, 1 exponential), `carry` (carried-over spend at the end of `last_week`, money a week).
    """

    metric: str
    channels: tuple[str, ...]
    last_week: date
    decay: FloatArray
    half: FloatArray
    ceiling: FloatArray
    form: npt.NDArray[np.uint8]
    carry: FloatArray

    @property
    def draws(self) -> int:
        """How many draws there are."""
        return int(self.decay.shape[0])

    def thinned(self, draws: int) -> Self:
        """At most `draws` of the draws, evenly picked: fewer to compute with, the same distribution."""
        if draws >= self.draws:
            return self
        pick = np.linspace(0, self.draws - 1, draws).round().astype(int)
        return type(self)(
            self.metric, self.channels, self.last_week, self.decay[pick], self.half[pick], self.ceiling[pick], self.form[pick], self.carry[pick]
        )

    def adstock(self, spend: FloatArray) -> FloatArray:
        """Carried-over spend after each week, money a week. spend [week, channel] -> [draw, week, channel]."""
        level, weeks = self.carry, []
        for row in np.asarray(spend, dtype=np.float64):
            level = (1.0 - self.decay) * row + self.decay * level
            weeks.append(level)
        return np.stack(weeks, axis=1) if weeks else np.zeros((self.draws, 0, len(self.channels)))

    def contribution(self, spend: FloatArray) -> FloatArray:
        """What each channel brings in each week that follows `last_week`, carry-in included. [week, channel] -> [draw, week, channel]."""
        return self._saturate(self.adstock(spend))

    def marginal(self, spend: FloatArray) -> FloatArray:
        """What one more unit of money in a week brings within the weeks given. [week, channel] -> [draw, week, channel]."""
        slope = self._slope(self.adstock(spend))
        gain = np.empty_like(slope)
        later = np.zeros_like(self.decay)
        for week in range(slope.shape[1] - 1, -1, -1):
            later = slope[:, week] + self.decay * later
            gain[:, week] = (1.0 - self.decay) * later
        return gain

    def carried(self, spend: FloatArray, last_week: date) -> Self:
        """The same curves after `spend` [week, channel] was made in the weeks up to `last_week`."""
        level = self.adstock(spend)[:, -1] if len(spend) else self.carry
        return type(self)(self.metric, self.channels, last_week, self.decay, self.half, self.ceiling, self.form, level)

    def _saturate(self, level: FloatArray) -> FloatArray:
        half, ceiling, form = (x[:, None, :] for x in (self.half, self.ceiling, self.form))
        share: FloatArray = np.where(form == HYPERBOLIC, level / (level + half), -np.expm1(-level / half))
        return ceiling * share

    def _slope(self, level: FloatArray) -> FloatArray:
        half, ceiling, form = (x[:, None, :] for x in (self.half, self.ceiling, self.form))
        steepness: FloatArray = np.where(form == HYPERBOLIC, half / (level + half) ** 2, np.exp(-level / half) / half)
        return ceiling * steepness
