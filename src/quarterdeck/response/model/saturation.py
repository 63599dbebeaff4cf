"""Saturation: the share of a ceiling that a level of carried-over spend reaches, in four forms, with slope and bend.

hyperbolic a / (a + half), exponential 1 - exp(-a / half), logistic tanh(a / half), and Hill a^s / (a^s + half^s), which is S-shaped for s > 1.
Sources: Jin et al. 2017, "Bayesian methods for media mix modeling with carryover and shape effects", section 2.2; the logistic form is that of
PyMC-Marketing (lam = 2 / half).
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from quarterdeck.response.series.series import FloatArray

HYPERBOLIC, EXPONENTIAL, LOGISTIC, HILL = 0, 1, 2, 3
FORM_NAMES = ("hyperbolic", "exponential", "logistic", "S-shaped")

_Way = Callable[[FloatArray, FloatArray], FloatArray]


def shape(form: npt.NDArray[np.uint8], ratio: FloatArray, steepness: FloatArray) -> FloatArray:
    """Share of the ceiling in [0, 1) at `ratio` = level / half (not negative). form and steepness broadcast to ratio; the latter counts for Hill alone."""
    return _by_form(form, ratio, steepness, (_hyperbolic, _exponential, _logistic, _hill))


def slope(form: npt.NDArray[np.uint8], ratio: FloatArray, steepness: FloatArray) -> FloatArray:
    """What one more unit of `ratio` adds to the share; arguments as in `shape`."""
    return _by_form(form, ratio, steepness, (_hyperbolic_slope, _exponential_slope, _logistic_slope, _hill_slope))


def is_s_shaped(form: npt.NDArray[np.uint8], steepness: FloatArray) -> npt.NDArray[np.bool_]:
    """Where the form rises slowly at first, so that it is not concave; elementwise."""
    return np.asarray((form == HILL) & (steepness > 1.0))


def _by_form(form: npt.NDArray[np.uint8], ratio: FloatArray, steepness: FloatArray, ways: tuple[_Way, ...]) -> FloatArray:
    present = np.unique(form)
    if len(present) == 1:
        return ways[int(present[0])](ratio, steepness)
    result = np.empty(np.broadcast_shapes(np.shape(form), ratio.shape))
    forms, ratios, steep = (np.broadcast_to(each, result.shape) for each in (form, ratio, steepness))
    for kind in present:
        there = forms == kind
        result[there] = ways[int(kind)](ratios[there], steep[there])
    return result


def _hyperbolic(ratio: FloatArray, _: FloatArray) -> FloatArray:
    return ratio / (ratio + 1.0)


def _hyperbolic_slope(ratio: FloatArray, _: FloatArray) -> FloatArray:
    return np.asarray((ratio + 1.0) ** -2)


def _exponential(ratio: FloatArray, _: FloatArray) -> FloatArray:
    return np.asarray(-np.expm1(-ratio))


def _exponential_slope(ratio: FloatArray, _: FloatArray) -> FloatArray:
    return np.asarray(np.exp(-ratio))


def _logistic(ratio: FloatArray, _: FloatArray) -> FloatArray:
    return np.asarray(np.tanh(ratio))


def _logistic_slope(ratio: FloatArray, _: FloatArray) -> FloatArray:
    return np.asarray(1.0 - np.tanh(ratio) ** 2)


def _hill(ratio: FloatArray, steepness: FloatArray) -> FloatArray:
    power = ratio**steepness
    return np.asarray(power / (power + 1.0))


def _hill_slope(ratio: FloatArray, steepness: FloatArray) -> FloatArray:
    """At 0: 0 for an S, 1 for steepness 1, and for a steepness below 1, whose slope is endless there, that of a thousandth of half."""
    safe = np.maximum(ratio, np.where(steepness < 1.0, 1e-3, 0.0))
    power = safe**steepness
    with np.errstate(divide="ignore", invalid="ignore"):
        rise = np.where(safe > 0, steepness * power / safe, np.where(steepness == 1.0, 1.0, 0.0))
    return np.asarray(rise / (power + 1.0) ** 2)
