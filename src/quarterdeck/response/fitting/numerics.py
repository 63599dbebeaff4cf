"""Arithmetic that the sampler needs and numpy lacks: draws of cut-off normals that stay exact far out in the tails, and calm products."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from quarterdeck.response.series.series import FloatArray

IntArray = npt.NDArray[np.int64]
_ONE_THREAD = 2**18  # multiplications up to which OpenBLAS does not split a product over threads
_FEW_ROWS = 8  # below this a product spends most of its time on arranging `right`
_ONE_THREAD_SIZE = 96  # the same for its Cholesky factors
_HALF_LINE = tuple(
    np.float32(each)
    for each in (
        -1.36494127,
        0.67264321,
        0.04734394,
        -0.04689478,
        -0.00988043,
        0.00881516,
        0.0017952,
        -0.00230314,
        -0.00022919,
        0.00058807,
        8.51e-06,
        -9.246e-05,
    )
)
_ONE, _ROOT_OF_AN_EIGHTH = np.float32(1.0), np.float32(8.0**-0.5)
_FAR = 36.0  # beyond this many standard deviations the mass underflows and the tail is exponential to within 1e-3


def normal_mass(at: FloatArray) -> FloatArray:
    """The chance that a standard normal lies below `at`; elementwise."""
    from scipy.special import ndtr

    return np.asarray(ndtr(at))


def log_normal_mass(at: FloatArray) -> FloatArray:
    """The logarithm of `normal_mass`, exact far out in the left tail; elementwise."""
    from scipy.special import log_ndtr

    return np.asarray(log_ndtr(at))


def log_half_line(at: FloatArray) -> FloatArray:
    """log of exp(at^2 / 2) * `normal_mass(at)`, to within 1e-5; elementwise, and several times faster than by `log_normal_mass`.

    The weight of a coefficient that is cut off below 0, whose posterior has location `at` in units of its scale. With t = 1 / (1 + |at| / sqrt(8)), what is
    left of the logarithm beside log t is smooth on (0, 1]: a polynomial in 2 t - 1 through the Chebyshev nodes; only at^2 / 2 needs all digits.
    Source: the form is that of Press et al. 2007, "Numerical recipes", section 6.2.2; Trefethen 2013, "Approximation theory and practice", chapter 2.
    """
    t = np.abs(at).astype(np.float32)
    t *= _ROOT_OF_AN_EIGHTH
    t += _ONE
    np.reciprocal(t, out=t)
    u = t + t
    u -= _ONE
    left = u * _HALF_LINE[-1]
    for coefficient in _HALF_LINE[-2:0:-1]:
        left += coefficient
        left *= u
    left += _HALF_LINE[0]
    left += np.log(t, out=t)  # of the far side: exp(at^2 / 2) times the mass beyond |at|
    whole = 0.5 * at * at
    u = left - whole.astype(np.float32)
    np.exp(u, out=u)
    np.log(_ONE - u, out=u)
    return np.where(at < 0.0, left, whole + u)


def normal_quantile(chance: FloatArray) -> FloatArray:
    """Where `normal_mass` is `chance`; elementwise."""
    from scipy.special import ndtri

    return np.asarray(ndtri(chance))


def draw_above_zero(location: FloatArray, scale: FloatArray, rng: np.random.Generator) -> FloatArray:
    """Draws of normals (`location`, `scale`) given that they are not negative; elementwise."""
    return location + scale * draw_above(-location / scale, rng)


def draw_above(edge: FloatArray, rng: np.random.Generator) -> FloatArray:
    """Draws of standard normals given that they are above `edge`; elementwise.

    Source: inversion in the nearer tail; far out the exponential limit, Robert 1995, "Simulation of truncated normal variables".
    """
    chance = 1.0 - rng.random(edge.shape)  # (0, 1]: never 0, whose inverse is infinite
    near = np.minimum(edge, _FAR)
    drawn: FloatArray = np.maximum(-normal_quantile(chance * normal_mass(-near)), near)
    far = edge > _FAR
    if far.any():
        drawn[far] = edge[far] - np.log(chance[far]) / edge[far]
    return drawn


def draw_between(low: FloatArray, high: FloatArray, rng: np.random.Generator) -> FloatArray:
    """Draws of standard normals given that they lie in [low, high]; elementwise, infinite edges allowed."""
    flip = low > 0  # mirrored, so that the mass is always measured in the left tail where it keeps its digits
    left, right = np.where(flip, -high, low), np.where(flip, -low, high)
    start, stop = normal_mass(left), normal_mass(right)
    drawn = normal_quantile(start + rng.random(low.shape) * (stop - start))
    lost = ~np.isfinite(drawn)
    if lost.any():
        drawn[lost] = np.where(np.isfinite(right[lost]), right[lost], 0.0)
    inside: FloatArray = np.clip(drawn, left, right)
    inside[flip] *= -1.0
    return inside


def pick(log_weight: FloatArray, rng: np.random.Generator) -> IntArray:
    """One index along the last axis for each row, with chances in proportion to exp(log_weight)."""
    weight = log_weight - log_weight.max(axis=-1, keepdims=True)
    reached = np.cumsum(np.exp(weight, out=weight), axis=-1)
    mark = rng.random(log_weight.shape[:-1]) * reached[..., -1]
    beyond = reached > mark[..., None]
    beyond[..., -1] = True  # also where rounding puts the mark at the very end
    index: IntArray = beyond.argmax(axis=-1)
    return index


def matmul_in_rows(left: FloatArray, right: FloatArray) -> FloatArray:
    """left @ right, a few rows at a time, or a few columns where there are few rows.

    Small products stay on one thread: the bytes do not depend on the number of cores, and two fits at once do not wait for each other.
    """
    rows = max(1, _ONE_THREAD // (right.shape[0] * right.shape[1] + 1))
    if len(left) <= rows:
        return left @ right
    if rows < _FEW_ROWS and len(left) < right.shape[1]:
        columns = max(1, _ONE_THREAD // (left.size + 1))
        return np.concatenate([left @ right[:, first : first + columns] for first in range(0, right.shape[1], columns)], axis=1)
    return np.concatenate([left[first : first + rows] @ right for first in range(0, len(left), rows)])


def cholesky_diagonal(matrix: FloatArray) -> FloatArray:
    """The diagonal of the Cholesky factor of `matrix` [p, p]; large ones in two parts, each small enough to stay on one thread."""
    if len(matrix) <= _ONE_THREAD_SIZE:
        return np.diag(np.linalg.cholesky(matrix))
    half = len(matrix) // 2
    first = np.linalg.cholesky(matrix[:half, :half])
    cross = np.linalg.solve(first, matrix[:half, half:])
    rest = matrix[half:, half:] - matmul_in_rows(cross.T, cross)
    return np.concatenate([np.diag(first), cholesky_diagonal(rest)])


def inverse_factor(matrix: FloatArray) -> FloatArray:
    """The inverse of the Cholesky factor of `matrix` [p, p]: with it, inverse.T @ inverse is the inverse of `matrix`.

    Row by row in numpy's own loops, because LAPACK's bytes depend on the number of threads. Source: Golub & Van Loan 2013, section 4.2.
    """
    size = len(matrix)
    factor, inverse = np.zeros_like(matrix), np.zeros_like(matrix)
    for row in range(size):
        column = matrix[row:, row] - np.einsum("ij,j->i", factor[row:, :row], factor[row, :row])
        factor[row:, row] = column / np.sqrt(column[0])
        unit = -np.einsum("j,jk->k", factor[row, :row], inverse[:row])
        unit[row] += 1.0
        inverse[row] = unit / factor[row, row]
    return inverse
