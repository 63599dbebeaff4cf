"""The grid of carry-over and steepness over which one matching form is sampled: laid over all that is possible, then closer round what is likely.

A posterior that is smooth over a few cells loses nothing by being summed at their middles: the error of the midpoint rule falls faster than any power of
the spacing. Source: Trefethen & Weideman 2014, "The exponentially convergent trapezoidal rule".
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from quarterdeck.response.fitting.numerics import IntArray
from quarterdeck.response.series.series import WEEK, FloatArray

LONGEST = {WEEK: 8, 1: 56}
"""Rows that carry-over lasts at most (its own one counted), by the days of a row."""
_MOST = np.array([0.98, 14.0])
"""Largest carry-over and steepness: beyond lie 1e-5 and 1e-4 of the prior."""
_AROUND = 0.3


@dataclass(frozen=True, eq=False)
class OneFormGrid:
    """`size` x `size` cells a channel: cell number = place of the carry-over * size + place of the steepness.

    `low`, `spacing` `[channel, 2]`: lower edge and width of the cells in carry-over (share held back from row to row) and steepness (per largest spend).
    """

    low: FloatArray
    spacing: FloatArray
    size: int

    @property
    def carry(self) -> FloatArray:
        """The carry-over at the middle of each cell [channel, cell]."""
        return np.repeat(self._middles(0), self.size, axis=1)

    @property
    def steepness(self) -> FloatArray:
        """The steepness at the middle of each cell [channel, cell]."""
        return np.tile(self._middles(1), (1, self.size))

    @property
    def log_prior(self) -> FloatArray:
        """Beta(1, 3) on carry-over and Gamma(3, 1) on steepness, up to a constant [channel, cell]."""
        log_density: FloatArray = 2.0 * np.log1p(-self.carry) + 2.0 * np.log(self.steepness) - self.steepness
        return log_density

    def narrowed(self, cell: IntArray) -> OneFormGrid:
        """A grid round the cells that chains have been in, with room on both sides. cell [draw, chain, channel]."""
        places = np.stack([cell // self.size, cell % self.size], axis=3).reshape(-1, *self.low.shape)
        first, last = places.min(axis=0) * self.spacing, (places.max(axis=0) + 1) * self.spacing
        room = np.maximum(self.spacing, _AROUND * (last - first))
        low = np.maximum(self.low + first - room, 0.0)
        high = np.minimum(self.low + last + room, _MOST)
        return OneFormGrid(low, (high - low) / self.size, self.size)

    def nearest(self, carry: FloatArray, steepness: FloatArray) -> IntArray:
        """The cell that each pair of values [chain, channel] lies in, or next to."""
        places = [(value - self.low[:, axis]) / self.spacing[:, axis] for axis, value in enumerate((carry, steepness))]
        first, second = (np.clip(place.astype(np.int64), 0, self.size - 1) for place in places)
        cell: IntArray = first * self.size + second
        return cell

    def features(self, spend: FloatArray, longest: int) -> FloatArray:
        """tanh(steepness * level / 2) of each cell [channel, cell, row]. spend [row, channel] in units of each channel's largest; nothing before the first."""
        late = [np.concatenate([np.zeros((lag, spend.shape[1])), spend[: len(spend) - lag]]) for lag in range(min(longest, len(spend)))]
        level = np.einsum("cal,ltc->cat", lag_weights(self._middles(0), longest)[:, :, : len(late)], np.stack(late))
        bent = 0.5 * self._middles(1)[:, None, :, None] * level[:, :, None, :]
        return np.asarray(np.tanh(bent)).reshape(spend.shape[1], self.size**2, len(spend))

    def _middles(self, axis: int) -> FloatArray:
        middles: FloatArray = self.low[:, [axis]] + self.spacing[:, [axis]] * (np.arange(self.size) + 0.5)
        return middles


def whole_grid(channels: int, size: int) -> OneFormGrid:
    """The grid over everything that the prior thinks possible."""
    return OneFormGrid(np.zeros((channels, 2)), np.tile(_MOST / size, (channels, 1)), size)


def lag_weights(carry: FloatArray, longest: int) -> FloatArray:
    """Shares of the money that work 0, 1, ... rows later, geometric and adding up to 1. carry [...] -> [..., longest]."""
    weight = carry[..., None] ** np.arange(longest)
    shares: FloatArray = weight / weight.sum(axis=-1, keepdims=True)
    return shares


def lasting_decay(carry: FloatArray, longest: int) -> FloatArray:
    """The decay of an endless geometric carry-over whose money works as late on average as that of `carry` cut off after `longest` rows; elementwise."""
    late = lag_weights(carry, longest) @ np.arange(longest, dtype=np.float64)
    decay: FloatArray = late / (1.0 + late)
    return decay
