"""Synthetic control: the treated group as a weighted mean of control places, and how far off it would be had the test been at another time."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from quarterdeck.kernel.problems import InvalidInput, Problem
from quarterdeck.response.experiments.geo_test import GeoTest
from quarterdeck.response.experiments.hanging import hanging_together, variance_of_total
from quarterdeck.response.fitting.numerics import matmul_in_rows
from quarterdeck.response.series.series import FloatArray

_NOTHING_BEFORE = Problem(
    "RESPONSE-065",
    "control places",
    "nothing counted in any of them before the test",
    "at least one with an outcome",
    "Check the column of the outcome and the groups.",
)
_ROUNDS, _STILL = 600, 1e-7
_BLOCKS, _SHORTEST_BLOCK = 6, 2
RIDGE = 0.01
"""Strength of the ridge as a share of what synthetic difference-in-differences takes; that share leaves little of the fit to the noise of single places
and follows a demand that places do not share better (measured on simulated tests, docs/proof/experiments.md)."""


@dataclass(frozen=True, eq=False)
class Synthetic:
    """What the synthetic control makes of the outcome.

    `weights [control geo]`: at least 0, adding up to 1, in the order of `geos`. `effect` and `scale`: location and scale of the t distribution
    (`freedom` degrees) of the total effect over the counted rows. `expected [row]`: the treated group's total without the test. `off [row before]`: what
    the control missed in rows that were left out of its fit; `rho`: how much neighbouring ones hang together.
    """

    geos: tuple[str, ...]
    weights: FloatArray
    effect: float
    scale: float
    freedom: int
    expected: FloatArray
    off: FloatArray
    rho: float


def weigh_controls(test: GeoTest) -> Synthetic:
    """The weights on the control places that follow the treated group best before the test, and the effect that they show.

    Places are compared as indices (outcome over its own mean before the test), so that large and small ones mix; weights are at least 0 and add up to 1
    (Abadie, Diamond & Hainmueller 2010, section 2.3), drawn towards equal ones by a ridge (Arkhangelsky et al. 2021, algorithm 1, see `RIDGE`). A control
    place with nothing before the test is left out.
    How sure: the weights are fitted anew with one block of rows before the test left out at a time, and what they miss there (`off`) is what they would
    miss in the test: the variance of the total is mean(off^2) (n + n^2 / before), n counted rows on a level learned from the rows before, times
    `variance_of_total`. Source: Burman, Chow & Nolan 1994, "A cross-validatory method for dependent data"; the total as in Kerman et al. 2017, equation 5,
    for a line without slope.
    Raises InvalidInput (RESPONSE-065) when no control place had anything before the test.
    """
    control = np.flatnonzero(~test.is_treated)
    usable = control[test.outcome[test.before][:, control].mean(axis=0) > 0]
    if not len(usable):
        raise InvalidInput([_NOTHING_BEFORE], state="Nothing was read.")
    places, treated = test.outcome[:, usable], test.total(test.outcome, treated=True)
    before, counted = int(test.before.sum()), int(test.counted.sum())
    weights, expected = _fit(treated, places, test.before, counted)
    off = _left_out(treated, places, test.before, counted)
    variance = float((off**2).mean()) * (counted + counted**2 / before) * variance_of_total(off - off.mean())
    return Synthetic(
        geos=tuple(test.geos[place] for place in usable),
        weights=weights,
        effect=float((treated - expected)[test.counted].sum()),
        scale=float(np.sqrt(variance)),
        freedom=before - 1,
        expected=expected,
        off=off,
        rho=hanging_together(off - off.mean()),
    )


def _left_out(treated: FloatArray, places: FloatArray, before: npt.NDArray[np.bool_], counted: int) -> FloatArray:
    """What a control fitted without a block misses in it, for every row before the test."""
    rows = np.flatnonzero(before)
    off = np.empty(len(rows))
    for block in np.array_split(np.arange(len(rows)), min(_BLOCKS, len(rows) // _SHORTEST_BLOCK)):
        over = before.copy()
        over[rows[block]] = False
        _, expected = _fit(treated, places, over, counted)
        off[block] = (treated - expected)[rows[block]]
    return off


def _fit(treated: FloatArray, places: FloatArray, over: npt.NDArray[np.bool_], counted: int) -> tuple[FloatArray, FloatArray]:
    """Weights [geo] and what they expect of the treated group [row], fitted on the rows `over`."""
    scale, size = float(treated[over].mean()), places[over].mean(axis=0)
    index = places / np.where(size > 0.0, size, 1.0)
    change = np.diff(index[over], axis=0)
    own = change - change.mean(axis=1, keepdims=True)
    ridge = RIDGE * float(np.sqrt(counted) * own.var() * over.sum())
    weights = nearest_mixture(index[over], treated[over] / (scale or 1.0), ridge)
    return weights, scale * np.einsum("tj,j->t", index, weights)


def nearest_mixture(index: FloatArray, aim: FloatArray, ridge: float) -> FloatArray:
    """Weights w >= 0 adding up to 1 [j] that make |index w - aim|^2 + ridge |w|^2 least. index [row, j], aim [row].

    Because they add up to 1, index w - aim is (index - aim) w. Accelerated projected gradient: Beck & Teboulle 2009 (FISTA), started anew when it overshoots:
    O'Donoghue & Candes 2015, section 3.2.
    """
    apart = index - aim[:, None]
    square = matmul_in_rows(np.ascontiguousarray(apart.T), apart)
    square[np.diag_indices_from(square)] += ridge
    step = 1.0 / max(float(np.abs(square).sum(axis=1).max()), 1e-300)
    now = ahead = np.full(index.shape[1], 1.0 / index.shape[1])
    speed = 1.0
    for _ in range(_ROUNDS):
        then = to_simplex(ahead - step * np.einsum("ij,j->i", square, ahead))
        move = then - now
        if float(np.abs(move).max()) < _STILL:
            break
        if float((ahead - then) @ move) > 0.0:
            speed, ahead = 1.0, then
        else:
            faster = 0.5 * (1.0 + np.sqrt(1.0 + 4.0 * speed * speed))
            ahead, speed = then + (speed - 1.0) / faster * move, faster
        now = then
    return now


def to_simplex(point: FloatArray) -> FloatArray:
    """The nearest point whose parts are at least 0 and add up to 1. Source: Duchi et al. 2008, figure 1."""
    falling = np.sort(point)[::-1]
    above = (np.cumsum(falling) - 1.0) / np.arange(1, len(point) + 1)
    last = int(np.flatnonzero(falling > above)[-1])
    nearest: FloatArray = np.maximum(point - above[last], 0.0)
    return nearest
