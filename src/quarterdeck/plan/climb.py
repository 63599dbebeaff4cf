"""climb: the top of a concave function over the feasible splits, with a bound from every slope met on the way.

Of a function that is not concave it finds the top of the hill on which it starts, and the bound says nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np

from quarterdeck.plan.feasible import Feasible
from quarterdeck.response.series.series import FloatArray

MAX_ROUNDS = 400
_MEMORY = 8
_ARMIJO = 1e-4
_NEW_METRIC_EVERY = 10


class ClimbAim(Protocol):
    """A smooth function of a split [week, channel]."""

    def __call__(self, spend: FloatArray, /) -> tuple[float, FloatArray]:
        """Its value and its slope [week, channel]."""
        ...

    def bend(self, spend: FloatArray, /) -> FloatArray:
        """How fast each slope falls with its own cell (not negative). [week, channel]."""
        ...


@dataclass(frozen=True, eq=False)
class Top:
    """The best split found, its value, and a value that no split can exceed."""

    spend: FloatArray
    value: float
    bound: float
    iterations: int


def climb(aim: ClimbAim, limits: Feasible, *, certify: Feasible, start: FloatArray | None, tolerance: float) -> Top:
    """The best split within `limits`; `bound` holds for every split within `certify`, which may be wider.

    Stops when bound - value is within `tolerance` of the value (less strictly where next to nothing can be gained).
    Spectral projected gradient steps in the metric of the diagonal curvature.
    Source: Birgin, Martinez & Raydan 2000, "Nonmonotone spectral projected gradient methods on convex sets", algorithm SPG2.
    """
    metric = np.ones(limits.shape)
    spend = limits.nearest(_even_start(limits) if start is None else start, metric)
    value, slope = aim(spend)
    best, bound, recent = (value, spend), np.inf, [value]
    rate, rounds = 1.0, 0
    for rounds in range(MAX_ROUNDS):
        bound = min(bound, value + float((slope * (certify.best_corner(slope) - spend)).sum()))
        if bound - best[0] <= tolerance * _scale(best[0], slope, spend):
            break
        if rounds % _NEW_METRIC_EVERY == 0:
            metric, rate = _metric(aim, spend, slope, limits), 1.0
        way = limits.nearest(spend + rate * slope / metric, metric) - spend
        rise = float((slope * way).sum())
        if rise <= 0.0:
            break
        share, (new_value, new_slope) = _step(aim, spend, way, rise, min(recent))
        moved, fell = share * way, slope - new_slope
        curvature = float((moved * fell).sum())
        length = float((metric * moved**2).sum())
        rate = 1e3 if curvature <= 1e-3 * length else length / curvature
        spend, value, slope = spend + moved, new_value, new_slope
        recent = [*recent[1 - _MEMORY :], value]
        if value > best[0]:
            best = (value, spend)
    return Top(best[1], best[0], max(bound, best[0]), rounds)


def _step(aim: ClimbAim, spend: FloatArray, way: FloatArray, rise: float, reference: float) -> tuple[float, tuple[float, FloatArray]]:
    """The share of `way` to go (1 if it climbs enough, else shorter by interpolation), and value and slope there."""
    share = 1.0
    while True:
        value, slope = aim(spend + share * way)
        if value >= reference + _ARMIJO * share * rise or share < 1e-10:
            return share, (value, slope)
        shortfall = share * rise - (value - reference)
        share = min(max(0.5 * share * share * rise / shortfall, 0.1 * share), 0.5 * share)


def _metric(aim: ClimbAim, spend: FloatArray, slope: FloatArray, limits: Feasible) -> FloatArray:
    """Curvature of each cell, kept above a hundredth of what would turn its slope to 0 within the budget."""
    least = np.maximum(np.abs(slope).max(), 1e-300) / max(limits.total, 1e-9) * 1e-2
    metric: FloatArray = np.maximum(aim.bend(spend), least)
    return metric


def _even_start(limits: Feasible) -> FloatArray:
    return np.full(limits.shape, limits.total / max(1, limits.weeks * len(limits.floor)))


def _scale(value: float, slope: FloatArray, spend: FloatArray) -> float:
    return max(abs(value), 1e-2 * float(np.abs(slope * spend).sum()), 1e-12)
