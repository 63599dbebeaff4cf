"""Pareto-smoothed importance sampling: weights for draws of yesterday's answer that make them draws of today's, and how far that may be trusted.

Source: Vehtari, Simpson, Gelman, Yao & Gabry 2024, "Pareto smoothed importance sampling", algorithm 1 and section 3.2.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from quarterdeck.response.series.series import FloatArray

K_LIMIT = 0.7
_LEAST_TAIL = 5


def smooth_weights(log_ratio: FloatArray) -> tuple[FloatArray, float]:
    """`(weights, k)`: weights [draw] that add up to 1, their largest ones replaced by quantiles of a fitted Pareto tail, and its shape k.

    log_ratio [draw]: logarithm of new density / old density, up to a constant. Equal ratios give equal weights and k 0; too few draws for a tail give k
    infinite unless ratios are equal.
    """
    log_weight = log_ratio - log_ratio.max()
    count = len(log_weight)
    if np.ptp(log_weight) < 1e-12:
        return np.full(count, 1.0 / count), 0.0
    tail = int(min(0.2 * count, 3.0 * count**0.5))
    if tail < _LEAST_TAIL:
        weight = np.exp(log_weight)
        return weight / weight.sum(), float("inf")
    order = np.argsort(log_weight, kind="stable")
    edge = np.exp(log_weight[order[-tail - 1]])
    beyond = np.exp(log_weight[order[-tail:]]) - edge
    if beyond[-1] <= 1e-12 * max(edge, 1e-300):
        weight = np.exp(log_weight)
        return weight / weight.sum(), 0.0
    shape, scale = _fit_tail(np.maximum(beyond, 1e-300))
    chance = (np.arange(1, tail + 1) - 0.5) / tail
    smooth = scale * np.expm1(-shape * np.log1p(-chance)) / shape if abs(shape) > 1e-8 else -scale * np.log1p(-chance)
    weight = np.exp(log_weight)
    weight[order[-tail:]] = np.minimum(edge + smooth, 1.0)
    return weight / weight.sum(), shape


def k_limit(draws: int) -> float:
    """The k up to which weights of that many draws may be trusted: 0.7, less for few draws."""
    return float(min(K_LIMIT, 1.0 - 1.0 / np.log10(max(draws, 11))))


def pick_evenly(weight: FloatArray, rng: np.random.Generator) -> npt.NDArray[np.int64]:
    """Numbers of draws, as many as there are weights, each as often as its weight says, rounded up or down; in order.

    Source: systematic resampling, Carpenter, Clifford & Fearnhead 1999, "Improved particle filter for nonlinear problems".
    """
    count = len(weight)
    marks = (np.arange(count) + rng.random()) / count
    return np.minimum(np.searchsorted(np.cumsum(weight), marks), count - 1).astype(np.int64)


def independent_draws(weight: FloatArray) -> float:
    """How many equal draws weighted ones are worth: 1 / sum of squares. Source: Kong 1992, "A note on importance sampling"."""
    return float(1.0 / (weight**2).sum())


def _fit_tail(beyond: FloatArray) -> tuple[float, float]:
    """Shape and scale of the generalised Pareto distribution of `beyond` (sorted, above 0), the shape drawn towards 0.5.

    Source: Zhang & Stephens 2009, "A new and efficient estimation method for the generalized Pareto distribution"; the weak prior is that of
    Vehtari et al. 2024, appendix C.
    """
    count = len(beyond)
    grid = 30 + int(count**0.5)
    theta = 1.0 / beyond[-1] + (1.0 - np.sqrt(grid / (np.arange(1, grid + 1) - 0.5))) / (3.0 * beyond[int(count / 4 + 0.5) - 1])
    shape = np.log1p(-theta[:, None] * beyond).mean(axis=1)
    likely = count * (np.log(-theta / shape) - shape - 1.0)
    weight = np.exp(likely - np.logaddexp.reduce(likely))
    best = float(theta @ weight)
    found = float(np.log1p(-best * beyond).mean())
    return (count * found + 10 * 0.5) / (count + 10), -found / best
