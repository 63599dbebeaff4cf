"""Normal distributions that are cut off: draws and masses that stay exact far out in the tails."""

from __future__ import annotations

import numpy as np

from quarterdeck.response.series import FloatArray

_FAR = 36.0  # beyond this many standard deviations the mass underflows and the tail is exponential to within 1e-3


def draw_above_zero(location: FloatArray, scale: FloatArray, rng: np.random.Generator) -> FloatArray:
    """Draws of normals (`location`, `scale`) given that they are not negative; elementwise."""
    return location + scale * draw_above(-location / scale, rng)


def draw_above(edge: FloatArray, rng: np.random.Generator) -> FloatArray:
    """Draws of standard normals given that they are above `edge`; elementwise.

    Source: inversion in the nearer tail; far out the exponential limit, Robert 1995, "Simulation of truncated normal variables".
    """
    from scipy.special import ndtr, ndtri

    chance = 1.0 - rng.random(edge.shape)  # (0, 1]: never 0, whose inverse is infinite
    near = np.minimum(edge, _FAR)
    drawn: FloatArray = np.maximum(-ndtri(chance * ndtr(-near)), near)
    far = edge > _FAR
    if far.any():
        drawn[far] = edge[far] - np.log(chance[far]) / edge[far]
    return drawn


def draw_between(low: FloatArray, high: FloatArray, rng: np.random.Generator) -> FloatArray:
    """Draws of standard normals given that they lie in [low, high]; elementwise, infinite edges allowed."""
    from scipy.special import ndtr, ndtri

    flip = low > 0  # mirrored, so that the mass is always measured in the left tail where it keeps its digits
    left, right = np.where(flip, -high, low), np.where(flip, -low, high)
    start, stop = ndtr(left), ndtr(right)
    drawn = ndtri(start + rng.random(low.shape) * (stop - start))
    lost = ~np.isfinite(drawn)
    if lost.any():
        drawn[lost] = np.where(np.isfinite(right[lost]), right[lost], 0.0)
    drawn = np.clip(drawn, left, right)
    return np.where(flip, -drawn, drawn)
