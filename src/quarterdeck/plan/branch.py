"""best_of_ladders: the best split of money over channels whose worth rises in any shape, and a bound, by branch and bound.

Within a piece [lowest rung, highest rung] of each channel, its worth lies below its concave cover (the upper hull of the rungs). The best split under
covers is a fractional knapsack, so it is exact and quick, and a bound for the piece. Where the cover lies above the channel's own worth at that
split, the piece is cut in two there, and each half has a lower cover. With one budget over all channels few of them ever need a cut.
Sources: Falk & Soland 1969, "An algorithm for separable nonconvex programming problems"; Dantzig 1957, "Discrete-variable extremum problems".
"""

from __future__ import annotations

import heapq
from dataclasses import dataclass
from functools import cached_property
from itertools import count

import numpy as np

from quarterdeck.response.series.series import FloatArray

MAX_PIECES = 400
"""A number of pieces, never a time: the same question gets the same answer on every machine."""
_ROUNDING = 1e-9
"""Sums of money that differ by less than this share of it are the same."""


@dataclass(frozen=True, eq=False)
class Ladders:
    """Rungs of money of each channel, rising, with what it brings there: [rung, channel].

    `above` [rung - 1, channel]: the worth between two rungs is never higher above their straight line. `total`: money of all channels, spent if `spend_all`.
    """

    money: FloatArray
    worth: FloatArray
    above: FloatArray
    total: float
    spend_all: bool

    @cached_property
    def top(self) -> FloatArray:
        """Heights such that the straight lines between them are nowhere below the worth. [rung, channel]."""
        nothing = np.zeros((1, self.above.shape[1]))
        return self.worth + np.maximum(np.vstack([self.above, nothing]), np.vstack([nothing, self.above]))


@dataclass(frozen=True, eq=False)
class Peak:
    """Money of each channel, and a value that no split can exceed."""

    money: FloatArray
    bound: float
    pieces: int
    is_near: bool
    """Whether the bound is as near as was asked for."""


@dataclass(frozen=True, eq=False)
class _Cover:
    """Upper hull of a channel's tops between two rungs: its corners."""

    low: int
    high: int
    money: FloatArray
    top: FloatArray


@dataclass(frozen=True, eq=False)
class _Answer:
    """Best split under the covers of a piece."""

    bound: float
    money: FloatArray
    covers: tuple[_Cover, ...]


def best_of_ladders(ladders: Ladders, *, tolerance: float, max_pieces: int = MAX_PIECES) -> Peak:
    """The best split found; stops when the bound is within `tolerance` of it, as a share of its worth, or after `max_pieces`."""
    last, channels = len(ladders.money) - 1, ladders.money.shape[1]
    first = _answer(ladders, tuple(_cover(ladders, channel, 0, last) for channel in range(channels)))
    if first is None:
        return Peak(ladders.money[0], float(ladders.top.max(axis=0).sum()), 0, is_near=False)
    best, best_worth, pieces, order, is_near = first.money, -np.inf, 0, count(), False
    least = 1e-2 * float(np.ptp(ladders.top, axis=0).sum())
    heap = [(-first.bound, next(order), first)]
    bound = first.bound
    while heap:
        bound, piece = heap[0][0] * -1.0, heap[0][2]
        worth, gaps = _own_worth(ladders, piece)
        if worth > best_worth:
            best, best_worth = piece.money, worth
        cut = int(np.argmax(gaps))
        is_near = bound - best_worth <= tolerance * max(abs(best_worth), least)
        if is_near or gaps[cut] <= 0.0 or pieces >= max_pieces:
            break
        heapq.heappop(heap)
        for half in _halves(ladders, piece, cut):
            if half is not None:
                heapq.heappush(heap, (-half.bound, next(order), half))
        pieces += 1
    return Peak(best, bound, pieces, is_near)


def _own_worth(ladders: Ladders, piece: _Answer) -> tuple[float, FloatArray]:
    """What a piece's split is worth without covers, and how far each channel's cover lies above its tops there; 0 where no cut can help."""
    worth, gaps = 0.0, np.zeros(len(piece.covers))
    for channel, cover in enumerate(piece.covers):
        rungs, money = ladders.money[:, channel], piece.money[channel]
        worth += float(np.interp(money, rungs, ladders.worth[:, channel]))
        if cover.high - cover.low > 1:
            gap = np.interp(money, cover.money, cover.top) - np.interp(money, rungs, ladders.top[:, channel])
            gaps[channel] = gap if gap > _ROUNDING * abs(cover.top[-1]) else 0.0
    return worth, gaps


def _halves(ladders: Ladders, piece: _Answer, channel: int) -> list[_Answer | None]:
    """The piece cut in two at the rung next to the channel's money."""
    cover = piece.covers[channel]
    inside = ladders.money[cover.low + 1 : cover.high, channel]
    at = cover.low + 1 + int(np.argmin(np.abs(inside - piece.money[channel])))
    others = piece.covers[:channel], piece.covers[channel + 1 :]
    return [_answer(ladders, (*others[0], _cover(ladders, channel, low, high), *others[1])) for low, high in ((cover.low, at), (at, cover.high))]


def _cover(ladders: Ladders, channel: int, low: int, high: int) -> _Cover:
    money, top = ladders.money[low : high + 1, channel], ladders.top[low : high + 1, channel]
    corners = _upper_hull(money.tolist(), top.tolist())
    return _Cover(low, high, money[corners], top[corners])


def _upper_hull(x: list[float], y: list[float]) -> list[int]:
    """Numbers of the points on the upper hull, from left to right; of points with one x, the highest. Source: Andrew 1979, monotone chain."""
    corners: list[int] = []
    for i in range(len(x)):
        while corners and x[i] <= x[corners[-1]] and y[i] >= y[corners[-1]]:
            corners.pop()
        if corners and x[i] <= x[corners[-1]]:
            continue
        while len(corners) > 1:
            a, b = corners[-2], corners[-1]
            if (y[b] - y[a]) * (x[i] - x[b]) > (y[i] - y[b]) * (x[b] - x[a]):
                break
            corners.pop()
        corners.append(i)
    return corners


def _answer(ladders: Ladders, covers: tuple[_Cover, ...]) -> _Answer | None:
    """The best split under the covers; None when no split of the piece keeps to the total."""
    least = np.array([cover.money[0] for cover in covers])
    left = ladders.total - float(least.sum())
    steps = [np.diff(cover.money) for cover in covers]
    widths = np.concatenate(steps)
    slack = _ROUNDING * max(1.0, ladders.total)
    if left < -slack or (ladders.spend_all and float(widths.sum()) < left - slack):
        return None
    slopes = np.concatenate([np.diff(cover.top) / step for cover, step in zip(covers, steps, strict=True)])
    owner = np.repeat(np.arange(len(covers)), [len(step) for step in steps])
    order = np.argsort(-slopes, kind="stable")
    wanted = widths[order] if ladders.spend_all else np.where(slopes[order] > 0.0, widths[order], 0.0)
    taken = np.clip(left - (np.cumsum(wanted) - wanted), 0.0, wanted)
    bound = sum(float(cover.top[0]) for cover in covers) + float((slopes[order] * taken).sum())
    return _Answer(bound, least + np.bincount(owner[order], weights=taken, minlength=len(covers)), covers)
