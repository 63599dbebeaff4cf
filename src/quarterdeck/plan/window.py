"""Window: what spend in the open weeks brings, mean over draws, with exact slopes; the optimiser's view of ResponseCurves.

The same formulas as `ResponseCurves`, laid out so that one pass gives value and slopes in well under a millisecond.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from quarterdeck.response.curves import HYPERBOLIC, ResponseCurves
from quarterdeck.response.series import FloatArray


@dataclass(frozen=True, eq=False)
class _Group:
    """The draws of every channel that share one saturation form, sorted by channel. Shapes [column]."""

    hyperbolic: bool
    channel: npt.NDArray[np.intp]
    starts: npt.NDArray[np.intp]
    """First column of each channel that occurs; that channel is `channel[starts]`."""
    decay: FloatArray
    half: FloatArray
    ceiling: FloatArray
    """Divided by the number of draws, so that sums over columns are means over draws."""
    carry: FloatArray


class Window:
    """Outcome of spend [week, channel] counted in steps of money, from the first open week until `tail_weeks` after the last one.

    `tail_spend` [channel] is spent in each tail week whatever the open weeks get.
    """

    def __init__(self, curves: ResponseCurves, *, weeks: int, tail_weeks: int, step: float, tail_spend: FloatArray | None = None) -> None:
        self.weeks, self.tail_weeks, self.channels = weeks, tail_weeks, len(curves.channels)
        self._tail = np.zeros(self.channels) if tail_spend is None else np.asarray(tail_spend) / step
        self._groups = tuple(_groups(curves, step))
        self.resting = self.by_channel(np.zeros((weeks, self.channels)))
        """What each channel brings if nothing is spent in the open weeks: carry-over from before, and the tail. [channel]"""

    def by_channel(self, spend: FloatArray) -> FloatArray:
        """Units of the outcome. [week, channel] -> [channel]."""
        total = np.zeros(self.channels)
        for group in self._groups:
            level = self._levels(group, spend)
            share = level / (level + group.half) if group.hyperbolic else -np.expm1(-level / group.half)
            _add(total, group, (group.ceiling * share).sum(axis=0))
        return total

    def value_and_slope(self, spend: FloatArray) -> tuple[float, FloatArray]:
        """Units that spend adds to `resting`, and what one more step in each cell would add. [week, channel] -> ([], [week, channel])."""
        total, slope = -self.resting, np.zeros((self.weeks, self.channels))
        for group in self._groups:
            level = self._levels(group, spend)
            if group.hyperbolic:
                left = group.half / (level + group.half)
                share, steepness = 1.0 - left, left * left
            else:
                steepness = np.exp(-level / group.half)
                share = 1.0 - steepness
            _add(total, group, (group.ceiling * share).sum(axis=0))
            later = _backwards(steepness * (group.ceiling / group.half), group.decay)
            _add(slope, group, later[: self.weeks] * (1.0 - group.decay))
        return float(total.sum()), slope

    def bend(self, spend: FloatArray) -> FloatArray:
        """How fast the slope of each cell falls with its own spend (not negative). [week, channel] -> [week, channel]."""
        bend = np.zeros((self.weeks, self.channels))
        for group in self._groups:
            level = self._levels(group, spend)
            curvature = 2.0 * (group.half / (level + group.half)) ** 3 if group.hyperbolic else np.exp(-level / group.half)
            later = _backwards(curvature * (group.ceiling / group.half**2), group.decay**2)
            _add(bend, group, later[: self.weeks] * (1.0 - group.decay) ** 2)
        return bend

    def _levels(self, group: _Group, spend: FloatArray) -> FloatArray:
        """Carried-over spend in every open and tail week. [week, channel] -> [week, column]."""
        levels = np.empty((self.weeks + self.tail_weeks, len(group.channel)))
        levels[: self.weeks] = spend[:, group.channel]
        levels[self.weeks :] = self._tail[group.channel]
        levels *= 1.0 - group.decay
        before = group.carry
        for week in range(len(levels)):
            levels[week] += group.decay * before
            before = levels[week]
        return levels


def _groups(curves: ResponseCurves, step: float) -> list[_Group]:
    draws = curves.draws
    channel = np.broadcast_to(np.arange(len(curves.channels)), curves.decay.shape)
    groups = []
    for form in np.unique(curves.form):
        # Transposed, so that the columns of one channel lie side by side.
        pick = (curves.form == form).T
        of_channel = channel.T[pick]
        starts = np.flatnonzero(np.diff(of_channel, prepend=-1))
        groups.append(
            _Group(
                bool(form == HYPERBOLIC),
                of_channel,
                starts,
                curves.decay.T[pick],
                curves.half.T[pick] / step,
                curves.ceiling.T[pick] / draws,
                curves.carry.T[pick] / step,
            )
        )
    return groups


def _backwards(gain: FloatArray, decay: FloatArray) -> FloatArray:
    """In place: the gain of a week and of all later weeks, faded by `decay` a week."""
    for week in range(len(gain) - 2, -1, -1):
        gain[week] += decay * gain[week + 1]
    return gain


def _add(target: FloatArray, group: _Group, columns: FloatArray) -> None:
    """Add the sums of `columns` [..., column] by channel to `target` [..., channel]."""
    target[..., group.channel[group.starts]] += np.add.reduceat(columns, group.starts, axis=-1)
