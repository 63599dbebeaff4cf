"""Window: what spend in the open weeks brings, mean over draws, with exact slopes; the optimiser's view of ResponseCurves.

The same formulas as `ResponseCurves`, laid out so that one pass gives value and slopes in well under a millisecond. S-shaped draws are seen through
their concave cover (`is_covered`): a straight line from 0 to where it touches the curve; draws that take away are covered by 0. So what is climbed is
concave and its bound holds for the curves themselves.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from quarterdeck.response import saturation
from quarterdeck.response.curves import EXPONENTIAL, HYPERBOLIC, ResponseCurves
from quarterdeck.response.series import FloatArray


@dataclass(frozen=True, eq=False)
class _Group:
    """The draws of every channel that share one saturation form and are all delayed or all not, sorted by channel. Shapes [column]."""

    form: int
    is_delayed: bool
    channel: npt.NDArray[np.intp]
    starts: npt.NDArray[np.intp]
    """First column of each channel that occurs; that channel is `channel[starts]`."""
    decay: FloatArray
    half: FloatArray
    ceiling: FloatArray
    """Divided by the number of draws, so that sums over columns are means over draws."""
    carry: FloatArray
    waiting: FloatArray
    """[column, 2]"""
    delay: FloatArray
    steepness: FloatArray
    touch: FloatArray
    """Ratio up to which an S is seen as a straight line; 0 where it is seen as it is."""

    @property
    def holds(self) -> tuple[FloatArray, ...]:
        """What each stage of carry-over holds back, the last one first."""
        return (self.delay, self.delay, self.decay) if self.is_delayed else (self.decay,)


class Window:
    """Outcome of spend [week, channel] counted in steps of money, from the first open week until `tail_weeks` after the last one.

    `tail_spend` [channel] is spent in each tail week whatever the open weeks get.
    """

    def __init__(
        self, curves: ResponseCurves, *, weeks: int, tail_weeks: int, step: float, tail_spend: FloatArray | None = None, is_covered: bool = True
    ) -> None:
        self.weeks, self.tail_weeks, self.channels = weeks, tail_weeks, len(curves.channels)
        self._made_of = (curves, step, tail_spend)
        self._tail = np.zeros(self.channels) if tail_spend is None else np.asarray(tail_spend) / step
        self._groups = tuple(_groups(curves, step, is_covered))
        self.resting = self.by_channel(np.zeros((weeks, self.channels)))
        """What each channel brings if nothing is spent in the open weeks: carry-over from before, and the tail. [channel]"""

    def uncovered(self) -> Window:
        """The same window on the curves as they are, S-shaped ones too."""
        curves, step, tail_spend = self._made_of
        return Window(curves, weeks=self.weeks, tail_weeks=self.tail_weeks, step=step, tail_spend=tail_spend, is_covered=False)

    def by_channel(self, spend: FloatArray) -> FloatArray:
        """Units of the outcome. [week, channel] -> [channel]."""
        total = np.zeros(self.channels)
        for group in self._groups:
            level = self._levels(group, spend)
            _add(total, group, (group.ceiling * _share_and_slope(group, level)[0]).sum(axis=0))
        return total

    def value_and_slope(self, spend: FloatArray) -> tuple[float, FloatArray]:
        """Units that spend adds to `resting`, and what one more step in each cell would add. [week, channel] -> ([], [week, channel])."""
        total, slope = -self.resting, np.zeros((self.weeks, self.channels))
        for group in self._groups:
            level = self._levels(group, spend)
            share, steepness = _share_and_slope(group, level)
            _add(total, group, (group.ceiling * share).sum(axis=0))
            gain = steepness * (group.ceiling / group.half)
            for hold in group.holds:
                gain = _backwards(gain, hold) * (1.0 - hold)
            _add(slope, group, gain[: self.weeks])
        return float(total.sum()), slope

    def bend(self, spend: FloatArray) -> FloatArray:
        """About how fast the slope of each cell falls with its own spend (not negative). [week, channel] -> [week, channel]."""
        bend = np.zeros((self.weeks, self.channels))
        for group in self._groups:
            level = self._levels(group, spend)
            gain = _curvature(group, level) * (group.ceiling / group.half**2)
            for hold in group.holds:
                gain = _backwards(gain, hold**2) * (1.0 - hold) ** 2
            _add(bend, group, gain[: self.weeks])
        return bend

    def _levels(self, group: _Group, spend: FloatArray) -> FloatArray:
        """Carried-over spend in every open and tail week. [week, channel] -> [week, column]."""
        levels = np.empty((self.weeks + self.tail_weeks, len(group.channel)))
        levels[: self.weeks] = spend[:, group.channel]
        levels[self.weeks :] = self._tail[group.channel]
        _forwards(levels, group.decay, group.carry)
        if group.is_delayed:
            for stage in range(2):
                _forwards(levels, group.delay, group.waiting[:, stage])
        return levels


def _groups(curves: ResponseCurves, step: float, is_covered: bool) -> list[_Group]:
    draws = curves.draws
    channel = np.broadcast_to(np.arange(len(curves.channels)), curves.decay.shape)
    kind = 2 * curves.form.astype(int) + (curves.delay > 0)
    touch = np.where(saturation.is_s_shaped(curves.form, curves.steepness) & is_covered, saturation.touch_ratio(curves.steepness), 0.0)
    groups = []
    for each in np.unique(kind):
        # Transposed, so that the columns of one channel lie side by side.
        pick = (kind == each).T
        of_channel = channel.T[pick]
        starts = np.flatnonzero(np.diff(of_channel, prepend=-1))
        groups.append(
            _Group(
                int(each) // 2,
                bool(each % 2),
                of_channel,
                starts,
                curves.decay.T[pick],
                curves.half.T[pick] / step,
                (np.maximum(curves.ceiling, 0.0) if is_covered else curves.ceiling).T[pick] / draws,
                curves.carry.T[pick] / step,
                curves.waiting.transpose(1, 0, 2)[pick] / step,
                curves.delay.T[pick],
                curves.steepness.T[pick],
                touch.T[pick],
            )
        )
    return groups


def _share_and_slope(group: _Group, level: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Share of the ceiling at `level` [week, column], and what one more unit of level / half adds."""
    if group.form == HYPERBOLIC:
        left = group.half / (level + group.half)
        return 1.0 - left, left * left
    if group.form == EXPONENTIAL:
        left = np.exp(-level / group.half)
        return 1.0 - left, left
    ratio, form = level / group.half, np.array(group.form, dtype=np.uint8)
    share, slope = saturation.shape(form, ratio, group.steepness), saturation.slope(form, ratio, group.steepness)
    if group.touch.any():
        line = saturation.shape(form, group.touch, group.steepness) / np.where(group.touch > 0, group.touch, 1.0)
        below = ratio < group.touch
        share, slope = np.where(below, line * ratio, share), np.where(below, line, slope)
    return share, slope


def _curvature(group: _Group, level: FloatArray) -> FloatArray:
    """How fast that slope falls, about, and never below 0 [week, column]; only the size of a step is taken from it."""
    if group.form == HYPERBOLIC:
        return np.asarray(2.0 * (group.half / (level + group.half)) ** 3)
    if group.form == EXPONENTIAL:
        return np.asarray(np.exp(-level / group.half))
    share, slope = _share_and_slope(group, level)
    return np.asarray(slope * (0.1 + share))


def _forwards(levels: FloatArray, hold: FloatArray, before: FloatArray) -> None:
    """In place: every level carried over from the one before it, the first from `before`."""
    levels *= 1.0 - hold
    for week in range(len(levels)):
        levels[week] += hold * before
        before = levels[week]


def _backwards(gain: FloatArray, decay: FloatArray) -> FloatArray:
    """In place: the gain of a week and of all later weeks, faded by `decay` a week."""
    for week in range(len(gain) - 2, -1, -1):
        gain[week] += decay * gain[week + 1]
    return gain


def _add(target: FloatArray, group: _Group, columns: FloatArray) -> None:
    """Add the sums of `columns` [..., column] by channel to `target` [..., channel]."""
    target[..., group.channel[group.starts]] += np.add.reduceat(columns, group.starts, axis=-1)
