"""Window: what spend in the open weeks brings, mean over draws, with exact slopes; the optimiser's view of ResponseCurves.

The same formulas as `ResponseCurves`, laid out so that one pass gives value and slopes in well under a millisecond: draws of a channel that are the same
curve with another ceiling (a fit draws from a grid) are seen as one.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from quarterdeck.response.curves.curves import EXPONENTIAL, HILL, HYPERBOLIC, ResponseCurves
from quarterdeck.response.model import saturation
from quarterdeck.response.series.series import FloatArray

_FIRST_STEP, _ENDLESS = 1e-3, 1e200
"""Below this ratio a curve of steepness below 1 rises faster than any slope that is computed."""


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

    @property
    def holds(self) -> tuple[FloatArray, ...]:
        """What each stage of carry-over holds back, the last one first."""
        return (self.delay, self.delay, self.decay) if self.is_delayed else (self.decay,)


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
            ratio = self._levels(group, spend) / group.half
            _add(total, group, (group.ceiling * _share_and_slope(group, ratio)[0]).sum(axis=0))
        return total

    def value_and_slope(self, spend: FloatArray) -> tuple[float, FloatArray]:
        """Units that spend adds to `resting`, and what one more step in each cell would add. [week, channel] -> ([], [week, channel])."""
        total, slope = -self.resting, np.zeros((self.weeks, self.channels))
        for group in self._groups:
            ratio = self._levels(group, spend) / group.half
            share, rise = _share_and_slope(group, ratio)
            _add(total, group, (group.ceiling * share).sum(axis=0))
            gain = rise * (group.ceiling / group.half)
            for hold in group.holds:
                gain = _backwards(gain, hold) * (1.0 - hold)
            _add(slope, group, gain[: self.weeks])
        return float(total.sum()), slope

    def bend(self, spend: FloatArray) -> FloatArray:
        """About how fast the slope of each cell falls with its own spend (not negative). [week, channel] -> [week, channel]."""
        bend = np.zeros((self.weeks, self.channels))
        for group in self._groups:
            ratio = self._levels(group, spend) / group.half
            gain = _curvature(group, ratio) * (group.ceiling / group.half**2)
            for hold in group.holds:
                gain = _backwards(gain, hold**2) * (1.0 - hold) ** 2
            _add(bend, group, gain[: self.weeks])
        return bend

    def ladder(self, money: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Worth of each rung of money, spread evenly over the open weeks, less `resting`; and a height that the worth between two rungs never exceeds
        their straight line by. money [rung, channel], rising -> ([rung, channel], [rung - 1, channel]).

        A smooth curve lies above the line through its ends by at most a quarter of the way times how far its slope varies on it, and never by more than
        it rises; each draw's slope falls, or (an S) rises to one top and falls.
        """
        worth, above = np.tile(-self.resting, (len(money), 1)), np.zeros((len(money) - 1, self.channels))
        for group in self._groups:
            before: tuple[FloatArray, FloatArray, FloatArray] | None = None
            steepest, top = _steepest(group)
            for rung, row in enumerate(money):
                ratio = self._levels(group, np.broadcast_to(row / self.weeks, (self.weeks, self.channels))) / group.half
                share, slope = _share_and_slope(group, ratio)
                _add(worth[rung], group, (group.ceiling * share).sum(axis=0))
                if before is not None:
                    most = np.maximum(before[1], slope)
                    most = np.where((before[0] < steepest) & ((steepest < ratio) | (top == _ENDLESS)), top, most)
                    bump = np.minimum((ratio - before[0]) * (most - np.minimum(before[1], slope)) / 4.0, share - before[2])
                    _add(above[rung - 1], group, np.abs(group.ceiling) * bump.sum(axis=0))
                before = ratio, slope, share
        return worth, above

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


def _groups(curves: ResponseCurves, step: float) -> list[_Group]:
    shapes = (curves.decay, curves.half, curves.carry, curves.delay, curves.steepness, curves.waiting[:, :, 0], curves.waiting[:, :, 1])
    channel = np.broadcast_to(np.arange(len(curves.channels)), curves.decay.shape)
    kind = 2 * curves.form.astype(int) + (curves.delay > 0)
    columns = np.stack([each.ravel() for each in (kind, channel, *shapes)])
    same, number = np.unique(columns, axis=1, return_inverse=True)
    ceiling = np.bincount(number.ravel(), weights=curves.ceiling.ravel(), minlength=same.shape[1]) / curves.draws
    groups = []
    for each in np.unique(same[0]):
        # In the order of kind, then channel: the columns of one channel lie side by side.
        pick = same[0] == each
        of_channel = same[1, pick].astype(np.intp)
        decay, half, carry, delay, steepness, second, third = same[2:, pick]
        groups.append(
            _Group(
                form=int(each) // 2,
                is_delayed=bool(each % 2),
                channel=of_channel,
                starts=np.flatnonzero(np.diff(of_channel, prepend=-1)),
                decay=decay,
                half=half / step,
                ceiling=ceiling[pick],
                carry=carry / step,
                waiting=np.stack([second, third], axis=1) / step,
                delay=delay,
                steepness=steepness,
            )
        )
    return groups


def _share_and_slope(group: _Group, ratio: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Share of the ceiling at `ratio` = level / half [week, column], and what one more unit of it adds."""
    if group.form == HYPERBOLIC:
        left = 1.0 / (ratio + 1.0)
        return 1.0 - left, left * left
    if group.form == EXPONENTIAL:
        left = np.exp(-ratio)
        return 1.0 - left, left
    if group.form == HILL and (group.steepness > 1.0).all():
        # Both from one power, the dearest part of it all.
        power = ratio**group.steepness
        share = power / (power + 1.0)
        return share, group.steepness * share * (1.0 - share) / np.where(ratio > 0.0, ratio, 1.0)
    form = np.array(group.form, dtype=np.uint8)
    return saturation.shape(form, ratio, group.steepness), saturation.slope(form, ratio, group.steepness)


def _steepest(group: _Group) -> tuple[FloatArray, FloatArray]:
    """Ratio at which each column rises fastest, and its slope there; 0 where it only flattens, and the first slope is known. [column]."""
    if group.form != HILL:
        return np.zeros(len(group.channel)), np.ones(len(group.channel))
    steep = np.maximum(group.steepness, 1.0)
    ratio = ((steep - 1.0) / (steep + 1.0)) ** (1.0 / steep)
    top = saturation.slope(np.array(HILL, dtype=np.uint8), ratio, steep)
    is_endless = group.steepness < 1.0
    return np.where(is_endless, _FIRST_STEP, ratio), np.where(is_endless, _ENDLESS, top)


def _curvature(group: _Group, ratio: FloatArray) -> FloatArray:
    """How fast that slope falls, about, and never below 0 [week, column]; only the size of a step is taken from it."""
    if group.form == HYPERBOLIC:
        return np.asarray(2.0 / (ratio + 1.0) ** 3)
    if group.form == EXPONENTIAL:
        return np.asarray(np.exp(-ratio))
    share, slope = _share_and_slope(group, ratio)
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
